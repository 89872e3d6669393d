import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';
import { openWire } from '../support/wire.ts';

// Like semantics.test.ts: each snippet is run, here in jsdom, and analysed. It has a file, and so a process, of
// its own, for AngularJS wants a global window.

const wire = await openWire();
const test = suite('$http');
test.after(() => wire.close());

const SETUP = `import { JSDOM } from 'jsdom';
globalThis.window ??= new JSDOM('', { url: 'HOST' }).window;
globalThis.document ??= window.document;
await import('angular/angular.js');
const { angular } = window;
angular.module('app', ['ng']).config(function ($httpProvider) { $httpProvider.useApplyAsync(false); });
const run = (call) => new Promise((done) => angular.injector(['app']).invoke(call).then(done, done));\n`;

const run = (call: string) => `await run(function ($http) { return ${call}; });`;

const CASES: Readonly<Record<string, string>> = {
  'a config': run(`$http({ method: 'PUT', url: 'HOST/a', data: { a: 1 }, headers: { 'X-A': 'one' } })`),
  'a config without a method': run(`$http({ url: 'HOST/a' })`),
  get: run(`$http.get('HOST/a', { headers: { 'X-A': 'one', 'X-B': undefined } })`),
  null: run(`$http.get('HOST/a', { headers: { 'X-A': null } })`),
  post: run(`$http.post('HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } })`),
  'params of undefined and null': run(`$http.get('HOST/a?z=9', { params: { a: 1, b: undefined, c: null } })`),
  'defaults of a run block': `angular.module('app').run(function ($http) {
  $http.defaults.headers.common['X-A'] = 'one';
  $http.defaults.headers.get = { 'X-B': 'one' };
  $http.defaults.headers.post['X-C'] = 'one';
});\n${run(`$http.get('HOST/a', { headers: { 'x-b': 'two' } })`)}`,
  'undefined keeps a default away': `angular.module('app').run(['$http', function ($http) {
  $http.defaults.headers.common = { 'X-A': 'one', 'X-B': 'one' };
}]);\n${run(`$http.delete('HOST/a', { headers: { 'X-A': undefined } })`)}`,
  'defaults of a config block': `angular.module('app').config(function ($httpProvider) {
  $httpProvider.defaults.headers.common['X-A'] = 'one';
});\n${run(`$http.get('HOST/a')`)}`,
};

for (const [name, code] of Object.entries(CASES))
  test(name, async () => {
    const source = `${SETUP}${code}`.replaceAll('HOST', wire.origin);
    const { arrivals, error } = await wire.run(source);
    const [arrival] = arrivals;
    assert.ok(arrival, `it sends nothing: ${error}`);
    const [call] = callsIn({ 'main.js': source });
    const request = onlyRequest(call);
    const query = arrival.query.map(([name, value]) => `${name}=${value}`).join('&');
    const headers = Object.entries(arrival.headers).filter(([each]) => each.startsWith('x-'));
    assert.equal(call && printRequests(call), [
      `${arrival.method} ${wire.origin}${arrival.path}${query === '' ? '' : `?${query}`}`,
    ]);
    assert.equal(printFields(request.headers), Object.fromEntries(headers));
    assert.is(request.body.kind, arrival.body === '' ? 'none' : 'json');
  });

test('where no file sets it up, there may be more', () => {
  const [call] = callsIn(
    `export function Users($http) { this.list = () => $http.get('https://h.example/a'); }`,
  );
  assert.equal(call && printRequests(call), ['GET https://h.example/a']);
  assert.type(onlyRequest(call).headers.open, 'string');
});

test('an interceptor may send more', () => {
  const [call] = callsIn(`angular.module('app', []).config(function ($httpProvider) {
  $httpProvider.interceptors.push('signing');
}).factory('users', ['$http', function ($http) { return { list: () => $http.get('https://h.example/a') }; }]);`);
  assert.is(onlyRequest(call).headers.open, 'an interceptor of $http');
});

test.run();
