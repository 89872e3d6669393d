import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { takesFrom, touches } from '../src/change.ts';

const change = {
  files: new Map([
    [
      'a.ts',
      [
        { first: 3, last: 4, removed: '' },
        { first: 11, last: 10, removed: 'headers.set(name, value);' },
      ],
    ],
  ]),
};

function lines(startLine: number, endLine: number, file = 'a.ts') {
  return { file, startLine, endLine };
}

test('a changed line is one of the place', () => {
  for (const [start, end] of [
    [3, 3],
    [1, 3],
    [4, 9],
    [1, 99],
  ] as const)
    assert.ok(touches(change, lines(start, end)), `${start}-${end}`);
  for (const [start, end] of [
    [1, 2],
    [5, 9],
  ] as const)
    assert.not(touches(change, lines(start, end)), `${start}-${end}`);
  assert.not(touches(change, lines(3, 3, 'b.ts')));
});

test('lines that went are between the line before and the line behind', () => {
  assert.ok(touches(change, lines(10, 11)));
  assert.not(touches(change, lines(10, 10)));
  assert.not(touches(change, lines(11, 11)));
});

test('surroundings count where something went, and where that named what is looked for', () => {
  assert.not(takesFrom(change, { lines: lines(3, 4) }), 'nothing went there');
  assert.ok(takesFrom(change, { lines: lines(8, 12) }));
  assert.ok(takesFrom(change, { lines: lines(8, 12), names: new Set(['headers']) }));
  assert.not(takesFrom(change, { lines: lines(8, 12), names: new Set(['header']) }));
});

test.run();
