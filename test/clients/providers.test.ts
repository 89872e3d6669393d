import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, printCalls } from '../support/calls.ts';

/** What containers for dependency injection are told to give; the notation is that of `wrappers.test.ts`. */
const CLIENT = `export class Client {
  constructor(private readonly options: { base: string; key: string }) {}
  get(path: string) { return fetch(this.options.base + path, { headers: { 'x-api-key': this.options.key } }); }
}`;

const PROGRAMS: Readonly<
  Record<string, { readonly code: Parameters<typeof callsIn>[0]; readonly calls: readonly string[] }>
> = {
  'Nest: a token with a factory': {
    code: {
      'client.ts': CLIENT,
      'tokens.ts': `export const FUSION = Symbol('FUSION'); export const SETTINGS = 'SETTINGS';`,
      'module.ts': `import { Module } from '@nestjs/common';
import { Client } from './client';
import { FUSION, SETTINGS } from './tokens';
@Module({ providers: [
  { provide: SETTINGS, useValue: { base: 'https://fusion.adobe.io/api/v3', key: 'k' } },
  { provide: FUSION, useFactory: (settings) => new Client(settings), inject: [SETTINGS] },
] })
export class AppModule {}`,
      'service.ts': `import { Inject, Injectable } from '@nestjs/common';
import { FUSION } from './tokens';
@Injectable()
export class Service {
  constructor(@Inject(FUSION) private readonly fusion) {}
  teams() { return this.fusion.get('/teams'); }
}`,
    },
    calls: ['service.ts:6 GET https://fusion.adobe.io/api/v3/teams x-api-key'],
  },
  'Nest: an abstract class, and another one that stands for it': {
    code: {
      'module.ts': `export abstract class Api { abstract base(): string; get(path: string) { return fetch(this.base() + path); } }
export class Fusion extends Api { base() { return 'https://fusion.adobe.io/api/v3'; } }
export class Local extends Api { base() { return 'http://localhost:1'; } }
export const providers = [{ provide: Api, useClass: Fusion }, { provide: 'other', useExisting: Api }];
export class Service { constructor(private readonly api: Api, @Inject('other') private other: unknown) {}
  teams() { return this.api.get('/teams'); }
  users() { return this.other.get('/users'); }
}`,
    },
    calls: [
      'module.ts:6 GET https://fusion.adobe.io/api/v3/teams',
      'module.ts:7 GET https://fusion.adobe.io/api/v3/users',
    ],
  },
  'Angular: inject() and an InjectionToken': {
    code: {
      'main.ts': `import { InjectionToken, inject } from '@angular/core';
export const BASE = new InjectionToken<string>('base');
export const PATH = new InjectionToken('path', { providedIn: 'root', factory: () => '/api/v3/teams' });
export const config = { providers: [{ provide: BASE, useValue: 'https://fusion.adobe.io' }] };
export class Teams {
  private readonly base = inject(BASE);
  private readonly path = inject(PATH);
  list() { return fetch(this.base + this.path); }
}`,
    },
    calls: ['main.ts:8 GET https://fusion.adobe.io/api/v3/teams'],
  },
  tsyringe: {
    code: {
      'main.ts': `import { container, inject, injectable } from 'tsyringe';
class Http { get(path: string) { return fetch('https://fusion.adobe.io/api/v3' + path); } }
container.register('Http', { useClass: Http });
container.registerInstance('Key', 'k');
@injectable() class Service {
  constructor(@inject('Http') private http: unknown, @inject('Key') private key: string) {}
  teams() { return this.http.get('/teams'); }
  users() { return fetch('https://fusion.adobe.io/api/v3/users', { headers: { 'x-api-key': this.key } }); }
}
container.resolve(Service).teams();
container.resolve<Http>('Http').get('/roles');`,
    },
    calls: [
      'main.ts:7 GET https://fusion.adobe.io/api/v3/teams',
      'main.ts:11 GET https://fusion.adobe.io/api/v3/roles',
      'main.ts:8 GET https://fusion.adobe.io/api/v3/users x-api-key',
    ],
  },
  Inversify: {
    code: {
      'types.ts': `export const TYPES = { Client: Symbol.for('Client'), Base: Symbol.for('Base') };`,
      'client.ts': `import { TYPES } from './types';
export interface Client { get(path: string): Promise<Response>; }
export class FetchClient implements Client {
  constructor(@inject(TYPES.Base) private base: string) {}
  get(path: string) { return fetch(this.base + path); }
}`,
      'container.ts': `import { Container } from 'inversify'; import { TYPES } from './types'; import { FetchClient, type Client } from './client';
const container = new Container();
container.bind<Client>(TYPES.Client).to(FetchClient).inSingletonScope();
container.bind<string>(TYPES.Base).toConstantValue('https://fusion.adobe.io/api/v3');
container.get<Client>(TYPES.Client).get('/teams');`,
    },
    calls: ['container.ts:5 GET https://fusion.adobe.io/api/v3/teams'],
  },
  awilix: {
    code: {
      'client.js': `export class Client {
  constructor({ baseUrl, settings }) { this.base = baseUrl; this.key = settings.key; }
  get(path) { return fetch(this.base + path, { headers: { 'x-api-key': this.key } }); }
}`,
      'container.js': `import { createContainer, asClass, asFunction, asValue } from 'awilix';
import { Client } from './client.js';
const container = createContainer();
container.register({
  settings: asValue({ key: 'k' }),
  client: asClass(Client).inject(() => ({ baseUrl: 'https://fusion.adobe.io/api/v3' })).singleton(),
  teams: asFunction(({ client }) => ({ list: () => client.get('/teams') })),
  users: asFunction(makeUsers),
});
function makeUsers(cradle) { return { list: () => cradle.client.get('/users') }; }
container.resolve('client').get('/roles');`,
    },
    calls: [
      'container.js:7 GET https://fusion.adobe.io/api/v3/teams x-api-key',
      'container.js:10 GET https://fusion.adobe.io/api/v3/users x-api-key',
      'container.js:11 GET https://fusion.adobe.io/api/v3/roles x-api-key',
    ],
  },
  'an interface that one class implements': {
    code: {
      'port.ts': `export interface Http { get(path: string): Promise<Response>; }`,
      'index.ts': `export * from './port';`,
      'adapter.ts': `import type { Http } from './port';
export class FetchHttp implements Http { get(path: string) { return fetch('https://fusion.adobe.io/api/v3' + path); } }`,
      'service.ts': `import type { Http } from './index';
export class Service { constructor(private readonly http: Http) {} teams() { return this.http.get('/teams'); } }`,
      'handler.ts': `import type { Http } from './index';
export const handle = (http: Http, path: string) => http.get(path);`,
    },
    calls: ['service.ts:2 GET https://fusion.adobe.io/api/v3/teams'],
  },
  'an interface that two classes implement': {
    code: {
      'main.ts': `interface Host { base(): string; }
class Stage implements Host { base() { return 'https://fusion-stage.adobe.io'; } }
class Production implements Host { base() { return 'https://fusion.adobe.io'; } }
export class Service { constructor(private host: Host) {} teams() { return fetch(this.host.base() + '/api/v3/teams'); } }`,
    },
    calls: [
      'main.ts:4 GET https://fusion-stage.adobe.io/api/v3/teams',
      'main.ts:4 GET https://fusion.adobe.io/api/v3/teams',
    ],
  },
  'what the code passes comes before what implements': {
    code: {
      'main.ts': `interface Host { base(): string; }
class Stage implements Host { base() { return 'https://fusion-stage.adobe.io'; } }
class Service { constructor(private host: Host) {} teams() { return fetch(this.host.base() + '/api/v3/teams'); } }
new Service({ base: () => 'https://fusion.adobe.io' }).teams();`,
    },
    calls: ['main.ts:3 GET https://fusion.adobe.io/api/v3/teams'],
  },
  'a token that nothing is provided for': {
    code: {
      'main.ts': `export const providers = [{ provide: 'A', useValue: 'https://fusion.adobe.io' }];
export class Service { constructor(@Inject('B') private base: string) {} teams() { return fetch(this.base + '/api/v3/teams'); } }`,
    },
    calls: ['main.ts:2 GET {base}/api/v3/teams'],
  },
};

for (const [name, { code, calls }] of Object.entries(PROGRAMS))
  test(name, () => {
    assert.equal(printCalls(callsIn(code)), calls);
  });

test.run();
