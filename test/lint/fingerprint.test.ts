import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fingerprint, withOrdinals } from '../../src/lint/fingerprint.ts';
import type { Finding } from '../../src/request.ts';

const identity = {
  ruleId: 'required-headers',
  service: 'workfront-fusion',
  method: 'GET',
  route: '/api/v3/scenarios/{}',
  symbol: 'getScenario',
  subject: 'x-api-key',
};

test('is sixteen hex digits, the same for the same identity', () => {
  assert.match(fingerprint(identity), /^[0-9a-f]{16}$/);
  assert.is(fingerprint(identity), fingerprint({ ...identity }));
  assert.is(fingerprint(identity), 'c859b70f2da1aae9', 'a change here makes every recorded baseline void');
});

test('differs when any part of the identity does', () => {
  const changed = Object.keys(identity).map((part) => fingerprint({ ...identity, [part]: 'other' }));
  assert.is(new Set([fingerprint(identity), ...changed]).size, 7);
});

test('parts do not run into each other', () => {
  assert.is.not(
    fingerprint({ ...identity, symbol: 'a', subject: 'bc' }),
    fingerprint({ ...identity, symbol: 'ab', subject: 'c' }),
  );
});

test('findings of one file that are alike get an ordinal', () => {
  const at = (file: string, line: number): Finding => ({
    ruleId: identity.ruleId,
    severity: 'error',
    message: '',
    location: { file, startLine: line, startColumn: 1, endLine: line, endColumn: 2 },
    callSite: '',
    related: [],
    fingerprint: '0123456789abcdef',
  });
  const findings = [at('a.ts', 1), at('a.ts', 9), at('b.ts', 1), at('a.ts', 20)];
  assert.equal(
    withOrdinals(findings).map((finding) => finding.fingerprint),
    ['0123456789abcdef', '0123456789abcdef-2', '0123456789abcdef', '0123456789abcdef-3'],
  );
});

test.run();
