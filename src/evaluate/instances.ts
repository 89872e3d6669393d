import { contains, isFunctionLike, nameOf } from '../syntax/bindings.ts';
import {
  baseCall,
  type ClassMember,
  classOfMember,
  constructorOf,
  memberAround,
  memberNamed,
  mixinsOf,
  partsOf,
} from '../syntax/classes.ts';
import { ts } from '../syntax/ts.ts';
import { apply, argumentsOf, callersArgument, invocationsOf, valueOfParameter } from './calls.ts';
import { lineage } from './classes.ts';
import type { Evaluator } from './evaluator.ts';
import { stateInMember, stateOfField } from './flow.ts';
import { sameFrame } from './frames.ts';
import { member } from './members.ts';
import { frameOf } from './names.ts';
import { implementedValue, typedValue } from './typed.ts';
import {
  type ClassValue,
  choice,
  type Frame,
  type FunctionValue,
  type InstanceValue,
  isNullish,
  shared,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';
import { fieldsWrittenIn, isFieldWritten, isMerged, writesToField } from './writes.ts';

/**
 * Instances: what their members are, from the fields' initial values and what constructors and methods set,
 * and what a method that has run leaves in them.
 */

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

/** What is worked out once for an instance and its copies. */
interface Kept {
  readonly fields: Map<string, Value>;
  /** The frames of methods whose callers are not known; one each, so that recursion is seen as such. */
  readonly methods: Map<ts.Node, Frame>;
  constructors: readonly Frame[] | undefined;
}

const keptFor = new WeakMap<object, Kept>();

function keptOf(instance: InstanceValue): Kept {
  // Copies of an instance share its arguments.
  const key = instance.args ?? instance.class.node;
  let kept = keptFor.get(key);
  if (!kept) {
    kept = { fields: new Map(), methods: new Map(), constructors: undefined };
    keptFor.set(key, kept);
  }
  return kept;
}

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
  if (instance.overlay.has(name) || writtenAround(use, name) || writtenOnTheWay(frame, name))
    return shared(workOutMember(evaluator, instance, name, use, frame));
  const { fields } = keptOf(instance);
  const known = fields.get(name);
  if (known) return known;
  fields.set(name, unknown(`field "${name}", defined by itself`, name, { names: [name] }));
  const value = workOutMember(evaluator, instance, name, undefined, undefined);
  if (value.kind === 'function') fields.delete(name);
  else fields.set(name, shared(value));
  return shared(value);
}

function writtenOnTheWay(frame: Frame | undefined, name: string): boolean {
  for (let each = frame; each; each = each.outer) if (fieldsWrittenIn(each.fn).includes(name)) return true;
  return false;
}

/** The method that holds the use writes the field itself: the flow there decides, not what was set before. */
function writtenAround(use: ts.Node | undefined, name: string): boolean {
  const method = use && memberAround(use);
  return method !== undefined && fieldsWrittenIn(method.node).includes(name);
}

function workOutMember(
  evaluator: Evaluator,
  instance: InstanceValue,
  name: string,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): Value {
  const set = instance.overlay.get(name);
  if (set) {
    // What has been done to the instance stands; the method that holds the use may go on from there.
    const value =
      use && writtenAround(use, name)
        ? stateInMember(evaluator, name, set.value, use, frameOf(use, frame))
        : set.value;
    if (set.always) return value;
    const overlay = new Map([...instance.overlay].filter(([each]) => each !== name));
    return choice([value, memberOfInstance(evaluator, { ...instance, overlay }, name, use, frame)]);
  }
  const { classes, base } = lineage(evaluator, instance.class);
  const frames = constructorFrames(evaluator, classes, instance);
  const field = (initial: Value) => fieldState(evaluator, instance, classes, name, initial, use, frame);
  for (const [index, cls] of classes.entries()) {
    const found = memberNamed(cls.node, name);
    if (found && found.kind !== 'field' && isFunctionLike(found.node)) {
      const fn: FunctionValue = { kind: 'function', node: found.node, frame: cls.frame, self: instance };
      return found.kind === 'method' ? fn : apply(evaluator, fn, [], instance, frame);
    }
    const initial = fieldInitial(evaluator, cls, name, found, frames[index]);
    if (initial) return field(initial);
    const mixed = found ? undefined : mixedIn(evaluator, cls, name, instance);
    if (mixed) return field(mixed);
  }
  if (classes.some((cls) => isFieldWritten(cls.node, name))) return field(UNDEFINED);
  if (classes.some((cls) => isMerged(cls.node))) {
    const given = field(UNDEFINED);
    if (!isNullish(given)) return given;
  }
  const inherited = base && evaluator.natives.inherited(base, name, instance);
  if (inherited) return inherited;
  const reason = base
    ? `"${name}", inherited from a class outside of the project`
    : `"${name}", which the class ${nameOf(instance.class.node) ?? ''} does not define`;
  return unknown(reason, name, { names: [name] });
}

