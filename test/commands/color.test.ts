import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useColor } from '../../src/commands/color.ts';

test('the option, then FORCE_COLOR, then NO_COLOR, then the terminal', () => {
  const all = { FORCE_COLOR: '1', NO_COLOR: '1' };
  assert.is(useColor(false, { env: all, isTTY: true }), false);
  assert.is(useColor(true, { env: { NO_COLOR: '1' }, isTTY: false }), true);
  assert.is(useColor(undefined, { env: all, isTTY: false }), true);
  assert.is(useColor(undefined, { env: { FORCE_COLOR: '0' }, isTTY: true }), false);
  assert.is(useColor(undefined, { env: { NO_COLOR: '1' }, isTTY: true }), false);
  assert.is(useColor(undefined, { env: { NO_COLOR: '' }, isTTY: true }), true);
  assert.is(useColor(undefined, { env: { TERM: 'dumb' }, isTTY: true }), false);
  assert.is(useColor(undefined, { env: {}, isTTY: false }), false);
});

test.run();
