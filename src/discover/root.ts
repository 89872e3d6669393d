import { statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.ts';
import { isWithin, slashed } from '../paths.ts';
import { globFolder, isGlob } from './glob.ts';

/**
 * The folder that everything is relative to, and the paths as seen from it. It is the working folder
 * when all paths lie inside it; else the one folder that is named, the folder of the one file, or the
 * folder that all paths have in common.
 *
 * @throws {UsageError} when a path outside of the working folder does not exist, or when the paths have
 *   no folder in common
 */
export function resolveRoot(cwd: string, paths: readonly string[]): { root: string; paths: string[] } {
  const here = path.resolve(cwd);
  if (paths.includes('')) throw new UsageError('an empty path: name a file, a folder or a glob');
  const absolute = (paths.length === 0 ? ['.'] : paths).map((each) => path.resolve(here, each));
  const root = absolute.every((each) => isWithin(here, each)) ? here : commonFolder(here, absolute);
  return { root, paths: absolute.map((each) => slashed(path.relative(root, each)) || '.') };
}

function commonFolder(cwd: string, paths: readonly string[]): string {
  const folders = paths.map((each) => folderOf(cwd, each));
  let common = folders[0] ?? cwd;
  for (const folder of folders) {
    while (!isWithin(common, folder)) {
      if (common === path.dirname(common)) break;
      common = path.dirname(common);
    }
  }
  if (paths.length > 1 && common === path.dirname(common)) {
    throw new UsageError(`the paths have no folder in common; lint them one at a time`);
  }
  return common;
}

/** The folder of an absolute path that is a folder, a file or a glob. */
function folderOf(cwd: string, file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat) return stat.isDirectory() ? file : path.dirname(file);
  if (isGlob(file)) return path.resolve(globFolder(slashed(file)));
  if (isWithin(cwd, file)) return path.dirname(file);
  throw new UsageError(`there is no file or folder ${slashed(path.relative(cwd, file))}`);
}
