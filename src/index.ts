/**
 * The programmatic API.
 *
 * ```ts
 * import { lint } from 'fusionlint';
 *
 * const result = await lint({ paths: ['src'] });
 * for (const { message, location } of result.findings) console.log(location.file, message);
 * ```
 */
import { type ExplainOptions, explain as explainPlace } from './explain.ts';
import { type Fixed, type FixOptions, fix as fixFiles } from './fix.ts';
import type { Explanation } from './lint/explanation.ts';
import type { RunOptions } from './prepare.ts';
import type { Result } from './request.ts';
import { run } from './run.ts';

/**
 * Lints the paths, by default everything in the working folder.
 *
 * @throws {UsageError} when a path does not exist or the configuration is wrong
 */
export function lint(options: Partial<RunOptions> = {}): Promise<Result> {
  return run({ cwd: process.cwd(), paths: ['.'], ...options });
}

/**
 * Explains what fusionlint makes of a place: how each part of a request was worked out and each rule's
 * verdict, or why no call site stands there.
 *
 * @throws {UsageError} when the file, the line or the column does not exist, or the configuration is wrong
 */
export function explain(
  options: Pick<ExplainOptions, 'place'> & Partial<ExplainOptions>,
): Promise<Explanation> {
  return explainPlace({ cwd: process.cwd(), ...options });
}

/**
 * Lints, makes the edits that are certainly right, and lints again: `result` is what is left, `files` what was
 * written; with `dryRun` nothing is.
 *
 * @throws {UsageError} when linting can't be done, or when a file can't be written: then none is
 */
export function fix(options: Partial<FixOptions> = {}): Promise<Fixed> {
  return fixFiles({ cwd: process.cwd(), paths: ['.'], ...options });
}

export type { CustomRule, RuleSetting, UserConfig, UserServiceConfig } from './config/config.ts';
export type { UserContract } from './config/contract.ts';
export type * from './contracts/contract.ts';
export { UsageError } from './errors.ts';
export type { ExplainOptions } from './explain.ts';
export type { Fixed, FixedFile, FixOptions } from './fix.ts';
export type * from './lint/explanation.ts';
export { maskSecret } from './lint/mask.ts';
export {
  defineRule,
  type NamedRule,
  type Report,
  type Rule,
  type RuleContext,
  type SuppressionContext,
  type ViolationOptions,
} from './lint/rule.ts';
export type { RunOptions } from './prepare.ts';
export * from './request.ts';
