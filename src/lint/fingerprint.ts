import { createHash } from 'node:crypto';
import type { Finding } from '../request.ts';

/** What makes a finding the same finding after an edit elsewhere: never a line number, never wording. */
export interface Identity {
  readonly ruleId: string;
  readonly service: string;
  readonly method: string;
  /** Route with parameters as `{}`. */
  readonly route: string;
  /**
   * The function, method or class around the call; '' at the top level of a file. Of a finding that stands for
   * several calls, the names around the place that they share: method and route are then empty, so it stays
   * the same when one more call shares the place.
   */
  readonly symbol: string;
  /** What the violation is about: header names, a masked value. */
  readonly subject: string;
}

/** The first 16 hex digits of a SHA-256 over the identity. */
export function fingerprint(identity: Identity): string {
  const { ruleId, service, method, route, symbol, subject } = identity;
  const text = JSON.stringify([ruleId, service, method, route, symbol, subject]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/**
 * Tells apart findings of one file that have the same fingerprint (the same call twice in a function):
 * the second becomes `…-2`, in the order given. Give all findings of a run, sorted by place.
 */
export function withOrdinals(findings: readonly Finding[]): Finding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = `${finding.location.file}\n${finding.fingerprint}`;
    const ordinal = (seen.get(key) ?? 0) + 1;
    seen.set(key, ordinal);
    return ordinal === 1 ? finding : { ...finding, fingerprint: `${finding.fingerprint}-${ordinal}` };
  });
}

/** The fingerprint of the first of those that are alike. */
export function withoutOrdinal(fingerprint: string): string {
  return fingerprint.replace(/-\d+$/, '');
}
