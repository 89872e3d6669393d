import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/no-legacy-headers.ts';
import { type RequestLike, request } from '../support/request.ts';
import { contract, judge } from './judge.ts';

const call = (like: Omit<RequestLike, 'url'>) => ({
  request: request({ url: 'https://api.example.test/things', ...like }),
});

test('violation when the header is always sent', () => {
  const { verdicts, findings } = judge(rule, call({ headers: { 'X-Old': '{ORG}' } }));
  assert.is(verdicts[rule.id], 'violation');
  assert.is(
    findings[0]?.message,
    'Things has replaced the header X-Old by X-New. The value is a number now.',
  );
});

test('violation when some paths send it', () => {
  const { findings } = judge(
    rule,
    call({ headers: { 'X-Old': { presence: 'sometimes', values: ['{ORG}'] } } }),
  );
  assert.match(findings[0]?.message ?? '', 'some paths still send it');
});

test('follows the calendar', () => {
  const old = call({ headers: { 'X-Old': '{ORG}' } });
  const severity = (asOf: string) => judge(rule, old, asOf).findings[0]?.severity;
  assert.is(severity('2026-06-15'), undefined);
  assert.is(severity('2026-06-16'), 'warn');
  assert.is(severity('2026-06-30'), 'warn');
  assert.is(severity('2026-07-01'), 'error');
});

test('satisfied when it is not sent', () => {
  assert.is(judge(rule, call({ headers: { 'X-New': '7' } })).verdicts[rule.id], 'satisfied');
});

test('unknown when the set is open', () => {
  const { verdicts, unknowns } = judge(rule, call({ headersOpen: 'spread of "options"' }));
  assert.is(verdicts[rule.id], 'unknown');
  assert.is(unknowns[rule.id], 'whether X-Old is sent is not known: spread of "options"');
});

test('silent where the service has replaced no header', () => {
  const headers = { 'X-Old': '{ORG}' };
  const none = { ...call({ headers }), contract: { ...contract, legacyHeaders: [] } };
  assert.equal(judge(rule, none).verdicts, {});
});

test.run();
