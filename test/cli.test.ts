import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CLI, fusionlint } from './support/cli.ts';
import { folderWith, repositoryWith } from './support/folder.ts';

const CLEAN = { 'src/a.ts': 'export const a = 1;\n' };
const clean = folderWith(CLEAN);

test('nothing to report: 0', async () => {
  const { code, stdout, stderr } = await fusionlint([], { cwd: clean });
  assert.is(stderr, '');
  assert.is(code, 0);
  assert.ok(stdout.endsWith('\n'));
});

test('a call without its headers: 1', async () => {
  const cwd = repositoryWith({ 'a.ts': "fetch('https://fusion.adobe.io/api/v3/scenarios');\n" });
  const { code, stdout } = await fusionlint(['--format', 'json'], { cwd });
  assert.is(JSON.parse(stdout).findings[0].ruleId, 'required-headers');
  assert.is(code, 1);
});

test('a file that does not parse is told of, and does not fail the run', async () => {
  const cwd = folderWith({ 'a.ts': "fetch('https://fusion.adobe.io/'; const = {\n" });
  const { code, stdout } = await fusionlint(['--format=json'], { cwd });
  assert.is.not(code, 2);
  assert.is(JSON.parse(stdout).problems[0].kind, 'syntax');
});

test('a file that is nested beyond measure is named, and the others are linted', async () => {
  const deep = `// fusion.adobe.io\nexport const list = ${'['.repeat(5000)}${']'.repeat(5000)};\n`;
  const cwd = folderWith({ 'deep.ts': deep, 'good.ts': "fetch('https://fusion.adobe.io/api/v3/teams');\n" });
  const { code, stdout, stderr } = await fusionlint(['--format=json'], { cwd });
  const { callSites, problems } = JSON.parse(stdout);
  assert.is(code, 1);
  assert.is(stderr, '');
  assert.equal(
    callSites.map((each: { id: string }) => each.id),
    ['good.ts:1:1'],
  );
  assert.match(problems[0].message, /^deep\.ts: nested too deeply/);
});

const PAGE = [
  '# Users',
  '',
  '- > ```js',
  "  > fetch('http://localhost:9011/api/user/1');",
  '  > ```',
  '',
  '```js',
  'const fusionauth = ...',
  '```',
  '',
].join('\n');

test('code blocks of Markdown pages on request, with their own lines', async () => {
  const cwd = folderWith({ 'docs/users.md': PAGE, 'a.ts': '' });
  assert.equal(JSON.parse((await fusionlint(['--format=json'], { cwd })).stdout).findings, []);
  const { code, stdout } = await fusionlint(['--markdown'], { cwd });
  assert.is(code, 1);
  assert.ok(stdout.includes('╭─ docs/users.md:4:5\n'), stdout);
  assert.ok(stdout.includes("4 │   > fetch('http://localhost:9011/api/user/1');\n"), stdout);
  const lines = stdout.split('\n');
  const mark = lines.findIndex((line) => line.trim() === '^'.repeat(41));
  assert.is(lines[mark]?.indexOf('^'), lines[mark - 1]?.indexOf('fetch('));
  assert.match(stdout, /^1 code block left out/m);
  const json = JSON.parse((await fusionlint(['--markdown', '--format=json'], { cwd })).stdout);
  assert.equal(json.problems, []);
  assert.is(json.stats.blocksLeftOut, 1);
});

test('a Markdown page that is named without --markdown', async () => {
  const cwd = folderWith({ 'docs/users.md': PAGE, 'a.ts': '' });
  for (const named of ['docs/users.md', 'docs/*.md']) {
    const { code, stderr } = await fusionlint([named, 'a.ts'], { cwd });
    assert.is(code, 2);
    assert.is(
      stderr,
      `fusionlint: ${named} is Markdown; with --markdown, the code blocks in it are linted\n`,
    );
  }
  const { code, stderr } = await fusionlint(['docs'], { cwd });
  assert.is(code, 2);
  assert.match(stderr, /^fusionlint: nothing to lint in docs\n.*--markdown/s);
});

