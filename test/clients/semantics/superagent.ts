import type { Subject } from './subject.ts';

export const superagent: Subject = {
  name: 'superagent',
  packages: ['superagent'],
  query: {
    option: 'query()',
    code: (url, params) => `await superagent.get(${url}).query(${params});`,
  },
  setup: `import superagent from 'superagent';`,
  send: (url, headers) => `await superagent.get(${url}).set(${headers});`,
  refuses: ['headers as undefined'],
  cases: {
    'set in a chain': `await superagent.post('HOST/a').set('X-A', 'one').set({ 'X-B': 'two' }).set('x-a', 'three').send({ a: 1 });`,
    unset: `await superagent.get('HOST/a').set('X-A', 'one').set('X-B', 'two').unset('x-a');`,
    query: `await superagent.get('HOST/a?z=9').query({ a: 1, b: undefined, c: null }).query('d=4');`,
    'data of get': `await superagent.get('HOST/a', { a: 1 });`,
    'data of post': `await superagent.post('HOST/a', { a: 1 });`,
    'auth: basic': `await superagent.get('HOST/a').auth('u', 'p');`,
    'auth: bearer': `await superagent.get('HOST/a').auth('token', { type: 'bearer' });`,
    'a form': `await superagent.post('HOST/a').type('form').send({ a: 1 });`,
    'a form, by its header': `await superagent.post('HOST/a').set('Content-Type', 'application/x-www-form-urlencoded').send({ a: 1 });`,
    'fields of a multipart form under the label of a form': `await superagent.post('HOST/a').type('form').field('a', '1');`,
    'method first': `await superagent('PATCH', 'HOST/a').set('X-A', 'one');`,
    'a variable': `const made = superagent.del('HOST/a');\nmade.set('X-A', 'one');\nawait made.set('X-B', 'two');`,
    'a variable, reassigned': `let made = superagent.get('HOST/a').set('X-A', 'one');\nmade = made.set('X-B', 'two');\nawait made;`,
    'a function that answers it': `const api = (path) => superagent.get('HOST' + path).set('X-A', 'one');\nawait api('/a').set('X-B', 'two');`,
    'a function that adds to it': `const signed = (made) => made.set('X-B', 'two');\nawait signed(superagent.get('HOST/a').set('X-A', 'one'));`,
    agent: `const agent = superagent.agent().set('X-A', 'one').set('X-B', 'one');\nawait agent.get('HOST/a').set('x-b', 'two');`,
  },
};
