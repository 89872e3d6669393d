import { apply } from '../evaluate/calls.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { sameFrame } from '../evaluate/frames.ts';
import { member, setMember } from '../evaluate/members.ts';
import { valueOfDeclaration } from '../evaluate/names.ts';
import {
  choice,
  type Frame,
  type FunctionValue,
  type Gap,
  type ObjectValue,
  object,
  optionsOf,
  UNDEFINED,
  type Value,
} from '../evaluate/value.ts';
import { parametersOf } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { type FormCall, type Layer, option } from './client.ts';
import { isUndefined } from './options.ts';

/** Stands for the headers that the call brings: what a hook adds is laid over them. */
const OWN: Gap = { reason: 'the headers of the call', name: 'headers', names: [] };

/** What functions that are called before each request add to its headers, in order. */
export function addedBy(
  call: FormCall,
  hooks: readonly Value[],
  kind: Kind,
  fates: Omit<Layer, 'value'>,
): Layer[] {
  return hooks.flatMap((hook) => optionsOf(hook)).flatMap((hook) => added(call, hook, kind, fates));
}

/** How a hook is given the request. */
export interface Kind {
  /** The arguments of the hook around its headers. */
  readonly args: (headers: Value) => readonly Value[];
  /** Where the headers may stand in the first argument. */
  readonly paths: readonly (readonly string[])[];
  /** The type of the header object; undefined: a plain one. */
  readonly type?: string;
}

/**
 * What functions that are called before each request may add to its query: they are run for what they do to
 * the headers, so one that touches an address, or hands the request on, leaves the query open.
 */
export function queryOfHooks(hooks: readonly Value[]): Layer[] {
  const gap: Gap = { reason: 'a hook that may change the query', name: 'query', names: [] };
  const open = hooks
    .flatMap((hook) => optionsOf(hook))
    .some((hook) => (hook.kind === 'function' ? mayChangeQuery(hook) : !isUndefined(hook)));
  return open ? [{ value: { kind: 'unknown', gap }, undefined: 'drop', null: 'drop' }] : [];
}

function mayChangeQuery({ node }: FunctionValue): boolean {
  const [parameter] = parametersOf(node);
  const code = node.getText();
  if (/url|href|quer|params|new request\b/i.test(code.replace(parameter?.getText() ?? '', ''))) return true;
  return parameter !== undefined && ts.isIdentifier(parameter.name) && isHandedOn(code, parameter.name.text);
}

function isHandedOn(code: string, name: string): boolean {
  return new RegExp(`[(,]\\s*${name.replaceAll('$', '\\$')}\\s*[,)](?!\\s*=>)`).test(code);
}

function added(call: FormCall, hook: Value, kind: Kind, fates: Omit<Layer, 'value'>): Layer[] {
  if (isUndefined(hook) || hook.kind === 'primitive') return [];
  const missed: Gap = { reason: 'a hook that is not followed', name: 'headers', names: [] };
  if (hook.kind !== 'function') return [{ ...fates, value: { kind: 'unknown', gap: missed } }];
  const { evaluator } = call;
  // A hook that answers a request of its own sends that.
  const answer = apply(evaluator, hook, kind.args(object([], { type: kind.type })), undefined, undefined);
  if (optionsOf(answer).some((each) => each.kind === 'object' && each.entries.has('init')))
    return [{ ...fates, value: { kind: 'unknown', gap: missed } }];
  return kind.paths.map((path) => ({
    ...fates,
    value: addedHeaders((headers) => {
      const after = argumentAfter(evaluator, hook, kind.args(headers), 0);
      return path.reduce((value, name) => member(evaluator, value, name, call.node, undefined), after);
    }, kind.type),
  }));
}

/**
 * What code that is given the headers of a call adds to them. It is run with headers that are not known, for
 * what it makes depend on them, and with none, for what it adds without saying.
 */
function addedHeaders(run: (headers: ObjectValue) => Value, type?: string): Value {
  const added = run(object([], { type, open: OWN }));
  const gaps = optionsOf(run(object([], { type }))).map((each) =>
    each.kind === 'unknown' ? each.gap : each.kind === 'object' ? each.open : undefined,
  );
  const open = gaps.find((gap) => gap !== undefined);
  return choice(
    optionsOf(added).map((each) => (each.kind === 'object' ? object(each.entries, { type, open }) : each)),
  );
}

/** What a function leaves in an argument, also where its parameter takes it apart. */
export function argumentAfter(
  evaluator: Evaluator,
  fn: FunctionValue,
  args: readonly Value[],
  index: number,
): Value {
  const parameter = parametersOf(fn.node)[index];
  const argument = args[index] ?? UNDEFINED;
  if (!parameter) return argument;
  const frame = sameFrame(evaluator, { fn: fn.node, args, self: fn.self, outer: fn.frame, depth: 1 });
  return bindingAfter(evaluator, parameter, argument, frame);
}

function bindingAfter(
  evaluator: Evaluator,
  binding: ts.ParameterDeclaration | ts.BindingElement,
  before: Value,
  frame: Frame,
): Value {
  if (ts.isIdentifier(binding.name))
    return valueOfDeclaration(evaluator, binding, binding.name.text, undefined, frame);
  if (!ts.isObjectBindingPattern(binding.name)) return before;
  return binding.name.elements.reduce<Value>((value, element) => {
    const key = element.propertyName ?? element.name;
    if (!ts.isIdentifier(key)) return value;
    const held = member(evaluator, value, key.text, element, frame);
    return setMember(evaluator, value, [key.text], bindingAfter(evaluator, element, held, frame));
  }, before);
}

/** `hooks: { beforeRequest: […] }` of several option objects, laid behind each other. */
export function hooksNamed(call: FormCall, layers: readonly (Value | undefined)[], name: string): Value[] {
  return layers.flatMap((layer) => {
    const hooks = option(call, option(call, layer, 'hooks'), name);
    if (hooks.kind !== 'array') return isUndefined(hooks) ? [] : [hooks];
    return hooks.open ? [...hooks.items, { kind: 'unknown', gap: hooks.open } as const] : hooks.items;
  });
}
