import path from 'node:path';
import { type ChangedFiles, readChange } from '../discover/changes.ts';
import { resolveRoot } from '../discover/root.ts';
import { UsageError } from '../errors.ts';
import { beginGitFiles } from '../git.ts';
import type { Result } from '../request.ts';
import { awaiting, timesSpent } from '../stages.ts';
import { reportToActions } from './actions.ts';
import type { LintOptions } from './arguments.ts';
import type { Destination } from './destinations.ts';
import { outcomeOf } from './gates.ts';
import { checkOutput, deliver } from './output.ts';
import { startProgress } from './progress.ts';
import { deliverAll, type Report, sourceOf } from './reports.ts';

const STANDARD_OUTPUT: Destination = { format: 'pretty', file: undefined, typed: '' };

/** The parts of the process that the command uses. */
export type Surroundings = Pick<NodeJS.Process, 'cwd' | 'env' | 'stdout' | 'stderr'>;

/** Lints, reports, and answers with the exit code: 0 nothing at error level, 1 findings. */
export async function lint(options: LintOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, stderr } = surroundings;
  const here = cwd();
  const destinations = options.destinations ?? [STANDARD_OUTPUT];
  for (const { file, typed } of destinations) if (file !== undefined) checkOutput(here, file, typed);
  const change = await readChange({ ...options, cwd: here });
  if (change && !change.matters && options.destinations === undefined) {
    if (!options.quiet) stderr.write(`fusionlint: ${nothingChanged(change)}\n`);
    return 0;
  }
  const { root } = resolveRoot(here, options.paths);
  if (change?.kind !== 'staged') beginGitFiles(root);
  const { result, patch } = await runWithProgress(options, here, change, stderr);
  if (!change && result.stats.filesDiscovered === 0) throw nothingToLint(options.paths);

  const snapshot = await change?.snapshot();
  const outcome = outcomeOf(result, options);
  // Set before writing: a reader that goes away ends the process.
  process.exitCode = outcome.code;
  const report: Report = {
    result,
    root,
    sources: (file) => snapshot?.text(file) ?? sourceOf(path.join(root, file)),
    exitCode: outcome.code,
    quiet: options.quiet,
    color: options.color,
  };
  await awaiting('report', async () => {
    if (patch) {
      const [{ file, typed } = STANDARD_OUTPUT] = destinations;
      deliver(await patch(), file, surroundings, typed);
    } else await deliverAll(destinations, report, surroundings);
    if (options.destinations === undefined && !patch) await reportToActions(report, surroundings);
  });

  if (options.stats) {
    const { printStats } = await import('./stats.ts');
    stderr.write(printStats(result.stats, timesSpent(), performance.now()));
  }
  const reported = destinations.some(({ file }) => file === undefined);
  if (outcome.errors !== undefined && !reported) stderr.write(`fusionlint: ${outcome.errors}\n`);
  for (const reason of outcome.reasons) stderr.write(`fusionlint: ${reason}\n`);
  return outcome.code;
}

/** What a run found, and with `--fix-dry-run` what is printed instead of a report. */
export interface Outcome {
  readonly result: Result;
  readonly patch?: () => Promise<string>;
}

async function runWithProgress(
  options: LintOptions,
  cwd: string,
  change: ChangedFiles | undefined,
  stderr: NodeJS.WriteStream,
): Promise<Outcome> {
  const { run } = await import('../run.ts');
  const progress = startProgress(stderr);
  const { paths, config, baseline, asOf, markdown, staged, since } = options;
  const runOptions = { cwd, paths, config, baseline, asOf, markdown, onProgress: progress.update };
  try {
    if (options.fix === undefined) return { result: await run({ ...runOptions, staged, since }, change) };
    const { runWithFixes } = await import('./fix.ts');
    return await runWithFixes(runOptions, options.fix, stderr);
  } finally {
    progress.stop();
  }
}

function nothingChanged({ kind }: ChangedFiles): string {
  return kind === 'staged'
    ? 'nothing staged that a request could depend on'
    : 'nothing changed that a request could depend on';
}

export function nothingToLint(paths: readonly string[]): UsageError {
  return new UsageError(
    [
      `nothing to lint in ${paths.join(', ')}`,
      'fusionlint reads JavaScript and TypeScript files that git does not ignore. Check the path, and `include`',
      'and `exclude` in the configuration. Installed packages, build output (dist, build, …), minified and',
      'declaration files are left out unless a path leads into them. With --markdown, code blocks in Markdown',
      'files are read too.',
    ].join('\n'),
  );
}
