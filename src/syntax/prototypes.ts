import { bindingsOf, isFunctionLike, nameOf, resolveName } from './bindings.ts';
import type { ClassMember, ClassNode } from './classes.ts';
import { ts } from './ts.ts';

/** What a file puts on the prototypes of its classes and functions, as it was written before there were classes. */

export interface Prototype {
  readonly members: ReadonlyMap<string, ClassMember>;
  /** `util.inherits(Client, Base)`, `Object.create(Base.prototype)`. */
  readonly base: ts.Expression | undefined;
  /** `Object.assign(Client.prototype, methods)`. */
  readonly mixins: readonly ts.Expression[];
}

export interface Prototypes {
  readonly classes: ReadonlyMap<ClassNode, Prototype>;
  /** Function on a prototype → whose. */
  readonly owners: ReadonlyMap<ts.Node, ClassNode>;
}

const NONE: Prototypes = { classes: new Map(), owners: new Map() };

const cache = new WeakMap<ts.SourceFile, Prototypes>();

export function prototypesIn(source: ts.SourceFile): Prototypes {
  let prototypes = cache.get(source);
  if (!prototypes) {
    // Asked again while it is being worked out: none yet.
    cache.set(source, NONE);
    prototypes = collect(source);
    cache.set(source, prototypes);
  }
  return prototypes;
}

class Draft implements Prototype {
  readonly members = new Map<string, ClassMember>();
  base: ts.Expression | undefined;
  readonly mixins: ts.Expression[] = [];
}

/** `util.inherits(Client, Base)`, and what compilers call it. */
const INHERITS = new Set(['inherits', '__extends', '_inherits', '_inheritsLoose']);

/** Functions that lay objects over their first argument. */
const LAYS_OVER = new Set(['assign', 'extend', 'merge', 'mixin', 'defaults', 'assignIn']);

function collect(source: ts.SourceFile): Prototypes {
  const { prototypes, calls } = bindingsOf(source);
  const drafts = new Map<ClassNode, Draft>();
  const draftOf = (cls: ClassNode): Draft => {
    const known = drafts.get(cls);
    const draft = known ?? new Draft();
    if (!known) drafts.set(cls, draft);
    return draft;
  };
  for (const access of prototypes) {
    const cls = isWrite(access) ? classMeant(access.expression) : undefined;
    if (!cls) continue;
    for (const node of [access, ...aliasesOf(access)]) readWrite(node, draftOf(cls));
  }
  for (const call of calls) {
    const [child, base] = call.arguments ?? [];
    if (!child || !base || !INHERITS.has(lastName(call.expression) ?? '')) continue;
    const cls = classMeant(child);
    if (cls) draftOf(cls).base = base;
  }
  if (drafts.size === 0) return NONE;
  const owners = new Map<ts.Node, ClassNode>();
  for (const [cls, { members }] of drafts)
    for (const { node } of members.values())
      if (isFunctionLike(node) && !ts.isArrowFunction(node)) owners.set(node, cls);
  return { classes: drafts, owners };
}

/** Whether something is set on the prototype, or it gets another name; it may also only be read. */
function isWrite(access: ts.Expression): boolean {
  const { parent } = access;
  if (ts.isVariableDeclaration(parent) || isAssigned(access)) return true;
  if (ts.isCallExpression(parent)) return parent.arguments[0] === access;
  return isAccess(parent) && parent.expression === access && isAssigned(parent);
}

/** `var proto = Client.prototype`: where the other name stands. */
function aliasesOf(access: ts.Expression): ts.Expression[] {
  const { parent } = access;
  if (!ts.isVariableDeclaration(parent) || !ts.isIdentifier(parent.name)) return [];
  const { text } = parent.name;
  return (bindingsOf(parent.getSourceFile()).mentions.get(text) ?? []).filter(
    (mention) => resolveName(mention, text) === parent,
  );
}

/** What one place sets on a prototype. */
function readWrite(prototype: ts.Expression, draft: Draft): void {
  const { parent } = prototype;
  if (isAssigned(prototype)) readPrototype(assignedTo(prototype), draft);
  else if (isAccess(parent) && parent.expression === prototype && isAssigned(parent)) {
    const name = keyOf(parent);
    const value = assignedTo(parent);
    if (name === '__proto__') readPrototype(value, draft);
    else if (name !== undefined) draft.members.set(name, memberOf(value));
  } else if (ts.isCallExpression(parent) && parent.arguments[0] === prototype) readCall(parent, draft);
}

/** `Object.assign(Client.prototype, …)`, `Object.defineProperty(Client.prototype, 'url', { get: … })`. */
function readCall(call: ts.CallExpression, draft: Draft): void {
  const name = lastName(call.expression);
  const [, second, third] = call.arguments;
  if (name === 'setPrototypeOf' && second) readPrototype(second, draft);
  else if (name === 'defineProperty' && second && third) {
    if (ts.isStringLiteral(second) && ts.isObjectLiteralExpression(third))
      readDescriptor(second.text, third, draft);
  } else if (name !== undefined && LAYS_OVER.has(name))
    for (const each of call.arguments.slice(1)) readLayer(each, draft);
}

