import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Calendar } from '../../src/contracts/contract.ts';
import { type CheckInput, checkCallSite } from '../../src/lint/check.ts';
import { defineRule, type ViolationOptions } from '../../src/lint/rule.ts';
import type { Severity } from '../../src/request.ts';
import { at, contract, endpoint } from '../rules/judge.ts';
import { request } from '../support/request.ts';

/** Says what the method of the request asks for: V(iolation), U(nknown), S(atisfied) or nothing. */
const echo = defineRule({
  id: 'echo',
  severity: 'error',
  summary: '',
  messages: { wrong: 'wrong: {what}, {missing}' },
  check({ request, report }) {
    const asked = String(request.method);
    if (asked.includes('V')) report.violation('wrong', { what: asked });
    if (asked.includes('U')) report.unknown(`because ${asked}`);
    if (asked.includes('S')) report.satisfied(`it is ${asked}`);
  },
});

function violating(options: ViolationOptions) {
  return defineRule({
    id: 'violating',
    severity: 'error',
    summary: '',
    messages: { wrong: 'wrong' },
    check: ({ report }) => report.violation('wrong', {}, options),
  });
}

function input(methods: readonly string[], part: Partial<CheckInput> = {}): CheckInput {
  return {
    site: { id: 'call', location: at(1), symbol: 'load', through: [] },
    requests: methods.map((method) => ({
      request: request({ method, url: 'https://api.example.test/things/{id}' }),
      contract,
      confidence: 'certain',
      runtime: { kind: 'unknown' },
      endpoint: undefined,
      retired: undefined,
      unlisted: undefined,
      retiredLibrary: undefined,
    })),
    rules: [echo],
    settings: { severityOf: () => undefined, asOf: '2026-11-22' },
    ...part,
  };
}

const verdictOf = (...methods: string[]) => checkCallSite(input(methods)).verdicts.echo;

test('the worst clause is the verdict on a request', () => {
  assert.is(verdictOf('SUV'), 'violation');
  assert.is(verdictOf('SU'), 'unknown');
  assert.is(verdictOf('S'), 'satisfied');
});

test('alternatives are joined: violation, else unknown, else satisfied', () => {
  assert.is(verdictOf('S', 'U', 'V'), 'violation');
  assert.is(verdictOf('S', 'U'), 'unknown');
  assert.is(verdictOf('-', 'S'), 'satisfied');
});

test('a rule that says nothing is left out', () => {
  assert.equal(checkCallSite(input(['-'])), { verdicts: {}, unknowns: {}, satisfied: {}, findings: [] });
});

test('a satisfied verdict has its reasons too', () => {
  assert.equal(checkCallSite(input(['S', 'SS', 'S'])).satisfied, { echo: 'it is S; it is SS' });
  assert.equal(checkCallSite(input(['S', 'U'])).satisfied, {});
});

test('the reasons of an unknown verdict are joined, each once', () => {
  assert.equal(checkCallSite(input(['U', 'SU', 'U'])).unknowns, { echo: 'because U; because SU' });
  assert.equal(checkCallSite(input(['U', 'V'])).unknowns, {});
});

test('fills the message and leaves unknown names as they are', () => {
  const [finding] = checkCallSite(input(['V'])).findings;
  assert.is(finding?.message, 'wrong: V, {missing}');
  assert.is(finding?.callSite, 'call');
  assert.equal(finding?.location, at(1));
});

test('identical findings of several alternatives are one', () => {
  assert.is(checkCallSite(input(['V', 'V', 'VS'])).findings.length, 2);
});

test('a rule can be turned off, or given another severity, for a service', () => {
  const severityOf = (severity: Severity | 'off') => (rule: string, service: string) =>
    rule === 'echo' && service === 'things' ? severity : undefined;
  const run = (severity: Severity | 'off') =>
    checkCallSite(input(['V'], { settings: { severityOf: severityOf(severity), asOf: '2026-11-22' } }));
  assert.equal(run('off'), { verdicts: {}, unknowns: {}, satisfied: {}, findings: [] });
  assert.is(run('warn').findings[0]?.severity, 'warn');
  assert.is(run('error').findings[0]?.severity, 'error');
});

