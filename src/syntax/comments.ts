import { MARKDOWN } from '../paths.ts';
import type { Location } from '../request.ts';
import { EMBEDDING } from './embedded.ts';
import { codeBlocks } from './fences.ts';
import { ts } from './ts.ts';

/** A comment of the code, or of the markup or Markdown around it. */
export interface Comment {
  /** What stands between its marks, on one line. */
  readonly text: string;
  readonly location: Location;
  /** `markup`: it stands outside of the code of a component or of a page. */
  readonly kind: 'code' | 'markup';
  /** The next line behind it that is neither empty nor a comment; or the lines of a page's code block there. */
  readonly next: Lines;
}

/** From 1, both included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

/** A line that is empty, or nothing but a comment. */
const NO_CODE =
  /^[\s>]*(?:\/\/.*|\/\*(?:[^*]|\*(?!\/))*\*\/|\{\/\*(?:[^*]|\*(?!\/))*\*\/\}|<!--((?!-->).)*-->)?\s*$/;

const HTML = /<!--([\s\S]*?)-->/g;
/** In a page a comment begins its line: elsewhere it may be quoted as code. */
const OF_PAGE = /(?<=^[ \t>]*)<!--([\s\S]*?)-->/gm;
const OF_MDX = /(?<=^[ \t>]*)(?:<!--([\s\S]*?)-->|\{\/\*([\s\S]*?)\*\/\})/gm;

/**
 * The comments that begin with one of the words. What looks like one in a string, a template, a regular
 * expression or the text of JSX is none.
 *
 * @param text of the file itself
 * @param source its tree, which for a component or a page holds the code only, on the lines of the file
 * @param words matches one word, with the flag `g`
 */
export function commentsThatBegin(
  file: string,
  text: string,
  source: ts.SourceFile,
  words: RegExp,
): Comment[] {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
  const found = [...codeComments(file, source, words), ...markupComments(file, text, source)]
    .filter((comment) => comment.text.search(words) === 0)
    .map((comment) => ({ ...comment, next: comment.next ?? nextLine(lines, comment.location) }));
  return found.sort(
    ({ location: a }, { location: b }) => a.startLine - b.startLine || a.startColumn - b.startColumn,
  );
}

function nextLine(lines: readonly string[], { endLine }: Location): Lines {
  let line = endLine + 1;
  while (line < lines.length && NO_CODE.test(lines[line - 1] ?? '')) line++;
  return { first: line, last: line };
}

/** A comment of which it may not be known yet what comes next. */
type Found = Omit<Comment, 'next'> & { readonly next?: Lines };

function codeComments(file: string, source: ts.SourceFile, words: RegExp): Found[] {
  const ranges = new Map<number, ts.TextRange>();
  for (const { index } of source.text.matchAll(words)) {
    const range = commentAt(source, index);
    if (range) ranges.set(range.pos, range);
  }
  return [...ranges.values()].map(({ pos, end }) => ({
    text: contentOf(source.text.slice(pos, end).replace(/^\/[/*]|\*\/$/g, '')),
    location: between(file, (at) => source.getLineAndCharacterOfPosition(at), pos, end),
    kind: 'code',
  }));
}

/** The comment that an offset lies in: it is no part of any token. */
function commentAt(source: ts.SourceFile, at: number): ts.TextRange | undefined {
  const token = tokenAt(source, at);
  if (!token || ts.isJSDoc(token)) return token;
  if (at >= token.getStart(source)) return undefined;
  const { text } = source;
  const ranges = [
    ...(ts.getTrailingCommentRanges(text, token.pos) ?? []),
    ...(ts.getLeadingCommentRanges(text, token.pos) ?? []),
  ];
  return ranges.find(({ pos, end }) => pos <= at && at < end);
}

/** The token at an offset, or behind the white space and comments that the offset lies in. */
export function tokenAt(source: ts.SourceFile, at: number): ts.Node | undefined {
  let node: ts.Node = source;
  while (true) {
    const children: readonly ts.Node[] = node.getChildren(source);
    if (children.length === 0 || ts.isJSDoc(node)) return node;
    const child = children.find(({ pos, end }) => pos <= at && at < end);
    if (!child) return undefined;
    node = child;
  }
}

function markupComments(file: string, text: string, source: ts.SourceFile): Found[] {
  const isPage = MARKDOWN.test(file);
  if (!isPage && !EMBEDDING.test(file)) return [];
  const lineOf = linesOf(text);
  const mdx = file.toLowerCase().endsWith('.mdx');
  const blocks = isPage ? codeBlocks(text, mdx ? 'mdx' : 'markdown') : [];
  const isCode = (start: number, end: number) =>
    isPage
      ? blocks.some(({ lines }) => lines.some((line) => line.start <= start && start <= line.end))
      : source.text.slice(start, end).trim() !== '';
  return [...text.matchAll(isPage ? (mdx ? OF_MDX : OF_PAGE) : HTML)].flatMap((match) => {
    const [start, end] = [match.index, match.index + match[0].length];
    if (isCode(start, end)) return [];
    const block = blocks.find(({ at }) => at > end);
    const gap = text.slice(end, block?.at).split('\n');
    const next = gap.every((line) => NO_CODE.test(line)) ? block : undefined;
    return [
      {
        text: contentOf(match[1] ?? match[2] ?? ''),
        location: between(file, lineOf, start, end),
        kind: 'markup' as const,
        ...(next && {
          next: { first: lineOf(next.at).line + 1, last: lineOf(next.lines.at(-1)?.end ?? next.at).line + 1 },
        }),
      },
    ];
  });
}

function linesOf(text: string): (at: number) => ts.LineAndCharacter {
  const source = ts.createSourceFile('text', text, ts.ScriptTarget.Latest);
  return (at) => source.getLineAndCharacterOfPosition(at);
}

/** On one line, without the stars that begin the lines of a block comment. */
function contentOf(text: string): string {
  return text
    .replace(/^[ \t]*\*+/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function between(
  file: string,
  positionOf: (at: number) => ts.LineAndCharacter,
  start: number,
  end: number,
): Location {
  const [from, to] = [positionOf(start), positionOf(end)];
  return {
    file,
    startLine: from.line + 1,
    startColumn: from.character + 1,
    endLine: to.line + 1,
    endColumn: to.character + 1,
  };
}
