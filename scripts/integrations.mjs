// Tries each tool that runs hooks for real: makes a repository, installs the packed fusionlint and the tool as
// docs/integrations.md says, and commits a bad and a good change. Fails when the bad one passes, or the good one
// does not. Writes what it did into docs/integrations.md. Needs the npm registry, and for pre-commit Python.
//
//   npm run integrations                 all of them
//   npm run integrations -- husky        one of them
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withPart } from './marked.mjs';

const PAGE = 'docs/integrations.md';
const ROOT = realpathSync('.');
const WORK = realpathSync(mkdtempSync(path.join(tmpdir(), 'fusionlint-integrations-')));
process.on('exit', () => rmSync(WORK, { recursive: true, force: true }));

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** Headers from a builder, in a file of their own: what the bad change breaks stands elsewhere. */
const PROJECT = {
  '.gitignore': 'node_modules/\n',
  'src/headers.js': `export function fusionHeaders() {
  return {
    'x-api-key': process.env.FUSION_KEY,
    authorization: \`Bearer \${process.env.FUSION_TOKEN}\`,
    'x-organization-id': '123',
    'x-gw-region': 'or2',
  };
}
`,
  'src/teams.js': `import { fusionHeaders } from './headers.js';

export const listTeams = () =>
  fetch('https://fusion.adobe.io/api/v3/teams', { headers: fusionHeaders() });
`,
};

const LINT_STAGED = {
  'lint-staged': { '*.{js,jsx,ts,tsx,mjs,cjs,mts,cts,vue,svelte,astro}': 'fusionlint --staged' },
};

/** Each tool: what is installed, run and written, in this order, and what is run last. */
const TOOLS = {
  husky: {
    packages: ['husky@9.1.7'],
    first: 'npx husky init',
    files: { '.husky/pre-commit': 'fusionlint --staged\n' },
  },
  lefthook: {
    packages: ['lefthook@2.2.2'],
    files: {
      'lefthook.yml':
        'pre-commit:\n  commands:\n    fusionlint:\n      run: npx --no-install fusionlint --staged\n',
    },
    last: 'npx lefthook install',
  },
  'lint-staged': {
    packages: ['husky@9.1.7', 'lint-staged@16.4.0'],
    first: 'npx husky init',
    files: { '.husky/pre-commit': 'lint-staged\n', 'package.json': LINT_STAGED },
  },
  'pre-commit': {
    packages: [],
    files: {
      '.pre-commit-config.yaml': `repos:\n  - repo: ${manifest.repository.url.replace(/^git\+|\.git$/g, '')}\n    rev: v${manifest.version}\n    hooks:\n      - id: fusionlint\n`,
    },
    last: 'pre-commit install --install-hooks',
  },
};

/** Runs a line in a shell, as a person would type it. */
function run(line, cwd, env) {
  const { status, stdout } = spawnSync('sh', ['-c', `exec 2>&1; ${line}`], { cwd, env, encoding: 'utf8' });
  return { status, output: stdout };
}

function must(line, cwd, env) {
  const { status, output } = run(line, cwd, env);
  if (status !== 0) throw new Error(`${line} failed (${status}):\n${output}`);
  return output;
}

/** The environment without what git, npm and a CI service put into it: a home of its own, npm's cache as it is. */
function environment(home) {
  const cache = must('npm config get cache', ROOT, process.env).trim();
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:GIT_(?!SSL)|npm_|CI$|FORCE_COLOR$)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: `${path.join(WORK, 'python/bin')}:${process.env.PATH}`,
    HOME: home,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'test',
    GIT_AUTHOR_EMAIL: 'test@example.com',
    GIT_COMMITTER_NAME: 'test',
    GIT_COMMITTER_EMAIL: 'test@example.com',
    npm_config_cache: cache,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    NO_COLOR: '1',
  };
}

function writeFiles(folder, files) {
  for (const [file, content] of Object.entries(files)) {
    const place = path.join(folder, file);
    mkdirSync(path.dirname(place), { recursive: true });
    if (typeof content === 'string') writeFileSync(place, content);
    else {
      const before = JSON.parse(readFileSync(place, 'utf8'));
      writeFileSync(place, `${JSON.stringify({ ...before, ...content }, null, 2)}\n`);
    }
  }
}

/** pre-commit clones the repository that it is told of; here that is this one, as it is committed. */
function ofThisRepository(files) {
  const head = must('git rev-parse HEAD', ROOT, process.env).trim();
  return Object.fromEntries(
    Object.entries(files).map(([file, text]) => [
      file,
      text.replace(/repo: .*/, `repo: ${ROOT}`).replace(/rev: .*/, `rev: ${head}`),
    ]),
  );
}

