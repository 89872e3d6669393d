import { call } from '../calls.ts';
import { spread } from '../evaluator.ts';
import {
  choice,
  type Entry,
  gapOf,
  isNullish,
  joinObjects,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  text,
  truthiness,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts';
import { computed } from './known.ts';
import { fromEntries, pairsOf } from './lists.ts';
import type { Call, Library } from './natives.ts';
import { hasKey } from './objects.ts';

/** Packages that put objects together, take them apart and read what is deep in them. */

/** How a package lays one object over another. */
interface Manner {
  /** What stands under a value that is `undefined`: it stays, it is replaced, or it is not known which. */
  readonly undefined: 'keeps' | 'replaces' | 'unsure';
  /** Two lists of a name; absent: what becomes of them is not known. */
  readonly lists?: 'joined' | 'by index';
  /** Objects in it are replaced, not merged. */
  readonly flat?: true;
}

/** As lodash documents it. */
const MERGE: Manner = { undefined: 'keeps', lists: 'by index' };
/** extend 3.0 and deepmerge 4.3, which the tests run. */
const EXTEND: Manner = { undefined: 'keeps', lists: 'by index' };
const DEEPMERGE: Manner = { undefined: 'replaces', lists: 'joined' };
/** Packages that nobody read: they merge plain objects, and that is all that is said of them. */
const UNREAD: Manner = { undefined: 'unsure' };

const merging =
  (manner: Manner): Call =>
  (_, [target, ...sources]) =>
    target && sources.reduce((under, over) => merged(under, over, manner), target);

/** The same into a new object. */
const mergedAll = (values: readonly Value[], manner: Manner): Value =>
  values.reduce((under, over) => merged(under, over, manner), object());

const assign: Call = (_, [target, ...sources]) => assigned(target, sources);
const merge = merging(MERGE);
const defaults: Call = (_, [target, ...sources]) =>
  target && sources.reduce((held, each) => filled(held, each, false), target);
const defaultsDeep: Call = (_, [target, ...sources]) =>
  target && sources.reduce((held, each) => filled(held, each, true), target);
/** `extend(true, target, …)` goes deep. What is `undefined` replaces nothing, in either. */
const extend: Call = (evaluator, [first, ...rest], site) => {
  const says = first?.kind === 'primitive' && typeof first.value === 'boolean';
  const manner: Manner = says && first.value ? EXTEND : { ...EXTEND, flat: true };
  return merging(manner)(evaluator, first && !says ? [first, ...rest] : rest, site);
};
const same: Call = (_, [value]) => value;

/** Functions of lodash, which also come one by one. */
const LODASH: Readonly<Record<string, Call>> = {
  assign,
  assignIn: assign,
  extend: assign,
  merge,
  defaults,
  defaultsDeep,
  clone: same,
  cloneDeep: same,
  identity: same,
  once: same,
  memoize: same,
  throttle: same,
  debounce: same,
  partial: (_, [fn, ...args]) =>
    fn?.kind === 'function' && !args.some(isPlaceholder)
      ? { ...fn, bound: [...(fn.bound ?? []), ...args] }
      : undefined,
  get: (_, [container, path, fallback]) => dug(container, path, fallback),
  set: (_, [container, path, value]) => planted(container, path, value),
  has: (_, [container, key]) => {
    const holds = container && hasKey(container, key);
    return holds === undefined ? undefined : { kind: 'primitive', value: holds };
  },
  pick: (_, [container, ...names]) => selected(container, names, true),
  omit: (_, [container, ...names]) => selected(container, names, false),
  pickBy: (evaluator, [container, test], site) =>
    tested(container, test, true, (fn, args) => call(evaluator, fn, args, undefined, site.node, site.frame)),
  omitBy: (evaluator, [container, test], site) =>
    tested(container, test, false, (fn, args) => call(evaluator, fn, args, undefined, site.node, site.frame)),
  isEmpty: (_, [value]) => truth(value && isEmpty(value)),
  isNil: (_, [value]) =>
    truth(value && (value.kind === 'unknown' || value.kind === 'choice' ? undefined : isNullish(value))),
  isUndefined: (_, [value]) =>
    truth(
      value &&
        (value.kind === 'unknown' || value.kind === 'choice'
          ? undefined
          : value.kind === 'primitive' && value.value === undefined),
    ),
  isString: (_, [value]) =>
    truth(
      value &&
        (value.kind === 'unknown' || value.kind === 'choice' || value.kind === 'external'
          ? undefined
          : value.kind === 'text'),
    ),
  toPairs: (_, [value]) => (value?.kind === 'object' && !value.type ? pairsOf(value) : undefined),
  fromPairs: (_, [pairs]) => fromEntries(pairs, undefined),
  trim: (_, [value]) => value && (computed([value], (it) => String(it).trim(), value) ?? value),
};

/** `_.partial(send, _, '/users')`: the package stands for what the call gives. */
function isPlaceholder(value: Value): boolean {
  return (
    value.kind === 'external' &&
    (value.path.join('.') === '_' || (value.path.length === 0 && value.module.startsWith('lodash')))
  );
}

/** A package's function under each of the names that it is imported by. */
function everyName(functions: Readonly<Record<string, Call>>): Record<string, Call> {
  const keys: Record<string, Call> = {};
  for (const [name, fn] of Object.entries(functions)) {
    for (const key of [`lodash#${name}`, `lodash-es#${name}`, `lodash/${name}#`, `lodash-es/${name}#`])
      keys[key] = fn;
    keys[`lodash.${name.toLowerCase()}#`] = fn;
    keys[`#_.${name}`] = fn;
  }
  return keys;
}

const CHANGING = ['assign', 'assignIn', 'extend', 'merge', 'defaults', 'defaultsDeep', 'set'];

export const packages: Library = {
  calls: {
    ...everyName(LODASH),
    // Options may say how lists are merged.
    'deepmerge#': (_, [a, b, options]) =>
      a && b && merged(a, b, options ? { undefined: 'replaces' } : DEEPMERGE),
    'deepmerge#all': (_, [list, options]) =>
      list?.kind === 'array' && !list.open
        ? mergedAll(list.items, options ? { undefined: 'replaces' } : DEEPMERGE)
        : undefined,
    'ts-deepmerge#merge': (_, all) => mergedAll(all, UNREAD),
    'merge#': (_, all) => all.reduce((held, each) => assigned(held, [each]) ?? held, object()),
    'merge#recursive': (_, all) => mergedAll(all, UNREAD),
    'deep-extend#': merging(UNREAD),
    'merge-deep#': (_, all) => mergedAll(all, UNREAD),
    'defu#': (_, all) => all.reduce((held, each) => filled(held, each, true), object()),
    'defu#defu': (_, all) => all.reduce((held, each) => filled(held, each, true), object()),
    'object-assign#': assign,
    'extend#': extend,
    'xtend#': (_, all) => assigned(object(), all),
    'klona#klona': same,
    'p-memoize#': same,
    'mem#': same,
  },
  constructors: {
    // bottleneck 2, as its readme documents it: `wrap` answers a function with the arguments of the one it is given.
    'bottleneck#': () => object([], { type: 'Bottleneck' }),
    'bottleneck#Bottleneck': () => object([], { type: 'Bottleneck' }),
  },
  types: {
    Bottleneck: { methods: { wrap: (_, __, [fn]) => fn } },
  },
  changes: {
    '#Object.assign': assign,
    'object-assign#': assign,
    'extend#': extend,
    'jquery#extend': extend,
    '#$.extend': extend,
    'deep-extend#': merging(UNREAD),
    ...everyName(
      Object.fromEntries(CHANGING.flatMap((name) => (LODASH[name] ? [[name, LODASH[name]]] : []))),
    ),
  },
};

function truth(holds: boolean | undefined): Value | undefined {
  return holds === undefined ? undefined : { kind: 'primitive', value: holds };
}

/** Whatever is merged into, as one object; undefined is an empty one. */
function holder(value: Value): ObjectValue {
  if (value.kind === 'object') return value;
  if (value.kind === 'choice') return joinObjects(value.options);
  return value.kind === 'primitive' ? object() : object([], { open: gapOf(value) });
}

/** `Object.assign(target, …sources)`. */
function assigned(target: Value | undefined, sources: readonly Value[]): Value | undefined {
  if (!target || target.kind === 'instance') return target;
  const base = holder(target);
  const entries = new Map(base.entries);
  let open = base.open;
  for (const source of sources) open = spread(entries, source) ?? open;
  return { ...base, entries, open };
}

/** Lays one object over another, and the objects in it likewise. */
function merged(under: Value, over: Value, manner: Manner): Value {
  if (over.kind === 'primitive' || over.kind === 'text') return under;
  const base = holder(under);
  const { entries: added, open } = holder(over);
  const entries = new Map(base.entries);
  // What is not known may replace any of them.
  if (open) spread(entries, object([], { open }));
  for (const [name, entry] of added) entries.set(name, mergedEntry(entries.get(name), entry, name, manner));
  return { ...base, entries, open: base.open ?? open };
}

function mergedEntry(earlier: Entry | undefined, entry: Entry, name: string, manner: Manner): Entry {
  if (!earlier) return entry;
  const both = manner.flat ? undefined : mergedValues(earlier.value, entry.value, name, manner);
  if (both)
    return {
      value: entry.always ? both : choice([earlier.value, both]),
      always: earlier.always || entry.always,
    };
  if (manner.undefined === 'replaces') return overEntry(earlier, entry);
  const options = optionsOf(entry.value);
  const given = options.filter((option) => !isUndefined(option));
  if (entry.always && given.length === options.length) return entry;
  return manner.undefined === 'keeps'
    ? { value: choice([earlier.value, ...given]), always: earlier.always }
    : { value: choice([earlier.value, ...options]), always: earlier.always };
}

function overEntry(earlier: Entry, entry: Entry): Entry {
  return entry.always ? entry : { value: choice([earlier.value, entry.value]), always: earlier.always };
}

/** Two objects or two lists as one; undefined where one stands for the other. */
function mergedValues(under: Value, over: Value, name: string, manner: Manner): Value | undefined {
  if (isPlain(under) && isPlain(over)) return merged(under, over, manner);
  if (under.kind !== 'array' || over.kind !== 'array') return undefined;
  if (!manner.lists || under.open || over.open) return unknown(`lists of ${name} that are merged`, name);
  if (manner.lists === 'joined') return { ...over, items: [...under.items, ...over.items] };
  const laid = over.items.map((item, index) => {
    const below = under.items[index];
    if (!below) return item;
    return mergedValues(below, item, name, manner) ?? (isUndefined(item) ? below : item);
  });
  return { ...over, items: [...laid, ...under.items.slice(over.items.length)] };
}

/** Fills in what an object does not have. */
function filled(target: Value, source: Value, deep: boolean): Value {
  if (source.kind === 'primitive' || source.kind === 'text') return target;
  const base = holder(target);
  const { entries: added, open } = holder(source);
  const entries = new Map(base.entries);
  for (const [name, entry] of added) {
    const earlier = entries.get(name);
    if (!earlier) {
      // What is not known of the target may bring a value of its own.
      const value = base.open ? choice([entry.value, { kind: 'unknown', gap: base.open }]) : entry.value;
      entries.set(name, { ...entry, value });
    } else if (deep && isPlain(earlier.value) && isPlain(entry.value)) {
      entries.set(name, { ...earlier, value: filled(earlier.value, entry.value, true) });
    } else if (deep && earlier.value.kind === 'array' && entry.value.kind === 'array') {
      // defu joins them, lodash goes by index: neither was run.
      entries.set(name, { ...earlier, value: unknown(`lists of ${name} that are merged`, name) });
    } else {
      const given = optionsOf(earlier.value).filter((option) => !isUndefined(option));
      if (earlier.always && given.length === optionsOf(earlier.value).length) continue;
      entries.set(name, { value: choice([...given, entry.value]), always: earlier.always || entry.always });
    }
  }
  return { ...base, entries, open: base.open ?? open };
}

function isPlain(value: Value): boolean {
  return value.kind === 'object' && value.type === undefined;
}

function isUndefined(value: Value): boolean {
  return value.kind === 'primitive' && value.value === undefined;
}

// ------------------------------------------------------------------ paths into objects

/** The steps of `a.b[0].c`, of `['a', 'b']`. */
function stepsOf(path: Value | undefined): string[] | undefined {
  if (path?.kind === 'array') {
    const steps = path.items.map(literalText);
    return path.open ? undefined : steps.every((step) => step !== undefined) ? steps : undefined;
  }
  return (
    path &&
    literalText(path)
      ?.split(/[.[\]]+/)
      .filter((step) => step !== '')
  );
}

function dug(
  container: Value | undefined,
  path: Value | undefined,
  fallback: Value | undefined,
): Value | undefined {
  const steps = stepsOf(path);
  if (!container || !steps) return undefined;
  let value: Value = container;
  for (const step of steps) {
    const held: Value | undefined = stepInto(value, step);
    if (!held) return undefined;
    value = held;
  }
  return fallback && optionsOf(value).some(isUndefined)
    ? choice([...optionsOf(value).filter((option) => !isUndefined(option)), fallback])
    : value;
}

function stepInto(value: Value, step: string): Value | undefined {
  if (value.kind === 'choice') {
    const held = value.options.map((option) => stepInto(option, step));
    return held.every((each) => each !== undefined) ? choice(held) : undefined;
  }
  if (value.kind === 'primitive') return UNDEFINED;
  if (value.kind === 'array') return value.open ? undefined : (value.items[Number(step)] ?? UNDEFINED);
  if (value.kind === 'unknown')
    return unknown(value.gap.reason, step, { ...value.gap, name: step, names: [step, ...value.gap.names] });
  if (value.kind !== 'object') return undefined;
  const entry = value.entries.get(step);
  if (!entry) return value.open ? unknown(value.open.reason, step, { names: [step] }) : UNDEFINED;
  return entry.always ? entry.value : choice([entry.value, UNDEFINED]);
}

function planted(
  container: Value | undefined,
  path: Value | undefined,
  value: Value | undefined,
): Value | undefined {
  const steps = stepsOf(path);
  if (container?.kind !== 'object') return container;
  if (!steps) return { ...container, open: container.open ?? gapOf(path ?? UNDEFINED) };
  const put = (into: Value, [step, ...rest]: readonly string[]): Value => {
    if (step === undefined) return value ?? UNDEFINED;
    const held = holder(into);
    const next = put(held.entries.get(step)?.value ?? UNDEFINED, rest);
    return { ...held, entries: new Map([...held.entries, [step, { value: next, always: true }]]) };
  };
  return put(container, steps);
}

// ------------------------------------------------------------------ parts of objects

/** `pick(container, ['a', 'b'])`, `omit(container, 'a', 'b')`. */
function selected(container: Value | undefined, given: readonly Value[], keep: boolean): Value | undefined {
  if (!container) return undefined;
  const names = given
    .flatMap((each) => (each.kind === 'array' && !each.open ? each.items : [each]))
    .map(literalText);
  const base = holder(container);
  if (!names.every((name) => name !== undefined))
    return {
      ...base,
      entries: new Map([...base.entries].map(([name, entry]) => [name, { ...entry, always: false }])),
    };
  const entries = [...base.entries].filter(([name]) => names.includes(name) === keep);
  return { ...base, entries: new Map(entries) };
}

function tested(
  container: Value | undefined,
  test: Value | undefined,
  keep: boolean,
  ask: (fn: Value, args: readonly Value[]) => Value,
): Value | undefined {
  if (!container) return undefined;
  const base = holder(container);
  const entries = [...base.entries].flatMap(([name, entry]): [string, Entry][] => {
    const holds = test ? truthiness(ask(test, [entry.value, text(name)])) : truthiness(entry.value);
    if (holds === undefined) return [[name, { ...entry, always: false }]];
    return holds === keep ? [[name, entry]] : [];
  });
  return { ...base, entries: new Map(entries) };
}

function isEmpty(value: Value): boolean | undefined {
  if (value.kind === 'object') {
    if ([...value.entries.values()].some((entry) => entry.always)) return false;
    return value.entries.size === 0 && !value.open ? true : undefined;
  }
  if (value.kind === 'array')
    return value.items.length > 0 && !value.open ? false : value.open ? undefined : true;
  if (value.kind === 'text') {
    const full = truthiness(value);
    return full === undefined ? undefined : !full;
  }
  return value.kind === 'primitive' ? true : undefined;
}
