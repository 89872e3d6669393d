import { answered, type Subject } from './subject.ts';

export const nodeHttp: Subject = {
  name: 'node:http',
  note: 'Lists were given with a `Host`: Node does not add one to a list, and servers refuse a request without.',
  setup: `import http from 'node:http';`,
  send: (url, headers) =>
    answered(
      `http.get(${url}, { headers: ${headers} }, (response) => response.resume().on('end', done)).on('error', fail);`,
    ),
  refuses: ['headers as undefined'],
  containers: {
    pairs: `[['Host', 'x'], ['X-A', 'one'], ['X-B', 'two']]`,
    flat: `['Host', 'x', 'X-A', 'one', 'X-B', 'two']`,
  },
  cases: {
    'options alone': answered(
      `http.request({ host: '127.0.0.1', port: PORT, path: '/a?b=1', method: 'PUT', headers: { 'X-A': 'one' } }, done).end();`,
    ),
    'hostname beats host': answered(
      `http.request({ host: 'unused.example', hostname: '127.0.0.1', port: PORT, path: '/a' }, done).end();`,
    ),
    'options over an address': answered(
      `http.request('HOST/a', { path: '/b', method: 'DELETE' }, done).end();`,
    ),
    'a URL object': answered(`http.get(new URL('/a', 'HOST'), done);`),
    'setHeader and removeHeader': answered(
      `const req = http.request('HOST/a', { headers: { 'X-A': 'one', 'X-B': 'two' } }, done);\nreq.setHeader('x-a', 'three');\nreq.removeHeader('X-B');\nreq.setHeader('X-C', 4);\nreq.end();`,
    ),
    'a header of one branch': answered(
      `const req = http.request('HOST/a', done);\nif (false) req.setHeader('X-A', 'one');\nelse req.setHeader('X-B', 'two');\nreq.end();`,
    ),
    auth: answered(`http.get('HOST/a', { auth: 'u:p' }, done);`),
    'auth below a header': answered(
      `http.get('HOST/a', { auth: 'u:p', headers: { Authorization: 'x' } }, done);`,
    ),
    'url.parse': `import { parse } from 'node:url';\n${answered(`const to = parse('HOST/a/b?c=1');\nhttp.get({ hostname: to.hostname, port: to.port, path: to.path, headers: { 'X-A': 'one' } }, done);`)}`,
    'spread url.parse': `import url from 'node:url';\n${answered(`http.request({ ...url.parse('HOST/a/b?c=1'), method: 'POST' }, done).end('a=1');`)}`,
  },
};
