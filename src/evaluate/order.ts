import { enclosingFunction, isFunctionLike } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';

/**
 * Which code runs when, as far as its form says: what leaves a block, a loop or a function, and which functions
 * run where they are written.
 */

export function alwaysLeaves(node: ts.Node): boolean {
  if (leaves(node)) return true;
  if (ts.isBlock(node)) return node.statements.some(alwaysLeaves);
  if (!ts.isIfStatement(node) || !node.elseStatement) return false;
  return alwaysLeaves(node.thenStatement) && alwaysLeaves(node.elseStatement);
}

export function holdsStatements(node: ts.Node): boolean {
  return (
    ts.isBlock(node) ||
    ts.isIfStatement(node) ||
    ts.isTryStatement(node) ||
    ts.isLabeledStatement(node) ||
    ts.isSwitchStatement(node) ||
    ts.isIterationStatement(node, false)
  );
}

export function leaves(node: ts.Node): boolean {
  return (
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isBreakStatement(node) ||
    ts.isContinueStatement(node)
  );
}

const leavers = new WeakMap<ts.Node, readonly ts.Statement[]>();

/** The `return`, `break` and `continue` in a node, but for those of functions in it. */
export function leaversIn(node: ts.Node): readonly ts.Statement[] {
  const known = leavers.get(node);
  if (known) return known;
  const found: ts.Statement[] = [];
  const look = (each: ts.Node): void => {
    if (ts.isReturnStatement(each) || ts.isBreakStatement(each) || ts.isContinueStatement(each))
      found.push(each);
    else if (!isFunctionLike(each)) ts.forEachChild(each, look);
  };
  look(node);
  leavers.set(node, found);
  return found;
}

/** What a `return`, `break` or `continue` leaves: a function, a loop, a `switch`, a statement with a label. */
export function targetOf(node: ts.Statement): ts.Node | undefined {
  if (ts.isReturnStatement(node)) return enclosingFunction(node);
  const stops = ts.isBreakStatement(node);
  const label = stops || ts.isContinueStatement(node) ? node.label?.text : undefined;
  for (let each = node.parent; each && !isFunctionLike(each); each = each.parent) {
    if (label !== undefined) {
      if (ts.isLabeledStatement(each) && each.label.text === label) return stops ? each : each.statement;
    } else if (ts.isIterationStatement(each, false) || (stops && ts.isSwitchStatement(each))) return each;
  }
  return undefined;
}

// ------------------------------------------------------------------ functions and operators

/** A function that is called where it is written: an argument of a call, or called at once. */
export function isInline(fn: ts.Node): boolean {
  const parent = callOf(fn);
  return ts.isCallExpression(parent) || ts.isNewExpression(parent);
}

/** What a function stands in: the call, if it is inline. */
export function callOf(fn: ts.Node): ts.Node {
  let { parent } = fn;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return parent;
}

/** Operators whose right side may not run. */
export function isLazy(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}
