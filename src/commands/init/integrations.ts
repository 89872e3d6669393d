import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { version } from '../../version.ts';

/** A way to run fusionlint by itself: a file to write, or lines for one that is there. */
export interface Integration {
  /** To stand in a question: `a pre-commit hook for husky`. */
  readonly what: string;
  readonly file: string;
  readonly text: string;
  /** The file is there already, so the text is only shown; why, or where it goes. */
  readonly add?: string;
  readonly executable?: true;
}

const SOURCES = '*.{js,jsx,mjs,cjs,ts,tsx,mts,cts,vue,svelte,astro}';

/** What fits the tools that the project uses already. `folder` is the top of the work tree. */
export function integrationsOf(folder: string): Integration[] {
  const manifest = manifestOf(folder);
  const uses = (name: string) => manifest.dependencies.includes(name);
  const has = (...files: readonly string[]) => files.find((file) => existsSync(path.join(folder, file)));
  const found: Integration[] = [];

  if (uses('husky') || has('.husky')) {
    const file = '.husky/pre-commit';
    const text = 'npx --no-install fusionlint --staged\n';
    const add = has(file) ? 'add this line' : undefined;
    found.push({ what: 'a pre-commit hook for husky', file, text, executable: true, ...(add && { add }) });
  }
  const lefthook = has('lefthook.yml', 'lefthook.yaml', '.lefthook.yml', '.lefthook.yaml');
  if (lefthook !== undefined || uses('lefthook')) {
    const text = [
      'pre-commit:',
      '  commands:',
      '    fusionlint:',
      '      run: npx --no-install fusionlint --staged',
      '',
    ].join('\n');
    found.push({
      what: 'a pre-commit command for lefthook',
      file: lefthook ?? 'lefthook.yml',
      text,
      ...(lefthook && { add: 'add this command' }),
    });
  }
  const lintStaged =
    has('.lintstagedrc', '.lintstagedrc.json', '.lintstagedrc.yaml', '.lintstagedrc.yml') ??
    configScript(folder) ??
    (manifest.lintStaged ? 'package.json' : undefined);
  if (lintStaged !== undefined || uses('lint-staged'))
    found.push({
      what: 'a task for lint-staged',
      file: lintStaged ?? '.lintstagedrc.json',
      text: lintStaged
        ? `"${SOURCES}": "fusionlint --staged"\n`
        : `{\n  "${SOURCES}": "fusionlint --staged"\n}\n`,
      ...(lintStaged && { add: 'add this task' }),
    });
  const preCommit = has('.pre-commit-config.yaml', '.pre-commit-config.yml');
  if (preCommit !== undefined)
    found.push({
      what: 'a hook for pre-commit',
      file: preCommit,
      text: [
        '  - repo: local',
        '    hooks:',
        '      - id: fusionlint',
        '        name: fusionlint',
        '        entry: npx --no-install fusionlint --staged',
        '        language: system',
        '        pass_filenames: false',
        '',
      ].join('\n'),
      add: 'add this below `repos:`',
    });

  const origin = originOf(folder);
  if (has('.gitlab-ci.yml') || /gitlab/i.test(origin))
    found.push({
      what: 'a job for GitLab',
      file: '.gitlab-ci.yml',
      text: gitlab(manifest.installed),
      ...(has('.gitlab-ci.yml') && { add: 'add this job' }),
    });
  if (has('.github') || /github/i.test(origin)) {
    const file = '.github/workflows/fusionlint.yml';
    found.push({ what: 'a workflow for GitHub', file, text: github(manifest.installed) });
  }
  return found;
}

interface Manifest {
  readonly dependencies: readonly string[];
  readonly lintStaged: boolean;
  /** fusionlint is one of the dependencies, so that `npm ci` installs it. */
  readonly installed: boolean;
}

function manifestOf(folder: string): Manifest {
  let found: Record<string, unknown> = {};
  try {
    found = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) ?? {};
  } catch {
    // Without one, or with one that is broken, nothing is known of the tools.
  }
  const dependencies = ['dependencies', 'devDependencies'].flatMap((key) => Object.keys(found[key] ?? {}));
  return {
    dependencies,
    lintStaged: found['lint-staged'] !== undefined,
    installed: dependencies.includes('fusionlint'),
  };
}

function configScript(folder: string): string | undefined {
  return readdirSync(folder).find((file) =>
    /^(?:\.lintstagedrc|lint-staged\.config)\.[cm]?[jt]s$/.test(file),
  );
}

/** The remotes' addresses, as git's own file has them; '' without. */
function originOf(folder: string): string {
  try {
    return /^\s*url\s*=.*$/m.exec(readFileSync(path.join(folder, '.git/config'), 'utf8'))?.[0] ?? '';
  } catch {
    return '';
  }
}

function github(installed: boolean): string {
  return `# Lints what a pull request changes.
name: fusionlint
on: pull_request
permissions:
  contents: read
jobs:
  fusionlint:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          # The commit that the branch began at is needed too.
          fetch-depth: 0
      - uses: actions/setup-node@v4
        with:
          node-version: 22
${installed ? '      - run: npm ci\n' : ''}      - run: ${command(installed)} --since "origin/$GITHUB_BASE_REF"
`;
}

function gitlab(installed: boolean): string {
  return `# Lints what a merge request changes.
fusionlint:
  image: node:22
  variables:
    GIT_DEPTH: "0"
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
${installed ? '    - npm ci\n' : ''}    - ${command(installed)} --since "$CI_MERGE_REQUEST_DIFF_BASE_SHA"
`;
}

function command(installed: boolean): string {
  return installed ? 'npx --no-install fusionlint' : `npx --yes fusionlint@${version}`;
}
