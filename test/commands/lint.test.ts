import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { exitCode } from '../../src/commands/lint.ts';
import type { Finding, Severity } from '../../src/request.ts';

function result(...severities: Severity[]) {
  const location = { file: 'a.ts', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
  const findings = severities.map(
    (severity): Finding => ({
      ruleId: 'required-headers',
      severity,
      message: '',
      location,
      callSite: '',
      related: [],
      fingerprint: '',
    }),
  );
  return { findings };
}

test('exit code', () => {
  assert.is(exitCode(result(), undefined), 0);
  assert.is(exitCode(result(), 0), 0);
  assert.is(exitCode(result('error'), undefined), 1);
  assert.is(exitCode(result('warn', 'warn'), undefined), 0);
  assert.is(exitCode(result('warn', 'warn'), 2), 0);
  assert.is(exitCode(result('warn', 'warn'), 1), 1);
  assert.is(exitCode(result('warn'), 0), 1);
});

test.run();
