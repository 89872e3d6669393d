import { call } from '../calls.ts';
import type { Evaluator } from '../evaluator.ts';
import {
  type ArrayValue,
  choice,
  gapOf,
  join,
  literalText,
  object,
  toText,
  truthiness,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts';
import { numberOf } from './known.ts';
import { isEndless, iterated, joinLists, variantsOf, withSometimes } from './lists.ts';
import type { Library, Method, Site } from './natives.ts';

/** Longer lists that code makes by counting are data. */
const MAX_LENGTH = 100;

type ListMethod = (
  list: ArrayValue,
  args: readonly Value[],
  run: (fn: Value, args: readonly Value[]) => Value,
) => Value | undefined;

/** A method of a list, with a way to run a callback. */
function onList(apply: ListMethod): Method {
  return (evaluator: Evaluator, self: Value, args: readonly Value[], site: Site) =>
    self.kind === 'array'
      ? apply(self, args, (fn, given) => call(evaluator, fn, given, undefined, site.node, site.frame))
      : undefined;
}

/** One that needs every item in its place. */
function onComplete(apply: ListMethod): Method {
  return onList((list, args, run) => (list.open ? undefined : apply(list, args, run)));
}

/** What a callback gets for an item. */
function itemArguments(list: ArrayValue, index: number): Value[] {
  const item = list.items[index] ?? UNDEFINED;
  // Behind an item that may lack, the places are not known.
  const place: Value = list.open
    ? unknown('a place in a list', 'index')
    : { kind: 'primitive', value: index };
  return [item, place, list];
}

const printed: Method = (_, self) => toText(self);

const indexed = onList((list) => ({
  ...list,
  items: list.items.map((item, index) => ({
    kind: 'array',
    items: [{ kind: 'primitive', value: index }, item],
  })),
}));

/** What only a condition of the project's code tells of each item: true, false or undefined. */
function verdicts(
  list: ArrayValue,
  fn: Value | undefined,
  run: (fn: Value, args: readonly Value[]) => Value,
): readonly (boolean | undefined)[] {
  return list.items.map((item, index) => {
    if (fn?.kind === 'external' && fn.path[0] === 'Boolean') return truthiness(item);
    return fn ? truthiness(run(fn, itemArguments(list, index))) : undefined;
  });
}

/** Lists and sets. */
export const arrays: Library = {
  types: {
    Array: {
      methods: {
        join: onList((list, [separator]) => {
          const by = separator ? literalText(separator) : ',';
          const variants = by === undefined ? undefined : variantsOf(list);
          if (!variants || by === undefined) return undefined;
          return choice(variants.map((items) => join(items, by)));
        }),
        toString: printed,
        concat: onList((list, args) => joinLists([list, ...args])),
        slice: onList((list, [from, to]) => {
          const [a, b] = [numberOf(from), numberOf(to)];
          if (!from) return list;
          if (list.open || a === undefined || (to && b === undefined)) return part(list);
          return { ...list, items: list.items.slice(a, b) };
        }),
        reverse: onList(reversed),
        toReversed: onList(reversed),
        sort: onList(sorted),
        toSorted: onList(sorted),
        flat: onList((list) => joinLists(list.items)),
        filter: onList((list, [fn], run) => {
          const answers = verdicts(list, fn, run);
          const kept = list.items.flatMap((item, index) =>
            answers[index] === false
              ? []
              : [{ item, always: answers[index] === true && !list.sometimes?.has(index) }],
          );
          const sometimes = new Set(kept.flatMap(({ always }, index) => (always ? [] : [index])));
          const items = kept.map(({ item }) => item);
          // What may be in it besides its items may be there still.
          if (isEndless(list)) return { ...list, items };
          return withSometimes(
            { ...list, items, open: undefined, sometimes: undefined },
            sometimes,
            'a filter that depends on what is not known',
          );
        }),
        map: onList(
          (list, [fn], run) =>
            fn && {
              ...list,
              items: list.items.map((_, index) => run(fn, itemArguments(list, index))),
            },
        ),
        flatMap: onList((list, [fn], run) => {
          if (!fn) return undefined;
          const joined = joinLists(list.items.map((_, index) => run(fn, itemArguments(list, index))));
          return list.open ? { ...joined, open: list.open, sometimes: undefined } : joined;
        }),
        reduce: onComplete((list, [fn, initial], run) => folded(list, fn, initial, run)),
        reduceRight: onComplete((list, [fn, initial], run) => {
          const turned = { ...list, items: list.items.toReversed() };
          return folded(turned, fn, initial, run);
        }),
        find: onList((list, [fn], run) =>
          firstOf(list, verdicts(list, fn, run), (index) => list.items[index]),
        ),
        findLast: onComplete((list, [fn], run) => {
          const turned = { ...list, items: list.items.toReversed() };
          return firstOf(turned, verdicts(turned, fn, run), (index) => turned.items[index]);
        }),
        findIndex: onComplete((list, [fn], run) => {
          const answers = verdicts(list, fn, run);
          if (answers.includes(undefined)) return undefined;
          return { kind: 'primitive', value: answers.indexOf(true) };
        }),
        some: onList((list, [fn], run) => {
          const answers = verdicts(list, fn, run);
          if (answers.some((each, index) => each === true && !list.sometimes?.has(index)))
            return { kind: 'primitive', value: true };
          return isEndless(list) || answers.some((each) => each !== false)
            ? undefined
            : { kind: 'primitive', value: false };
        }),
        every: onList((list, [fn], run) => {
          const answers = verdicts(list, fn, run);
          if (answers.some((each, index) => each === false && !list.sometimes?.has(index)))
            return { kind: 'primitive', value: false };
          return isEndless(list) || answers.some((each) => each !== true)
            ? undefined
            : { kind: 'primitive', value: true };
        }),
        at: onComplete((list, [index]) => {
          const place = numberOf(index);
          return place === undefined ? undefined : (list.items.at(place) ?? UNDEFINED);
        }),
        pop: onComplete((list) => list.items.at(-1) ?? UNDEFINED),
        shift: onComplete((list) => list.items[0] ?? UNDEFINED),
        push: onComplete((list, args) => ({ kind: 'primitive', value: list.items.length + args.length })),
        splice: onComplete((list, [from, count]) => {
          const [a, b] = [numberOf(from), numberOf(count)];
          if (a === undefined || (count && b === undefined)) return undefined;
          return { kind: 'array', items: [...list.items].splice(a, b ?? list.items.length) };
        }),
        includes: onList((list, [needle]) => {
          const found = placeIn(list, needle);
          return found === undefined ? undefined : { kind: 'primitive', value: found >= 0 };
        }),
        indexOf: onComplete((list, [needle]) => {
          const found = placeIn(list, needle);
          return found === undefined ? undefined : { kind: 'primitive', value: found };
        }),
        entries: indexed,
        keys: onList((list) => ({
          ...list,
          items: list.items.map((_, index) => ({ kind: 'primitive', value: index })),
        })),
        values: onList((list) => list),
        fill: onComplete((list, [value]) => ({ ...list, items: list.items.map(() => value ?? UNDEFINED) })),
      },
      mutators: {
        push: (_, self, args) => (self.kind === 'array' ? added(self, args) : undefined),
        unshift: (_, self, args) =>
          self.kind === 'array' ? joinLists([{ kind: 'array', items: args }, self]) : undefined,
        pop: (_, self) => (self.kind === 'array' ? without(self, -1) : undefined),
        shift: (_, self) => (self.kind === 'array' ? without(self, 0) : undefined),
        splice: (_, self, [from, count, ...more]) => {
          if (self.kind !== 'array') return undefined;
          const [a, b] = [numberOf(from), numberOf(count)];
          if (self.open || a === undefined || (count && b === undefined)) return part(self);
          return { ...self, items: self.items.toSpliced(a, b ?? self.items.length, ...more) };
        },
        reverse: (_, self) => (self.kind === 'array' ? reversed(self) : undefined),
        sort: (_, self, args) => (self.kind === 'array' ? sorted(self, args) : undefined),
        fill: (_, self, [value]) =>
          self.kind === 'array' ? { ...self, items: self.items.map(() => value ?? UNDEFINED) } : undefined,
      },
    },
    Set: {
      methods: {
        has: (_, self, [item]) => {
          const items = iterated(self);
          const found = items && placeIn(items, item);
          return found === undefined ? undefined : { kind: 'primitive', value: found >= 0 };
        },
        values: (_, self) => iterated(self),
        keys: (_, self) => iterated(self),
      },
      mutators: {
        add: (_, self, args) => {
          const items = iterated(self);
          return items && setOf(added(items, args));
        },
        delete: (_, self, [item]) => {
          const items = iterated(self);
          const at = items && placeIn(items, item);
          if (!items || at === undefined || items.open) return items && setOf(part(items));
          return at < 0 ? self : setOf({ ...items, items: items.items.toSpliced(at, 1) });
        },
        clear: () => setOf({ kind: 'array', items: [] }),
      },
      get: (self, name) => {
        const items = iterated(self);
        return name === 'size' && items && !items.open
          ? { kind: 'primitive', value: items.items.length }
          : undefined;
      },
    },
  },
  constructors: {
    '#Array': (_, args) => arrayOf(args),
    '#Set': (_, [items]) => {
      if (!items || items.kind === 'primitive') return setOf({ kind: 'array', items: [] });
      const list = iterated(items);
      return list && setOf(list);
    },
  },
  calls: {
    '#Array': (_, args) => arrayOf(args),
    '#Array.of': (_, items) => ({ kind: 'array', items }),
    '#Array.from': (evaluator, [source, fn], site) => {
      const list = source && listFrom(source);
      if (!list)
        return source && unknown('a list made of what is not known', 'list', { names: gapOf(source).names });
      if (!fn) return list;
      const items = list.items.map((_, index) =>
        call(evaluator, fn, itemArguments(list, index), undefined, site.node, site.frame),
      );
      return { ...list, items };
    },
    '#Array.isArray': (_, [value]) => {
      if (value?.kind === 'array') return { kind: 'primitive', value: true };
      return value && ['object', 'text', 'primitive', 'function', 'class', 'instance'].includes(value.kind)
        ? { kind: 'primitive', value: false }
        : undefined;
    },
  },
};

function setOf(list: ArrayValue): Value {
  const seen = new Set<string>();
  const items = list.items.filter((item) => {
    const known = literalText(item);
    if (known === undefined || list.open) return true;
    return seen.has(known) ? false : seen.add(known);
  });
  return object([['items', { value: { ...list, items }, always: true }]], { type: 'Set' });
}

function arrayOf(args: readonly Value[]): Value | undefined {
  const length = args.length === 1 ? numberOf(args[0]) : undefined;
  if (length === undefined)
    return args.length === 1 && args[0]?.kind === 'unknown' ? undefined : { kind: 'array', items: args };
  return length <= MAX_LENGTH ? { kind: 'array', items: Array.from({ length }, () => UNDEFINED) } : undefined;
}

/** `Array.from(iterable)`, `Array.from({ length: 3 })`. */
function listFrom(source: Value): ArrayValue | undefined {
  const list = iterated(source);
  if (list || source.kind !== 'object') return list;
  const length = numberOf(source.entries.get('length')?.value);
  return length !== undefined && length <= MAX_LENGTH
    ? { kind: 'array', items: Array.from({ length }, () => UNDEFINED) }
    : undefined;
}

function added(list: ArrayValue, items: readonly Value[]): ArrayValue {
  return joinLists([list, { kind: 'array', items }]);
}

/** A list of which the code does not tell what is left. */
function part(list: ArrayValue): ArrayValue {
  return {
    ...list,
    open: list.open ?? { reason: 'a part of a list', name: 'list', names: [] },
    sometimes: undefined,
  };
}

function without(list: ArrayValue, index: 0 | -1): ArrayValue {
  if (list.open) return part(list);
  return { ...list, items: index === 0 ? list.items.slice(1) : list.items.slice(0, -1) };
}

function reversed(list: ArrayValue): ArrayValue {
  const last = list.items.length - 1;
  return {
    ...list,
    items: list.items.toReversed(),
    sometimes: list.sometimes && new Set([...list.sometimes].map((index) => last - index)),
  };
}

/** Texts in their order. What is made of other items seldom depends on it: pairs become an object. */
function sorted(list: ArrayValue, [comparator]: readonly Value[]): ArrayValue {
  if (list.items.length < 2) return list;
  const known = list.items.map(literalText);
  if (!comparator && !list.open && known.every((each) => each !== undefined))
    return { ...list, items: list.items.toSorted((a, b) => compare(literalText(a), literalText(b))) };
  return list.items.every((item) => item.kind === 'array' || item.kind === 'object')
    ? list
    : {
        ...list,
        sometimes: undefined,
        open: list.open ?? { reason: 'a sorted list', name: 'list', names: [] },
      };
}

function compare(a = '', b = ''): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function folded(
  list: ArrayValue,
  fn: Value | undefined,
  initial: Value | undefined,
  run: (fn: Value, args: readonly Value[]) => Value,
): Value | undefined {
  const start = initial ?? list.items[0];
  if (!fn || !start) return undefined;
  return list.items.reduce<Value>(
    (held, _, index) => (index === 0 && !initial ? held : run(fn, [held, ...itemArguments(list, index)])),
    start,
  );
}

/** The first item that passes; those before it that may pass are alternatives. */
function firstOf(
  list: ArrayValue,
  answers: readonly (boolean | undefined)[],
  itemAt: (index: number) => Value | undefined,
): Value | undefined {
  const found: Value[] = [];
  for (const [index, answer] of answers.entries()) {
    const item = itemAt(index);
    if (answer === false || !item) continue;
    found.push(item);
    if (answer === true && !list.sometimes?.has(index)) return choice(found);
  }
  return isEndless(list) ? undefined : choice([...found, UNDEFINED]);
}

/** Where a known item stands; -1 when it is nowhere, undefined when that depends. */
function placeIn(list: ArrayValue, needle: Value | undefined): number | undefined {
  const wanted = needle && literalText(needle);
  if (wanted === undefined) return undefined;
  const known = list.items.map(literalText);
  const at = known.indexOf(wanted);
  if (at >= 0 && !list.sometimes?.has(at) && known.slice(0, at).every((each) => each !== undefined))
    return at;
  return at < 0 && !isEndless(list) && known.every((each) => each !== undefined) ? -1 : undefined;
}
