import type { Location, Result } from '../request.ts';
import { type ReportOptions, shownOf } from './index.ts';
import { escapeHidden } from './text.ts';

const LEVELS = { error: 'error', warn: 'warning' } as const;

/**
 * Workflow commands that GitHub Actions makes annotations of. Written as `@actions/core` writes them
 * (packages/core/src/command.ts, v1.11). GitHub shows ten errors and ten warnings of a step.
 */
export function github(result: Result, options: ReportOptions): string {
  const docs = new Map(result.rules?.map((rule) => [rule.id, rule.docs]));
  const base = options.base ?? '';
  const lines = shownOf(result, options).map(({ ruleId, severity, message, location }) => {
    const page = docs.get(ruleId);
    const text = [escapeHidden(message), ...(page === undefined ? [] : [page])].join('\n');
    return command(LEVELS[severity], { ...properties(location, base), title: `fusionlint ${ruleId}` }, text);
  });
  for (const { message, location } of result.problems)
    lines.push(
      command(
        'warning',
        { ...(location && properties(location, base)), title: 'fusionlint: not fully checked' },
        escapeHidden(message),
      ),
    );
  return lines.map((line) => `${line}\n`).join('');
}

/** GitHub takes columns of places in one line only. */
function properties(place: Location, base: string): Readonly<Record<string, string | number>> {
  const { file, startLine, endLine, startColumn, endColumn } = place;
  return {
    file: base + file,
    line: startLine,
    endLine,
    ...(startLine === endLine && { col: startColumn, endColumn }),
  };
}

function command(name: string, values: Readonly<Record<string, string | number>>, data: string): string {
  const list = Object.entries(values).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(data)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(escapeHidden(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
