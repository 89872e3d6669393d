import { messageOf, UsageError } from '../errors.ts';
import { nameOf } from '../paths.ts';
import { replaceFiles, whyNotReplaced } from '../replace.ts';
import { plural } from '../report/text.ts';
import { placeOf } from '../request.ts';
import type { CommentedFile } from '../suppress.ts';
import type { SuppressOptions } from './arguments.ts';
import { nothingToLint, type Surroundings } from './lint.ts';
import { startProgress } from './progress.ts';

/** Writes comments that suppress findings, and answers with the exit code: 2 where one can't be written. */
export async function writeSuppressions(
  options: SuppressOptions,
  { cwd, stdout, stderr }: Surroundings,
): Promise<number> {
  const here = cwd();
  const { commentOn } = await import('../suppress.ts');
  const progress = startProgress(stderr);
  const { files, suppressed, left, result } = await commentOn({
    ...options,
    cwd: here,
    onProgress: progress.update,
  }).finally(progress.stop);
  if (result.stats.filesDiscovered === 0) throw nothingToLint(options.paths);
  for (const each of files) checkUnchanged(each, here);
  try {
    replaceFiles(files.map(({ file, after }) => ({ file, text: after })));
  } catch (error) {
    throw new UsageError(`no comment was written: ${messageOf(error)}`);
  }
  const found = `${plural(suppressed.length, 'finding')} of ${options.rules.join(', ')}`;
  stdout.write(
    suppressed.length + left.length === 0
      ? `no finding of ${options.rules.join(', ')}\n`
      : `${found} suppressed, ${plural(files.length, 'file')} changed\n`,
  );
  for (const { ruleId, location } of left)
    stderr.write(`fusionlint: ${placeOf(location)}: no comment can stand here that suppresses ${ruleId}\n`);
  return left.length > 0 ? 2 : 0;
}

/** @throws {UsageError} when writing would lose something */
function checkUnchanged({ file, before }: CommentedFile, cwd: string): void {
  const why = whyNotReplaced(file, before);
  if (why !== undefined) throw new UsageError(`no comment was written: ${nameOf(file, cwd)} ${why}`);
}
