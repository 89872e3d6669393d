import { host, type Subject } from './subject.ts';

/** Opens an XMLHttpRequest, does something with it, sends it and waits. */
function sent(open: string, set = '', body = ''): string {
  return `const xhr = new XMLHttpRequest();
xhr.open(${open});
${set}
await new Promise((done) => {
  xhr.onloadend = done;
  xhr.send(${body});
});`;
}

export const xhr: Subject = {
  name: 'XMLHttpRequest',
  packages: ['jsdom'],
  note: 'It has no container: each name was set with `setRequestHeader`.',
  hidden: {
    before: `import { browser } from '${host('browser')}';\nconst { XMLHttpRequest } = browser('HOST');`,
  },
  send: (url, headers) =>
    sent(
      `'GET', ${url}`,
      `for (const [name, value] of Object.entries(${headers})) xhr.setRequestHeader(name, value);`,
    ),
  without: ['Headers', 'Headers with undefined', 'pairs', 'flat', 'Map'],
  refuses: ['a header before open'],
  cases: {
    'a header that is set twice': sent(
      `'GET', 'HOST/a'`,
      `xhr.setRequestHeader('X-A', 'one');\nxhr.setRequestHeader('x-a', 'two');`,
    ),
    'undefined and null': sent(
      `'GET', 'HOST/a'`,
      `xhr.setRequestHeader('X-A', undefined);\nxhr.setRequestHeader('X-B', null);`,
    ),
    'a number and false': sent(
      `'GET', 'HOST/a'`,
      `xhr.setRequestHeader('X-A', 1);\nxhr.setRequestHeader('X-B', false);`,
    ),
    'a header before open': `const xhr = new XMLHttpRequest();\nxhr.setRequestHeader('X-A', 'one');\nxhr.open('GET', 'HOST/a');\nxhr.send();`,
    'a method in lower case': sent(`'put', 'HOST/a'`),
    'a body of get': sent(`'GET', 'HOST/a'`, '', `'a=1'`),
    'a form': sent(`'POST', 'HOST/a?b=1'`, '', `'a=1'`),
    'URLSearchParams as body': sent(`'POST', 'HOST/a'`, '', `String(new URLSearchParams({ a: 1 }))`),
    json: sent(`'POST', 'HOST/a'`, `xhr.setRequestHeader('X-A', 'one');`, 'JSON.stringify({ a: 1 })'),
    'an object as body': sent(`'POST', 'HOST/a'`, '', '{ a: 1 }'),
    'a URL object': sent(`'GET', new URL('b?c=1', 'HOST/a/')`),
    'a user': sent(`'GET', 'HOST/a', true, 'u', 'p'`),
    'a helper': `function load(method, path, headers) {
  return new Promise((done) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, 'HOST' + path);
    Object.keys(headers).forEach((name) => xhr.setRequestHeader(name, headers[name]));
    xhr.onload = () => done(xhr.response);
    xhr.send();
  });
}
await load('DELETE', '/a', { 'X-A': 'one' });`,
  },
};
