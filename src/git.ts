import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** The top of the git work tree that the folder lies in; undefined outside of one. Starts no process. */
export function gitTop(folder: string): string | undefined {
  for (let each = path.resolve(folder); ; each = path.dirname(each)) {
    // A file, not a folder, in a linked work tree and in a submodule.
    if (existsSync(path.join(each, '.git'))) return each;
    if (each === path.dirname(each)) return undefined;
  }
}

let begun: { readonly root: string; readonly files: Promise<string[] | undefined> } | undefined;

/** Lets git list the files while other work is done: the next `gitFiles` of the root takes the answer. */
export function beginGitFiles(root: string): void {
  if (gitTop(root) !== undefined) begun = { root, files: listFiles(root) };
}

/**
 * The files below `root` that git tracks or would offer to track, relative to it, with forward slashes.
 * Has files that are tracked but deleted. Undefined when git cannot tell: not installed, or not willing
 * (a work tree of another owner).
 */
export function gitFiles(root: string): Promise<string[] | undefined> {
  const answer = begun?.root === root ? begun.files : listFiles(root);
  begun = undefined;
  return answer;
}

async function listFiles(root: string): Promise<string[] | undefined> {
  const { failed, stdout } = await git(root, [
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ]);
  return failed ? undefined : names(stdout);
}

// ------------------------------------------------------------------ changes

/** Without a commit to compare with: what is staged, against the last commit if there is one. */
export type Against = { readonly commit: string } | 'staged';

/**
 * The patch, without lines of context, of the files that the pathspecs name. File names are in quotes only
 * where they hold a quote, a backslash or a control character.
 *
 * @param top of the work tree
 * @throws {GitError} when git cannot tell
 */
export async function gitPatch(top: string, against: Against, pathspecs: readonly string[]): Promise<string> {
  return text(
    await git(
      top,
      [
        ...['-c', 'core.quotePath=false'],
        'diff',
        ...['--no-color', '--no-ext-diff', '--no-textconv', '--text', '--no-relative', '--find-renames'],
        ...['--unified=0', '--inter-hunk-context=0', '--ignore-submodules=all'],
        ...['--src-prefix=a/', '--dst-prefix=b/'],
        ...(against === 'staged' ? ['--cached'] : [against.commit]),
        '--',
        ...pathspecs,
      ],
      { index: true },
    ),
  );
}

/** The files that git would offer to track, relative to the top. */
export async function untrackedFiles(top: string): Promise<string[]> {
  return names(text(await git(top, ['ls-files', '-z', '--others', '--exclude-standard'], { index: true })));
}

/** A file as the index has it. */
export interface IndexEntry {
  /** Relative to the top. */
  readonly file: string;
  /** Octal: `100644`, `120000` for a link, `160000` for a submodule. */
  readonly mode: string;
  /** The name of its content. */
  readonly blob: string;
  /** A merge has left several versions of it. */
  readonly unmerged: boolean;
  /** The work tree may have another content, or none, and git does not look. */
  readonly unwatched: boolean;
}

/** @throws {GitError} when git cannot tell */
export async function indexEntries(top: string): Promise<IndexEntry[]> {
  const listed = names(text(await git(top, ['ls-files', '-z', '-v', '--stage'], { index: true })));
  return listed.flatMap((line) => {
    const [, tag = '', mode = '', blob = '', stage = '', file = ''] =
      /^(\S) (\d+) (\w+) (\d)\t(.*)$/s.exec(line) ?? [];
    return { file, mode, blob, unmerged: stage !== '0', unwatched: tag !== 'H' };
  });
}

/** The files of which the work tree has another content than the index, or that git has not looked at since. */
export async function filesUnlikeIndex(top: string): Promise<string[]> {
  const words = ['diff-files', '-z', '--name-only', '--no-renames', '--ignore-submodules=all'];
  return names(text(await git(top, words, { index: true })));
}

