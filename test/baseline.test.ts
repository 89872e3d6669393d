import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lint } from '../src/index.ts';
import type { Result } from '../src/request.ts';
import { fusionlint } from './support/cli.ts';
import { folderWith, repositoryWith, writeFiles } from './support/folder.ts';

// `fusionlint baseline`, and runs that have one.

const FILE = 'fusionlint-baseline.json';
const USERS = `export async function users(id) {
  const response = await fetch("https://fusion.adobe.io/api/v3/users", {
    headers: { "x-api-key": id, Authorization: \`Bearer \${id}\` },
  });
  return response.json();
}
`;
const TEAMS = "export const teams = () => fetch('https://fusion.adobe.io/api/v3/teams');\n";

async function baseline(cwd: string, ...words: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await fusionlint(['baseline', ...words], { cwd });
  assert.is(stderr, '');
  assert.is(code, 0);
  return stdout;
}

/** How many findings are new, known and gone. */
const counts = ({
  findings,
  known = [],
  baseline: report,
}: Result): readonly [fresh: number, known: number, stale: number] => [
  findings.length,
  known.length,
  report?.stale.reduce((sum, { count }) => sum + count, 0) ?? -1,
];

/** What a run says after the files have changed, of a baseline that was recorded before. */
async function after(
  before: Readonly<Record<string, string>>,
  change: (folder: string) => void,
): Promise<Result> {
  const cwd = folderWith(before);
  await baseline(cwd);
  assert.equal(counts(await lint({ cwd })).slice(1), [
    (await lint({ cwd, baseline: false })).findings.length,
    0,
  ]);
  change(cwd);
  return lint({ cwd });
}

const rewritten = (before: string, text: string) =>
  after({ 'src/users.js': before }, (cwd) => writeFiles(cwd, { 'src/users.js': text })).then(counts);

test('lines that move', async () => {
  assert.equal(await rewritten(USERS, `import a from 'a';\n\n\n// Words\nconst b = 1;\n${USERS}`), [0, 1, 0]);
});

test('another format: white space, quotes, commas, semicolons, line breaks', async () => {
  const formatted = `export async function users(id)
{
    const response =
        await fetch('https://fusion.adobe.io/api/v3/users',
            { 'headers': { 'x-api-key': id,
                Authorization: \`Bearer \${ id }\` } })
    return response.json()
}`;
  assert.equal(await rewritten(USERS, formatted), [0, 1, 0]);
});

test('a renamed file', async () => {
  const result = await after({ 'src/users.js': USERS }, (cwd) => {
    mkdirSync(path.join(cwd, 'lib'));
    renameSync(path.join(cwd, 'src/users.js'), path.join(cwd, 'lib/people.js'));
  });
  assert.equal(counts(result), [0, 1, 0]);
});

test('a new finding of the same rule in the same function', async () => {
  const other = USERS.replace('  return', "  await fetch('https://fusion.adobe.io/api/v3/teams');\n  return");
  assert.equal(await rewritten(USERS, other), [1, 1, 0]);
  const again = USERS.replace(
    '  return',
    `${USERS.split('\n').slice(1, 4).join('\n').replace('response', 'again')}\n  return`,
  );
  assert.equal(await rewritten(USERS, again), [1, 1, 0]);
});

test('a fixed finding; of two that are alike, the other stays known', async () => {
  assert.equal(await rewritten(USERS, 'export {};\n'), [0, 0, 1]);
  const twice = USERS.replace(
    '  return',
    `${USERS.split('\n').slice(1, 4).join('\n').replace('response', 'again')}\n  return`,
  );
  assert.equal(await rewritten(twice, USERS), [0, 1, 1]);
});

