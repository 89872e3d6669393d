import { type Edit, type Location, samePlace } from './request.ts';

/** The text with all of the edits made. They must not overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  const lines = lineStarts(text);
  const offset = (line: number, column: number) => (lines[line - 1] ?? text.length) + column - 1;
  const ranges = edits
    .map(({ location: { startLine, startColumn, endLine, endColumn }, text: added }) => ({
      start: offset(startLine, startColumn),
      end: offset(endLine, endColumn),
      added,
    }))
    // What goes in at one place does so in the order given.
    .sort((a, b) => a.start - b.start);
  let out = '';
  let at = 0;
  for (const { start, end, added } of ranges) {
    out += text.slice(at, start) + added;
    at = end;
  }
  return out + text.slice(at);
}

/** Whether an edit of the one list touches one of the other, at its ends too. */
export function overlaps(some: readonly Edit[], others: readonly Edit[]): boolean {
  return some.some((one) => others.some((other) => touches(one.location, other.location)));
}

function touches(a: Location, b: Location): boolean {
  if (a.file !== b.file) return false;
  if (samePlace(a, b)) return true;
  return !(isBefore(a, b) || isBefore(b, a));
}

function isBefore(a: Location, b: Location): boolean {
  return a.endLine < b.startLine || (a.endLine === b.startLine && a.endColumn < b.startColumn);
}

/** Offsets; lines end as in JavaScript. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return starts;
}
