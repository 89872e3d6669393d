import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { frame, splitLines } from '../../src/report/frame.ts';
import { at } from '../support/result.ts';

/** The frame as it is printed, without the bar: `12 text`, the underline behind a blank number. */
function print(source: string, line: number, from: number, to: number, endLine = line, width = 60): string[] {
  return frame(splitLines(source), at('a.ts', line, from, to, endLine), { width }).map(
    ({ kind, number, text }) =>
      (kind === 'gap' ? '⋮' : `${String(number ?? '').padStart(2)} ${text}`).trimEnd(),
  );
}

test('a line with one line of context on each side', () => {
  assert.equal(print('one\ntwo();\nthree', 2, 1, 6), [' 1 one', ' 2 two();', '   ^^^^^', ' 3 three']);
});

test('the first line and the last line of a file', () => {
  assert.equal(print('one\ntwo\n', 1, 1, 4), [' 1 one', '   ^^^', ' 2 two']);
  assert.equal(print('one\ntwo', 2, 1, 4), [' 1 one', ' 2 two', '   ^^^']);
  assert.equal(print('one', 1, 2, 4), [' 1 one', '    ^^']);
});

test('blank lines are no context', () => {
  assert.equal(print('\ncall()\n   \n', 2, 1, 7), [' 2 call()', '   ^^^^^^']);
});

test('CRLF and the other line ends of JavaScript', () => {
  assert.equal(print('one\r\ntwo\r\nthree\r\n', 2, 1, 4), [' 1 one', ' 2 two', '   ^^^', ' 3 three']);
  assert.equal(print('one\rtwo\u2028three', 3, 1, 6), [' 2 two', ' 3 three', '   ^^^^^']);
});

test('tabs become spaces and the underline keeps its place', () => {
  assert.equal(print('\t\tcall(1)\n', 1, 3, 7), [' 1         call(1)', '           ^^^^']);
  assert.equal(print('a\tcall(1)\n', 1, 3, 7), [' 1 a   call(1)', '       ^^^^']);
  assert.equal(print('f(\t1)', 1, 1, 6), [' 1 f(  1)', '   ^^^^^^']);
});

test('wide characters take two columns, combining marks none', () => {
  assert.equal(print("f('日本', x)", 1, 9, 10), [" 1 f('日本', x)", '             ^']);
  assert.equal(print("f('e\u0301😀', x)", 1, 11, 12), [" 1 f('e\u0301😀', x)", '            ^']);
});

test('hidden and bidi characters are made visible', () => {
  assert.equal(print("f('\u202e', x)", 1, 8, 9), [" 1 f('\\u{202e}', x)", '                 ^']);
  assert.equal(print('f\u001b[31m()', 1, 1, 9), [' 1 f\\u{1b}[31m()', '   ^^^^^^^^^^^^^']);
});

test('a byte order mark is not shown', () => {
  assert.equal(print('\ufefff()', 1, 2, 5), [' 1 f()', '   ^^^']);
});

test('a range that ends on another line is underlined on its first line', () => {
  assert.equal(print('a\n  fetch(url, {\n    x,\n  });\nb', 2, 3, 5, 4), [
    ' 1 a',
    ' 2   fetch(url, {',
    '     ^^^^^^^^^^^^',
    ' 3     x,',
    ' 4   });',
    ' 5 b',
  ]);
});

test('a range of many lines keeps its beginning and its end', () => {
  const source = Array.from({ length: 12 }, (_, index) => `l${index + 1}`).join('\n');
  assert.equal(print(source, 1, 1, 3, 8), [
    ' 1 l1',
    '   ^^',
    ' 2 l2',
    ' 3 l3',
    ' 4 l4',
    '⋮',
    ' 8 l8',
    ' 9 l9',
  ]);
  assert.equal(
    print(source, 1, 1, 3, 7).filter((line) => line === '⋮'),
    [],
  );
});

test('a long line is cut after the range', () => {
  const [code, mark] = print(`call(1); ${'x'.repeat(200)}`, 1, 1, 8, 1, 30);
  assert.is(code, ` 1 call(1); ${'x'.repeat(20)}…`);
  assert.is(mark, '   ^^^^^^^');
});

test('a long line is cut on both sides of the range', () => {
  const [code, mark] = print(`${'x'.repeat(300)} call(1); ${'y'.repeat(300)}`, 1, 302, 309, 1, 40);
  assert.is(code, ` 1 …${'x'.repeat(18)} call(1); ${'y'.repeat(10)}…`);
  assert.is(mark, `   ${' '.repeat(20)}^^^^^^^`);
});

test('a long line is cut before a range at its end', () => {
  const [code, mark] = print(`${'x'.repeat(300)}call(1)`, 1, 301, 308, 1, 40);
  assert.is(code, ` 1 …${'x'.repeat(19)}call(1)`);
  assert.is(mark, `   ${' '.repeat(20)}^^^^^^^`);
});

test('a line of generated code costs no more than what is shown', () => {
  const source = `${'a;'.repeat(2_000_000)}call(1);${'b;'.repeat(2_000_000)}`;
  const started = performance.now();
  const [code, mark] = print(source, 1, 4_000_001, 4_000_008, 1, 40);
  assert.ok(performance.now() - started < 500);
  assert.is(code, ` 1 …${';a'.repeat(9)};call(1);${'b;'.repeat(5)}b…`);
  assert.is(mark, `   ${' '.repeat(20)}^^^^^^^`);
});

test('a range without characters, or behind the end of the line, has one caret', () => {
  assert.equal(print('one', 1, 2, 2), [' 1 one', '    ^']);
  assert.equal(print('one', 1, 9, 12), [' 1 one', '      ^']);
});

test('nothing is shown of a line that is not there', () => {
  assert.equal(print('one', 3, 1, 4), []);
  assert.equal(frame([], at('a.ts', 1, 1, 2), { width: 60 }), []);
});

test.run();
