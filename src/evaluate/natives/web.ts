import { apply } from '../calls.ts';
import { parseQueryText, resolveUrl, splitQuery } from '../url.ts';
import {
  choice,
  concat,
  type Entry,
  each,
  type Gap,
  gapOf,
  joinObjects,
  literalText,
  type ObjectValue,
  object,
  stringifiers,
  text,
  toText,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts';
import { fromEntries } from './language.ts';
import type { Library, Method } from './natives.ts';

const same: Method = (_, self) => self;
const printed: Method = (_, self) => (self.kind === 'object' ? print(self) : undefined);
const decodedBuffer: Method = (_, self) =>
  self.kind === 'object' ? (self.entries.get('encoded')?.value ?? UNDEFINED) : undefined;

const PIECES = new Set(['host', 'hostname', 'pathname', 'port', 'protocol', 'hash', 'username', 'password']);

/** `URL`, `URLSearchParams`, `Headers`, `FormData`, `Request`, environment and encodings: the platform. */
export const web: Library = {
  types: {
    URL: {
      get: (self, name) => {
        if (name === 'href') return print(self);
        if (name === 'origin') return originText(self);
        if (name === 'search')
          return concat([text('?'), self.entries.get('searchParams')?.value ?? UNDEFINED]);
        if (PIECES.has(name)) return unknown(`the ${name} of a URL`, name, { names: [name] });
        return undefined;
      },
      set: (self, name, value) => {
        if (!value) return undefined;
        if (name === 'pathname') return with_(self, 'base', concat([originText(self), withSlash(value)]));
        if (name === 'search') return with_(self, 'searchParams', searchParams(value));
        if (name === 'href') return urlObject(value);
        return undefined;
      },
      methods: { toString: printed, toJSON: printed },
    },
    URLSearchParams: {
      methods: {
        toString: same,
        get: (_, self, [key]) => entryOf(self, key && literalText(key)),
      },
      mutators: {
        set: (_, self, args) => put(self, args, false),
        append: (_, self, args) => put(self, args, true),
        delete: (_, self, args) => drop(self, args),
      },
    },
    FormData: {
      methods: {
        getHeaders: () => object([['content-type', { value: text('multipart/form-data'), always: true }]]),
      },
      mutators: {
        set: (_, self, args) => put(self, args, false),
        append: (_, self, args) => put(self, args, true),
        delete: (_, self, args) => drop(self, args),
      },
    },
    Headers: {
      methods: {
        get: (_, self, [key]) => entryOf(self, key && literalText(key)?.toLowerCase()),
        entries: (_, self) =>
          self.kind === 'object'
            ? {
                kind: 'array',
                items: [...self.entries].map(([name, entry]) => ({
                  kind: 'array',
                  items: [text(name), entry.value],
                })),
                open: self.open,
              }
            : undefined,
      },
      mutators: {
        set: (_, self, args) => put(self, args, false, true),
        append: (_, self, args) => put(self, args, true, true),
        delete: (_, self, args) => drop(self, args, true),
      },
    },
    Request: {
      methods: { clone: same },
      get: (self, name) => (name === 'headers' ? headersObject(requestInit(self, 'headers')) : undefined),
    },
    Buffer: {
      methods: { toString: decodedBuffer },
    },
    JSON: { methods: { toString: same } },
  },
  constructors: {
    '#URL': (_, [input, base]) =>
      input &&
      each(input, (option) => urlObject(base ? each(base, (from) => resolveUrl(option, from)) : option)),
    'url#URL': (_, [input, base]) => input && urlObject(base ? resolveUrl(input, base) : input),
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
    '#Request': (_, args) => requestObject(args),
    'node-fetch#Request': (_, args) => requestObject(args),
    'cross-fetch#Request': (_, args) => requestObject(args),
    'undici#Request': (_, args) => requestObject(args),
  },
  calls: {
    '#btoa': (_, [value]) => value && base64(value),
    '#Buffer.from': (_, [value]) =>
      value && object([['encoded', { value: base64(value), always: true }]], { type: 'Buffer' }),
    'buffer#Buffer.from': (_, [value]) =>
      value && object([['encoded', { value: base64(value), always: true }]], { type: 'Buffer' }),
    'qs#stringify': (_, [value]) => searchParams(value),
    'query-string#stringify': (_, [value]) => searchParams(value),
    'querystring#stringify': (_, [value]) => searchParams(value),
    'querystring#encode': (_, [value]) => searchParams(value),
    'url#format': (_, [value]) => value,
    'url#resolve': (_, [base, path]) => base && path && resolveUrl(path, base),
    '#Deno.env.get': (_, [key]) => environment(key),
    '#import.meta.env': () => undefined,
    'react#useCallback': (_, [fn]) => fn,
    'react#useMemo': (evaluator, [fn], { frame }) =>
      fn?.kind === 'function' ? apply(evaluator, fn, [], undefined, frame) : undefined,
    'react#useRef': (_, [value]) => object([['current', { value: value ?? UNDEFINED, always: true }]]),
    'lodash#merge': (_, values) => merged(values),
    'lodash#assign': (_, values) => merged(values),
    'lodash#defaults': (_, values) => merged([...values].reverse()),
    'lodash#get': (_, [container, path]) => dig(container, path),
    'path#join': (_, values) => pathJoin(values),
    'path#posix.join': (_, values) => pathJoin(values),
  },
};

stringifiers.set('URL', print);
stringifiers.set('URLSearchParams', (self) => ({
  kind: 'text',
  parts: [{ gap: { reason: 'query parameters', name: 'query', names: [], params: self } }],
}));
stringifiers.set('JSON', () => unknown('JSON text', 'json'));
stringifiers.set('Buffer', (self) => self.entries.get('encoded')?.value ?? UNDEFINED);

/** A parsed URL: `base` is everything before the query. */
function urlObject(value: Value): Value {
  if (value.kind === 'choice') return choice(value.options.map(urlObject));
  if (value.kind === 'object' && value.type === 'URL') return value;
  const printed = toText(value);
  if (printed.kind === 'choice') return choice(printed.options.map(urlObject));
  if (printed.kind !== 'text') return printed;
  const { base, query } = splitQuery(printed.parts);
  return object(
    [
      ['base', { value: { kind: 'text', parts: base, trace: value.trace }, always: true }],
      ['searchParams', { value: query, always: true }],
    ],
    { type: 'URL', trace: value.trace },
  );
}

function print(self: ObjectValue): Value {
  const base = self.entries.get('base')?.value ?? UNDEFINED;
  const query = self.entries.get('searchParams')?.value;
  if (query?.kind === 'object' && query.entries.size === 0 && !query.open) return base;
  return query ? concat([base, text('?'), query]) : base;
}

function originText(self: ObjectValue): Value {
  return resolveUrl(text('/'), self.entries.get('base')?.value ?? UNDEFINED, 'origin');
}

function withSlash(value: Value): Value {
  const literal = literalText(value);
  return literal?.startsWith('/') === false ? text(`/${literal}`, value.trace) : value;
}

function with_(self: ObjectValue, name: string, value: Value): ObjectValue {
  return { ...self, entries: new Map([...self.entries, [name, { value, always: true }]]) };
}

/** What `new URLSearchParams(init)` holds; `undefined` in a record is the text `undefined`. */
export function searchParams(init: Value | undefined): Value {
  if (!init || init.kind === 'primitive') return object([], { type: 'URLSearchParams' });
  if (init.kind === 'choice')
    return { ...joinObjects(init.options.map(searchParams)), type: 'URLSearchParams' };
  if (init.kind === 'object') return { ...init, type: 'URLSearchParams' };
  if (init.kind === 'array') return fromEntries(init, 'URLSearchParams');
  if (init.kind === 'text') {
    return parseQueryText(init.parts);
  }
  return object([], { type: 'URLSearchParams', open: gapOf(init) });
}

/** A `Headers` object: names in lower case, two spellings of a name combined. */
export function headersObject(init: Value | undefined): Value {
  if (!init || init.kind === 'primitive') return object([], { type: 'Headers' });
  if (init.kind === 'choice') return { ...joinObjects(init.options.map(headersObject)), type: 'Headers' };
  const source = init.kind === 'array' ? fromEntries(init, undefined) : init;
  if (source.kind !== 'object') return object([], { type: 'Headers', open: gapOf(source) });
  const entries = new Map<string, Entry>();
  for (const [name, entry] of source.entries) {
    const key = name.toLowerCase();
    const earlier = entries.get(key);
    const value = earlier ? concat([earlier.value, text(', '), entry.value]) : entry.value;
    entries.set(key, { value, always: entry.always });
  }
  return object(entries, { type: 'Headers', open: source.open });
}

function put(self: Value, args: readonly Value[], append: boolean, lower = false): Value | undefined {
  const [key, value] = args;
  if (self.kind !== 'object' || !key) return undefined;
  const options = key.kind === 'choice' ? key.options : [key];
  let result: ObjectValue = self;
  for (const option of options) {
    const name = literalText(option);
    if (name === undefined) {
      const gap: Gap = { ...gapOf(option), reason: `a computed name (${gapOf(option).reason})` };
      result = { ...result, open: result.open ?? gap };
      continue;
    }
    const spelled = lower ? name.toLowerCase() : name;
    const earlier = result.entries.get(spelled);
    const added = value ?? UNDEFINED;
    const joined = append && earlier ? choice([earlier.value, added]) : added;
    result = {
      ...result,
      entries: new Map([
        ...result.entries,
        [spelled, { value: joined, always: options.length === 1 || (earlier?.always ?? false) }],
      ]),
    };
  }
  return result;
}

function drop(self: Value, [key]: readonly Value[], lower = false): Value | undefined {
  const name = key && literalText(key);
  if (self.kind !== 'object' || name === undefined) return undefined;
  const entries = new Map(self.entries);
  entries.delete(lower ? name.toLowerCase() : name);
  return { ...self, entries };
}

function entryOf(self: Value, name: string | undefined): Value | undefined {
  if (self.kind !== 'object' || name === undefined) return undefined;
  const entry = self.entries.get(name);
  if (entry) return entry.always ? entry.value : choice([entry.value, { kind: 'primitive', value: null }]);
  return self.open ? unknown(self.open.reason, name) : { kind: 'primitive', value: null };
}

function requestObject([input, init]: readonly Value[]): Value {
  // A request made from another one keeps what the init does not replace.
  if (input?.kind === 'object' && input.type === 'Request') {
    const own = input.entries.get('init')?.value;
    const entries = new Map([
      ...(own?.kind === 'object' ? own.entries : []),
      ...(init?.kind === 'object' ? init.entries : []),
    ]);
    const open = init?.kind === 'unknown' ? init.gap : own?.kind === 'object' ? own.open : undefined;
    const joined: ObjectValue = { kind: 'object', entries, open };
    return { ...input, entries: new Map([...input.entries, ['init', { value: joined, always: true }]]) };
  }
  return object(
    [
      ['input', { value: input ?? UNDEFINED, always: true }],
      ['init', { value: init ?? UNDEFINED, always: true }],
    ],
    { type: 'Request' },
  );
}

function requestInit(self: ObjectValue, name: string): Value {
  const init = self.entries.get('init')?.value;
  return init?.kind === 'object' ? (init.entries.get(name)?.value ?? UNDEFINED) : (init ?? UNDEFINED);
}

/** Base64 of a text; of one that is not known, an unknown that has its names. */
export function base64(value: Value): Value {
  return each(value, (option) => {
    const literal = literalText(option);
    // The password's place, when user and password were put together.
    const last =
      option.kind === 'text' ? option.parts.findLast((part) => 'literal' in part && part.trace) : undefined;
    const origin = option.trace ?? (last && 'literal' in last ? last.trace : undefined);
    const gap: Gap = { reason: 'base64 text', name: 'base64', names: gapOf(option).names };
    return literal === undefined
      ? { kind: 'text', parts: [{ gap }], trace: option.trace }
      : text(Buffer.from(literal, 'utf8').toString('base64'), origin);
  });
}

function environment(key: Value | undefined): Value | undefined {
  const name = key && literalText(key);
  return name === undefined
    ? undefined
    : unknown(`environment variable ${name}`, name, { env: name, names: [name] });
}

function merged(values: readonly Value[]): Value | undefined {
  const entries = new Map<string, Entry>();
  let open: Gap | undefined;
  for (const value of values) {
    if (value.kind !== 'object') {
      if (value.kind !== 'primitive') open ??= gapOf(value);
      continue;
    }
    open ??= value.open;
    for (const [name, entry] of value.entries) {
      const earlier = entries.get(name)?.value;
      const both =
        earlier?.kind === 'object' && entry.value.kind === 'object'
          ? merged([earlier, entry.value])
          : undefined;
      entries.set(name, both ? { value: both, always: true } : entry);
    }
  }
  return object(entries, { open });
}

function dig(container: Value | undefined, path: Value | undefined): Value | undefined {
  const names = path && literalText(path)?.split('.');
  let value = container;
  for (const name of names ?? [])
    value = value?.kind === 'object' ? value.entries.get(name)?.value : undefined;
  return names ? value : undefined;
}

function pathJoin(values: readonly Value[]): Value {
  const parts: Value[] = [];
  values.forEach((value, index) => {
    const literal = literalText(value);
    const trimmed =
      literal === undefined
        ? value
        : text(index === 0 ? literal.replace(/\/$/, '') : literal.replace(/^\//, ''), value.trace);
    if (index > 0) parts.push(text('/'));
    parts.push(trimmed);
  });
  return concat(parts);
}
