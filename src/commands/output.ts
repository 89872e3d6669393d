import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UsageError } from '../errors.ts';
import { replaceFiles } from '../replace.ts';

/** Whether the file could be written, before a long run: its folder exists and it is no folder itself. */
export function checkOutput(cwd: string, file: string): void {
  const target = path.resolve(cwd, file);
  if (!statSync(path.dirname(target), { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--output ${file}: there is no folder ${path.dirname(file)}`);
  }
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UsageError(`--output ${file}: this is a folder`);
  }
}

/**
 * Writes the whole text or nothing: a reader never sees half a report.
 *
 * @throws {UsageError} when the file cannot be written
 */
function writeOutput(cwd: string, file: string, text: string): void {
  checkOutput(cwd, file);
  const named = path.resolve(cwd, file);
  try {
    const stat = statSync(named, { throwIfNoEntry: false });
    // A device or a pipe (/dev/stdout) is written to, not replaced; neither is a link, but what it leads to.
    if (stat && !stat.isFile()) writeFileSync(named, text);
    else replaceFiles([{ file: named, text }]);
  } catch (error) {
    throw new UsageError(`--output ${file}: ${messageOf(error)}`);
  }
}

/** Writes the text to the file, or to standard output without one. */
export function deliver(
  text: string,
  output: string | undefined,
  { cwd, stdout }: Pick<NodeJS.Process, 'cwd' | 'stdout'>,
): void {
  if (output === undefined) stdout.write(text);
  else writeOutput(cwd(), output, text);
}
