import { MARKDOWN } from '../paths.ts';
import type { Location } from '../request.ts';
import { EMBEDDING } from '../syntax/embedded.ts';
import { codeBlocks } from '../syntax/fences.ts';
import { headLine } from '../syntax/heads.ts';
import { tokensOf } from '../syntax/tokens.ts';
import { directivesOf, linesFor, type ReadFile } from './directives.ts';

/** What a comment that suppresses findings says behind the rules. */
export interface Acceptance {
  /** On one line; without what ends a comment. */
  readonly reason: string;
  /** YYYY-MM-DD. */
  readonly until: string | undefined;
}

/** A file with its tree, and how many mistakes the parser sees in it. */
export interface ParsedText extends ReadFile {
  readonly mistakes: number;
}

interface Style {
  readonly open: string;
  readonly close: string;
}

const LINE: Style = { open: '// ', close: '' };
const BLOCK: Style = { open: '/* ', close: ' */' };
const JSX: Style = { open: '{/* ', close: ' */}' };
const HTML: Style = { open: '<!-- ', close: ' -->' };

/** Comments for the next line that other tools read: nothing may come between. */
const FOR_NEXT_LINE = /^\s*(?:\/\/|\/\*|\{\/\*).*(?:-next-line|-ignore|@ts-)/;

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/;

/** Text that goes in at a place of the original text; a line of its own begins at column 1. */
interface Insertion {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly ownLine: boolean;
}

/**
 * Writes comments that suppress findings into the text of a file. Each is proved: the text still parses as
 * before, its tokens are the same, and the comment speaks of the finding.
 */
export class Commenter {
  readonly #file: string;
  readonly #parse: (text: string) => ParsedText | undefined;
  #current: ParsedText;
  readonly #inserted: Insertion[] = [];

  private constructor(file: string, parse: (text: string) => ParsedText | undefined, current: ParsedText) {
    this.#file = file;
    this.#parse = parse;
    this.#current = current;
  }

  /** Undefined when the file can't be read or can't hold a comment. */
  static of(
    file: string,
    text: string | undefined,
    parse: (text: string) => ParsedText | undefined,
  ): Commenter | undefined {
    const parsed = text === undefined || file.endsWith('.json') ? undefined : parse(text);
    return parsed && new Commenter(file, parse, parsed);
  }

  get text(): string {
    return this.#current.text;
  }

  /**
   * Suppresses the findings of a rule at a place of the original text.
   *
   * @returns false when no comment can stand there
   */
  suppress(ruleId: string, place: Location, acceptance: Acceptance): boolean {
    const location = this.#now(place);
    if (covers(this.#file, this.#current, ruleId, location)) return true;
    if (this.#extend(ruleId, location, acceptance)) return true;
    const words = (kind: 'line' | 'next-line') => wordsOf(kind, ruleId, acceptance);
    for (const { line, indent, style } of this.#places(location)) {
      const text = indent + style.open + words('next-line') + style.close + this.#lineBreak;
      if (this.#insert({ line, column: 1, text, ownLine: true }, ruleId, place)) return true;
    }
    if (MARKDOWN.test(this.#file)) return false;
    const text = `${BLOCK.open}${words('line')}${BLOCK.close} `;
    const { startLine: line, startColumn: column } = location;
    return this.#insert({ line, column, text, ownLine: false }, ruleId, place);
  }

  get #lineBreak(): string {
    return LINE_BREAK.exec(this.text)?.[0] ?? '\n';
  }

  get #lines(): string[] {
    return this.text.split(LINE_BREAK);
  }

  /** The lines before which a comment may speak of the place, the nearest first, in every way that it may be written. */
  *#places({ startLine, startColumn, ...rest }: Location): Generator<{
    readonly line: number;
    readonly indent: string;
    readonly style: Style;
  }> {
    const lines = this.#lines;
    if (MARKDOWN.test(this.#file)) {
      const mdx = this.#file.toLowerCase().endsWith('.mdx');
      const offset = offsetOf(this.text, startLine, startColumn);
      const block = codeBlocks(this.text, mdx ? 'mdx' : 'markdown').findLast(({ at }) => at <= offset);
      if (!block) return;
      const line = this.text.slice(0, block.at).split(LINE_BREAK).length;
      const indent = this.text.slice(offsetOf(this.text, line, 1), block.at);
      if (/^[\s>]*$/.test(indent)) yield { line, indent, style: mdx ? JSX : HTML };
      return;
    }
    const styles = [LINE, JSX, ...(EMBEDDING.test(this.#file) ? [HTML] : [])];
    const head = headLine(this.#current.source, { startLine, startColumn, ...rest });
    for (const line of new Set([startLine, head])) {
      let above = line;
      while (above > 1 && FOR_NEXT_LINE.test(lines[above - 2] ?? '')) above--;
      const indent = /^[^\S\uFEFF]*/.exec(lines[line - 1] ?? '')?.[0] ?? '';
      for (const style of styles) yield { line: above, indent, style };
    }
  }

  /** Adds the rule to a comment that says the same of another one there. */
  #extend(ruleId: string, location: Location, { reason, until }: Acceptance): boolean {
    const lines = linesFor(this.#current.source, location);
    const directive = directivesOf(this.#file, this.#current).find(
      (each) =>
        each.word === 'fusionlint-disable-next-line' &&
        each.reason === reason &&
        each.until === until &&
        lines.some((line) => each.comment.next.first <= line && line <= each.comment.next.last),
    );
    const last = directive?.rules.at(-1);
    if (!directive || last === undefined) return false;
    const { startLine, startColumn } = directive.comment.location;
    const start = offsetOf(this.text, startLine, startColumn);
    const at = this.text.indexOf(
      last,
      start + this.text.slice(start).indexOf(directive.word) + directive.word.length,
    );
    const text = `${this.text.slice(0, at + last.length)}, ${ruleId}${this.text.slice(at + last.length)}`;
    return this.#accept(text, ruleId, location);
  }

  #insert(insertion: Insertion, ruleId: string, place: Location): boolean {
    const { line, column, text: added } = insertion;
    const start = offsetOf(this.text, line, column);
    const at = start === 0 && this.text.startsWith('\uFEFF') ? 1 : start;
    this.#inserted.push(insertion);
    const text = this.text.slice(0, at) + added + this.text.slice(at);
    if (this.#accept(text, ruleId, this.#now(place))) return true;
    this.#inserted.pop();
    return false;
  }

  #accept(text: string, ruleId: string, location: Location): boolean {
    const next = this.#parse(text);
    if (!next || next.mistakes > this.#current.mistakes) return false;
    if (tokensOf(next.source).join('\0') !== tokensOf(this.#current.source).join('\0')) return false;
    if (!covers(this.#file, next, ruleId, location)) return false;
    this.#current = next;
    return true;
  }

  /** Where a place of the original text is by now. */
  #now(place: Location): Location {
    let { startLine, startColumn, endLine, endColumn } = place;
    for (const { line, column, text, ownLine } of this.#inserted) {
      if (ownLine) {
        if (startLine >= line) startLine++;
        if (endLine >= line) endLine++;
      } else {
        if (startLine === line && startColumn >= column) startColumn += text.length;
        if (endLine === line && endColumn >= column) endColumn += text.length;
      }
    }
    return { file: place.file, startLine, startColumn, endLine, endColumn };
  }
}

function covers(file: string, read: ReadFile, ruleId: string, location: Location): boolean {
  const lines = linesFor(read.source, location);
  return directivesOf(file, read).some(
    ({ rules, reason, reaches }) =>
      reason !== '' && rules.includes(ruleId) && lines.some((line) => reaches(line, ruleId)),
  );
}

function wordsOf(kind: 'line' | 'next-line', ruleId: string, { reason, until }: Acceptance): string {
  return `fusionlint-disable-${kind} ${ruleId}${until === undefined ? '' : ` until ${until}`} -- ${reason}`;
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) {
    const match = LINE_BREAK.exec(text.slice(start));
    if (!match) break;
    start += match.index + match[0].length;
  }
  return start + column - 1;
}
