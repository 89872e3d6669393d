import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

function call(body: string, module = '', type = '@nestjs/axios') {
  const calls = callsIn({
    'service.ts': `import { HttpService } from '${type}';
export class Service {
  constructor(private readonly httpService: HttpService) {}
  load(id: string) { ${body} }
}`,
    'module.ts': `import { HttpModule } from '@nestjs/axios';\n${module}`,
  });
  assert.is(calls.length, 1);
  return calls[0] as (typeof calls)[number];
}

test('axios positions', () => {
  const get = call(
    `this.httpService.get('https://fusion.adobe.io/a', { headers: { 'X-A': 'one' }, params: { b: 2 } });`,
  );
  assert.equal(printRequests(get), ['GET https://fusion.adobe.io/a?b=2']);
  assert.equal(printFields(onlyRequest(get).headers), { 'x-a': 'one' });
  const post = call(
    `this.httpService.post('https://fusion.adobe.io/a', { a: 1 }, { headers: { 'X-A': undefined } });`,
  );
  assert.equal(printRequests(post), ['POST https://fusion.adobe.io/a']);
  assert.equal(printFields(onlyRequest(post).headers), {});
  assert.equal(
    printRequests(call(`this.httpService.request({ url: 'https://h.example/a', method: 'PUT' });`)),
    ['PUT https://h.example/a'],
  );
});

test('the older package, and axiosRef', () => {
  assert.equal(printRequests(call(`this.httpService.get('https://h.example/a');`, '', '@nestjs/common')), [
    'GET https://h.example/a',
  ]);
  assert.equal(printRequests(call(`return this.httpService.axiosRef.delete('https://h.example/a');`)), [
    'DELETE https://h.example/a',
  ]);
});

test('the configuration of the module', () => {
  const module = `@Module({ imports: [HttpModule.register({ baseURL: 'https://h.example/v1', headers: { 'X-A': 'one' } })] }) class App {}`;
  for (const receiver of ['this.httpService', 'this.httpService.axiosRef']) {
    const found = call(`${receiver}.get('/a', { headers: { 'X-B': id } });`, module);
    assert.equal(printRequests(found), ['GET https://h.example/v1/a']);
    assert.equal(printFields(onlyRequest(found).headers), { 'x-a': 'one', 'x-b': '{id}' });
  }
});

test('a configuration made by a factory', () => {
  const module = `@Module({ imports: [HttpModule.registerAsync({ useFactory: async () => ({ baseURL: 'https://h.example' }) })] }) class App {}`;
  assert.equal(printRequests(call(`this.httpService.get('/a');`, module)), ['GET https://h.example/a']);
});

test('of several configurations, none is taken for the one', () => {
  const module = `const a = HttpModule.register({ headers: { 'X-A': 'one' } });\nconst b = HttpModule.register({ headers: { 'X-B': 'two' } });`;
  const { headers } = onlyRequest(call(`this.httpService.get('https://h.example/a');`, module));
  assert.type(headers.open, 'string');
});

test('an interceptor on axiosRef', () => {
  const found = callsIn(`import { HttpService } from '@nestjs/axios';
class Service {
  constructor(private http: HttpService) {
    this.http.axiosRef.interceptors.request.use((config) => { config.headers['X-A'] = 'one'; return config; });
  }
  load() { return this.http.get('https://h.example/a'); }
}`);
  assert.equal(printFields(onlyRequest(found[0]).headers), { 'x-a': 'one' });
});

test.run();
