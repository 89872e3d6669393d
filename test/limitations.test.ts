import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { examplesOf } from './support/examples.ts';
import { checkProject } from './support/fixtures.ts';
import { folderWith } from './support/folder.ts';

// The examples of docs/limitations.md are fixtures: what they say of themselves must hold.

const PAGE = 'docs/limitations.md';
const page = readFileSync(new URL(`../${PAGE}`, import.meta.url), 'utf8');

const examples = examplesOf(page);

test('every example shows what fusionlint makes of it', async () => {
  assert.ok(examples.length >= 10);
  const files = Object.assign({}, ...examples.map((each) => each.files));
  assert.equal(await checkProject(folderWith(files)), []);
});

test('every limitation but those of whole files and of the world has an example', () => {
  const bold = [...page.matchAll(/^\*\*[^*]+\*\*/gm)].length;
  const without = ['Files that are not read', 'The service has changed'];
  assert.is(examples.length, bold - without.length);
});

test.run();
