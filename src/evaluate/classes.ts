import { hasModifier, isFunctionLike, nameOf, resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { apply, argumentsOf, type Callee, callersArgument, valueOfParameter } from './calls.ts';
import type { Evaluator } from './evaluator.ts';
import { fieldsWrittenIn, isFieldWritten, stateOfField } from './flow.ts';
import { frameOf, valueOfDeclaration } from './names.ts';
import {
  type ClassValue,
  choice,
  type Entry,
  type Frame,
  type FunctionValue,
  type InstanceValue,
  text,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';

/** Base classes followed; a longer chain ends in an unknown base. */
const MAX_BASES = 8;

const unbound = new WeakMap<ts.Node, InstanceValue>();

/** An instance of which only the class is known. */
export function instanceOf(cls: ClassValue): InstanceValue {
  let instance = unbound.get(cls.node);
  if (!instance) {
    instance = { kind: 'instance', class: cls, args: undefined, overlay: new Map() };
    unbound.set(cls.node, instance);
  }
  return instance;
}

/** An instance of the class or, where the project extends it, of one of those that are made. */
function anyInstanceOf(evaluator: Evaluator, cls: ClassValue, depth = 0): Value {
  const below = depth > MAX_BASES ? [] : evaluator.subclasses(cls.node);
  if (below.length === 0) return instanceOf(cls);
  const instances = below.map((each) => anyInstanceOf(evaluator, each, depth + 1));
  const abstract = hasModifier(cls.node, ts.SyntaxKind.AbstractKeyword);
  return choice(abstract ? instances : [instanceOf(cls), ...instances]);
}

/** What `this` is at a place. */
export function selfOf(evaluator: Evaluator, node: ts.Node, frame: Frame | undefined): Value {
  const owner = ownerOfThis(node);
  if (!owner) return unknown('this outside of a class', 'this');
  const bound = boundSelf(owner, frame);
  if (bound) {
    // `return this` hands on what the method did to it.
    if (bound.kind === 'instance' && ts.isReturnStatement(node.parent) && isFunctionLike(owner)) {
      return withEffects(evaluator, bound, owner, node, frame);
    }
    return bound;
  }
  const { parent } = owner;
  if (ts.isClassLike(parent)) {
    if (isStatic(owner)) return { kind: 'class', node: parent, frame: undefined };
    return anyInstanceOf(evaluator, { kind: 'class', node: parent, frame: frameOf(parent, frame) });
  }
  if (ts.isObjectLiteralExpression(parent)) return evaluator.evaluate(parent, frame);
  if (ts.isPropertyAssignment(parent) && ts.isObjectLiteralExpression(parent.parent))
    return evaluator.evaluate(parent.parent, frame);
  return unknown('this of a function', 'this');
}

/** The method, accessor, constructor, field or plain function that gives `this` its meaning. */
function ownerOfThis(node: ts.Node): ts.Node | undefined {
  for (let each = node.parent; each; each = each.parent) {
    if (ts.isClassElement(each) && each.parent && ts.isClassLike(each.parent)) return each;
    if (isFunctionLike(each) && !ts.isArrowFunction(each)) return each;
  }
  return undefined;
}

function boundSelf(owner: ts.Node, frame: Frame | undefined): Value | undefined {
  for (let each = frame; each; each = each.outer) {
    if (!each.self) continue;
    if (each.fn === owner) return each.self;
    // A field's initialiser runs in the constructor's frame.
    if (
      !isFunctionLike(owner) &&
      ts.isClassLike(owner.parent) &&
      (each.fn === owner.parent || each.fn.parent === owner.parent)
    )
      return each.self;
  }
  return undefined;
}

function isStatic(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.StaticKeyword);
}

/** The class and its bases, nearest first; `complete` is false when a base is not in the project. */
export function lineage(
  evaluator: Evaluator,
  cls: ClassValue,
): { classes: readonly ClassValue[]; base: Value | undefined } {
  const classes: ClassValue[] = [];
  let value: Value = cls;
  for (let level = 0; level < MAX_BASES && value.kind === 'class'; level++) {
    if (classes.some((each) => each.node === (value as ClassValue).node)) break;
    classes.push(value);
    const clause: ts.HeritageClause | undefined = value.node.heritageClauses?.find(
      (each) => each.token === ts.SyntaxKind.ExtendsKeyword,
    );
    const base: ts.ExpressionWithTypeArguments | undefined = clause?.types[0];
    if (!base) return { classes, base: undefined };
    value = evaluator.evaluate(base.expression, value.frame);
  }
  return { classes, base: value };
}

const fieldStates = new WeakMap<object, Map<string, Value>>();

/**
 * A member of an instance. A field that no function on the way to the place of use writes is the same
 * from everywhere, so it is worked out once.
 */
export function memberOfInstance(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): Value {
  if (instance.overlay.has(name) || writtenIn(use, name) || writtenOnTheWay(frame, name)) {
    return workOutMember(evaluator, instance, name, use, frame);
  }
  const key = instance.args ?? instance.class.node;
  let states = fieldStates.get(key);
  if (!states) {
    states = new Map();
    fieldStates.set(key, states);
  }
  const known = states.get(name);
  if (known) return known;
  states.set(name, unknown(`field "${name}", defined by itself`, name, { names: [name] }));
  const value = workOutMember(evaluator, instance, name, undefined, undefined);
  if (value.kind === 'function') states.delete(name);
  else states.set(name, value);
  return value;
}

function writtenOnTheWay(frame: Frame | undefined, name: string): boolean {
  for (let each = frame; each; each = each.outer) if (fieldsWrittenIn(each.fn).includes(name)) return true;
  return false;
}

function workOutMember(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): Value {
  const set = instance.overlay.get(name);
  if (set && !writtenIn(use, name)) {
    if (set.always) return set.value;
    const overlay = new Map([...instance.overlay].filter(([each]) => each !== name));
    return choice([set.value, memberOfInstance(evaluator, { ...instance, overlay }, name, use, frame)]);
  }
  const { classes, base } = lineage(evaluator, instance.class);
  const frames = constructorFrames(evaluator, classes, instance);
  for (const [index, cls] of classes.entries()) {
    const found = cls.node.members.find(
      (each) => each.name && nameOf(each) === name && !isStatic(each) && (!isFunctionLike(each) || each.body),
    );
    if (found && ts.isMethodDeclaration(found))
      return { kind: 'function', node: found, frame: cls.frame, self: instance };
    if (found && ts.isGetAccessorDeclaration(found)) {
      return apply(
        evaluator,
        { kind: 'function', node: found, frame: cls.frame, self: instance },
        [],
        instance,
        frame,
      );
    }
    const initial = set?.value ?? fieldInitial(evaluator, cls, name, found, frames[index]);
    if (initial) return fieldState(evaluator, instance, classes, frames, name, initial, use, frame);
  }
  const written = classes.some((cls) => isFieldWritten(cls.node, name));
  if (written)
    return fieldState(evaluator, instance, classes, frames, name, set?.value ?? UNDEFINED, use, frame);
  if (base) {
    const inherited = evaluator.natives.inherited(base, name, instance);
    if (inherited) return inherited;
    return unknown(`"${name}", inherited from a class outside of the project`, name, { names: [name] });
  }
  return unknown(`"${name}", which the class ${nameOf(instance.class.node) ?? ''} does not define`, name, {
    names: [name],
  });
}

function fieldInitial(
  evaluator: Evaluator,
  cls: ClassValue,
  name: string,
  found: ts.ClassElement | undefined,
  frame: Frame | undefined,
): Value | undefined {
  if (found && ts.isPropertyDeclaration(found)) {
    if (found.initializer) return evaluator.evaluate(found.initializer, frame ?? cls.frame);
    const typed = typedValue(evaluator, found);
    return isFieldWritten(cls.node, name)
      ? UNDEFINED
      : (typed ?? unknown(`field "${name}", which nothing sets`, name, { names: [name] }));
  }
  const ctor = constructorOf(cls.node);
  const parameter = ctor?.parameters.find(
    (each) => ts.isParameterPropertyDeclaration(each, ctor) && nameOf(each) === name,
  );
  if (!ctor || !parameter) return undefined;
  const place = { fn: ctor, index: ctor.parameters.indexOf(parameter), node: parameter };
  return valueOfParameter(evaluator, place, frame) ?? callersArgument(evaluator, place, frame);
}

function fieldState(
  evaluator: Evaluator,
  instance: InstanceValue,
  classes: readonly ClassValue[],
  frames: readonly Frame[],
  name: string,
  initial: Value,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): Value {
  const inThis =
    use &&
    classes.some(
      (cls) =>
        cls.node.pos <= use.pos &&
        use.end <= cls.node.end &&
        cls.node.getSourceFile() === use.getSourceFile(),
    );
  return stateOfField(
    evaluator,
    classes.map((cls) => cls.node),
    name,
    initial,
    inThis ? use : undefined,
    (fn) => {
      const index = classes.findIndex((cls) => fn.parent === cls.node);
      if (ts.isConstructorDeclaration(fn)) return frames[index];
      for (let each = frame; each; each = each.outer) if (each.fn === fn) return each;
      return methodFrame(instance, fn, classes[index]?.frame);
    },
  );
}

const methodFrames = new WeakMap<object, Map<ts.Node, Frame>>();

/** The frame of a method whose caller is not known; one per instance, so that recursion is seen as such. */
function methodFrame(instance: InstanceValue, fn: ts.Node, outer: Frame | undefined): Frame {
  const key = instance.args ?? instance.class.node;
  let frames = methodFrames.get(key);
  if (!frames) {
    frames = new Map();
    methodFrames.set(key, frames);
  }
  let frame = frames.get(fn);
  if (!frame) {
    frame = { fn, args: undefined, self: instance, outer, depth: 1 };
    frames.set(fn, frame);
  }
  return frame;
}

const framesOf = new WeakMap<object, Frame[]>();

/** The constructor frames along the lineage: each base gets what `super(…)` passes to it. */
function constructorFrames(
  evaluator: Evaluator,
  classes: readonly ClassValue[],
  instance: InstanceValue,
): Frame[] {
  // Copies of an instance share its arguments, and so its frames.
  const key = instance.args ?? instance.class.node;
  const known = framesOf.get(key);
  if (known) return known;
  const frames: Frame[] = [];
  framesOf.set(key, frames);
  let args = instance.args;
  for (const cls of classes) {
    const ctor = constructorOf(cls.node);
    const frame: Frame = {
      fn: ctor ?? cls.node,
      args,
      self: instance,
      outer: cls.frame,
      depth: frames.length,
    };
    frames.push(frame);
    const superCall = ctor?.body && findSuper(ctor.body);
    if (superCall) args = argumentsOf(evaluator, superCall, frame);
  }
  return frames;
}

function findSuper(node: ts.Node): ts.CallExpression | undefined {
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.SuperKeyword) return node;
  return ts.forEachChild(node, findSuper);
}

