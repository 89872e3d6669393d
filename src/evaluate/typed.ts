import { resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import type { Evaluator } from './evaluator.ts';
import { instanceOf } from './instances.ts';
import { valueOfDeclaration } from './names.ts';
import type { Value } from './value.ts';

/**
 * The one use that is made of types: a parameter or field typed with a class is an instance of it, because
 * dependency injection is written that way.
 */
export function typedValue(
  evaluator: Evaluator,
  node: ts.ParameterDeclaration | ts.PropertyDeclaration,
): Value | undefined {
  const values = (node.type ? references(node.type) : []).map((each) => ofReference(evaluator, node, each));
  const [first, ...others] = values;
  // One of several: what a package says of all of them alike.
  const alike = others.every(
    (each) => first?.kind === 'object' && each?.kind === 'object' && each.type === first.type,
  );
  return alike ? first : undefined;
}

function ofReference(
  evaluator: Evaluator,
  node: ts.Node,
  { typeName: name }: ts.TypeReferenceNode,
): Value | undefined {
  const declaration = resolveName(node, leftmost(name));
  if (!declaration || !(ts.isClassLike(declaration) || isImport(declaration))) return undefined;
  const { text } = ts.isIdentifier(name) ? name : name.right;
  const value = valueOfDeclaration(evaluator, declaration, text, undefined, undefined);
  if (value.kind === 'class') return instanceOf(value);
  return value.kind === 'external' ? evaluator.natives.typed(value) : undefined;
}

/** Types that stand for what they wrap. */
const WRAPPERS = new Set(['Promise', 'Readonly', 'Partial', 'Required']);

/** The classes that a type speaks of: `Client`, `Client | undefined`, `Promise<Client>`, `Readonly<Client>`. */
function references(type: ts.TypeNode): ts.TypeReferenceNode[] {
  if (ts.isParenthesizedTypeNode(type)) return references(type.type);
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(references);
  if (!ts.isTypeReferenceNode(type)) return [];
  const [argument] = type.typeArguments ?? [];
  const wraps = ts.isIdentifier(type.typeName) && WRAPPERS.has(type.typeName.text);
  return wraps && argument ? references(argument) : [type];
}

function leftmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}

function isImport(node: ts.Node): boolean {
  return ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node);
}
