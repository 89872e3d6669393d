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
  const name = node.type && soleReference(node.type)?.typeName;
  if (!name) return undefined;
  const declaration = resolveName(node, leftmost(name));
  if (!declaration || !(ts.isClassLike(declaration) || isImport(declaration))) return undefined;
  const { text } = ts.isIdentifier(name) ? name : name.right;
  const value = valueOfDeclaration(evaluator, declaration, text, undefined, undefined);
  if (value.kind === 'class') return instanceOf(value);
  return value.kind === 'external' ? evaluator.natives.typed(value) : undefined;
}

/** Types that stand for what they wrap. */
const WRAPPERS = new Set(['Promise', 'Readonly', 'Partial', 'Required']);

/** The one class that a type speaks of: `Client`, `Client | undefined`, `Promise<Client>`, `Readonly<Client>`. */
function soleReference(type: ts.TypeNode): ts.TypeReferenceNode | undefined {
  if (ts.isParenthesizedTypeNode(type)) return soleReference(type.type);
  if (ts.isUnionTypeNode(type)) {
    const references = type.types.flatMap((each) => soleReference(each) ?? []);
    return references.length === 1 ? references[0] : undefined;
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const [argument] = type.typeArguments ?? [];
  const wraps = ts.isIdentifier(type.typeName) && WRAPPERS.has(type.typeName.text);
  return wraps && argument ? soleReference(argument) : type;
}

function leftmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}

function isImport(node: ts.Node): boolean {
  return ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node);
}
