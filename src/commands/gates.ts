import { plural } from '../report/text.ts';
import type { Result } from '../request.ts';
import type { Settings } from './options.ts';

/** What the user lets pass; undefined where nothing was typed. */
export interface Gates {
  readonly failOn?: Settings['failOn'] | undefined;
  readonly maxWarnings?: number | undefined;
  readonly maxUnknown?: number | undefined;
}

export interface Outcome {
  readonly code: 0 | 1;
  /** `3 errors`; undefined without one. */
  readonly errors: string | undefined;
  /** For each gate that was set and fails: why. */
  readonly reasons: readonly string[];
}

type Counted = Pick<Result, 'findings' | 'callSites' | 'unresolved' | 'problems'>;

/** The exit code of a run that could be done: 1 when a gate fails, and which. */
export function outcomeOf(result: Counted, { failOn, maxWarnings, maxUnknown }: Gates): Outcome {
  const errors = count(result, 'error');
  const warnings = count(result, 'warn');
  const unknown = unknownsOf(result);
  const level = failOn ?? 'error';
  const failed: [fails: boolean, reason: string][] = [
    [level !== 'error' && warnings > 0, `${plural(warnings, 'warning')}, and --fail-on ${level}`],
    [level === 'unknown' && unknown > 0, `${unknown} unknown, and --fail-on unknown`],
    [
      maxWarnings !== undefined && warnings > maxWarnings,
      `${plural(warnings, 'warning')}, more than --max-warnings ${maxWarnings}`,
    ],
    [
      maxUnknown !== undefined && unknown > maxUnknown,
      `${unknown} unknown, more than --max-unknown ${maxUnknown}`,
    ],
  ];
  const reasons = failed.filter(([fails]) => fails).map(([, reason]) => reason);
  return {
    code: errors > 0 || reasons.length > 0 ? 1 : 0,
    errors: errors > 0 ? plural(errors, 'error') : undefined,
    reasons,
  };
}

/** What could not be told: verdicts, calls that were not followed to a host, and what could not be read. */
export function unknownsOf({ callSites, unresolved, problems }: Omit<Counted, 'findings'>): number {
  const verdicts = callSites.flatMap((site) => Object.values(site.verdicts));
  return verdicts.filter((verdict) => verdict === 'unknown').length + unresolved.length + problems.length;
}

function count({ findings }: Counted, severity: 'error' | 'warn'): number {
  return findings.filter((finding) => finding.severity === severity).length;
}
