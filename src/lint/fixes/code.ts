import type { Edit, Location } from '../../request.ts';
import { fileOf } from '../../syntax/location.ts';
import { ts } from '../../syntax/ts.ts';

/** The code that fixes are made in. */
export interface Code {
  /** The tree of a file that the run has parsed. */
  source(file: string): ts.SourceFile | undefined;
  /** All that the run has parsed. */
  sources(): Iterable<ts.SourceFile>;
  /** Whether all files that import this one are among them, however indirectly. */
  isFollowed(file: string): boolean;
  /** Whether edits may be made in the file: it is linted, and it is no page. */
  editable(file: string): boolean;
}

/** The node that stands exactly there, the innermost where there are several. */
export function nodeAt(code: Code, location: Location): ts.Node | undefined {
  const source = code.source(location.file);
  if (!source) return undefined;
  const start = source.getPositionOfLineAndCharacter(location.startLine - 1, location.startColumn - 1);
  const end = source.getPositionOfLineAndCharacter(location.endLine - 1, location.endColumn - 1);
  let found: ts.Node | undefined;
  const visit = (node: ts.Node): void => {
    if (node.pos > start || node.end < end) return;
    if (node.getStart(source) === start && node.end === end) found = node;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** An edit of the text between two offsets. */
export function editOf(source: ts.SourceFile, start: number, end: number, text: string): Edit {
  const from = source.getLineAndCharacterOfPosition(start);
  const to = source.getLineAndCharacterOfPosition(end);
  return {
    location: {
      file: fileOf(source),
      startLine: from.line + 1,
      startColumn: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
    },
    text,
  };
}

/** A piece of a text as it is written: a string, or what stands between the expressions of a template. */
export function isTextPiece(node: ts.Node): node is ts.LiteralLikeNode {
  return (
    ts.isStringLiteral(node) ||
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddleOrTemplateTail(node)
  );
}

/** The only match of a pattern in the source of a node; undefined when there is none, or more than one. */
export function onlyMatch(node: ts.Node, pattern: RegExp): { start: number; end: number } | undefined {
  const [match, ...others] = node.getText().matchAll(pattern);
  if (!match || others.length > 0) return undefined;
  const start = node.getStart() + match.index;
  return { start, end: start + match[0].length };
}

export function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The names of a literal with the quotes that its neighbours have, bare where it may be and they are. */
export function propertyName(name: string, literal: ts.ObjectLiteralExpression | undefined): string {
  const names = literal?.properties.flatMap((each) => (each.name ? [each.name] : [])) ?? [];
  const bare = names.some(ts.isIdentifier) || names.length === 0;
  return bare && /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name, literal ?? names[0]);
}

/** A string with the quotes that stand first in what is around it. */
export function quoted(text: string, near: ts.Node | undefined): string {
  const quote = near && /["']/.exec(near.getText())?.[0];
  const other = near && /["']/.exec(near.getSourceFile().text)?.[0];
  const mark = quote ?? other ?? "'";
  return `${mark}${text}${mark}`;
}