// ------------------------------------------------------------------ fields

/** What a class gives a field to start with; undefined when it does not declare it. */
function fieldInitial(
  evaluator: Evaluator,
  cls: ClassValue,
  name: string,
  member: ClassMember | undefined,
  frame: Frame | undefined,
): Value | undefined {
  const found = member?.node;
  // On a prototype: one value for all instances.
  if (found && !ts.isClassElement(found)) return evaluator.evaluate(found, cls.frame);
  if (found && ts.isPropertyDeclaration(found)) {
    if (found.initializer) return evaluator.evaluate(found.initializer, frame ?? cls.frame);
    if (isFieldWritten(cls.node, name)) return UNDEFINED;
    const typed = typedValue(evaluator, found);
    if (isMerged(cls.node)) return typed ?? UNDEFINED;
    const implemented = typed ?? implementedValue(evaluator, found);
    return implemented ?? unknown(`field "${name}", which nothing sets`, name, { names: [name] });
  }
  const fn = constructorOf(cls.node);
  const node = fn?.parameters.find(
    (each) => ts.isParameterPropertyDeclaration(each, fn) && nameOf(each) === name,
  );
  if (!fn || !node) return undefined;
  const place = { fn, index: fn.parameters.indexOf(node), node };
  return valueOfParameter(evaluator, place, frame) ?? callersArgument(evaluator, place, frame);
}

/** What objects that are laid over the prototype bring under a name; the last wins. */
function mixedIn(
  evaluator: Evaluator,
  cls: ClassValue,
  name: string,
  instance: InstanceValue,
): Value | undefined {
  for (const mixin of mixinsOf(cls.node).toReversed()) {
    const methods = evaluator.evaluate(mixin, cls.frame);
    const value =
      methods.kind === 'object'
        ? methods.entries.get(name)?.value
        : methods.kind === 'instance'
          ? member(evaluator, methods, name, mixin, cls.frame)
          : undefined;
    if (value?.kind === 'function') return { ...value, self: instance };
    if (value && value.kind !== 'unknown') return value;
  }
  return undefined;
}

function fieldState(
  evaluator: Evaluator,
  instance: InstanceValue,
  classes: readonly ClassValue[],
  name: string,
  initial: Value,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): Value {
  const nodes = classes.map((cls) => cls.node);
  const file = use?.getSourceFile();
  const within =
    use &&
    nodes.some((node) => node.getSourceFile() === file && partsOf(node).some((part) => contains(part, use)));
  const frameFor = (fn: ts.Node): Frame | undefined => {
    const owner = classOfMember(fn);
    const index = owner ? nodes.indexOf(owner) : -1;
    if (owner && fn === constructorOf(owner)) return constructorFrames(evaluator, classes, instance)[index];
    for (let each = frame; each; each = each.outer) if (each.fn === fn) return each;
    return methodFrame(instance, fn, classes[index]?.frame);
  };
  return stateOfField(evaluator, nodes, name, initial, within ? use : undefined, frameFor);
}

function methodFrame(instance: InstanceValue, fn: ts.Node, outer: Frame | undefined): Frame {
  const { methods } = keptOf(instance);
  let frame = methods.get(fn);
  if (!frame) {
    frame = { fn, args: undefined, self: instance, outer, depth: 1 };
    methods.set(fn, frame);
  }
  return frame;
}

