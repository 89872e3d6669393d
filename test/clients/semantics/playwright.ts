import type { Subject } from './subject.ts';

export const playwright: Subject = {
  name: 'playwright',
  packages: ['playwright-core'],
  query: {
    option: 'params',
    code: (url, params) => `await api.get(${url}, { params: ${params} });`,
  },
  join: {
    option: 'baseURL',
    code: (base, path) => `await (await request.newContext({ baseURL: ${base} })).get(${path});`,
  },
  setup: `import { request } from 'playwright-core';\nconst api = await request.newContext();`,
  send: (url, headers) => `await api.get(${url}, { headers: ${headers} });`,
  refuses: [
    'headers as null',
    'headers as number',
    'headers as true',
    'headers as false',
    'headers as Headers',
    'headers as Headers with undefined',
    'headers as pairs',
  ],
  cases: {
    'extraHTTPHeaders below a call': `const made = await request.newContext({ extraHTTPHeaders: { 'X-A': 'one', 'X-B': 'one' } });\nawait made.get('HOST/a', { headers: { 'x-b': 'two' } });`,
    'undefined over a default': `const made = await request.newContext({ extraHTTPHeaders: { 'X-A': 'one' } });\nawait made.get('HOST/a', { headers: { 'X-A': undefined } });`,
    'baseURL: the last segment is replaced': `const made = await request.newContext({ baseURL: 'HOST/v1/b' });\nawait made.get('a');`,
    'baseURL: a trailing slash keeps it': `const made = await request.newContext({ baseURL: 'HOST/v1/' });\nawait made.get('a');`,
    'baseURL: a leading slash resets': `const made = await request.newContext({ baseURL: 'HOST/v1/' });\nawait made.get('/a');`,
    'baseURL and an absolute address': `const made = await request.newContext({ baseURL: 'http://unused.example/' });\nawait made.get('HOST/a');`,
    'params of undefined': `await api.get('HOST/a?z=9', { params: { a: 1, b: undefined, c: 'd' } });`,
    'params as URLSearchParams': `await api.get('HOST/a?z=9', { params: new URLSearchParams({ a: '1' }) });`,
    'params as text': `await api.get('HOST/a?z=9', { params: 'a=1&b=2' });`,
    data: `await api.post('HOST/a', { data: { a: 1 }, headers: { 'X-A': 'one' } });`,
    'data as text': `await api.put('HOST/a', { data: 'text' });`,
    form: `await api.patch('HOST/a', { form: { a: 1 } });`,
    fetch: `await api.fetch('HOST/a', { method: 'DELETE', headers: { 'X-A': 'one' } });`,
    'fetch without a method': `await api.fetch('HOST/a');`,
    'credentials that are always sent': `const made = await request.newContext({ httpCredentials: { username: 'u', password: 'p', send: 'always' } });\nawait made.get('HOST/a');`,
    'credentials below a header': `const made = await request.newContext({ httpCredentials: { username: 'u', password: 'p', send: 'always' } });\nawait made.get('HOST/a', { headers: { Authorization: 'x' } });`,
  },
};
