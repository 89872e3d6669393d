import type { Location, Result } from '../request.ts';
import { groupBy } from './group.ts';
import { type ReportOptions, shownOf } from './index.ts';
import { element, printXml } from './xml.ts';

const SEVERITIES = { error: 'error', warn: 'warning' } as const;

interface Entry {
  readonly location: Location;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  /** The rule, or the kind of a problem. */
  readonly source: string;
}

/** The report of Checkstyle, in the form that its XMLLogger writes and that CI servers read. */
export function checkstyle(result: Result, options: ReportOptions): string {
  const entries: Entry[] = shownOf(result, options).map(({ location, severity, message, ruleId }) => ({
    location,
    severity: SEVERITIES[severity],
    message,
    source: ruleId,
  }));
  for (const { location, kind, message } of result.problems)
    if (location) entries.push({ location, severity: 'warning', message, source: kind });
  return printXml(
    element(
      'checkstyle',
      { version: '4.3' },
      [...groupBy(entries, ({ location }) => location.file)].map(([name, each]) =>
        element(
          'file',
          { name },
          each.map(({ location: { startLine: line, startColumn: column }, severity, message, source }) =>
            element('error', { line, column, severity, message, source: `fusionlint.${source}` }),
          ),
        ),
      ),
    ),
  );
}
