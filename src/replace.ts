import {
  accessSync,
  chmodSync,
  constants,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';

/** A file that is to be written: the whole text or nothing, so that a reader never sees half of it. */
export interface Replacement {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
}

/**
 * Behind the name of a file: why a text that was worked out from another must not take its place; undefined
 * when it may.
 *
 * @param file absolute
 * @param before the text as it was read
 * @throws {NodeJS.ErrnoException} when the file can't be read
 */
export function whyNotReplaced(file: string, before: string): string | undefined {
  const bytes = readFileSync(file);
  if (bytes.equals(Buffer.from(before, 'utf8'))) return undefined;
  return bytes.toString('utf8') === before ? 'is not UTF-8' : 'has changed since it was read';
}

/**
 * Writes all of the files or, where one cannot be written, none. A link stays, and what it leads to is
 * replaced; the mode stays too.
 *
 * @throws {NodeJS.ErrnoException} what the file system says
 */
export function replaceFiles(files: readonly Replacement[]): void {
  const prepared: { readonly temporary: string; readonly target: string }[] = [];
  try {
    for (const { file, text } of files) {
      const stat = statSync(file, { throwIfNoEntry: false });
      const target = stat ? realpathSync(file) : file;
      if (stat) accessSync(target, constants.W_OK);
      const temporary = `${target}.${process.pid}.tmp`;
      prepared.push({ temporary, target });
      writeFileSync(temporary, text);
      if (stat) chmodSync(temporary, stat.mode & 0o7777);
    }
    for (const { temporary, target } of prepared) renameSync(temporary, target);
  } catch (error) {
    for (const { temporary } of prepared) rmSync(temporary, { force: true });
    throw error;
  }
}
