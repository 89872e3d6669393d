import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rules } from '../rules/index.ts';
import { docsUrl, pageOf } from '../src/docs.ts';
import { fusionlint } from './support/cli.ts';
import { folderWith } from './support/folder.ts';

// What the command tells of the rules: `fusionlint rules` and `fusionlint explain RULE`.

const cwd = folderWith({});
const configured = folderWith({ 'fusionlint.config.json': '{ "rules": { "required-headers": "off" } }' });

async function ask(words: readonly string[], folder = cwd): Promise<string> {
  const { code, stdout, stderr } = await fusionlint(words, { cwd: folder });
  assert.is(stderr, '');
  assert.is(code, 0);
  return stdout;
}

test('rules lists every rule, in any format', async () => {
  const [pretty, markdown, json] = await Promise.all([
    ask(['rules']),
    ask(['rules', '--format', 'markdown']),
    ask(['rules', '--format', 'json']),
  ]);
  const data = JSON.parse(json);
  assert.is(data.schemaVersion, 1);
  assert.is(data.config, null);
  assert.equal(
    data.rules.map(({ id, docs }: { id: string; docs: string }) => [id, docs]),
    rules.map(({ id }) => [id, docsUrl(id)]),
  );
  for (const { id, summary } of rules) {
    assert.match(pretty, new RegExp(`^${id} +(?:error|warn) `, 'm'));
    assert.ok(markdown.includes(`| [${id}](${docsUrl(id)}) |`), id);
    assert.ok(markdown.includes(summary), id);
  }
});

test('rules shows what the configuration sets, or one that is named, or none', async () => {
  const settings = async (...words: string[]) =>
    JSON.parse(await ask(['rules', '--format=json', ...words], configured)).rules[0].setting;
  assert.is(await settings(), 'off');
  assert.is(await settings('--no-config'), 'error');
  assert.match(await ask(['rules'], configured), /^required-headers +off /m);
});

test('explain prints the page of every rule', async () => {
  for (const { id, summary } of rules) {
    const text = await ask(['explain', id]);
    assert.ok(text.startsWith(`${id}\n\n  `), id);
    assert.ok(text.replace(/\s+/g, ' ').includes(`${summary}.`), id);
    assert.ok(text.endsWith(`Page: ${docsUrl(id)}\n`), id);
    assert.not(text.includes('\x1b') || text.includes(']('), id);
  }
});

test('explain gives a page as it is, or as data', async () => {
  const page = readFileSync(new URL(`../${pageOf('required-headers')}`, import.meta.url), 'utf8');
  assert.is(await ask(['explain', 'required-headers', '--format', 'markdown']), page);
  const {
    id,
    docs,
    severity,
    page: text,
  } = JSON.parse(await ask(['explain', 'required-headers', '--format=json']));
  assert.equal([id, docs, severity], ['required-headers', docsUrl('required-headers'), 'error']);
  assert.is(text, page);
});

test('a page with colours, and one in a file without', async () => {
  assert.match(await ask(['explain', 'required-headers', '--color']), '\x1b[1m');
  const folder = folderWith({});
  assert.is(await ask(['explain', 'required-headers', '--output', 'page.txt'], folder), '');
  assert.is(readFileSync(`${folder}/page.txt`, 'utf8'), await ask(['explain', 'required-headers']));
});

const MISTAKES: readonly [words: readonly string[], message: string][] = [
  [
    ['explain', 'requird-header'],
    'there is no rule "requird-header"; did you mean "required-headers"? (fusionlint rules lists them)',
  ],
  [['explain', 'nonsense'], 'there is no rule "nonsense" (fusionlint rules lists them)'],
  [['explain', 'required-headers', '--as-of', '2026-07-01'], 'explain RULE takes no --as-of'],
  [
    ['explain', 'required-headers', '--format', 'xml'],
    'unknown format "xml" (formats: pretty, json, markdown)',
  ],
  [
    ['rules', 'src'],
    'rules takes no path: it lists the rules (for a folder named rules: fusionlint ./rules)',
  ],
  [['rules', '--quiet'], 'rules takes no --quiet'],
  [['rules', '--config', 'x.json'], 'there is no config file x.json'],
];

for (const [words, message] of MISTAKES) {
  test(`fusionlint ${words.join(' ')}: 2 and what is wrong`, async () => {
    assert.equal(await fusionlint(words, { cwd }), {
      code: 2,
      stdout: '',
      stderr: `fusionlint: ${message}\n`,
    });
  });
}

test.run();
