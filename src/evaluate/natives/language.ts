import { apply, call, invoked } from '../calls.ts';
import { type Evaluator, spread } from '../evaluator.ts';
import {
  type ArrayValue,
  choice,
  concat,
  type Entry,
  each,
  type Gap,
  gapOf,
  join,
  joinObjects,
  literalText,
  object,
  optionsOf,
  type Part,
  type TextValue,
  text,
  toText,
  truthiness,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts';
import type { Library, Method, Site } from './natives.ts';

const same: Method = (_, self) => self;
const listText: Method = (_, self) => toText(self);
const hasOwn: Method = (_, self, [key]) => {
  const name = key && literalText(key);
  if (self.kind !== 'object' || self.open || name === undefined) return undefined;
  const entry = self.entries.get(name);
  return !entry || entry.always ? { kind: 'primitive', value: entry !== undefined } : undefined;
};

/** Strings, arrays, `Object`, `JSON`, `Promise` and functions: what the language itself brings. */
export const language: Library = {
  types: {
    String: {
      methods: {
        concat: (_, self, args) => concat([self, ...args]),
        toString: same,
        valueOf: same,
        trim: onText(
          (parts) => parts,
          (literal) => literal.trim(),
        ),
        trimEnd: onText(
          (parts) => parts,
          (literal) => literal.trimEnd(),
        ),
        trimStart: onText(
          (parts) => parts,
          (literal) => literal.trimStart(),
        ),
        toLowerCase: onText(
          (parts) => mapLiterals(parts, (literal) => literal.toLowerCase()),
          (literal) => literal.toLowerCase(),
        ),
        toUpperCase: onText(
          (parts) => mapLiterals(parts, (literal) => literal.toUpperCase()),
          (literal) => literal.toUpperCase(),
        ),
        replace: replacing(false),
        replaceAll: replacing(true),
        slice: cutting((literal, from, to) => literal.slice(from, to)),
        substring: cutting((literal, from, to) => literal.substring(from ?? 0, to)),
        padStart: padding((literal, length, fill) => literal.padStart(length, fill)),
        padEnd: padding((literal, length, fill) => literal.padEnd(length, fill)),
        startsWith: (_, self, [needle]) =>
          test(
            self,
            needle,
            (literal, part, whole) =>
              whole || literal.length >= part.length ? literal.startsWith(part) : undefined,
            'start',
          ),
        endsWith: (_, self, [needle]) =>
          test(
            self,
            needle,
            (literal, part, whole) =>
              whole || literal.length >= part.length ? literal.endsWith(part) : undefined,
            'end',
          ),
        includes: (_, self, [needle]) =>
          test(
            self,
            needle,
            (literal, part, whole) => (literal.includes(part) ? true : whole ? false : undefined),
            'start',
          ),
        split: (_, self, [separator]) => {
          const literal = literalText(self);
          const by = separator && literalText(separator);
          if (literal === undefined || by === undefined)
            return unknown('a part of a text', 'part', { names: gapOf(self).names });
          return {
            kind: 'array',
            items: literal
              .split(by)
              .slice(0, 100)
              .map((piece) => text(piece)),
          };
        },
      },
    },
    Array: {
      methods: {
        join: (_, self, [separator]) =>
          self.kind === 'array' && !self.open
            ? join(self.items, (separator && literalText(separator)) ?? ',')
            : undefined,
        toString: listText,
        concat: (_, self, args) => (self.kind === 'array' ? joinArrays([self, ...args]) : undefined),
        slice: (_, self, args) => (args.length === 0 ? self : openArray(self, 'a part of a list')),
        reverse: (_, self) => self,
        sort: (_, self) => self,
        flat: (_, self) => (self.kind === 'array' ? joinArrays(self.items) : undefined),
        filter: (evaluator, self, [fn], site) => filtered(evaluator, self, fn, site),
        map: (evaluator, self, [fn], site) =>
          fn && self.kind === 'array'
            ? {
                ...self,
                items: self.items.map((item, index) =>
                  call(
                    evaluator,
                    fn,
                    [item, { kind: 'primitive', value: index }],
                    undefined,
                    site.node,
                    site.frame,
                  ),
                ),
              }
            : undefined,
        flatMap: (evaluator, self, [fn], site) =>
          fn && self.kind === 'array'
            ? joinArrays(
                self.items.map((item) => call(evaluator, fn, [item], undefined, site.node, site.frame)),
              )
            : undefined,
        reduce: (evaluator, self, [fn, initial], site) => {
          if (!fn || self.kind !== 'array' || self.open || initial === undefined) return undefined;
          return self.items.reduce<Value>(
            (held, item) => call(evaluator, fn, [held, item], undefined, site.node, site.frame),
            initial,
          );
        },
        find: (_, self) =>
          self.kind === 'array' && !self.open ? choice([...self.items, UNDEFINED]) : undefined,
        at: (_, self, [index]) => {
          const position = index?.kind === 'primitive' ? Number(index.value) : Number.NaN;
          return self.kind === 'array' && !self.open ? self.items.at(position) : undefined;
        },
        includes: (_, self, [needle]) => {
          const wanted = needle && literalText(needle);
          if (self.kind !== 'array' || wanted === undefined) return undefined;
          const found = self.items.some((item) => literalText(item) === wanted);
          const known = !self.open && self.items.every((item) => literalText(item) !== undefined);
          return found || known ? { kind: 'primitive', value: found } : undefined;
        },
      },
      mutators: {
        push: (_, self, args) =>
          self.kind === 'array' ? { ...self, items: [...self.items, ...args] } : undefined,
        unshift: (_, self, args) =>
          self.kind === 'array' ? { ...self, items: [...args, ...self.items] } : undefined,
      },
    },
    Function: {
      methods: {
        call: (evaluator, self, args, site) => callThrough(evaluator, 'Function.call', self, args, site),
        apply: (evaluator, self, args, site) => callThrough(evaluator, 'Function.apply', self, args, site),
        bind: (_, self, [receiver, ...args]) => {
          if (self.kind !== 'function') return self;
          return {
            ...self,
            self: receiver && receiver.kind !== 'primitive' ? receiver : self.self,
            bound: [...(self.bound ?? []), ...args],
          };
        },
      },
    },
    Object: {
      methods: {
        hasOwnProperty: hasOwn,
      },
    },
    Map: {
      methods: {
        get: (_, self, [key]) => {
          const name = key && literalText(key);
          return name !== undefined && self.kind === 'object' && !self.open
            ? (self.entries.get(name)?.value ?? UNDEFINED)
            : undefined;
        },
      },
      mutators: {
        set: (_, self, [key, value]) => {
          const name = key && literalText(key);
          if (self.kind !== 'object' || !value) return undefined;
          if (name === undefined) return { ...self, open: gapOf(key ?? UNDEFINED) };
          return { ...self, entries: new Map([...self.entries, [name, { value, always: true }]]) };
        },
      },
    },
  },
  constructors: {
    '#Map': (_, [pairs]) => fromEntries(pairs, 'Map'),
    '#Promise': () => undefined,
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
    '#structuredClone': (_, [value]) => value,
    '#Object.create': (_, [value]) => (value?.kind === 'primitive' ? object() : undefined),
    '#Object.entries': (_, [value]) =>
      listOf(value, (name, entry) => ({ kind: 'array', items: [text(name), entry.value] })),
    '#Object.keys': (_, [value]) => listOf(value, (name) => text(name)),
    '#Object.values': (_, [value]) => listOf(value, (_name, entry) => entry.value),
    '#Object.fromEntries': (_, [pairs]) => fromEntries(pairs, undefined),
    '#JSON.stringify': (_, [value]) =>
      value?.kind === 'object' && !value.type
        ? { ...value, type: 'JSON' }
        : value && unknown('JSON text', 'json', { names: gapOf(value).names }),
    '#JSON.parse': (_, [value]) =>
      value?.kind === 'object' && value.type === 'JSON' ? { ...value, type: undefined } : undefined,
    '#Promise.resolve': (_, [value]) => value ?? UNDEFINED,
    '#Promise.all': (_, [value]) => value,
    '#Promise.race': (_, [value]) => (value?.kind === 'array' ? choice(value.items) : value),
    '#String': (_, [value]) => value && toText(value),
    '#Number': (_, [value]) =>
      value && literalText(value) !== undefined
        ? { kind: 'primitive', value: Number(literalText(value)) }
        : value,
    '#Boolean': (_, [value]) => {
      const known = value && truthiness(value);
      return known === undefined ? undefined : { kind: 'primitive', value: known };
    },
    '#encodeURIComponent': (_, [value]) =>
      value && each(value, (option) => encoded(option, encodeURIComponent)),
    '#encodeURI': (_, [value]) => value && each(value, (option) => encoded(option, encodeURI)),
    '#decodeURIComponent': (_, [value]) => value,
    '#escape': (_, [value]) => value,
    '#Array.from': (_, [value]) => value,
    '#Array.isArray': (_, [value]) =>
      value?.kind === 'array'
        ? { kind: 'primitive', value: true }
        : value?.kind === 'object' || value?.kind === 'text'
          ? { kind: 'primitive', value: false }
          : undefined,
  },
};

function callThrough(
  evaluator: Evaluator,
  name: string,
  function_: Value,
  given: readonly Value[],
  { node, frame }: Site,
): Value {
  const { fn, self, args } = invoked({ kind: 'native', name, self: function_ }, undefined, given);
  return call(evaluator, fn, args, self, node, frame);
}

function onText(
  apply: (parts: readonly Part[]) => readonly Part[],
  whole: (literal: string) => string,
): Method {
  return (_, self) => {
    if (self.kind !== 'text') return undefined;
    const literal = literalText(self);
    return literal === undefined
      ? { ...self, parts: apply(self.parts) }
      : { ...self, parts: literal === '' ? [] : [{ literal: whole(literal), trace: self.trace }] };
  };
}

function mapLiterals(parts: readonly Part[], change: (literal: string) => string): readonly Part[] {
  return parts.map((part) => ('literal' in part ? { ...part, literal: change(part.literal) } : part));
}

/** Patterns short and plain enough that they cannot run away on the short texts they meet here. */
const PLAIN_PATTERN = /^[^()|{}]{1,40}$/;
const MAX_REPLACED = 500;

function replacing(all: boolean): Method {
  return (_, self, [pattern, replacement]) => {
    if (self.kind !== 'text') return undefined;
    const by = replacement && literalText(replacement);
    const plain = pattern && literalText(pattern);
    const source =
      pattern?.kind === 'object' && pattern.type === 'RegExp' && pattern.node
        ? pattern.node.getText()
        : undefined;
    const change = (literal: string): string | undefined => {
      if (by === undefined || literal.length > MAX_REPLACED) return undefined;
      if (plain !== undefined)
        return all ? literal.replaceAll(plain, () => by) : literal.replace(plain, () => by);
      const match = source === undefined ? null : /^\/(.*)\/([a-z]*)$/s.exec(source);
      if (!match || !PLAIN_PATTERN.test(match[1] ?? '')) return undefined;
      try {
        return literal.replace(new RegExp(match[1] ?? '', match[2]), by);
      } catch {
        return undefined;
      }
    };
    const literal = literalText(self);
    if (literal !== undefined) {
      const changed = change(literal);
      if (changed !== undefined) return text(changed, self.trace);
      return (
        replacedByUnknown(self, plain, replacement) ??
        unknown('a text with something replaced', 'text', { names: gapOf(self).names })
      );
    }
    // An unknown part that loses a trailing slash is still that unknown part.
    const edge = source === undefined ? undefined : atEdge(self, source, change);
    if (edge) return edge;
    return (
      replacedByUnknown(self, plain, replacement) ?? {
        ...self,
        parts: mapLiterals(self.parts, (part) => (plain === undefined ? part : (change(part) ?? part))),
      }
    );
  };
}

/** `/^\//` looks at the beginning only, `/\/$/` at the end: the known part there decides. */
function atEdge(
  self: TextValue,
  source: string,
  change: (literal: string) => string | undefined,
): Value | undefined {
  const index = source.startsWith('/^') ? 0 : /\$\/[a-z]*$/.test(source) ? self.parts.length - 1 : -1;
  const part = self.parts[index];
  if (!part || !('literal' in part)) return undefined;
  const changed = change(part.literal);
  if (changed === undefined) return undefined;
  return {
    ...self,
    parts: self.parts.map((each, at) => (at === index ? { ...part, literal: changed } : each)),
  };
}

/** `'/users/:id'.replace(':id', id)`. */
function replacedByUnknown(
  self: TextValue,
  plain: string | undefined,
  replacement: Value | undefined,
): Value | undefined {
  if (
    plain === undefined ||
    plain === '' ||
    !replacement ||
    replacement.kind === 'function' ||
    literalText(replacement) !== undefined
  )
    return undefined;
  const parts: Value[] = [];
  let replaced = false;
  for (const part of self.parts) {
    const at = !replaced && 'literal' in part ? part.literal.indexOf(plain) : -1;
    if (at < 0 || !('literal' in part)) {
      parts.push({ kind: 'text', parts: [part] });
      continue;
    }
    replaced = true;
    parts.push(
      text(part.literal.slice(0, at), part.trace),
      replacement,
      text(part.literal.slice(at + plain.length), part.trace),
    );
  }
  return replaced ? concat(parts, self.trace) : undefined;
}

function cutting(cut: (literal: string, from: number | undefined, to: number | undefined) => string): Method {
  return (_, self, [from, to]) => {
    const literal = literalText(self);
    const [a, b] = [from, to].map((each) =>
      each?.kind === 'primitive' && typeof each.value === 'number' ? each.value : undefined,
    );
    if (literal === undefined || (from && a === undefined) || (to && b === undefined))
      return unknown('a part of a text', 'part', { names: gapOf(self).names });
    return text(cut(literal, a, b), self.trace);
  };
}

function padding(pad: (literal: string, length: number, fill: string | undefined) => string): Method {
  return (_, self, [length, fill]) => {
    const literal = literalText(self);
    const size = length?.kind === 'primitive' ? Number(length.value) : Number.NaN;
    if (literal === undefined || !(size <= 1000)) return self;
    return text(pad(literal, size, fill && literalText(fill)), self.trace);
  };
}

function test(
  self: Value,
  needle: Value | undefined,
  decide: (literal: string, part: string, whole: boolean) => boolean | undefined,
  side: 'start' | 'end',
): Value | undefined {
  const part = needle && literalText(needle);
  if (part === undefined || self.kind !== 'text') return undefined;
  const whole = literalText(self);
  const edge = side === 'start' ? self.parts[0] : self.parts.at(-1);
  const answer =
    whole !== undefined
      ? decide(whole, part, true)
      : edge && 'literal' in edge
        ? decide(edge.literal, part, false)
        : undefined;
  return answer === undefined ? undefined : { kind: 'primitive', value: answer };
}

function joinArrays(values: readonly Value[]): ArrayValue {
  const items: Value[] = [];
  let open: Gap | undefined;
  for (const value of values) {
    if (value.kind === 'array') {
      items.push(...value.items);
      open ??= value.open;
    } else if (value.kind === 'unknown' || value.kind === 'choice') open ??= gapOf(value);
    else items.push(value);
  }
  return { kind: 'array', items, open };
}

function openArray(self: Value, reason: string): Value | undefined {
  return self.kind === 'array'
    ? { ...self, open: self.open ?? { reason, name: 'list', names: [] } }
    : undefined;
}

function filtered(evaluator: Evaluator, self: Value, fn: Value | undefined, site: Site): Value | undefined {
  if (self.kind !== 'array' || !fn) return undefined;
  const kept: Value[] = [];
  let open = self.open;
  for (const item of self.items) {
    const holds =
      fn.kind === 'external' && fn.path[0] === 'Boolean'
        ? truthiness(item)
        : fn.kind === 'function'
          ? truthiness(apply(evaluator, fn, [item], undefined, site.frame))
          : undefined;
    if (holds === false) continue;
    if (holds === true) kept.push(item);
    else {
      kept.push(item);
      open ??= { reason: 'a filter that depends on what is not known', name: 'list', names: [] };
    }
  }
  return { ...self, items: kept, open };
}

function listOf(value: Value | undefined, item: (name: string, entry: Entry) => Value): Value | undefined {
  if (value?.kind !== 'object' || (value.type && value.type !== 'URLSearchParams')) return undefined;
  return {
    kind: 'array',
    items: [...value.entries].map(([name, entry]) => item(name, entry)),
    open: value.open,
  };
}

/** Pairs → object; an entry whose key is not known opens it. */
export function fromEntries(pairs: Value | undefined, type: string | undefined): Value {
  if (!pairs) return object([], { type });
  if (pairs.kind === 'object' && pairs.type) return { ...pairs, type };
  if (pairs.kind !== 'array') return object([], { type, open: gapOf(pairs) });
  const entries = new Map<string, Entry>();
  let { open } = pairs;
  for (const pair of pairs.items) {
    const [key, value] = pair.kind === 'array' ? pair.items : [];
    const name = key && literalText(key);
    if (name === undefined || !value) open ??= gapOf(key ?? pair);
    else entries.set(name, { value, always: true });
  }
  return object(entries, { type, open });
}

function encoded(value: Value, encode: (literal: string) => string): Value {
  const literal = literalText(value);
  if (literal !== undefined) return text(encode(literal), value.trace);
  return optionsOf(value).length === 1 && value.kind === 'text' ? value : toText(value);
}
