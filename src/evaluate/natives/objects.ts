import { spread } from '../evaluator.ts';
import {
  choice,
  type Entry,
  gapOf,
  isNullish,
  joinObjects,
  literalText,
  object,
  text,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts';
import { knownOf } from './known.ts';
import { fromEntries, listOf, pairsOf } from './lists.ts';
import type { Library, Method } from './natives.ts';

const same: Method = (_, self) => self;

/** Whether an object has a key, where the code tells. */
export function hasKey(container: Value, key: Value | undefined): boolean | undefined {
  const name = key && literalText(key);
  if (name === undefined) return undefined;
  if (container.kind === 'array')
    return container.open || !/^\d+$/.test(name) ? undefined : Number(name) < container.items.length;
  if (container.kind !== 'object') return undefined;
  const entry = container.entries.get(name);
  if (entry) return entry.always ? true : undefined;
  return container.open ? undefined : false;
}

function truth(holds: boolean | undefined): Value | undefined {
  return holds === undefined ? undefined : { kind: 'primitive', value: holds };
}

const has: Method = (_, self, [key]) => truth(hasKey(self, key));

/** Objects, maps and JSON. */
export const objects: Library = {
  changes: { '#Object.defineProperty': (_, args) => defined(args) },
  types: {
    Object: {
      methods: { hasOwnProperty: has, valueOf: same },
    },
    Map: {
      methods: {
        get: (_, self, [key]) => {
          const name = key && literalText(key);
          if (self.kind !== 'object') return undefined;
          const entries = [...self.entries.values()];
          if (name === undefined)
            return self.open || entries.length === 0
              ? undefined
              : choice(entries.map((entry) => entry.value));
          const entry = self.entries.get(name);
          if (entry?.always) return entry.value;
          if (entry) return choice([entry.value, UNDEFINED]);
          return self.open ? undefined : UNDEFINED;
        },
        has,
        entries: (_, self) => (self.kind === 'object' ? pairsOf(self) : undefined),
        keys: (_, self) => (self.kind === 'object' ? listOf(self, (name) => text(name)) : undefined),
        values: (_, self) =>
          self.kind === 'object' ? listOf(self, (_name, entry) => entry.value) : undefined,
      },
      mutators: {
        set: (_, self, [key, value]) => {
          const name = key && literalText(key);
          if (self.kind !== 'object' || !value) return undefined;
          if (name === undefined) return { ...self, open: gapOf(key ?? UNDEFINED) };
          return { ...self, entries: new Map([...self.entries, [name, { value, always: true }]]) };
        },
        delete: (_, self, [key]) => {
          const name = key && literalText(key);
          if (self.kind !== 'object') return undefined;
          if (name === undefined) return { ...self, entries: sometimes(self.entries) };
          return { ...self, entries: new Map([...self.entries].filter(([each]) => each !== name)) };
        },
        clear: (_, self) => (self.kind === 'object' ? object([], { type: 'Map' }) : undefined),
      },
      get: (self, name) =>
        name === 'size' && !self.open && [...self.entries.values()].every((entry) => entry.always)
          ? { kind: 'primitive', value: self.entries.size }
          : undefined,
    },
    JSON: { methods: { toString: same } },
  },
  constructors: {
    '#Map': (_, [pairs]) => fromEntries(pairs, 'Map'),
  },
  calls: {
    '#Object.assign': (_, [target, ...sources]) => {
      if (!target) return UNDEFINED;
      const base = target.kind === 'choice' ? joinObjects(target.options) : target;
      if (base.kind !== 'object')
        return base.kind === 'instance' ? base : { kind: 'object', entries: new Map(), open: gapOf(base) };
      const entries = new Map(base.entries);
      let open = base.open;
      for (const source of sources) open = spread(entries, source) ?? open;
      return { ...base, entries, open };
    },
    '#Object.freeze': (_, [value]) => value,
    '#Object.seal': (_, [value]) => value,
    '#Object.preventExtensions': (_, [value]) => value,
    '#structuredClone': (_, [value]) => value,
    // What is inherited is read like one's own, but is not sent: only an empty prototype is sure to be neither.
    '#Object.create': (_, [value]) =>
      value && isNullish(value)
        ? object()
        : value?.kind === 'object'
          ? object([], { open: gapOf(value) })
          : undefined,
    '#Object.defineProperty': (_, args) => defined(args),
    '#Object.entries': (_, [value]) =>
      listed(value, (name, entry) => ({ kind: 'array', items: [text(name), entry.value] })),
    '#Object.keys': (_, [value]) => listed(value, (name) => text(name)),
    '#Object.getOwnPropertyNames': (_, [value]) => listed(value, (name) => text(name)),
    '#Reflect.ownKeys': (_, [value]) => listed(value, (name) => text(name)),
    '#Object.values': (_, [value]) => listed(value, (_name, entry) => entry.value),
    '#Object.fromEntries': (_, [pairs]) => fromEntries(pairs, undefined),
    '#Object.hasOwn': (_, [value, key]) => value && truth(hasKey(value, key)),
    '#Object.prototype.hasOwnProperty.call': (_, [value, key]) => value && truth(hasKey(value, key)),
    '#Reflect.has': (_, [value, key]) => value && truth(hasKey(value, key)),
    '#JSON.stringify': (_, [value]) => stringified(value),
    '#JSON.parse': (evaluator, [value, reviver], { node }) => {
      if (!value || reviver) return undefined;
      if (value.kind === 'object' && value.type === 'JSON') return { ...value, type: undefined };
      const literal = literalText(value);
      if (literal === undefined || !evaluator.tick()) return undefined;
      try {
        return parsed(JSON.parse(literal));
      } catch {
        return unknown('JSON text that does not parse', 'json', { node });
      }
    },
  },
};

function listed(value: Value | undefined, item: (name: string, entry: Entry) => Value): Value | undefined {
  if (value?.kind === 'array')
    return {
      ...value,
      items: value.items.map((each, index) => item(String(index), { value: each, always: true })),
    };
  // The fields of `URL` and its like are no properties of their own.
  return value?.kind === 'object' && (!value.type || value.type === 'URLSearchParams')
    ? listOf(value, item)
    : undefined;
}

function sometimes(entries: ReadonlyMap<string, Entry>): Map<string, Entry> {
  return new Map([...entries].map(([name, entry]) => [name, { ...entry, always: false }]));
}

/** The object with what `Object.defineProperty(object, key, { value })` puts there. */
export function defined([target, key, descriptor]: readonly Value[]): Value | undefined {
  if (target?.kind !== 'object') return target;
  const name = key && literalText(key);
  if (name === undefined) return { ...target, open: gapOf(key ?? UNDEFINED) };
  const value = descriptor?.kind === 'object' ? descriptor.entries.get('value')?.value : undefined;
  const entry: Entry = {
    value: value ?? unknown('a property that is defined by a function', name),
    always: true,
  };
  return { ...target, entries: new Map([...target.entries, [name, entry]]) };
}

/** An object that was made to JSON is kept as it was, for bodies are read; what is no object is its text. */
function stringified(value: Value | undefined): Value | undefined {
  if (value?.kind === 'object' && !value.type) return { ...value, type: 'JSON' };
  const known = value && value.kind !== 'array' ? knownOf(value) : undefined;
  if (known && known.is !== undefined) return text(JSON.stringify(known.is), value?.trace);
  return value && unknown('JSON text', 'json', { names: gapOf(value).names });
}

/** What a JSON text holds. */
export function parsed(json: unknown): Value {
  if (typeof json === 'string') return text(json);
  if (Array.isArray(json)) return { kind: 'array', items: json.map(parsed) };
  if (typeof json === 'number' || typeof json === 'boolean' || json === null)
    return { kind: 'primitive', value: json };
  if (typeof json !== 'object') return UNDEFINED;
  return object(Object.entries(json).map(([name, value]) => [name, { value: parsed(value), always: true }]));
}
