import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FieldSet, literalOf, type Request } from '../../src/request.ts';
import { callsIn } from '../support/calls.ts';
import { type Arrival, openWire } from '../support/wire.ts';

// Each snippet is used twice: it is run, with the real client, against a local server, and it is analysed.
// What arrives must be what was predicted. Headers that a client adds by itself are left out of account:
// those of the snippets are named x-… or authorization.

const wire = await openWire();
const test = suite('semantics');
test.after(() => wire.close());

const HOST = wire.origin;

/** How a client is imported, and how it sends a GET with headers. */
interface Sender {
  readonly setup?: string;
  readonly send: (url: string, headers: string) => string;
}

const NODE = (call: string) => `await new Promise((done, fail) => { ${call} });`;

const SENDERS: Readonly<Record<string, Sender>> = {
  fetch: { send: (url, headers) => `await fetch(${url}, { headers: ${headers} });` },
  'node-fetch': {
    setup: `import fetch, { Headers } from 'node-fetch';`,
    send: (url, headers) => `await fetch(${url}, { headers: ${headers} });`,
  },
  'undici.fetch': {
    setup: `import { fetch, Headers } from 'undici';`,
    send: (url, headers) => `await fetch(${url}, { headers: ${headers} });`,
  },
  axios: {
    setup: `import axios from 'axios';`,
    send: (url, headers) => `await axios.get(${url}, { headers: ${headers} });`,
  },
  got: {
    setup: `import got from 'got';`,
    send: (url, headers) => `await got(${url}, { headers: ${headers}, retry: { limit: 0 } });`,
  },
  ky: {
    setup: `import ky from 'ky';`,
    send: (url, headers) => `await ky(${url}, { headers: ${headers}, retry: 0 });`,
  },
  ofetch: {
    setup: `import { ofetch } from 'ofetch';`,
    send: (url, headers) => `await ofetch(${url}, { headers: ${headers}, retry: 0 });`,
  },
  'undici.request': {
    setup: `import { request } from 'undici';`,
    send: (url, headers) => `await request(${url}, { headers: ${headers} });`,
  },
  'undici.Client': {
    setup: `import { Client } from 'undici';\nconst client = new Client('${HOST}');`,
    send: (url, headers) =>
      `await client.request({ path: ${url.replace(HOST, '')}, method: 'GET', headers: ${headers} });`,
  },
  request: {
    setup: `import request from 'request';`,
    send: (url, headers) =>
      NODE(`request({ uri: ${url}, headers: ${headers} }, (error) => (error ? fail(error) : done()));`),
  },
  needle: {
    setup: `import needle from 'needle';`,
    send: (url, headers) => `await needle('get', ${url}, { headers: ${headers} });`,
  },
  superagent: {
    setup: `import superagent from 'superagent';`,
    send: (url, headers) => `await superagent.get(${url}).set(${headers});`,
  },
  'node:http': {
    setup: `import http from 'node:http';`,
    send: (url, headers) =>
      NODE(
        `http.get(${url}, { headers: ${headers} }, (response) => response.resume().on('end', done)).on('error', fail);`,
      ),
  },
};

const CONTAINERS: Readonly<Record<string, string>> = {
  object: `{ 'X-A': 'one', 'x-b': 'two' }`,
  undefined: `{ 'X-A': 'one', 'X-B': undefined }`,
  null: `{ 'X-A': 'one', 'X-B': null }`,
  'number and boolean': `{ 'X-A': 1, 'X-B': true }`,
  false: `{ 'X-A': 'one', 'X-B': false }`,
  'two spellings': `{ 'X-A': 'one', 'x-a': 'two' }`,
  Headers: `new Headers({ 'X-A': 'one', 'X-B': 'two' })`,
  'Headers with undefined': `new Headers({ 'X-A': 'one', 'X-B': undefined })`,
  'spread Headers': `{ ...new Headers({ 'X-A': 'one' }), 'X-B': 'two' }`,
  pairs: `[['X-A', 'one'], ['X-B', 'two']]`,
  flat: `['X-A', 'one', 'X-B', 'two']`,
  Map: `new Map([['X-A', 'one'], ['X-B', 'two']])`,
};

