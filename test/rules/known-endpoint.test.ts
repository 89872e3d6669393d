import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/known-endpoint.ts';
import type { UnlistedOperation } from '../../src/contracts/unlisted.ts';
import { request } from '../support/request.ts';
import { contract, endpoint, judge } from './judge.ts';

const unlisted: UnlistedOperation = { method: 'GET', path: '/thing', others: [], nearest: undefined };
const none = { endpoint: undefined, unlisted };
const messages = (checked: Parameters<typeof judge>[1]) =>
  judge(rule, checked).findings.map((finding) => [finding.severity, finding.message]);

test('the same path with another method', () => {
  const others = [endpoint('/thing', 'PUT'), endpoint('/thing', 'DELETE'), endpoint('/thing', 'PUT')];
  assert.equal(messages({ ...none, unlisted: { ...unlisted, others } }), [
    [
      'warn',
      'Things has no GET /thing: the path takes DELETE and PUT only (405). Send one of these, or correct the path. As listed in things.yaml 1.2 (2026-06-30).',
    ],
  ]);
});

test('the nearest operation', () => {
  assert.equal(messages({ ...none, unlisted: { ...unlisted, nearest: endpoint('/things') } }), [
    [
      'warn',
      'Things has no operation GET /thing. Correct it: the nearest one is GET /things. As listed in things.yaml 1.2 (2026-06-30).',
    ],
  ]);
});

test('nothing near, and no method', () => {
  assert.equal(messages({ ...none, unlisted: { ...unlisted, method: undefined } }), [
    [
      'warn',
      'Things has no operation /thing, nor one near it. Look for the right one in https://example.test/docs/operations. As listed in things.yaml 1.2 (2026-06-30).',
    ],
  ]);
});

test('an experimental API may have more, and never is an error', () => {
  const listing = { below: '/', docs: '', source: 'things.json', experimental: true } as const;
  const [finding] = messages({ ...none, contract: { ...contract, listing } });
  assert.is(finding?.[0], 'warn');
  assert.match(finding?.[1] ?? '', 'the API is experimental, so there may be more by now.');
});

test('satisfied with an operation, unknown with an open path', () => {
  assert.is(judge(rule, {}).verdicts[rule.id], 'satisfied');
  const open = { request: request({ url: 'https://api.example.test{path}' }), endpoint: undefined };
  assert.is(judge(rule, open).verdicts[rule.id], 'unknown');
});

test('silent when nothing can be told', () => {
  assert.equal(judge(rule, { ...none, unlisted: undefined }).verdicts, {});
  assert.equal(judge(rule, { ...none, confidence: 'likely' }).verdicts, {});
  const { listing: _, ...unlistedContract } = contract;
  assert.equal(judge(rule, { ...none, contract: unlistedContract }).verdicts, {});
});

test('silent where another rule speaks', () => {
  assert.equal(judge(rule, { ...none, retired: contract.retiredEndpoints[0] }).verdicts, {});
  assert.equal(judge(rule, { ...none, retiredLibrary: contract.retiredLibraries[0] }).verdicts, {});
});

test.run();
