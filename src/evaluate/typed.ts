import { hasModifier, resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { anyInstanceOf } from './classes.ts';
import type { Evaluator } from './evaluator.ts';
import { instanceOf } from './instances.ts';
import { valueOfDeclaration } from './names.ts';
import { type ClassValue, choice, type Value } from './value.ts';

type Typed = ts.ParameterDeclaration | ts.PropertyDeclaration;

/**
 * The one use that is made of types: a parameter or field typed with a class is an instance of it, because
 * dependency injection is written that way. What a container is told to give comes before the type.
 */
export function typedValue(evaluator: Evaluator, node: Typed): Value | undefined {
  return injectedValue(evaluator, node) ?? valueOfType(evaluator, node);
}

/** `@Inject(TOKEN) client: Client`. */
function injectedValue(evaluator: Evaluator, node: Typed): Value | undefined {
  for (const modifier of node.modifiers ?? []) {
    if (!ts.isDecorator(modifier) || !ts.isCallExpression(modifier.expression)) continue;
    const { expression: decorator, arguments: given } = modifier.expression;
    const [token] = given;
    const injects = ts.isIdentifier(decorator) && /^inject$/i.test(decorator.text);
    if (token && injects) return evaluator.provided(token);
  }
  return undefined;
}

/**
 * An instance of a class that says it implements the parameter's or field's interface. That is asked where a
 * container calls the constructor, so that no code of the project tells what it passes.
 */
export function implementedValue(evaluator: Evaluator, node: Typed): Value | undefined {
  for (const { typeName } of node.type ? references(node.type) : []) {
    const classes = evaluator.implementations(typeName);
    if (classes.length > 0 && classes.length <= MAX_IMPLEMENTATIONS) return choice(classes.map(instanceOf));
  }
  return undefined;
}

/** An interface that more classes implement than this stands for a kind of things, not for one service. */
const MAX_IMPLEMENTATIONS = 4;

function valueOfType(evaluator: Evaluator, node: Typed): Value | undefined {
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
  if (value.kind === 'class') return evaluator.provided(value) ?? instanceOrBelow(evaluator, value);
  return value.kind === 'external' ? evaluator.natives.typed(value) : undefined;
}

/** Of an abstract class there are only instances of those that extend it. */
function instanceOrBelow(evaluator: Evaluator, cls: ClassValue): Value {
  return hasModifier(cls.node, ts.SyntaxKind.AbstractKeyword)
    ? anyInstanceOf(evaluator, cls)
    : instanceOf(cls);
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