/** Containers that a client refuses: nothing is sent. */
const REFUSED: ReadonlySet<string> = new Set([
  ...['fetch', 'node-fetch', 'undici.fetch', 'axios', 'ky', 'ofetch'].map(
    (client) => `${client}: headers as flat`,
  ),
  'got: headers as null',
  'undici.request: headers as pairs',
  'undici.Client: headers as pairs',
  'needle: headers as undefined',
  'needle: headers as Headers',
  'needle: headers as Headers with undefined',
  'superagent: headers as undefined',
  'node:http: headers as undefined',
  // Node sends a list as it is, without a Host, which the server refuses; it is tested with one below.
  'node:http: headers as pairs',
  'node:http: headers as flat',
]);

for (const [client, { setup = '', send }] of Object.entries(SENDERS)) {
  for (const [container, headers] of Object.entries(CONTAINERS))
    check(`${client}: headers as ${container}`, `${setup}\n${send(`'${HOST}/path?q=1'`, headers)}`);
}

/** Instances, query parameters and addresses: name → code behind the client's import. */
const CASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  fetch: {
    'a Request and its headers': `await fetch(new Request('HOST/a', { method: 'PUT', headers: { 'X-A': 'one' } }));`,
    'an init replaces the headers of a Request': `await fetch(new Request('HOST/a', { headers: { 'X-A': 'one' } }), { headers: { 'X-B': 'two' } });`,
    'undefined leaves the headers of a Request': `await fetch(new Request('HOST/a', { headers: { 'X-A': 'one' } }), { headers: undefined });`,
    'URLSearchParams of undefined and null': `await fetch('HOST/a?' + new URLSearchParams({ a: undefined, b: null, c: 1 }));`,
    'URL: a leading slash resets': `await fetch(new URL('/b', 'HOST/v1/a'));`,
    'URL: the last segment is replaced': `await fetch(new URL('b', 'HOST/v1/a'));`,
    'URL: a trailing slash keeps it': `await fetch(new URL('b', 'HOST/v1/a/'));`,
    'Headers set, append, delete': `const h = new Headers({ 'X-A': 'one', 'X-B': 'two' });\nh.set('x-a', 'three');\nh.delete('X-B');\nh.set('X-C', 'four');\nawait fetch('HOST/a', { method: 'DELETE', headers: h });`,
  },
  axios: {
    'a default of create': `await axios.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-B': 'two' } });`,
    'a call overrides, in another spelling': `await axios.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'x-a': 'two' } });`,
    'undefined removes a default': `await axios.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-A': undefined } });`,
    'null removes a default': `await axios.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-A': null } });`,
    'common below flat': `await axios.create({ headers: { common: { 'X-A': 'one', 'X-B': 'one' }, 'X-A': 'two' } }).get('HOST/a');`,
    'a bucket of the method': `await axios.create({ headers: { post: { 'X-A': 'one' }, get: { 'X-B': 'one' } } }).post('HOST/a', {});`,
    'defaults of an instance': `const api = axios.create();\napi.defaults.headers.common['X-A'] = 'one';\napi.defaults.baseURL = 'HOST/v1';\nawait api.get('/a');`,
    'an interceptor': `const api = axios.create();\napi.interceptors.request.use((config) => {\n  config.headers['X-A'] = 'one';\n  return config;\n});\nawait api.get('HOST/a', { headers: { 'X-B': 'two' } });`,
    'baseURL without slash, path without': `await axios.create({ baseURL: 'HOST/v1' }).get('a');`,
    'baseURL with slash, path with': `await axios.create({ baseURL: 'HOST/v1/' }).get('/a');`,
    'baseURL and an absolute address': `await axios.create({ baseURL: 'http://unused.example/v1' }).get('HOST/a');`,
    'params of undefined and null': `await axios.get('HOST/a?z=9', { params: { a: 1, b: undefined, c: null } });`,
    'params of create': `await axios.create({ params: { a: 1, b: 2 } }).get('HOST/a', { params: { b: 3 } });`,
    'a form of post': `await axios.post('HOST/a', new URLSearchParams({ a: '1' }));`,
    'a body of post': `await axios.post('HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } });`,
    'a config alone': `await axios({ url: 'HOST/a', method: 'put', data: { a: 1 }, headers: { 'X-A': 'one' } });`,
    'address and config': `await axios('HOST/a', { method: 'delete' });`,
  },
  request: {
    'an address and options': NODE(`request('HOST/a', { headers: { 'X-A': 'one' } }, done);`),
    'url and method': NODE(`request({ url: 'HOST/a', method: 'PATCH' }, done);`),
    verbs: NODE(`request.del('HOST/a', { headers: { 'X-A': 'one' } }, done);`),
    'defaults below a call': NODE(
      `request.defaults({ headers: { 'X-A': 'one', 'X-B': 'one' } })({ uri: 'HOST/a', headers: { 'X-B': 'two' } }, done);`,
    ),
    'defaults of defaults': NODE(
      `request.defaults({ headers: { 'X-A': 'one' } }).defaults({ headers: { 'X-B': 'two' } }).get('HOST/a', done);`,
    ),
    'undefined does not remove a default': NODE(
      `request.defaults({ headers: { 'X-A': 'one' } }).get({ uri: 'HOST/a', headers: { 'X-A': undefined } }, done);`,
    ),
    'baseUrl without slash, path without': NODE(`request.defaults({ baseUrl: 'HOST/v1' }).get('a', done);`),
    'baseUrl with slash, path with': NODE(`request.defaults({ baseUrl: 'HOST/v1/' }).get('/a', done);`),
    'qs of undefined and null': NODE(
      `request.get({ uri: 'HOST/a?z=9', qs: { a: 1, b: undefined, c: null } }, done);`,
    ),
    'auth: bearer': NODE(`request.get({ uri: 'HOST/a', auth: { bearer: 'token' } }, done);`),
    'auth: user over a header': NODE(
      `request.get({ uri: 'HOST/a', auth: { user: 'u', pass: 'p' }, headers: { Authorization: 'x' } }, done);`,
    ),
    'json as body': NODE(`request.post({ uri: 'HOST/a', json: { a: 1 } }, done);`),
    'json: true and body': NODE(`request.post({ uri: 'HOST/a', json: true, body: { a: 1 } }, done);`),
    form: NODE(`request.post({ uri: 'HOST/a', form: { a: 1 } }, done);`),
    promisify: `import { promisify } from 'node:util';\nawait promisify(request)({ uri: 'HOST/a', headers: { 'X-A': 'one' } });`,
    'promisify of a verb': `import { promisify } from 'node:util';\nconst post = promisify(request.post);\nawait post('HOST/a', { json: { a: 1 } });`,
  },
  'node:http': {
    'options alone': NODE(
      `http.request({ host: '127.0.0.1', port: PORT, path: '/a?b=1', method: 'PUT', headers: { 'X-A': 'one' } }, done).end();`,
    ),
    'hostname beats host': NODE(
      `http.request({ host: 'unused.example', hostname: '127.0.0.1', port: PORT, path: '/a' }, done).end();`,
    ),
    'options over an address': NODE(`http.request('HOST/a', { path: '/b', method: 'DELETE' }, done).end();`),
    'a URL object': NODE(`http.get(new URL('/a', 'HOST'), done);`),
    'setHeader and removeHeader': NODE(
      `const req = http.request('HOST/a', { headers: { 'X-A': 'one', 'X-B': 'two' } }, done);\nreq.setHeader('x-a', 'three');\nreq.removeHeader('X-B');\nreq.setHeader('X-C', 4);\nreq.end();`,
    ),
    'a header of one branch': NODE(
      `const req = http.request('HOST/a', done);\nif (false) req.setHeader('X-A', 'one');\nelse req.setHeader('X-B', 'two');\nreq.end();`,
    ),
    'a list of headers': NODE(
      `http.get('HOST/a', { headers: ['Host', 'x', 'X-A', 'one', 'X-B', 'two'] }, done);`,
    ),
    'a list of pairs': NODE(`http.get('HOST/a', { headers: [['Host', 'x'], ['X-A', 'one']] }, done);`),
    auth: NODE(`http.get('HOST/a', { auth: 'u:p' }, done);`),
    'auth below a header': NODE(
      `http.get('HOST/a', { auth: 'u:p', headers: { Authorization: 'x' } }, done);`,
    ),
    'url.parse': `import { parse } from 'node:url';\n${NODE(`const to = parse('HOST/a/b?c=1');\nhttp.get({ hostname: to.hostname, port: to.port, path: to.path, headers: { 'X-A': 'one' } }, done);`)}`,
    'spread url.parse': `import url from 'node:url';\n${NODE(`http.request({ ...url.parse('HOST/a/b?c=1'), method: 'POST' }, done).end('a=1');`)}`,
  },
  got: {
    verbs: `await got.post('HOST/a', { json: { a: 1 }, headers: { 'X-A': 'one' } });`,
    'an object alone': `await got({ url: new URL('HOST/a'), method: 'PUT' });`,
    'extend below a call': `await got.extend({ headers: { 'X-A': 'one', 'x-b': 'one' } }).get('HOST/a', { headers: { 'X-B': 'two' } });`,
    'extend of extend': `await got.extend({ headers: { 'X-A': 'one' } }).extend({ headers: { 'X-B': 'two' } })('HOST/a');`,
    'extend with an instance': `await got.extend(got.extend({ headers: { 'X-A': 'one' } }), { headers: { 'X-B': 'two' } })('HOST/a');`,
    'undefined removes a default': `await got.extend({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-A': undefined } });`,
    'prefixUrl without slash': `await got.extend({ prefixUrl: 'HOST/v1' }).get('a');`,
    'prefixUrl with slash': `await got.extend({ prefixUrl: 'HOST/v1/' }).get('a/b');`,
    'prefixUrl and an absolute address': `await got.extend({ prefixUrl: 'http://unused.example/v1' }).get('HOST/a');`,
    'searchParams replace the query': `await got('HOST/a?z=9', { searchParams: { a: 1, b: undefined, c: null } });`,
    'searchParams of extend': `await got.extend({ searchParams: { a: 1, b: 2, c: 3 } }).get('HOST/a', { searchParams: { b: 4, c: undefined } });`,
    'a hook': `await got.extend({ hooks: { beforeRequest: [(options) => { options.headers['X-A'] = 'one'; }] } }).get('HOST/a', { headers: { 'X-B': 'two' } });`,
    form: `await got.post('HOST/a', { form: { a: 1 } });`,
    stream: `import { once } from 'node:events';\nconst stream = got.stream('HOST/a', { headers: { 'X-A': 'one' } });\nstream.resume();\nawait once(stream, 'end');`,
  },
  ky: {
    verbs: `await ky.post('HOST/a', { json: { a: 1 }, headers: { 'X-A': 'one' } });`,
    'extend below a call': `await ky.extend({ headers: { 'X-A': 'one', 'X-B': 'one' } }).get('HOST/a', { headers: { 'x-b': 'two' } });`,
    'create starts anew': `await ky.extend({ headers: { 'X-A': 'one' } }).create({ headers: { 'X-B': 'two' } }).get('HOST/a');`,
    'undefined removes a default': `await ky.create({ headers: { 'X-A': 'one' } }).get('HOST/a', { headers: { 'X-A': undefined } });`,
    'prefixUrl without slash': `await ky.create({ prefixUrl: 'HOST/v1' }).get('a');`,
    'prefixUrl with slash': `await ky.create({ prefixUrl: 'HOST/v1/' }).get('a/b');`,
    'prefixUrl and a URL object': `await ky.create({ prefixUrl: 'http://unused.example/v1' }).get(new URL('HOST/a'));`,
    'searchParams replace the query': `await ky('HOST/a?z=9', { searchParams: { a: 1, b: undefined, c: null } });`,
    'searchParams of create': `await ky.create({ searchParams: { a: 1 } }).get('HOST/a', { searchParams: { b: 2 } });`,
    'a hook': `await ky.create({ hooks: { beforeRequest: [(request) => { request.headers.set('X-A', 'one'); }] } }).get('HOST/a', { headers: { 'X-B': 'two' } });`,
    'a Request': `await ky(new Request('HOST/a', { headers: { 'X-A': 'one' } }), { headers: { 'X-B': 'two' } });`,
  },
  'undici.request': {
    'PUT with a body': `await request('HOST/a', { body: 'text' });`,
    'path over the address': `await request('HOST', { path: '/b?c=1' });`,
    query: `await request('HOST/a', { query: { a: 1, b: undefined, c: null } });`,
    POST: `await request('HOST/a', { method: 'POST', headers: { 'X-A': 'one' }, body: JSON.stringify({ a: 1 }) });`,
  },
  'undici.Client': {
    query: `await client.request({ path: '/a', method: 'GET', query: { a: 1, b: null } });`,
    Pool: `import { Pool } from 'undici';\nawait new Pool('HOST').request({ path: '/a', method: 'DELETE', headers: { 'X-A': 'one' } });`,
  },
  ofetch: {
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
  needle: {
    'a form of post': `await needle('post', 'HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } });`,
    'json of post': `await needle('post', 'HOST/a', { a: 1 }, { json: true });`,
    'a callback': NODE(`needle.get('HOST/a', { headers: { 'X-A': 'one' } }, done);`),
    'a callback of put': NODE(`needle.put('HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } }, done);`),
    'data of get': `await needle('get', 'HOST/a?z=9', { a: 1, b: undefined, c: null }, {});`,
    'no method': `await needle('HOST/a');`,
    'username below a header': `await needle('get', 'HOST/a', { username: 'u', password: 'p', headers: { 'X-A': 'one' } });`,
  },
  superagent: {
    'set in a chain': `await superagent.post('HOST/a').set('X-A', 'one').set({ 'X-B': 'two' }).set('x-a', 'three').send({ a: 1 });`,
    unset: `await superagent.get('HOST/a').set('X-A', 'one').set('X-B', 'two').unset('x-a');`,
    query: `await superagent.get('HOST/a?z=9').query({ a: 1, b: undefined, c: null }).query('d=4');`,
    'data of get': `await superagent.get('HOST/a', { a: 1 });`,
    'data of post': `await superagent.post('HOST/a', { a: 1 });`,
    'auth: basic': `await superagent.get('HOST/a').auth('u', 'p');`,
    'auth: bearer': `await superagent.get('HOST/a').auth('token', { type: 'bearer' });`,
    'a form': `await superagent.post('HOST/a').type('form').send({ a: 1 });`,
    'method first': `await superagent('PATCH', 'HOST/a').set('X-A', 'one');`,
    'a variable': `const made = superagent.del('HOST/a');\nmade.set('X-A', 'one');\nawait made.set('X-B', 'two');`,
    'a variable, reassigned': `let made = superagent.get('HOST/a').set('X-A', 'one');\nmade = made.set('X-B', 'two');\nawait made;`,
    'a function that answers it': `const api = (path) => superagent.get('HOST' + path).set('X-A', 'one');\nawait api('/a').set('X-B', 'two');`,
    'a function that adds to it': `const signed = (made) => made.set('X-B', 'two');\nawait signed(superagent.get('HOST/a').set('X-A', 'one'));`,
    agent: `const agent = superagent.agent().set('X-A', 'one').set('X-B', 'one');\nawait agent.get('HOST/a').set('x-b', 'two');`,
  },
};

