import type { Subject } from './subject.ts';

export const fetch: Subject = {
  name: 'fetch',
  query: {
    option: 'new URLSearchParams()',
    code: (url, params) =>
      `await fetch(${url} + '${url.includes('?') ? '&' : '?'}' + new URLSearchParams(${params}));`,
  },
  join: {
    option: 'new URL(path, base)',
    code: (base, path) => `await fetch(new URL(${path}, ${base}));`,
  },
  send: (url, headers) => `await fetch(${url}, { headers: ${headers} });`,
  refuses: ['headers as flat'],
  cases: {
    'a Request and its headers': `await fetch(new Request('HOST/a', { method: 'PUT', headers: { 'X-A': 'one' } }));`,
    'an init replaces the headers of a Request': `await fetch(new Request('HOST/a', { headers: { 'X-A': 'one' } }), { headers: { 'X-B': 'two' } });`,
    'a Request made of another one takes the headers of its init': `const first = new Request('HOST/a'); first.headers.set('X-A', 'one'); await fetch(new Request(first, { headers: { ...Object.fromEntries(first.headers), 'X-B': 'two' } }));`,
    'what was set on the headers of a Request is replaced with them': `const first = new Request('HOST/a'); first.headers.set('X-A', 'one'); await fetch(new Request(first, { headers: { 'X-B': 'two' } }));`,
    'undefined leaves the headers of a Request': `await fetch(new Request('HOST/a', { headers: { 'X-A': 'one' } }), { headers: undefined });`,
    'headers behind the options': `await fetch('HOST/a', {}, { headers: { 'X-A': 'one' } });`,
    'headers under another name': `await fetch('HOST/a', { header: { 'X-A': 'one' } });`,
    'headers among the options': `await fetch('HOST/a', { 'X-A': 'one' });`,
    'FormData under the label of a form': `const form = new FormData();\nform.append('a', '1');\nawait fetch('HOST/a', { method: 'POST', body: form, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } });`,
    'Headers set, append, delete': `const h = new Headers({ 'X-A': 'one', 'X-B': 'two' });\nh.set('x-a', 'three');\nh.delete('X-B');\nh.set('X-C', 'four');\nawait fetch('HOST/a', { method: 'DELETE', headers: h });`,
  },
};

export const nodeFetch: Subject = {
  name: 'node-fetch',
  packages: ['node-fetch'],
  setup: `import fetch, { Headers } from 'node-fetch';`,
  send: (url, headers) => `await fetch(${url}, { headers: ${headers} });`,
  refuses: ['headers as flat'],
};
