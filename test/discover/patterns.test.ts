import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { globFolder, isGlob } from '../../src/discover/glob.ts';
import { expandBraces, gitignores } from '../../src/discover/patterns.ts';

test('braces', () => {
  assert.equal(expandBraces('src/*.ts'), ['src/*.ts']);
  assert.equal(expandBraces('{a,b}/*.{js,ts}'), ['a/*.js', 'a/*.ts', 'b/*.js', 'b/*.ts']);
  assert.equal(expandBraces('{a,{b,c}}'), ['a', 'b', 'a', 'c']);
  assert.equal(expandBraces('{a}'), ['{a}']);
});

test('the folder before the magic', () => {
  assert.is(globFolder('src/lib/*.ts'), 'src/lib');
  assert.is(globFolder('*.ts'), '.');
  assert.is(globFolder('/srv/*/x'), '/srv');
  assert.is(globFolder('/*.ts'), '/');
  assert.ok(isGlob('{a,b}'));
  assert.not(isGlob('src/lib.ts'));
});

test('a nested .gitignore in a folder with magic characters in its name', () => {
  const rules = gitignores(new Map([['app/[id]', '*.gen.ts\n']]));
  assert.ok(rules.ignores('app/[id]/a.gen.ts'));
  assert.not(rules.ignores('app/i/a.gen.ts'));
});

test.run();
