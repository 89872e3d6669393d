import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

const requestsIn = (code: Parameters<typeof callsIn>[0]) => callsIn(code).flatMap(printRequests);

// ------------------------------------------------------------------ what is no call

const NOT_CALLS: Readonly<Record<string, string>> = {
  nock: `import nock from 'nock';\nnock('https://fusion.adobe.io').get('/a').reply(200);`,
  msw: `import { http, HttpResponse, rest } from 'msw';\nhttp.get('https://fusion.adobe.io/a', () => HttpResponse.json({}));\nrest.post('https://fusion.adobe.io/a', f);`,
  MockAgent: `import { MockAgent, setGlobalDispatcher } from 'undici';\nconst agent = new MockAgent();\nsetGlobalDispatcher(agent);\nagent.get('https://fusion.adobe.io').intercept({ path: '/a', method: 'GET' }).reply(200, {});`,
  'axios-mock-adapter': `import axios from 'axios';\nimport MockAdapter from 'axios-mock-adapter';\nconst mock = new MockAdapter(axios);\nmock.onGet('https://fusion.adobe.io/a').reply(200);`,
  'fetch-mock': `import fetchMock from 'fetch-mock';\nfetchMock.get('https://fusion.adobe.io/a', 200);\nfetchMock.post('https://fusion.adobe.io/a', {});`,
  'jest of axios': `import axios from 'axios';\njest.mock('axios');\naxios.get.mockResolvedValue({ url: 'https://fusion.adobe.io/a' });\nexpect(axios.get).toHaveBeenCalledWith('https://fusion.adobe.io/a');`,
  'vi.fn': `const request = vi.fn();\nrequest('https://fusion.adobe.io/a', {});\nconst got = vi.fn();\ngot.get('https://fusion.adobe.io/a');`,
  sinon: `import got from 'got';\nsinon.stub(got, 'get').withArgs('https://fusion.adobe.io/a').resolves({});`,
  supertest: `import request from 'supertest';\nrequest(app).get('/api/user').set('Authorization', 'x');`,
  parameters: `export function load(got, http, client, request) {
  got.get('https://fusion.adobe.io/a');
  http.get('https://fusion.adobe.io/a');
  client.request({ path: '/a', method: 'GET' });
  request.post({ uri: 'https://fusion.adobe.io/a' });
}`,
  'a field that nothing sets': `class Api { client; load() { return this.client.get('https://fusion.adobe.io/a'); } }`,
  express: `import express from 'express';\nconst app = express();\napp.get('/a', handler);\nexpress.Router().post('/b', handler);`,
  'a server': `import http from 'node:http';\nhttp.createServer(handler).listen(80);`,
};

for (const [name, code] of Object.entries(NOT_CALLS))
  test(`no call: ${name}`, () => {
    assert.equal(requestsIn({ 'main.js': code }), []);
  });

// ------------------------------------------------------------------ imports and globals

