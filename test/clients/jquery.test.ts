import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

function only(code: string) {
  const calls = callsIn({ 'main.js': code });
  assert.is(calls.length, 1, code);
  return calls[0] as (typeof calls)[number];
}

const headersOf = (code: string) => printFields(onlyRequest(only(code)).headers);

test('forms', () => {
  for (const [code, request] of [
    [`$.ajax('https://h.example/a', { type: 'PUT' });`, 'PUT https://h.example/a'],
    [`$.ajax({ url: 'https://h.example/a', method: 'DELETE' });`, 'DELETE https://h.example/a'],
    [`jQuery.ajax({ url: 'https://h.example/a' });`, 'GET https://h.example/a'],
    [`window.jQuery.get('https://h.example/a', { b: 1 }, function () {});`, 'GET https://h.example/a?b=1'],
    [`$.get('https://h.example/a', function () {});`, 'GET https://h.example/a'],
    [`$.get({ url: 'https://h.example/a', data: 'b=1' });`, 'GET https://h.example/a?b=1'],
    [`$.getJSON('https://h.example/a', { b: null, c: undefined });`, 'GET https://h.example/a?b='],
    [`$.post('https://h.example/a', { b: 1 });`, 'POST https://h.example/a'],
    [`import $ from 'jquery';\n$.post('https://h.example/a');`, 'POST https://h.example/a'],
  ] as const)
    assert.equal(printRequests(only(code)), [request], code);
});

test('headers: undefined is skipped, null is text', () => {
  assert.equal(
    headersOf(
      `$.ajax({ url: 'https://h.example/a', headers: { 'X-A': 'one', 'X-B': undefined, 'X-C': null } });`,
    ),
    { 'x-a': 'one', 'x-c': 'null' },
  );
});

test('ajaxSetup below a call, which does not remove by undefined', () => {
  assert.equal(
    headersOf(`$.ajaxSetup({ headers: { 'X-A': 'one', 'X-B': 'one' } });
$.ajax({ url: 'https://h.example/a', headers: { 'x-b': 'two', 'X-A': undefined } });`),
    { 'x-a': 'one', 'x-b': 'two' },
  );
});

test('beforeSend comes last', () => {
  assert.equal(
    headersOf(`$.ajax({
  url: 'https://h.example/a',
  headers: { 'X-A': 'one' },
  beforeSend: function (xhr) { xhr.setRequestHeader('X-A', 'two'); if (token) xhr.setRequestHeader('X-B', token); },
});`),
    { 'x-a': 'two', 'x-b?': '{token}' },
  );
});

test('settings and data that are not known', () => {
  const headers = headersOf(
    `$.ajax('https://h.example/a', $.extend(true, {}, { headers: { 'X-A': 'one' } }, settings()));`,
  );
  assert.is(headers['x-a'], 'one');
  assert.type(headers['…'], 'string');
  const { query } = onlyRequest(
    only(`$.ajaxSetup({ data: { a: 1 } });\n$.ajax('https://h.example/a', { data: data() });`),
  );
  assert.type(query.open, 'string');
});

test('a prefilter leaves the headers open', () => {
  for (const hook of ['$.ajaxPrefilter(f);', '$(document).ajaxSend(f);'])
    assert.is(
      headersOf(`${hook}\n$.ajax('https://h.example/a');`)['…'],
      'a jQuery prefilter or ajaxSend handler',
    );
});

test('bodies', () => {
  const bodyOf = (code: string) => onlyRequest(only(code)).body.kind;
  assert.is(bodyOf(`$.ajax({ url: 'https://h.example/a', type: 'POST', data: { b: 1 } });`), 'form');
  assert.is(
    bodyOf(
      `$.ajax({ url: 'https://h.example/a', type: 'POST', data: JSON.stringify({ b: 1 }), contentType: 'application/json' });`,
    ),
    'json',
  );
});

test('$ that is something else', () => {
  assert.equal(callsIn(`import $ from 'cheerio';\n$.get('https://fusion.adobe.io/a');`), []);
  assert.equal(callsIn(`export function plugin($) { $.ajax('https://fusion.adobe.io/a'); }`), []);
});

test.run();
