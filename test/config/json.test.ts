import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseJson } from '../../src/config/json.ts';
import { UsageError } from '../../src/errors.ts';

test('what is right', () => {
  assert.equal(parseJson('\uFEFF{ "a": [1, -2.5e3, true, null, "\\u0041\\n"] }', 'x.json'), {
    a: [1, -2500, true, null, 'A\n'],
  });
});

for (const [line, text] of [
  [1, ''],
  [1, 'off'],
  [3, '{\n  "a": 1,\n  b: 2\n}'],
  [3, '{\n  "a": 1\n  "b": 2\n}'],
  [3, '{\n  "a": 1,\n}'],
  [2, '[\n  1,, 2\n]'],
  [2, '{\n  "a" 1\n}'],
  [3, '{\n  "a": [\n    1}\n]'],
  [2, '{\n  "a": 01\n}'],
  [2, '{\n  "a": "tab\t"\n}'],
  [2, '{\n  "a": "not closed\n}'],
  [2, "{\n  'a': 1\n}"],
  [1, '// comment\n{}'],
  [3, '{}\n\n{}'],
  [4, '{\n  "a": {\n  "b": 1\n'],
  [2, '{ "a":\n}'],
] as const) {
  test(`line ${line} of ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => parseJson(text, 'x.json'),
      (error: unknown) =>
        error instanceof UsageError && error.message.startsWith(`x.json:${line}: not valid JSON: `),
    );
  });
}

test.run();
