import {
  type ArrayValue,
  choice,
  type Entry,
  type Gap,
  gapOf,
  isNullish,
  literalText,
  object,
  text,
  type Value,
} from '../value.ts';

/**
 * Lists and what can be walked like one. An item that only some paths have stays in its place and is marked:
 * what is made of the list then has it sometimes.
 */

/** Objects that are walked as pairs of name and value. */
const PAIRS: ReadonlySet<string | undefined> = new Set(['Headers', 'URLSearchParams', 'FormData', 'Map']);

/** What `for…of`, a spread or `Array.from` goes through; undefined for what is no known list. */
export function iterated(value: Value): ArrayValue | undefined {
  if (value.kind === 'array') return value;
  if (value.kind === 'object' && value.type === 'Set') {
    const items = value.entries.get('items')?.value;
    return items?.kind === 'array' ? items : undefined;
  }
  if (value.kind === 'object' && PAIRS.has(value.type)) return pairsOf(value);
  const literal = value.kind === 'text' ? literalText(value) : undefined;
  return literal === undefined || literal.length > 100
    ? undefined
    : { kind: 'array', items: [...literal].map((each) => text(each)) };
}

/** `Object.entries(value)` and its like, by what `item` makes of an entry. */
export function listOf(
  value: Value & { kind: 'object' },
  item: (name: string, entry: Entry) => Value,
): ArrayValue {
  const entries = [...value.entries];
  const sometimes = new Set(entries.flatMap(([, entry], index) => (entry.always ? [] : [index])));
  const items = entries.map(([name, entry]) => item(name, entry));
  return value.open
    ? { kind: 'array', items, open: value.open }
    : withSometimes({ kind: 'array', items }, sometimes, 'an entry that only some paths set');
}

export function pairsOf(value: Value & { kind: 'object' }): ArrayValue {
  return listOf(value, (name, entry) => ({ kind: 'array', items: [text(name), entry.value] }));
}

/** The list with the places marked that only some paths have. */
export function withSometimes(list: ArrayValue, sometimes: ReadonlySet<number>, reason: string): ArrayValue {
  if (list.open && !list.sometimes) return list;
  if (sometimes.size === 0) return { ...list, open: undefined, sometimes: undefined };
  return { ...list, sometimes, open: list.open ?? { reason, name: 'list', names: [] } };
}

/** Whether more may be in the list than its items. */
export function isEndless(list: ArrayValue): boolean {
  return list.open !== undefined && list.sometimes === undefined;
}

/** Items that may all be there or not make as many lists as they have combinations: no more of them than this. */
const MAX_SOMETIMES = 3;

/** The lists that a list with items on some paths only can be; undefined when they are too many. */
export function variantsOf(list: ArrayValue): readonly (readonly Value[])[] | undefined {
  if (!list.open) return [list.items];
  if (!list.sometimes || list.sometimes.size > MAX_SOMETIMES) return undefined;
  let variants: Value[][] = [[]];
  list.items.forEach((item, index) => {
    const added = variants.map((variant) => [...variant, item]);
    variants = list.sometimes?.has(index) ? [...variants, ...added] : added;
  });
  return variants;
}

/** Lists one behind the other; what is no list stands for itself. */
export function joinLists(values: readonly Value[]): ArrayValue {
  const items: Value[] = [];
  const sometimes = new Set<number>();
  let endless: Gap | undefined;
  let reason: Gap | undefined;
  let shiftedFrom: number | undefined;
  for (const value of values) {
    if (endless) shiftedFrom ??= items.length;
    if (value.kind === 'array') {
      for (const index of value.sometimes ?? []) sometimes.add(items.length + index);
      items.push(...value.items);
      if (isEndless(value)) endless ??= value.open;
      else reason ??= value.open;
    } else if (value.kind === 'unknown' || value.kind === 'choice') endless ??= gapOf(value);
    else items.push(value);
  }
  if (endless) return { kind: 'array', items, open: endless, shiftedFrom };
  return sometimes.size > 0 ? { kind: 'array', items, sometimes, open: reason } : { kind: 'array', items };
}

/** Pairs → object; an entry whose key is not known opens it. */
export function fromEntries(pairs: Value | undefined, type: string | undefined): Value {
  if (!pairs || isNullish(pairs)) return object([], { type });
  const list = iterated(pairs);
  if (!list) return object([], { type, open: gapOf(pairs) });
  const entries = new Map<string, Entry>();
  let open = isEndless(list) ? list.open : undefined;
  list.items.forEach((pair, index) => {
    const [key, value] = pair.kind === 'array' ? pair.items : [];
    const name = key && literalText(key);
    const always = !list.sometimes?.has(index);
    const earlier = name === undefined ? undefined : entries.get(name);
    if (name === undefined || !value) open ??= gapOf(key ?? pair);
    else if (always || !earlier) entries.set(name, { value, always });
    else entries.set(name, { value: choice([earlier.value, value]), always: earlier.always });
  });
  return object(entries, { type, open });
}