function attempt(name, { packages, first, files, last }, tarball) {
  const folder = path.join(WORK, name, 'project');
  mkdirSync(folder, { recursive: true });
  const env = environment(path.join(WORK, name));
  writeFiles(folder, { ...PROJECT, 'package.json': '{ "private": true, "type": "module" }\n' });
  must('git init --quiet --initial-branch=main .', folder, env);
  if (packages.length > 0) must(`npm install --save-dev ${tarball} ${packages.join(' ')}`, folder, env);
  if (first) must(first, folder, env);
  writeFiles(folder, name === 'pre-commit' ? ofThisRepository(files) : files);
  if (last) must(last, folder, env);
  must('git add --all && git commit --quiet --no-verify --message Start', folder, env);

  const transcript = [];
  /** A hook that fails for another reason than the finding has not done its work. */
  const step = (line, found) => {
    const { status, output } = run(line, folder, env);
    transcript.push(`$ ${line}`, scrubbed(output), `exit code ${status}`, '');
    if ((status !== 0) !== found || output.includes('required-headers') !== found)
      throw new Error(`${name}: \`${line}\` ended with ${status}:\n${output}`);
  };
  const headers = PROJECT['src/headers.js'];
  writeFiles(folder, { 'src/headers.js': headers.replace(/.*x-gw-region.*\n/, '') });
  step('git commit --all --message "One header less"', true);
  writeFiles(folder, { 'src/headers.js': `// As of API version 3.\n${headers}` });
  step('git commit --all --message "A comment"', false);
  return transcript.join('\n').trimEnd();
}

/** Without what differs between two machines or two runs. */
function scrubbed(output) {
  return (
    output
      .replaceAll(ROOT, '<fusionlint>')
      .replaceAll(WORK, '<tmp>')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what a terminal is told is no text
      .replace(/\x1b\[[\d;?]*[A-Za-z]/g, '')
      .replace(/\d+(?:\.\d+)? ?(?:ms|s|seconds)\b/g, '… s')
      .replace(/\[main [\da-f]{7,}\]/g, '[main …]')
      .replace(/(?<=Preparing lint-staged|state in git stash|Backed up original).*?\([\da-f]{6,}\)/g, ' (…)')
      .replace(/[ \t]+$/gm, '')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd()
  );
}

function recipe({ packages, first, files, last }) {
  const install = packages.length > 0 && `npm install --save-dev fusionlint ${packages.map(bare).join(' ')}`;
  return [...commands(install, first), ...Object.entries(files).map(written), ...commands(last)].join('\n\n');
}

function commands(...lines) {
  const typed = lines.filter(Boolean);
  return typed.length > 0 ? [fence('sh', typed.join('\n'))] : [];
}

function written([file, content]) {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  const language = file.endsWith('.json') ? 'json' : /\.ya?ml$/.test(file) ? 'yaml' : 'sh';
  const added = typeof content === 'string' ? '' : ', besides what it has';
  return `\`${file}\`${added}:\n\n${fence(language, text)}`;
}

function bare(spec) {
  return spec.replace(/@[\d.]+$/, '');
}

function fence(language, text) {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(TOOLS);
must('npm run build', ROOT, process.env);
const tarball = path.join(
  WORK,
  must(`npm pack --silent --ignore-scripts --pack-destination "${WORK}"`, ROOT, process.env).trim(),
);
if (names.includes('pre-commit')) {
  must(
    `python3 -m venv "${WORK}/python" && "${WORK}/python/bin/pip" install --quiet pre-commit==4.6.2`,
    WORK,
    process.env,
  );
  chmodSync(path.join(WORK, 'python/bin/pre-commit'), 0o755);
}
let page = readFileSync(PAGE, 'utf8');
for (const name of names) {
  const tool = TOOLS[name];
  if (!tool) throw new Error(`there is no ${name} (${Object.keys(TOOLS).join(', ')})`);
  const transcript = attempt(name, tool, tarball);
  const versions = name === 'pre-commit' ? 'pre-commit 4.6.2' : tool.packages.join(', ').replaceAll('@', ' ');
  const heading = `With ${versions}, git ${gitVersion()} and Node.js ${process.versions.node}:`;
  page = withPart(page, name, [recipe(tool), heading, fence('', transcript)].join('\n\n'));
  process.stdout.write(`${name}: the bad commit was stopped, the good one passed\n`);
}
writeFileSync(PAGE, page);

function gitVersion() {
  return must('git --version', ROOT, process.env).trim().replace('git version ', '');
}
