import 'reflect-metadata';
import { HttpService } from '@nestjs/axios';
import { lastValueFrom } from 'rxjs';

/** Calls `load` of a service as an application would whose module imports this HttpModule. */
export async function load(Service, { providers }) {
  const service = new Service(new HttpService(await provided(providers, 'AXIOS_INSTANCE_TOKEN')));
  const sent = service.load();
  await (sent instanceof Promise ? sent : lastValueFrom(sent));
}

/** What the container of Nest makes of a provider. */
async function provided(providers, token) {
  const {
    useValue,
    useClass: Class,
    useFactory,
    inject = [],
  } = providers.find(({ provide }) => provide === token);
  if (Class) return new Class();
  if (!useFactory) return useValue;
  const args = [];
  for (const each of inject) args.push(await provided(providers, each));
  return useFactory(...args);
}
