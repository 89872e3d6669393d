import { mergeLiterals, resolveUrl, splitQuery } from '../url.ts';
import {
  choice,
  concat,
  type Entry,
  each,
  gapOf,
  isNullish,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  type Part,
  stringifiers,
  type TextValue,
  text,
  toText,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts';
import { computed } from './known.ts';
import type { Library, Method } from './natives.ts';
import { searchParams } from './query.ts';

/**
 * `URL` objects and the functions of Node's `url`. A URL is kept as `base`, everything before its query, and
 * `searchParams`; its pieces are read from the base and put back into it.
 */

const printed: Method = (_, self) => (self.kind === 'object' ? print(self) : undefined);

/** What a URL's base consists of; undefined when it begins with something unknown. */
interface Pieces {
  readonly protocol: Value;
  /** With the port. */
  readonly host: Value;
  readonly pathname: Value;
}

const PIECES = new Set(['protocol', 'host', 'hostname', 'port', 'pathname', 'hash', 'username', 'password']);

export const urlObjects: Library = {
  types: {
    URL: {
      get: (self, name) => {
        if (name === 'href') return print(self);
        if (name === 'origin') return originText(self);
        if (name === 'search') return searchText(self);
        return PIECES.has(name) ? pieceOf(self, name) : undefined;
      },
      set: (self, name, value) => {
        if (!value) return undefined;
        if (name === 'pathname') return withEntry(self, 'base', concat([originText(self), withSlash(value)]));
        if (name === 'search') return withEntry(self, 'searchParams', searchParams(value));
        if (name === 'href') return urlObject(value);
        return PIECES.has(name) ? withPiece(self, name, value) : undefined;
      },
      methods: { toString: printed, toJSON: printed },
    },
  },
  constructors: {
    '#URL': (_, args) => urlFrom(args),
    'url#URL': (_, args) => urlFrom(args),
  },
  calls: {
    '#URL.parse': (_, args) => urlFrom(args),
    '#URL.canParse': (_, [input, base]) =>
      input && computed([input, ...(base ? [base] : [])], (...known) => canParse(known.map(String))),
    'url#parse': (_, [input]) => input && each(urlObject(input), (url) => legacy(url) ?? url),
    'url#format': (_, [value]) => value && each(value, formatted),
    'url#resolve': (_, [base, path]) => base && path && resolveUrl(path, base),
  },
};

stringifiers.set('URL', print);

function urlFrom([input, base]: readonly Value[]): Value | undefined {
  return (
    input &&
    each(input, (option) => urlObject(base ? each(base, (from) => resolveUrl(option, from)) : option))
  );
}

function canParse([input = '', base]: readonly string[]): boolean {
  try {
    return new URL(input, base) instanceof URL;
  } catch {
    return false;
  }
}

/** A parsed URL: `base` is everything before the query. */
function urlObject(value: Value): Value {
  if (value.kind === 'choice') return choice(value.options.map(urlObject));
  if (value.kind === 'object' && value.type === 'URL') return value;
  const written = toText(value);
  if (written.kind === 'choice') return choice(written.options.map(urlObject));
  if (written.kind !== 'text') return written;
  const { base, query } = splitQuery(written.parts);
  return object(
    [
      ['base', { value: rooted({ kind: 'text', parts: base, trace: value.trace }), always: true }],
      ['searchParams', { value: query, always: true }],
    ],
    { type: 'URL', trace: value.trace },
  );
}

/** A URL always has a path: that of `https://host` is `/`. */
function rooted(base: TextValue): TextValue {
  const literal = literalText(base);
  const bare = literal !== undefined && /^[a-z][a-z0-9+.-]*:\/\/[^/]+$/i.test(literal);
  return bare ? { ...base, parts: [...base.parts, { literal: '/' }] } : base;
}

function print(self: ObjectValue): Value {
  const base = self.entries.get('base')?.value ?? UNDEFINED;
  const query = self.entries.get('searchParams')?.value;
  if (query?.kind === 'object' && query.entries.size === 0 && !query.open) return base;
  return query ? concat([base, text('?'), query]) : base;
}

/** `?` and the query, or nothing. */
function searchText(self: ObjectValue): Value {
  const query = self.entries.get('searchParams')?.value;
  const empty = query?.kind === 'object' && query.entries.size === 0 && !query.open;
  return empty ? text('') : concat([text('?'), query ?? UNDEFINED]);
}

function originText(self: ObjectValue): Value {
  return resolveUrl(text('/'), self.entries.get('base')?.value ?? UNDEFINED, 'origin');
}

function withSlash(value: Value): Value {
  return each(value, (option) => {
    const first = option.kind === 'text' ? option.parts[0] : undefined;
    const relative = first && 'literal' in first && !first.literal.startsWith('/');
    return relative ? concat([text('/'), option], option.trace) : option;
  });
}

function withEntry(self: ObjectValue, name: string, value: Value): ObjectValue {
  return { ...self, entries: new Map([...self.entries, [name, { value, always: true }]]) };
}

// ------------------------------------------------------------------ pieces

function piecesOf(self: ObjectValue): Pieces | undefined {
  const base = self.entries.get('base')?.value;
  if (base?.kind !== 'text') return undefined;
  const parts = mergeLiterals(base.parts);
  const start = parts.findIndex((part) => 'literal' in part && part.literal.includes('://'));
  const opening = parts[start];
  // Only what stands before `://` is the protocol: an unknown whole base is not taken apart.
  if (!opening || !('literal' in opening) || start > 1 || (start === 1 && !opening.literal.startsWith('://')))
    return undefined;
  const at = opening.literal.indexOf('://');
  const protocol = [...parts.slice(0, start), { ...opening, literal: `${opening.literal.slice(0, at)}:` }];
  const rest: Part[] = [{ ...opening, literal: opening.literal.slice(at + 3) }, ...parts.slice(start + 1)];
  const slash = rest.findIndex((part) => 'literal' in part && part.literal.includes('/'));
  const split = rest[slash];
  const cut = split && 'literal' in split ? split.literal.indexOf('/') : -1;
  const host =
    split && 'literal' in split
      ? [...rest.slice(0, slash), { ...split, literal: split.literal.slice(0, cut) }]
      : rest;
  const path =
    split && 'literal' in split
      ? [{ ...split, literal: split.literal.slice(cut) }, ...rest.slice(slash + 1)]
      : [];
  const piece = (from: readonly Part[]): Value => ({
    kind: 'text',
    parts: from.filter((part) => !('literal' in part) || part.literal !== ''),
    trace: base.trace,
  });
  return {
    protocol: piece(protocol),
    host: withoutUser(piece(host)),
    pathname: path.length > 0 ? piece(path) : text('/'),
  };
}

function withoutUser(host: Value): Value {
  const literal = literalText(host);
  return literal?.includes('@') ? text(literal.slice(literal.lastIndexOf('@') + 1), host.trace) : host;
}

function pieceOf(self: ObjectValue, name: string): Value {
  const pieces = piecesOf(self);
  const host = pieces && literalText(pieces.host);
  const [, hostname = '', port = ''] = /^(.*?)(?::(\d+))?$/.exec(host ?? '') ?? [];
  if (pieces && (name === 'protocol' || name === 'host' || name === 'pathname')) return pieces[name];
  if (pieces && name === 'hostname')
    return host === undefined ? pieces.host : text(hostname, pieces.host.trace);
  if (host !== undefined && name === 'port') return text(port);
  if (name === 'hash' && !mayHaveFragment(self)) return text('');
  const reason = `the ${name} of a URL`;
  return name === 'pathname' ? ofUnknownBase(self, reason, name) : unknown(reason, name, { names: [name] });
}

/** What is not known is taken for no fragment: none is sent. */
function mayHaveFragment(self: ObjectValue): boolean {
  return optionsOf(self.entries.get('base')?.value ?? UNDEFINED).some(
    (base) =>
      base.kind !== 'text' || base.parts.some((part) => 'literal' in part && part.literal.includes('#')),
  );
}

/** A piece of what is not known has its origin: a parameter, a response. */
function ofUnknownBase(self: ObjectValue, reason: string, name: string): Value {
  return each(self.entries.get('base')?.value ?? UNDEFINED, (base) => {
    const [first] = base.kind === 'text' ? base.parts : [];
    const gap = first && 'gap' in first ? first.gap : gapOf(base);
    return unknown(reason, name, { ...gap, reason, name });
  });
}

/** The URL with its host, port or protocol replaced; user and fragment do not change where it goes. */
function withPiece(self: ObjectValue, name: string, value: Value): ObjectValue {
  if (name === 'hash' || name === 'username' || name === 'password') return self;
  const pieces = piecesOf(self);
  if (!pieces) return withEntry(self, 'base', unknown(`a URL of which the ${name} is replaced`, 'url'));
  const [hostname, port] = [pieceOf(self, 'hostname'), pieceOf(self, 'port')];
  const colon = (given: Value) => (literalText(given) === '' ? text('') : concat([text(':'), given]));
  const protocol = name === 'protocol' ? each(toText(value), withColon) : pieces.protocol;
  const host =
    name === 'host'
      ? value
      : name === 'hostname'
        ? concat([value, colon(port)])
        : name === 'port'
          ? concat([hostname, colon(toText(value))])
          : pieces.host;
  return withEntry(self, 'base', concat([protocol, text('//'), host, pieces.pathname]));
}

function withColon(protocol: Value): Value {
  const literal = literalText(protocol);
  return literal === undefined || literal.endsWith(':') ? protocol : text(`${literal}:`, protocol.trace);
}

// ------------------------------------------------------------------ url.parse and url.format

/** What `url.parse` answers: a plain object that code changes and formats again. */
function legacy(url: Value): Value | undefined {
  const pieces = url.kind === 'object' && url.type === 'URL' ? piecesOf(url) : undefined;
  if (url.kind !== 'object' || !pieces) return undefined;
  const search = searchText(url);
  const entry = (name: string, value: Value): [string, Entry] => [name, { value, always: true }];
  return object([
    entry('protocol', pieces.protocol),
    entry('host', pieces.host),
    entry('hostname', pieceOf(url, 'hostname')),
    entry('port', pieceOf(url, 'port')),
    entry('pathname', pieces.pathname),
    entry('search', search),
    entry('path', concat([pieces.pathname, search])),
    entry('href', print(url)),
  ]);
}

/** `url.format({ protocol, host, pathname, query })`; `host` wins over `hostname`, `search` over `query`. */
function formatted(value: Value): Value {
  if (value.kind !== 'object' || value.type !== undefined || value.open) return value;
  const given = (name: string): Value | undefined => {
    const held = value.entries.get(name);
    return held && !isNullish(held.value) && literalText(held.value) !== '' ? held.value : undefined;
  };
  const port = given('port');
  const hostname = given('hostname');
  const host = given('host') ?? (hostname && port ? concat([hostname, text(':'), port]) : hostname);
  const search = given('search');
  const query = given('query');
  const protocol = given('protocol');
  const path = given('pathname');
  return concat([
    protocol && host ? each(toText(protocol), withColon) : text(''),
    host ? text('//') : text(''),
    host ?? text(''),
    path ? (host ? withSlash(path) : path) : text(''),
    search ? withMark(search) : query ? concat([text('?'), searchParams(query)]) : text(''),
  ]);
}

function withMark(search: Value): Value {
  return each(toText(search), (option) =>
    literalText(option)?.startsWith('?') === false ? concat([text('?'), option]) : option,
  );
}
