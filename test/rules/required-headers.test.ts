import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/required-headers.ts';
import type { Endpoint } from '../../src/contracts/contract.ts';
import { type RequestLike, request } from '../support/request.ts';
import { contract, endpoint, judge } from './judge.ts';

const url = 'https://api.example.test/things';
const all = { Authorization: 'Bearer {token}', 'X-Key': '{KEY}', 'X-Region': 'or2' };
const call = (like: Omit<RequestLike, 'url'>) => ({ request: request({ url, ...like }) });
const { 'X-Key': _key, ...withoutKey } = all;

test('satisfied when every header is always sent', () => {
  assert.equal(judge(rule, call({ headers: all })), {
    verdicts: { 'required-headers': 'satisfied' },
    unknowns: {},
    satisfied: { 'required-headers': 'Authorization is sent; X-Key is sent; X-Region is sent' },
    findings: [],
  });
});

test('one missing header: what the service answers and what to send', () => {
  const { verdicts, findings } = judge(rule, call({ headers: withoutKey }));
  assert.is(verdicts[rule.id], 'violation');
  assert.equal(
    findings.map((finding) => [finding.severity, finding.message]),
    [['error', 'Things rejects this call: X-Key is not sent (403, error 403000). Send your client id.']],
  );
});

test('several missing headers are one finding', () => {
  const { findings } = judge(rule, call({}));
  assert.equal(
    findings.map((finding) => finding.message),
    [
      'Things rejects this call: Authorization (401), X-Key (403, error 403000) and X-Region are not sent. ' +
        'Send Bearer and an access token as Authorization, your client id as X-Key and your region as X-Region.',
    ],
  );
});

test('a header under a wrong name is told with the one that is missing', () => {
  const one = judge(rule, call({ headers: { ...withoutKey, XKey: '{KEY}' } }));
  assert.equal(
    one.findings.map((finding) => finding.message),
    [
      'Things rejects this call: X-Key is not sent (403, error 403000), only xkey, which it does not read. Rename that header to X-Key.',
    ],
  );
  const two = judge(rule, call({ headers: { Authorization: 'Bearer {token}', 'X-Keys': '{KEY}' } }));
  assert.match(
    two.findings[0]?.message ?? '',
    'Send your client id as X-Key (now x-keys) and your region as X-Region.',
  );
});

test('a header that an open set may hold is unknown', () => {
  const { verdicts, unknowns } = judge(
    rule,
    call({ headers: withoutKey, headersOpen: 'spread of "options"' }),
  );
  assert.is(verdicts[rule.id], 'unknown');
  assert.is(unknowns[rule.id], 'X-Key may be sent or not: spread of "options"');
});

test('a header that only some paths send is unknown', () => {
  const headers = {
    ...all,
    'X-Key': { presence: 'sometimes', values: ['{KEY}'], reason: 'set below an if' },
  } as const;
  const { verdicts, unknowns } = judge(rule, call({ headers }));
  assert.is(verdicts[rule.id], 'unknown');
  assert.is(unknowns[rule.id], 'only some paths send X-Key: set below an if');
});

test('a missing header is a violation even when another is unknown', () => {
  const headers = { ...withoutKey, 'X-Region': { presence: 'unknown', reason: 'may be undefined' } } as const;
  assert.is(judge(rule, call({ headers })).verdicts[rule.id], 'violation');
});

test('one alternative without the header is enough', () => {
  const { verdicts, findings } = judge(rule, [call({ headers: all }), call({ headers: withoutKey })]);
  assert.is(verdicts[rule.id], 'violation');
  assert.is(findings.length, 1);
});

test('reports a likely call too', () => {
  const likely = { ...call({ headers: withoutKey }), confidence: 'likely' } as const;
  assert.is(judge(rule, likely).verdicts[rule.id], 'violation');
});

test('the text "undefined" is a header that is sent', () => {
  assert.is(judge(rule, call({ headers: { ...all, 'X-Key': 'undefined' } })).verdicts[rule.id], 'satisfied');
});

const only = contract.headers.slice(0, 1);
const authority = (auth: Endpoint['auth'], headers = {}) =>
  judge(rule, {
    ...call({ headers }),
    contract: { ...contract, headers: only },
    endpoint: { ...endpoint('/things'), auth },
  });

test('an operation with an API key needs Authorization; one that is public does not', () => {
  assert.is(authority(['api-key']).verdicts[rule.id], 'violation');
  assert.is(authority(['api-key'], { Authorization: '{KEY}' }).verdicts[rule.id], 'satisfied');
  assert.equal(authority(['none']).verdicts, {});
  assert.equal(authority(['oauth-client']).verdicts, {});
});

test('where a JWT is accepted, a cookie may stand in', () => {
  const { verdicts, unknowns } = authority(['api-key', 'jwt']);
  assert.is(verdicts[rule.id], 'unknown');
  assert.match(unknowns[rule.id] ?? '', 'cookie');
  const meant = { Authorisation: 'Bearer {token}' };
  assert.is(authority(['api-key', 'jwt'], meant).verdicts[rule.id], 'violation', 'the header is meant');
});

test('unknown where the operation is not known and operations differ', () => {
  const mixed = {
    ...contract,
    endpoints: [...contract.endpoints, { ...endpoint('/public'), auth: ['none'] }],
  } as const;
  const { verdicts, unknowns } = judge(rule, { ...call({}), contract: mixed, endpoint: undefined });
  assert.is(verdicts[rule.id], 'unknown');
  assert.is(unknowns[rule.id], 'the operation is not known, and those of Things differ');
  const [, exchange] = contract.retiredEndpoints;
  const withdrawn = { ...call({}), contract: mixed, endpoint: undefined, retired: exchange };
  assert.equal(judge(rule, withdrawn).verdicts, {});
});

test('where the operation is not known but all are alike, the headers are required', () => {
  assert.is(judge(rule, { ...call({}), endpoint: undefined }).verdicts[rule.id], 'violation');
});

test('silent where nothing is required', () => {
  const none = { contract: { ...contract, headers: [] }, ...call({}) };
  assert.equal(judge(rule, none).verdicts, {});
});

test.run();
