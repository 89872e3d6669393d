import { answered, type Subject } from './subject.ts';

export const request: Subject = {
  name: 'request',
  packages: ['request'],
  query: {
    option: 'qs',
    code: (url, params) =>
      answered(`request({ uri: ${url}, qs: ${params} }, (error) => (error ? fail(error) : done()));`),
  },
  join: {
    option: 'baseUrl',
    code: (base, path) =>
      answered(
        `request.defaults({ baseUrl: ${base} }).get(${path}, (error) => (error ? fail(error) : done()));`,
      ),
  },
  setup: `import request from 'request';`,
  send: (url, headers) =>
    answered(`request({ uri: ${url}, headers: ${headers} }, (error) => (error ? fail(error) : done()));`),
  refuses: ['base v1 + an address'],
  cases: {
    'an address and options': answered(`request('HOST/a', { headers: { 'X-A': 'one' } }, done);`),
    'url and method': answered(`request({ url: 'HOST/a', method: 'PATCH' }, done);`),
    verbs: answered(`request.del('HOST/a', { headers: { 'X-A': 'one' } }, done);`),
    'defaults below a call': answered(
      `request.defaults({ headers: { 'X-A': 'one', 'X-B': 'one' } })({ uri: 'HOST/a', headers: { 'X-B': 'two' } }, done);`,
    ),
    'defaults of defaults': answered(
      `request.defaults({ headers: { 'X-A': 'one' } }).defaults({ headers: { 'X-B': 'two' } }).get('HOST/a', done);`,
    ),
    'undefined does not remove a default': answered(
      `request.defaults({ headers: { 'X-A': 'one' } }).get({ uri: 'HOST/a', headers: { 'X-A': undefined } }, done);`,
    ),
    'auth: bearer': answered(`request.get({ uri: 'HOST/a', auth: { bearer: 'token' } }, done);`),
    'auth: user over a header': answered(
      `request.get({ uri: 'HOST/a', auth: { user: 'u', pass: 'p' }, headers: { Authorization: 'x' } }, done);`,
    ),
    'json as body': answered(`request.post({ uri: 'HOST/a', json: { a: 1 } }, done);`),
    'json: true and body': answered(`request.post({ uri: 'HOST/a', json: true, body: { a: 1 } }, done);`),
    form: answered(`request.post({ uri: 'HOST/a', form: { a: 1 } }, done);`),
    'a form writes over the content type': answered(
      `request.post({ uri: 'HOST/a', form: { a: 1 }, headers: { 'Content-Type': 'text/plain' } }, done);`,
    ),
    'json leaves the content type': answered(
      `request.post({ uri: 'HOST/a', json: { a: 1 }, headers: { 'Content-Type': 'application/hal+json' } }, done);`,
    ),
    promisify: `import { promisify } from 'node:util';\nawait promisify(request)({ uri: 'HOST/a', headers: { 'X-A': 'one' } });`,
    'promisify of a verb': `import { promisify } from 'node:util';\nconst post = promisify(request.post);\nawait post('HOST/a', { json: { a: 1 } });`,
  },
};
