import { bindingsOf, enclosingFunction, parametersOf } from '../syntax/bindings.ts';
import { type ClassNode, constructorOf, memberAround } from '../syntax/classes.ts';
import { ts } from '../syntax/ts.ts';
import type { Evaluator } from './evaluator.ts';
import { initialValue } from './names.ts';
import { rootOf } from './patterns.ts';
import { countingLoop, valueInRound } from './rounds.ts';
import { eitherState, type Frame, shared, UNDEFINED, type Value } from './value.ts';
import { stateAt } from './walk.ts';
import { NO_WRITES, type Writes, writesToField, writesToVariable } from './writes.ts';

/**
 * The questions about what changes: what a variable, an import, a field or a parameter holds at a place. Each
 * says where the value starts and which code it passes through; `walk.ts` goes that way.
 */

/** An import of the value in another file, and the name it has there. */
export interface ForeignImport {
  readonly declaration: ts.Node;
  readonly name: string;
}

/** What a variable holds at `use`, or (without one) when its owner has run. */
export function stateOfVariable(
  evaluator: Evaluator,
  declaration: ts.Node,
  name: string,
  use: ts.Node | undefined,
  frame: Frame | undefined,
  callFrame: Frame | undefined,
): Value {
  const own = ownState(evaluator, declaration, name, use, frame, callFrame);
  if (enclosingFunction(declaration)) return own;
  return afterForeignWrites(evaluator, own, evaluator.foreignImports(declaration));
}

/** Other files may import something of it. */
function isModule(source: ts.SourceFile): boolean {
  const { local, forwarded, assigned, properties } = bindingsOf(source).exports;
  return local.size + forwarded.size + properties.size > 0 || assigned !== undefined;
}

/** What the variable's own file makes of it. */
function ownState(
  evaluator: Evaluator,
  declaration: ts.Node,
  name: string,
  use: ts.Node | undefined,
  frame: Frame | undefined,
  callFrame: Frame | undefined,
): Value {
  const held = heldInRound(declaration, callFrame);
  if (held) return held;
  const loop = countingLoop(declaration);
  const counted = loop && valueInRound(loop, callFrame);
  if (counted) return counted;
  const writes = writesToVariable(declaration, name);
  const mayBeHeld = !enclosingFunction(declaration) && isModule(declaration.getSourceFile());
  const initial = () => {
    const value = initialValue(evaluator, declaration, frame);
    return mayBeHeld ? shared(value) : value;
  };
  if (writes.all.length === 0) return initial();
  const root = rootOf(declaration);
  const question = { writes, use, declaration, frame: callFrame ?? frame };
  if (ts.isParameter(root)) return stateAt(evaluator, { ...question, owner: root.parent, start: initial() });
  return stateAt(evaluator, {
    ...question,
    owner: enclosingFunction(root) ?? root.getSourceFile(),
    start: UNDEFINED,
    declared: { node: root, value: initial, frame },
  });
}

function heldInRound(declaration: ts.Node, frame: Frame | undefined): Value | undefined {
  for (let scope = frame; scope; scope = scope.outer)
    if (scope.held?.declaration === declaration) return scope.held.value;
  return undefined;
}

/** An imported object that this file changes: `axios.defaults.baseURL = …`. */
export function stateOfImport(
  evaluator: Evaluator,
  declaration: ts.Node,
  name: string,
  value: Value,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): Value {
  const start = afterForeignWrites(evaluator, value, evaluator.foreignImports(declaration));
  const writes = writesToVariable(declaration, name);
  if (writes.all.length === 0) return start;
  return stateAt(evaluator, { writes, owner: declaration.getSourceFile(), start, use, frame });
}

/** What other files that import an object do to it: set-up code is taken to have run. */
function afterForeignWrites(evaluator: Evaluator, value: Value, imports: readonly ForeignImport[]): Value {
  if (value.kind !== 'object' && value.kind !== 'instance' && value.kind !== 'choice') return value;
  let state: Value = value;
  for (const { declaration, name } of imports) {
    const writes = writesToVariable(declaration, name);
    if (writes.all.length > 0)
      state = stateAt(evaluator, { writes, owner: declaration.getSourceFile(), start: state });
  }
  return state;
}

/** The object that a function leaves in its parameter when it returns: what a helper did to its argument. */
export function effectOnParameter(
  evaluator: Evaluator,
  fn: ts.FunctionLikeDeclaration,
  index: number,
  value: Value,
  frame: Frame,
): Value {
  return stateAt(evaluator, { writes: writesToParameter(fn, index), owner: fn, start: value, frame });
}

