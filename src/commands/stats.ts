import type { Result } from '../request.ts';
import type { Stage } from '../stages.ts';

/**
 * Where the time of a run went, and what it left out.
 *
 * @param times milliseconds of each stage
 * @param total milliseconds since the process began
 */
export function printStats(
  { filesDiscovered, filesParsed, callSites }: Result['stats'],
  times: readonly (readonly [Stage, number])[],
  total: number,
): string {
  const rest = total - times.reduce((sum, [, time]) => sum + time, 0);
  const rows = [...times, ['start and configuration', rest] as const, ['total', total] as const];
  const lines = rows.map(([name, time]) => `${Math.round(time).toString().padStart(7)} ms  ${name}`);
  const count = `${filesParsed} parsed for ${callSites} call sites, of ${filesDiscovered} files to lint and what they import.`;
  const why = 'The others are minified, or hold no word of a service and no import connects them with one.';
  return `${[...lines, count, why].join('\n')}\n`;
}
