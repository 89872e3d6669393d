import { baseOf } from '../syntax/classes.ts';
import type { ts } from '../syntax/ts.ts';
import { asClass, assignedStatic, memberOfClass } from './classes.ts';
import type { Evaluator } from './evaluator.ts';
import { instanceOf, memberOfInstance } from './instances.ts';
import { importedExport } from './names.ts';
import {
  type ArrayValue,
  type ClassValue,
  choice,
  type Entry,
  type ExternalValue,
  each,
  type Frame,
  type FunctionValue,
  type Gap,
  gapOf,
  literalText,
  shared,
  type TextValue,
  text,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';

/** The property of a value; `use` is the place of access, for fields that change. */
export function member(
  evaluator: Evaluator,
  value: Value,
  name: string,
  use: ts.Node,
  frame: Frame | undefined,
): Value {
  switch (value.kind) {
    case 'choice':
      return each(value, (option) =>
        option.kind === 'primitive' ? UNDEFINED : member(evaluator, option, name, use, frame),
      );
    case 'primitive':
      return evaluator.natives.member(evaluator, value, name) ?? UNDEFINED;
    case 'text':
      return (
        characters(value, name) ??
        evaluator.natives.member(evaluator, value, name) ??
        unknownMember(gapOf(value), name)
      );
    case 'unknown':
      return unknownMember(value.gap, name);
    case 'instance':
      return memberOfInstance(evaluator, value, name, use, frame);
    case 'class':
      return memberOfClass(evaluator, value, name, frame);
    case 'module':
      return shared(importedExport(evaluator, value.source, name, use.getSourceFile()));
    case 'external':
      return externalMember(evaluator, value, name);
    case 'object': {
      const entry = value.entries.get(name);
      if (entry) return held(entry, value);
      const native = evaluator.natives.member(evaluator, value, name);
      if (native) return native;
      return value.open ? unknownMember(value.open, name) : UNDEFINED;
    }
    case 'array': {
      const item = /^\d+$/.test(name) ? itemAt(value, Number(name)) : undefined;
      if (item) return item;
      if (name === 'length' && !value.open) return { kind: 'primitive', value: value.items.length };
      return (
        evaluator.natives.member(evaluator, value, name) ??
        (value.open ? unknownMember(value.open, name) : UNDEFINED)
      );
    }
    case 'function': {
      const property = propertyOfFunction(evaluator, value, name);
      if (property) return property;
      return evaluator.natives.member(evaluator, value, name) ?? unknownMember(gapOf(value), name);
    }
    default:
      return evaluator.natives.member(evaluator, value, name) ?? unknownMember(gapOf(value), name);
  }
}

/** `text.length`, `text[0]`. */
function characters(value: TextValue, name: string): Value | undefined {
  const literal = literalText(value);
  if (literal === undefined) return undefined;
  if (name === 'length') return { kind: 'primitive', value: literal.length };
  if (!/^\d+$/.test(name)) return undefined;
  const character = literal[Number(name)];
  return character === undefined ? UNDEFINED : text(character, value.trace);
}

/** Behind an item that only some paths have, any later one may stand in its place. */
function itemAt(
  { items, sometimes, shiftedFrom = items.length }: ArrayValue,
  index: number,
): Value | undefined {
  if (index >= shiftedFrom) return undefined;
  const first = Math.min(...(sometimes ?? []));
  return first <= index ? choice([...items.slice(first), UNDEFINED]) : items[index];
}

/** `send.post = function () { … }`, in the file that declares `send`; what the language gives a constructor. */
function propertyOfFunction(evaluator: Evaluator, fn: FunctionValue, name: string): Value | undefined {
  const assigned = assignedStatic(evaluator, fn.node, name, fn.frame);
  if (assigned) return assigned;
  const cls = name === 'prototype' || name === 'super_' ? asClass(fn) : undefined;
  if (!cls) return undefined;
  return name === 'prototype' ? instanceOf(cls) : superOf(evaluator, cls);
}

/** `Client.super_`, which `util.inherits` sets. */
function superOf(evaluator: Evaluator, cls: ClassValue): Value | undefined {
  const base = baseOf(cls.node);
  return base && evaluator.evaluate(base, cls.frame);
}

function held(entry: Entry, container: Value): Value {
  const value =
    entry.value.kind === 'function' && !entry.value.self ? { ...entry.value, self: container } : entry.value;
  return entry.always ? value : choice([value, UNDEFINED]);
}

function unknownMember(gap: Gap, name: string): Value {
  // `env.API_URL` of a worker, of a copy of `process.env`: something called env holds variables.
  if (gap.name === 'env' && /^[A-Z][A-Z0-9_]+$/.test(name))
    return unknown(gap.reason, name, { ...gap, name, env: name, names: [name, ...gap.names] });
  return unknown(gap.reason, name, { ...gap, name, names: [name, ...gap.names] });
}

/** Objects that hold the environment variables: Node's, Bun's, k6's. */
const ENVIRONMENTS = new Set(['process.env', 'Bun.env', '__ENV']);

function externalMember(evaluator: Evaluator, value: ExternalValue, name: string): Value {
  const path = name === 'default' && value.path.length === 0 ? [] : [...value.path, name];
  if (value.module === '' && ENVIRONMENTS.has(value.path.join('.')))
    return unknown(`environment variable ${name}`, name, { env: name, names: [name] });
  if (['bind', 'call', 'apply'].includes(name) && value.path.length > 0)
    return { kind: 'native', name: `Function.${name}`, self: value };
  const next: ExternalValue = { kind: 'external', module: value.module, path };
  return evaluator.natives.resolve(next) ?? next;
}

/**
 * The value with something set (or, for `undefined`, removed) at a path below it. A key that is not known
 * opens the container.
 */
export function setMember(
  evaluator: Evaluator,
  value: Value,
  path: readonly (string | Gap)[],
  set: Value | undefined,
): Value {
  const [key, ...rest] = path;
  if (key === undefined) return set ?? UNDEFINED;
  if (value.kind === 'choice')
    return choice(value.options.map((option) => setMember(evaluator, option, path, set)));
  if (typeof key !== 'string') return opened(value, { ...key, reason: `a computed name (${key.reason})` });
  if (value.kind === 'array') return withItem(evaluator, value, key, rest, set);
  if (value.kind === 'instance') {
    const overlay = new Map(value.overlay);
    const before =
      rest.length > 0 ? memberOfInstance(evaluator, value, key, undefined, undefined) : UNDEFINED;
    overlay.set(key, { value: setMember(evaluator, before, rest, set), always: true });
    return { ...value, overlay };
  }
  const container = asObject(value);
  if (!container) return value;
  if (rest.length === 0 && container.type) {
    const changed = evaluator.natives.set(evaluator, container, key, set);
    if (changed) return changed;
  }
  const entries = new Map(container.entries);
  if (rest.length > 0) {
    const entry = entries.get(key);
    const before =
      entry?.value ??
      evaluator.natives.member(evaluator, container, key) ??
      (container.open ? unknownMember(container.open, key) : UNDEFINED);
    entries.set(key, { value: setMember(evaluator, before, rest, set), always: entry?.always ?? true });
  } else if (set) entries.set(key, { value: set, always: true });
  else entries.delete(key);
  return { ...container, entries };
}

/** A list with an item replaced or added at its end; anywhere else it is open. */
function withItem(
  evaluator: Evaluator,
  list: ArrayValue,
  key: string,
  rest: readonly (string | Gap)[],
  set: Value | undefined,
): ArrayValue {
  if (key === 'length' && rest.length === 0 && set?.kind === 'primitive' && set.value === 0)
    return { kind: 'array', items: [], trace: list.trace };
  if (!/^\d+$/.test(key)) return list;
  const index = Number(key);
  const before = list.items[index];
  if (set && !list.open && index <= list.items.length) {
    const item = rest.length > 0 && before ? setMember(evaluator, before, rest, set) : set;
    return { ...list, items: list.items.toSpliced(index, 1, item) };
  }
  return {
    ...list,
    sometimes: undefined,
    open: list.open ?? { reason: 'a list with gaps', name: 'list', names: [] },
  };
}

function asObject(value: Value): (Value & { kind: 'object' }) | undefined {
  if (value.kind === 'object') return value;
  if (value.kind === 'unknown')
    return { kind: 'object', entries: new Map(), open: value.gap, trace: value.trace };
  if (value.kind === 'primitive') return { kind: 'object', entries: new Map(), trace: value.trace };
  return undefined;
}

function opened(value: Value, gap: Gap): Value {
  const container = asObject(value);
  return container ? { ...container, open: container.open ?? gap } : value;
}
