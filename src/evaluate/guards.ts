import { resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import type { Value } from './value.ts';

/**
 * What a function has made sure of before the place of use: behind `if (id === undefined || id === null) throw …`,
 * the parameter is neither.
 */
export function guarded(value: Value, use: ts.Identifier, declaration: ts.Node): Value {
  if (value.kind !== 'unknown' || !value.gap.parameter || value.gap.present || !ts.isParameter(declaration))
    return value;
  return isGuarded(use, declaration) ? { ...value, gap: { ...value.gap, present: true } } : value;
}

function isGuarded(use: ts.Identifier, declaration: ts.ParameterDeclaration): boolean {
  for (let node: ts.Node = use; node.parent && node !== declaration.parent; node = node.parent) {
    const end = ts.isBlock(node.parent) ? guardsIn(node.parent).get(use.text) : undefined;
    if (end !== undefined && end <= node.pos) return resolveName(node, use.text) === declaration;
  }
  return false;
}

const guards = new WeakMap<ts.Block, ReadonlyMap<string, number>>();

/** The names that a block checks, and where the first check ends. */
function guardsIn(block: ts.Block): ReadonlyMap<string, number> {
  let names = guards.get(block);
  if (!names) {
    const found = new Map<string, number>();
    for (const statement of block.statements) {
      if (!ts.isIfStatement(statement) || statement.elseStatement || !leaves(statement.thenStatement))
        continue;
      for (const name of absentNames(statement.expression))
        if (!found.has(name)) found.set(name, statement.end);
    }
    names = found;
    guards.set(block, names);
  }
  return names;
}

function leaves(node: ts.Statement): boolean {
  if (ts.isBlock(node)) return node.statements.some(leaves);
  return ts.isThrowStatement(node) || ts.isReturnStatement(node);
}

/** The names of which a condition says that they are missing, both undefined and null: `a == null || !b`. */
function absentNames(condition: ts.Expression): readonly string[] {
  const tests = alternatives(condition);
  const loose = tests.flatMap((test) => absentName(test, LOOSE) ?? []);
  const undefineds = tests.flatMap((test) => absentName(test, STRICT, 'undefined') ?? []);
  const nulls = tests.flatMap((test) => absentName(test, STRICT, 'null') ?? []);
  return [...loose, ...undefineds.filter((name) => nulls.includes(name))];
}

const LOOSE = ts.SyntaxKind.EqualsEqualsToken;
const STRICT = ts.SyntaxKind.EqualsEqualsEqualsToken;

function alternatives(node: ts.Expression): ts.Expression[] {
  if (ts.isParenthesizedExpression(node)) return alternatives(node.expression);
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.BarBarToken
    ? [...alternatives(node.left), ...alternatives(node.right)]
    : [node];
}

function absentName(test: ts.Expression, operator: ts.SyntaxKind, to?: string): string | undefined {
  if (
    operator === LOOSE &&
    ts.isPrefixUnaryExpression(test) &&
    test.operator === ts.SyntaxKind.ExclamationToken
  )
    return ts.isIdentifier(test.operand) ? test.operand.text : undefined;
  if (!ts.isBinaryExpression(test) || test.operatorToken.kind !== operator) return undefined;
  const against = test.right.getText();
  const matches = to === undefined ? against === 'undefined' || against === 'null' : against === to;
  return matches && ts.isIdentifier(test.left) ? test.left.text : undefined;
}