/**
 * Contents of objects, by the name that was asked for: a hash, or `COMMIT:FILE`. What is not there is not in
 * the answer. A name with a line break can't be asked for.
 */
export async function blobs(top: string, wanted: readonly string[]): Promise<Map<string, string>> {
  const asked = wanted.filter((each) => !each.includes('\n'));
  const found = new Map<string, string>();
  if (asked.length === 0) return found;
  const { stdout } = await git(top, ['cat-file', '--batch'], {
    input: asked.map((each) => `${each}\n`).join(''),
  });
  let at = 0;
  for (const name of asked) {
    const end = stdout.indexOf('\n', at);
    if (end < 0) break;
    const [, type, size] = /^\w+ (\w+) (\d+)$/.exec(stdout.toString('utf8', at, end)) ?? [];
    at = end + 1;
    if (size === undefined) continue;
    if (type === 'blob') found.set(name, stdout.toString('utf8', at, at + Number(size)));
    at += Number(size) + 1;
  }
  return found;
}

/** The commit that a branch grew from; or why there is none. */
export async function mergeBase(
  top: string,
  ref: string,
): Promise<{ readonly commit: string } | { readonly missing: 'ref' | 'base'; readonly shallow: boolean }> {
  const { failed, code, stdout } = await git(top, ['merge-base', ref, 'HEAD']);
  const commit = stdout.toString().trim();
  if (!failed && commit !== '') return { commit };
  const shallow =
    (await git(top, ['rev-parse', '--is-shallow-repository'])).stdout.toString().trim() === 'true';
  return { missing: code === 1 ? 'base' : 'ref', shallow };
}

/** Git can't do what was asked. The message is git's own first line. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

// ------------------------------------------------------------------ the process

interface Answer {
  readonly failed: boolean;
  /** The exit code; undefined when git did not start. */
  readonly code: number | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
}

interface Running {
  /** Whether to read the index that a commit under way is made of. */
  readonly index?: boolean;
  readonly input?: string;
}

function git(cwd: string, words: readonly string[], { index = false, input }: Running = {}): Promise<Answer> {
  // A linted repository must not get to start a program of its own.
  const argv = ['-c', 'core.fsmonitor=false', ...words];
  const options = {
    cwd,
    env: environment(cwd, index),
    maxBuffer: Number.POSITIVE_INFINITY,
    encoding: 'buffer',
  } as const;
  return new Promise((resolve) => {
    const child = execFile('git', argv, options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : undefined;
      resolve({ failed: error !== null, code, stdout, stderr: stderr.toString() || (error?.message ?? '') });
    });
    // Git that ends early is told of by its exit code.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** In a git hook some variables point elsewhere, relative to another folder. */
function environment(cwd: string, index: boolean): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_WORK_TREE, GIT_PREFIX, GIT_INDEX_FILE, ...env } = process.env;
  delete env.GIT_LITERAL_PATHSPECS;
  delete env.GIT_NOGLOB_PATHSPECS;
  delete env.GIT_ICASE_PATHSPECS;
  delete env.GIT_EXTERNAL_DIFF;
  delete env.GIT_DIFF_OPTS;
  // Reading never writes the index anew, nor asks a server for what a partial clone lacks.
  Object.assign(env, { GIT_OPTIONAL_LOCKS: '0', GIT_NO_LAZY_FETCH: '1' });
  // `git commit FILE` and `git commit --all` make the commit of an index of their own, named from the top.
  const own = GIT_INDEX_FILE === undefined ? undefined : path.resolve(cwd, GIT_INDEX_FILE);
  return index && own !== undefined && existsSync(own) ? { ...env, GIT_INDEX_FILE: own } : env;
}

function text({ failed, stdout, stderr }: Answer): string {
  if (failed) throw new GitError(stderr.trim().split('\n')[0] ?? '');
  return stdout.toString();
}

function names(output: Buffer | string): string[] {
  return output
    .toString()
    .split('\0')
    .filter((file) => file !== '');
}
