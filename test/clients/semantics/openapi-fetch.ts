import type { Subject } from './subject.ts';

export const openapiFetch: Subject = {
  name: 'openapi-fetch',
  packages: ['openapi-fetch'],
  query: {
    option: 'params.query',
    code: (url, params) =>
      `await createClient({ baseUrl: 'HOST' }).GET(${url.replace('HOST', '')}, { params: { query: ${params} } });`,
  },
  join: {
    option: 'baseUrl',
    code: (base, path) => `await createClient({ baseUrl: ${base} }).GET(${path});`,
  },
  setup: `import createClient from 'openapi-fetch';`,
  send: (url, headers) =>
    `await createClient({ baseUrl: 'HOST/' }).GET(${url.replace('HOST', '')}, { headers: ${headers} });`,
  refuses: [],
  cases: {
    'parameters of the path': `await createClient({ baseUrl: 'HOST/v1' }).GET('/users/{id}/keys/{key}', { params: { path: { id: 'a b', key: 7 } } });`,
    'styles of parameters': `await createClient({ baseUrl: 'HOST' }).GET('/users/{id*}', { params: { path: { id: 'a' } } });`,
    'parameters of the query': `await createClient({ baseUrl: 'HOST' }).GET('/a', { params: { query: { a: 1, b: undefined, c: null, d: '' } } });`,
    'headers of the client, the call and the parameters': `await createClient({ baseUrl: 'HOST', headers: { 'X-A': 'one', 'X-B': 'one', 'X-C': 'one' } }).GET('/a', { headers: { 'x-b': 'two', 'X-C': 'two' }, params: { header: { 'X-C': 'three' } } });`,
    'undefined over a header': `await createClient({ baseUrl: 'HOST', headers: { 'X-A': 'one' } }).GET('/a', { headers: { 'X-A': undefined } });`,
    'null takes a header away': `await createClient({ baseUrl: 'HOST', headers: { 'X-A': 'one' } }).GET('/a', { headers: { 'X-A': null } });`,
    'a body': `await createClient({ baseUrl: 'HOST' }).POST('/a', { body: { a: 1 } });`,
    'a form': `await createClient({ baseUrl: 'HOST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }).PUT('/a', { body: { a: 1 }, headers: { 'X-A': 'one' } });`,
    request: `await createClient({ baseUrl: 'HOST' }).request('delete', '/a', { headers: { 'X-A': 'one' } });`,
    'a base of the call': `await createClient({ baseUrl: 'http://unused.example' }).GET('/a', { baseUrl: 'HOST/v2/' });`,
    'a base that ends in two slashes': `await createClient({ baseUrl: 'HOST/v1/' }).GET('/a/b');`,
    'a middleware': `const api = createClient({ baseUrl: 'HOST' });\napi.use({ onRequest({ request }) {\n  request.headers.set('X-B', 'two');\n  return request;\n} });\nawait api.GET('/a', { headers: { 'X-A': 'one' } });`,
    'a middleware for responses': `const api = createClient({ baseUrl: 'HOST' });\napi.use({ onResponse({ response }) { return response; } });\nawait api.GET('/a');`,
    'a middleware of the call': `await createClient({ baseUrl: 'HOST' }).GET('/a', { middleware: [{ onRequest({ request }) { request.headers.set('X-A', 'one'); } }] });`,
    'by path': `import { createPathBasedClient } from 'openapi-fetch';\nawait createPathBasedClient({ baseUrl: 'HOST' })['/users/{id}'].GET({ params: { path: { id: '7' } }, headers: { 'X-A': 'one' } });`,
    'wrapped by path': `import { wrapAsPathBasedClient } from 'openapi-fetch';\nconst api = wrapAsPathBasedClient(createClient({ baseUrl: 'HOST/v1' }));\nawait api['/a'].PATCH({ body: { a: 1 } });`,
  },
};
