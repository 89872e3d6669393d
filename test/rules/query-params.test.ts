import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/query-params.ts';
import { type RequestLike, request } from '../support/request.ts';
import { endpoint, judge } from './judge.ts';

const url = 'https://api.example.test/things';
const call = (like: Omit<RequestLike, 'url'> & { url?: string }) => ({ request: request({ url, ...like }) });
const verdict = (checked: Parameters<typeof judge>[1]) => judge(rule, checked).verdicts[rule.id];
const messages = (checked: Parameters<typeof judge>[1]) =>
  judge(rule, checked).findings.map((finding) => [finding.severity, finding.message]);

const range = {
  endpoint: {
    ...endpoint('/things'),
    query: [
      { name: 'from', required: true },
      { name: 'to', required: true },
      { name: 'sort', required: false },
    ],
  },
};
const lists = (...names: string[]) => ({
  endpoint: { ...endpoint('/logs'), query: names.map((name) => ({ name, required: false })) },
});

test('silent without an operation, and where the vendor asks for nothing', () => {
  assert.is(verdict({ ...call({ query: { limit: '5' } }), endpoint: undefined }), undefined);
  assert.is(verdict({ ...call({ query: { limit: '5' } }), endpoint: endpoint('/logs') }), undefined);
});

test('required parameters: missing ones are one finding', () => {
  assert.equal(messages({ ...call({}), ...range }), [
    ['error', 'Things rejects this call: from and to are not in the query of GET /things (400). Send them.'],
  ]);
  assert.equal(messages({ ...call({ query: { from: '{from}' } }), ...range }), [
    ['error', 'Things rejects this call: to is not in the query of GET /things (400). Send it.'],
  ]);
  assert.is(verdict({ ...call({ query: { from: '1', to: '2' } }), ...range }), 'satisfied');
});

test('required parameters: unknown when they may be there', () => {
  assert.is(verdict({ ...call({ queryOpen: 'parameter "filter"' }), ...range }), 'unknown');
  const to = { presence: 'sometimes', values: ['2'], reason: 'an if' } as const;
  const { unknowns } = judge(rule, { ...call({ query: { from: '1', to } }), ...range });
  assert.match(unknowns[rule.id] ?? '', 'only some paths have to in the query: an if');
});

test('renamed: the old name alone is a warning', () => {
  assert.equal(messages(call({ query: { sortBy: '{x}' } })), [
    [
      'warn',
      'Things no longer takes the query parameter sortBy on GET /things; it is sort now. Send sort instead.',
    ],
  ]);
  assert.is(messages(call({ query: { sortBy: { presence: 'sometimes', values: ['a'] } } })).length, 1);
  assert.equal(messages(call({ query: { sortBy: '{x}', sort: '{x}' } })), []);
  assert.equal(messages({ ...call({ query: { sortBy: '{x}' } }), endpoint: endpoint('/logs') }), []);
  assert.is(verdict(call({ queryOpen: 'parameter "filter"' })), 'unknown');
});

test('renamed: silent before the day', () => {
  assert.equal(judge(rule, call({ query: { sortBy: '{x}' } }), '2026-06-16').findings, []);
});

const either = lists('thingId', 'boxId');

test('exactly one: none and both', () => {
  assert.equal(messages({ ...call({}), ...either }), [
    [
      'error',
      'Things rejects this call: the query of GET /logs has none of thingId and boxId (400, "one of the two"). Send exactly one of them.',
    ],
  ]);
  const both = { thingId: '7', boxId: 'a{b}' };
  assert.match(
    messages({ ...call({ query: both }), ...either })[0]?.[1] ?? '',
    'the query of GET /logs has thingId and boxId (400',
  );
});

test('exactly one: what may be undefined is left out by many clients', () => {
  assert.is(verdict({ ...call({ query: { thingId: '{a}', boxId: '{b}' } }), ...either }), 'unknown');
  assert.is(verdict({ ...call({ query: { thingId: '7', boxId: '{b}' } }), ...either }), 'unknown');
  assert.is(verdict({ ...call({ query: { thingId: '7' } }), ...either }), 'satisfied');
  assert.is(verdict({ ...call({ queryOpen: 'a spread' }), ...either }), 'unknown');
});

const paged = lists('start', 'limit', 'sort');

test('dependent: one without the other', () => {
  assert.equal(messages({ ...call({ query: { start: 'x', limit: '{n}' } }), ...paged }), [
    [
      'error',
      'Things rejects this call: start and limit in the query of GET /logs need sort (400, "paging needs sort"). Send sort too.',
    ],
  ]);
  assert.match(
    messages(call({ query: { part: { presence: 'sometimes', values: ['{p}'] } } }))[0]?.[1] ?? '',
    'part in the query of GET /things needs thingId. Send thingId too.',
  );
});

test('dependent: both, or neither', () => {
  assert.is(verdict({ ...call({ query: { limit: '5', sort: '-id' } }), ...paged }), 'satisfied');
  assert.is(verdict({ ...call({ query: { sort: '-id' } }), ...paged }), 'satisfied');
  assert.is(verdict({ ...call({}), ...paged }), 'satisfied');
});

test('dependent: unknown when the other may be there', () => {
  assert.is(verdict({ ...call({ query: { limit: '5' }, queryOpen: 'a spread' }), ...paged }), 'unknown');
  const sort = { presence: 'sometimes', values: ['-id'] } as const;
  assert.is(verdict({ ...call({ query: { limit: '5', sort } }), ...paged }), 'unknown');
  assert.is(verdict({ ...call({ queryOpen: 'a spread' }), ...paged }), 'unknown');
});

test('signed: a raw + in the URL is a space; encoded, or given to the client, it is none', () => {
  const sorted = lists('sort');
  const inUrl = (value: string) => call({ query: { sort: { values: [value], inUrl: true } } });
  assert.equal(messages({ ...inUrl('+id'), ...sorted }), [
    [
      'warn',
      'Things reads the value of sort as ` id`: a + in the query of a URL is a space. Write %2B, or let URLSearchParams encode it.',
    ],
  ]);
  assert.match(messages({ ...inUrl('+{field}'), ...sorted })[0]?.[1] ?? '', '` …`');
  assert.equal(messages({ ...inUrl('%2Bid'), ...sorted }), []);
  assert.equal(messages({ ...inUrl('-id'), ...sorted }), []);
  assert.equal(messages({ ...call({ query: { sort: '+id' } }), ...sorted }), []);
  assert.equal(messages({ ...inUrl('+id'), ...lists('name') }), []);
});

test.run();
