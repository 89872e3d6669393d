import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UsageError } from '../errors.ts';
import { gitTop } from '../git.ts';
import { nameOf, slashed } from '../paths.ts';

/** How a baseline is called where nothing else is said. */
export const BASELINE_FILE = 'fusionlint-baseline.json';

/** Findings that a baseline holds: so many of one rule and one identity in a file. */
export interface BaselineEntry {
  /** With forward slashes; in the file from its own folder, in memory from the linted root. */
  readonly file: string;
  readonly rule: string;
  /** See `lint/fingerprint.ts`; without an ordinal. */
  readonly fingerprint: string;
  readonly count: number;
}

export interface BaselinePlace {
  /** Absolute; messages name files from here, and `baseline` is relative to it. */
  readonly cwd: string;
  /** The linted root, absolute. */
  readonly root: string;
  /** What the command line says: a file, `false` for none, undefined for what the configuration says. */
  readonly baseline: string | false | undefined;
  /** What the configuration says, absolute. */
  readonly configured: string | undefined;
}

/**
 * The absolute path of the baseline: the one that is named, or else the nearest one in the linted root and the
 * folders above it, up to the top of the git work tree. Undefined when there is none, or none is wanted.
 */
export function findBaseline({ cwd, root, baseline, configured }: BaselinePlace): string | undefined {
  if (baseline === false) return undefined;
  if (baseline !== undefined) return path.resolve(cwd, baseline);
  if (configured !== undefined) return configured;
  const top = gitTop(root) ?? root;
  for (let folder = root; ; folder = path.dirname(folder)) {
    const file = path.join(folder, BASELINE_FILE);
    if (existsSync(file)) return file;
    if (folder === top || folder === path.dirname(folder)) return undefined;
  }
}

/**
 * The entries of a baseline, their files as seen from the linted root.
 *
 * @throws {UsageError} naming the file and what to do, when it is missing, broken or of another version
 */
export async function readBaseline(file: string, cwd: string, root: string): Promise<BaselineEntry[]> {
  const name = nameOf(file, cwd);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(
      `there is no baseline ${name}: "fusionlint baseline" writes one, --no-baseline does without`,
    );
  const entries = entriesIn(await parsed(textOf(file, name), name), name);
  return entries.map((entry) => ({ ...entry, file: moved(entry.file, path.dirname(file), root) }));
}

export function isThere(root: string, file: string): boolean {
  return existsSync(path.resolve(root, file));
}

/** The text of a baseline. An entry a line, in order, so that changes are easy to review and to merge. */
export function printBaseline(entries: readonly BaselineEntry[], file: string, root: string): string {
  const lines = entries
    .map((entry) => ({ ...entry, file: moved(entry.file, root, path.dirname(file)) }))
    .sort(
      (a, b) => compare(a.file, b.file) || compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint),
    )
    .map(
      ({ file, rule, fingerprint, count }) =>
        `    ${JSON.stringify({ file, rule, fingerprint, ...(count > 1 && { count }) })}`,
    );
  const findings = lines.length === 0 ? '[]' : `[\n${lines.join(',\n')}\n  ]`;
  return `{\n  "schemaVersion": 1,\n  "findings": ${findings}\n}\n`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function moved(file: string, from: string, to: string): string {
  return slashed(path.relative(to, path.resolve(from, file)));
}

function textOf(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${name} can't be read: ${messageOf(error)}`);
  }
}

async function parsed(text: string, name: string): Promise<unknown> {
  const { parseJson } = await import('./json.ts');
  try {
    return parseJson(text, name);
  } catch (error) {
    throw new UsageError(`${messageOf(error)}; mend it, or ${ANEW}`);
  }
}

const ANEW = 'delete it, and "fusionlint baseline" writes it anew';

function entriesIn(value: unknown, name: string): BaselineEntry[] {
  const { schemaVersion, findings } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (!Array.isArray(findings))
    throw new UsageError(`${name} is no baseline: it has no list "findings"; ${ANEW}`);
  if (schemaVersion !== 1)
    throw new UsageError(
      `${name} is a baseline of version ${String(schemaVersion)}, and this fusionlint reads version 1; ${ANEW}`,
    );
  return findings.map((entry, at) => {
    const { file, rule, fingerprint, count = 1 } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    if (
      !isName(file) ||
      !isName(rule) ||
      !isName(fingerprint) ||
      !Number.isInteger(count) ||
      Number(count) < 1
    )
      throw new UsageError(
        `${name}: "findings.${at}" must have a "file", a "rule", a "fingerprint" and at most a "count" from 1; ${ANEW}`,
      );
    return { file, rule, fingerprint, count: Number(count) };
  });
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
