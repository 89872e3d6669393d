import { ts } from '../syntax/ts.ts';
import { argumentsOf, type Callee, calleeName, calleeOf, effectOfCall, invoked } from './calls.ts';
import type { Evaluator } from './evaluator.ts';
import { effectOnParameter, mayChangeParameter } from './flow.ts';
import { sameFrame } from './frames.ts';
import { fieldAfterMethod } from './instances.ts';
import { member, setMember } from './members.ts';
import { EACH } from './mentions.ts';
import { isAdrift } from './recursion.ts';
import {
  choice,
  concat,
  type Entry,
  eitherState,
  type Frame,
  type Gap,
  gapOf,
  isNullish,
  literalText,
  type ObjectValue,
  optionsOf,
  unknown,
  type Value,
} from './value.ts';
import type { Assignment, Merge, MethodCall, Passing, Run, Write } from './writes.ts';

/**
 * What one write leaves in a value. When it happens, and whether at all, is the matter of `walk.ts`.
 */

/** Helpers in helpers that are followed to what they do to their argument. */
const MAX_HELPERS = 12;

/** Names of functions that change what they get. */
const CHANGES =
  /^(?:sign|auth|add|set|apply|attach|append|decorat|enrich|inject|prepare|intercept|extend|with|merge|assign|defaults|register|install)/i;

/** A write that may happen several times: in a loop that goes on, or whenever another function is called. */
export type Repeated = 'here' | 'elsewhere';

/** The value of a variable after a write; the very same one when it changes nothing. */
export function afterWrite(
  evaluator: Evaluator,
  write: Write,
  state: Value,
  frame: Frame | undefined,
  repeated?: Repeated,
): Value {
  if (!evaluator.tick()) return unknown('too much to work out', 'value');
  const each = write.path.indexOf(EACH);
  if (each >= 0) {
    const way = write.path.slice(0, each).map(String);
    const behind = { ...write, path: write.path.slice(each + 1) };
    const held = memberAt(evaluator, state, way, write.node, frame);
    const after = withElements(held, (item) => afterWrite(evaluator, behind, item, frame, repeated));
    return after === held ? state : setMember(evaluator, state, way, after);
  }
  const path = write.path.map((key) =>
    typeof key === 'string' ? key : nameOrGap(evaluator.evaluate(key, frame)),
  );
  if (write.kind === 'delete') return setMember(evaluator, state, path, undefined);
  if (write.kind === 'run') return afterRun(evaluator, write, state, frame);
  if (write.kind === 'merge') return merged(evaluator, write, state, frame);
  const held = () => memberAt(evaluator, state, path, write.node, frame);
  const changed =
    write.kind === 'assign'
      ? assigned(evaluator, write, held, frame, repeated)
      : write.kind === 'call'
        ? called(evaluator, write, held(), frame)
        : passed(evaluator, write, held(), frame);
  return changed === undefined ? state : setMember(evaluator, state, path, changed);
}

/** A list or table with a change to what it holds; which of several gets it is not told. */
function withElements(held: Value, change: (item: Value) => Value): Value {
  const changed = (item: Value, alone: boolean): Value => {
    if (item.kind === 'choice') return choice(item.options.map((option) => changed(option, alone)));
    if (item.kind !== 'object' && item.kind !== 'array' && item.kind !== 'instance') return item;
    const after = change(item);
    return after === item || alone ? after : eitherState(item, after);
  };
  if (held.kind === 'array') {
    const items = held.items.map((item) => changed(item, held.items.length === 1));
    return items.some((item, at) => item !== held.items[at]) ? { ...held, items } : held;
  }
  if (held.kind !== 'object') return held;
  const entries = [...held.entries].map(([name, entry]): [string, Entry] => {
    const value = changed(entry.value, held.entries.size === 1);
    return [name, value === entry.value ? entry : { ...entry, value }];
  });
  return entries.some(([name, entry]) => entry !== held.entries.get(name))
    ? { ...held, entries: new Map(entries) }
    : held;
}

