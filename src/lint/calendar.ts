import type { Calendar } from '../contracts/contract.ts';
import type { Severity } from '../request.ts';

/**
 * What a clause may be at most on a day: `silent` before `warnFrom`, `warn` until `failsFrom` (and for
 * ever without one), then `error`. A clause without a calendar always was in force.
 * `asOf` is an ISO day; ISO days compare as text.
 */
export function limitAt(calendar: Calendar | undefined, asOf: string): Severity | 'silent' {
  if (!calendar) return 'error';
  if (calendar.warnFrom !== undefined && asOf < calendar.warnFrom) return 'silent';
  return calendar.failsFrom !== undefined && asOf >= calendar.failsFrom ? 'error' : 'warn';
}

/** `severity`, lowered to the lowest of the limits; an absent limit limits nothing. */
export function lowered(
  severity: Severity,
  ...limits: readonly (Severity | 'silent' | undefined)[]
): Severity | 'silent' {
  if (limits.includes('silent')) return 'silent';
  return limits.includes('warn') ? 'warn' : severity;
}
