import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { resolveRoot } from './discover/root.ts';
import { applied, overlaps } from './edits.ts';
import { messageOf, UsageError } from './errors.ts';
import { isWithin } from './paths.ts';
import type { RunOptions } from './prepare.ts';
import { replaceFiles, whyNotReplaced } from './replace.ts';
import type { CallSite, Edit, Finding, Result } from './request.ts';
import { run } from './run.ts';

export interface FixOptions extends Omit<RunOptions, 'texts' | 'staged' | 'since'> {
  /** Works out what would be written, and writes nothing. */
  readonly dryRun?: boolean | undefined;
}

/** A file that fixes change. */
export interface FixedFile {
  /** Relative to the linted root, with forward slashes. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface Fixed {
  /** What linting finds once the fixes are made. */
  readonly result: Result;
  /** How many findings they repair. */
  readonly fixed: number;
  readonly files: readonly FixedFile[];
}

/** Fixes that touch each other wait for the next round; more rounds than that are no use. */
const MAX_ROUNDS = 10;

/**
 * Lints, makes the edits that are certainly right, and lints again, until there is none left. An edit stays
 * only if what it repairs is gone then, every file still parses, and no other call breaks a rule that it did
 * not break before. Files are written at the end: all of them or none.
 *
 * @throws {UsageError} when the run cannot be made, or when a file cannot be written: it is not writable,
 *   lies behind a link that leads out of the root, is not UTF-8, or has changed since it was read
 */
export async function fix({ dryRun = false, ...options }: FixOptions): Promise<Fixed> {
  const { root } = resolveRoot(options.cwd, options.paths);
  const before = new Map<string, string>();
  const read = (file: string): string => {
    const known = before.get(file) ?? readFileSync(path.join(root, file), 'utf8');
    before.set(file, known);
    return known;
  };
  let texts: ReadonlyMap<string, string> = new Map();
  let result = await run(options);
  let fixed = 0;
  const refused = new Set<string>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const chosen = choose(result.findings.filter((each) => !refused.has(keyOf(each))));
    if (chosen.length === 0) break;
    const attempt = async (findings: readonly Finding[]): Promise<boolean> => {
      const next = edited(texts, findings, read);
      const after = await run({ ...options, texts: next });
      if (!isBetter(result, after, findings)) return false;
      texts = next;
      result = after;
      fixed += findings.length;
      return true;
    };
    if (await attempt(chosen)) continue;
    // Some of them do not do what they promise: the first that does is made, the others are looked at again.
    for (const each of chosen) {
      if (chosen.length > 1 && (await attempt([each]))) break;
      refused.add(keyOf(each));
    }
  }
  const changed = [...texts].sort(([a], [b]) => (a < b ? -1 : 1));
  const files = changed.map(([file, after]) => ({ file, before: read(file), after }));
  if (!dryRun) write(root, files);
  return { result: withCount(result, fixed), fixed, files };
}

function withCount(result: Result, fixed: number): Result {
  return fixed === 0 ? result : { ...result, stats: { ...result.stats, fixed } };
}

/** Those whose edits do not touch each other, and all that the same edits repair. */
function choose(findings: readonly Finding[]): Finding[] {
  const chosen: Finding[] = [];
  for (const finding of findings) {
    const edits = finding.fix?.edits;
    const isFree = chosen.every(
      ({ fix: other }) => !other || !edits || isSame(other.edits, edits) || !overlaps(other.edits, edits),
    );
    if (edits && isFree) chosen.push(finding);
  }
  return chosen;
}

function isSame(some: readonly Edit[], others: readonly Edit[]): boolean {
  return JSON.stringify(some) === JSON.stringify(others);
}

function edited(
  texts: ReadonlyMap<string, string>,
  findings: readonly Finding[],
  read: (file: string) => string,
): Map<string, string> {
  const fixes = findings.flatMap((each) => (each.fix?.edits.length ? [each.fix.edits] : []));
  const edits = fixes.filter((each, at) => fixes.findIndex((other) => isSame(other, each)) === at).flat();
  const next = new Map(texts);
  for (const file of new Set(edits.map(({ location }) => location.file))) {
    const own = edits.filter(({ location }) => location.file === file);
    next.set(file, applied(texts.get(file) ?? read(file), own));
  }
  return next;
}

/** Whether the findings are gone and nothing else is worse. */
function isBetter(before: Result, after: Result, findings: readonly Finding[]): boolean {
  if (after.problems.length > before.problems.length) return false;
  const left = countsOf(after.findings);
  for (const [key, count] of countsOf(before.findings)) {
    const gone = findings.filter((each) => keyOf(each) === key).length;
    if (gone > 0 && (left.get(key) ?? 0) > count - gone) return false;
  }
  // Edits move call sites, and change neither their number nor their order.
  if (after.callSites.length !== before.callSites.length) return false;
  return before.callSites.every((site, at) => {
    const now = after.callSites[at];
    return now !== undefined && now.service === site.service && isNoWorse(site, now);
  });
}

function isNoWorse(before: CallSite, after: CallSite): boolean {
  return Object.entries(after.verdicts).every(
    ([rule, verdict]) => verdict !== 'violation' || before.verdicts[rule] === 'violation',
  );
}

/** Stable over edits elsewhere; equal findings of a file are counted, not told apart. */
function keyOf({ location, ruleId, fingerprint }: Finding): string {
  return `${location.file} ${ruleId} ${fingerprint.replace(/-\d+$/, '')}`;
}

function countsOf(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of findings) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return counts;
}

/** @throws {UsageError} naming the files that cannot be written; then none is */
function write(root: string, files: readonly FixedFile[]): void {
  const real = realpathSync(root);
  const wrong = files.flatMap(({ file, before }) => {
    const why = whyNot(real, path.join(root, file), before);
    return why === undefined ? [] : [`  ${file}: ${why}`];
  });
  if (wrong.length > 0) throw new UsageError(['nothing was fixed, because of', ...wrong].join('\n'));
  try {
    replaceFiles(files.map(({ file, after }) => ({ file: path.join(root, file), text: after })));
  } catch (error) {
    throw new UsageError(`nothing was fixed: ${messageOf(error)}`);
  }
}

function whyNot(root: string, file: string, before: string): string | undefined {
  try {
    if (!isWithin(root, realpathSync(file))) return 'a link leads out of the linted folder';
    const why = whyNotReplaced(file, before);
    return why && `it ${why}`;
  } catch (error) {
    return messageOf(error);
  }
}
