import type { Subject } from './subject.ts';

export const axios: Subject = {
  name: 'axios',
  packages: ['axios'],
  query: {
    option: 'params',
    code: (url, params) => `await axios.get(${url}, { params: ${params} });`,
  },
  join: {
    option: 'baseURL',
    code: (base, path) => `await axios.create({ baseURL: ${base} }).get(${path});`,
  },
  setup: `import axios from 'axios';`,
  send: (url, headers) => `await axios.get(${url}, { headers: ${headers} });`,
  refuses: ['headers as flat'],
  cases: {
    'a default of create': `await axios.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-B': 'two' } });`,
    'a call overrides, in another spelling': `await axios.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'x-a': 'two' } });`,
    'undefined removes a default': `await axios.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-A': undefined } });`,
    'null removes a default': `await axios.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-A': null } });`,
    'common below flat': `await axios.create({ headers: { common: { 'X-A': 'one', 'X-B': 'one' }, 'X-A': 'two' } }).get('HOST/a');`,
    'a bucket of the method': `await axios.create({ headers: { post: { 'X-A': 'one' }, get: { 'X-B': 'one' } } }).post('HOST/a', {});`,
    'defaults of an instance': `const api = axios.create();\napi.defaults.headers.common['X-A'] = 'one';\napi.defaults.baseURL = 'HOST/v1';\nawait api.get('/a');`,
    'an interceptor': `const api = axios.create();\napi.interceptors.request.use((config) => {\n  config.headers['X-A'] = 'one';\n  return config;\n});\nawait api.get('HOST/a', { headers: { 'X-B': 'two' } });`,
    'baseURL and an absolute address': `await axios.create({ baseURL: 'http://unused.example/v1' }).get('HOST/a');`,
    'params of create': `await axios.create({ params: { a: 1, b: 2 } }).get('HOST/a', { params: { b: 3 } });`,
    'a form of post': `await axios.post('HOST/a', new URLSearchParams({ a: '1' }));`,
    'an object under the label of a form': `await axios.post('HOST/a', { a: 1 }, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });`,
    'an object under the label of a multipart form': `await axios.post('HOST/a', { a: 1 }, { headers: { 'Content-Type': 'multipart/form-data' } });`,
    'a form under the label of JSON': `await axios.post('HOST/a', new URLSearchParams({ a: '1' }), { headers: { 'Content-Type': 'application/json' } });`,
    'FormData under the label of a form': `const form = new FormData();\nform.append('a', '1');\nawait axios.post('HOST/a', form, { headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });`,
    'a body of post': `await axios.post('HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } });`,
    'a config alone': `await axios({ url: 'HOST/a', method: 'put', data: { a: 1 }, headers: { 'X-A': 'one' } });`,
    'address and config': `await axios('HOST/a', { method: 'delete' });`,
  },
};
