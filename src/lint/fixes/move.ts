import type { RecognisedCall } from '../../clients/recognise.ts';
import { segmentsOf } from '../../contracts/match.ts';
import { type Edit, fieldOf, type Request, samePlace, type Text } from '../../request.ts';
import { contains, enclosingFunction } from '../../syntax/bindings.ts';
import { locationOf } from '../../syntax/location.ts';
import { ts } from '../../syntax/ts.ts';
import type { Change } from '../rule.ts';
import { type Code, editOf, escaped, isTextPiece, nodeAt, propertyName, quoted } from './code.ts';

type Move = Extract<Change, { readonly move: unknown }>;

/**
 * Takes a value out of the URL and sends it as a header. Only where both stand in the call itself, so that
 * what is in scope for the one is for the other, and no other call has a part in it.
 */
export function moved({ move, toHeader }: Move, call: RecognisedCall, code: Code): Edit[] | undefined {
  const [request] = call.requests;
  if (!request || call.requests.length > 1) return undefined;
  const taken =
    'query' in move ? fromQuery(move.query, request, call.node, code) : fromPath(move.path, call.node);
  if (!taken) return undefined;
  const header = fieldOf(request.headers, toHeader.toLowerCase());
  if (header.presence === 'always') {
    const value = movedText(move, request);
    const same = value && header.values.every((each) => partsOf(each) === partsOf(value));
    return same ? taken.edits : undefined;
  }
  const added = header.presence === 'never' && addedTo(request, call.node, toHeader, taken.value, code);
  return added ? [...taken.edits, ...added] : undefined;
}

/** The text that is moved; undefined when it is not one. */
export function movedText(move: Move['move'], { query, path }: Request): Text | undefined {
  if ('query' in move) {
    const { values } = fieldOf(query, move.query);
    return values.length === 1 ? values[0] : undefined;
  }
  const segments = segmentsOf(move.path);
  const at = segments.findIndex((each) => each.startsWith('{'));
  return path.filter(({ parts }) => parts.length > 0).at(at - segments.length);
}

function partsOf({ parts }: Text): string {
  return JSON.stringify(
    parts.map((part) => ('literal' in part ? part.literal : [part.unknown.name, part.unknown.reason])),
  );
}

interface Taken {
  readonly edits: Edit[];
  /** What was there: an expression, or a text as it is written in the URL. */
  readonly value: ts.Expression | string;
}

function fromQuery(name: string, request: Request, call: ts.Node, code: Code): Taken | undefined {
  const { written, inUrl } = fieldOf(request.query, name);
  const node = written && nodeAt(code, written);
  if (!node || !contains(call, node)) return undefined;
  if (!inUrl || !isTextPiece(node)) return fromObject(node);
  return fromText(call, node, new RegExp(`[?&]${escaped(name)}=`, 'g'), /[&#]/, (text, from, to) => {
    // `?id=1&from=2` keeps its mark, and loses the sign behind the value.
    return text[from] === '?' && text[to] === '&' ? [from + 1, to + 1] : [from, to];
  });
}

