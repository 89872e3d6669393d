import type { Subject } from './subject.ts';

export const got: Subject = {
  name: 'got',
  packages: ['got'],
  query: {
    option: 'searchParams',
    code: (url, params) => `await got(${url}, { searchParams: ${params}, retry: { limit: 0 } });`,
  },
  join: {
    option: 'prefixUrl',
    code: (base, path) => `await got.extend({ prefixUrl: ${base}, retry: { limit: 0 } }).get(${path});`,
  },
  setup: `import got from 'got';`,
  send: (url, headers) => `await got(${url}, { headers: ${headers}, retry: { limit: 0 } });`,
  refuses: ['headers as null', 'base v1 + /a', 'base v1/ + /a'],
  cases: {
    verbs: `await got.post('HOST/a', { json: { a: 1 }, headers: { 'X-A': 'one' } });`,
    'an object alone': `await got({ url: new URL('HOST/a'), method: 'PUT' });`,
    'extend below a call': `await got.extend({ headers: { 'X-A': 'one', 'x-b': 'one' } }).get('HOST/a', { headers: { 'X-B': 'two' } });`,
    'extend of extend': `await got.extend({ headers: { 'X-A': 'one' } }).extend({ headers: { 'X-B': 'two' } })('HOST/a');`,
    'extend with an instance': `await got.extend(got.extend({ headers: { 'X-A': 'one' } }), { headers: { 'X-B': 'two' } })('HOST/a');`,
    'undefined removes a default': `await got.extend({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-A': undefined } });`,
    'prefixUrl with slash': `await got.extend({ prefixUrl: 'HOST/v1/' }).get('a/b');`,
    'prefixUrl and an absolute address': `await got.extend({ prefixUrl: 'http://unused.example/v1' }).get('HOST/a');`,
    'searchParams of extend': `await got.extend({ searchParams: { a: 1, b: 2, c: 3 } }).get('HOST/a', { searchParams: { b: 4, c: undefined } });`,
    'a hook': `await got.extend({ hooks: { beforeRequest: [(options) => { options.headers['X-A'] = 'one'; }] } }).get('HOST/a', { headers: { 'X-B': 'two' } });`,
    form: `await got.post('HOST/a', { form: { a: 1 } });`,
    stream: `import { once } from 'node:events';\nconst stream = got.stream('HOST/a', { headers: { 'X-A': 'one' } });\nstream.resume();\nawait once(stream, 'end');`,
  },
};
