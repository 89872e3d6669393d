import {
  choice,
  concat,
  type Entry,
  type Gap,
  last,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  type Part,
  type TextValue,
  text,
  toText,
  type Value,
} from './value.ts';

/** Pieces of a URL as the evaluator sees it: text with unknown parts. */
export interface UrlPieces {
  /** Everything up to the host, with port: literal, or the unknown part that stands for it. */
  readonly host: string | Gap | undefined;
  readonly scheme: string | undefined;
  /** Segments after the host. */
  readonly path: readonly (readonly Part[])[];
  /** An unknown part may hold more than one segment. */
  readonly pathOpen: boolean;
  readonly query: ObjectValue;
}

/** Splits the text of a URL before its first `?` (fragment dropped) and reads the query behind it. */
export function splitQuery(parts: readonly Part[]): { base: readonly Part[]; query: ObjectValue } {
  const base: Part[] = [];
  const query: Part[] = [];
  let inQuery = false;
  for (const part of parts) {
    if (!('literal' in part)) {
      // A gap that holds parameters starts the query even where the code forgot the mark.
      if (part.gap.params && !inQuery) inQuery = true;
      (inQuery ? query : base).push(part);
      continue;
    }
    let { literal } = part;
    const hash = literal.indexOf('#');
    if (hash >= 0) literal = literal.slice(0, hash);
    const mark = inQuery ? -1 : literal.indexOf('?');
    if (mark >= 0) {
      base.push({ ...part, literal: literal.slice(0, mark) });
      query.push({ ...part, literal: literal.slice(mark + 1) });
      inQuery = true;
    } else (inQuery ? query : base).push({ ...part, literal });
    if (hash >= 0) break;
  }
  return {
    base: base.filter((part) => !('literal' in part) || part.literal !== ''),
    query: parseQuery(query, true),
  };
}

function parseQuery(parts: readonly Part[], inUrl = false): ObjectValue {
  const entries = new Map<string, Entry>();
  let open: Gap | undefined;
  for (const pair of splitParts(parts, '&')) {
    const [only] = pair;
    if (pair.length === 1 && only && 'gap' in only) {
      const { params } = only.gap;
      if (params) {
        for (const [name, entry] of params.entries) entries.set(name, entry);
        open ??= params.open;
      } else open ??= only.gap;
      continue;
    }
    const [key = [], ...values] = splitParts(pair, '=');
    const name = literalText({ kind: 'text', parts: key });
    if (name === undefined) {
      const gap = key.find((part) => 'gap' in part);
      if (gap && 'gap' in gap) open ??= gap.gap;
      continue;
    }
    if (name === '') continue;
    // Only the first sign separates: `token=YWJj==`.
    const parts = values.flatMap((piece, index) => (index > 0 ? [{ literal: '=' }, ...piece] : piece));
    const value: TextValue = { kind: 'text', parts };
    const [first] = key;
    entries.set(decode(name), {
      value,
      always: true,
      ...(inUrl && { inUrl }),
      name: entries.has(decode(name)) || key.length > 1 || !first?.trace ? undefined : last(first.trace).node,
    });
  }
  return object(entries, { type: 'URLSearchParams', open });
}

/** Reads `a=b&c=d`, with or without a leading question mark. */
export function parseQueryText(parts: readonly Part[]): ObjectValue {
  const [first, ...rest] = parts;
  if (first && 'literal' in first && first.literal.startsWith('?'))
    return parseQuery([{ ...first, literal: first.literal.slice(1) }, ...rest]);
  return parseQuery(parts);
}

