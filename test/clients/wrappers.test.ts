import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, printCalls } from '../support/calls.ts';

/**
 * How code hides a call behind functions: wrappers of wrappers, factories, functions that are handed in. One
 * line per request, with its headers: name, `?` behind one that is not always sent, `…` where more may be.
 */
const PROGRAMS: Readonly<
  Record<string, { readonly code: Parameters<typeof callsIn>[0]; readonly calls: readonly string[] }>
> = {
  'a closure that adds to the URL is no wrapper of the call': {
    code: `function query(parameters) {
  let text = '';
  const add = (key, value) => { text += text ? '&' : '?'; text += key + '=' + value; };
  for (const key in parameters) add(key, parameters[key]);
  return text;
}
export const teams = (p) => fetch('https://fusion.adobe.io/api/v3/teams' + query(p));
export const hooks = (p) => fetch('https://fusion.adobe.io/api/v3/hooks' + query(p));`,
    calls: [
      'main.ts:7 GET https://fusion.adobe.io/api/v3/teams',
      'main.ts:7 GET https://fusion.adobe.io/api/v3/teams{text}',
      'main.ts:8 GET https://fusion.adobe.io/api/v3/hooks',
      'main.ts:8 GET https://fusion.adobe.io/api/v3/hooks{text}',
    ],
  },
  'wrappers six deep, each in a file of its own': {
    code: {
      'send.ts': `export async function send(url, init) { return fetch(url, init); }`,
      'json.ts': `import { send } from './send';
export const json = (url, init = {}) => send(url, { ...init, headers: { accept: 'application/json', ...init.headers } });`,
      'token.ts': `import { json } from './json';
export function withToken(url, { token, ...init }) {
  return json(url, { ...init, headers: { ...init.headers, authorization: \`Bearer \${token}\` } });
}`,
      'key.ts': `import { withToken } from './token';
export const withKey = (path, init) =>
  withToken(\`https://cloudmanager.adobe.io\${path}\`, { ...init, headers: { ...init.headers, 'x-api-key': process.env.KEY } });`,
      'api.ts': `import { withKey } from './key';
export default async function api(path, token, init = {}) { return withKey(\`/api\${path}\`, { ...init, token }); }`,
      'main.ts': `import api from './api';
export const start = (p, id, token) => api(\`/program/\${p}/pipeline/\${id}/execution\`, token, { method: 'PUT' });
start(1, 2, 't');`,
    },
    calls: [
      'main.ts:2 PUT https://cloudmanager.adobe.io/api/program/{p}/pipeline/{id}/execution accept x-api-key authorization',
    ],
  },
  'a retry that calls a function it is given': {
    code: `async function withRetry(run, times = 3) {
  for (let at = 0; at < times; at++) { try { return await run(); } catch (error) { if (at > 1) throw error; } }
}
export const user = (id) => withRetry(() => fetch(\`https://auth.fusionauth.io/api/user/\${id}\`, { headers: { authorization: 'k' } }));`,
    calls: ['main.ts:4 GET https://auth.fusionauth.io/api/user/{id} authorization'],
  },
  'retry, queue and limit packages': {
    code: `import pRetry from 'p-retry'; import retry from 'async-retry'; import { backOff } from 'exponential-backoff';
import Bottleneck from 'bottleneck'; import axios from 'axios'; import PQueue from 'p-queue'; import pLimit from 'p-limit';
const limiter = new Bottleneck(), queue = new PQueue(), limit = pLimit(3);
pRetry(() => fetch('https://fusion.adobe.io/api/v3/teams'), { retries: 3 });
retry(async (bail) => { const answer = await fetch('https://fusion.adobe.io/api/v3/users'); return answer; });
backOff(() => fetch('https://fusion.adobe.io/api/v3/hooks'));
limiter.schedule(() => axios.get('https://fusion.adobe.io/api/v3/folders'));
queue.add(() => fetch('https://fusion.adobe.io/api/v3/scenarios'));
[1, 2].map((id) => limit(() => fetch(\`https://fusion.adobe.io/api/v3/keys/\${id}\`)));`,
    calls: [
      'main.ts:4 GET https://fusion.adobe.io/api/v3/teams',
      'main.ts:5 GET https://fusion.adobe.io/api/v3/users',
      'main.ts:6 GET https://fusion.adobe.io/api/v3/hooks',
      'main.ts:7 GET https://fusion.adobe.io/api/v3/folders',
      'main.ts:8 GET https://fusion.adobe.io/api/v3/scenarios',
      'main.ts:9 GET https://fusion.adobe.io/api/v3/keys/1',
      'main.ts:9 GET https://fusion.adobe.io/api/v3/keys/2',
    ],
  },
  'fetch with a token, made in another file': {
    code: {
      'auth.ts': `export function withAuth(f: typeof fetch, token: string): typeof fetch {
  return (url, init = {}) => f(url, { ...init, headers: { ...init.headers, authorization: \`Bearer \${token}\` } });
}`,
      'http.ts': `import { withAuth } from './auth';
export const authFetch = withAuth(fetch, process.env.TOKEN);`,
      'main.ts': `import { authFetch } from './http';
await authFetch('https://fusion.adobe.io/api/v3/teams', { headers: { 'x-api-key': 'k' } });`,
    },
    calls: ['main.ts:2 GET https://fusion.adobe.io/api/v3/teams x-api-key authorization'],
  },
  'an object of closures, taken apart in another file': {
    code: {
      'client.ts': `export function createClient({ baseUrl, key }) {
  async function request(method, path) { return fetch(\`\${baseUrl}\${path}\`, { method, headers: { authorization: key } }); }
  return { get: (path) => request('GET', path), remove(path) { return request('DELETE', path); } };
}`,
      'fusionauth.ts': `import { createClient } from './client';
export const { get, remove } = createClient({ baseUrl: 'https://auth.fusionauth.io', key: process.env.KEY });`,
      'main.ts': `import { get, remove } from './fusionauth';
await get('/api/user');
await remove('/api/user/1');`,
    },
    calls: [
      'main.ts:2 GET https://auth.fusionauth.io/api/user authorization',
      'main.ts:3 DELETE https://auth.fusionauth.io/api/user/1 authorization',
    ],
  },
  'curried functions': {
    code: `const api = (base) => (method) => (path, headers) => fetch(\`\${base}\${path}\`, { method, headers });
const fusion = api('https://fusion.adobe.io/api/v3');
const get = fusion('GET');
await get('/teams', { 'x-api-key': 'k' });
await fusion('POST')('/users', {});`,
    calls: [
      'main.ts:4 GET https://fusion.adobe.io/api/v3/teams x-api-key',
      'main.ts:5 POST https://fusion.adobe.io/api/v3/users',
    ],
  },
  'bind, with and without an object': {
    code: `class Api {
  base = 'https://fusion.adobe.io/api/v3';
  request(method, path) { return fetch(this.base + path, { method }); }
  get = this.request.bind(this, 'GET');
}
await new Api().get('/teams');
const request = (method, path) => fetch('https://fusion.adobe.io/api/v3' + path, { method });
const post = request.bind(null, 'POST');
await post('/users');`,
    calls: [
      'main.ts:6 GET https://fusion.adobe.io/api/v3/teams',
      'main.ts:9 POST https://fusion.adobe.io/api/v3/users',
    ],
  },
  'a default client': {
    code: `import axios from 'axios';
const http = axios.create({ baseURL: 'https://fusion.adobe.io/api/v3', headers: { 'x-api-key': 'k' } });
export const teams = (client = http) => client.get('/teams');`,
    calls: ['main.ts:3 GET https://fusion.adobe.io/api/v3/teams x-api-key'],
  },
  'a function that hands on all of its arguments is the client by another name': {
    code: `const fetch = (...args) => import('node-fetch').then(({ default: fetch }) => fetch(...args));
const token = (...args) => import('@adobe/auth-token').then(({ auth }) => auth(...args));
async function send(url) { return fetch(url, { headers: { 'x-api-key': 'k' } }); }
export async function run(event) {
  await token({ clientId: process.env.ID, clientSecret: process.env.SECRET, scope: 'openid' });
  await send(event.url);
}`,
    calls: [
      'main.ts:6 GET {url} x-api-key',
      'main.ts:5 POST https://ims-na1.adobelogin.com/ims/token/v3 content-type',
    ],
  },
  'a wrapper is judged at its callers, also where none of them tells the URL': {
    code: `async function send(url) { return fetch(url, { headers: { 'x-api-key': 'k' } }); }
app.post('/a', (req) => send(req.body.url));
app.post('/b', (req) => send(req.body.link));`,
    calls: ['main.ts:2 GET {url} x-api-key', 'main.ts:3 GET {link} x-api-key'],
  },
};

for (const [name, { code, calls }] of Object.entries(PROGRAMS))
  test(name, () => {
    assert.equal(printCalls(callsIn(code)), calls);
  });

test.run();