export function constructorOf(node: ts.ClassLikeDeclaration): ts.ConstructorDeclaration | undefined {
  return node.members.find(
    (each): each is ts.ConstructorDeclaration => ts.isConstructorDeclaration(each) && each.body !== undefined,
  );
}

/** The method that holds the use writes the field itself: the flow there decides, not what was set before. */
function writtenIn(use: ts.Node | undefined, name: string): boolean {
  let method = use;
  while (method && !(ts.isClassElement(method) && method.parent && ts.isClassLike(method.parent)))
    method = method.parent;
  return method !== undefined && fieldsWrittenIn(method).includes(name);
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
  const { classes } = lineage(evaluator, { kind: 'class', node: cls, frame: frameOf(cls, frame) });
  for (const base of classes.slice(1)) {
    const found = base.node.members.find(
      (each) => nameOf(each) === name && ts.isMethodDeclaration(each) && each.body,
    );
    if (found)
      return { fn: { kind: 'function', node: found as ts.MethodDeclaration, frame: base.frame, self }, self };
  }
  return { fn: unknown(`super.${name}(), which is not in the project`, name), self };
}

export function memberOfClass(
  evaluator: Evaluator,
  cls: ClassValue,
  name: string,
  frame: Frame | undefined,
): Value {
  const { classes } = lineage(evaluator, cls);
  for (const each of classes) {
    const found = each.node.members.find((one) => isStatic(one) && nameOf(one) === name);
    if (!found) continue;
    if (ts.isMethodDeclaration(found)) return { kind: 'function', node: found, frame: each.frame, self: cls };
    const self: Frame = {
      fn: each.node,
      args: undefined,
      self: cls,
      outer: each.frame,
      depth: frame?.depth ?? 0,
    };
    if (ts.isPropertyDeclaration(found) && found.initializer)
      return evaluator.evaluate(found.initializer, self);
    if (ts.isGetAccessorDeclaration(found))
      return apply(
        evaluator,
        { kind: 'function', node: found, frame: each.frame, self: cls },
        [],
        cls,
        frame,
      );
    if (ts.isPropertyDeclaration(found))
      return typedValue(evaluator, found) ?? unknown(`static field "${name}"`, name, { names: [name] });
  }
  if (name === 'name') return text(nameOf(cls.node) ?? '');
  return unknown(`static "${name}", which the class does not define`, name, { names: [name] });
}

