import { messageOf, UsageError } from '../errors.ts';
import { nameOf } from '../paths.ts';
import { replaceFiles } from '../replace.ts';
import { plural } from '../report/text.ts';
import type { BaselineOptions } from './arguments.ts';
import { nothingToLint, type Surroundings } from './lint.ts';
import { startProgress } from './progress.ts';

/** Writes the baseline, and answers with the exit code. */
export async function writeBaseline(
  { prune, ...options }: BaselineOptions,
  { cwd, stdout, stderr }: Surroundings,
): Promise<number> {
  const here = cwd();
  const { updateBaseline } = await import('../baseline.ts');
  const progress = startProgress(stderr);
  const { file, text, added, known, removed, result } = await updateBaseline(
    { ...options, cwd: here, onProgress: progress.update },
    prune,
  ).finally(progress.stop);
  if (result.stats.filesDiscovered === 0) throw nothingToLint(options.paths);
  const name = nameOf(file, here);
  try {
    replaceFiles([{ file, text }]);
  } catch (error) {
    throw new UsageError(`${name} can't be written: ${messageOf(error)}`);
  }
  const what = prune
    ? plural(known, 'known finding')
    : `${plural(known + added, 'known finding')}, ${added} of them new`;
  const gone = removed === 0 ? '' : `; ${removed} that ${removed === 1 ? 'is' : 'are'} gone taken out`;
  stdout.write(`${name}: ${what}${gone}\n`);
  return 0;
}
