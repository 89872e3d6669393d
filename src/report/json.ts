import type { Result } from '../request.ts';

/** Records keyed by name; their keys are sorted, so that the order of discovery does not show. */
const RECORDS: ReadonlySet<string> = new Set(['headers', 'verdicts', 'unknowns']);

/** What `JSON.stringify` leaves raw and a terminal may obey: DEL, C1 controls, bidi and other format characters. */
const UNSAFE = /[\u007f-\u009f\u2028\u2029\p{Cf}]/gu;

/** The result document; `result.schema.json` describes it. Same input, same bytes. */
export function json(result: Result): string {
  return document(result, (key, value) => (RECORDS.has(key) ? sorted(value) : value));
}

/** A JSON document, safe to be shown in a terminal. */
export function document(value: unknown, replacer?: (key: string, value: unknown) => unknown): string {
  return `${JSON.stringify(value, replacer, 2).replace(UNSAFE, escapeUnits)}\n`;
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function escapeUnits(character: string): string {
  let out = '';
  for (let at = 0; at < character.length; at += 1) {
    out += `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`;
  }
  return out;
}