test('no secret of an environment file reaches a report', async () => {
  const secret = 'not-a-real-5ecret';
  const cwd = folderWith({
    '.env': [
      `API_KEY=${secret}`,
      `ACCOUNTS=https://user:${secret}@acme.fusionauth.io/?token=${secret}`,
      `HOOK=https://acme.fusionauth.io/hooks/${secret}`,
      `JOINED=https://acme.fusionauth.io/\${API_KEY}`,
    ].join('\n'),
    'next.config.js': `module.exports = { env: { SHOP: 'https://acme.fusionauth.io/${secret}' } };`,
    'a.js': ['ACCOUNTS', 'HOOK', 'JOINED', 'API_KEY', 'SHOP']
      .map(
        (name) =>
          `fetch(process.env.${name} + '/api/user/1', { headers: { 'x-key': process.env.API_KEY } });\n`,
      )
      .join(''),
  });
  const { stdout } = await fusionlint(['--format=json'], { cwd });
  const { callSites } = JSON.parse(stdout);
  assert.equal(
    callSites.map((each: { evidence: string }) => each.evidence),
    ['ACCOUNTS is https://acme.fusionauth.io in .env'],
  );
  const pretty = await fusionlint([], { cwd });
  for (const text of [stdout, pretty.stdout, pretty.stderr]) assert.not.match(text, /5ecret/);
});

