import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { docsUrl } from '../src/docs.ts';
import { fusionlint } from './support/cli.ts';
import { folderWith, repositoryWith, writeFiles } from './support/folder.ts';

const CALL = "fetch('https://fusion.adobe.io/api/v3/scenarios');\n";
const WARNED =
  "fetch('https://fusion.adobe.io/api/v3/no-such', { headers: { Authorization: 'Bearer ' + t, 'x-api-key': k, 'x-organization-id': o, 'x-gw-region': r } });\n";

function read(...names: string[]): string {
  return readFileSync(path.join(...names), 'utf8');
}

test('several reports at once, one of them on standard output', async () => {
  const cwd = folderWith({ 'a.ts': CALL });
  const words = ['--format', 'sarif:out.sarif', '--format', 'unix', '--format=junit:./out:1.xml'];
  const { code, stdout, stderr } = await fusionlint(words, { cwd });
  assert.is(code, 1);
  assert.is(stderr, '');
  assert.match(stdout, /^a\.ts:1:1: .* \[error\/required-headers\]\n$/);
  const [run] = JSON.parse(read(cwd, 'out.sarif')).runs;
  assert.is(run.results.length, 1);
  assert.is(run.invocations[0].exitCode, 1);
  assert.match(run.tool.driver.rules[0].help.markdown, /^# required-headers\n/);
  assert.match(read(cwd, 'out:1.xml'), '<failure type="error"');
  assert.equal(readdirSync(cwd).sort(), ['a.ts', 'out.sarif', 'out:1.xml']);
});

test('without a report on standard output, the errors are counted', async () => {
  const cwd = folderWith({ 'a.ts': CALL });
  assert.equal(await fusionlint(['--format', 'sarif:out.sarif'], { cwd }), {
    code: 1,
    stdout: '',
    stderr: 'fusionlint: 1 error\n',
  });
});

test('a file that turns out not to be writable: 2, and the others are written', async () => {
  if (!existsSync('/dev/full')) return;
  const cwd = folderWith({ 'a.ts': CALL });
  const words = ['--format', 'json:/dev/full', '--format', 'sarif:out.sarif', '--format', 'unix'];
  const { code, stdout, stderr } = await fusionlint(words, { cwd });
  assert.is(code, 2);
  assert.match(stderr, /^fusionlint: --format json:\/dev\/full: ENOSPC/);
  assert.match(stdout, /^a\.ts:1:1: /);
  assert.is(JSON.parse(read(cwd, 'out.sarif')).version, '2.1.0');
});

test('files are named from the top of the repository where they are looked for from there', async () => {
  const top = repositoryWith({ 'packages/api/a.ts': CALL });
  const cwd = path.join(top, 'packages/api');
  const { stdout } = await fusionlint(['--format', 'github', '--format', 'gitlab:q.json'], { cwd });
  assert.match(stdout, /^::error file=packages\/api\/a\.ts,line=1,/);
  assert.is(JSON.parse(read(cwd, 'q.json'))[0].location.path, 'packages/api/a.ts');
  assert.match((await fusionlint(['--format', 'unix'], { cwd })).stdout, /^a\.ts:1:1:/);
});

const ACTIONS = { GITHUB_ACTIONS: 'true' };

test('in GitHub Actions: the report, annotations, and a summary behind what stands there', async () => {
  const cwd = folderWith({ 'a.ts': CALL });
  const summaries = folderWith({ 'summary.md': 'Before\n' });
  const summary = path.join(summaries, 'summary.md');
  const env = {
    ...ACTIONS,
    GITHUB_STEP_SUMMARY: summary,
    GITHUB_SERVER_URL: 'https://github.example',
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_SHA: '0123abc',
  };
  const { code, stdout, stderr } = await fusionlint([], { cwd, env });
  assert.is(code, 1);
  assert.is(stderr, '');
  assert.match(stdout, /^a\.ts {2}1 error\n.*\n::error file=a\.ts,line=1,endLine=1,col=1,/s);
  assert.match(read(summary), /^Before\n### fusionlint: 1 error\n/);
  assert.ok(read(summary).includes('(https://github.example/acme/shop/blob/0123abc/a.ts#L1)'));
});

test('in GitHub Actions, who names a format or a file gets that and nothing else', async () => {
  const cwd = folderWith({ 'a.ts': CALL });
  const summary = path.join(folderWith({}), 'summary.md');
  const env = { ...ACTIONS, GITHUB_STEP_SUMMARY: summary };
  for (const words of [
    ['--format', 'pretty'],
    ['--output', 'r.txt'],
  ]) {
    const { stdout } = await fusionlint(words, { cwd, env });
    assert.not.match(stdout, '::error');
    assert.not(existsSync(summary));
  }
  assert.not.match((await fusionlint([], { cwd })).stdout, '::error');
});

test('a summary that cannot be written is told of and fails nothing', async () => {
  const cwd = folderWith({ 'a.ts': 'export {};\n' });
  mkdirSync(path.join(cwd, 'summary'));
  const env = { ...ACTIONS, GITHUB_STEP_SUMMARY: path.join(cwd, 'summary') };
  const { code, stderr } = await fusionlint([], { cwd, env });
  assert.is(code, 0);
  assert.match(stderr, /^fusionlint: no job summary: EISDIR/);
});

test('the gate that fails is named', async () => {
  const cwd = folderWith({ 'a.ts': WARNED });
  const failed = async (...words: string[]) => {
    const { code, stderr } = await fusionlint(['--format', 'unix', ...words], { cwd });
    return [code, stderr];
  };
  assert.equal(await failed(), [0, '']);
  assert.equal(await failed('--fail-on', 'warn'), [1, 'fusionlint: 1 warning, and --fail-on warn\n']);
  assert.equal(await failed('--max-warnings', '0'), [
    1,
    'fusionlint: 1 warning, more than --max-warnings 0\n',
  ]);
  writeFiles(cwd, { 'b.ts': "fetch('https://fusion.adobe.io/api/v3/teams', { headers: read() });\n" });
  const [code, told] = await failed('--max-unknown', '0');
  assert.is(code, 1);
  assert.match(String(told), /^fusionlint: \d+ unknown, more than --max-unknown 0\n$/);
});

test('links for a terminal: the rule to its page, places to their files; none in a pipe', async () => {
  const cwd = folderWith({ 'a b.ts': CALL });
  const { stdout } = await fusionlint([], { cwd, env: { FORCE_HYPERLINK: '1' } });
  const file = pathToFileURL(path.join(cwd, 'a b.ts')).href;
  assert.ok(stdout.includes(`\x1b]8;;${file}\x1b\\a b.ts:1:1\x1b]8;;\x1b\\`), stdout);
  const page = docsUrl('required-headers');
  assert.ok(stdout.includes(`\x1b]8;;${page}\x1b\\required-headers\x1b]8;;\x1b\\`), stdout);
  assert.not.match((await fusionlint(['--color'], { cwd })).stdout, '\x1b]8');
  await fusionlint(['--output', 'r.txt'], { cwd, env: { FORCE_HYPERLINK: '1' } });
  assert.not.match(read(cwd, 'r.txt'), '\x1b]8');
});

test('no credential is in any report', async () => {
  const secret = 'not-a-real-5ecret-key-1234567890';
  const cwd = folderWith({
    'a.ts': `fetch('http://localhost:9011/api/user/1', { headers: { Authorization: '${secret}' } });\n`,
  });
  const formats = ['json', 'sarif', 'github', 'gitlab', 'junit', 'checkstyle', 'markdown', 'unix'];
  const words = formats.flatMap((format) => ['--format', `${format}:r.${format}`]);
  const { stdout, stderr } = await fusionlint([...words, '--format', 'pretty'], { cwd });
  for (const text of [stdout, stderr, ...formats.map((format) => read(cwd, `r.${format}`))])
    assert.not.match(text, /5ecret/);
  assert.match(read(cwd, 'r.unix'), 'no-hardcoded-credentials');
});

test.run();
