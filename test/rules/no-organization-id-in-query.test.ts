import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/no-organization-id-in-query.ts';
import { type RequestLike, request } from '../support/request.ts';
import { endpoint, judge } from './judge.ts';

const call = (like: Omit<RequestLike, 'url'>) => ({
  request: request({ url: 'https://api.example.test/things', ...like }),
});

test('violation when it is always in the query', () => {
  const { verdicts, findings } = judge(rule, call({ query: { organizationId: '{id}' } }));
  assert.is(verdicts[rule.id], 'violation');
  assert.is(
    findings[0]?.message,
    'Things rejects the query parameter organizationId on /things since 2026-07-01. Send the header X-New instead.',
  );
});

test('violation when some paths put it there', () => {
  const query = { organizationId: { presence: 'sometimes', values: ['{id}'] } } as const;
  assert.match(judge(rule, call({ query })).findings[0]?.message ?? '', 'some paths of the code');
});

test('follows the calendar', () => {
  const severity = (asOf: string) =>
    judge(rule, call({ query: { organizationId: '7' } }), asOf).findings[0]?.severity;
  assert.is(severity('2026-06-15'), undefined);
  assert.is(severity('2026-06-16'), 'warn');
  assert.is(severity('2026-06-30'), 'warn');
  assert.is(severity('2026-07-01'), 'error');
});

test('satisfied without it; the case of the name counts', () => {
  assert.is(judge(rule, call({ query: { from: '{from}' } })).verdicts[rule.id], 'satisfied');
  assert.is(judge(rule, call({ query: { organizationid: '7' } })).verdicts[rule.id], 'satisfied');
});

test('unknown when the query is open', () => {
  const { verdicts, unknowns } = judge(rule, call({ queryOpen: 'parameter "filter"' }));
  assert.is(verdicts[rule.id], 'unknown');
  assert.match(unknowns[rule.id] ?? '', 'parameter "filter"');
});

test('silent on other operations', () => {
  const query = { organizationId: '7' };
  assert.equal(judge(rule, { ...call({ query }), endpoint: endpoint('/logs') }).verdicts, {});
  assert.equal(judge(rule, { ...call({ query }), endpoint: endpoint('/things', 'POST') }).verdicts, {});
  assert.equal(judge(rule, { ...call({ query }), endpoint: undefined }).verdicts, {});
});

test.run();