for (const [client, cases] of Object.entries(CASES)) {
  for (const [name, code] of Object.entries(cases))
    check(`${client}: ${name}`, `${SENDERS[client]?.setup ?? ''}\n${code}`);
}

function check(name: string, code: string): void {
  const text = code.replaceAll('HOST', HOST).replaceAll('PORT', new URL(HOST).port);
  test(name, async () => {
    const { arrivals, error } = await wire.run(text);
    const [arrival] = arrivals;
    assert.is(!arrival, REFUSED.has(name), `it sends nothing: ${error}`);
    if (!arrival) return;
    const requests = callsIn({ 'main.js': text }).flatMap((call) => call.requests);
    assert.is(requests.length, 1, 'the number of requests that are predicted');
    assert.equal(predicted(requests[0] as Request), arrived(arrival));
  });
}

/** Said in the same words: what arrived, and what was predicted. */
interface Said {
  readonly host: string;
  readonly call: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const OF_THE_SNIPPET = /^(?:x-.*|authorization)$/;

function arrived({ method, path, query, headers, body }: Arrival): Said {
  const own = Object.entries(headers).filter(([name]) => OF_THE_SNIPPET.test(name));
  return {
    host: HOST.replace('http://', ''),
    call: `${method} ${path}`,
    query: sorted(query),
    headers: sorted(own.map(([name, value]) => [name, String(value)])),
    body: kindOf(body),
  };
}

function kindOf(body: string): string {
  if (body === '') return 'none';
  return body.startsWith('{') ? 'json' : /^\w+=/.test(body) ? 'form' : 'text';
}

function predicted({ host, method, path, query, headers, body }: Request): Said {
  return {
    host: String(host),
    call: `${method} /${path.map(literalOf).join('/')}`,
    query: fieldsOf(query),
    headers: Object.fromEntries(
      Object.entries(fieldsOf(headers)).filter(([name]) => !/^(?:host|content-type)$/.test(name)),
    ),
    body: body.kind,
  };
}

function fieldsOf({ fields, open }: FieldSet): Record<string, string> {
  const sent = fields.filter((field) => field.presence !== 'never');
  const printed = sent.map(({ name, presence, values }): [string, string] => [
    presence === 'always' ? name : `${name} (${presence})`,
    values.map(literalOf).join(' | '),
  ]);
  return sorted(open === undefined ? printed : [...printed, ['…', open]]);
}

function sorted(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

test.run();