function readDescriptor(name: string, descriptor: ts.ObjectLiteralExpression, draft: Draft): void {
  for (const property of descriptor.properties) {
    const key = nameOf(property);
    const node = ts.isPropertyAssignment(property) ? property.initializer : property;
    if (key === 'get' && isFunctionLike(node)) draft.members.set(name, { node, kind: 'getter' });
    if (key === 'value' && ts.isPropertyAssignment(property))
      draft.members.set(name, memberOf(property.initializer));
  }
}

/** A whole prototype: a literal, `Object.create(Base.prototype)`, `new Base()`, or objects laid over each other. */
function readPrototype(value: ts.Expression, draft: Draft): void {
  const node = unwrapped(value);
  if (ts.isNewExpression(node)) draft.base = node.expression;
  else if (!ts.isCallExpression(node)) readLayer(node, draft, true);
  else {
    const name = lastName(node.expression) ?? '';
    const [first, ...others] = node.arguments;
    if (name !== 'create' && !LAYS_OVER.has(name)) return;
    if (first) readPrototype(first, draft);
    if (name !== 'create') for (const each of others) readLayer(each, draft);
  }
}

function readLayer(value: ts.Expression, draft: Draft, whole = false): void {
  const node = unwrapped(value);
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'prototype') {
    // The first is what it inherits from; what is copied from others stands on its own.
    if (whole) draft.base = node.expression;
    else draft.mixins.push(node);
  } else if (ts.isObjectLiteralExpression(node)) readLiteral(node, draft);
  else if (!ts.isLiteralExpression(node) && node.kind !== ts.SyntaxKind.NullKeyword) draft.mixins.push(node);
}

function readLiteral(literal: ts.ObjectLiteralExpression, draft: Draft): void {
  for (const property of literal.properties) {
    const name = nameOf(property);
    if (ts.isSpreadAssignment(property)) draft.mixins.push(property.expression);
    else if (name === undefined || name === 'constructor') continue;
    else if (ts.isMethodDeclaration(property)) draft.members.set(name, { node: property, kind: 'method' });
    else if (ts.isGetAccessorDeclaration(property))
      draft.members.set(name, { node: property, kind: 'getter' });
    else if (ts.isPropertyAssignment(property)) draft.members.set(name, memberOf(property.initializer));
    else if (ts.isShorthandPropertyAssignment(property)) draft.members.set(name, memberOf(property.name));
  }
}

function memberOf(value: ts.Expression): ClassMember {
  const node = unwrapped(value);
  return { node, kind: isFunctionLike(node) && !ts.isArrowFunction(node) ? 'method' : 'field' };
}

// ------------------------------------------------------------------ which class is meant

/** The class or function of this file that an expression stands for: `Client`, `module.exports`, `api.Client`. */
function classMeant(expression: ts.Expression): ClassNode | undefined {
  if (ts.isIdentifier(expression)) {
    const declaration = resolveName(expression, expression.text);
    if (!declaration) return undefined;
    if (ts.isVariableDeclaration(declaration))
      return declaration.initializer && classIn(declaration.initializer);
    return isClassNode(declaration) ? declaration : undefined;
  }
  if (!ts.isPropertyAccessExpression(expression)) return undefined;
  const text = expression.getText();
  const [first = ''] = text.split('.');
  for (const mention of bindingsOf(expression.getSourceFile()).mentions.get(first) ?? []) {
    let access: ts.Expression = mention;
    while (ts.isPropertyAccessExpression(access.parent) && access.getText().length < text.length)
      access = access.parent;
    if (!isAssigned(access) || access.getText() !== text) continue;
    const value = assignedTo(access);
    const found = ts.isIdentifier(value) ? classMeant(value) : classIn(value);
    if (found) return found;
  }
  return undefined;
}

function classIn(value: ts.Expression): ClassNode | undefined {
  const node = unwrapped(value);
  return isClassNode(node) ? node : undefined;
}

function isClassNode(node: ts.Node): node is ClassNode {
  return ts.isClassLike(node) || ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node);
}

// ------------------------------------------------------------------ syntax

function isAccess(node: ts.Node): node is ts.PropertyAccessExpression | ts.ElementAccessExpression {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function keyOf(node: ts.PropertyAccessExpression | ts.ElementAccessExpression): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isStringLiteralLike(node.argumentExpression) ? node.argumentExpression.text : undefined;
}

function isAssigned(node: ts.Node): boolean {
  const { parent } = node;
  return isAssignment(parent) && parent.left === node;
}

function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken;
}

/** What stands on the right of an assignment to the node. */
function assignedTo(node: ts.Expression): ts.Expression {
  const { parent } = node;
  return unwrapped(isAssignment(parent) ? parent.right : node);
}

/** Without parentheses, and `a = b = value` as `value`. */
function unwrapped(node: ts.Expression): ts.Expression {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return unwrapped(node.expression);
  return isAssignment(node) ? unwrapped(node.right) : node;
}

function lastName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  return ts.isPropertyAccessExpression(node) ? node.name.text : undefined;
}
