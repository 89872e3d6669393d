// Measures what a hook with `fusionlint --staged` costs in a repository of 5,000 files, beside the question to
// git that any such hook asks. Writes the table into docs/integrations.md.
//
//   node scripts/staged-times.mjs [RUNS]     RUNS counted rounds (15), after one that is not counted
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { withPart } from './marked.mjs';

const PAGE = 'docs/integrations.md';
const CLI = path.resolve('dist/cli.js');
const FILES = 5000;
const FOLDERS = 50;
const [runs = '15'] = process.argv.slice(2);

const repository = mkdtempSync(path.join(tmpdir(), 'fusionlint-times-'));
process.on('exit', () => rmSync(repository, { recursive: true, force: true }));

/** 60 lines; files import each other in groups of ten, and one file in a hundred calls a service. */
function source(at) {
  const folder = at % FOLDERS;
  const calls = at % 100 === 7;
  const next = (Math.floor(at / FOLDERS) % 10 === 9 ? at : at + FOLDERS) % FILES;
  const lines = [
    `import { value${next} as next } from './file${next}';`,
    ...(calls ? ["import { fusionHeaders } from '../shared/headers';"] : []),
    '',
    `export const value${at} = ${at};`,
    ...Array.from(
      { length: 55 },
      (_, line) => `export const line${line} = (text: string) => text.slice(${line}, next + ${folder});`,
    ),
    ...(calls
      ? [
          `export const list${at} = () => fetch('https://fusion.adobe.io/api/v3/teams', { headers: fusionHeaders() });`,
        ]
      : []),
  ];
  return `${lines.join('\n')}\n`;
}

const HEADERS = `export function fusionHeaders() {
  return {
    'x-api-key': process.env.FUSION_KEY,
    authorization: \`Bearer \${process.env.FUSION_TOKEN}\`,
    'x-organization-id': '123',
    'x-gw-region': 'or2',
  };
}
`;

function git(...words) {
  return execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...words], {
    cwd: repository,
    encoding: 'utf8',
  });
}

function write(file, text) {
  mkdirSync(path.dirname(path.join(repository, file)), { recursive: true });
  writeFileSync(path.join(repository, file), text);
}

function fileOf(at) {
  return `src/folder${at % FOLDERS}/file${at}.ts`;
}

git('init', '--quiet');
for (let at = 0; at < FILES - 2; at++) write(fileOf(at), source(at));
write('src/shared/headers.ts', HEADERS);
write('README.txt', 'A repository to measure in.\n');
git('add', '--all');
git('commit', '--quiet', '--message', 'Start');

/** What is staged, as an index each. */
const STAGED = {
  'nothing that matters': ['README.txt', 'Another text.\n'],
  'a file that no import connects with a call': ['src/alone.ts', 'export const alone = 1;\n'],
  'a file with a call': [fileOf(107), `${source(107)}// One more line.\n`],
};
const INDEX = path.join(repository, '.git/index');
for (const [what, [file, text]] of Object.entries(STAGED)) {
  const before = spawnSync('git', ['show', `HEAD:${file}`], { cwd: repository, encoding: 'utf8' });
  write(file, text);
  git('add', file);
  copyFileSync(INDEX, `${INDEX}.${what}`);
  git('reset', '--quiet');
  if (before.status === 0) write(file, before.stdout);
  else rmSync(path.join(repository, file));
}

/** Milliseconds, of the whole process. */
function time(command, words) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, words, { cwd: repository, encoding: 'utf8' });
  const taken = Number(process.hrtime.bigint() - start) / 1e6;
  if (status !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${status}: ${stderr}`);
  return taken;
}

const COMMANDS = [
  ['`git diff --cached --name-only`', 'git', ['diff', '--cached', '--name-only'], 'a file with a call'],
  ['`node --eval 0`', process.execPath, ['--eval', '0'], 'a file with a call'],
  ...Object.keys(STAGED).map((what) => [
    `\`fusionlint --staged\`, staged: ${what}`,
    process.execPath,
    [CLI, '--staged', '--quiet'],
    what,
  ]),
  ['`fusionlint`, everything', process.execPath, [CLI, '--quiet'], 'nothing that matters'],
];
const taken = COMMANDS.map(() => []);
for (let round = 0; round <= Number(runs); round++) {
  for (const [at, [, command, words, what]] of COMMANDS.entries()) {
    const [file, text] = STAGED[what];
    copyFileSync(`${INDEX}.${what}`, INDEX);
    const kept = what === 'nothing that matters' ? undefined : file;
    if (kept) write(kept, text);
    const milliseconds = time(command, words);
    if (round > 0) taken[at].push(milliseconds);
    if (kept) git('reset', '--quiet', '--hard');
  }
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const rows = COMMANDS.map(
  ([what], at) =>
    `| ${what} | ${Math.round(median(taken[at]))} ms | ${Math.round(Math.min(...taken[at]))} ms |`,
);
const table = [
  `Median and minimum of ${runs} rounds in turn, ${FILES} files (50 with a call of Fusion), Node.js ${process.versions.node}, git ${git('--version').trim().replace('git version ', '')}, ${cpus().length} × ${cpus()[0]?.model}:`,
  '',
  '| command | median | minimum |',
  '| --- | --- | --- |',
  ...rows,
].join('\n');
process.stdout.write(`${table}\n`);
writeFileSync(PAGE, withPart(readFileSync(PAGE, 'utf8'), 'times', table));
