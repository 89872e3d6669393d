import type { BaselineEntry } from '../config/baseline.ts';
import type { Finding } from '../request.ts';
import { withoutOrdinal } from './fingerprint.ts';

export interface BaselineOptions {
  readonly exists: (file: string) => boolean;
  /** Whether the run would have found what an entry holds, were it still there. */
  readonly judged: (entry: BaselineEntry) => boolean;
}

/** What a run says of a baseline. Every finding is `fresh` or `known`. */
export interface Comparison {
  readonly fresh: readonly Finding[];
  readonly known: readonly Finding[];
  /** The entries, or so many of their findings, that are not there any more. */
  readonly stale: readonly BaselineEntry[];
  /** Those of which the run cannot tell. */
  readonly others: readonly BaselineEntry[];
}

/**
 * Tells the findings that a baseline holds from new ones. Of findings with the same identity in a file, as many
 * are known as the baseline has. Where a file is gone, so many findings of its identities that turn up in other
 * files are known: it was renamed.
 *
 * @param found sorted by place
 */
export function compareWithBaseline(
  found: readonly Finding[],
  entries: readonly BaselineEntry[],
  { exists, judged }: BaselineOptions,
): Comparison {
  const left = new Map<string, number>();
  for (const entry of entries) add(left, keyOf(entry), entry.count);
  const known = new Set(found.filter((finding) => take(left, keyOf(entryOf(finding)))));

  const gone = entries.filter(({ file }) => !exists(file));
  for (const finding of found) {
    if (known.has(finding)) continue;
    const { rule, fingerprint } = entryOf(finding);
    const entry = gone.find(
      (each) => each.rule === rule && each.fingerprint === fingerprint && left.has(keyOf(each)),
    );
    if (entry && take(left, keyOf(entry))) known.add(finding);
  }

  const rest = entries.flatMap((entry) => {
    const count = left.get(keyOf(entry)) ?? 0;
    left.delete(keyOf(entry));
    return count > 0 ? [{ ...entry, count }] : [];
  });
  return {
    fresh: found.filter((finding) => !known.has(finding)),
    known: [...known],
    stale: rest.filter(judged),
    others: rest.filter((entry) => !judged(entry)),
  };
}

/** The entries for findings, and those that there were for what is not known; together, without repetition. */
export function entriesFor(
  findings: readonly Finding[],
  others: readonly BaselineEntry[],
): readonly BaselineEntry[] {
  const entries = new Map<string, BaselineEntry>();
  for (const entry of [...findings.map(entryOf), ...others]) {
    const earlier = entries.get(keyOf(entry));
    entries.set(keyOf(entry), earlier ? { ...entry, count: earlier.count + entry.count } : entry);
  }
  return [...entries.values()];
}

function entryOf({ location, ruleId, fingerprint }: Finding): BaselineEntry {
  return { file: location.file, rule: ruleId, fingerprint: withoutOrdinal(fingerprint), count: 1 };
}

function keyOf({ file, rule, fingerprint }: BaselineEntry): string {
  return `${rule} ${fingerprint} ${file}`;
}

function add(counts: Map<string, number>, key: string, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

/** Takes one away, if there is one. */
function take(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 1) counts.set(key, count - 1);
  else counts.delete(key);
  return count > 0;
}
