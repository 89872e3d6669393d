import { bindingsOf, hasModifier, isFunctionLike, nameOf, resolveName } from './bindings.ts';
import { type Prototype, prototypesIn } from './prototypes.ts';
import { ts } from './ts.ts';

/**
 * Classes as the language knows them, however they are written: `class Client { … }`, or a function that is
 * called with `new` and whose methods are assigned to its prototype.
 */

/** A function that makes instances. */
export type ConstructorFunction = ts.FunctionDeclaration | ts.FunctionExpression;

export type ClassNode = ts.ClassLikeDeclaration | ConstructorFunction;

export interface ClassMember {
  /** The element of a class, or what is assigned to the prototype. */
  readonly node: ts.Node;
  readonly kind: 'method' | 'getter' | 'field';
}

/** What an instance has under this name by its class alone, not by a base. */
export function memberNamed(cls: ClassNode, name: string): ClassMember | undefined {
  if (ts.isClassLike(cls)) {
    const found = cls.members.find(
      (each) => each.name && nameOf(each) === name && !isStatic(each) && (!isFunctionLike(each) || each.body),
    );
    if (found && !ts.isSetAccessorDeclaration(found)) return { node: found, kind: kindOf(found) };
  }
  return prototypeOf(cls)?.members.get(name);
}

function kindOf(node: ts.ClassElement): ClassMember['kind'] {
  if (ts.isMethodDeclaration(node)) return 'method';
  return ts.isGetAccessorDeclaration(node) ? 'getter' : 'field';
}

/** Objects whose properties are laid over the prototype. */
export function mixinsOf(cls: ClassNode): readonly ts.Expression[] {
  return prototypeOf(cls)?.mixins ?? [];
}

export function methodsOf(cls: ClassNode): readonly ts.FunctionLikeDeclaration[] {
  const own = ts.isClassLike(cls) ? cls.members.filter(ts.isMethodDeclaration) : [];
  const assigned = [...(prototypeOf(cls)?.members.values() ?? [])].flatMap(({ node, kind }) =>
    kind === 'method' && isFunctionLike(node) ? [node] : [],
  );
  return assigned.length === 0 ? own : [...own, ...assigned];
}

/** The names of the members that a class defines itself. */
export function memberNames(cls: ClassNode): readonly string[] {
  const own = ts.isClassLike(cls) ? cls.members.flatMap((each) => nameOf(each) ?? []) : [];
  return [...own, ...(prototypeOf(cls)?.members.keys() ?? [])];
}

export function constructorOf(cls: ClassNode): ts.FunctionLikeDeclaration | undefined {
  if (!ts.isClassLike(cls)) return cls;
  return cls.members.filter(ts.isConstructorDeclaration).find((each) => each.body);
}

/** What the class extends, inherits from, or whose constructor it calls on its own `this`. */
export function baseOf(cls: ClassNode): ts.Expression | undefined {
  if (ts.isClassLike(cls))
    return cls.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
      ?.expression;
  const called = cls.body && borrowed(cls.body);
  return prototypeOf(cls)?.base ?? (called && calledOn(called)?.callee);
}

/** The call of the base's constructor: `super(…)`, `Base.call(this, …)`. */
export function baseCall(cls: ClassNode): ts.CallExpression | undefined {
  const body = constructorOf(cls)?.body;
  if (!body) return undefined;
  return ts.isClassLike(cls) ? findSuper(body) : borrowed(body, baseOf(cls)?.getText());
}

function findSuper(node: ts.Node): ts.CallExpression | undefined {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) return node;
  return ts.forEachChild(node, findSuper);
}

/** `Base.call(this, options)`, `Base.apply(this, arguments)`, `Client.super_.call(this)`: of this base, or the first. */
function borrowed(node: ts.Node, base?: string): ts.CallExpression | undefined {
  if (isFunctionLike(node) && !ts.isArrowFunction(node)) return undefined;
  if (ts.isCallExpression(node)) {
    const called = calledOn(node);
    if (called && (called.super || (base ?? called.callee.getText()) === called.callee.getText()))
      return node;
  }
  return ts.forEachChild(node, (child) => borrowed(child, base));
}

function calledOn(call: ts.CallExpression): { callee: ts.Expression; super: boolean } | undefined {
  const { expression, arguments: given } = call;
  if (!ts.isPropertyAccessExpression(expression) || given[0]?.kind !== ts.SyntaxKind.ThisKeyword)
    return undefined;
  if (expression.name.text !== 'call' && expression.name.text !== 'apply') return undefined;
  const callee = expression.expression;
  const name = ts.isIdentifier(callee)
    ? callee.text
    : ts.isPropertyAccessExpression(callee)
      ? callee.name.text
      : '';
  if (!/^[A-Z]|^_?super_?$/.test(name)) return undefined;
  return { callee, super: /^_?super_?$/.test(name) };
}

/** A member of the class itself. */
export function isStatic(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.StaticKeyword);
}

// ------------------------------------------------------------------ from a place to its class

/** The class that a node is a member or the constructor of. */
export function classOfMember(node: ts.Node): ClassNode | undefined {
  const { parent } = node;
  if (parent && ts.isClassLike(parent)) return ts.isClassElement(node) ? parent : undefined;
  if (!isFunctionLike(node)) return undefined;
  const source = node.getSourceFile();
  const owner = prototypesIn(source).owners.get(node);
  return owner ?? (isConstructorFunction(node) ? node : undefined);
}