/** A parameter or field typed with a class of the project is an instance of it: dependency injection. */
export function typedValue(
  evaluator: Evaluator,
  node: ts.ParameterDeclaration | ts.PropertyDeclaration,
): Value | undefined {
  const type = node.type && soleReference(node.type);
  if (!type) return undefined;
  const name = ts.isIdentifier(type.typeName) ? type.typeName : type.typeName.right;
  const declaration = resolveName(node, ts.isIdentifier(type.typeName) ? name.text : leftmost(type.typeName));
  if (!declaration || !(ts.isClassLike(declaration) || isImport(declaration))) return undefined;
  const value = valueOfDeclaration(evaluator, declaration, name.text, undefined, undefined);
  if (value.kind === 'class') return instanceOf(value);
  return value.kind === 'external' ? evaluator.natives.typed(value) : undefined;
}

/** The one class that a type speaks of: `Client`, `Client | undefined`, `Promise<Client>`, `Readonly<Client>`. */
function soleReference(type: ts.TypeNode): ts.TypeReferenceNode | undefined {
  if (ts.isParenthesizedTypeNode(type)) return soleReference(type.type);
  if (ts.isUnionTypeNode(type)) {
    const references = type.types.flatMap((each) => soleReference(each) ?? []);
    return references.length === 1 ? references[0] : undefined;
  }
  if (!ts.isTypeReferenceNode(type)) return undefined;
  const [argument] = type.typeArguments ?? [];
  const wraps =
    ts.isIdentifier(type.typeName) &&
    ['Promise', 'Readonly', 'Partial', 'Required'].includes(type.typeName.text);
  return wraps && argument ? soleReference(argument) : type;
}

function leftmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}

function isImport(node: ts.Node): boolean {
  return ts.isImportSpecifier(node) || ts.isImportClause(node) || ts.isNamespaceImport(node);
}

// ------------------------------------------------------------------ effects

/** The instance after one of its methods has run: the fields that it sets. */
export function effectOfMethod(
  evaluator: Evaluator,
  instance: InstanceValue,
  fn: FunctionValue,
  args: readonly Value[],
  caller: Frame | undefined,
): Value | undefined {
  const frame: Frame = {
    fn: fn.node,
    args,
    self: instance,
    outer: fn.frame,
    depth: (caller?.depth ?? 0) + 1,
  };
  const after = withEffects(evaluator, instance, fn.node, undefined, frame);
  return after === instance ? undefined : after;
}

function withEffects(
  evaluator: Evaluator,
  instance: InstanceValue,
  method: ts.Node,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): InstanceValue {
  const fields = fieldsWrittenIn(method);
  if (fields.length === 0 || !ts.isClassLike(method.parent) || running.has(method)) return instance;
  running.add(method);
  try {
    return { ...instance, overlay: effects(evaluator, instance, method, method.parent, fields, use, frame) };
  } finally {
    running.delete(method);
  }
}

/** Methods whose effects are being worked out: one that calls itself changes nothing more. */
const running = new Set<ts.Node>();

function effects(
  evaluator: Evaluator,
  instance: InstanceValue,
  method: ts.Node,
  owner: ts.ClassLikeDeclaration,
  fields: readonly string[],
  use: ts.Node | undefined,
  frame: Frame | undefined,
): Map<string, Entry> {
  const overlay = new Map<string, Entry>(instance.overlay);
  for (const field of fields) {
    const before = memberOfInstance(evaluator, instance, field, undefined, frame);
    const value = stateOfField(evaluator, [owner], field, before, use ?? endOf(method), (fn) =>
      fn === method ? frame : undefined,
    );
    overlay.set(field, { value, always: true });
  }
  return overlay;
}

function endOf(method: ts.Node): ts.Node {
  return (method as ts.MethodDeclaration).body?.getLastToken() ?? method;
}
