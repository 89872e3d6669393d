import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, printCalls } from '../support/calls.ts';

/** Functions that make a function of another one; the notation is that of `wrappers.test.ts`. */
const PROGRAMS: Readonly<
  Record<string, { readonly code: Parameters<typeof callsIn>[0]; readonly calls: readonly string[] }>
> = {
  'a function that is remembered': {
    code: {
      'memoize.js': `export function memoize(fn) {
  const cache = new Map();
  return (...args) => {
    const key = JSON.stringify(args);
    if (!cache.has(key)) cache.set(key, fn(...args));
    return cache.get(key);
  };
}`,
      'main.js': `import { memoize } from './memoize';
const get = memoize((path) => fetch('https://fusion.adobe.io/api/v3' + path));
await get('/teams');
const load = memoize(fetch);
await load('https://fusion.adobe.io/api/v3/users', { headers: { 'x-api-key': 'k' } });`,
    },
    calls: [
      'main.js:3 GET https://fusion.adobe.io/api/v3/teams',
      'main.js:5 GET https://fusion.adobe.io/api/v3/users x-api-key',
    ],
  },
  'a fetch that authorises': {
    code: {
      'main.ts': `function withAuth(send: typeof fetch, key: string) {
  return (url: string, init: RequestInit = {}) => send(url, { ...init, headers: { ...init.headers, 'x-api-key': key } });
}
const api = withAuth(fetch, 'k');
await api('https://fusion.adobe.io/api/v3/teams');
await api('https://fusion.adobe.io/api/v3/users', { headers: { accept: 'a' } });`,
    },
    calls: [
      'main.ts:5 GET https://fusion.adobe.io/api/v3/teams x-api-key',
      'main.ts:6 GET https://fusion.adobe.io/api/v3/users accept x-api-key',
    ],
  },
  'a named function that is handed over, beside another one': {
    code: {
      'main.js': `const load = (path) => fetch('https://fusion.adobe.io/api/v3' + path);
const save = (path) => fetch('https://fusion.adobe.io/api/v3' + path, { method: 'PUT' });
const counted = (fn) => (...args) => { count++; return fn(...args); };
const countedLoad = counted(load);
const countedSave = counted(save);
await countedLoad('/teams');
await countedSave('/users');`,
    },
    calls: [
      'main.js:6 GET https://fusion.adobe.io/api/v3/teams',
      'main.js:7 PUT https://fusion.adobe.io/api/v3/users',
    ],
  },
  'functions that are composed': {
    code: {
      'main.js': `const pipe = (first, second) => (x) => second(first(x));
const url = (path) => 'https://fusion.adobe.io/api/v3' + path;
await pipe(url, fetch)('/users');`,
    },
    calls: ['main.js:3 GET https://fusion.adobe.io/api/v3/users'],
  },
  "lodash's partial and friends": {
    code: {
      'main.js': `import { partial, once, memoize, debounce } from 'lodash';
import throttle from 'lodash/throttle';
function send(base, path, headers) { return fetch(base + path, { headers }); }
const get = partial(send, 'https://fusion.adobe.io/api/v3');
get('/teams', { accept: 'a' });
const login = once(() => fetch('https://fusion.adobe.io/api/v3/login'));
login();
memoize(fetch)('https://fusion.adobe.io/api/v3/hooks');
throttle(debounce(send, 5), 5)('https://fusion.adobe.io/api/v3', '/keys');`,
    },
    calls: [
      'main.js:5 GET https://fusion.adobe.io/api/v3/teams accept',
      'main.js:9 GET https://fusion.adobe.io/api/v3/keys',
      'main.js:6 GET https://fusion.adobe.io/api/v3/login',
      'main.js:8 GET https://fusion.adobe.io/api/v3/hooks',
    ],
  },
  'what a package calls later': {
    code: {
      'main.js': `import Bottleneck from 'bottleneck';
import pRetry from 'p-retry';
const limiter = new Bottleneck({ maxConcurrent: 1 });
const limited = limiter.wrap(fetch);
await limited('https://fusion.adobe.io/api/v3/teams');
await limiter.schedule(() => fetch('https://fusion.adobe.io/api/v3/roles'));
await pRetry(() => fetch('https://fusion.adobe.io/api/v3/keys'), { retries: 2 });`,
    },
    calls: [
      'main.js:5 GET https://fusion.adobe.io/api/v3/teams',
      'main.js:6 GET https://fusion.adobe.io/api/v3/roles',
      'main.js:7 GET https://fusion.adobe.io/api/v3/keys',
    ],
  },
};

for (const [name, { code, calls }] of Object.entries(PROGRAMS))
  test(name, () => {
    assert.equal(printCalls(callsIn(code)), calls);
  });

test.run();
