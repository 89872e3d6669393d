import path from 'node:path';
import { analysisOf, severitiesOf } from './analyse.ts';
import { type BaselineEntry, findBaseline, isThere, readBaseline } from './config/baseline.ts';
import { type ChangedFiles, readChange } from './discover/changes.ts';
import { type BaselineOptions, type Comparison, compareWithBaseline } from './lint/baseline.ts';
import { infoOf } from './lint/catalog.ts';
import { isWithin, slashed } from './paths.ts';
import { limitOf, type Prepared, prepare, type RunLimit, type RunOptions } from './prepare.ts';
import { byPlace, type ChangeInfo, type Problem, type Result } from './request.ts';
import { version } from './version.ts';

/**
 * Lints the paths: discover → scan for needles → parse → recognise and evaluate calls → judge → take away what
 * is suppressed or known.
 *
 * @param change what `staged` or `since` ask for, where it has been read already
 * @throws {UsageError} when a path does not exist, the configuration or the baseline is wrong, or git can't tell
 *   what changed
 */
export async function run(options: RunOptions, change?: ChangedFiles): Promise<Result> {
  const started = performance.now();
  const prepared = await prepare(options, change ?? (await readChange(options)));
  const result = await runWith(baselineOf(options, prepared), prepared, options);
  const durationMs = Math.round(performance.now() - started);
  return { ...result, stats: { ...result.stats, durationMs } };
}

/** Runs what is prepared; findings that the baseline holds are known. */
export async function runWith(
  file: string | undefined,
  prepared: Prepared,
  { cwd, onProgress }: RunOptions,
): Promise<Result> {
  const entries = file === undefined ? [] : await readBaseline(file, cwd, prepared.root);
  const baseline = file === undefined ? undefined : { file, entries };
  return (await runAgainst(baseline, prepared, onProgress)).result;
}

/** The absolute path of the baseline that a run goes by; undefined without one. */
export function baselineOf({ cwd, baseline }: RunOptions, { root, config }: Prepared): string | undefined {
  return findBaseline({ cwd, root, baseline, configured: config.baseline });
}

/** A baseline that was read. */
export interface Baseline {
  /** Absolute. */
  readonly file: string;
  /** With files relative to the linted root. */
  readonly entries: readonly BaselineEntry[];
}

/** Runs what is prepared, and says how its findings compare with a baseline. */
export async function runAgainst(
  baseline: Baseline | undefined,
  prepared: Prepared,
  onProgress?: RunOptions['onProgress'],
): Promise<{ readonly result: Result; readonly comparison: Comparison }> {
  const { root, files, sources, asOf } = prepared;
  const started = performance.now();
  // What a change has a part in, and what is known, may stand in other files.
  const alone = baseline === undefined && prepared.limit === undefined;
  const analysis = await analysisOf(prepared, onProgress, alone);
  const problems = [...sources.problems(new Set(files)), ...analysis.problems];
  const comparison = compareWithBaseline(
    [...analysis.findings, ...analysis.elsewhere].sort(byPlace),
    baseline?.entries ?? [],
    baselineOptions(baseline, prepared, problems),
  );
  const here = new Set(analysis.findings);
  const findings = comparison.fresh.filter((finding) => here.has(finding));
  const hidden = comparison.fresh.filter((finding) => analysis.hidden.has(finding)).length;
  const result: Result = {
    schemaVersion: 1,
    tool: { name: 'fusionlint', version },
    root: '.',
    asOf,
    stats: {
      filesDiscovered: files.length,
      filesParsed: analysis.filesParsed,
      callSites: analysis.callSites.length,
      findings: findings.length,
      ...(analysis.blocksLeftOut !== undefined && { blocksLeftOut: analysis.blocksLeftOut }),
      durationMs: Math.round(performance.now() - started),
    },
    ...(prepared.limit && { change: changeInfo(prepared.limit, hidden) }),
    rules: prepared.rules.map((rule) => infoOf(rule, prepared.config)),
    callSites: analysis.callSites,
    findings,
    ...(analysis.suppressed.length > 0 && { suppressed: analysis.suppressed }),
    ...(baseline && {
      known: comparison.known.filter((finding) => here.has(finding)),
      baseline: { file: slashed(path.relative(root, baseline.file)), stale: comparison.stale },
    }),
    unresolved: analysis.unresolved,
    problems,
  };
  return { result, comparison };
}

function changeInfo({ change, widenedBy }: RunLimit, hidden: number): ChangeInfo {
  const { kind, base, files } = change;
  return {
    kind,
    ...(base !== undefined && { base }),
    files: files.size,
    hidden,
    ...(widenedBy !== undefined && { widenedBy }),
  };
}

/** An entry is judged where its file was, and its rule; that of a file that is gone when everything was looked at. */
function baselineOptions(
  baseline: Baseline | undefined,
  prepared: Prepared,
  problems: readonly Problem[],
): BaselineOptions {
  const { root, files, paths, sources } = prepared;
  const linted = new Set(files);
  const broken = new Set(problems.map(({ location }) => location?.file));
  const { isOff } = severitiesOf(prepared);
  const exists = (file: string) => linted.has(file) || isThere(root, file);
  const whole = baseline !== undefined && paths.includes('.') && isWithin(root, path.dirname(baseline.file));
  return {
    exists,
    judged: ({ file, rule }) => {
      // A limited run looks at a part of each file.
      if (isOff(rule) || limitOf(prepared)) return false;
      if (!exists(file)) return whole;
      return linted.has(file) && !broken.has(file) && sources.read(file) !== undefined;
    },
  };
}
