import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkProject } from './support/fixtures.ts';
import { folderWith } from './support/folder.ts';

// The examples of docs/limitations.md are fixtures: what they say of themselves must hold.

const PAGE = 'docs/limitations.md';
const page = readFileSync(new URL(`../${PAGE}`, import.meta.url), 'utf8');

/** Each example as a file of its own, at the lines at which it stands on the page. */
function examples(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { index, groups } of page.matchAll(/^```(?<kind>[a-z]+)\n(?<code>.*?)^```$/gms)) {
    const lines = page.slice(0, index).split('\n').length;
    files[`line-${lines}.${groups?.kind}`] = `${'\n'.repeat(lines)}${groups?.code}`;
  }
  return files;
}

test('every example shows what fusionlint makes of it', async () => {
  const files = examples();
  assert.ok(Object.keys(files).length >= 10);
  assert.equal(await checkProject(folderWith(files)), []);
});

test('every limitation but those of whole files and of the world has an example', () => {
  const bold = [...page.matchAll(/^\*\*[^*]+\*\*/gm)].length;
  const without = ['Files that are not read', 'The service has changed'];
  assert.is(Object.keys(examples()).length, bold - without.length);
});

test.run();
