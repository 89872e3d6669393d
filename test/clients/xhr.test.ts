import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

function only(code: string) {
  const calls = callsIn({ 'main.js': code });
  assert.is(calls.length, 1, code);
  return calls[0] as (typeof calls)[number];
}

const headersOf = (code: string) => printFields(onlyRequest(only(code)).headers);

test('open, headers and body', () => {
  const found = only(`const xhr = new XMLHttpRequest();
xhr.open('POST', 'https://h.example/a?b=1');
xhr.setRequestHeader('X-A', 'one');
xhr.setRequestHeader('x-a', 'two');
xhr.setRequestHeader('X-B', undefined);
xhr.onload = () => console.log(xhr.responseText);
xhr.send(JSON.stringify({ a: 1 }));`);
  assert.equal(printRequests(found), ['POST https://h.example/a?b=1']);
  assert.equal(printFields(onlyRequest(found).headers), { 'x-a': 'one, two', 'x-b': 'undefined' });
  assert.is(onlyRequest(found).body.kind, 'json');
});

test('a header of one branch', () => {
  assert.equal(
    headersOf(`function load(token) {
  const xhr = new window.XMLHttpRequest();
  xhr.open('GET', 'https://h.example/a');
  if (token) xhr.setRequestHeader('Authorization', 'Bearer ' + token);
  xhr.send();
}`),
    { 'authorization?': 'Bearer {token}' },
  );
});

test('a helper that sets headers', () => {
  assert.equal(
    headersOf(`const sign = (request) => { request.setRequestHeader('X-A', 'one'); };
const xhr = new XMLHttpRequest();
xhr.open('GET', 'https://h.example/a');
sign(xhr);
xhr.send();`),
    { 'x-a': 'one' },
  );
});

test('an object that is opened twice', () => {
  const calls = callsIn({
    'main.js': `const xhr = new XMLHttpRequest();
xhr.open('GET', 'https://h.example/a');
xhr.setRequestHeader('X-A', 'one');
xhr.send();
xhr.open('GET', 'https://h.example/b');
xhr.send();`,
  });
  assert.equal(
    calls.map((call) => printFields(onlyRequest(call).headers)),
    [{ 'x-a': 'one' }, {}],
  );
});

test('sent elsewhere, more may be set', () => {
  const { headers } = onlyRequest(
    only(
      `function open() { const xhr = new XMLHttpRequest(); xhr.open('GET', 'https://h.example/a'); return xhr; }`,
    ),
  );
  assert.is(headers.open, 'send() is called elsewhere');
});

test('a parameter is no client', () => {
  assert.equal(
    callsIn(`export function load(xhr) { xhr.open('GET', 'https://fusion.adobe.io/a'); xhr.send(); }`),
    [],
  );
});

test.run();