/** The constructor frames along the lineage: each base gets what `super(…)` passes to it. */
function constructorFrames(
  evaluator: Evaluator,
  classes: readonly ClassValue[],
  instance: InstanceValue,
): readonly Frame[] {
  const kept = keptOf(instance);
  if (kept.constructors) return kept.constructors;
  const frames: Frame[] = [];
  // Kept from the start: what is passed to a base may ask for a field.
  kept.constructors = frames;
  let { args } = instance;
  for (const cls of classes) {
    const ctor = constructorOf(cls.node);
    const fn = ctor ?? cls.node;
    const frame: Frame = { fn, args, self: instance, outer: cls.frame, depth: frames.length };
    frames.push(frame);
    const call = baseCall(cls.node);
    if (call) args = baseArguments(evaluator, call, frame);
  }
  return frames;
}

/** What a constructor hands to that of its base; undefined when it hands on its own, which are not known. */
function baseArguments(
  evaluator: Evaluator,
  call: ts.CallExpression,
  frame: Frame,
): readonly Value[] | undefined {
  if (call.expression.kind === ts.SyntaxKind.SuperKeyword) return argumentsOf(evaluator, call, frame);
  const [, last] = call.arguments;
  if (!frame.args && last && ts.isIdentifier(last) && last.text === 'arguments') return undefined;
  return invocationsOf(evaluator, call, frame)[0]?.args;
}

// ------------------------------------------------------------------ what methods leave

/** The instance after one of its methods has run; undefined when it sets no field. */
export function effectOfMethod(
  evaluator: Evaluator,
  instance: InstanceValue,
  { node: fn, frame: outer }: FunctionValue,
  args: () => readonly Value[],
  caller: Frame | undefined,
): Value | undefined {
  // Most methods write nothing: then what they are given does not matter.
  if (running.has(fn) || fieldsChangedBy(instance, fn).length === 0) return undefined;
  const frame = sameFrame(evaluator, {
    fn,
    args: args(),
    self: instance,
    outer,
    depth: (caller?.depth ?? 0) + 1,
    caller,
  });
  return withEffects(evaluator, instance, fn, undefined, frame);
}

/** Methods that call methods of the same object … */
const MAX_RUNS = 12;

/** Methods whose effects are being worked out: one that calls itself changes nothing more. */
const running = new Set<ts.Node>();

/** The instance with the fields that a method sets on its way to `use`, or to its end. */
export function withEffects(
  evaluator: Evaluator,
  instance: InstanceValue,
  method: ts.Node,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): InstanceValue {
  const fields = running.has(method) ? [] : fieldsChangedBy(instance, method);
  if (fields.length === 0) return instance;
  running.add(method);
  try {
    const overlay = new Map(instance.overlay);
    for (const field of fields) {
      // The method may have run before, for other callers, on an instance that they hold.
      const before = memberOfInstance(
        evaluator,
        instance,
        field,
        undefined,
        instance.fresh ? frame : undefined,
      );
      const value = stateInMember(evaluator, field, before, use ?? endOf(method), frame);
      overlay.set(field, { value, always: true });
    }
    return { ...instance, overlay };
  } finally {
    running.delete(method);
  }
}

function fieldsChangedBy(instance: InstanceValue, method: ts.Node): readonly string[] {
  const owner = classOfMember(method);
  if (!owner) return [];
  const written = fieldsWrittenIn(method);
  // What a base class's method writes is not told by the class; what has been set before it may change.
  const inherited = [...instance.overlay.keys()].filter(
    (field) => !written.includes(field) && writesToField(owner, field, true).isWithin(method),
  );
  return inherited.length === 0 ? written : [...written, ...inherited];
}

/** What a method that has run leaves in one field. */
export function fieldAfterMethod(
  evaluator: Evaluator,
  { node: method, frame: outer, self }: FunctionValue,
  field: string,
  before: Value,
  args: () => readonly Value[],
  caller: Frame | undefined,
): Value {
  const owner = classOfMember(method);
  const depth = (caller?.depth ?? 0) + 1;
  if (!owner || running.has(method) || depth > MAX_RUNS) return before;
  if (!writesToField(owner, field, true).isWithin(method)) return before;
  running.add(method);
  try {
    const frame = sameFrame(evaluator, { fn: method, args: args(), self, outer, depth, caller });
    return stateInMember(evaluator, field, before, endOf(method), frame);
  } finally {
    running.delete(method);
  }
}

function endOf(method: ts.Node): ts.Node {
  return (method as ts.MethodDeclaration).body?.getLastToken() ?? method;
}
