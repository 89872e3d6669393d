import type { Answer } from '../contracts/contract.ts';

/** `a, b and c`. */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

/** ` (403, error 403000)`, ` (400, "exactly one is required")`; '' when the vendor does not say what it answers. */
export function printAnswer(answer: Answer | undefined): string {
  if (!answer) return '';
  const { status, code, title } = answer;
  if (code !== undefined) return ` (${status}, error ${code})`;
  return title === undefined ? ` (${status})` : ` (${status}, "${title}")`;
}
