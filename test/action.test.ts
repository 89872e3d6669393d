import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import manifest from '../package.json' with { type: 'json' };
import { help } from '../src/commands/help.ts';
import { CLI } from './support/cli.ts';
import { folderWith, git, repositoryWith, writeFiles } from './support/folder.ts';
import { validator } from './support/schema.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

interface Step {
  readonly name: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const text = read('action.yml');
const action = parse(text) as {
  inputs: Readonly<Record<string, { default: string }>>;
  runs: { steps: readonly Step[] };
};
const { inputs, runs } = action;

test('action.yml is what GitHub takes for an action', () => {
  assert.equal(validator('github-action.json')(action), []);
});

test('the action and the template install the version that they belong to', () => {
  assert.is(inputs.version?.default, manifest.version);
  assert.is(parse(read('docs/gitlab-ci.yml')).fusionlint.variables.FUSIONLINT_VERSION, manifest.version);
});

test('no input is put into a script, and each is used', () => {
  for (const { run = '' } of runs.steps) assert.not.match(run, '${{');
  for (const name of Object.keys(inputs))
    assert.ok(text.includes(`\${{ inputs.${name} }}`) || text.includes(`inputs.${name} ==`), name);
});

test('other actions are pinned to a commit', () => {
  const used = runs.steps.flatMap(({ uses }) => uses ?? []);
  assert.is(used.length, 1);
  for (const each of used) assert.match(each, /^[\w-]+\/[\w/-]+@[0-9a-f]{40}$/);
});

// ------------------------------------------------------------------ run for real

const CALL = "fetch('https://fusion.adobe.io/api/v3/scenarios');\n";

/** An npm that installs this build, as `npm install --prefix FOLDER fusionlint@VERSION` would. */
const bin = folderWith({
  npm: `#!/bin/sh
[ "$1 $2" = "install --prefix" ] || exit 9
for last; do :; done
[ "$last" = "fusionlint@${manifest.version}" ] || { echo "no $last" >&2; exit 9; }
mkdir -p "$3/node_modules/.bin"
printf '#!/bin/sh\\nexec "%s" "%s" "$@"\\n' "${process.execPath}" "${CLI}" > "$3/node_modules/.bin/fusionlint"
chmod +x "$3/node_modules/.bin/fusionlint"
`,
});
chmodSync(path.join(bin, 'npm'), 0o755);

/** As the runner starts it. */
const BASH = ['--noprofile', '--norc', '-e', '-o', 'pipefail', '-c'];
const NOT_RUN = { status: null, stdout: '', stderr: '' };

/** Runs the steps that have a script, as the runner does, each with the inputs given or as they default. */
function act(
  cwd: string,
  given: Readonly<Record<string, string>> = {},
  event: Readonly<Record<string, string>> = {},
) {
  const temporary = folderWith({ 'summary.md': '', 'output.txt': '' });
  const steps = runs.steps.filter(({ run }) => run !== undefined);
  const outcomes = steps.map(({ run = '', env = {} }) => {
    const values = Object.entries(env).map(([name, value]) => {
      const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? '';
      return [name, given[input] ?? inputs[input]?.default ?? ''];
    });
    const { status, stdout, stderr } = spawnSync('bash', [...BASH, run], {
      cwd,
      encoding: 'utf8',
      env: {
        PATH: `${bin}:${path.dirname(process.execPath)}:${process.env.PATH}`,
        HOME: temporary,
        GITHUB_ACTIONS: 'true',
        GITHUB_STEP_SUMMARY: path.join(temporary, 'summary.md'),
        GITHUB_OUTPUT: path.join(temporary, 'output.txt'),
        RUNNER_TEMP: temporary,
        ...event,
        ...Object.fromEntries(values),
      },
    });
    return { status, stdout, stderr };
  });
  const [install = NOT_RUN, lint = NOT_RUN, sarif = NOT_RUN] = outcomes;
  const file = path.join(temporary, 'fusionlint/fusionlint.sarif');
  return {
    install,
    lint,
    sarif,
    summary: readFileSync(path.join(temporary, 'summary.md'), 'utf8'),
    output: readFileSync(path.join(temporary, 'output.txt'), 'utf8'),
    results: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).runs[0].results : undefined,
  };
}

const onWindows = process.platform === 'win32';

