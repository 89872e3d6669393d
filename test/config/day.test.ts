import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { isDay } from '../../src/config/day.ts';

test('days', () => {
  for (const day of ['2026-07-01', '2024-02-29', '0001-01-01']) assert.ok(isDay(day), day);
  for (const text of ['2026-02-29', '2026-13-01', '2026-7-1', '2026-07-01T00:00', 'tomorrow', '']) {
    assert.not(isDay(text), text);
  }
});

test.run();
