import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lint } from '../src/index.ts';
import type { Finding } from '../src/request.ts';
import { CLI, fusionlint } from './support/cli.ts';
import { folderWith, git, repositoryWith, writeFiles } from './support/folder.ts';

// `--staged` and `--since` in real repositories; through the command where it adds something of its own.

const GOOD = `const KEY = process.env.KEY;
const TOKEN = process.env.TOKEN;

export function headers() {
  const all = new Headers();
  all.set('x-api-key', KEY);
  all.set('authorization', \`Bearer \${TOKEN}\`);
  all.set('x-gw-region', 'or2');
  all.set('x-organization-id', '123');
  return all;
}
`;
const LOST = GOOD.replace(/.*x-gw-region.*\n/, '');
const CALL = `import { headers } from './headers';

export const teams = () => fetch('https://fusion.adobe.io/api/v3/teams', { headers: headers() });
`;
const BAD = "fetch('https://fusion.adobe.io/api/v3/scenarios');\n";
const OLD = { 'src/headers.ts': GOOD, 'src/teams.ts': CALL, 'src/old.ts': `${BAD}export const a = 1;\n` };

type Limits = Partial<Parameters<typeof lint>[0]>;

const STAGED: Limits = { staged: true };

async function places(cwd: string, limits: Limits): Promise<string[]> {
  return [...new Set((await lint({ cwd, ...limits })).findings.map(placeOf))];
}

function placeOf({ location }: Finding): string {
  return `${location.file}:${location.startLine}`;
}

function stage(cwd: string, files: Readonly<Record<string, string>>): void {
  writeFiles(cwd, files);
  git(cwd, 'add', '--', ...Object.keys(files));
}

// ------------------------------------------------------------------ what is judged

