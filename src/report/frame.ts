import type { Location } from '../request.ts';
import { conceal, type Span } from './conceal.ts';
import { columns, escapeHidden } from './text.ts';

/** One printed line of a code frame, without colours. */
export interface FrameLine {
  /**
   * `code` and `context` are lines of the file, inside and outside the range; `mark` is the underline;
   * `gap` stands for lines that are left out.
   */
  readonly kind: 'code' | 'context' | 'mark' | 'gap';
  /** The line's number in the file, from 1; absent for `mark` and `gap`. */
  readonly number?: number;
  readonly text: string;
}

export interface FrameOptions {
  /** Columns that the text of a line may take. */
  readonly width: number;
  /** Places of this file that may hold a credential; see `conceal`. */
  readonly suspects?: readonly Location[];
}

const CONTEXT = 1;
const TAB = 4;
/** A longer range is shown by its first lines and its last. */
const MAX_LINES = 7;
const HEAD_LINES = 4;
/** What is kept in sight before and after the start of a range in a long line, in columns. */
const BEFORE = 20;
const AFTER = 40;
/** A line of generated code can hold megabytes; only these characters around the range are looked at. */
const REACH = 1000;

/** The lines of a source text as the parser counts them. */
export function splitLines(source: string): string[] {
  return source.split(/\r\n|[\n\r\u2028\u2029]/);
}

/**
 * The lines around a range, with its first line underlined. Empty when the file does not have the line
 * (it changed since it was linted).
 */
export function frame(lines: readonly string[], location: Location, options: FrameOptions): FrameLine[] {
  const { startLine, endLine } = location;
  const last = Math.min(Math.max(endLine, startLine), lines.length);
  if (startLine > lines.length) return [];

  const show = (number: number, start = 1, end = 1): Window => {
    const spans = suspectSpans(number, options.suspects ?? []);
    return cut(lines[number - 1] ?? '', start, end, spans, options.width);
  };
  const out: FrameLine[] = [];
  const context = (from: number, to: number): void => {
    for (let number = Math.max(from, 1); number <= Math.min(to, lines.length); number += 1) {
      const { text } = show(number);
      if (text !== '') out.push({ kind: 'context', number, text });
    }
  };

  context(startLine - CONTEXT, startLine - 1);
  const firstEnd = last > startLine ? Number.POSITIVE_INFINITY : location.endColumn;
  const first = show(startLine, location.startColumn, firstEnd);
  out.push({ kind: 'code', number: startLine, text: first.text });
  out.push({ kind: 'mark', text: first.mark });
  const long = last - startLine + 1 > MAX_LINES;
  for (let number = startLine + 1; number <= last; number += 1) {
    if (long && number === startLine + HEAD_LINES) {
      out.push({ kind: 'gap', text: '' });
      number = last;
    }
    out.push({ kind: 'code', number, text: show(number).text });
  }
  context(last + 1, last + CONTEXT);
  return out;
}

interface Window {
  readonly text: string;
  readonly mark: string;
}

/** What a piece of a line looks like in a terminal. */
interface Cell {
  readonly text: string;
  readonly width: number;
  /** Offset of the piece in the line, from 0. */
  readonly at: number;
}

/** The part of a line that fits, around the range from `start` to `end` (columns from 1, end excluded). */
function cut(line: string, start: number, end: number, suspects: readonly Span[], width: number): Window {
  const from = start - 1;
  const to = Math.max(Math.min(end - 1, line.trimEnd().length), from + 1);

  const near = Math.max(0, from - REACH);
  const far = Math.min(line.length, from + REACH);
  const shifted = suspects.map((span) => ({ from: span.from - near, to: span.to - near }));
  const cells = cellsOf(conceal(line.slice(near, far), shifted).trimEnd(), near);

  const before = widthOf(cells.filter((cell) => cell.at < from));
  const ranged = widthOf(cells.filter((cell) => cell.at >= from && cell.at < to));
  const total = widthOf(cells);
  const fits = near === 0 && (total <= width || before + Math.min(ranged, AFTER) < width);
  const left = fits ? 0 : Math.max(0, before - BEFORE);

  let text = left > 0 || near > 0 ? '…' : '';
  let mark = ' '.repeat(text.length);
  let column = 0;
  for (const [index, cell] of cells.entries()) {
    column += cell.width;
    if (column <= left + text.length && text === '…') continue;
    const more = index < cells.length - 1 || far < line.length;
    if (columns(text) + cell.width > width - (more ? 1 : 0)) {
      text += '…';
      break;
    }
    text += cell.text;
    mark += (cell.at >= from && cell.at < to ? '^' : ' ').repeat(cell.width);
  }
  mark = mark.trimEnd();
  // A range at or behind the end of the line still gets a caret.
  if (mark === '') mark = `${' '.repeat(columns(text))}^`;
  return { text: text.trimEnd(), mark };
}

/** Tabs as spaces up to the next stop, hidden characters as `\u{…}`, a byte order mark as nothing. */
function cellsOf(line: string, offset: number): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let at = offset;
  for (const character of line) {
    let text = escapeHidden(character);
    if (character === '\t') text = ' '.repeat(TAB - (column % TAB));
    if (character === '\ufeff' && at === 0) text = '';
    const width = columns(text);
    cells.push({ text, width, at });
    column += width;
    at += character.length;
  }
  return cells;
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, cell) => sum + cell.width, 0);
}

/** The parts of one line that the suspect places cover. */
function suspectSpans(number: number, suspects: readonly Location[]): Span[] {
  return suspects
    .filter(({ startLine, endLine }) => startLine <= number && number <= endLine)
    .map(({ startLine, startColumn, endLine, endColumn }) => ({
      from: number === startLine ? startColumn - 1 : -1,
      to: number === endLine ? endColumn - 1 : Number.POSITIVE_INFINITY,
    }));
}
