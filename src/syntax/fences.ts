/**
 * The fenced code blocks of a Markdown text, found line by line as CommonMark 0.31 describes them
 * (sections 4.5 "Fenced code blocks", 5.1 "Block quotes", 5.2 "List items"). Nothing else of Markdown
 * matters here, so no parser of all of it is needed.
 *
 * One thing is read more freely: a fence may be indented by any number of spaces. MDX has no indented
 * code, and in MkDocs the content of tabs and notes is indented by four.
 */
export interface CodeBlock {
  /** Offset of the opening fence. */
  readonly at: number;
  /** What stands behind the opening fence. */
  readonly info: string;
  /** The code of each line, without the marks of block quotes around it. */
  readonly lines: readonly Span[];
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A block quote, or a list item whose content begins at a column (from 0). */
type Container = { readonly kind: 'quote' } | { readonly kind: 'item'; readonly column: number };

interface Fence {
  readonly mark: string;
  readonly depth: number;
  readonly block: { readonly at: number; readonly info: string; readonly lines: Span[] };
}

const TAB = 4;
const OPENING = /^(?:(`{3,})([^`]*)|(~{3,})(.*))$/;
const MARKER = /^(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/;
/** What stands in a comment is no code of the page. */
const COMMENTS = { html: ['<!--', '-->'], mdx: ['{/*', '*/}'] } as const;

/** The code blocks in the order of their lines; an unclosed one ends with what it stands in. */
export function codeBlocks(text: string, syntax: 'markdown' | 'mdx'): readonly CodeBlock[] {
  const blocks: CodeBlock[] = [];
  const comments = syntax === 'mdx' ? [COMMENTS.html, COMMENTS.mdx] : [COMMENTS.html];
  let containers: Container[] = [];
  let fence: Fence | undefined;
  let commentEnd: string | undefined;
  for (const { start, end } of linesOf(text)) {
    const line = new Line(text, start, end);
    const matched = line.enter(containers);
    if (fence) {
      if (matched === fence.depth) {
        if (!line.closes(fence.mark)) {
          fence.block.lines.push({ start: line.at, end });
          continue;
        }
        fence = undefined;
        continue;
      }
      fence = undefined;
    }
    containers = containers.slice(0, matched);
    if (commentEnd !== undefined) {
      if (line.rest.includes(commentEnd)) commentEnd = undefined;
      continue;
    }
    for (let next = line.container(); next; next = line.container()) containers.push(next);
    const comment = comments.find(([open]) => line.rest.startsWith(open));
    if (comment) {
      if (!line.rest.includes(comment[1])) commentEnd = comment[1];
      continue;
    }
    const opening = OPENING.exec(line.rest);
    if (!opening) continue;
    if (line.isIndented) containers.push({ kind: 'item', column: line.column });
    const block = { at: line.next, info: (opening[2] ?? opening[4] ?? '').trim(), lines: [] };
    fence = { mark: opening[1] ?? opening[3] ?? '', depth: containers.length, block };
    blocks.push(block);
  }
  return blocks;
}

function* linesOf(text: string): Generator<Span> {
  for (const match of text.matchAll(/([^\r\n]*)(?:\r\n|\r|\n|$)/g))
    if (match[0] !== '') yield { start: match.index, end: match.index + (match[1] ?? '').length };
}

/** One line, read from the left: first the containers that it stands in, then what is left. */
class Line {
  /** Offset of the content of the innermost container, and the column that it begins at. */
  at: number;
  #base = 0;
  #atColumn = 0;
  /** Offset and column of the first character behind `at` that is no white space. */
  next = 0;
  column = 0;
  readonly #text: string;
  readonly #end: number;

  constructor(text: string, start: number, end: number) {
    this.#text = text;
    this.#end = end;
    this.at = start;
    this.#skip();
  }

  get rest(): string {
    return this.#text.slice(this.next, this.#end);
  }

  get isIndented(): boolean {
    return this.column - this.#base >= TAB;
  }

  /** Goes into the containers as far as they go on here; answers how many do. */
  enter(containers: readonly Container[]): number {
    for (const [index, each] of containers.entries()) {
      const goesOn =
        each.kind === 'quote' ? this.#quote() : this.next === this.#end || this.column >= each.column;
      if (!goesOn) return index;
      if (each.kind === 'item') this.#base = each.column;
    }
    return containers.length;
  }

  /** The container that begins here. */
  container(): Container | undefined {
    if (this.#quote()) return { kind: 'quote' };
    const marker = this.isIndented ? undefined : MARKER.exec(this.rest)?.[0];
    if (marker === undefined) return undefined;
    const after = this.column + marker.length;
    this.#advance(this.next + marker.length, after);
    const spaces = this.column - after;
    // Nothing behind the marker, or indented code: the content begins one column behind it.
    this.#base = spaces > TAB || this.next === this.#end ? after + 1 : this.column;
    return { kind: 'item', column: this.#base };
  }

  closes(mark: string): boolean {
    const rest = this.rest.trimEnd();
    return !this.isIndented && rest.length >= mark.length && rest === mark.charAt(0).repeat(rest.length);
  }

  #quote(): boolean {
    if (this.isIndented || this.#text[this.next] !== '>' || this.next === this.#end) return false;
    const after = this.column + 1;
    this.#advance(this.next + 1, after);
    this.#base = after;
    // One space belongs to the mark.
    if (this.#text[this.at] === ' ') this.#advance(this.at + 1, after + 1);
    if (this.column > after) this.#base = after + 1;
    return true;
  }

  #advance(at: number, column: number): void {
    this.at = at;
    this.#atColumn = column;
    this.#skip();
  }

  #skip(): void {
    this.next = this.at;
    this.column = this.#atColumn;
    for (; this.next < this.#end; this.next++) {
      const character = this.#text[this.next];
      if (character === ' ') this.column++;
      else if (character === '\t') this.column += TAB - (this.column % TAB);
      else break;
    }
  }
}