const CALLS: Readonly<Record<string, readonly [code: string, ...requests: string[]]>> = {
  'request-promise': [
    `const rp = require('request-promise');\nrp.put({ url: 'https://h.example/a' });`,
    'PUT https://h.example/a',
  ],
  'request-promise-native': [
    `import * as rp from 'request-promise-native';\nrp('https://h.example/a');`,
    'GET https://h.example/a',
  ],
  'request through .apply': [
    `const request = require('request');\nrequest.post.apply(request, ['https://h.example/a', {}]);`,
    'POST https://h.example/a',
  ],
  'request, imported from another file by name': [
    `import { api } from './other.js';\napi({ uri: '/a' });`,
    'GET https://h.example/v1/a',
  ],
  'request with a callback by name': [
    `const request = require('request');\nfunction load(url, callback) { request.get('https://h.example/a', callback); }`,
    'GET https://h.example/a',
  ],
  'a wrapper called with a receiver': [
    `function api(method, path) { return fetch('https://h.example' + path, { method }); }\napi.call(this, 'PUT', '/a');\napi.apply(this, ['PATCH', '/b']);`,
    'PUT https://h.example/a',
    'PATCH https://h.example/b',
  ],
  'a wrapper with a bound argument, called with a receiver': [
    `const api = function (path, id) { return fetch('https://h.example' + path + '/' + id); };\nconst users = api.bind(null, '/users');\nusers.call(this, '7');`,
    'GET https://h.example/users/7',
  ],
  'require of got': [
    `const { default: got } = require('got');\ngot('https://h.example/a');`,
    'GET https://h.example/a',
  ],
  'a verb that is taken out': [
    `import got from 'got';\nconst { post } = got;\npost('https://h.example/a');`,
    'POST https://h.example/a',
  ],
  'got.paginate': [
    `import got from 'got';\nawait got.paginate.all('https://h.example/a');`,
    'GET https://h.example/a',
  ],
  'ky 2: prefix': [
    `import ky from 'ky';\nky.create({ prefix: 'https://h.example/v1/' }).get('/a');`,
    'GET https://h.example/v1/a',
  ],
  'ky 2: baseUrl': [
    `import ky from 'ky';\nconst api = ky.create({ baseUrl: 'https://h.example/v1/' });\napi('a');\napi('/b');`,
    'GET https://h.example/v1/a',
    'GET https://h.example/b',
  ],
  'ky: extend by a function': [
    `import ky from 'ky';\nky.extend((options) => ({ ...options })).get('https://h.example/a');`,
    'GET https://h.example/a',
  ],
  'the global of Nuxt': [
    `await $fetch('/a', { baseURL: 'https://h.example/v1', method: 'post' });`,
    'POST https://h.example/v1/a',
  ],
  'an instance of the global': [
    `const api = $fetch.create({ baseURL: 'https://h.example' });\napi('/a');`,
    'GET https://h.example/a',
  ],
  'composables of Nuxt': [
    `const { data } = await useFetch(() => \`https://h.example/a/\${id}\`, { query: { b: 1 } });`,
    'GET https://h.example/a/{id}?b=1',
  ],
  'undici by namespace': [
    `import * as undici from 'undici';\nundici.request('https://h.example/a', { method: 'DELETE' });`,
    'DELETE https://h.example/a',
  ],
  'superagent, renamed': [
    `import request from 'superagent';\nrequest.del('https://h.example/a').end();`,
    'DELETE https://h.example/a',
  ],
  'follow-redirects': [
    `const { https } = require('follow-redirects');\nhttps.get({ hostname: 'h.example', path: '/a' });`,
    'GET https://h.example/a',
  ],
};

const OTHER = `import request from 'request';\nexport const api = request.defaults({ baseUrl: 'https://h.example/v1' });`;

for (const [name, [code, ...requests]] of Object.entries(CALLS))
  test(`call: ${name}`, () => {
    assert.equal(requestsIn({ 'main.js': code, 'other.js': OTHER }), requests);
  });

test('a client typed by its package, made elsewhere: open', () => {
  const [call] = callsIn(`import type { Got } from 'got';
export class Api { constructor(private client: Got) {} load() { return this.client.get('https://h.example/a'); } }`);
  assert.equal(call && printRequests(call), ['GET https://h.example/a']);
  assert.type(onlyRequest(call).headers.open, 'string');
});

test('interceptors of an undici client leave the headers open', () => {
  const [call] = callsIn(`import { Pool } from 'undici';
const client = new Pool('https://h.example').compose(sign);
client.request({ path: '/a', method: 'GET', headers: { 'X-A': 'one' } });`);
  assert.equal(printFields(onlyRequest(call).headers), { 'x-a': 'one', '…': 'an undici interceptor' });
});

test('a hook that is not followed leaves the headers open', () => {
  const [call] = callsIn(`import ky from 'ky';\nimport { sign } from 'signer';
ky.create({ hooks: { beforeRequest: [sign] } }).get('https://h.example/a');`);
  assert.equal(printFields(onlyRequest(call).headers), { '…': 'a hook that is not followed' });
});

test('request: the content type of a form that only some paths send is sent on these', () => {
  const [call] = callsIn(
    `import request from 'request';
const options = { uri: 'https://h.example/', json: true };
if (process.env.X) options.form = { a: 1 };
request(options, () => {});`,
  );
  assert.equal(printFields(onlyRequest(call).headers), {
    'content-type?': 'application/x-www-form-urlencoded',
  });
});

test('needle.defaults holds for every call', () => {
  const [call] = callsIn(`import needle from 'needle';\nneedle.defaults({ headers: { 'X-A': 'one' } });
needle('get', 'https://h.example/a');`);
  assert.equal(printFields(onlyRequest(call).headers), { 'x-a': 'one' });
});

test.run();