test('what is staged is judged, not what the work tree has', async () => {
  const cwd = repositoryWith(OLD);
  stage(cwd, { 'src/new.ts': `// staged\n${BAD}` });
  writeFiles(cwd, { 'src/new.ts': '', 'src/unstaged.ts': BAD });
  const { findings, change } = await lint({ cwd, staged: true });
  assert.equal(findings.map(placeOf), ['src/new.ts:2']);
  assert.equal(change, { kind: 'staged', files: 1, hidden: 0 });
  const { stdout } = await fusionlint(['--staged'], { cwd });
  assert.match(stdout, /╭─ src\/new\.ts:2:1\n.*1 │ \/\/ staged\n.*2 │ fetch\(/s);

  stage(cwd, { 'src/new.ts': '' });
  writeFiles(cwd, { 'src/new.ts': BAD });
  assert.equal(await places(cwd, STAGED), []);
});

test('imports lead to what the index has', async () => {
  const cwd = repositoryWith({ 'src/a.ts': '' });
  writeFiles(cwd, { 'src/headers.ts': LOST });
  stage(cwd, { 'src/teams.ts': CALL });
  const { callSites } = await lint({ cwd, staged: true });
  assert.is(callSites[0]?.verdicts['required-headers'], 'unknown', 'the commit has no headers.ts');

  stage(cwd, { 'src/headers.ts': LOST });
  writeFiles(cwd, { 'src/headers.ts': GOOD });
  assert.equal(await places(cwd, STAGED), ['src/teams.ts:3']);

  git(cwd, 'commit', '--quiet', '--message', 'Headers');
  git(cwd, 'rm', '--quiet', '--cached', 'src/headers.ts');
  stage(cwd, { 'src/teams.ts': `${CALL}\n// no more headers\n`.replace('teams =', 'all =') });
  assert.is((await lint({ cwd, staged: true })).callSites[0]?.verdicts['required-headers'], 'unknown');
});

test('a file that git is only told of has no content yet', async () => {
  const cwd = repositoryWith(OLD);
  writeFiles(cwd, { 'src/new.ts': BAD });
  git(cwd, 'add', '--intent-to-add', 'src/new.ts');
  assert.equal(await fusionlint(['--staged', '--quiet'], { cwd }), { code: 0, stdout: '', stderr: '' });
  assert.equal(await places(cwd, { since: 'HEAD' }), ['src/new.ts:1']);
});

test('what a sparse checkout leaves out is read from the index, and so is a link', async () => {
  const cwd = repositoryWith({ ...OLD, 'shared/headers.ts': LOST });
  rmSync(path.join(cwd, 'src/headers.ts'));
  symlinkSync('../shared/headers.ts', path.join(cwd, 'src/headers.ts'));
  git(cwd, 'add', 'src/headers.ts');
  git(cwd, 'commit', '--quiet', '--message', 'Link');
  git(cwd, 'update-index', '--skip-worktree', 'shared/headers.ts');
  rmSync(path.join(cwd, 'shared/headers.ts'));
  stage(cwd, { 'src/teams.ts': CALL.replace('teams =', 'all =') });
  assert.equal(await places(cwd, STAGED), ['src/teams.ts:3']);
});

test('line ends that git converts are no change', async () => {
  const cwd = repositoryWith({ 'a.ts': `export const a = 1;\n${BAD}` });
  git(cwd, 'config', 'core.autocrlf', 'true');
  const text = `export const a = 2;\r\n${BAD.replace('\n', '\r\n')}`;
  stage(cwd, { 'a.ts': text });
  assert.equal(await places(cwd, STAGED), []);
  assert.equal(await places(cwd, { since: 'HEAD' }), []);
});

// ------------------------------------------------------------------ what is reported

const CLIENT = `import { FusionAuthClient } from '@fusionauth/typescript-client';

const key = '33052c8a-c283-4e96-9d2a-eb1215c69f8f-not-a-real-key';
const tenant = 'tenant-1';
export const client = new FusionAuthClient(
  key,
  'https://acme.fusionauth.io',
  tenant,
);
export const load = () => client.retrieveUser('1');
`;

interface Edit {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly edit: Readonly<Record<string, string>>;
  readonly found: readonly string[];
}

const API = `import axios from 'axios';

const api = axios.create({
  baseURL: 'https://fusion.adobe.io/api/v3',
  headers: {
    'x-api-key': process.env.KEY,
    authorization: \`Bearer \${process.env.TOKEN}\`,
    'x-organization-id': '123',
    'x-gw-region': 'or2',
  },
});

export const list = () => api.get('/teams');
`;
const WRAPPER = `export function request(path, options = {}) {
  options.headers = { 'x-api-key': process.env.KEY };
  return fetch('https://fusion.adobe.io/api/v3' + path, options);
}
`;
const HOST = `export const HOST = 'https://fusion.adobe.io';
export const OTHER = 1;
`;
const WITH_HOST = `import { HOST } from './host';
fetch(HOST + '/api/v3/scenarios');
`;
const TWO = `export async function one() {
  const id = 1;
  return fetch('https://fusion.adobe.io/api/v3/scenarios/' + id);
}

export async function two() {
  let name = 'two';
  console.log(name);
  return fetch('https://fusion.adobe.io/api/v3/scenarios');
}
`;

const EDITS: readonly Edit[] = [
  {
    what: 'another line of an old file',
    files: OLD,
    edit: { 'src/old.ts': `${BAD}export const a = 2;\n` },
    found: [],
  },
  {
    what: 'a builder of headers that lost a line',
    files: OLD,
    edit: { 'src/headers.ts': LOST },
    found: ['src/teams.ts:3'],
  },
  {
    what: 'a line that went beside the builder',
    files: { ...OLD, 'src/headers.ts': `export const x = 1;\n${LOST}` },
    edit: { 'src/headers.ts': LOST },
    found: [],
  },
  {
    what: 'the options of an instance that lost a header',
    files: { 'api.ts': API },
    edit: { 'api.ts': API.replace(/.*x-gw-region.*\n/, '') },
    found: ['api.ts:12'],
  },
  {
    what: "a statement that set an instance's header",
    files: {
      'api.ts': `${API.replace(/.*x-gw-region.*\n/, '')}api.defaults.headers.common['x-gw-region'] = 'or2';\n`,
    },
    edit: { 'api.ts': API.replace(/.*x-gw-region.*\n/, '') },
    found: ['api.ts:12'],
  },
  {
    what: 'a wrapper that lost the headers',
    files: { 'api.js': WRAPPER, 'teams.js': "import { request } from './api';\nrequest('/teams');\n" },
    edit: { 'api.js': WRAPPER.replace(/.*x-api-key.*\n/, '') },
    found: ['teams.js:2'],
  },
  {
    what: 'the host of a URL',
    files: { 'host.ts': HOST.replace('fusion.adobe.io', 'example.com'), 'a.ts': WITH_HOST },
    edit: { 'host.ts': HOST },
    found: ['a.ts:2'],
  },
  {
    what: 'what stands beside the host of a URL',
    files: { 'host.ts': HOST, 'a.ts': WITH_HOST },
    edit: { 'host.ts': HOST.replace('1', '2') },
    found: [],
  },
  {
    what: 'a variable in the path, in one of two functions',
    files: { 'two.ts': TWO },
    edit: { 'two.ts': TWO.replace('id = 1', 'id = 2') },
    found: ['two.ts:3'],
  },
  {
    what: "lines of a call's function that the call does not use",
    files: { 'two.ts': TWO },
    edit: { 'two.ts': TWO.replace("'two'", "'three'") },
    found: [],
  },
  {
    what: 'another constant of a client that has a written key',
    files: { 'client.ts': CLIENT },
    edit: { 'client.ts': CLIENT.replace('tenant-1', 'tenant-2') },
    found: [],
  },
  {
    what: 'a file that moved as it was',
    files: { ...OLD, 'src/long.ts': `${BAD}${'// a comment\n'.repeat(20)}` },
    edit: { 'src/long.ts': '', 'lib/moved.ts': `${BAD}${'// a comment\n'.repeat(20)}` },
    found: [],
  },
  {
    what: 'the URL of an environment variable',
    files: {
      '.env.example': 'AUTH_URL=https://acme.example.com\n',
      'a.js': "fetch(process.env.AUTH_URL + '/api/user/1');\n",
    },
    edit: { '.env.example': 'AUTH_URL=https://acme.fusionauth.io\n' },
    found: ['a.js:1'],
  },
  {
    what: 'another environment variable',
    files: {
      '.env.example': 'AUTH_URL=https://acme.fusionauth.io\n',
      'a.js': "fetch(process.env.AUTH_URL + '/api/user/1');\n",
    },
    edit: { '.env.example': 'AUTH_URL=https://acme.fusionauth.io\nPORT=3000\n' },
    found: [],
  },
  {
    what: 'a rule of the configuration',
    files: { ...OLD, 'fusionlint.config.json': '{ "rules": { "required-headers": "off" } }' },
    edit: { 'fusionlint.config.json': '{ "rules": {} }' },
    found: ['src/old.ts:1'],
  },
  {
    what: 'something else in the manifest that holds the configuration',
    files: { ...OLD, 'package.json': '{ "fusionlint": {} }' },
    edit: { 'package.json': '{ "name": "a", "fusionlint": {} }' },
    found: [],
  },
  {
    what: 'the configuration in the manifest',
    files: { ...OLD, 'package.json': '{ "fusionlint": {} }' },
    edit: { 'package.json': '{ "fusionlint": { "rules": {} } }' },
    found: ['src/old.ts:1'],
  },
  {
    what: 'a name with spaces, quotes and letters of any language',
    files: OLD,
    edit: { 'src/we"ird \t é.ts': BAD },
    found: ['src/we"ird \t é.ts:1'],
  },
];

for (const { what, files, edit, found } of EDITS) {
  test(`changed: ${what}`, async () => {
    const cwd = repositoryWith(files);
    for (const [file, text] of Object.entries(edit)) {
      if (text === '') git(cwd, 'rm', '--quiet', file);
      else stage(cwd, { [file]: text });
    }
    assert.equal(await places(cwd, STAGED), found);
    assert.equal(await places(cwd, { since: 'HEAD' }), found);
  });
}

test('a changed configuration is named', async () => {
  const cwd = repositoryWith(OLD);
  stage(cwd, { 'fusionlint.config.json': '{}' });
  assert.equal((await lint({ cwd, staged: true })).change, {
    kind: 'staged',
    files: 1,
    hidden: 0,
    widenedBy: 'fusionlint.config.json',
  });
  assert.match(
    (await fusionlint(['--staged'], { cwd })).stdout,
    /^fusionlint\.config\.json is changed too, /m,
  );
});

test('paths choose among the changes; a cause in one of them counts for the calls elsewhere', async () => {
  const cwd = repositoryWith(OLD);
  stage(cwd, { 'src/headers.ts': LOST, 'src/new.ts': BAD, 'lib/b.ts': BAD });
  const absolute = (file: string) => path.join(cwd, file);
  assert.equal(await places(cwd, { staged: true, paths: [absolute('src/headers.ts')] }), ['src/teams.ts:3']);
  assert.equal(await places(cwd, { staged: true, paths: [absolute('src/new.ts'), absolute('lib/b.ts')] }), [
    'lib/b.ts:1',
    'src/new.ts:1',
  ]);
  assert.equal(await places(cwd, { staged: true, paths: ['lib'] }), ['lib/b.ts:1']);
  assert.equal(await places(cwd, { staged: true, paths: ['*/b.ts'] }), ['lib/b.ts:1']);
  assert.equal(await fusionlint(['--staged', 'src/nothing.ts'], { cwd }), {
    code: 2,
    stdout: '',
    stderr: 'fusionlint: there is no file or folder src/nothing.ts\n',
  });
});

test('in a folder of the repository, its own files', async () => {
  const cwd = repositoryWith({ 'packages/a/a.ts': '', 'packages/b/b.ts': '' });
  stage(cwd, { 'packages/a/a.ts': BAD, 'packages/b/b.ts': BAD });
  assert.equal(await places(path.join(cwd, 'packages/a'), STAGED), ['a.ts:1']);
});

test('code blocks of Markdown pages', async () => {
  const page = `# Users\n\n\`\`\`js\n${BAD}\`\`\`\n\n\`\`\`js\n${BAD}\`\`\`\n`;
  const cwd = repositoryWith({ 'README.md': page, 'old.md': page });
  stage(cwd, { 'README.md': page.replace('scenarios', 'teams') });
  assert.equal(await places(cwd, { staged: true, markdown: true }), ['README.md:4']);
  assert.equal(await places(cwd, STAGED), []);
});

test('findings next to the change are counted', async () => {
  const cwd = repositoryWith({ 'a.ts': `${BAD}export const a = 1;\n` });
  stage(cwd, { 'a.ts': `${BAD}export const a = 1;\n${BAD}` });
  assert.equal((await lint({ cwd, staged: true })).change, { kind: 'staged', files: 1, hidden: 1 });
  const { code, stdout } = await fusionlint(['--staged'], { cwd });
  assert.is(code, 1);
  assert.match(
    stdout,
    /^1 call: workfront-fusion 1\n1 error\n1 other finding in the code around the change/m,
  );
});

test('the baseline holds as in a whole run, and nothing of it is stale for not having been looked at', async () => {
  const cwd = repositoryWith({ 'a.ts': `${BAD}export const a = 1;\n`, 'far.ts': BAD });
  assert.is((await fusionlint(['baseline'], { cwd })).code, 0);
  stage(cwd, { 'a.ts': `${BAD}export const a = 1;\nexport const b = () => ${BAD}` });
  const { findings, known, baseline, change } = await lint({ cwd, staged: true });
  assert.equal(findings.map(placeOf), ['a.ts:3']);
  assert.equal(known, []);
  assert.equal(baseline?.stale, []);
  assert.is(change?.hidden, 0, 'what is known is not counted');
});

test('comments that suppress nothing any more are reported where they are changed', async () => {
  const comment = '// fusionlint-disable-next-line required-headers -- the gateway adds them\n';
  const cwd = repositoryWith({
    'a.ts': `${comment}${BAD}export const a = 1;\n`,
    'far.ts': `${comment}far();\n`,
  });
  stage(cwd, { 'a.ts': `${comment}${BAD}export const a = 2;\n` });
  assert.equal(await places(cwd, STAGED), []);
  stage(cwd, { 'new.ts': `${comment}near();\n` });
  assert.equal(await places(cwd, STAGED), ['new.ts:1']);
});

// ------------------------------------------------------------------ nothing to do

test('nothing staged, or nothing that matters: 0 at once, in one line', async () => {
  const cwd = repositoryWith(OLD);
  const nothing = {
    code: 0,
    stdout: '',
    stderr: 'fusionlint: nothing staged that a request could depend on\n',
  };
  assert.equal(await fusionlint(['--staged'], { cwd }), nothing);
  stage(cwd, { 'package-lock.json': '{}', 'package.json': '{}', 'style.css': 'a {}', LICENSE: '' });
  assert.equal(await fusionlint(['--staged'], { cwd }), nothing);
  assert.equal(await fusionlint(['--staged', '--quiet'], { cwd }), { ...nothing, stderr: '' });
  const { change, stats, rules } = await lint({ cwd, staged: true });
  assert.equal(change, { kind: 'staged', files: 1, hidden: 0 });
  assert.is(stats.filesParsed, 0);
  assert.ok(rules && rules.length > 0);
});

test('no word of a service around what is staged: nothing is parsed', async () => {
  const cwd = repositoryWith(OLD);
  stage(cwd, { 'lib/far.ts': "export const far = fetch('https://example.com');\n" });
  const { stats, change } = await lint({ cwd, staged: true });
  assert.is(stats.filesParsed, 0);
  assert.equal(change, { kind: 'staged', files: 1, hidden: 0 });
  const { stdout } = await fusionlint(['--staged'], { cwd });
  assert.match(stdout, /^No call to any of the services is in what is staged \(1 file\)\.$/m);
});

// ------------------------------------------------------------------ repositories of every kind

test('before the first commit, everything staged is new', async () => {
  const cwd = folderWith({ 'a.ts': BAD, 'b.ts': BAD });
  git(cwd, 'init', '--quiet');
  git(cwd, 'add', 'a.ts');
  assert.equal(await places(cwd, STAGED), ['a.ts:1']);
});

test('settings of git that change what a diff looks like', async () => {
  const cwd = repositoryWith({ ...OLD, '.gitattributes': '*.ts -diff\n' });
  for (const [name, value] of [
    ['diff.noprefix', 'true'],
    ['diff.interHunkContext', '50'],
    ['diff.external', 'false'],
    ['color.diff', 'always'],
    ['diff.renames', 'false'],
    ['diff.relative', 'true'],
  ] as const)
    git(cwd, 'config', name, value);
  stage(cwd, { 'src/old.ts': `// a\n${BAD}export const a = 2;\n` });
  assert.equal(await places(cwd, STAGED), []);
  stage(cwd, { 'src/new.ts': BAD });
  assert.equal(await places(cwd, STAGED), ['src/new.ts:1']);
});

/** A repository with a hook, and whether a commit passes it. */
function withHook(cwd: string): (...words: readonly string[]) => boolean {
  const hook = path.join(cwd, '.git/hooks/pre-commit');
  mkdirSync(path.dirname(hook), { recursive: true });
  writeFileSync(hook, `#!/bin/sh\nexec "${process.execPath}" "${CLI}" --staged\n`);
  chmodSync(hook, 0o755);
  return (...words) => passes(cwd, words);
}

function passes(cwd: string, words: readonly string[]): boolean {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com'];
  const { status, stdout, stderr } = spawnSync(
    'git',
    [...identity, 'commit', '--message', 'Change', ...words],
    {
      cwd,
      env: { PATH: process.env.PATH, HOME: cwd, GIT_CONFIG_NOSYSTEM: '1' },
      encoding: 'utf8',
    },
  );
  assert.not.match(stdout + stderr, /fusionlint: (?!nothing)/);
  return status === 0;
}

test('in a hook: `git commit`, of all that is changed, of some files, in a linked work tree', () => {
  if (process.platform === 'win32') return;
  const cwd = repositoryWith({ ...OLD, 'a.ts': 'export const a = 1;\n', 'b.ts': '' });
  const commit = withHook(cwd);
  stage(cwd, { 'a.ts': `export const a = 1;\n${BAD}` });
  assert.not(commit(), 'a bad call');
  stage(cwd, { 'a.ts': 'export const a = 2;\n' });
  assert.ok(commit(), 'a good change');

  writeFiles(cwd, { 'a.ts': BAD, 'b.ts': 'export const b = 1;\n' });
  assert.not(commit('--all'), 'all, with a bad call');
  assert.ok(commit('--only', 'b.ts'), 'the good one of two files');
  assert.not(commit('--only', 'a.ts'), 'the bad one');

  const linked = path.join(folderWith({}), 'linked');
  git(cwd, 'worktree', 'add', '--quiet', '-b', 'linked', linked);
  writeFiles(linked, { 'b.ts': BAD });
  assert.not(passes(linked, ['--all']), 'in a linked work tree');
  git(linked, 'checkout', '--quiet', 'b.ts');
  stage(linked, { 'b.ts': 'export const b = 2;\n' });
  assert.ok(passes(linked, []));
});

test('an index of another repository is not taken for this one', async () => {
  const outer = repositoryWith({ 'a.ts': '' });
  const inner = path.join(outer, 'inner');
  mkdirSync(inner);
  git(inner, 'init', '--quiet');
  stage(inner, { 'b.ts': BAD });
  // A submodule's `.git` is a file.
  renameSync(path.join(inner, '.git'), path.join(outer, 'elsewhere'));
  writeFileSync(path.join(inner, '.git'), 'gitdir: ../elsewhere\n');
  const env = { GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index', GIT_PREFIX: '' };
  const { stdout } = await fusionlint(['--staged', '--format=json'], { cwd: inner, env });
  assert.equal(JSON.parse(stdout).findings.map(placeOf), ['b.ts:1']);
});

// ------------------------------------------------------------------ since

test('--since: what a branch changes, and the work tree', async () => {
  const cwd = repositoryWith(OLD);
  git(cwd, 'branch', '--move', 'main');
  const commit = (message: string) => git(cwd, 'commit', '--quiet', '--all', '--message', message);
  git(cwd, 'checkout', '--quiet', '-b', 'topic');
  stage(cwd, { 'src/topic.ts': BAD });
  commit('Topic');
  git(cwd, 'checkout', '--quiet', 'main');
  stage(cwd, { 'src/main.ts': BAD });
  commit('Main goes on');
  git(cwd, 'checkout', '--quiet', 'topic');
  writeFiles(cwd, { 'src/teams.ts': `${CALL}${BAD}`, 'src/untracked.ts': BAD });
  const { findings, change } = await lint({ cwd, since: 'main' });
  assert.equal(findings.map(placeOf), ['src/teams.ts:4', 'src/topic.ts:1', 'src/untracked.ts:1']);
  const base = git(cwd, 'merge-base', 'main', 'topic').trim();
  assert.equal(change, { kind: 'since', base, files: 3, hidden: 0 });
  assert.equal(await places(cwd, { since: 'topic', paths: ['src/untracked.ts'] }), ['src/untracked.ts:1']);
});

async function failure(cwd: string, ...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await fusionlint(words, { cwd });
  assert.is(code, 2);
  assert.is(stdout, '');
  return stderr;
}

test('what git cannot tell: 2, with what to do', async () => {
  const cwd = repositoryWith(OLD);
  assert.match(
    await failure(cwd, '--since', 'nowhere'),
    /^fusionlint: --since nowhere: git knows no commit nowhere here\. A branch of the server is named as in origin\/main, and `git fetch` brings it\.\n$/,
  );
  assert.match(
    await failure(cwd, '--since=--help'),
    /^fusionlint: --since needs a branch or a commit, not --help\n$/,
  );
  assert.match(
    await failure(cwd, '--since', 'HEAD', '--staged'),
    /^fusionlint: --staged and --since exclude each other/,
  );
  git(cwd, 'checkout', '--quiet', '--orphan', 'island');
  git(cwd, 'commit', '--quiet', '--message', 'Island');
  git(cwd, 'branch', 'island-2');
  git(cwd, 'checkout', '--quiet', '--orphan', 'far');
  git(cwd, 'commit', '--quiet', '--message', 'Far');
  assert.match(await failure(cwd, '--since', 'island'), /have in common\. They have separate histories\.\n$/);
  const outside = folderWith({ 'a.ts': BAD });
  assert.match(
    await failure(outside, '--staged'),
    /^fusionlint: --staged needs a git repository, and .* lies in none/,
  );
});

test('a shallow clone without the common commit: 2, with the way to complete it', async () => {
  const origin = repositoryWith({ 'a.ts': '' });
  git(origin, 'branch', '--move', 'main');
  git(origin, 'checkout', '--quiet', '-b', 'topic');
  for (const branch of ['topic', 'main', 'topic']) {
    git(origin, 'checkout', '--quiet', branch);
    stage(origin, { [`${branch}.ts`]: `export const at = '${Math.random()}';\n` });
    git(origin, 'commit', '--quiet', '--message', branch);
  }
  const cwd = folderWith({});
  git(cwd, 'clone', '--quiet', '--depth=1', '--no-single-branch', '--branch=topic', `file://${origin}`, '.');
  assert.match(
    await failure(cwd, '--since', 'origin/main'),
    /no commit that origin\/main and HEAD have in common\. This clone is shallow: `git fetch --unshallow` completes it, and so does `fetch-depth: 0`/,
  );
  assert.match(
    await failure(cwd, '--since', 'main~1'),
    /knows no commit main~1 here\. This clone is shallow: /,
  );
});

test('an unfinished merge: 2, naming the file', async () => {
  const cwd = repositoryWith({ 'a.ts': 'export const a = 1;\n' });
  git(cwd, 'branch', '--move', 'main');
  git(cwd, 'checkout', '--quiet', '-b', 'topic');
  for (const [branch, value] of [
    ['topic', '2'],
    ['main', '3'],
  ] as const) {
    git(cwd, 'checkout', '--quiet', branch);
    stage(cwd, { 'a.ts': `export const a = ${value};\n` });
    git(cwd, 'commit', '--quiet', '--message', branch);
  }
  assert.throws(() => git(cwd, 'merge', 'topic'));
  assert.is(
    await failure(cwd, '--staged'),
    'fusionlint: a.ts is not merged yet: resolve the conflict and `git add` it\n',
  );
});

test.run();