test('the file: an entry a line, in order, relative to it, without a secret', async () => {
  const secret = 'q7Xc-not-a-real-key-5vJ2mWnR8tB0yLd';
  const cwd = folderWith({
    'src/b.js': TEAMS + TEAMS.replace('teams =', 'more ='),
    'src/a.js': `fetch('http://localhost:9011/api/user/1', { headers: { Authorization: '${secret}' } });\n`,
    'src/c.js': `// fusionlint-disable-file required-headers -- suppressed\n${TEAMS}`,
  });
  assert.is(await baseline(cwd, 'src'), `${FILE}: 3 known findings, 3 of them new\n`);
  const text = readFileSync(path.join(cwd, FILE), 'utf8');
  assert.not.match(text, 'q7Xc');
  const lines = text.split('\n').slice(3, -3);
  assert.equal(
    lines.map((line) => /"file":"([^"]*)","rule":"([^"]*)"/.exec(line)?.slice(1).join(' ')),
    ['src/a.js no-hardcoded-credentials', 'src/b.js required-headers', 'src/b.js required-headers'],
  );
  assert.is(await baseline(cwd, 'src'), `${FILE}: 3 known findings, 0 of them new\n`);
  assert.is(readFileSync(path.join(cwd, FILE), 'utf8'), text);
});

test('known findings fail nothing, and are counted', async () => {
  const cwd = folderWith({ 'a.js': TEAMS });
  await baseline(cwd);
  const { code, stdout } = await fusionlint(['--no-config'], { cwd });
  assert.is(code, 0);
  assert.match(
    stdout,
    'Nothing new found: the call was checked\n1 finding known from fusionlint-baseline.json\n',
  );
  assert.is((await fusionlint(['--no-baseline'], { cwd })).code, 1);
  writeFiles(cwd, { 'a.js': 'export {};\n', 'b.js': TEAMS.replace('teams', 'users') });
  const next = await fusionlint([], { cwd });
  assert.is(next.code, 1);
  assert.match(
    next.stdout,
    '1 error\n1 finding of the baseline is gone: fusionlint baseline --prune takes it out\n',
  );
});

test('--prune takes away what is gone, follows renamed files, and adds nothing', async () => {
  const cwd = folderWith({ 'a.js': TEAMS, 'b.js': USERS });
  await baseline(cwd);
  renameSync(path.join(cwd, 'b.js'), path.join(cwd, 'c.js'));
  writeFiles(cwd, { 'a.js': TEAMS.replace('/teams', '/hooks') });
  assert.is(await baseline(cwd, '--prune'), `${FILE}: 1 known finding; 1 that is gone taken out\n`);
  assert.equal(counts(await lint({ cwd })), [1, 1, 0]);
  const [entry] = JSON.parse(readFileSync(path.join(cwd, FILE), 'utf8')).findings;
  assert.is(entry.file, 'c.js');
});

test('a run over a part of the project says nothing of the rest, and keeps it', async () => {
  const cwd = folderWith({ 'a/a.js': TEAMS, 'b/b.js': USERS, 'c/c.js': USERS });
  await baseline(cwd);
  writeFiles(cwd, { 'a/a.js': 'export {};\n', 'b/b.js': 'export {};\n' });
  renameSync(path.join(cwd, 'c'), path.join(cwd, 'd'));
  const { baseline: report, known } = await lint({ cwd, paths: ['a'] });
  assert.equal(
    report?.stale.map(({ file }) => file),
    ['a/a.js'],
  );
  assert.equal(known, []);
  await baseline(cwd, 'a');
  assert.equal(counts(await lint({ cwd })), [0, 1, 1]);
});

test('findings that calls share are the same in a run over some of the calls, or over the cause alone', async () => {
  const ask = (name: string) =>
    `import { headers } from './headers.js';\nexport const ${name} = () => fetch('https://fusion.adobe.io/api/v3/${name}', { headers });\n`;
  const cwd = folderWith({
    'headers.js': "export const headers = { 'x-gw-ims-org-id': process.env.ORG };\n",
    'teams.js': ask('teams'),
    'users.js': ask('users'),
  });
  await baseline(cwd);
  assert.equal(counts(await lint({ cwd, paths: ['users.js'] })), [0, 2, 0]);
  assert.equal(counts(await lint({ cwd, paths: ['headers.js'] })), [0, 0, 0]);
});

