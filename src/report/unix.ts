import { placeOf, type Result } from '../request.ts';
import { type ReportOptions, shownOf } from './index.ts';
import { escapeHidden } from './text.ts';

/** A line each, as compilers print them: `src/api.ts:12:5: message [error/required-headers]`. */
export function unix(result: Result, options: ReportOptions): string {
  const lines = shownOf(result, options).map(
    ({ location, message, severity, ruleId }) => `${placeOf(location)}: ${message} [${severity}/${ruleId}]`,
  );
  for (const { kind, message, location } of result.problems)
    lines.push(`${location ? `${placeOf(location)}: ` : ''}${message} [${kind}]`);
  return lines.map((line) => `${escapeHidden(line)}\n`).join('');
}
