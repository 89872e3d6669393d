import path from 'node:path';
import { UsageError } from '../errors.ts';
import { FORMATS, type Format } from '../report/index.ts';
import { formatOf, type Settings } from './options.ts';

/** A report, and where it goes. */
export interface Destination {
  readonly format: Format;
  /** As typed; undefined for standard output. */
  readonly file: string | undefined;
  /** The option that names the file, for messages: `--output report.json`. */
  readonly typed: string;
}

/**
 * What `--format NAME[:FILE]` and `--output FILE` say together; undefined when neither was typed. The file of
 * `--output` is that of the one format that names none.
 *
 * @throws {UsageError} when two reports would go to the same place
 */
export async function destinationsOf({ formats, output }: Settings): Promise<Destination[] | undefined> {
  if (formats === undefined && output === undefined) return undefined;
  const destinations: Destination[] = [];
  for (const typed of formats ?? ['pretty']) {
    // Only the first colon parts: the file may be C:\report.sarif.
    const [, name = typed, file] = /^([^:]*):(.*)$/s.exec(typed) ?? [];
    const format = await formatOf(name, FORMATS);
    if (file === '') throw new UsageError(`--format ${typed} needs a file behind the colon`);
    destinations.push(
      file === undefined
        ? { format, file: output, typed: `--output ${output}` }
        : { format, file, typed: `--format ${typed}` },
    );
  }
  if (output !== undefined && destinations.every(({ typed }) => typed.startsWith('--format')))
    throw new UsageError(`--output ${output}: each --format names a file of its own`);
  for (const [at, { format, file }] of destinations.entries()) {
    const other = destinations.slice(0, at).find((each) => samePlace(each.file, file));
    if (!other) continue;
    const where = file === undefined ? 'standard output' : file;
    throw new UsageError(
      `${other.format} and ${format} would both go to ${where}; give one a file of its own: --format ${other.format}:FILE`,
    );
  }
  return destinations;
}

function samePlace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined ? a === b : path.resolve(a) === path.resolve(b);
}
