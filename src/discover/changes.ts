import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Change, Hunk } from '../change.ts';
import { UsageError } from '../errors.ts';
import { blobs, GitError, gitPatch, gitTop, mergeBase, untrackedFiles } from '../git.ts';
import { MARKDOWN, nameOf, slashed } from '../paths.ts';
import { SOURCE } from './defaults.ts';
import { isGlob } from './glob.ts';
import { changedLines } from './patch.ts';
import { resolveRoot } from './root.ts';
import { type Snapshot, snapshotOf } from './snapshot.ts';
import { setsVariables } from './variables.ts';

export interface ChangeOptions {
  /** Absolute. */
  readonly cwd: string;
  /** Files, folders and globs: only what changes in them counts. */
  readonly paths: readonly string[];
  /** Limits the run to what is staged. */
  readonly staged?: boolean | undefined;
  /** Limits it to what differs from the commit that HEAD and this one have in common. */
  readonly since?: string | undefined;
}

/** What a run is limited to, with the contents that it is made of. */
export interface ChangedFiles extends Change {
  /** Whether a file changed that a request can depend on. */
  readonly matters: boolean;
  /** What the commit will hold; undefined where it is the work tree that counts. */
  readonly snapshot: () => Promise<Snapshot | undefined>;
  /** The text that a file had before; undefined when there was none. */
  readonly before: (file: string) => Promise<string | undefined>;
}

/** Tools write them, or what they say changes no request. */
const IRRELEVANT = /(?:^|\/)(?:package-lock|npm-shrinkwrap|[jt]sconfig(?:\.[\w.-]+)?)\.json$/;
export const MANIFEST = /(?:^|\/)package\.json$/;

/**
 * Asks git what is changed, which takes one process, or three with `since`. Undefined when the run is not
 * limited.
 *
 * @throws {UsageError} outside of a git work tree, in an unfinished merge, when a path does not exist, or
 *   when git cannot tell
 */
export async function readChange(options: ChangeOptions): Promise<ChangedFiles | undefined> {
  const { cwd, staged = false, since } = options;
  if (!staged && since === undefined) return undefined;
  if (staged && since !== undefined)
    throw new UsageError(
      '--staged and --since exclude each other: one is about a commit, the other a branch',
    );
  const option = since === undefined ? '--staged' : '--since';
  const { root, paths } = resolveRoot(cwd, options.paths);
  const top = gitTop(root);
  if (top === undefined)
    throw new UsageError(
      `${option} needs a git repository, and ${nameOf(root, cwd)} lies in none; without it, whole files are linted`,
    );
  const prefix = slashed(path.relative(top, root));
  const below = (file: string) => path.posix.relative(prefix, file);
  try {
    const base = since === undefined ? undefined : await baseOf(top, since);
    const patch = await gitPatch(top, base === undefined ? 'staged' : { commit: base }, PATHSPECS);
    const unmerged = /^\* Unmerged path (.*)$/m.exec(patch)?.[1];
    if (staged && unmerged !== undefined)
      throw new UsageError(`${unmerged} is not merged yet: resolve the conflict and \`git add\` it`);
    const changed = changedLines(patch);
    if (base !== undefined)
      for (const file of (await untrackedFiles(top)).filter(mayMatter)) changed.set(file, [WHOLE]);
    const chosen = await chooser(root, paths, new Set([...changed.keys()].map(below)));
    const files = new Map<string, readonly Hunk[]>();
    for (const [file, hunks] of changed)
      if (hunks.length > 0 && mayMatter(file) && chosen(below(file))) files.set(below(file), hunks);
    let snapshot: Promise<Snapshot> | undefined;
    return {
      kind: staged ? 'staged' : 'since',
      ...(base !== undefined && { base }),
      files,
      matters: [...files.keys()].some((file) => isRead(path.join(root, file))),
      async snapshot() {
        if (staged) snapshot ??= snapshotOf(top, root);
        return snapshot;
      },
      async before(file) {
        const name = `${base ?? 'HEAD'}:${path.posix.join(prefix, file)}`;
        return (await blobs(top, [name])).get(name);
      },
    };
  } catch (error) {
    if (error instanceof GitError) throw new UsageError(`${option}: ${error.message}`, { cause: error });
    throw error;
  }
}

const WHOLE: Hunk = { first: 1, last: Number.POSITIVE_INFINITY, removed: '' };

/** What git is asked for: at least the files that may matter. Their `*` also stands for folders. */
const PATHSPECS = [
  ...['js', 'jsx', 'ts', 'tsx', 'mjs', 'cjs', 'mts', 'cts', 'json', 'vue', 'svelte', 'astro'],
  ...['md', 'mdx', 'markdown', 'env', 'env.*', 'yml', 'yaml'],
].map((ending) => `*.${ending}`);

async function baseOf(top: string, ref: string): Promise<string> {
  if (ref.startsWith('-')) throw new UsageError(`--since needs a branch or a commit, not ${ref}`);
  const found = await mergeBase(top, ref);
  if ('commit' in found) return found.commit;
  const { missing, shallow } = found;
  const deepen =
    'This clone is shallow: `git fetch --unshallow` completes it, and so does `fetch-depth: 0` of actions/checkout';
  if (missing === 'base')
    throw new UsageError(
      `--since ${ref}: git finds no commit that ${ref} and HEAD have in common. ${shallow ? `${deepen}.` : 'They have separate histories.'}`,
    );
  throw new UsageError(
    `--since ${ref}: git knows no commit ${ref} here. ${shallow ? `${deepen}; a branch of the server is named as in origin/main.` : `A branch of the server is named as in origin/main, and \`git fetch\` brings it.`}`,
  );
}

/** Whether the paths that were named have a file. */
async function chooser(
  root: string,
  paths: readonly string[],
  changed: ReadonlySet<string>,
): Promise<(file: string) => boolean> {
  if (paths.includes('.')) return () => true;
  for (const each of paths)
    if (!changed.has(each) && !isGlob(each) && !existsSync(path.join(root, each)))
      throw new UsageError(`there is no file or folder ${each}`);
  const globs = paths.filter((each) => isGlob(each) && !existsSync(path.join(root, each)));
  const { patterns } = await import('./patterns.ts');
  const matching = patterns(globs.map((each) => `/${each}`));
  return (file) =>
    paths.some((each) => file === each || file.startsWith(`${each}/`)) ||
    (!file.startsWith('../') && matching.ignores(file));
}

/** Whether a file of this name can have a part in a request, or in what is asked of it. */
function mayMatter(file: string): boolean {
  if (file.endsWith('.json')) return !IRRELEVANT.test(file);
  return SOURCE.test(file) || MARKDOWN.test(file) || setsVariables(file);
}

/** A manifest says something only where it holds the configuration. */
function isRead(file: string): boolean {
  if (!MANIFEST.test(slashed(file))) return true;
  try {
    return readFileSync(file, 'utf8').includes('"fusionlint"');
  } catch {
    return false;
  }
}
