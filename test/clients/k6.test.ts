import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

// Predicted from k6's source, for it runs in no Node.js; see the comment in src/clients/k6.ts.

function requestOf(call: string) {
  const [found] = callsIn({ 'main.js': `import http from 'k6/http';\nhttp.${call};` });
  return { request: onlyRequest(found), printed: found && printRequests(found) };
}

test('header values are made text, whatever they are', () => {
  const { request } = requestOf(
    `get('https://h.example/a', { headers: { 'X-A': undefined, 'X-B': null, 'X-C': false, 'X-D': 2 } })`,
  );
  assert.equal(printFields(request.headers), {
    'x-a': 'undefined',
    'x-b': 'null',
    'x-c': 'false',
    'x-d': '2',
  });
});

test('the last of two spellings wins', () => {
  const { request } = requestOf(`get('https://h.example/a', { headers: { 'X-A': 'one', 'x-a': 'two' } })`);
  assert.equal(printFields(request.headers), { 'x-a': 'two' });
});

test('own properties are all that is read', () => {
  const { request } = requestOf(`get('https://h.example/a', { headers: new Map([['X-A', 'one']]) })`);
  assert.equal(printFields(request.headers), {});
});

test('an object as body is a form', () => {
  const { request, printed } = requestOf(`post('https://h.example/a', { a: 1 })`);
  assert.equal(printed, ['POST https://h.example/a']);
  assert.is(request.body.kind, 'form');
});

test('an item of a batch that is an address is a GET, and so is one without a method', () => {
  assert.equal(requestOf(`batch(['https://h.example/a'])`).printed, ['GET https://h.example/a']);
  assert.equal(requestOf(`batch({ one: { url: 'https://h.example/a' } })`).printed, [
    'GET https://h.example/a',
  ]);
});

test.run();
