import { answered, type Subject } from './subject.ts';

export const needle: Subject = {
  name: 'needle',
  packages: ['needle'],
  query: {
    option: 'data',
    code: (url, params) => `await needle('get', ${url}, ${params}, {});`,
  },
  setup: `import needle from 'needle';`,
  send: (url, headers) => `await needle('get', ${url}, { headers: ${headers} });`,
  refuses: ['headers as undefined', 'headers as Headers', 'headers as Headers with undefined'],
  cases: {
    'a form of post': `await needle('post', 'HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } });`,
    'json of post': `await needle('post', 'HOST/a', { a: 1 }, { json: true });`,
    'a callback': answered(`needle.get('HOST/a', { headers: { 'X-A': 'one' } }, done);`),
    'a callback of put': answered(`needle.put('HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } }, done);`),
    'no method': `await needle('HOST/a');`,
    'username below a header': `await needle('get', 'HOST/a', { username: 'u', password: 'p', headers: { 'X-A': 'one' } });`,
  },
};
