import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/no-organization-id-in-route.ts';
import { request } from '../support/request.ts';
import { contract, endpoint, judge } from './judge.ts';

const [inRoute, exchange] = contract.retiredEndpoints;
const old = {
  request: request({ url: 'https://api.example.test/logs/{orgId}' }),
  endpoint: undefined,
  retired: inRoute,
};

test('violation: names the new route and the header', () => {
  const { verdicts, findings } = judge(rule, old);
  assert.is(verdicts[rule.id], 'violation');
  assert.is(
    findings[0]?.message,
    'Things rejects the organization id in the path /logs/{orgId} since 2026-07-01. Call GET /logs with X-New instead. Announced on 2026-06-16.',
  );
});

test('follows the calendar', () => {
  const at = (asOf: string) => {
    const { verdicts, findings } = judge(rule, old, asOf);
    return [verdicts[rule.id], findings[0]?.severity];
  };
  assert.equal(at('2026-06-15'), ['satisfied', undefined]);
  assert.equal(at('2026-06-16'), ['violation', 'warn']);
  assert.equal(at('2026-06-30'), ['violation', 'warn']);
  assert.equal(at('2026-07-01'), ['violation', 'error']);
});

test('satisfied on the right form of the route', () => {
  assert.is(judge(rule, { endpoint: endpoint('/logs') }).verdicts[rule.id], 'satisfied');
});

test('unknown where the last segment, which may be the id, is not known', () => {
  const called = (url: string) => {
    const { verdicts, unknowns, satisfied } = judge(rule, {
      endpoint: endpoint('/logs'),
      request: request({ url }),
    });
    return [verdicts[rule.id], unknowns[rule.id] ?? satisfied[rule.id]];
  };
  assert.equal(called('https://api.example.test/{route}'), [
    'unknown',
    'the last segment of the path is not known',
  ]);
  assert.equal(called('https://api.example.test/v1/{tenant}/logs'), ['satisfied', 'the path is /logs']);
});

test('silent on other routes, and where the route is not known', () => {
  assert.equal(judge(rule, { endpoint: endpoint('/things') }).verdicts, {});
  assert.equal(judge(rule, { endpoint: undefined }).verdicts, {});
  assert.equal(judge(rule, { endpoint: undefined, retired: exchange }).verdicts, {});
  // What was withdrawn for another reason has no new route of this kind.
  assert.equal(judge(rule, { endpoint: endpoint('/exchange') }).verdicts, {});
});

test.run();
