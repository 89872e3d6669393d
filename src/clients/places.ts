import { parameterOf } from '../evaluate/calls.ts';
import type { Parameter } from '../evaluate/value.ts';
import type { Step } from '../request.ts';
import { enclosingFunction, isFunctionLike, nameOf, resolveName } from '../syntax/bindings.ts';
import { classOfMember, methodsOf } from '../syntax/classes.ts';
import { locationOf } from '../syntax/location.ts';
import { ts } from '../syntax/ts.ts';
import type { CallNode } from './calls.ts';

/** Questions about where in the code a call stands. */

const TEST_FILE = /(?:^|[/.])(?:__tests__|__mocks__|tests?|specs?|mocks?|e2e)[/.]/i;

/** The class method that directly holds the call, for its `this`. */
export function methodOf(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  let fn = enclosingFunction(node);
  while (fn && ts.isArrowFunction(fn)) fn = enclosingFunction(fn);
  return fn && isMethod(fn) ? fn : undefined;
}

function isMethod(fn: ts.FunctionLikeDeclaration): boolean {
  const cls = classOfMember(fn);
  return cls !== undefined && methodsOf(cls).includes(fn);
}

/** `return this.request(path, 'PATCH', body)` is all that the function does. */
export function isDelegation(call: CallNode): boolean {
  let node: ts.Node = call;
  while (ts.isAwaitExpression(node.parent) || ts.isParenthesizedExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (ts.isArrowFunction(parent)) return parent.body === node;
  return ts.isReturnStatement(parent) && ts.isBlock(parent.parent) && parent.parent.statements.length === 1;
}

/** The rest parameter of a function around the call, when the call hands it on and nothing else: `(...args) => fetch(...args)`. */
export function handedOn(call: CallNode): Parameter | undefined {
  const [only, ...more] = call.arguments ?? [];
  if (!only || more.length > 0 || !ts.isSpreadElement(only) || !ts.isIdentifier(only.expression))
    return undefined;
  const declaration = resolveName(only, only.expression.text);
  const parameter = declaration && parameterOf(declaration);
  return parameter?.node.dotDotDotToken && { fn: parameter.fn, index: parameter.index };
}

export function byPlace(a: ts.Node, b: ts.Node): number {
  const [x, y] = [a.getSourceFile().fileName, b.getSourceFile().fileName];
  return x === y ? a.pos - b.pos : x < y ? -1 : 1;
}

export function isSuperCall(node: CallNode): boolean {
  return node.expression.kind === ts.SyntaxKind.SuperKeyword;
}

export function isWithin(inner: ts.Node, outer: ts.Node): boolean {
  return inner.getSourceFile() === outer.getSourceFile() && outer.pos <= inner.pos && inner.end <= outer.end;
}

export function baseOf(node: ts.Node): ts.Expression | undefined {
  let cls: ts.Node | undefined = node;
  while (cls && !ts.isClassLike(cls)) cls = cls.parent;
  return cls?.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
    ?.expression;
}

export function throughOf(node: CallNode, chain: readonly CallNode[]): Step[] {
  return placesOf(node, chain).map((place): Step => {
    const owner = wrapperOf(place);
    const name = owner && nameOf(owner);
    return { label: name === undefined ? 'a function' : `${name}()`, location: locationOf(place) };
  });
}

/** The functions of `throughOf`, in its order. */
export function wrappersOf(node: CallNode, chain: readonly CallNode[]): (ts.Node | undefined)[] {
  return placesOf(node, chain).map(wrapperOf);
}

/** The client's call and each wrapper's call of the next, from the outside in. */
function placesOf(node: CallNode, chain: readonly CallNode[]): CallNode[] {
  return chain.length === 0 ? [] : [node, ...chain.slice(0, -1)].reverse();
}

/** The function around a place that has a name. */
function wrapperOf(place: CallNode): ts.Node | undefined {
  let owner = enclosingFunction(place);
  while (owner && nameOf(owner) === undefined) owner = enclosingFunction(owner);
  return owner;
}

export function classOf(node: ts.Node): ts.ClassLikeDeclaration | undefined {
  for (let each = node.parent; each; each = each.parent) if (ts.isClassLike(each)) return each;
  return undefined;
}

export function symbolOf(node: ts.Node): string {
  const names: string[] = [];
  for (let each = node.parent; each; each = each.parent) {
    const named = ts.isClassLike(each) || isFunctionLike(each);
    const name = named ? nameOf(each) : undefined;
    if (name !== undefined) names.unshift(name);
  }
  return names.join('.');
}

export function isTest(node: ts.Node): boolean {
  return TEST_FILE.test(node.getSourceFile().fileName);
}