const calendar: Calendar = { warnFrom: '2026-06-16', failsFrom: '2026-07-01' };

function severityAt(asOf: string, configured?: Severity, options: ViolationOptions = { calendar }) {
  const settings = { severityOf: () => configured, asOf };
  const { verdicts, findings } = checkCallSite(input(['-'], { rules: [violating(options)], settings }));
  return [verdicts.violating, findings[0]?.severity];
}

test('the calendar decides: not yet, a warning, an error', () => {
  assert.equal(severityAt('2026-06-15'), ['satisfied', undefined]);
  assert.equal(severityAt('2026-06-16'), ['violation', 'warn']);
  assert.equal(severityAt('2026-06-30'), ['violation', 'warn']);
  assert.equal(severityAt('2026-07-01'), ['violation', 'error']);
});

test('the calendar and the violation cap a configured severity', () => {
  assert.equal(severityAt('2026-06-30', 'error'), ['violation', 'warn']);
  assert.equal(severityAt('2026-07-01', 'warn'), ['violation', 'warn']);
  assert.equal(severityAt('2026-07-01', 'error', { severity: 'warn' }), ['violation', 'warn']);
});

test('a finding at its origin names the call; each place is named once', () => {
  const trace = [
    { label: 'headers', location: at(1) },
    { label: 'buildHeaders()', location: at(7) },
    { label: 'key', location: at(9, 'src/keys.ts') },
  ];
  const through = [{ label: 'get()', location: at(20) }];
  const site = { id: 'call', location: at(1), symbol: 'load', through };
  const run = (options: ViolationOptions) =>
    checkCallSite(input(['-'], { site, rules: [violating(options)] })).findings[0];

  const origin = run({ trace, atOrigin: true });
  assert.equal(origin?.location, at(9, 'src/keys.ts'));
  assert.equal(
    origin?.related.map((each) => each.message),
    ['the call', 'get()', 'buildHeaders()'],
  );

  const call = run({ trace });
  assert.equal(call?.location, at(1));
  assert.equal(
    call?.related.map((each) => each.message),
    ['get()', 'buildHeaders()', 'key'],
  );
});

test('a fingerprint survives moved lines, other parameter names and a new wording', () => {
  const options = { subject: 'x-key' };
  const base = input(['-'], { rules: [violating(options)] });
  const print = (changed: Partial<CheckInput>) =>
    checkCallSite({ ...base, ...changed }).findings[0]?.fingerprint;
  const given = (path: string) =>
    base.requests.map((each) => ({
      ...each,
      request: { ...each.request, method: 'GET' },
      endpoint: endpoint(path),
    }));
  const site = base.site;

  assert.is(print({}), print({ site: { ...site, id: 'other', location: at(99) } }));
  assert.is(print({}), print({ rules: [{ ...violating(options), messages: { wrong: 'no good' } }] }));
  assert.is(print({ requests: given('/things/{id}') }), print({ requests: given('/things/{thingId}') }));
  assert.is.not(print({}), print({ site: { ...site, symbol: 'save' } }));
  assert.is.not(print({}), print({ requests: given('/logs') }));
  assert.is.not(print({}), print({ rules: [violating({ subject: 'x-region' })] }));
});

test('the contract not matching a path, unknown segments are {} in the fingerprint', () => {
  const print = (url: string) => {
    const base = input(['V']);
    const requests = base.requests.map((each) => ({ ...each, request: request({ method: 'V', url }) }));
    return checkCallSite({ ...base, requests }).findings[0]?.fingerprint;
  };
  assert.is(print('https://api.example.test/odd/{a}'), print('https://api.example.test/odd/{b}'));
  assert.is.not(print('https://api.example.test/odd/{a}'), print('https://api.example.test/odd/9'));
});

test.run();