test('the steps: a report, annotations, a summary, SARIF, and the exit code', () => {
  if (onWindows) return;
  const cwd = repositoryWith({ 'src/a b.ts': CALL, 'src/c.ts': CALL, 'other/d.ts': CALL });
  const { install, lint, sarif, summary, output, results } = act(cwd, { paths: 'src/a b.ts\nother\n' });
  assert.is(install.status, 0, install.stderr);
  assert.is(lint.status, 1, lint.stderr);
  assert.match(lint.stdout, /^src\/a b\.ts {2}1 error$/m);
  assert.match(lint.stdout, /^::error file=src\/a b\.ts,line=1,/m);
  assert.not.match(lint.stdout, 'src/c.ts');
  assert.match(summary, /^### fusionlint: 2 errors\n/);
  assert.is(sarif.status, 0, sarif.stderr);
  assert.match(output, /^file=.*fusionlint\.sarif\n$/);
  assert.is(results.length, 2);
});

test('the steps: what fails is what the inputs say', () => {
  if (onWindows) return;
  const cwd = repositoryWith({
    'a.ts': "fetch('https://fusion.adobe.io/api/v3/teams', { headers: read() });\n",
  });
  assert.is(act(cwd).lint.status, 0);
  const { lint } = act(cwd, { 'max-unknown': '0' });
  assert.is(lint.status, 1);
  assert.match(lint.stderr, /more than --max-unknown 0/);
  assert.is(act(cwd, { 'fail-on': 'unknown' }).lint.status, 1);
});

test('the steps: an input is data, whatever it says', () => {
  if (onWindows) return;
  const cwd = repositoryWith({ 'a.ts': CALL });
  const { lint } = act(cwd, { paths: '$(touch hacked)"; touch hacked #', 'fail-on': '`touch hacked`' });
  assert.is(lint.status, 2);
  assert.not(existsSync(path.join(cwd, 'hacked')));
});

test('the steps: a wrong configuration fails both, and leaves nothing to upload', () => {
  if (onWindows) return;
  const cwd = repositoryWith({ 'a.ts': CALL, 'fusionlint.config.json': '{ "rule": {} }' });
  const { lint, sarif, output } = act(cwd);
  assert.is(lint.status, 2);
  assert.is(sarif.status, 2);
  assert.is(output, '');
});

if (help.includes('--since'))
  test('the steps: in a pull request its changes are judged, and code scanning gets everything', () => {
    if (onWindows) return;
    const cwd = repositoryWith({ 'old.ts': CALL });
    git(cwd, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
    writeFiles(cwd, { 'new.ts': CALL });
    git(cwd, 'add', '--all');
    git(cwd, 'commit', '--quiet', '--message', 'Change');
    const event = { GITHUB_BASE_REF: 'main' };
    const { lint, results } = act(cwd, {}, event);
    assert.is(lint.status, 1, lint.stderr);
    assert.match(lint.stdout, '::error file=new.ts');
    assert.not.match(lint.stdout, '::error file=old.ts');
    assert.is(results.length, 2);
    assert.match(act(cwd, { 'changed-only': 'false' }, event).lint.stdout, '::error file=old.ts');
  });

test('the template for GitLab runs', () => {
  if (onWindows) return;
  const { fusionlint: job } = parse(read('docs/gitlab-ci.yml'));
  const cwd = repositoryWith({ 'a.ts': CALL });
  const script = [...job.before_script, ...job.script].join('\n');
  const { status, stdout, stderr } = spawnSync('bash', [...BASH, script], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: `${bin}:${path.dirname(process.execPath)}:${process.env.PATH}`,
      HOME: folderWith({}),
      ...job.variables,
    },
  });
  assert.is(status, 1, stderr);
  assert.match(stdout, /^a\.ts {2}1 error$/m);
  const { codequality, junit } = job.artifacts.reports;
  assert.is(JSON.parse(readFileSync(path.join(cwd, codequality), 'utf8'))[0].location.path, 'a.ts');
  assert.match(readFileSync(path.join(cwd, junit), 'utf8'), '<testsuite name="a.ts"');
});

test('the transcripts of docs/ci.md are what the commands print', () => {
  if (onWindows) return;
  const example = path.join(ROOT, 'docs/example');
  const names = readdirSync(example);
  const cwd = repositoryWith(
    Object.fromEntries(names.map((name) => [`src/${name}`, readFileSync(path.join(example, name), 'utf8')])),
  );
  const transcripts = [...read('docs/ci.md').matchAll(/^```console\n\$ ([^\n]*)\n(.*?)^```/gms)];
  assert.ok(transcripts.length >= 5);
  for (const [, command = '', printed = ''] of transcripts) {
    const real = command.replace(
      'npx fusionlint',
      `"${process.execPath}" "${CLI}" --no-config --as-of 2026-11-24`,
    );
    const { stdout } = spawnSync('sh', ['-c', `{ ${real}; } 2>&1`], { cwd, encoding: 'utf8' });
    assert.is(withoutTime(stdout), withoutTime(printed), command);
  }
});

function withoutTime(text: string): string {
  return text.replace(/ time="[\d.]+"/, '');
}

test.run();
