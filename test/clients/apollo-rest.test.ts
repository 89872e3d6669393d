import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

// Predicted from the package's source; see the comment in src/clients/apollo-rest.ts.

const inClass = (body: string, from = '@apollo/datasource-rest') =>
  callsIn(
    `import { RESTDataSource } from '${from}';\nclass Api extends RESTDataSource {\n  baseURL = 'https://h.example/v1/';\n${body}\n}`,
  );

const CASES: Readonly<Record<string, readonly [body: string, request: string]>> = {
  'a path against the base': [`load() { return this.get('a'); }`, 'GET https://h.example/v1/a'],
  'a leading slash resets': [`load() { return this.get('/a'); }`, 'GET https://h.example/a'],
  'parameters without a value are left out': [
    `load() { return this.delete('a', { params: { b: 1, c: undefined, d: null } }); }`,
    'DELETE https://h.example/v1/a?b=1',
  ],
  'URLSearchParams are taken as they are': [
    `load() { return this.get('a', { params: new URLSearchParams({ b: undefined }) }); }`,
    'GET https://h.example/v1/a?b=undefined',
  ],
  'fetch with a method': [
    `load() { return this.fetch('a', { method: 'PUT' }); }`,
    'PUT https://h.example/v1/a',
  ],
  'an address of its own': [
    `resolveURL(path) { return new URL(path, 'https://other.example'); }\nload() { return this.get('a'); }`,
    'GET https://other.example/a',
  ],
  'an address of its own, through the base class': [
    `resolveURL(path, request) { return super.resolveURL('v2/' + path, request); }\nload() { return this.get('a'); }`,
    'GET https://h.example/v1/v2/a',
  ],
  'a method through super': [
    `get(path) { return super.get('x/' + path); }\nload() { return this.get('a'); }`,
    'GET https://h.example/v1/x/a',
  ],
};

for (const [name, [body, request]] of Object.entries(CASES))
  test(name, () => {
    assert.equal(inClass(body).flatMap(printRequests), [request]);
  });

test('the first generation joins with one slash and takes what is not given as text', () => {
  const calls = inClass(`load() { return this.get('/a', { b: undefined }); }`, 'apollo-datasource-rest');
  assert.equal(calls.flatMap(printRequests), ['GET https://h.example/v1/a?b=undefined']);
});

test('willSendRequest has the headers of the call', () => {
  const [call] = inClass(`willSendRequest(path, { headers, params }) {
    headers['X-B'] = 'two';
    delete headers['x-a'];
    params.set('c', '1');
  }
  load() { return this.post('a', { headers: { 'X-A': 'one', 'X-C': 'three' }, body: { a: 1 } }); }`);
  const request = onlyRequest(call);
  assert.equal(printFields(request.headers), { 'x-b': 'two', 'x-c': 'three' });
  assert.equal(printFields(request.query), { c: '1' });
  assert.is(request.body.kind, 'json');
});

test('a fetch method of its own may send more', () => {
  const [call] = inClass(
    `fetch(path, request) { return sign(super.fetch, path, request); }\nload() { return this.get('a'); }`,
  );
  assert.equal(printFields(onlyRequest(call).headers), { '…': 'a fetch method of its own' });
});

test.run();
