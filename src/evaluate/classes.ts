import { hasModifier, isFunctionLike, nameOf, resolveName } from '../syntax/bindings.ts';
import {
  assignedStatics,
  baseOf,
  classOfMember,
  isConstructorFunction,
  isStatic,
  memberNamed,
} from '../syntax/classes.ts';
import { ts } from '../syntax/ts.ts';
import { apply, type Callee } from './calls.ts';
import type { Evaluator } from './evaluator.ts';
import { instanceOf, withEffects } from './instances.ts';
import { frameOf, valueOfDeclaration } from './names.ts';
import { typedValue } from './typed.ts';
import {
  type ClassValue,
  choice,
  type Frame,
  type Gap,
  isNullish,
  shared,
  text,
  unknown,
  type Value,
} from './value.ts';

/**
 * Classes: their bases, their statics, and what `this` and `super` are at a place. What an instance holds is
 * in `instances.ts`.
 */

/** Base classes followed; a longer chain ends in an unknown base. */
const MAX_BASES = 8;

/** The class that a value is: also a function that makes instances. */
export function asClass(value: Value): ClassValue | undefined {
  if (value.kind === 'class') return value;
  if (value.kind !== 'function') return undefined;
  const { node, frame } = value;
  const makes = ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node);
  return makes && node.body && !node.asteriskToken ? { kind: 'class', node, frame } : undefined;
}

/** Whether a value is an instance of a class; undefined when that depends on what is not known. */
export function isInstance(evaluator: Evaluator, value: Value, of: Value): boolean | undefined {
  const wanted = asClass(of);
  if (value.kind === 'primitive' || value.kind === 'text') return wanted ? false : undefined;
  if (value.kind !== 'instance' || !wanted) return undefined;
  const { classes, base } = lineage(evaluator, value.class);
  if (classes.some((each) => each.node === wanted.node)) return true;
  return base ? undefined : false;
}

/** The class and its bases, nearest first; `base` is the first one that is no class of the project. */
export function lineage(
  evaluator: Evaluator,
  cls: ClassValue,
): { classes: readonly ClassValue[]; base: Value | undefined } {
  const classes: ClassValue[] = [];
  let value: Value = cls;
  for (let own: ClassValue | undefined = cls; own && classes.length < MAX_BASES; own = asClass(value)) {
    const { node, frame }: ClassValue = own;
    if (classes.some((each) => each.node === node)) break;
    classes.push(own);
    const base = baseOf(node);
    if (!base) return { classes, base: undefined };
    value = evaluator.evaluate(base, frame);
  }
  return { classes, base: value };
}

/** A static member. */
export function memberOfClass(
  evaluator: Evaluator,
  cls: ClassValue,
  name: string,
  frame: Frame | undefined,
): Value {
  if (name === 'prototype') return instanceOf(cls);
  for (const { node, frame: outer } of lineage(evaluator, cls).classes) {
    const found = ts.isClassLike(node)
      ? node.members.find((each) => isStatic(each) && nameOf(each) === name)
      : undefined;
    const assigned = () => assignedStatic(evaluator, node, name, outer);
    if (!found) {
      const value = assigned();
      if (value) return value;
      continue;
    }
    if (ts.isMethodDeclaration(found)) return { kind: 'function', node: found, frame: outer, self: cls };
    if (ts.isGetAccessorDeclaration(found))
      return apply(evaluator, { kind: 'function', node: found, frame: outer, self: cls }, [], cls, frame);
    if (!ts.isPropertyDeclaration(found)) continue;
    if (!found.initializer)
      return (
        assigned() ??
        typedValue(evaluator, found) ??
        unknown(`static field "${name}"`, name, { names: [name] })
      );
    const inClass: Frame = { fn: node, args: undefined, self: cls, outer, depth: frame?.depth ?? 0 };
    const value = shared(evaluator.evaluate(found.initializer, inClass));
    // One that starts out empty is used once it is set.
    return isNullish(value) ? (assigned() ?? value) : value;
  }
  if (name === 'name') return text(nameOf(cls.node) ?? '');
  return unknown(`static "${name}", which the class does not define`, name, { names: [name] });
}

/** What the file that declares a class or function assigns to it: `Client.instance = new Client()`. */
export function assignedStatic(
  evaluator: Evaluator,
  node: ts.Node,
  name: string,
  frame: Frame | undefined,
): Value | undefined {
  const assigned = assignedStatics(node, name);
  if (assigned.length === 0) return undefined;
  return choice(assigned.map((each) => shared(evaluator.evaluate(each, frameOf(each, frame)))));
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
  const cls = classOfMember(owner);
  if (cls === owner && isRunning(owner, frame))
    return unknown('this of a function that is called without new', 'this');
  if (cls) {
    const value: ClassValue = { kind: 'class', node: cls, frame: frameAround(cls, frame) };
    return isStatic(owner) ? { ...value, frame: undefined } : anyInstanceOf(evaluator, value);
  }
  const receiver = assignedTo(owner);
  if (receiver) return evaluator.evaluate(receiver, frameOf(receiver, frame));
  const holder = ts.isPropertyAssignment(parent) ? parent.parent : parent;
  return ts.isObjectLiteralExpression(holder)
    ? selfOfLiteral(evaluator, holder, frame)
    : unknown('this of a function', 'this');
}

/** A call of the function that does not say on what. */
function isRunning(fn: ts.Node, frame: Frame | undefined): boolean {
  for (let each = frame; each; each = each.outer) if (each.fn === fn && each.args) return true;
  return false;
}

/** The frame that a class was defined in. */
function frameAround(cls: ts.Node, frame: Frame | undefined): Frame | undefined {
  return frameOf(isConstructorFunction(cls) ? cls.parent : cls, frame);
}

/** The object that a function becomes a method of: `this.get = function () { … }`, `api.get = function () { … }`. */
function assignedTo(fn: ts.Node): ts.Expression | undefined {
  const { parent } = fn;
  const assigned =
    ts.isBinaryExpression(parent) &&
    parent.right === fn &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    ts.isPropertyAccessExpression(parent.left);
  if (!assigned || !ts.isPropertyAccessExpression(parent.left)) return undefined;
  const { expression } = parent.left;
  if (expression.kind === ts.SyntaxKind.ThisKeyword) return expression;
  return ts.isIdentifier(expression) && resolveName(expression, expression.text) ? expression : undefined;
}

/** The object that a literal makes, when its methods are called: with what its variable is given later. */
function selfOfLiteral(
  evaluator: Evaluator,
  literal: ts.ObjectLiteralExpression,
  frame: Frame | undefined,
): Value {
  const classes = evaluator.mixedInto(literal);
  if (classes.length > 0) return choice(classes.map((each) => anyInstanceOf(evaluator, each)));
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
export function anyInstanceOf(evaluator: Evaluator, cls: ClassValue, depth = 0): Value {
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
    const found = memberNamed(above.node, name);
    if (found?.kind === 'method' && isFunctionLike(found.node))
      return { fn: { kind: 'function', node: found.node, frame: above.frame, self }, self };
  }
  const inherited =
    base && self.kind === 'instance' ? evaluator.natives.inherited(base, name, self) : undefined;
  if (inherited) return { fn: inherited, self };
  return { fn: unknown(`super.${name}(), which is not in the project`, name), self };
}
