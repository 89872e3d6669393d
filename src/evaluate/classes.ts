import { hasModifier, isFunctionLike, nameOf } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { apply, type Callee } from './calls.ts';
import type { Evaluator } from './evaluator.ts';
import { instanceOf, withEffects } from './instances.ts';
import { frameOf, valueOfDeclaration } from './names.ts';
import { typedValue } from './typed.ts';
import { type ClassValue, choice, type Frame, type Gap, shared, text, unknown, type Value } from './value.ts';

/**
 * Classes: their bases, their statics, and what `this` and `super` are at a place. What an instance holds is
 * in `instances.ts`.
 */

/** Base classes followed; a longer chain ends in an unknown base. */
const MAX_BASES = 8;

/** The class and its bases, nearest first; `base` is the first one that is no class of the project. */
export function lineage(
  evaluator: Evaluator,
  cls: ClassValue,
): { classes: readonly ClassValue[]; base: Value | undefined } {
  const classes: ClassValue[] = [];
  let value: Value = cls;
  while (value.kind === 'class' && classes.length < MAX_BASES) {
    const { node, frame }: ClassValue = value;
    if (classes.some((each) => each.node === node)) break;
    classes.push(value);
    const clause = node.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword);
    const base = clause?.types[0];
    if (!base) return { classes, base: undefined };
    value = evaluator.evaluate(base.expression, frame);
  }
  return { classes, base: value };
}

/** A member of the class itself. */
export function isStatic(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.StaticKeyword);
}

/** A static member. */
export function memberOfClass(
  evaluator: Evaluator,
  cls: ClassValue,
  name: string,
  frame: Frame | undefined,
): Value {
  for (const { node, frame: outer } of lineage(evaluator, cls).classes) {
    const found = node.members.find((each) => isStatic(each) && nameOf(each) === name);
    if (!found) continue;
    if (ts.isMethodDeclaration(found)) return { kind: 'function', node: found, frame: outer, self: cls };
    if (ts.isGetAccessorDeclaration(found))
      return apply(evaluator, { kind: 'function', node: found, frame: outer, self: cls }, [], cls, frame);
    if (!ts.isPropertyDeclaration(found)) continue;
    if (!found.initializer)
      return typedValue(evaluator, found) ?? unknown(`static field "${name}"`, name, { names: [name] });
    const inClass: Frame = { fn: node, args: undefined, self: cls, outer, depth: frame?.depth ?? 0 };
    return shared(evaluator.evaluate(found.initializer, inClass));
  }
  if (name === 'name') return text(nameOf(cls.node) ?? '');
  return unknown(`static "${name}", which the class does not define`, name, { names: [name] });
}

// ------------------------------------------------------------------ this and super

/** What `this` is at a place. */
export function selfOf(evaluator: Evaluator, node: ts.Node, frame: Frame | undefined): Value {
  const owner = ownerOfThis(node);
  if (!owner) return unknown('this outside of a class', 'this');
  const declared = declaredSelf(evaluator, owner);
  if (declared) return declared;
  const bound = boundSelf(owner, frame);
  if (bound) {
    // `return this` hands on what the method did to it.
    const handedOn = bound.kind === 'instance' && ts.isReturnStatement(node.parent) && isFunctionLike(owner);
    return handedOn ? withEffects(evaluator, bound, owner, node, frame) : bound;
  }
  const { parent } = owner;
  if (ts.isClassLike(parent)) {
    if (isStatic(owner)) return { kind: 'class', node: parent, frame: undefined };
    return anyInstanceOf(evaluator, { kind: 'class', node: parent, frame: frameOf(parent, frame) });
  }
  const holder = ts.isPropertyAssignment(parent) ? parent.parent : parent;
  return ts.isObjectLiteralExpression(holder)
    ? selfOfLiteral(evaluator, holder, frame)
    : unknown('this of a function', 'this');
}

/** The object that a literal makes, when its methods are called: with what its variable is given later. */
function selfOfLiteral(
  evaluator: Evaluator,
  literal: ts.ObjectLiteralExpression,
  frame: Frame | undefined,
): Value {
  const { parent } = literal;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
    return valueOfDeclaration(evaluator, parent, parent.name.text, undefined, frame);
  const value = evaluator.evaluate(literal, frame);
  const gap: Gap = { reason: 'what is set on an object elsewhere', name: 'this', names: [] };
  return value.kind === 'object' ? { ...value, open: value.open ?? gap } : value;
}

/** The method, accessor, constructor, field or plain function that gives `this` its meaning. */
function ownerOfThis(node: ts.Node): ts.Node | undefined {
  for (let each = node.parent; each; each = each.parent) {
    if (ts.isClassElement(each) && each.parent && ts.isClassLike(each.parent)) return each;
    if (isFunctionLike(each) && !ts.isArrowFunction(each)) return each;
  }
  return undefined;
}

/** `function load(this: Client)`: what a package says of the type. */
function declaredSelf(evaluator: Evaluator, owner: ts.Node): Value | undefined {
  const [first] = isFunctionLike(owner) ? owner.parameters : [];
  const declares = first && ts.isIdentifier(first.name) && first.name.text === 'this';
  const value = declares ? typedValue(evaluator, first) : undefined;
  return value?.kind === 'object' ? value : undefined;
}

function boundSelf(owner: ts.Node, frame: Frame | undefined): Value | undefined {
  // A field's initialiser runs in the constructor's frame, or in one of the class without a constructor.
  const cls = !isFunctionLike(owner) && ts.isClassLike(owner.parent) ? owner.parent : undefined;
  for (let each = frame; each; each = each.outer) {
    const binds = each.fn === owner || (cls && (each.fn === cls || each.fn.parent === cls));
    if (each.self && binds) return each.self;
  }
  return undefined;
}

/** An instance of the class or, where the project extends it, of one of those that are made. */
function anyInstanceOf(evaluator: Evaluator, cls: ClassValue, depth = 0): Value {
  const below = depth > MAX_BASES ? [] : evaluator.subclasses(cls.node);
  if (below.length === 0) return instanceOf(cls);
  const instances = below.map((each) => anyInstanceOf(evaluator, each, depth + 1));
  const abstract = hasModifier(cls.node, ts.SyntaxKind.AbstractKeyword);
  return choice(abstract ? instances : [instanceOf(cls), ...instances]);
}

/** A method called through `super`. */
export function baseMethod(
  evaluator: Evaluator,
  callee: ts.PropertyAccessExpression,
  frame: Frame | undefined,
): Callee {
  const name = callee.name.text;
  const self = selfOf(evaluator, callee.expression, frame);
  let cls: ts.Node | undefined = callee;
  while (cls && !ts.isClassLike(cls)) cls = cls.parent;
  if (!cls) return { fn: unknown('super outside of a class', 'super'), self };
  const { classes, base } = lineage(evaluator, { kind: 'class', node: cls, frame: frameOf(cls, frame) });
  for (const above of classes.slice(1)) {
    const found = above.node.members
      .filter(ts.isMethodDeclaration)
      .find((each) => nameOf(each) === name && each.body);
    if (found) return { fn: { kind: 'function', node: found, frame: above.frame, self }, self };
  }
  const inherited =
    base && self.kind === 'instance' ? evaluator.natives.inherited(base, name, self) : undefined;
  if (inherited) return { fn: inherited, self };
  return { fn: unknown(`super.${name}(), which is not in the project`, name), self };
}
