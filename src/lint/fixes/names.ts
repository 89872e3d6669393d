import type { Edit, Location } from '../../request.ts';
import { ts } from '../../syntax/ts.ts';
import { type Code, editOf, escaped, isTextPiece, nodeAt, onlyMatch, propertyName } from './code.ts';

/** Where the name of a header or parameter stands, with the edit that writes another one there. */
export interface WrittenName {
  readonly node: ts.Node;
  rename(to: string): Edit;
}

/** Undefined where the place holds the name in a way that an edit can't be sure of. */
export function writtenName(code: Code, place: Location, name: string): WrittenName | undefined {
  const node = nodeAt(code, place);
  if (!node) return undefined;
  const source = node.getSourceFile();
  const written = (start: number, end: number, print: (to: string) => string = (to) => to): WrittenName => ({
    node,
    rename: (to) => editOf(source, start, end, print(to)),
  });
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent) && parent.name === node && parent.name.text === name)
    return written(node.getStart(), node.end, (to) => `${propertyName(to, parent.parent)}: ${name}`);
  if (ts.isPropertyAssignment(parent) && parent.name === node && nameIn(node) === name.toLowerCase()) {
    if (ts.isIdentifier(node))
      return written(node.getStart(), node.end, (to) => propertyName(to, parent.parent));
    if (isTextPiece(node)) return written(node.getStart() + 1, node.end - 1);
  }
  if (isNameArgument(node) && nameIn(node) === name.toLowerCase())
    return written(node.getStart() + 1, node.end - 1);
  if (!isTextPiece(node)) return undefined;
  const inQuery = onlyMatch(node, new RegExp(`(?<=[?&'"\`])${escaped(name)}(?==)`, 'g'));
  return inQuery && written(inQuery.start, inQuery.end);
}

/** The place of the `+` that begins the value of a parameter in the text of a URL. */
export function leadingPlus(code: Code, place: Location, name: string): WrittenName | undefined {
  const node = nodeAt(code, place);
  if (!node || !isTextPiece(node)) return undefined;
  const plus = onlyMatch(node, new RegExp(`(?<=[?&'"\`]${escaped(name)}=)\\+`, 'g'));
  return plus && { node, rename: (to) => editOf(node.getSourceFile(), plus.start, plus.end, to) };
}

/** Lower-case. */
function nameIn(node: ts.Node): string | undefined {
  return ts.isIdentifier(node) || ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)
    ? node.text.toLowerCase()
    : undefined;
}

/** `headers.set('name', value)`, and the first of a pair: `[['name', value]]`. */
function isNameArgument(node: ts.Node): boolean {
  const { parent } = node;
  if (!ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node)) return false;
  if (ts.isCallExpression(parent))
    return (
      ts.isPropertyAccessExpression(parent.expression) &&
      parent.arguments.length === 2 &&
      parent.arguments[0] === node
    );
  return ts.isArrayLiteralExpression(parent) && parent.elements.length === 2 && parent.elements[0] === node;
}
