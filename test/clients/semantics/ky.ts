import type { Subject } from './subject.ts';

export const ky: Subject = {
  name: 'ky',
  packages: ['ky'],
  query: {
    option: 'searchParams',
    code: (url, params) => `await ky(${url}, { searchParams: ${params}, retry: 0 });`,
  },
  join: {
    option: 'prefixUrl',
    code: (base, path) => `await ky.create({ prefixUrl: ${base}, retry: 0 }).get(${path});`,
  },
  setup: `import ky from 'ky';`,
  send: (url, headers) => `await ky(${url}, { headers: ${headers}, retry: 0 });`,
  refuses: ['headers as flat', 'base v1 + /a', 'base v1/ + /a'],
  cases: {
    verbs: `await ky.post('HOST/a', { json: { a: 1 }, headers: { 'X-A': 'one' } });`,
    'extend below a call': `await ky.extend({ headers: { 'X-A': 'one', 'X-B': 'one' } }).get('HOST/a', { headers: { 'x-b': 'two' } });`,
    'create starts anew': `await ky.extend({ headers: { 'X-A': 'one' } }).create({ headers: { 'X-B': 'two' } }).get('HOST/a');`,
    'undefined removes a default': `await ky.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-A': undefined } });`,
    'prefixUrl with slash': `await ky.create({ prefixUrl: 'HOST/v1/' }).get('a/b');`,
    'prefixUrl and a URL object': `await ky.create({ prefixUrl: 'http://unused.example/v1' }).get(new URL('HOST/a'));`,
    'searchParams of create': `await ky.create({ searchParams: { a: 1 } }).get('HOST/a', { searchParams: { b: 2 } });`,
    'a hook': `await ky.create({ hooks: { beforeRequest: [(request) => { request.headers.set('X-A', 'one'); }] } }).get('HOST/a', { headers: { 'X-B': 'two' } });`,
    'a Request': `await ky(new Request('HOST/a', { headers: { 'X-A': 'one' } }), { headers: { 'X-B': 'two' } });`,
  },
};