/** What a call of its method makes of an object; one in a chain is called on the object, or on another. */
function called(
  evaluator: Evaluator,
  { method, call, chained }: MethodCall,
  held: Value,
  frame: Frame | undefined,
): Value | undefined {
  if (chained) {
    if (held.kind !== 'object' || !held.type || !held.node) return undefined;
    const receiver = (call.expression as ts.PropertyAccessExpression).expression;
    const answered = evaluator.evaluate(receiver, frame);
    if (!optionsOf(answered).some((each) => each.kind === 'object' && each.node === held.node))
      return undefined;
  }
  return effectOfCall(evaluator, held, method, call, frame);
}

function nameOrGap(key: Value): string | Gap {
  return literalText(key) ?? gapOf(key);
}

function memberAt(
  evaluator: Evaluator,
  value: Value,
  path: readonly (string | Gap)[],
  use: ts.Node,
  frame: Frame | undefined,
): Value {
  return path.reduce<Value>(
    (held, key) =>
      typeof key === 'string' ? member(evaluator, held, key, use, frame) : unknown(key.reason, key.name),
    value,
  );
}

/** What an assignment puts in place of what was `held`. */
function assigned(
  evaluator: Evaluator,
  write: Assignment,
  held: () => Value,
  frame: Frame | undefined,
  repeated: Repeated | undefined,
): Value {
  const counter = () => unknown('a counter', countedName(write.node));
  if (!write.value) return counter();
  const more = unknown(
    `what is added to ${countedName(write.node)} again and again`,
    countedName(write.node),
  );
  if (repeated === 'elsewhere' && write.operator === ts.SyntaxKind.PlusEqualsToken)
    return concat([held(), more]);
  const whole = evaluator.evaluate(write.value, frame);
  const value = write.key === undefined ? whole : member(evaluator, whole, write.key, write.node, frame);
  if (write.operator === ts.SyntaxKind.EqualsToken) return value;
  const before = held();
  switch (write.operator) {
    case ts.SyntaxKind.PlusEqualsToken:
      if (before.kind === 'primitive' && value.kind === 'primitive') return counter();
      return concat(repeated ? [before, value, more] : [before, value]);
    case ts.SyntaxKind.BarBarEqualsToken:
    case ts.SyntaxKind.QuestionQuestionEqualsToken:
      if (before.kind === 'primitive' && !before.value) return value;
      return before.kind === 'object' || before.kind === 'instance' ? before : choice([before, value]);
    default:
      return choice([before, value]);
  }
}

/** What a method that is called on `this` leaves in a field. */
function afterRun(
  evaluator: Evaluator,
  { call, method, field }: Run,
  state: Value,
  frame: Frame | undefined,
): Value {
  const { expression } = call;
  const self = ts.isPropertyAccessExpression(expression)
    ? evaluator.evaluate(expression.expression, frame)
    : undefined;
  if (self?.kind !== 'instance') return state;
  const fn = member(evaluator, self, method, call, frame);
  if (fn.kind !== 'function') return state;
  return fieldAfterMethod(evaluator, fn, field, state, () => argumentsOf(evaluator, call, frame), frame);
}

/** What a field holds once objects have been laid over the instance. */
function merged(
  evaluator: Evaluator,
  { call, field }: Merge,
  before: Value,
  frame: Frame | undefined,
): Value {
  return call.arguments.slice(1).reduce((state, argument) => {
    const source = evaluator.evaluate(argument, frame);
    return choice(
      optionsOf(source).map((option) => {
        if (option.kind === 'primitive') return state;
        const entry = option.kind === 'object' ? option.entries.get(field) : undefined;
        if (entry?.always) return entry.value;
        if (option.kind === 'object' && !entry && !option.open) return state;
        const given = entry?.value ?? member(evaluator, option, field, call, frame);
        // A field that starts out empty is used once it is set.
        return isNullish(state) ? given : choice([state, given]);
      }),
    );
  }, before);
}

/** The name of what counts: of `total` in `total++`, `for (…; i += 1)`. */
export function countedName(node: ts.Node): string {
  const target = ts.isBinaryExpression(node)
    ? node.left
    : ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)
      ? node.operand
      : node;
  return ts.isIdentifier(target) ? target.text : 'value';
}