/** `/activity-logs/{orgId}/export`: the word before the id finds it, and nothing else may stand behind it. */
function fromPath(template: string, call: ts.Node): Taken | undefined {
  const segments = segmentsOf(template);
  const at = segments.findIndex((each) => each.startsWith('{'));
  const [before = '', after] = [segments[at - 1], segments[at + 1]];
  if (segments.length - at > 2) return undefined;
  const pattern = new RegExp(`(?<=/${escaped(before)})/`, 'g');
  const pieces = piecesIn(call).filter((piece) => [...piece.getText().matchAll(pattern)].length > 0);
  const [only, ...others] = pieces;
  if (!only || others.length > 0) return undefined;
  return fromText(call, only, pattern, /[/?#]/, (text, from, to) => {
    const rest = text.slice(to).split(/[?#`'"]/, 1)[0];
    return rest === (after === undefined ? '' : `/${after}`) ? [from, to] : undefined;
  });
}

function piecesIn(call: ts.Node): ts.LiteralLikeNode[] {
  const found: ts.LiteralLikeNode[] = [];
  const visit = (node: ts.Node): void => {
    if (isTextPiece(node)) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(call);
  return found;
}

/**
 * A value within a text: an expression of a template, or what is written up to the next sign. `cut` says
 * which part of the source goes, from what stands before the value to its end.
 */
function fromText(
  call: ts.Node,
  piece: ts.LiteralLikeNode,
  before: RegExp,
  ends: RegExp,
  cut: (text: string, from: number, to: number) => readonly [number, number] | undefined,
): Taken | undefined {
  const [match, ...others] = piece.getText().matchAll(before);
  if (!match || others.length > 0) return undefined;
  const source = piece.getSourceFile();
  const from = piece.getStart() + match.index;
  const start = from + match[0].length;
  // The text of a piece ends before its quote, or before the `${` of the expression behind it.
  const isOpen = ts.isTemplateHead(piece) || ts.isTemplateMiddle(piece);
  const end = piece.end - (isOpen ? 2 : 1);
  let value: ts.Expression | string;
  let to: number;
  if (start === end && isOpen) {
    const span = spanBehind(piece);
    if (!span || !isSimple(span.expression)) return undefined;
    value = span.expression;
    // The closing brace belongs to the piece behind it.
    to = span.literal.getStart() + 1;
    const next = source.text[to] ?? '';
    if (!ends.test(next) && next !== '`') return undefined;
  } else {
    const written = source.text.slice(start, end);
    const length = written.search(ends);
    if (length < 0 && isOpen) return undefined;
    value = length < 0 ? written : written.slice(0, length);
    to = start + value.length;
    if (!/^[\w.-]+$/.test(value)) return undefined;
  }
  if (!isDirectlyIn(call, piece)) return undefined;
  const range = cut(source.text, from, to);
  return range && { value, edits: [editOf(source, range[0], range[1], '')] };
}

function spanBehind(piece: ts.Node): ts.TemplateSpan | undefined {
  const { parent } = piece;
  if (ts.isTemplateExpression(parent)) return parent.templateSpans[0];
  if (!ts.isTemplateSpan(parent)) return undefined;
  const spans = parent.parent.templateSpans;
  return spans[spans.indexOf(parent) + 1];
}

/** A property of the query's object, with the comma behind it. */
function fromObject(name: ts.Node): Taken | undefined {
  const { parent: property } = name;
  if (!ts.isPropertyAssignment(property) && !ts.isShorthandPropertyAssignment(property)) return undefined;
  const value = ts.isPropertyAssignment(property) ? property.initializer : property.name;
  const { properties } = property.parent;
  const source = name.getSourceFile();
  if (!isSimple(value)) return undefined;
  const at = properties.indexOf(property);
  const next = properties[at + 1];
  const before = properties[at - 1];
  if (next) return { value, edits: [editOf(source, property.getStart(), next.getStart(), '')] };
  if (before) return { value, edits: [editOf(source, before.end, property.end, '')] };
  return undefined;
}

/** Reading it twice, or elsewhere, is the same as once. */
function isSimple(node: ts.Expression): boolean {
  if (ts.isCallExpression(node)) {
    const [only, ...others] = node.arguments;
    const isCoding = /^(?:encodeURIComponent|String)$/.test(node.expression.getText());
    return isCoding && only !== undefined && others.length === 0 && isSimple(only);
  }
  if (ts.isPropertyAccessExpression(node)) return isSimple(node.expression);
  return (
    ts.isIdentifier(node) ||
    ts.isStringLiteral(node) ||
    ts.isNumericLiteral(node) ||
    node.kind === ts.SyntaxKind.ThisKeyword
  );
}

/** No function of its own around it, in which other names are in scope. */
function isDirectlyIn(call: ts.Node, node: ts.Node): boolean {
  return contains(call, node) && enclosingFunction(node) === enclosingFunction(call);
}

/** The header as a property of the one literal in the call that the headers are written in. */
function addedTo(
  request: Request,
  call: ts.Node,
  header: string,
  value: Taken['value'],
  code: Code,
): Edit[] | undefined {
  const literals = (request.headers.sources ?? []).flatMap(({ location }) => {
    const node = nodeAt(code, location);
    const literal = node && ts.isObjectLiteralExpression(node) ? node : undefined;
    return literal && isDirectlyIn(call, literal) && samePlace(locationOf(literal), location)
      ? [literal]
      : [];
  });
  const [literal, ...others] = literals;
  if (!literal || others.length > 0) return undefined;
  return inserted(literal, `${propertyName(header, literal)}: ${headerValue(value, literal)}`);
}

/** As text: in TypeScript a header's value must be one. */
function headerValue(value: Taken['value'], literal: ts.Node): string {
  if (typeof value === 'string') return quoted(value, literal);
  let plain = value;
  while (ts.isCallExpression(plain)) plain = plain.arguments[0] ?? plain;
  const text = plain.getText();
  if (ts.isStringLiteral(plain)) return text;
  if (ts.isNumericLiteral(plain)) return quoted(text, literal);
  const { fileName } = literal.getSourceFile();
  return /\.[cm]?jsx?$/.test(fileName) || isTyped(plain) ? text : `String(${text})`;
}

/** A parameter that is declared a text. */
function isTyped(node: ts.Expression): boolean {
  const declared =
    ts.isIdentifier(node) &&
    enclosingFunction(node)?.parameters.find(({ name }) => name.getText() === node.text);
  return (
    declared !== false && declared?.type?.kind === ts.SyntaxKind.StringKeyword && !declared.questionToken
  );
}

/** A property at the end of a literal, on a line of its own where the others have theirs. */
function inserted(literal: ts.ObjectLiteralExpression, property: string): Edit[] | undefined {
  const source = literal.getSourceFile();
  const { text } = source;
  const last = literal.properties.at(-1);
  if (!last) return undefined;
  const close = literal.end - 1;
  const lineStart = Math.max(text.lastIndexOf('\n', close - 1), text.lastIndexOf('\r', close - 1)) + 1;
  const { hasTrailingComma } = literal.properties;
  if (lineStart <= last.end || text.slice(lineStart, close).trim() !== '')
    return [editOf(source, last.end, last.end, `, ${property}`)];
  const start = last.getStart();
  const indent = /[^\S\r\n]*$/.exec(text.slice(0, start))?.[0] ?? '';
  const newline = /\r\n|\n|\r/.exec(text.slice(last.end))?.[0] ?? '\n';
  const line = editOf(
    source,
    lineStart,
    lineStart,
    `${indent}${property}${hasTrailingComma ? ',' : ''}${newline}`,
  );
  return hasTrailingComma ? [line] : [editOf(source, last.end, last.end, ','), line];
}