test('entries of a rule that is off, and of a file that does not parse, stay', async () => {
  const cwd = folderWith({ 'a.js': TEAMS });
  await baseline(cwd);
  writeFiles(cwd, { 'fusionlint.config.json': '{ "rules": { "required-headers": "off" } }' });
  assert.equal(counts(await lint({ cwd })), [0, 0, 0]);
  assert.equal(counts(await lint({ cwd, config: false })), [0, 1, 0]);
  writeFiles(cwd, { 'a.js': "const x = 'https://fusion.adobe.io' let;\n" });
  assert.equal(counts(await lint({ cwd, config: false })), [0, 0, 0]);
});

test('found in the folders above, up to the top of the work tree; named by the configuration or an option', async () => {
  const cwd = repositoryWith({ 'packages/a/a.js': TEAMS, 'a.js': TEAMS });
  await baseline(cwd);
  const inside = path.join(cwd, 'packages/a');
  const { known, baseline: report } = await lint({ cwd: inside });
  assert.is(known?.length, 1);
  assert.is(report?.file, `../../${FILE}`);

  writeFiles(cwd, { 'fusionlint.config.json': '{ "baseline": "lint/known.json" }' });
  mkdirSync(path.join(cwd, 'lint'));
  assert.is(await baseline(inside), '../../lint/known.json: 1 known finding, 1 of them new\n');
  assert.equal(counts(await lint({ cwd })), [1, 1, 0]);
  assert.equal(counts(await lint({ cwd, baseline: FILE })), [0, 2, 0]);
  await baseline(cwd, '--baseline', 'mine.json', '--no-config');
  assert.ok(existsSync(path.join(cwd, 'mine.json')));
});

const MISTAKES: readonly [words: readonly string[], text: string | undefined, message: string][] = [
  [
    ['--baseline', 'x.json'],
    undefined,
    'there is no baseline x.json: "fusionlint baseline" writes one, --no-baseline does without',
  ],
  [['baseline', '--prune'], undefined, 'there is no baseline to prune: "fusionlint baseline" writes one'],
  [['baseline', '--no-baseline'], undefined, 'baseline takes no --no-baseline: it writes one'],
  [['baseline', '--quiet'], undefined, 'baseline takes no --quiet'],
  [['rules', '--prune'], undefined, 'rules takes no --prune'],
  [[], '[1, 2', `${FILE}:1: not valid JSON:`],
  [[], '<<<<<<< HEAD\n{}', `${FILE}:1: not valid JSON:`],
  [
    [],
    '[]',
    `${FILE} is no baseline: it has no list "findings"; delete it, and "fusionlint baseline" writes it anew`,
  ],
  [
    [],
    '{ "schemaVersion": 2, "findings": [] }',
    `${FILE} is a baseline of version 2, and this fusionlint reads version 1; delete it, and "fusionlint baseline" writes it anew`,
  ],
  [
    [],
    '{ "schemaVersion": 1, "findings": [{ "file": "a.js", "rule": "x", "fingerprint": "y", "count": 0 }] }',
    `${FILE}: "findings.0" must have a "file", a "rule", a "fingerprint" and at most a "count" from 1; delete it, and "fusionlint baseline" writes it anew`,
  ],
];

for (const [words, text, message] of MISTAKES)
  test(`${words.join(' ')} ${text ?? ''}: 2 and what is wrong`, async () => {
    const cwd = folderWith({ 'a.js': TEAMS, ...(text !== undefined && { [FILE]: text }) });
    const { code, stdout, stderr } = await fusionlint(words, { cwd });
    assert.is(code, 2);
    assert.is(stdout, '');
    assert.ok(stderr.startsWith(`fusionlint: ${message}`), stderr);
  });

test.run();
