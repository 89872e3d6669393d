import type { Subject } from './subject.ts';

export const ofetch: Subject = {
  name: 'ofetch',
  setup: `import { ofetch } from 'ofetch';`,
  send: (url, headers) => `await ofetch(${url}, { headers: ${headers}, retry: 0 });`,
  refuses: ['flat'],
  cases: {
    'a body of post': `await ofetch('HOST/a', { method: 'post', body: { a: 1 }, headers: { 'X-A': 'one' } });`,
    'create below a call': `await ofetch.create({ headers: { 'X-A': 'one', 'X-B': 'one' } })('HOST/a', { headers: { 'x-b': 'two' } });`,
    'create replaces the headers of create': `await ofetch.create({ headers: { 'X-A': 'one' } }).create({ headers: { 'X-B': 'two' } })('HOST/a');`,
    'undefined over a default': `await ofetch.create({ headers: { 'X-A': 'one' } })('HOST/a', { headers: { 'X-A': undefined } });`,
    'baseURL without slash, path without': `await ofetch('a', { baseURL: 'HOST/v1' });`,
    'baseURL with slash, path with': `await ofetch.create({ baseURL: 'HOST/v1/' })('/a');`,
    'baseURL and an absolute address': `await ofetch('HOST/a', { baseURL: 'http://unused.example/v1' });`,
    'baseURL that the address begins with': `await ofetch('HOST/v1/a', { baseURL: 'HOST/v1' });`,
    'query of undefined and null': `await ofetch('HOST/a?z=9', { query: { a: 1, b: undefined, c: null } });`,
    'undefined removes a parameter of the address': `await ofetch('HOST/a?z=9', { query: { z: undefined } });`,
    'params and query': `await ofetch.create({ params: { a: 1 } })('HOST/a', { query: { b: 2 } });`,
    'a hook': `await ofetch.create({ onRequest({ options }) { options.headers.set('X-A', 'one'); } })('HOST/a', { headers: { 'X-B': 'two' } });`,
    raw: `await ofetch.raw('HOST/a', { headers: { 'X-A': 'one' } });`,
  },
};
