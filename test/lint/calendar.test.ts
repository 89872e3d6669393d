import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { limitAt, lowered } from '../../src/lint/calendar.ts';

const activityLogs = { warnFrom: '2026-06-16', failsFrom: '2026-07-01' };

test('a clause is silent, then a warning, then an error', () => {
  assert.is(limitAt(activityLogs, '2026-06-15'), 'silent');
  assert.is(limitAt(activityLogs, '2026-06-16'), 'warn');
  assert.is(limitAt(activityLogs, '2026-06-30'), 'warn');
  assert.is(limitAt(activityLogs, '2026-07-01'), 'error');
});

test('without failsFrom a clause stays a warning; without a calendar it always was in force', () => {
  assert.is(limitAt({ warnFrom: '2026-06-16' }, '2030-01-01'), 'warn');
  assert.is(limitAt({}, '2030-01-01'), 'warn');
  assert.is(limitAt({ failsFrom: '2026-07-01' }, '2020-01-01'), 'warn');
  assert.is(limitAt(undefined, '2000-01-01'), 'error');
});

test('limits lower a severity and never raise it', () => {
  assert.is(lowered('error', 'error', undefined), 'error');
  assert.is(lowered('error', 'warn', undefined), 'warn');
  assert.is(lowered('error', 'error', 'warn'), 'warn');
  assert.is(lowered('warn', 'error', 'error'), 'warn');
  assert.is(lowered('error', 'silent', 'warn'), 'silent');
});

test.run();
