import { test } from 'uvu';
import { testReadings } from '../support/programs.ts';

/** What a run decides and the code does not: alternatives, fields that are sent sometimes, unknown parts. */
testReadings({
  // A function that calls itself with less and less is followed to its end.
  "const join = (list) => (list.length > 0 ? '/' + list[0] + join(list.slice(1)) : ''); fetch('https://h.example' + join(['a', 'b', 'c', 'd', 'e', 'f']));":
    ['https://h.example/a/b/c/d/e/f'],
  "function path(id, depth) { return depth > 0 ? id + '/' + path(id, depth - 1) : id; } fetch('https://h.example/' + path('a', 5));":
    ['https://h.example/a/a/a/a/a/a'],
  // What a helper hands on is changed where it ends.
  "const h = {}; first(h, process.env.X); function first(o, x) { second(o, x.a); } function second(o, x) { third(o); } function third(o) { o.a = '1'; } fetch('https://h.example/', { headers: h });":
    ['https://h.example/ {"a":"1"}'],
  // The same from all places between two writes; a function is called when all has been written.
  "const h = { a: '1' }; if (process.env.X) { const run = () => { if (process.env.Y) { fetch('https://h.example/1', { headers: h }); } }; run(); } fetch('https://h.example/2', { headers: h }); h.b = '2'; fetch('https://h.example/3', { headers: h });":
    [
      'https://h.example/1 {"a":"1","b":"2"}',
      'https://h.example/2 {"a":"1"}',
      'https://h.example/3 {"a":"1","b":"2"}',
    ],
  "const h = { a: '1' }; switch (process.env.X) { case 'a': h.b = '2'; case 'b': { fetch('https://h.example/', { headers: h }); } }":
    ['https://h.example/ {"a":"1","b?":"2"}'],
  "const h = {}; try { h.a = '1'; } catch { { fetch('https://h.example/', { headers: h }); } }": [
    'https://h.example/ {"a?":"1"}',
  ],
  // What a later round finds set is no less than what the first one does.
  "let h = null; for (const id of process.env.IDS.split(',')) { if (h) fetch('https://h.example/', { headers: h }); h = { a: '1' }; }":
    ['https://h.example/ {"a?":"1"}'],
  "const h = {}; let token; for (const id of process.env.IDS.split(',')) { if (!token) { token = '1'; h.a = token; continue; } fetch('https://h.example/', { headers: h }); h.b = '2'; }":
    ['https://h.example/ {"a?":"1"}'],
  "const h = {}; let first = true; for (const id of process.env.IDS.split(',')) { if (first) { h.a = '1'; first = false; continue; } fetch('https://h.example/', { headers: h }); }":
    ['https://h.example/ {"a?":"1"}'],
  "const h = {}; for (let i = 0; i < process.env.N; i++) { if (i > 0) fetch('https://h.example/', { headers: h }); h.a = '1'; }":
    ['https://h.example/ {"a?":"1"}'],
  "const h = { a: '1' }; while (true) { if (process.env.X) fetch('https://h.example/', { headers: h }); delete h.a; }":
    ['https://h.example/ {"a?":"1"}'],
  // The first round comes by in any case.
  "const h = {}; for (const id of process.env.IDS.split(',')) { fetch('https://h.example/', { headers: h }); h.a = '1'; }":
    ['https://h.example/'],
  // Each round sets it before.
  "const h = {}; for (const id of process.env.IDS.split(',')) { h.a = '1'; if (id) fetch('https://h.example/', { headers: h }); delete h.a; }":
    ['https://h.example/ {"a":"1"}'],
  "for (const id of process.env.IDS.split(',')) { const h = { a: '1' }; if (id) fetch('https://h.example/', { headers: h }); h.b = '2'; }":
    ['https://h.example/ {"a":"1"}'],
  "class Base { path() { throw new Error('abstract'); } load() { fetch('https://h.example/' + this.path()); } } class Teams extends Base { path() { return 'teams'; } } class Users extends Base { async path() { return 'users'; } }":
    ['https://h.example/teams', 'https://h.example/users'],
  "class Base { get path() { throw new Error('abstract'); } async load() { let path; try { path = this.path; } catch (error) { this.fail(error); } fetch('https://h.example/' + path); } } class Teams extends Base { path = 'teams'; }":
    ['https://h.example/teams'],
  "const fail = (name) => { throw new Error(name); }; fetch('https://h.example/' + (process.env.A ? 'a' : fail('A')) + (process.env.B || fail('B')));":
    ['https://h.example/a{B}'],
  "function fail() { throw new Error(); } fetch('https://h.example/' + fail());": [
    'https://h.example/{fail}',
  ],
  "const h = {}; if (process.env.T) h.b = '2'; h.a = '1'; const o = {}; for (const [k, v] of Object.entries(h)) o['x-' + k] = v; fetch('https://h.example/', { headers: o });":
    ['https://h.example/ {"x-a":"1","x-b?":"2"}'],
  "const h = new Headers({ a: '1' }); if (process.env.T) h.set('b', '2'); fetch('https://h.example/', { headers: Object.fromEntries(h) });":
    ['https://h.example/ {"a":"1","b?":"2"}'],
  "const pairs = [['a', process.env.A], ['b', '2']]; fetch('https://h.example/', { headers: Object.fromEntries(pairs.filter(([, v]) => v)) });":
    ['https://h.example/ {"a?":"{A}","b":"2"}'],
  "const parts = ['a=1']; if (process.env.X) parts.push('b=2'); fetch('https://h.example/?' + parts.join('&'));":
    ['https://h.example/?a=1', 'https://h.example/?a=1&b=2'],
  "function auth(h, token) { if (!token) return; h.a = token; } const h = {}; auth(h, process.env.T); fetch('https://h.example/', { headers: h });":
    ['https://h.example/ {"a?":"{T}"}'],
  "const urls = { dev: 'https://d.example/' }; fetch(urls[process.env.STAGE] ?? 'https://x.example/');": [
    'https://d.example/',
    'https://x.example/',
  ],
  "const h = { a: '1' }; switch (process.env.K) { case 'x': { h.b = '2'; break; } default: { h.b = '3'; h.c = '4'; break; } } fetch('https://h.example/', { headers: h });":
    ['https://h.example/ {"a":"1","b":"2|3","c?":"4"}'],
  "const h = { a: '1' }; switch (process.env.K) { case 'x': if (process.env.L) break; h.b = '2'; break; default: throw new Error(); } fetch('https://h.example/', { headers: h });":
    ['https://h.example/ {"a":"1","b?":"2"}'],
  "const h = {}; while (true) { if (process.env.X) break; h.a = '1'; } fetch('https://h.example/', { headers: h });":
    ['https://h.example/ {"a?":"1"}'],
  "const h = process.env.X ? { a: '1' } : {}; const same = process.env.Y ? h : {}; Object.assign(same, { b: '2' }); fetch('https://h.example/', { headers: h });":
    ['https://h.example/ {"a?":"1","b?":"2"}'],
  "const h = process.env.X ? { a: '1' } : {}; sign(h); function sign(each) { each.b = '2'; } fetch('https://h.example/', { headers: h });":
    ['https://h.example/ {"a?":"1","b":"2"}'],
  "const a = { x: '1' }; let h = a; h = { ...h }; h.y = '2'; fetch('https://h.example/', { headers: a });": [
    'https://h.example/ {"x":"1","y?":"2"}',
  ],
  "let q = ''; const add = (k, v) => { q += q ? '&' : '?'; q += k + '=' + v; }; add('a', '1'); add('b', '2'); fetch('https://h.example/' + q);":
    ['https://h.example/', 'https://h.example/{q}'],
  "let path = 'a'; for (const each of process.env.LIST.split(',')) path += '/' + each; fetch('https://h.example/' + path);":
    ['https://h.example/a', 'https://h.example/a/{each}{path}'],
  "const inits = [{ headers: {} }, { headers: {} }]; for (const init of inits) init.headers.a = '1'; fetch('https://h.example/', inits[0]);":
    ['https://h.example/ {"a?":"1"}'],
  "const kept = new Map(); kept.set('h', {}); kept.get('h').a = '1'; fetch('https://h.example/', { headers: kept.get('h') });":
    ['https://h.example/ {"a?":"1"}'],
  "const { [process.env.K]: _, ...rest } = { a: '1', b: '2' }; fetch('https://h.example/', { headers: rest });":
    ['https://h.example/ {"a?":"1","b?":"2"}'],
  "const h = process.env.X ? { a: '1' } : { b: '2' }; if (process.env.A) h.c = '3'; if (process.env.B) h.d = '4'; if (process.env.C) h.e = '5'; if (process.env.D) h.f = '6'; fetch('https://h.example/', { headers: h });":
    ['https://h.example/ {"a?":"1","b?":"2","c?":"3","d?":"4","e?":"5","f?":"6"}'],
  "fetch('https://h.example/' + ('x ' + process.env.NAME).replace(/[^a-z0-9]+/g, '-'));": [
    'https://h.example/{text}',
  ],
  "fetch('https://h.example/' + 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'.replace(/(a+)+$/, ''));": [
    'https://h.example/{text}',
  ],
  "fetch('https://h.example/' + process.env.PAIR.split(':')[0]);": ['https://h.example/{0}'],
  'fetch(sql`https://h.example/a`);': ['{template}'],
  "const h = {}; for (const k of process.env.LIST.split(',')) { h.a = '1'; break; } fetch('https://h.example/', { headers: h });":
    ['https://h.example/ {"a?":"1"}'],
  "const names = ['b', process.env.N]; names.sort(); fetch('https://h.example/' + names.join('/'));": [
    'https://h.example/{join}',
  ],
  "function get(id) { if (id == null) throw new Error('id'); return fetch('https://h.example/' + (id ?? 'all')); }":
    ['https://h.example/{id}'],
  "function get(id) { if (id === null) throw new Error('id'); return fetch('https://h.example/' + (id ?? 'all')); }":
    ['https://h.example/all', 'https://h.example/{id}'],
  "function get(id) { log(() => { if (!id) throw new Error('id'); }); return fetch('https://h.example/' + (id ?? 'all')); }":
    ['https://h.example/all', 'https://h.example/{id}'],
  "const withToken = (cb) => library.run(cb); withToken((t) => fetch('https://h.example/' + t));": [
    'https://h.example/{t}',
  ],
});

test.run();
