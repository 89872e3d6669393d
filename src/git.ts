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

function listFiles(root: string): Promise<string[] | undefined> {
  // In a git hook these point elsewhere, relative to another folder.
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_PREFIX, ...env } = process.env;
  // A linted repository must not get to start a program of its own.
  const arguments_ = [
    '-c',
    'core.fsmonitor=false',
    'ls-files',
    '-z',
    '--cached',
    '--others',
    '--exclude-standard',
  ];
  return new Promise((resolve) => {
    execFile('git', arguments_, { cwd: root, env, maxBuffer: Number.POSITIVE_INFINITY }, (error, stdout) => {
      resolve(error ? undefined : stdout.split('\0').filter((file) => file !== ''));
    });
  });
}
