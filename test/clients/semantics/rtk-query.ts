import { host, type Subject } from './subject.ts';

/** An api with one endpoint, which is called. Both arguments are code: the base's options, the endpoint's request. */
function sent(options: string, request: string): string {
  return based(`fetchBaseQuery(${options})`, `builder.mutation({ query: () => (${request}) })`);
}

function based(baseQuery: string, endpoint: string): string {
  return `await run(createApi({ baseQuery: ${baseQuery}, endpoints: (builder) => ({ get: ${endpoint} }) }));`;
}

export const rtkQuery: Subject = {
  name: 'fetchBaseQuery',
  packages: ['@reduxjs/toolkit'],
  query: {
    option: 'params',
    code: (url, params) => sent('', `{ url: ${url}, params: ${params} }`),
  },
  join: {
    option: 'baseUrl',
    code: (base, path) => sent(`{ baseUrl: ${base} }`, path),
  },
  setup: `import { createApi, fetchBaseQuery, retry } from '@reduxjs/toolkit/query';`,
  hidden: { before: `import { run } from '${host('rtk')}';` },
  send: (url, headers) =>
    based('fetchBaseQuery()', `builder.query({ query: () => ({ url: ${url}, headers: ${headers} }) })`),
  refuses: ['headers as flat'],
  cases: {
    'an address alone': sent(`{ baseUrl: 'HOST/v1/' }`, `'/a?b=1'`),
    'an address without a slash': sent(`{ baseUrl: 'HOST/v1' }`, `'a'`),
    'an absolute address': sent(`{ baseUrl: 'http://unused.example/v1' }`, `'HOST/a'`),
    'a query alone': sent(`{ baseUrl: 'HOST/v1' }`, `'?b=1'`),
    'method and body': sent(`{ baseUrl: 'HOST' }`, `{ url: '/a', method: 'PUT', body: { a: 1 } }`),
    'a text as body': sent(`{ baseUrl: 'HOST' }`, `{ url: '/a', method: 'POST', body: 'text' }`),
    'a form': sent(
      `{ baseUrl: 'HOST' }`,
      `{ url: '/a', method: 'POST', body: new URLSearchParams({ a: '1' }) }`,
    ),
    'params of undefined and null': sent(
      `{ baseUrl: 'HOST' }`,
      `{ url: '/a?z=9', params: { a: 1, b: undefined, c: null } }`,
    ),
    'headers of the base': sent(`{ baseUrl: 'HOST', headers: { 'X-A': 'one', 'X-B': undefined } }`, `'/a'`),
    'headers of the endpoint replace them': sent(
      `{ baseUrl: 'HOST', headers: { 'X-A': 'one' } }`,
      `{ url: '/a', headers: { 'X-B': 'two' } }`,
    ),
    'prepareHeaders that changes': sent(
      `{ baseUrl: 'HOST', prepareHeaders: (headers) => { headers.set('X-A', 'one'); headers.delete('X-B'); } }`,
      `{ url: '/a', headers: { 'X-B': 'two' } }`,
    ),
    'prepareHeaders that answers': sent(
      `{ baseUrl: 'HOST', headers: { 'X-B': 'two' }, prepareHeaders: (headers, { getState }) => { headers.set('X-A', 'one'); return headers; } }`,
      `'/a'`,
    ),
    'prepareHeaders that answers others': sent(
      `{ baseUrl: 'HOST', headers: { 'X-B': 'two' }, prepareHeaders: () => new Headers({ 'X-A': 'one' }) }`,
      `'/a'`,
    ),
    'a method of the base': sent(`{ baseUrl: 'HOST', method: 'DELETE' }`, `'/a'`),
    retry: based(
      `retry(fetchBaseQuery({ baseUrl: 'HOST', headers: { 'X-A': 'one' } }), { maxRetries: 0 })`,
      `builder.mutation({ query: () => '/a' })`,
    ),
    queryFn: based(
      `fetchBaseQuery({ baseUrl: 'HOST', headers: { 'X-A': 'one' } })`,
      `builder.query({ queryFn: async (id, api, extra, base) => base({ url: '/a', method: 'POST' }) })`,
    ),
    'a base query of the project': `const base = fetchBaseQuery({ baseUrl: 'HOST' });
${based(
  `async (args, api, extra) => {
  const result = await base({ url: args, headers: { 'X-A': 'one' } }, api, extra);
  return result;
}`,
  `builder.mutation({ query: () => '/a' })`,
)}`,
    injectEndpoints: `const api = createApi({ baseQuery: fetchBaseQuery({ baseUrl: 'HOST' }), endpoints: () => ({}) });
await run(api.injectEndpoints({ endpoints: (build) => ({ get: build.query({ query: () => ({ url: 'a', headers: { 'X-A': 'one' } }) }) }) }));`,
  },
};
