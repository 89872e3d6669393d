import type { Subject } from './subject.ts';

export const ofetch: Subject = {
  name: 'ofetch',
  packages: ['ofetch'],
  query: {
    option: 'query',
    code: (url, params) => `await ofetch(${url}, { query: ${params}, retry: 0 });`,
  },
  join: {
    option: 'baseURL',
    code: (base, path) => `await ofetch(${path}, { baseURL: ${base}, retry: 0 });`,
  },
  setup: `import { ofetch } from 'ofetch';`,
  send: (url, headers) => `await ofetch(${url}, { headers: ${headers}, retry: 0 });`,
  refuses: ['headers as flat'],
  cases: {
    'a body of post': `await ofetch('HOST/a', { method: 'post', body: { a: 1 }, headers: { 'X-A': 'one' } });`,
    'an object under the label of a form': `await ofetch('HOST/a', { method: 'post', body: { a: 1 }, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });`,
    'create below a call': `await ofetch.create({ headers: { 'X-A': 'one', 'X-B': 'one' } })('HOST/a', { headers: { 'x-b': 'two' } });`,
    'create replaces the headers of create': `await ofetch.create({ headers: { 'X-A': 'one' } }).create({ headers: { 'X-B': 'two' } })('HOST/a');`,
    'undefined over a default': `await ofetch.create({ headers: { 'X-A': 'one' } })('HOST/a', { headers: { 'X-A': undefined } });`,
    'baseURL with slash, path with': `await ofetch.create({ baseURL: 'HOST/v1/' })('/a');`,
    'baseURL and an absolute address': `await ofetch('HOST/a', { baseURL: 'http://unused.example/v1' });`,
    'baseURL that the address begins with': `await ofetch('HOST/v1/a', { baseURL: 'HOST/v1' });`,
    'undefined removes a parameter of the address': `await ofetch('HOST/a?z=9', { query: { z: undefined } });`,
    'params and query': `await ofetch.create({ params: { a: 1 } })('HOST/a', { query: { b: 2 } });`,
    'a hook': `await ofetch.create({ onRequest({ options }) { options.headers.set('X-A', 'one'); } })('HOST/a', { headers: { 'X-B': 'two' } });`,
    raw: `await ofetch.raw('HOST/a', { headers: { 'X-A': 'one' } });`,
  },
};
