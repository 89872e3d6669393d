import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, fusionlint, type Outcome } from './support/cli.ts';
import { folderWith } from './support/folder.ts';

const CALL = "fetch('https://fusion.adobe.io/api/v3/teams');\n";

// ------------------------------------------------------------------ what is loaded

/** The built command without the compiler: what needs it fails. */
const lame = folderWith({});
cpSync(path.dirname(CLI), path.join(lame, 'dist'), { recursive: true });
cpSync(path.resolve(CLI, '../../package.json'), path.join(lame, 'package.json'));
for (const file of readdirSync(path.join(lame, 'dist/chunks')))
  if (file.startsWith('compiler-')) rmSync(path.join(lame, 'dist/chunks', file));
const lameCli = path.join(lame, 'dist/cli.js');

for (const [what, words, code] of [
  ['--version', ['--version'], 0],
  ['--help', ['--help'], 0],
  ['the list of rules', ['rules'], 0],
  ['a wrong option', ['--no-such-option'], 2],
  ['a wrong configuration', ['--config', 'wrong.json'], 2],
  ['a project that calls no service', ['.'], 0],
] as const) {
  test(`${what} needs no compiler`, async () => {
    const project = folderWith({
      'a.ts': "fetch('https://example.com');\n",
      'wrong.json': '{ "rules": { "no-such-rule": "off" } }',
    });
    const { code: actual, stderr } = await fusionlint(words, { cwd: project, cli: lameCli });
    assert.is(actual, code, stderr);
    assert.not.match(stderr, 'internal error');
  });
}

test('a project that calls a service needs it', async () => {
  const { code, stderr } = await fusionlint(['.'], { cwd: folderWith({ 'a.ts': CALL }), cli: lameCli });
  assert.is(code, 2);
  assert.match(stderr, /internal error.*compiler-/);
});

// ------------------------------------------------------------------ what is kept

/** Node 22.1 keeps what it compiles by itself, in a folder of each version. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => path.join(folder, file))
    .filter((file) => statSync(file).isFile());
}

function lintWith(cache: string, cwd: string): Promise<Outcome> {
  // Each system has its own place for caches.
  const env = { HOME: cache, XDG_CACHE_HOME: cache, LOCALAPPDATA: cache };
  return fusionlint(['--format', 'json', '.'], { cwd, env });
}

function kept(cache: string): string {
  return process.platform === 'darwin'
    ? path.join(cache, 'Library/Caches/fusionlint')
    : path.join(cache, 'fusionlint');
}

function answer({ code, stdout }: Outcome): unknown {
  const { stats, ...result } = JSON.parse(stdout);
  return { code, result, stats: { ...stats, durationMs: 0 } };
}

test('compiled code is kept for the user alone, and broken or not, it answers the same', async () => {
  const project = folderWith({ 'a.ts': CALL });
  const cache = folderWith({});
  const first = await lintWith(cache, project);
  assert.is(first.code, 1, first.stderr);
  const files = filesBelow(kept(cache));
  assert.ok(files.length > 0);
  if (process.platform !== 'win32') assert.is(statSync(kept(cache)).mode & 0o077, 0);
  assert.equal(answer(await lintWith(cache, project)), answer(first));
  for (const file of files) writeFileSync(file, 'not what was written');
  assert.equal(answer(await lintWith(cache, project)), answer(first));
});

test('nothing is kept where others can write, nor in a folder that is linted', async () => {
  const project = folderWith({ 'a.ts': CALL });
  const shared = folderWith({});
  mkdirSync(kept(shared), { recursive: true });
  chmodSync(kept(shared), 0o777);
  assert.is((await lintWith(shared, project)).code, 1);
  if (process.platform !== 'win32') assert.equal(filesBelow(kept(shared)), []);
  assert.is((await lintWith(project, project)).code, 1);
  assert.not(existsSync(kept(project)));
});

test('a cache folder that cannot be made changes nothing', async () => {
  const project = folderWith({ 'a.ts': CALL });
  const place = folderWith({ 'a-file': '' });
  const { code, stderr } = await lintWith(path.join(place, 'a-file'), project);
  assert.is(code, 1, stderr);
  assert.is(stderr, '');
});

test.run();
