import { chmodSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { rules } from '../../rules/index.ts';
import { init } from '../../src/commands/init/init.ts';
import { loadConfig } from '../../src/config/load.ts';
import { contracts } from '../../src/contracts/index.ts';
import { fusionlint } from '../support/cli.ts';
import { folderWith, git, repositoryWith } from '../support/folder.ts';

const CODE = {
  'src/users.js': [
    "import { FusionAuthClient } from '@fusionauth/typescript-client';",
    "export const client = new FusionAuthClient(process.env.API_KEY, 'https://login.company.io:9011');",
    'export const user = (id) =>',
    '  fetch(`$' +
      '{process.env.FUSIONAUTH_URL}/api/user/$' +
      '{id}`, { headers: { Authorization: process.env.API_KEY } });',
    '',
  ].join('\n'),
  'src/teams.test.js': "fetch('https://fusion.adobe.io/api/v3/teams');\n",
};

const FILE = 'fusionlint.config.mjs';
const textOf = (folder: string, file: string) => readFileSync(path.join(folder, file), 'utf8');
const load = (cwd: string) =>
  loadConfig({ cwd, root: cwd, config: undefined, known: { rules, services: contracts } });

test('it writes the hosts and variables that it finds, in a configuration that loads', async () => {
  const cwd = repositoryWith(CODE);
  const { code, stdout, stderr } = await fusionlint(['init', '--yes'], { cwd });
  assert.is(stderr, '');
  assert.is(code, 0);
  assert.match(
    stdout,
    /FusionAuth: 2 calls\n {4}at login\.company\.io:9011\n {4}at what FUSIONAUTH_URL holds/,
  );
  assert.match(stdout, /Adobe Workfront Fusion: 1 call\n/);
  assert.match(stdout, 'npx fusionlint baseline');
  const config = await load(cwd);
  assert.is(config.file, FILE);
  assert.equal(config.services.fusionauth?.hosts, ['login.company.io:9011']);
  assert.equal(config.services.fusionauth?.environment, ['FUSIONAUTH_URL']);
  assert.match(textOf(cwd, FILE), "// exclude: ['**/*.{test,spec}.*'],");
  assert.match(textOf(cwd, FILE), '// multiTenant: true,');
});

test('what stands there as a comment can be taken as it is', async () => {
  for (const files of [CODE, { 'a.js': '' }]) {
    const cwd = repositoryWith(files);
    await fusionlint(['init', '--yes'], { cwd });
    const text = textOf(cwd, FILE).replace(/^( *)\/\/ ?(?= *[\w'}\]]+(?:: .*)?[,{]$)/gm, '$1');
    assert.match(text, /^ +multiTenant: true,$/m);
    assert.match(text, /^ +exclude: /m);
    const { writeFileSync } = await import('node:fs');
    writeFileSync(path.join(cwd, FILE), text);
    assert.is((await load(cwd)).services.fusionauth?.multiTenant, true);
  }
});

test('nothing is overwritten without --force', async () => {
  const cwd = repositoryWith({ ...CODE, [FILE]: 'export default {};\n' });
  const refused = await fusionlint(['init', '--yes'], { cwd });
  assert.is(refused.code, 2);
  assert.match(refused.stderr, `${FILE} exists; --force overwrites it`);
  assert.is(textOf(cwd, FILE), 'export default {};\n');
  assert.is((await fusionlint(['init', '--yes', '--force'], { cwd })).code, 0);
  assert.match(textOf(cwd, FILE), 'FUSIONAUTH_URL');
});

test('a configuration that would be taken before it, or beside it', async () => {
  const json = await fusionlint(['init', '--yes', '--force'], {
    cwd: repositoryWith({ 'fusionlint.config.json': '{}' }),
  });
  assert.match(json.stderr, 'fusionlint.config.json exists: change it, or remove it');
  const key = await fusionlint(['init', '--yes'], {
    cwd: repositoryWith({ 'package.json': '{ "fusionlint": {} }' }),
  });
  assert.match(key.stderr, 'package.json has a configuration');
  for (const { code } of [json, key]) assert.is(code, 2);
});

test('--dry-run shows, and writes nothing', async () => {
  const cwd = repositoryWith({ ...CODE, 'package.json': '{ "devDependencies": { "husky": "9.0.0" } }' });
  const { code, stdout } = await fusionlint(['init', '--dry-run'], { cwd });
  assert.is(code, 0);
  assert.match(stdout, `${FILE} would be written:`);
  assert.match(stdout, '.husky/pre-commit would be written:');
  assert.is(git(cwd, 'status', '--porcelain'), '');
});

test('nobody to ask', async () => {
  const { code, stderr } = await fusionlint(['init'], { cwd: repositoryWith(CODE) });
  assert.is(code, 2);
  assert.match(stderr, '--yes writes all that it offers');
});

test('hooks and pipelines: new files are written, those of others are not touched', async () => {
  const there = {
    'lefthook.yml': 'pre-push:\n  commands: {}\n',
    '.pre-commit-config.yaml': 'repos: []\n',
    '.gitlab-ci.yml': 'stages: [test]\n',
    'package.json':
      '{ "devDependencies": { "husky": "9.0.0", "lint-staged": "16.0.0" }, "lint-staged": {} }\n',
  };
  const cwd = repositoryWith({ ...CODE, ...there });
  git(cwd, 'remote', 'add', 'origin', 'https://github.com/example/example.git');
  const { code, stdout } = await fusionlint(['init', '--yes'], { cwd });
  assert.is(code, 0);
  for (const [file, text] of Object.entries(there)) assert.is(textOf(cwd, file), text);
  assert.is(textOf(cwd, '.husky/pre-commit'), 'npx --no-install fusionlint --staged\n');
  assert.is(statSync(path.join(cwd, '.husky/pre-commit')).mode & 0o777, 0o755);
  const workflow = parse(textOf(cwd, '.github/workflows/fusionlint.yml'));
  const steps = workflow.jobs.fusionlint.steps;
  assert.match(steps.at(-1).run, /^npx --yes fusionlint@\d+\.\d+\.\d+ --since "origin\/\$GITHUB_BASE_REF"$/);
  assert.is(steps[0].with['fetch-depth'], 0);
  // What it prints for the files that are there goes into them.
  const printed = (file: string) => {
    const [, block = ''] = stdout.split(`, ${file}: `);
    const lines = block.split('\n').slice(2);
    const end = lines.findIndex((line) => line !== '' && !line.startsWith('    '));
    return lines
      .slice(0, end)
      .map((line) => `${line.slice(4)}\n`)
      .join('');
  };
  assert.is(
    parse(printed('lefthook.yml'))['pre-commit'].commands.fusionlint.run,
    'npx --no-install fusionlint --staged',
  );
  const preCommit = parse(`repos:\n${printed('.pre-commit-config.yaml')}`);
  assert.is(preCommit.repos[0].hooks[0].entry, 'npx --no-install fusionlint --staged');
  assert.match(
    parse(printed('.gitlab-ci.yml')).fusionlint.script[0],
    '--since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"',
  );
  assert.equal(Object.values(JSON.parse(`{${printed('package.json')}}`)), ['fusionlint --staged']);
});

test('a project that has fusionlint installs it first', async () => {
  const cwd = repositoryWith({
    'package.json': '{ "devDependencies": { "fusionlint": "0.1.0" } }',
    '.github/a': '',
  });
  await fusionlint(['init', '--yes'], { cwd });
  const { steps } = parse(textOf(cwd, '.github/workflows/fusionlint.yml')).jobs.fusionlint;
  assert.equal(
    steps.slice(2).map(({ run }: { run: string }) => run),
    ['npm ci', 'npx --no-install fusionlint --since "origin/$GITHUB_BASE_REF"'],
  );
});

test('without git, and below the top of a repository', async () => {
  const alone = folderWith(CODE);
  const { stdout } = await fusionlint(['init', '--yes'], { cwd: alone });
  assert.match(stdout, 'This is no git repository');
  assert.ok(existsSync(path.join(alone, FILE)));
  const top = repositoryWith({ 'packages/a/a.js': '', '.husky/a': '' });
  const below = path.join(top, 'packages/a');
  assert.match(
    (await fusionlint(['init', '--yes'], { cwd: below })).stdout,
    `run init at the top of the repository, ${top}`,
  );
  assert.equal(readdirSync(path.join(top, '.husky')), ['a']);
});

if (process.getuid?.() !== 0) {
  test('a folder that is not writable', async () => {
    const cwd = folderWith(CODE);
    chmodSync(cwd, 0o555);
    const { code, stderr } = await fusionlint(['init', '--yes'], { cwd });
    assert.is(code, 2);
    assert.match(stderr, `${FILE} can't be written`);
  });
}

test('at a terminal it asks for each file but the configuration', async () => {
  const cwd = repositoryWith({ ...CODE, '.husky/a': '', '.github/a': '' });
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const stdout = Object.assign(new PassThrough(), { isTTY: true });
  let said = '';
  const answers = ['n\n', '\n'];
  stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (text.includes('[Y/n]')) stdin.write(answers.shift() ?? '\n');
  });
  const surroundings = { cwd: () => cwd, env: {}, stdin, stdout, stderr: stdout };
  const code = await init({ yes: false, dryRun: false, force: false }, surroundings as never);
  assert.is(code, 0);
  assert.match(said, 'Write a pre-commit hook for husky, .husky/pre-commit? [Y/n]');
  assert.not(existsSync(path.join(cwd, '.husky/pre-commit')));
  assert.ok(existsSync(path.join(cwd, '.github/workflows/fusionlint.yml')));
  assert.ok(existsSync(path.join(cwd, FILE)));
});

test.run();
