import path from 'node:path';
import { BASELINE_FILE, isThere, printBaseline, readBaseline } from './config/baseline.ts';
import { UsageError } from './errors.ts';
import { entriesFor } from './lint/baseline.ts';
import { prepare, type RunOptions } from './prepare.ts';
import type { Result } from './request.ts';
import { baselineOf, runAgainst } from './run.ts';

/** What a baseline becomes. Nothing is written. */
export interface BaselineUpdate {
  /** Absolute. */
  readonly file: string;
  readonly text: string;
  /** Findings that were not in it, are still in it, and are not in it any more. */
  readonly added: number;
  readonly known: number;
  readonly removed: number;
  /** Of the run. */
  readonly result: Result;
}

/**
 * Today's findings as a baseline. What one holds of other files than those of the run stays.
 *
 * @param prune only take away what is fixed: findings that the baseline does not hold stay new
 * @throws {UsageError} when a path does not exist, or the configuration or the baseline is wrong
 */
export async function updateBaseline(options: RunOptions, prune: boolean): Promise<BaselineUpdate> {
  const prepared = await prepare(options);
  const { root } = prepared;
  const file = baselineOf(options, prepared) ?? path.join(options.cwd, BASELINE_FILE);
  const isNew = !isThere(root, file);
  if (isNew && prune) throw new UsageError('there is no baseline to prune: "fusionlint baseline" writes one');
  const entries = isNew ? [] : await readBaseline(file, options.cwd, root);
  const { result, comparison } = await runAgainst({ file, entries }, prepared, options.onProgress);
  const { known, stale, others } = comparison;
  const added = prune ? [] : result.findings;
  return {
    file,
    text: printBaseline(entriesFor([...known, ...added], others), file, root),
    added: added.length,
    known: known.length,
    removed: stale.reduce((sum, { count }) => sum + count, 0),
    result,
  };
}
