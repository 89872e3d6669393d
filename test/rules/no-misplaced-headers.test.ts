import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/no-misplaced-headers.ts';
import requiredHeaders from '../../rules/required-headers.ts';
import { checkCallSite } from '../../src/lint/check.ts';
import type { Misplaced } from '../../src/request.ts';
import { type RequestLike, request } from '../support/request.ts';
import { at, contract, endpoint, judge } from './judge.ts';

const url = 'https://api.example.test/things';
const call = (like: Omit<RequestLike, 'url'>) => ({ request: request({ url, ...like }) });
const inBody = (...names: string[]): Misplaced => ({
  names,
  where: 'in the second argument of post(), which is sent as the body',
  instead: 'Give them in the third.',
  trace: [{ label: 'headers', location: at(3) }],
});
const messages = (like: Omit<RequestLike, 'url'>) =>
  judge(rule, call(like)).findings.map((finding) => [finding.severity, finding.message]);

test('violation: a header in the wrong place, with what the service answers without it', () => {
  assert.equal(messages({ misplaced: [inBody('x-key')] }), [
    [
      'error',
      'X-Key never reaches Things (403, error 403000): it stands in the second argument of post(), which is sent as the body. Give them in the third.',
    ],
  ]);
});

test('several headers of one place are one finding', () => {
  assert.equal(messages({ misplaced: [inBody('authorization', 'x-key', 'x-old')] }), [
    [
      'error',
      'Authorization (401), X-Key (403, error 403000) and X-Old never reach Things: they stand in the second argument of post(), which is sent as the body. Give them in the third.',
    ],
  ]);
});

test('a value that is dropped, and a warning for one that is sent as a word', () => {
  const never = { 'X-Key': { presence: 'never' } } as const;
  assert.match(messages({ headers: never })[0]?.[1] ?? '', 'it has no value here, and fetch then');
  assert.equal(messages({ headers: { 'X-Key': 'undefined' } }), [
    ['warn', 'X-Key goes to Things as the text `undefined`: the code has no value for it here. Give it one.'],
  ]);
  assert.match(
    messages({ headers: { Authorization: 'Bearer undefined' } })[0]?.[1] ?? '',
    '`Bearer undefined`',
  );
  assert.equal(messages({ headers: { 'X-Key': { values: ['undefined', '{key}'] } } }), []);
  assert.equal(messages({ headers: { 'X-Key': 'null' } }), []);
});

test('a default that is left out where the service does not ask for it', () => {
  const open = { ...endpoint('/things'), auth: ['none'] } as const;
  const { findings } = judge(rule, {
    ...call({ headers: { Authorization: { presence: 'never' } } }),
    contract: { ...contract, headers: contract.headers.slice(0, 1) },
    endpoint: open,
  });
  assert.equal(findings, []);
});

test('unknown: a header in the wrong place that may be sent all the same', () => {
  const { verdicts, unknowns } = judge(
    rule,
    call({ misplaced: [inBody('x-key')], headersOpen: 'an interceptor' }),
  );
  assert.is(verdicts[rule.id], 'unknown');
  assert.is(
    unknowns[rule.id],
    'x-key stands in the second argument of post(), which is sent as the body, and may be sent otherwise: an interceptor',
  );
});

test('satisfied: headers that are sent, also when they stand elsewhere too', () => {
  const sent = call({ headers: { 'X-Key': '{key}' }, misplaced: [inBody('x-key')] });
  assert.equal(judge(rule, sent).satisfied, { [rule.id]: 'X-Key is sent as a header' });
});

test('silent: names that mean nothing to the service, and calls without headers', () => {
  assert.equal(judge(rule, call({ misplaced: [inBody('content-type', 'x-request-id')] })).verdicts, {});
  assert.equal(judge(rule, call({})).verdicts, {});
});

const both = (off: string | undefined) =>
  checkCallSite({
    site: { id: 'call', location: at(1), symbol: 'load', through: [] },
    requests: [
      {
        ...call({ headers: { Authorization: '{token}' }, misplaced: [inBody('x-key')] }),
        contract,
        confidence: 'certain',
        endpoint: endpoint('/things'),
        retired: undefined,
        unlisted: undefined,
        retiredLibrary: undefined,
        runtime: { kind: 'unknown' },
      },
    ],
    rules: [requiredHeaders, rule],
    settings: { severityOf: (id) => (id === off ? 'off' : undefined), asOf: '2026-11-24' },
  });

test('one root cause is one finding: required-headers leaves it to this rule, unless that is off', () => {
  const { verdicts, findings } = both(undefined);
  assert.equal(verdicts, { 'required-headers': 'violation', [rule.id]: 'violation' });
  assert.equal(
    findings.map((finding) => [finding.ruleId, finding.message.split(' ')[0]]),
    [
      ['required-headers', 'Things'],
      [rule.id, 'X-Key'],
    ],
  );
  assert.match(findings[0]?.message ?? '', 'X-Region is not sent');
  assert.not.match(findings[0]?.message ?? '', 'X-Key');
  const alone = both(rule.id).findings.map((finding) => finding.message);
  assert.ok(alone.some((message) => /X-Key .*is not sent/.test(message)));
});

test.run();
