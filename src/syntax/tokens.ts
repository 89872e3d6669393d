import { ts } from './ts.ts';

/**
 * What the code says, token by token: two texts with the same tokens differ in white space and comments only.
 * White space between elements of JSX, and braces there that hold a comment at most, say nothing either.
 */
export function tokensOf(source: ts.SourceFile): string[] {
  const tokens: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node) || (ts.isJsxExpression(node) && !node.expression)) return;
    if (ts.isJsxText(node)) {
      const isLayout = node.containsOnlyTriviaWhiteSpaces && node.text.includes('\n');
      if (!isLayout) tokens.push(node.text);
      return;
    }
    const children = node.getChildren(source);
    if (children.length === 0 && node.end > node.getStart(source)) tokens.push(node.getText(source));
    for (const child of children) visit(child);
  };
  visit(source);
  return tokens;
}