test('a report that cannot be written is a failed run, not findings', async () => {
  if (!existsSync('/dev/full')) return;
  const cwd = folderWith({ 'a.ts': "fetch('https://fusion.adobe.io/api/v3/teams');\n" });
  const { status, stderr } = spawnSync('sh', ['-c', '"$0" "$1" > /dev/full', process.execPath, CLI], {
    cwd,
    encoding: 'utf8',
  });
  assert.is(status, 2);
  assert.match(stderr, /^fusionlint: can't write the report: /);
});

test('--version', async () => {
  const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  for (const option of ['--version', '-v']) {
    assert.equal(await fusionlint([option], { cwd: clean }), {
      code: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  }
});

test('--help fits 80 columns and names every option', async () => {
  const { code, stdout, stderr } = await fusionlint(['--help'], { cwd: clean });
  assert.is(code, 0);
  assert.is(stderr, '');
  const lines = stdout.split('\n');
  assert.ok(lines.length <= 31, `${lines.length} lines`);
  for (const line of lines) assert.ok(line.length <= 80, line);
  for (const option of [
    'format',
    'output',
    'config',
    'no-config',
    'baseline',
    'no-baseline',
    'quiet',
    'stats',
    'fail-on',
    'max-warnings',
    'max-unknown',
    'as-of',
    'no-color',
  ]) {
    assert.match(stdout, `--${option}`);
  }
});

for (const command of ['explain', 'rules', 'contract', 'baseline', 'suppress']) {
  test(`${command} --help fits a small terminal and says what the command is for`, async () => {
    const { code, stdout, stderr } = await fusionlint([command, '--help'], { cwd: clean });
    assert.is(code, 0);
    assert.is(stderr, '');
    assert.ok(stdout.startsWith(`Usage: fusionlint ${command}`), stdout);
    const lines = stdout.split('\n');
    assert.ok(lines.length <= 31, `${lines.length} lines`);
    for (const line of lines) assert.ok(line.length <= 80, line);
    assert.match(
      (await fusionlint(['--help'], { cwd: clean })).stdout,
      new RegExp(`Commands:.*\\b${command}\\b`),
    );
  });
}

function shell(script: string, env: Readonly<Record<string, string>> = {}) {
  return spawnSync('sh', ['-c', script], {
    cwd: clean,
    env: { PATH: process.env.PATH, NODE: process.execPath, CLI, ...env },
    encoding: 'utf8',
  });
}

const MISTAKES: readonly [words: readonly string[], message: string][] = [
  [['--formt', 'json'], 'unknown option "--formt"; did you mean "--format"? (fusionlint --help lists them)'],
  [['--nonsense'], 'unknown option "--nonsense" (fusionlint --help lists them)'],
  [['-x'], 'unknown option "-x" (fusionlint --help lists them)'],
  [['--constructor'], 'unknown option "--constructor" (fusionlint --help lists them)'],
  [
    ['--format', 'sarf'],
    'unknown format "sarf"; did you mean "sarif"? (formats: pretty, json, sarif, github, gitlab, junit, checkstyle, markdown, unix)',
  ],
  [
    ['--format=jsn'],
    'unknown format "jsn"; did you mean "json"? (formats: pretty, json, sarif, github, gitlab, junit, checkstyle, markdown, unix)',
  ],
  [['--format'], '--format needs a value'],
  [['--format', '--quiet'], '--format needs a value'],
  [['--output='], '--output needs a value'],
  [['--quiet=yes'], '--quiet takes no value'],
  [['--max-warnings', 'few'], '--max-warnings must be a whole number from 0, not "few"'],
  [['--max-warnings', '-1'], '--max-warnings must be a whole number from 0, not "-1"'],
  [['--max-warnings=1.5'], '--max-warnings must be a whole number from 0, not "1.5"'],
  [['--as-of', '2026-02-30'], '--as-of must be a day written YYYY-MM-DD, not "2026-02-30"'],
  [['--fix', '--staged'], '--fix edits the work tree, so it takes no --staged'],
  [['--since', 'main', '--fix-dry-run'], '--fix edits the work tree, so it takes no --since'],
  [['scr'], 'there is no file or folder scr'],
  [['--', '--quiet'], 'there is no file or folder --quiet'],
  [['lib/**'], 'no file matches lib/**'],
  [['../not-there'], 'there is no file or folder ../not-there'],
  [['--config', 'lint.json'], 'there is no config file lint.json'],
  [['--output', 'reports/x.json'], '--output reports/x.json: there is no folder reports'],
  [['--output', 'src'], '--output src: this is a folder'],
  [['--format', 'sarif:reports/x'], '--format sarif:reports/x: there is no folder reports'],
  [['--format', 'pretty', '--format', 'sarif:src'], '--format sarif:src: this is a folder'],
  [['--fail-on', 'never'], '--fail-on must be one of error, warn, unknown, not "never"'],
  [['--max-unknown', 'x'], '--max-unknown must be a whole number from 0, not "x"'],
  [
    ['--format', 'json', '--format', 'unix'],
    'json and unix would both go to standard output; give one a file of its own: --format json:FILE',
  ],
];

for (const [words, message] of MISTAKES) {
  test(`fusionlint ${words.join(' ')}: 2 and what is wrong`, async () => {
    const outcome = await fusionlint(words, { cwd: clean });
    assert.equal(outcome, { code: 2, stdout: '', stderr: `fusionlint: ${message}\n` });
  });
}

test('a wrong config: 2, and one that is not used does not matter', async () => {
  const cwd = folderWith({ ...CLEAN, 'fusionlint.config.json': '{ "rule": {} }' });
  assert.equal(await fusionlint([], { cwd }), {
    code: 2,
    stdout: '',
    stderr: 'fusionlint: fusionlint.config.json: unknown key "rule"; did you mean "rules"?\n',
  });
  assert.is((await fusionlint(['--no-config'], { cwd })).code, 0);
});

test('nothing to lint: 2, with what to check', async () => {
  const { code, stdout, stderr } = await fusionlint([], {
    cwd: folderWith({ 'README.md': '', 'dist/a.js': '' }),
  });
  assert.is(code, 2);
  assert.is(stdout, '');
  assert.match(stderr, /^fusionlint: nothing to lint in \.\n/);
  assert.match(stderr, 'build output');
});

test('the options reach the run and the report', async () => {
  const { code, stdout } = await fusionlint(['--format=json', '--as-of', '2026-07-01', '--quiet', 'src'], {
    cwd: clean,
  });
  assert.is(code, 0);
  assert.is(JSON.parse(stdout).asOf, '2026-07-01');
  assert.is(JSON.parse(stdout).stats.filesDiscovered, 1);
});

test('the last of several options counts', async () => {
  const words = ['--format', 'json', '--as-of', '2026-01-01', '--as-of', '2026-07-01'];
  const { stdout } = await fusionlint(words, { cwd: clean });
  assert.is(JSON.parse(stdout).asOf, '2026-07-01');
});

test('a folder and a file elsewhere are linted from their own place', async () => {
  const cwd = folderWith({});
  for (const named of [clean, path.join(clean, 'src/a.ts')]) {
    const { code, stdout } = await fusionlint(['--format=json', named], { cwd });
    assert.is(code, 0);
    assert.is(JSON.parse(stdout).stats.filesDiscovered, 1);
  }
});

test('--output writes the file whole and nothing to standard output', async () => {
  const cwd = folderWith({ ...CLEAN, 'report.json': 'old' });
  symlinkSync('report.json', path.join(cwd, 'link.json'));
  for (const file of ['report.json', 'new.json', 'link.json']) {
    assert.equal(await fusionlint(['--format=json', '--output', file], { cwd }), {
      code: 0,
      stdout: '',
      stderr: '',
    });
    assert.is(JSON.parse(readFileSync(path.join(cwd, file), 'utf8')).schemaVersion, 1);
  }
  assert.equal(readdirSync(cwd).sort(), ['link.json', 'new.json', 'report.json', 'src']);
});

test('--output to a device writes to it', () => {
  if (!existsSync('/dev/stdout')) return;
  assert.is(
    JSON.parse(shell(`"$NODE" "$CLI" --format json --output /dev/stdout | cat`).stdout).schemaVersion,
    1,
  );
});

test('--output to a folder that cannot be written', async () => {
  // Nothing is forbidden to root.
  if (process.platform === 'win32' || process.getuid?.() === 0) return;
  const cwd = folderWith({ ...CLEAN, 'locked/x': '' });
  chmodSync(path.join(cwd, 'locked'), 0o500);
  const { code, stderr } = await fusionlint(['--output', 'locked/r.txt'], { cwd });
  assert.is(code, 2);
  assert.match(stderr, /^fusionlint: --output locked\/r\.txt: /);
});

test('color: none when piped, FORCE_COLOR and --color ask for it, the option wins', async () => {
  const colored = async (words: readonly string[], env: Record<string, string>) => {
    const cwd = folderWith({ 'a.ts': "fetch('https://fusion.adobe.io/api/v3/scenarios');\n" });
    return (await fusionlint(words, { cwd, env })).stdout.includes('\x1b[');
  };
  assert.not(await colored([], {}));
  assert.ok(await colored(['--color'], { NO_COLOR: '1' }));
  assert.ok(await colored([], { FORCE_COLOR: '1' }));
  assert.not(await colored(['--no-color'], { FORCE_COLOR: '1' }));
});

test('a reader that goes away is no crash', () => {
  if (process.platform === 'win32') return;
  const { status, stderr } = shell(`{ "$NODE" "$CLI" --format json; echo "code $?" >&2; } | true`);
  assert.is(status, 0);
  assert.is(stderr, 'code 0\n');
});

test('an internal error is one line, and a stack only for who asks', () => {
  if (process.platform === 'win32') return;
  // A working folder that has gone is the one thing that no code here expects.
  const script = 'mkdir gone && cd gone && rmdir ../gone && "$NODE" "$CLI"; echo "code $?"';
  const plain = shell(script);
  assert.is(plain.stdout, 'code 2\n');
  assert.match(plain.stderr, /^fusionlint: internal error: [^\n]+; please report it[^\n]+\n$/);
  assert.match(shell(script, { FUSIONLINT_DEBUG: '1' }).stderr, /\n {4}at /);
});

test('a script may be linted by a name with spaces', async () => {
  const cwd = folderWith({ 'my code/ä b.ts': 'export {};\n' });
  assert.is((await fusionlint(['my code/ä b.ts'], { cwd })).code, 0);
});

test('--stats tells where the time went, beside the report', async () => {
  const cwd = folderWith({ 'a.ts': "fetch('https://fusion.adobe.io/api/v3/teams');", 'b.ts': '' });
  const plain = await fusionlint(['--format', 'json', 'a.ts', 'b.ts'], { cwd });
  const told = await fusionlint(['--format', 'json', '--stats', 'a.ts', 'b.ts'], { cwd });
  const untimed = ({ stdout }: typeof plain) => stdout.replace(/"durationMs": \d+/, '');
  assert.is(untimed(told), untimed(plain));
  for (const stage of ['list', 'scan', 'graph', 'load', 'parse', 'evaluate', 'report', 'total'])
    assert.match(told.stderr, new RegExp(`^ +\\d+ ms  ${stage}$`, 'm'));
  assert.match(told.stderr, '1 parsed for 1 call sites, of 2 files');
});

test.run();
