import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/no-retired-endpoints.ts';
import { request } from '../support/request.ts';
import { contract, judge } from './judge.ts';

const [inRoute, exchange] = contract.retiredEndpoints;
const [library] = contract.retiredLibraries;

test('violation: a withdrawn operation', () => {
  const { verdicts, findings } = judge(rule, { endpoint: undefined, retired: exchange });
  assert.is(verdicts[rule.id], 'violation');
  assert.is(findings[0]?.severity, 'error');
  assert.is(
    findings[0]?.message,
    'Things rejects /exchange since 2026-03-01. Use POST /token instead. It ended on 2026-03-01.',
  );
});

test('violation: a library whose operation is withdrawn, once', () => {
  const { findings } = judge(rule, { retired: exchange, retiredLibrary: library });
  assert.equal(
    findings.map((finding) => finding.message),
    ['old-auth calls what Things rejects since 2026-03-01. Use new-auth instead. It ended on 2026-03-01.'],
  );
});

test('follows the calendar', () => {
  const severity = (asOf: string) => judge(rule, { retired: exchange }, asOf).findings[0]?.severity;
  assert.is(severity('2026-02-28'), 'warn');
  assert.is(severity('2026-03-01'), 'error');
});

test('satisfied on other operations', () => {
  assert.is(judge(rule, {}).verdicts[rule.id], 'satisfied');
});

test('unknown when the path is not known', () => {
  const open = request({ url: 'https://api.example.test/{rest}', pathOpen: true });
  const { verdicts, unknowns } = judge(rule, { request: open, endpoint: undefined });
  assert.is(verdicts[rule.id], 'unknown');
  assert.is(unknowns[rule.id], 'the path of the call is not known');
});

test('silent on moved routes of another rule only, and where nothing was withdrawn', () => {
  const moved = { ...contract, retiredEndpoints: inRoute ? [inRoute] : [] };
  assert.equal(judge(rule, { contract: moved, retired: inRoute }).verdicts, {});
  assert.equal(judge(rule, { contract: { ...contract, retiredEndpoints: [] } }).verdicts, {});
});

test.run();
