import { readFileSync } from 'node:fs';
import path from 'node:path';
import { resolveRoot } from '../discover/root.ts';
import { UsageError } from '../errors.ts';
import type { Result } from '../request.ts';
import type { LintOptions } from './arguments.ts';
import { useColor } from './color.ts';
import { checkOutput, deliver } from './output.ts';
import { startProgress } from './progress.ts';

/** The parts of the process that the command uses. */
export type Surroundings = Pick<NodeJS.Process, 'cwd' | 'env' | 'stdout' | 'stderr'>;

/** Lints, reports, and answers with the exit code: 0 nothing at error level, 1 findings. */
export async function lint(options: LintOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, env, stdout, stderr } = surroundings;
  const here = cwd();
  if (options.output !== undefined) checkOutput(here, options.output);
  const { result, patch } = await runWithProgress(options, here, stderr);
  if (result.stats.filesDiscovered === 0) throw nothingToLint(options.paths);

  const { root } = resolveRoot(here, options.paths);
  const { render } = await import('../report/index.ts');
  const diff = patch && (await patch());
  const report =
    diff ??
    (await render(options.format, result, {
      color: useColor(options.color, { env, isTTY: options.output === undefined && stdout.isTTY === true }),
      quiet: options.quiet,
      sources: (file) => sourceOf(path.join(root, file)),
    }));

  const code = exitCode(result, options.maxWarnings);
  // Set before writing: a reader that goes away ends the process.
  process.exitCode = code;
  deliver(report, options.output, surroundings);
  const warnings = count(result, 'warn');
  if (options.maxWarnings !== undefined && warnings > options.maxWarnings) {
    stderr.write(`fusionlint: ${warnings} warnings, more than --max-warnings ${options.maxWarnings}\n`);
  }
  return code;
}

/** What a run found, and with `--fix-dry-run` what is printed instead of a report. */
export interface Outcome {
  readonly result: Result;
  readonly patch?: () => Promise<string>;
}

async function runWithProgress(
  options: LintOptions,
  cwd: string,
  stderr: NodeJS.WriteStream,
): Promise<Outcome> {
  const { run } = await import('../run.ts');
  const progress = startProgress(stderr);
  const { paths, config, asOf, markdown } = options;
  const runOptions = { cwd, paths, config, asOf, markdown, onProgress: progress.update };
  try {
    if (options.fix === undefined) return { result: await run(runOptions) };
    const { runWithFixes } = await import('./fix.ts');
    return await runWithFixes(runOptions, options.fix, stderr);
  } finally {
    progress.stop();
  }
}

/** 1 with an error, or with more warnings than allowed; else 0. */
export function exitCode(result: Pick<Result, 'findings'>, maxWarnings: number | undefined): 0 | 1 {
  if (count(result, 'error') > 0) return 1;
  return maxWarnings !== undefined && count(result, 'warn') > maxWarnings ? 1 : 0;
}

function count(result: Pick<Result, 'findings'>, severity: 'error' | 'warn'): number {
  return result.findings.filter((finding) => finding.severity === severity).length;
}

export function sourceOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function nothingToLint(paths: readonly string[]): UsageError {
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