/** An object passed to a function may come back changed; undefined when it does not. */
function passed(
  evaluator: Evaluator,
  write: Passing,
  held: Value,
  frame: Frame | undefined,
): Value | undefined {
  if (held.kind === 'choice') {
    const options = held.options.map((option) => passed(evaluator, write, option, frame) ?? option);
    return options.some((option, at) => option !== held.options[at]) ? choice(options) : undefined;
  }
  if (held.kind !== 'object' && held.kind !== 'instance' && held.kind !== 'array') return undefined;
  const { fn, self, index } = helperOf(evaluator, write, frame);
  if (fn.kind === 'function') {
    const depth = (frame?.depth ?? 0) + 1;
    if (depth > MAX_HELPERS || !mayChangeParameter(evaluator, fn.node, index)) return undefined;
    const args = argumentsBeside(evaluator, write, held, frame)?.slice(write.index - index);
    if (args && isAdrift(fn.node, args, frame)) return undefined;
    const inner = sameFrame(evaluator, {
      fn: fn.node,
      args,
      self: self ?? fn.self,
      outer: fn.frame,
      depth,
      caller: frame,
    });
    const given = args ? (args[index] ?? held) : held;
    const changed = effectOnParameter(evaluator, fn.node, index, given, inner);
    if (changed === given) return undefined;
    const after = memberAt(evaluator, changed, write.within ?? [], write.node, frame);
    return after === held ? undefined : after;
  }
  if (held.kind !== 'object') return undefined;
  if (ts.isCallExpression(write.call) && evaluator.natives.changes(fn)) {
    // What they take from is left as it is. `extend(true, target, …)` says first that it goes deep.
    if (write.within?.length || write.index !== (isBoolean(write.call.arguments[0]) ? 1 : 0))
      return undefined;
    const args = argumentsBeside(evaluator, write, held, frame);
    const site = { node: write.call, frame, self };
    return args
      ? evaluator.natives.changed(evaluator, fn, args, site)
      : opened(held, { reason: 'what is laid over it is a list', name: 'list', names: [] });
  }
  // An outside function by a name that says it changes what it gets may have added anything.
  const bound = boundMethod(write.call);
  const name = bound ?? calleeName(write.call);
  if (!name || (!bound && evaluator.natives.reads(fn))) return undefined;
  if (!CHANGES.test(name) && (bound || held.type !== 'axios')) return undefined;
  return opened(held, { reason: `passed to ${name}(), which may change it`, name, names: [] });
}

/** `headers.set.bind(headers)`: the method that may be called on what it is bound to, at any time. */
function boundMethod({ expression }: Passing['call']): string | undefined {
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== 'bind') return undefined;
  const { expression: method } = expression;
  return ts.isPropertyAccessExpression(method) ? method.name.text : undefined;
}

/** The function that a value is passed to, and as which argument; in `helper.call(self, headers)` behind the receiver. */
function helperOf(
  evaluator: Evaluator,
  { call, index }: Passing,
  frame: Frame | undefined,
): Callee & { readonly index: number } {
  const callee = calleeOf(evaluator, call, frame);
  const [receiver] = call.arguments ?? [];
  if (callee.fn.kind !== 'native' || callee.fn.name !== 'Function.call' || !receiver)
    return { ...callee, index };
  return { ...invoked(callee.fn, undefined, [evaluator.evaluate(receiver, frame)]), index: index - 1 };
}

function isBoolean(node: ts.Expression | undefined): boolean {
  return node?.kind === ts.SyntaxKind.TrueKeyword || node?.kind === ts.SyntaxKind.FalseKeyword;
}

/** The arguments of a helper that changes one of them: `setHeader(headers, 'x-api-key', key)`. */
function argumentsBeside(
  evaluator: Evaluator,
  { call, index, within = [] }: Passing,
  held: Value,
  frame: Frame | undefined,
): Value[] | undefined {
  const given = call.arguments ?? [];
  if (given.some(ts.isSpreadElement)) return undefined;
  return given.map((each, at) => {
    if (at !== index) return evaluator.evaluate(each, frame);
    return within.length === 0 ? held : setMember(evaluator, evaluator.evaluate(each, frame), within, held);
  });
}

/** The object and the objects in it: what changes one may change `init.headers` as well. */
function opened(held: ObjectValue, gap: Gap, depth = 0): ObjectValue {
  const entries = [...held.entries].map(([name, entry]): [string, Entry] => [
    name,
    entry.value.kind === 'object' && depth < 2
      ? { ...entry, value: opened(entry.value, gap, depth + 1) }
      : entry,
  ]);
  return { ...held, entries: new Map(entries), open: held.open ?? gap };
}
