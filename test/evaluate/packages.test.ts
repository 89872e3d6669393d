import { test } from 'uvu';
import { testReadings } from '../support/programs.ts';

// Packages that are not installed, and what is not followed. Those that are installed run in programs/packages.txt.

testReadings({
  // Auth.js hands a provider's functions the provider.
  "import NextAuth from 'next-auth'; NextAuth({ providers: [{ id: 'p', type: 'oauth', userinfo: { url: `${process.env.ISSUER}/oauth2/userinfo`, async request({ tokens, provider }) { return fetch(provider.userinfo.url, { headers: { Authorization: `Bearer ${tokens.access_token}` } }); } } }] });":
    ['{ISSUER}/oauth2/userinfo {"authorization":"Bearer {access_token}"}'],
  "export const provider = { type: 'oidc' as const, token: { url: 'https://h.example/token', request: (context) => fetch(context.provider.token.url, { method: 'POST' }) } };":
    ['https://h.example/token'],
  "export const store = { type: 'table', userinfo: { url: 'https://h.example/', request({ provider }) { return fetch(provider.userinfo.url); } } };":
    ['{url}'],
  "import _ from 'lodash'; const h = {}; _.merge(h, { a: '1', n: { x: '1' } }, { n: { y: '2' } }); fetch('https://h.example/', { headers: { ..._.omit(h, ['n']), ...h.n } });":
    ['https://h.example/ {"a":"1","x":"1","y":"2"}'],
  "import { merge } from 'lodash'; fetch('https://h.example/', merge({}, { headers: { a: '1', b: '2' } }, { headers: { a: undefined, b: '3' } }));":
    ['https://h.example/ {"a":"1","b":"3"}'],
  "import defaults from 'lodash/defaults'; fetch('https://h.example/', { headers: defaults({ a: '1' }, { a: '9', b: '2' }) });":
    ['https://h.example/ {"a":"1","b":"2"}'],
  "import { get } from 'lodash-es'; const c = { a: [{ url: 'https://h.example/x' }] }; fetch(get(c, 'a[0].url') + get(c, ['b', 'c'], '/d'));":
    ['https://h.example/x/d'],
  "import _ from 'lodash'; fetch('https://h.example/', { headers: _.pickBy({ a: '1', b: undefined, c: process.env.C }, _.identity) });":
    ['https://h.example/ {"a":"1","c?":"{C}"}'],
  "import _ from 'lodash'; fetch('https://h.example/', { headers: _.omitBy({ a: '1', b: undefined }, _.isNil) });":
    ['https://h.example/ {"a":"1"}'],
  "const set = require('lodash.set'); const o = {}; set(o, 'headers.a', '1'); fetch('https://h.example/', o);":
    ['https://h.example/ {"a":"1"}'],
  "import deepmerge from 'deepmerge'; fetch('https://h.example/', deepmerge({ headers: { a: '1' } }, { headers: { b: '2' } }));":
    ['https://h.example/ {"a":"1","b":"2"}'],
  "import qs from 'qs'; fetch('https://h.example/?' + qs.stringify({ a: 1, b: undefined, c: null, d: [1, 2], e: { f: 'g' } }));":
    ['https://h.example/?a=1&c=&d[0]=1&d[1]=2&e[f]=g'],
  "import qs from 'qs'; fetch('https://h.example/' + qs.stringify({ a: 1 }, { addQueryPrefix: true }));": [
    'https://h.example/?a=1',
  ],
  "import queryString from 'query-string'; fetch(queryString.stringifyUrl({ url: 'https://h.example/a?x=1', query: { y: 2, z: undefined } }));":
    ['https://h.example/a?x=1&y=2'],
  "import urlJoin from 'url-join'; fetch(urlJoin('https://h.example/', '/a/', '/b', '?x=1', '?y=2'));": [
    'https://h.example/a/b?x=1&y=2',
  ],
  "import urljoin from 'url-join'; fetch(urljoin(process.env.BASE, 'api', process.env.ID));": [
    '{BASE}/api/{ID}',
  ],
  "import { sprintf } from 'sprintf-js'; fetch(sprintf('https://h.example/%1$s/%2$s', 'a', process.env.B));":
    ['https://h.example/a/{B}'],
  "import { sprintf } from 'sprintf-js'; fetch(sprintf('https://h.example/%(id)s', { id: '7' }));": [
    'https://h.example/7',
  ],
  "import { sprintf } from 'sprintf-js'; fetch(sprintf('https://h.example/%05.1f', 7));": ['{sprintf}'],
  "import { sprintf } from 'sprintf-js'; fetch(sprintf('https://h.example/%o', 8));": ['{sprintf}'],
  "import util from 'node:util'; fetch('https://h.example/' + util.format('%j', 'a'));": [
    'https://h.example/{format}',
  ],
  "import qs from 'qs'; fetch('https://h.example/?x=' + qs.parse('?a=1').a + qs.parse('b[c]=1').b.c);": [
    'https://h.example/?x={a}{c}',
  ],
  "import { merge } from 'ts-deepmerge'; fetch('https://h.example/', merge({ headers: { a: '1' } }, { headers: { a: undefined } }));":
    ['https://h.example/ {"a":"1|undefined"}'],
  "import { defu } from 'defu'; fetch('https://h.example/' + defu({ a: ['1'] }, { a: ['2'] }).a.join('/'));":
    ['https://h.example/{join}'],
  "import _ from 'lodash'; fetch('https://h.example/' + _.merge({ a: ['1', '2'] }, { a: ['3'] }).a.join('/'));":
    ['https://h.example/3/2'],
});

test.run();
