import { parseQueryText } from '../url.ts';
import {
  choice,
  concat,
  type Entry,
  type Gap,
  gapOf,
  isNullish,
  joinObjects,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  placeOfText,
  stringifiers,
  text,
  toText,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts';
import { fromEntries, listOf, pairsOf } from './lists.ts';
import type { Library, Method } from './natives.ts';
import { hasKey } from './objects.ts';

/** Objects of names and values that are sent: `URLSearchParams`, `Headers`, `FormData`. */

const asText: Method = (_, self) => toText(self);

/** Reading what a container of names and values holds. */
const reading = (spell: (name: string) => string): Readonly<Record<string, Method>> => ({
  get: (_, self, [key]) => entryOf(self, spelling(key, spell)),
  getAll: (_, self, [key]) => {
    const held = entryOf(self, spelling(key, spell));
    if (!held || held.kind === 'unknown') return undefined;
    return { kind: 'array', items: isNullish(held) ? [] : [held] };
  },
  has: (_, self, [key]) => {
    const name = spelling(key, spell);
    const holds = name === undefined ? undefined : hasKey(self, text(name));
    return holds === undefined ? undefined : { kind: 'primitive', value: holds };
  },
  entries: (_, self) => (self.kind === 'object' ? pairsOf(self) : undefined),
  keys: (_, self) => (self.kind === 'object' ? listOf(self, (name) => text(name)) : undefined),
  values: (_, self) => (self.kind === 'object' ? listOf(self, (_name, entry) => entry.value) : undefined),
});

function spelling(key: Value | undefined, spell: (name: string) => string): string | undefined {
  const name = key && literalText(key);
  return name === undefined ? undefined : spell(name);
}

const asWritten = (name: string) => name;
const lowerCase = (name: string) => name.toLowerCase();

const size = (self: ObjectValue, name: string): Value | undefined =>
  name === 'size' && !self.open && [...self.entries.values()].every((entry) => entry.always)
    ? { kind: 'primitive', value: self.entries.size }
    : undefined;

export const queries: Library = {
  types: {
    URLSearchParams: {
      methods: { ...reading(asWritten), toString: asText },
      mutators: {
        set: (_, self, args) => put(self, args, asWritten),
        append: (_, self, args) => put(self, args, asWritten, (earlier, added) => choice([earlier, added])),
        delete: (_, self, args) => drop(self, args, asWritten),
        sort: (_, self) => self,
      },
      get: size,
    },
    FormData: {
      methods: {
        ...reading(asWritten),
        getHeaders: () => object([['content-type', { value: text('multipart/form-data'), always: true }]]),
      },
      mutators: {
        set: (_, self, args) => put(self, args, asWritten),
        append: (_, self, args) => put(self, args, asWritten, (earlier, added) => choice([earlier, added])),
        delete: (_, self, args) => drop(self, args, asWritten),
      },
    },
    Headers: {
      methods: reading(lowerCase),
      mutators: {
        set: (_, self, args) => put(self, args, lowerCase),
        append: (_, self, args) => put(self, args, lowerCase, listed),
        delete: (_, self, args) => drop(self, args, lowerCase),
      },
    },
  },
  constructors: {
    '#URLSearchParams': (_, [init]) => searchParams(init),
    'url#URLSearchParams': (_, [init]) => searchParams(init),
    '#Headers': (_, [init]) => headersObject(init),
    'node-fetch#Headers': (_, [init]) => headersObject(init),
    'cross-fetch#Headers': (_, [init]) => headersObject(init),
    'undici#Headers': (_, [init]) => headersObject(init),
    '#FormData': () => object([], { type: 'FormData' }),
    'form-data#': () => object([], { type: 'FormData' }),
    'node-fetch#FormData': () => object([], { type: 'FormData' }),
    'undici#FormData': () => object([], { type: 'FormData' }),
  },
};

stringifiers.set('URLSearchParams', (self) =>
  self.entries.size === 0 && !self.open
    ? text('')
    : {
        kind: 'text',
        parts: [{ gap: { reason: 'query parameters', name: 'query', names: [], params: self } }],
      },
);

/** What `new URLSearchParams(init)` holds; `undefined` in a record is the text `undefined`. */
export function searchParams(init: Value | undefined): Value {
  if (!init || init.kind === 'primitive') return object([], { type: 'URLSearchParams' });
  if (init.kind === 'choice')
    return { ...joinObjects(init.options.map(searchParams)), type: 'URLSearchParams' };
  if (init.kind === 'object' && (init.type === undefined || init.type === 'URLSearchParams'))
    return { ...init, type: 'URLSearchParams' };
  if (init.kind === 'object' || init.kind === 'array') return fromEntries(init, 'URLSearchParams');
  if (init.kind === 'text') return parseQueryText(init.parts);
  return object([], { type: 'URLSearchParams', open: gapOf(init) });
}

/** A `Headers` object: names in lower case, two spellings of a name combined. */
export function headersObject(init: Value | undefined): Value {
  if (!init || init.kind === 'primitive') return object([], { type: 'Headers' });
  if (init.kind === 'choice') return { ...joinObjects(init.options.map(headersObject)), type: 'Headers' };
  const pairs = init.kind === 'array' || (init.kind === 'object' && init.type === 'Map');
  const source = pairs ? fromEntries(init, undefined) : init;
  if (source.kind !== 'object') return object([], { type: 'Headers', open: gapOf(source) });
  const entries = new Map<string, Entry>();
  for (const [name, entry] of source.entries) {
    const earlier = entries.get(name.toLowerCase());
    const both = earlier?.always && entry.always;
    entries.set(
      name.toLowerCase(),
      both ? { value: listed(earlier.value, entry.value), always: true } : entry,
    );
  }
  return object(entries, { type: 'Headers', open: source.open });
}

/** Two values under one name are sent as a list. */
function listed(earlier: Value, added: Value): Value {
  return concat([earlier, text(', '), added]);
}

/** The container with a name set; with `joined`, what the name had before is kept. */
function put(
  self: Value,
  [key, value]: readonly Value[],
  spell: (name: string) => string,
  joined?: (earlier: Value, added: Value) => Value,
): Value | undefined {
  if (self.kind !== 'object' || !key) return undefined;
  const options = optionsOf(key);
  let result: ObjectValue = self;
  for (const option of options) {
    const name = literalText(option);
    if (name === undefined) {
      const gap: Gap = { ...gapOf(option), reason: `a computed name (${gapOf(option).reason})` };
      result = { ...result, open: result.open ?? gap };
      continue;
    }
    const earlier = result.entries.get(spell(name));
    const added = value ?? UNDEFINED;
    const after = earlier && joined ? joined(earlier.value, added) : added;
    // One of several names: this one may be set or not. What may have been there before may be alone.
    const certain = options.length === 1;
    const kept = earlier && (!certain || (joined && !earlier.always));
    const entry: Entry = {
      value: kept ? choice([certain ? added : earlier.value, after]) : after,
      always: certain || (earlier?.always ?? false),
      name: certain && !(earlier && joined) ? placeOfText(option) : undefined,
    };
    result = { ...result, entries: new Map([...result.entries, [spell(name), entry]]) };
  }
  return result;
}

function drop(self: Value, [key]: readonly Value[], spell: (name: string) => string): Value | undefined {
  const name = key && literalText(key);
  if (self.kind !== 'object') return undefined;
  // Whichever name it is: each may be gone.
  if (name === undefined)
    return {
      ...self,
      entries: new Map([...self.entries].map(([each, entry]) => [each, { ...entry, always: false }])),
    };
  const entries = new Map(self.entries);
  entries.delete(spell(name));
  return { ...self, entries };
}

function entryOf(self: Value, name: string | undefined): Value | undefined {
  if (self.kind !== 'object' || name === undefined) return undefined;
  const entry = self.entries.get(name);
  if (entry) return entry.always ? entry.value : choice([entry.value, { kind: 'primitive', value: null }]);
  return self.open ? unknown(self.open.reason, name) : { kind: 'primitive', value: null };
}
