import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { maskSecret, printMasked } from '../../src/lint/mask.ts';

test('shows at most four characters', () => {
  assert.is(maskSecret('abcd1234efgh5678'), 'abcd…');
  assert.is(maskSecret('abcd1234efgh'), 'abcd…');
});

test('shows nothing of a short value', () => {
  assert.is(maskSecret('abcd1234efg'), '…');
  assert.is(maskSecret(''), '…');
});

test('a scheme stays and does not count', () => {
  assert.is(maskSecret('Bearer abcd1234efgh5678'), 'Bearer abcd…');
  assert.is(maskSecret('Bearer abcd1234'), 'Bearer …');
});

test('of a text in parts, only the literal parts are masked', () => {
  const token = { unknown: { reason: 'environment variable TOKEN', name: 'TOKEN', names: ['TOKEN'] } };
  const print = (...parts: Parameters<typeof printMasked>[0]['parts'][number][]) =>
    printMasked({ parts, names: [], trace: [] });
  assert.is(print({ literal: 'Bearer ' }, token), 'Bearer {TOKEN}');
  assert.is(print({ literal: 'Bearer abcd1234efgh5678' }), 'Bearer abcd…');
  assert.is(print({ literal: 'abcd1234efgh5678' }, token), 'abcd…{TOKEN}');
  assert.is(print({ literal: 'abcd1234efgh5678' }, token, { literal: 'ijkl1234mnop5678' }), 'abcd…{TOKEN}…');
  assert.is(print(token, { literal: 'abcd1234efgh5678' }), '{TOKEN}…');
  assert.is(print({ literal: '' }), '');
});

test.run();
