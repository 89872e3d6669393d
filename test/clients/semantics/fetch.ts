import type { Subject } from './subject.ts';

export const fetch: Subject = {
  name: 'fetch',
  send: (url, headers) => `await fetch(${url}, { headers: ${headers} });`,
  refuses: ['flat'],
  cases: {
    'a Request and its headers': `await fetch(new Request('HOST/a', { method: 'PUT', headers: { 'X-A': 'one' } }));`,
    'an init replaces the headers of a Request': `await fetch(new Request('HOST/a', { headers: { 'X-A': 'one' } }), { headers: { 'X-B': 'two' } });`,
    'undefined leaves the headers of a Request': `await fetch(new Request('HOST/a', { headers: { 'X-A': 'one' } }), { headers: undefined });`,
    'URLSearchParams of undefined and null': `await fetch('HOST/a?' + new URLSearchParams({ a: undefined, b: null, c: 1 }));`,
    'URL: a leading slash resets': `await fetch(new URL('/b', 'HOST/v1/a'));`,
    'URL: the last segment is replaced': `await fetch(new URL('b', 'HOST/v1/a'));`,
    'URL: a trailing slash keeps it': `await fetch(new URL('b', 'HOST/v1/a/'));`,
    'Headers set, append, delete': `const h = new Headers({ 'X-A': 'one', 'X-B': 'two' });\nh.set('x-a', 'three');\nh.delete('X-B');\nh.set('X-C', 'four');\nawait fetch('HOST/a', { method: 'DELETE', headers: h });`,
  },
};

export const nodeFetch: Subject = {
  name: 'node-fetch',
  setup: `import fetch, { Headers } from 'node-fetch';`,
  send: (url, headers) => `await fetch(${url}, { headers: ${headers} });`,
  refuses: ['flat'],
};