/**
 * Whether a function, or one that it hands its argument on to, does anything that may change it; most do not,
 * whatever they are given.
 */
export function mayChangeParameter(
  evaluator: Evaluator,
  fn: ts.FunctionLikeDeclaration,
  index: number,
): boolean {
  const writes = writesToParameter(fn, index);
  let known = evaluator.changing.get(writes);
  if (known === undefined) {
    known = mayChange(evaluator, writes, new Set());
    evaluator.changing.set(writes, known);
  }
  return known;
}

function mayChange(evaluator: Evaluator, writes: Writes, seen: Set<Writes>): boolean {
  if (seen.has(writes)) return false;
  seen.add(writes);
  return writes.all.some((write) => {
    if (write.kind !== 'pass' || !ts.isIdentifier(write.call.expression)) return true;
    // By name: another function in each frame is what a parameter may be, and that is not known here.
    const fn = evaluator.evaluate(write.call.expression, undefined);
    if (fn.kind !== 'function' || fn.bound) return true;
    return mayChange(evaluator, writesToParameter(fn.node, write.index), seen);
  });
}

function writesToParameter(fn: ts.FunctionLikeDeclaration, index: number): Writes {
  const parameter = parametersOf(fn)[index];
  return parameter && ts.isIdentifier(parameter.name)
    ? writesToVariable(parameter, parameter.name.text)
    : NO_WRITES;
}

/**
 * The state of `this.field`: from its initial value through the constructors, then through each method that
 * sets it, then within the member that holds `use`. `classes` are the class and its bases, nearest first.
 */
export function stateOfField(
  evaluator: Evaluator,
  classes: readonly ClassNode[],
  field: string,
  initial: Value,
  use: ts.Node | undefined,
  frameFor: (fn: ts.Node) => Frame | undefined,
): Value {
  const through = ({ node, owner }: Member, start: Value, stop?: ts.Node) => {
    const writes = writesToField(owner, field);
    return stateAt(evaluator, { writes, owner: node, start, use: stop, frame: frameFor(node) });
  };
  const place = use && memberOf(use);
  let state = initial;
  const methods: Member[] = [];
  // Base classes first: their constructors run first.
  for (const declaration of classes.toReversed()) {
    const members = writersOf(declaration, field);
    const ctor = members.find(({ node }) => node === constructorOf(declaration));
    if (ctor && ctor.node === place?.node) return through(ctor, state, use);
    if (ctor) state = through(ctor, state);
    // What only calls a method that writes adds nothing to that method, unless the use is behind the call.
    methods.push(...members.filter((each) => each !== ctor && (each.writes || each.node === place?.node)));
  }
  for (const method of methods) {
    if (method.node === place?.node) continue;
    const after = through(method, state);
    // A field that starts out empty is used once a method has set it.
    const empty = state.kind === 'primitive' && state.value === undefined;
    state = empty ? after : eitherState(state, after);
  }
  return place && methods.some(({ node }) => node === place.node) ? through(place, state, use) : state;
}

/** The state of `this.field` within the one member that holds `use`, of what the field holds when it begins. */
export function stateInMember(
  evaluator: Evaluator,
  field: string,
  start: Value,
  use: ts.Node,
  frame: Frame | undefined,
): Value {
  const place = memberOf(use);
  if (!place) return start;
  const writes = writesToField(place.owner, field, true);
  return stateAt(evaluator, { writes, owner: place.node, start, use, frame });
}

/** A member of a class, and the class. */
interface Member {
  readonly node: ts.Node;
  readonly owner: ClassNode;
  /** It writes the field itself, not only through a method that it calls. */
  readonly writes: boolean;
}

const writers = new WeakMap<Writes, readonly Member[]>();

/** The members of a class (and of classes within it) that write the field. */
function writersOf(declaration: ClassNode, field: string): readonly Member[] {
  const writes = writesToField(declaration, field);
  let members = writers.get(writes);
  if (!members) {
    members = membersOf(writes);
    writers.set(writes, members);
  }
  return members;
}

function membersOf({ all }: Writes): readonly Member[] {
  const members = new Map<ts.Node, Member>();
  for (const write of all) {
    const member = memberOf(write.node);
    if (!member) continue;
    const writes = write.kind !== 'run' || (members.get(member.node)?.writes ?? false);
    members.set(member.node, { ...member, writes });
  }
  return [...members.values()];
}

/** The class member that holds the node. */
function memberOf(node: ts.Node): Member | undefined {
  const member = memberAround(node);
  return member && { ...member, writes: false };
}
