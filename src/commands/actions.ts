import { appendFileSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import type { Surroundings } from './lint.ts';
import { type Report, textOf } from './reports.ts';

/**
 * In GitHub Actions, behind the report for people: annotations, and a summary of the job. For who names a
 * format neither is added.
 */
export async function reportToActions(report: Report, surroundings: Surroundings): Promise<void> {
  const { env, stdout, stderr } = surroundings;
  if (env.GITHUB_ACTIONS !== 'true') return;
  stdout.write(await textOf('github', report, surroundings, false));
  const file = env.GITHUB_STEP_SUMMARY;
  if (file === undefined || file === '') return;
  try {
    appendFileSync(file, await textOf('markdown', report, surroundings, true));
  } catch (error) {
    // Not asked for, so no reason to fail.
    stderr.write(`fusionlint: no job summary: ${messageOf(error)}\n`);
  }
}
