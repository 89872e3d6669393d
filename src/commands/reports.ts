import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { messageOf, UsageError } from '../errors.ts';
import { gitTop } from '../git.ts';
import { isWithin, slashed } from '../paths.ts';
import type { Format, ReportOptions } from '../report/index.ts';
import type { Result } from '../request.ts';
import { blobAddress } from './addresses.ts';
import { useColor } from './color.ts';
import type { Destination } from './destinations.ts';
import { useHyperlinks } from './hyperlinks.ts';
import type { Surroundings } from './lint.ts';
import { deliver } from './output.ts';
import { readPage } from './rules.ts';

/** A run, as its reports need it. */
export interface Report {
  readonly result: Result;
  /** The linted root; absolute. */
  readonly root: string;
  /** The text of a file that was linted. */
  readonly sources: (file: string) => string | undefined;
  readonly exitCode: number;
  readonly quiet: boolean;
  /** As typed. */
  readonly color: boolean | undefined;
}

/**
 * Writes each report to where it goes; one that can't be written keeps no other from it.
 *
 * @throws {UsageError} when one can't be written
 */
export async function deliverAll(
  destinations: readonly Destination[],
  report: Report,
  surroundings: Surroundings,
): Promise<void> {
  const failures: string[] = [];
  for (const { format, file, typed } of destinations) {
    const text = await textOf(format, report, surroundings, file !== undefined);
    try {
      deliver(text, file, surroundings, typed);
    } catch (error) {
      failures.push(messageOf(error));
    }
  }
  if (failures.length > 0) throw new UsageError(failures.join('\nfusionlint: '));
}

/** The text of a report; colors and links only where a terminal reads it. */
export async function textOf(
  format: Format,
  { result, root, sources, exitCode, quiet, color: asked }: Report,
  { env, stdout }: Surroundings,
  inFile: boolean,
): Promise<string> {
  const { render } = await import('../report/index.ts');
  const color = useColor(asked, { env, isTTY: !inFile && stdout.isTTY === true });
  const base = baseOf(root);
  const options: ReportOptions = {
    color,
    quiet,
    sources,
    link:
      format !== 'pretty'
        ? blobAddress(env, base)
        : !inFile && (await useHyperlinks(stdout, color, env))
          ? ({ file }) => pathToFileURL(path.join(root, file)).href
          : undefined,
    page: pageReader(result),
    exitCode,
    base,
  };
  return render(format, result, options);
}

/** Where the root lies in its repository: `packages/api/`; '' at the top, and outside of a repository. */
function baseOf(root: string): string {
  const top = gitTop(root);
  const relative = top === undefined || !isWithin(top, root) ? '' : slashed(path.relative(top, root));
  return relative === '' ? '' : `${relative}/`;
}

/** Rules of the user's own have no page. */
function pageReader({ rules = [] }: Result): (ruleId: string) => string | undefined {
  const withPage = new Set(rules.filter(({ docs }) => docs !== undefined).map(({ id }) => id));
  return (id) => (withPage.has(id) ? readPage(id) : undefined);
}

export function sourceOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
