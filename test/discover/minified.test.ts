import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { looksMinified } from '../../src/discover/minified.ts';

const SOURCE = readFileSync(new URL('../../src/discover/files.ts', import.meta.url), 'utf8');
const MINIFIED = 'function a(b,c){return fetch(b,{headers:{d:c}})};'.repeat(100);

test('a bundle on one line, and one with a licence above it', () => {
  assert.ok(looksMinified(MINIFIED));
  assert.ok(looksMinified(`/*! Licence\n * of the thing\n */\n${MINIFIED}\n//# sourceMappingURL=x.js.map\n`));
});

test('code that a person writes', () => {
  assert.not(looksMinified(''));
  assert.not(looksMinified('const a = 1;'));
  assert.not(looksMinified(SOURCE));
  assert.not(looksMinified(SOURCE.replace(/\n/g, '\r\n')));
});

test('code with a long piece of data', () => {
  assert.not(
    looksMinified(`const picture = '${'iVBORw0KGgoAAAANSUhEUgAA'.repeat(2000)}';\nfetch(picture);\n`),
  );
  assert.not(looksMinified(`${SOURCE}\nconst table = [${'1, '.repeat(500)}];\n`));
});

test.run();
