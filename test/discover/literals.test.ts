import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { entriesOf } from '../../src/discover/literals.ts';

const read = (text: string) =>
  entriesOf(text, 'env').map(({ path, expression }) => `${path.join('.')} = ${expression.trim()}`);

test('names and values, nested and quoted', () => {
  assert.equal(
    read(`export default { a: 1, env: { B: 'b', "C": c || 'd', e: { F: g('h, }', [i]) } }, j: 'k' }`),
    ["B = 'b'", "C = c || 'd'", "e.F = g ('h, }' , [i ] )"],
  );
});

test('neither comments nor what only looks like an entry', () => {
  assert.equal(read(`// env: { A: 'a' }\n/* env: { B: 'b' } */ const s = "env: { C: 'c' }";`), []);
  assert.equal(
    read(
      `({ env: { /* A: 1, */ B: 'https://b.example', // C: 1\n ...rest, d() { return { E: 1 } }, [f]: 2 } })`,
    ),
    ["B = 'https://b.example'"],
  );
});

test('a text that ends too early', () => {
  assert.equal(read("env: { A: 'a', b: { C: f('c'"), ["A = 'a'", "b.C = f ('c'"]);
  assert.equal(read('env: {'), []);
});

test.run();
