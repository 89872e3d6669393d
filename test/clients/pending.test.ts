import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

// Requests that are made first and sent later, where the run of one path does not tell all.

type Files = Parameters<typeof callsIn>[0];

const headersOf = (code: Files) => callsIn(code).map((call) => printFields(onlyRequest(call).headers));

const HTTPS = `import https from 'node:https';\n`;
const SUPERAGENT = `import superagent from 'superagent';\n`;

test('node: a header under a condition, in a function', () => {
  assert.equal(
    headersOf(`${HTTPS}export function load(token: string, body?: string) {
  return new Promise((resolve, reject) => {
    const req = https.request({ hostname: 'h.example', path: '/a', method: 'POST', headers: { 'X-A': 'one' } }, resolve);
    if (token) req.setHeader('Authorization', token);
    req.on('error', reject);
    if (body) req.write(body);
    req.end();
  });
}`),
    [{ 'x-a': 'one', 'authorization?': '{token}' }],
  );
});

test('node: options of a wrapper, known at its callers', () => {
  const calls = callsIn(`${HTTPS}function send(options: https.RequestOptions, body?: string) {
  return new Promise((resolve) => { const req = https.request(options, (res) => resolve(res)); req.end(body); });
}
send({ hostname: 'h.example', path: '/a', headers: { 'X-A': 'one' } });
send({ host: 'h.example', port: 443, path: '/b', method: 'PUT' });`);
  assert.equal(calls.flatMap(printRequests), ['GET https://h.example/a', 'PUT https://h.example/b']);
  assert.equal(
    calls.map((call) => printFields(onlyRequest(call).headers)),
    [{ 'x-a': 'one' }, {}],
  );
});

test('node: http or https', () => {
  const calls = callsIn(`import http from 'http';\nimport https from 'https';
const client = process.env.SECURE ? https : http;
client.get('https://h.example/a', () => {});
client.request({ hostname: 'h.example', path: '/b' });`);
  assert.equal(calls.flatMap(printRequests), ['GET https://h.example/a', 'GET //h.example/b']);
});

test('node: the pieces of a parsed address', () => {
  assert.equal(
    callsIn(`import https from 'https';\nimport { parse } from 'url';
const { hostname, path } = parse(process.env.BASE_URL + '/api/user?x=1');
https.get({ hostname, path });`).flatMap(printRequests),
    ['GET https://{BASE_URL}/api/user?x=1'],
  );
});

test('node: a request that is kept in a field may get more', () => {
  const [headers] = headersOf(`${HTTPS}class Upload {
  open() { this.req = https.request('https://h.example/a', { headers: { 'X-A': 'one' } }); }
}`);
  assert.is(headers?.['…'], 'the request is kept where more may be set');
});

test('superagent: what a promise answers is a response, not the request', () => {
  assert.equal(
    headersOf(`${SUPERAGENT}async function load() {
  const login = await superagent.post('https://h.example/token').send({ client_id: 'a' });
  return superagent.get('https://h.example/a').set('Authorization', 'Bearer ' + login.body.access_token);
}`),
    [{}, { authorization: 'Bearer {access_token}' }],
  );
});

test('superagent: callers of the function that makes the request add to it', () => {
  assert.equal(
    headersOf(`${SUPERAGENT}const api = () => superagent.get('https://h.example/a').set('X-A', 'one');
export const first = async () => await api().set('X-B', 'two');`),
    [{ 'x-a': 'one', 'x-b': 'two' }],
  );
  assert.equal(
    headersOf(`${SUPERAGENT}const api = () => superagent.get('https://h.example/a').set('X-A', 'one');
export const first = async () => await api().set('X-B', 'two');
export const second = async () => await api();`),
    [{ 'x-a': 'one', 'x-b?': 'two' }],
  );
});

test('superagent: a variable that is returned', () => {
  assert.equal(
    headersOf(`${SUPERAGENT}function api() {
  const req = superagent.get('https://h.example/a');
  req.set('X-A', 'one');
  return req;
}
export const first = async () => await api().set('X-B', 'two');`),
    [{ 'x-a': 'one', 'x-b': 'two' }],
  );
});

test('superagent: a chain on a variable may set more', () => {
  const [headers] = headersOf(`${SUPERAGENT}const req = superagent.get('https://h.example/a');
req.set('X-A', 'one').set('X-B', 'two');
req.end();`);
  assert.is(headers?.['x-a'], 'one');
  assert.is(headers?.['x-b'] !== undefined || headers?.['…'] !== undefined, true);
});

test('superagent: a wrapper, known at its callers', () => {
  const calls = callsIn({
    'api.js': `const superagent = require('superagent');
exports.api = (method, path) => superagent(method, 'https://h.example' + path).set('X-A', 'one');`,
    'use.js': `const { api } = require('./api');
async function all() {
  await api('get', '/a').query({ b: 1 });
  await api('post', '/c').send({ d: 1 }).set('X-B', 'two');
}`,
  });
  assert.equal(calls.flatMap(printRequests), ['GET https://h.example/a?b=1', 'POST https://h.example/c']);
  assert.equal(
    calls.map((call) => printFields(onlyRequest(call).headers)),
    [{ 'x-a': 'one' }, { 'x-a': 'one', 'x-b': 'two' }],
  );
});

test('superagent: a variable under a condition', () => {
  assert.equal(
    headersOf(`${SUPERAGENT}function load(token) {
  let req = superagent.get('https://h.example/a');
  if (token) req = req.set('Authorization', token);
  req.end(() => {});
}`),
    [{ 'authorization?': '{token}' }],
  );
});

test('superagent: plugins, computed names and unknown containers leave the headers open', () => {
  for (const more of ['.use(plugin)', `.set(name(), 'x')`, '.set(headers())']) {
    const [headers] = headersOf(
      `${SUPERAGENT}superagent.get('https://h.example/a').set('X-A', 'one')${more}.end();`,
    );
    assert.is(headers?.['x-a'], 'one', more);
    assert.type(headers?.['…'], 'string', more);
  }
});

test.run();
