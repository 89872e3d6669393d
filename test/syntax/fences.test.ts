import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { codeBlocks } from '../../src/syntax/fences.ts';

/** Info string, number of the first line and lines of each block. */
function blocks(lines: readonly string[], syntax: 'markdown' | 'mdx' = 'markdown'): unknown[] {
  const text = lines.join('\n');
  return codeBlocks(text, syntax).map(({ info, lines }) => {
    const first = text.slice(0, lines[0]?.start ?? 0).split('\n').length;
    return [info, first, lines.map(({ start, end }) => text.slice(start, end))];
  });
}

test('backticks and tildes, with all that may stand behind them', () => {
  assert.equal(blocks(['```js {1,3} title="x"', 'a', '```', '~~~ ts', 'b', '~~~']), [
    ['js {1,3} title="x"', 2, ['a']],
    ['ts', 5, ['b']],
  ]);
});

test('a block ends with a fence of its own kind that is at least as long', () => {
  assert.equal(blocks(['````js', '```', 'a', '~~~~', '```` b', '`````  ', 'c']), [
    ['js', 2, ['```', 'a', '~~~~', '```` b']],
  ]);
  assert.equal(blocks(['~~~', '```', '~~~~']), [['', 2, ['```']]]);
});

test('two backticks are no fence, and no backtick stands in an info string', () => {
  assert.equal(blocks(['``js', 'a', '``', '``` js `x`', 'b']), []);
  assert.equal(blocks(['~~~ js `x` ~~~', 'b']), [['js `x` ~~~', 2, ['b']]]);
});

test('an unclosed block goes on to the end', () => {
  assert.equal(blocks(['```js', 'a', '', 'b']), [['js', 2, ['a', '', 'b']]]);
});

test('a closing fence is indented by three spaces at most', () => {
  assert.equal(blocks(['  ```js', 'a', '     ```', '   ```', 'b']), [['js', 2, ['a', '     ```']]]);
});

test('in a list item, up to the end of the item', () => {
  assert.equal(
    blocks([
      '1.  text',
      '',
      '    ```js',
      '    a',
      '',
      '      b',
      '    ```',
      '- ```ts',
      '  c',
      '  ```',
      '  d',
    ]),
    [
      ['js', 4, ['    a', '', '      b']],
      ['ts', 9, ['  c']],
    ],
  );
  assert.equal(blocks(['- ```js', '  a', 'b', '```']), [
    ['js', 2, ['  a']],
    ['', 1, []],
  ]);
});

test('in a block quote, up to the end of the quote', () => {
  assert.equal(blocks(['> ```js', '> a', '>b', '> > c', '> ```']), [['js', 2, ['a', 'b', '> c']]]);
  assert.equal(blocks(['> ```js', '> a', 'b', '', '```ts', 'c', '```']), [
    ['js', 2, ['a']],
    ['ts', 6, ['c']],
  ]);
  assert.equal(blocks(['> - 1. ```js', '>        a', '>', '>      ```']), [['js', 2, ['       a', '']]]);
});

test('indented by tabs, or by as much as tabs of a page for MkDocs are', () => {
  assert.equal(blocks(['-\ta', '', '\t```js', '\tb', '\t```', 'c']), [['js', 4, ['\tb']]]);
  assert.equal(blocks(['=== "JavaScript"', '', '    ```js', '    a', '    ```', '', 'b']), [
    ['js', 4, ['    a']],
  ]);
});

test('comments are not read', () => {
  assert.equal(blocks(['<!--', '```js', 'a', '```', '-->', '```ts', 'b', '```']), [['ts', 7, ['b']]]);
  assert.equal(blocks(['<!-- one line -->', '```js', '<!--', '```', '```ts', 'b', '```']), [
    ['js', 3, ['<!--']],
    ['ts', 6, ['b']],
  ]);
  const mdx = ['{/*', '```js', 'a', '```', '*/}', '```ts', 'b', '```'];
  assert.equal(blocks(mdx, 'mdx'), [['ts', 7, ['b']]]);
  assert.is(blocks(mdx).length, 2);
});

test('line ends of Windows and of old', () => {
  const text = '```js\r\na\r\n```\r```ts\rb\r```';
  const found = codeBlocks(text, 'markdown').map(({ lines }) => lines.map((l) => text.slice(l.start, l.end)));
  assert.equal(found, [['a'], ['b']]);
});

test.run();
