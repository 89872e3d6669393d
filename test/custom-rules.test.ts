import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fusionlint } from './support/cli.ts';
import { checkProject } from './support/fixtures.ts';
import { folderWith } from './support/folder.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const EXAMPLE = path.join(ROOT, 'docs/example-rules');

test('the example finds what it says', async () => {
  assert.equal(await checkProject(EXAMPLE, 'no-plain-http'), []);
});

test('the test of the example passes', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', path.join(EXAMPLE, 'rules/no-plain-http.test.ts')],
    { cwd: ROOT, encoding: 'utf8' },
  );
  assert.is(status, 0, stdout + stderr);
});

test('docs/custom-rules.md shows the files of the example', () => {
  const page = readFileSync(path.join(ROOT, 'docs/custom-rules.md'), 'utf8');
  for (const file of ['rules/no-plain-http.ts', 'rules/no-plain-http.test.ts'])
    assert.ok(page.includes(readFileSync(path.join(EXAMPLE, file), 'utf8')), file);
});

test('explain tells of a rule of one of the configuration', async () => {
  const { code, stdout } = await fusionlint(['explain', 'no-plain-http'], { cwd: EXAMPLE });
  assert.is(code, 0);
  for (const part of ['no-plain-http', 'What it says', 'A rule of your own (customRules)'])
    assert.match(stdout, part);
  const mistyped = await fusionlint(['explain', 'no-plane-http'], { cwd: EXAMPLE });
  assert.is(mistyped.code, 2);
  assert.match(mistyped.stderr, 'did you mean "no-plain-http"?');
});

/** What the command says with a rule that does this for each call. */
async function outcomeOf(check: string) {
  const cwd = folderWith({
    'fusionlint.config.json': '{ "customRules": ["./rules/wrong.mjs"] }',
    'rules/wrong.mjs': `export default { id: 'wrong', severity: 'error', summary: 'A rule.', messages: { one: 'One.' }, ${check} };`,
    'src/a.ts':
      "\nfetch('http://localhost:9011/api/user/1', { headers: { Authorization: process.env.KEY } });\n",
  });
  return fusionlint([], { cwd });
}

const WHERE = 'fusionlint: the rule "wrong" failed on the call at src/a.ts:2:1: ';
const MORE = ' (FUSIONLINT_DEBUG=1 shows where)\n';

for (const [check, why] of [
  ["check() { throw new Error('no\\nluck'); }", 'no luck'],
  ["check() { throw 'text'; }", 'text'],
  [
    'check({ request }) { request.body.nothing.at(0); }',
    "Cannot read properties of undefined (reading 'at')",
  ],
  ["check({ report }) { report.violation('two', {}); }", 'it reports "two", which is none of its messages'],
  ['async check() {}', '"check" must not be asynchronous'],
  ["async check() { throw new Error('late'); }", '"check" must not be asynchronous'],
] as const) {
  test(`a rule that fails: 2, its name and the call (${why})`, async () => {
    assert.equal(await outcomeOf(check), { code: 2, stdout: '', stderr: `${WHERE}${why}${MORE}` });
  });
}

test('a configuration in TypeScript imports its rule, and explain and rules tell of it', async () => {
  const cwd = folderWith({
    'fusionlint.config.ts':
      "import rule from './rules/get-only.ts';\nexport default { customRules: [rule], rules: { 'get-only': 'warn' } };",
    'rules/get-only.ts': [
      "import { defineRule } from 'fusionlint';",
      'export default defineRule({',
      "  id: 'get-only', severity: 'error', summary: 'A call that writes',",
      "  messages: { writes: '{service} is read only here: {method} is not for us.' },",
      '  check({ request, contract, report }) {',
      "    if (request.method === 'GET') return report.satisfied('it reads');",
      "    report.violation('writes', { service: contract.title, method: String(request.method) });",
      '  },',
      '});',
    ].join('\n'),
    'a.ts':
      "fetch('http://localhost:9011/api/user/1', { method: 'DELETE', headers: { Authorization: process.env.KEY } });\n",
  });
  const { code, stdout, stderr } = await fusionlint(['a.ts'], { cwd });
  assert.is(stderr, '');
  assert.is(code, 0);
  assert.match(stdout, 'warning  get-only\n  FusionAuth is read only here: DELETE is not for us.\n');
  const explained = await fusionlint(['explain', 'a.ts:1'], { cwd });
  assert.match(explained.stdout, '✗ get-only');
  const { rules } = JSON.parse((await fusionlint(['rules', '--format=json'], { cwd })).stdout);
  const { id, severity, setting, docs } = rules.at(-1);
  assert.equal([id, severity, setting, docs], ['get-only', 'error', 'warn', undefined]);
});

test.run();
