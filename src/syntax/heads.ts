import type { Location } from '../request.ts';
import { tokenAt } from './comments.ts';
import { ts } from './ts.ts';

/**
 * The line on which what holds a place begins: the innermost statement, class member, property of an object,
 * element of an array or piece of JSX. A person writes a comment about a call above it, not in the middle of it.
 */
export function headLine(source: ts.SourceFile, { startLine, startColumn }: Location): number {
  const [start, next = source.end] = source.getLineStarts().slice(startLine - 1, startLine + 1);
  if (start === undefined) return startLine;
  const at = Math.min(start + startColumn - 1, next);
  for (let node = tokenAt(source, at); node; node = node.parent)
    if (isHead(node)) return source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
  return startLine;
}

function isHead(node: ts.Node): boolean {
  if (ts.isBlock(node)) return false;
  return (
    ts.isStatement(node) ||
    ts.isClassElement(node) ||
    ts.isObjectLiteralElementLike(node) ||
    ts.isJsxAttribute(node) ||
    ts.isJsxExpression(node) ||
    ts.isJsxElement(node) ||
    ts.isJsxSelfClosingElement(node) ||
    (node.parent !== undefined && ts.isArrayLiteralExpression(node.parent) && ts.isExpression(node))
  );
}