function decode(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Splits a list of parts at a character of its literals; empty pieces stay. */
export function splitParts(parts: readonly Part[], separator: string): Part[][] {
  const pieces: Part[][] = [[]];
  for (const part of parts) {
    if (!('literal' in part)) {
      pieces.at(-1)?.push(part);
      continue;
    }
    part.literal.split(separator).forEach((literal, index) => {
      if (index > 0) pieces.push([]);
      if (literal !== '') pieces.at(-1)?.push({ ...part, literal });
    });
  }
  return pieces;
}

/** Reads a URL: scheme, host, path segments, query. A relative URL has no host. */
export function parseUrl(parts: readonly Part[]): UrlPieces {
  const { base, query } = splitQuery(parts);
  const flat = mergeLiterals(base);
  const [first, second] = flat;
  if (first === undefined) return { host: undefined, scheme: undefined, path: [], pathOpen: false, query };
  if ('gap' in first) {
    // `{base}/api`, `{base}:9011/api`: what follows the unknown start is its path.
    const rest = flat.slice(1);
    if (second && 'literal' in second && second.literal.startsWith('://')) {
      return authority([{ ...second, literal: second.literal.slice(3) }, ...rest.slice(1)], undefined, query);
    }
    const port = second && 'literal' in second ? /^:(\d+)/.exec(second.literal) : null;
    if (port && second && 'literal' in second) {
      return {
        host: { ...first.gap, name: `${first.gap.name}:${port[1]}` },
        scheme: undefined,
        ...segments([{ ...second, literal: second.literal.slice(port[0].length) }, ...rest.slice(1)]),
        query,
      };
    }
    return { host: first.gap, scheme: undefined, ...segments(rest), query };
  }
  const match = /^([a-zA-Z][a-zA-Z0-9+.-]*):\/\//.exec(first.literal);
  if (match)
    return authority(
      [{ ...first, literal: first.literal.slice(match[0].length) }, ...flat.slice(1)],
      match[1]?.toLowerCase(),
      query,
    );
  if (first.literal.startsWith('//'))
    return authority([{ ...first, literal: first.literal.slice(2) }, ...flat.slice(1)], undefined, query);
  return { host: undefined, scheme: undefined, ...segments(flat), query };
}

/** The host ends at the first slash; user information before an `@` is not part of it. */
function authority(parts: readonly Part[], scheme: string | undefined, query: ObjectValue): UrlPieces {
  const host: Part[] = [];
  let rest: readonly Part[] = [];
  for (const [index, part] of parts.entries()) {
    if (!('literal' in part)) {
      if (endsHost(host.at(-1), parts[index + 1])) {
        rest = parts.slice(index);
        break;
      }
      host.push(part);
      continue;
    }
    const slash = part.literal.search(/[/\\]/);
    if (slash < 0) host.push(part);
    else {
      host.push({ ...part, literal: part.literal.slice(0, slash) });
      rest = [{ ...part, literal: part.literal.slice(slash) }, ...parts.slice(index + 1)];
      break;
    }
  }
  const known = host.filter((part) => !('literal' in part) || part.literal !== '');
  const literal = literalText({ kind: 'text', parts: known });
  const where = literal === undefined ? hostGap(known) : (literal.split('@').at(-1) ?? '').toLowerCase();
  return { host: where, scheme, ...segments(rest), query };
}

/** An unknown part behind a complete host name begins the path: `https://fusion.adobe.io${path}`. */
function endsHost(before: Part | undefined, after: Part | undefined): boolean {
  if (!before || !('literal' in before) || !/(?:\.[a-z]{2,}|localhost|:\d+)$/i.test(before.literal))
    return false;
  return !after || !('literal' in after) || after.literal.startsWith('/');
}

function hostGap(parts: readonly Part[]): Gap {
  const gaps = parts.flatMap((part) => ('gap' in part ? [part.gap] : []));
  const [first] = gaps;
  const name = parts.map((part) => ('literal' in part ? part.literal : `{${part.gap.name}}`)).join('');
  return {
    reason: first?.reason ?? 'unknown',
    name,
    names: gaps.flatMap((gap) => gap.names),
    env: first?.env,
    parameter: gaps.find((gap) => gap.parameter)?.parameter,
    response: first?.response,
  };
}

/**
 * Path segments. An unknown part alone between slashes is one segment. It may hold several when it stands
 * without a slash before it (`${host}${path}`), when it is all of the path, or when its name says so.
 */
function segments(parts: readonly Part[]): { path: Part[][]; pathOpen: boolean } {
  const flat = withoutQuery(mergeLiterals(parts));
  const path = withoutDots(splitParts(flat, '/').filter((piece) => piece.length > 0));
  const glued = flat.some((part, index) => {
    if (!('gap' in part) || QUERY_NAME.test(part.gap.name)) return false;
    const before = flat[index - 1];
    return !before || 'gap' in before || /[a-z0-9]$/i.test(before.literal);
  });
  const gaps = flat.flatMap((part) => ('gap' in part ? [part.gap] : []));
  const onlyGaps = gaps.length > 0 && flat.every((part) => 'gap' in part || /^\/*$/.test(part.literal));
  return { path, pathOpen: glued || onlyGaps || gaps.some((gap) => PATH_NAME.test(gap.name)) };
}

/** A query that is not known, behind a word: `/users${queryString}`. It is no part of the segment. */
function withoutQuery(parts: readonly Part[]): readonly Part[] {
  const [before, last] = parts.slice(-2);
  const isQuery = last && 'gap' in last && QUERY_NAME.test(last.gap.name);
  const isBehindWord = before && 'literal' in before && /[a-z0-9]$/i.test(before.literal);
  return isQuery && isBehindWord ? parts.slice(0, -1) : parts;
}

/** `.` and `..` are resolved by every client before it sends. */
function withoutDots(path: Part[][]): Part[][] {
  const kept: Part[][] = [];
  for (const piece of path) {
    const literal = literalText({ kind: 'text', parts: piece });
    if (literal === '..') kept.pop();
    else if (literal !== '.') kept.push(piece);
  }
  return kept;
}

/** The same on the text: `/v3/./teams` and `/v3/../v3/teams` read as they are sent. */
export function resolveDots(parts: readonly Part[]): readonly Part[] {
  const merged = mergeLiterals(parts);
  // Parts as they are know their places better than merged ones.
  if (!merged.some(hasDots)) return parts;
  return merged.map((part) => {
    if (!('literal' in part) || !hasDots(part)) return part;
    let { literal } = part;
    const [, scheme = '', rest = literal] = /^([a-z]+:\/\/[^/]*)?(.*)$/is.exec(literal) ?? [];
    literal = rest.replace(/\/\.(?=\/|$)/g, '');
    for (let before = ''; before !== literal; ) {
      before = literal;
      literal = literal.replace(/\/(?!\.\.(?:\/|$))[^/]+\/\.\.(?=\/|$)/, '');
    }
    return { ...part, literal: scheme + literal };
  });
}

function hasDots(part: Part): boolean {
  return 'literal' in part && /\/\.{1,2}(?:\/|$)/.test(part.literal);
}

const QUERY_NAME = /^(?:qs|query|search|params)|(?:query|search|params|qs|querystring)$/i;
const PATH_NAME = /(?:^|[a-z_])(?:path|pathname|url|uri|endpoint|route|resource|link|href)s?$/i;

/** Runs of literals as one literal; the first one's trace stays. */
export function mergeLiterals(parts: readonly Part[]): Part[] {
  const merged: Part[] = [];
  for (const part of parts) {
    const before = merged.at(-1);
    if ('literal' in part && before && 'literal' in before)
      merged[merged.length - 1] = { ...before, literal: before.literal + part.literal };
    else if (!('literal' in part) || part.literal !== '') merged.push(part);
  }
  return merged;
}

/**
 * `new URL(relative, base)`: an absolute input wins, a leading slash resets to the host, anything else
 * replaces the base's last segment. With `origin` only scheme and host of the base are kept.
 */
export function resolveUrl(relative: Value, base: Value, keep: 'all' | 'origin' = 'all'): Value {
  const rel = toText(relative);
  const from = toText(base);
  if (rel.kind === 'choice' || from.kind === 'choice') {
    return choice(
      optionsOf(rel).flatMap((one) => optionsOf(from).map((other) => resolveUrl(one, other, keep))),
    );
  }
  if (rel.kind !== 'text' || from.kind !== 'text') return concat([base, relative]);
  const [first] = mergeLiterals(rel.parts);
  const literal = first && 'literal' in first ? first.literal : '';
  if (/^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(literal)) return rel;
  const origin = originOf(from.parts);
  if (literal.startsWith('//')) {
    const scheme =
      /^[a-z][a-z0-9+.-]*:/i.exec(literalText({ kind: 'text', parts: origin }) ?? '')?.[0] ?? 'https:';
    return { kind: 'text', parts: [{ literal: scheme }, ...rel.parts], trace: rel.trace };
  }
  if (keep === 'origin') return { kind: 'text', parts: origin, trace: from.trace };
  const path =
    literal.startsWith('/') || (first && 'gap' in first) ? [] : directoryOf(from.parts.slice(0), origin);
  const glue =
    literal.startsWith('/') || path.length > 0 || (first && 'gap' in first) ? [] : [{ literal: '/' }];
  return { kind: 'text', parts: [...origin, ...path, ...glue, ...rel.parts], trace: rel.trace ?? from.trace };
}

function originOf(parts: readonly Part[]): Part[] {
  const flat = mergeLiterals(parts);
  const origin: Part[] = [];
  let seen = false;
  for (const part of flat) {
    if (!('literal' in part)) {
      origin.push(part);
      if (!seen && origin.length === 1) {
        // An unknown start is the whole base; its path is not known either.
        const next = flat[1];
        if (!(next && 'literal' in next && next.literal.startsWith('://'))) return origin;
      }
      continue;
    }
    const start = seen ? 0 : part.literal.indexOf('://') + 3;
    if (!seen && start < 3) return origin;
    seen = true;
    const slash = part.literal.slice(start).search(/[/?#]/);
    if (slash >= 0) {
      origin.push({ ...part, literal: part.literal.slice(0, start + slash) });
      return origin;
    }
    origin.push(part);
  }
  return origin;
}

/** The base's path up to its last slash. */
function directoryOf(parts: readonly Part[], origin: readonly Part[]): Part[] {
  const { base } = splitQuery(mergeLiterals(parts));
  const whole = literalText({ kind: 'text', parts: base });
  const start = literalText({ kind: 'text', parts: origin });
  if (whole === undefined || start === undefined) return [];
  const path = whole.slice(start.length);
  const directory = path.slice(0, path.lastIndexOf('/') + 1);
  return directory === '' ? [] : [{ literal: directory }];
}

/** Joins base and path with exactly one slash, as axios does; an absolute path stands alone. */
export function joinWithSlash(base: Value, path: Value): Value {
  const from = toText(base);
  const to = toText(path);
  if (from.kind === 'choice' || to.kind === 'choice') {
    return choice(optionsOf(from).flatMap((one) => optionsOf(to).map((other) => joinWithSlash(one, other))));
  }
  if (from.kind !== 'text' || to.kind !== 'text') return concat([base, path]);
  if (to.parts.length === 0) return from;
  const [first] = mergeLiterals(to.parts);
  if (first && 'literal' in first && /^([a-z][a-z\d+\-.]*:)?\/\//i.test(first.literal)) return to;
  const left = mergeLiterals(from.parts);
  const right = mergeLiterals(to.parts);
  const end = left.at(-1);
  if (end && 'literal' in end) left[left.length - 1] = { ...end, literal: end.literal.replace(/\/+$/, '') };
  if (first && 'literal' in first) right[0] = { ...first, literal: first.literal.replace(/^\/+/, '') };
  // An unknown path may begin with its own slash: the one between is then the same.
  return concat([
    { kind: 'text', parts: left, trace: from.trace },
    text('/'),
    { kind: 'text', parts: right, trace: to.trace },
  ]);
}