/** The class member or constructor that holds a node, and its class. */
export function memberAround(node: ts.Node): { node: ts.Node; owner: ClassNode } | undefined {
  for (let each = node; each.parent; each = each.parent) {
    const owner = ts.isClassLike(each.parent) || isFunctionLike(each) ? classOfMember(each) : undefined;
    if (owner) return { node: each, owner };
  }
  return undefined;
}

/** What the class consists of: itself, and what is assigned to its prototype. */
export function partsOf(cls: ClassNode): readonly ts.Node[] {
  const assigned = [...(prototypeOf(cls)?.members.values() ?? [])].map(({ node }) => node);
  return assigned.length === 0 ? [cls] : [cls, ...assigned];
}

const constructors = new WeakMap<ts.SourceFile, ReadonlySet<ts.Node>>();

/** A function that is there to be called with `new`: its prototype is given something, or it gives `this` fields, and has a class's name or gives it methods. */
export function isConstructorFunction(node: ts.Node): node is ConstructorFunction {
  if (!ts.isFunctionDeclaration(node) && !ts.isFunctionExpression(node)) return false;
  const source = node.getSourceFile();
  let known = constructors.get(source);
  if (!known) {
    known = constructorsIn(source);
    constructors.set(source, known);
  }
  return known.has(node);
}

/** The classes and functions of a file whose prototypes are given something. */
export function classesWithPrototypesIn(source: ts.SourceFile): readonly ClassNode[] {
  return [...prototypesIn(source).classes.keys()];
}

/** The functions of a file that are classes. */
export function functionClassesIn(source: ts.SourceFile): readonly ConstructorFunction[] {
  return classesWithPrototypesIn(source).filter((each): each is ConstructorFunction => !ts.isClassLike(each));
}

function constructorsIn(source: ts.SourceFile): ReadonlySet<ts.Node> {
  const found = new Set<ts.Node>(functionClassesIn(source));
  for (const self of bindingsOf(source).selves) {
    const { parent } = self;
    const kept = ts.isVariableDeclaration(parent) || ts.isPropertyAccessExpression(parent);
    const owner = kept ? thisFunction(self) : undefined;
    if (!owner || prototypesIn(source).owners.has(owner)) continue;
    if (/^[A-Z]/.test(nameOf(owner) ?? '') || isGivenMethod(parent)) found.add(owner);
  }
  return found;
}

/** `this.get = function () { … }`. */
function isGivenMethod(access: ts.Node): boolean {
  const { parent } = access;
  return (
    ts.isBinaryExpression(parent) &&
    parent.left === access &&
    (ts.isFunctionExpression(parent.right) || ts.isArrowFunction(parent.right))
  );
}

/** The plain function that gives `this` its meaning; none for a method. */
function thisFunction(self: ts.Node): ts.Node | undefined {
  for (let each = self.parent; each; each = each.parent) {
    if (ts.isClassElement(each) && ts.isClassLike(each.parent)) return undefined;
    if (isFunctionLike(each) && !ts.isArrowFunction(each))
      return ts.isFunctionDeclaration(each) || ts.isFunctionExpression(each) ? each : undefined;
  }
  return undefined;
}

function prototypeOf(cls: ClassNode): Prototype | undefined {
  return prototypesIn(cls.getSourceFile()).classes.get(cls);
}

/** What is assigned to a class or function from outside: `Client.instance = new Client()`, in its own file. */
export function assignedStatics(cls: ts.Node, name: string): readonly ts.Expression[] {
  const { mentions } = bindingsOf(cls.getSourceFile());
  return namesOf(cls).flatMap((own) =>
    (mentions.get(own) ?? []).flatMap((mention) => {
      const access = mention.parent;
      if (!ts.isPropertyAccessExpression(access) || access.name.text !== name) return [];
      const assignment = access.parent;
      const assigns =
        ts.isBinaryExpression(assignment) &&
        assignment.left === access &&
        assignment.operatorToken.kind === ts.SyntaxKind.EqualsToken;
      return assigns && means(mention, cls) ? [assignment.right] : [];
    }),
  );
}

/** `Client` and `Api` of `const Api = module.exports = function Client() {}`. */
function namesOf(cls: ts.Node): readonly string[] {
  const names = new Set<string>();
  for (let each = cls; isHeld(each); each = each.parent) {
    const name = nameOf(each);
    if (name !== undefined) names.add(name);
  }
  return [...names];
}

function isHeld(node: ts.Node): boolean {
  return isFunctionLike(node) || ts.isClassLike(node) || ts.isBinaryExpression(node);
}

function means(mention: ts.Identifier, cls: ts.Node): boolean {
  const declaration = resolveName(mention, mention.text);
  if (!declaration) return false;
  const { initializer } = declaration as { initializer?: ts.Node };
  return declaration === cls || (initializer !== undefined && isOrAssigns(initializer, cls));
}

/** `Client` and `module.exports = Client`. */
function isOrAssigns(node: ts.Node, value: ts.Node): boolean {
  return node === value || (ts.isBinaryExpression(node) && isOrAssigns(node.right, value));
}
