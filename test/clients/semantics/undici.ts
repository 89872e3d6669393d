import type { Subject } from './subject.ts';

export const undiciFetch: Subject = {
  name: 'undici.fetch',
  client: 'undici',
  packages: ['undici'],
  setup: `import { fetch, Headers } from 'undici';`,
  send: (url, headers) => `await fetch(${url}, { headers: ${headers} });`,
  refuses: ['headers as flat'],
};

export const undiciRequest: Subject = {
  name: 'undici.request',
  client: 'undici',
  packages: ['undici'],
  query: {
    option: 'query',
    code: (url, params) => `await request(${url}, { query: ${params} });`,
  },
  setup: `import { request } from 'undici';`,
  send: (url, headers) => `await request(${url}, { headers: ${headers} });`,
  refuses: ['headers as pairs', 'query of an address with a query'],
  cases: {
    'PUT with a body': `await request('HOST/a', { body: 'text' });`,
    'path over the address': `await request('HOST', { path: '/b?c=1' });`,
    POST: `await request('HOST/a', { method: 'POST', headers: { 'X-A': 'one' }, body: JSON.stringify({ a: 1 }) });`,
  },
};

export const undiciClient: Subject = {
  name: 'undici.Client',
  client: 'undici',
  packages: ['undici'],
  query: {
    option: 'query',
    code: (url, params) =>
      `await client.request({ path: ${url.replace('HOST', '')}, method: 'GET', query: ${params} });`,
  },
  setup: `import { Client } from 'undici';\nconst client = new Client('HOST');`,
  send: (url, headers) =>
    `await client.request({ path: ${url.replace('HOST', '')}, method: 'GET', headers: ${headers} });`,
  refuses: ['headers as pairs', 'query of an address with a query'],
  cases: {
    query: `await client.request({ path: '/a', method: 'GET', query: { a: 1, b: null } });`,
    Pool: `import { Pool } from 'undici';\nawait new Pool('HOST').request({ path: '/a', method: 'DELETE', headers: { 'X-A': 'one' } });`,
  },
};
