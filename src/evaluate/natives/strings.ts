import { call } from '../calls.ts';
import { mergeLiterals } from '../url.ts';
import {
  concat,
  type Gap,
  gapOf,
  literalText,
  type Part,
  type TextValue,
  text,
  toText,
  unknown,
  type Value,
} from '../value.ts';
import { computed, type Known, knownOf, literally, numberOf } from './known.ts';
import type { Library, Method } from './natives.ts';
import { matched, placeOf, replaced, splitBy } from './regexp.ts';

/** Longer results are data. */
const MAX_LENGTH = 1000;
const MAX_PIECES = 100;

const same: Method = (_, self) => self;
const number = (known: Known) => (known === undefined ? undefined : Number(known));

/** A piece of a text that is not known: it has the text's names, for they tell what it is for. */
const part: Method = (_, self) => {
  const gap = gapWithin(self);
  return unknown('a part of a text', 'part', { names: gap?.names ?? gapOf(self).names, env: gap?.env });
};

/** `slice(0, -1)` of an unknown text is, by what it is for, that text. */
const beginning: Method = (evaluator, self, args, site) => {
  const [from, to] = args.map(numberOf);
  const last = self.kind === 'text' ? self.parts.at(-1) : undefined;
  if (self.kind !== 'text' || from !== 0 || to === undefined || to >= 0 || !last)
    return part(evaluator, self, args, site);
  if ('gap' in last) return self;
  if (last.literal.length < -to) return part(evaluator, self, args, site);
  return { ...self, parts: [...self.parts.slice(0, -1), { ...last, literal: last.literal.slice(0, to) }] };
};

/** `n.toString(16)`. */
const digits: Method = (_, self, args) =>
  computed([self, ...args], (it, base) => (typeof it === 'number' ? it.toString(number(base)) : String(it)));

/** Methods of texts. */
export const strings: Library = {
  types: {
    String: {
      methods: {
        concat: (_, self, args) => concat([self, ...args]),
        toString: same,
        valueOf: same,
        normalize: same,
        trim: trimming((literal) => literal.trim(), true, true),
        trimEnd: trimming((literal) => literal.trimEnd(), false, true),
        trimStart: trimming((literal) => literal.trimStart(), true, false),
        toLowerCase: onLiterals((literal) => literal.toLowerCase()),
        toUpperCase: onLiterals((literal) => literal.toUpperCase()),
        toLocaleLowerCase: onLiterals((literal) => literal.toLowerCase()),
        toLocaleUpperCase: onLiterals((literal) => literal.toUpperCase()),
        replace: replacing(false),
        replaceAll: replacing(true),
        slice: literally((self, from, to) => self.slice(number(from), number(to)), beginning),
        substring: literally((self, from, to) => self.substring(number(from) ?? 0, number(to)), part),
        substr: literally((self, from, length) => substr(self, number(from) ?? 0, number(length)), part),
        at: literally((self, index) => self.at(number(index) ?? 0), part),
        charAt: literally((self, index) => self.charAt(number(index) ?? 0), part),
        charCodeAt: literally((self, index) => self.charCodeAt(number(index) ?? 0)),
        codePointAt: literally((self, index) => self.codePointAt(number(index) ?? 0)),
        repeat: literally((self, count) =>
          short(self.length * Number(count), () => self.repeat(Number(count))),
        ),
        padStart: literally(
          (self, length, fill) =>
            short(Number(length), () => self.padStart(Number(length), textOr(fill, ' '))),
          same,
        ),
        padEnd: literally(
          (self, length, fill) => short(Number(length), () => self.padEnd(Number(length), textOr(fill, ' '))),
          same,
        ),
        startsWith: literally(
          (self, needle, at) => self.startsWith(String(needle), number(at)),
          atEdge('start'),
        ),
        endsWith: literally((self, needle, at) => self.endsWith(String(needle), number(at)), atEdge('end')),
        includes: literally((self, needle, at) => self.includes(String(needle), number(at)), within),
        indexOf: literally((self, needle, at) => self.indexOf(String(needle), number(at)), foundWithin),
        lastIndexOf: literally((self, needle) => self.lastIndexOf(String(needle))),
        localeCompare: literally((self, other) => self.localeCompare(String(other), 'en')),
        match: (_, self, [pattern]) => matched(self, pattern),
        search: (_, self, [pattern]) => {
          const literal = literalText(self);
          return literal === undefined || !pattern ? undefined : placeOf(literal, pattern);
        },
        split: (evaluator, self, args, site) => split(self, args) ?? part(evaluator, self, args, site),
      },
    },
    Number: {
      methods: {
        toString: digits,
        toFixed: (_, self, [digits]) =>
          computed([self, ...(digits ? [digits] : [])], (it, count) => Number(it).toFixed(number(count))),
        valueOf: same,
      },
    },
  },
  calls: {
    '#String': (_, [value]) => (value ? toText(value) : text('')),
    '#String.fromCharCode': (_, args) =>
      computed(args, (...codes) => String.fromCharCode(...codes.map(Number))),
    '#encodeURIComponent': (_, [value]) => encoded(value, encodeURIComponent),
    '#encodeURI': (_, [value]) => encoded(value, encodeURI),
    '#decodeURIComponent': (_, [value]) => encoded(value, decodeURIComponent),
    '#decodeURI': (_, [value]) => encoded(value, decodeURI),
    '#escape': (_, [value]) => encoded(value, (literal) => legacyEscape(literal)),
    '#unescape': (_, [value]) => encoded(value, (literal) => decodeURIComponent(literal)),
    '#Number': (_, [value]) => value && (computed([value], Number) ?? value),
    '#parseInt': (_, [value, radix]) =>
      value && (computed([value], (it) => Number.parseInt(String(it), numberOf(radix))) ?? value),
    '#Number.parseInt': (_, [value, radix]) =>
      value && (computed([value], (it) => Number.parseInt(String(it), numberOf(radix))) ?? value),
    '#parseFloat': (_, [value]) =>
      value && (computed([value], (it) => Number.parseFloat(String(it))) ?? value),
    '#Math.max': (_, args) => computed(args, (...each) => Math.max(...each.map(Number))),
    '#Math.min': (_, args) => computed(args, (...each) => Math.min(...each.map(Number))),
    '#Math.floor': (_, args) => computed(args, (it) => Math.floor(Number(it))),
    '#Math.ceil': (_, args) => computed(args, (it) => Math.ceil(Number(it))),
    '#Math.round': (_, args) => computed(args, (it) => Math.round(Number(it))),
  },
};

function short(length: number, compute: () => string): string {
  if (!(length <= MAX_LENGTH)) throw new RangeError('too long');
  return compute();
}

function textOr(known: Known, otherwise: string): string {
  return known === undefined ? otherwise : String(known);
}

/** `substr` counts from the end for a negative start. */
function substr(literal: string, from: number, length: number | undefined): string {
  const start = from < 0 ? Math.max(0, literal.length + from) : from;
  return literal.slice(start, length === undefined ? undefined : start + Math.max(0, length));
}

/** What `escape` makes of characters that URLs hold. */
function legacyEscape(literal: string): string {
  if (/[^\0-\x7f]/.test(literal)) throw new RangeError('not ASCII');
  return literal.replace(
    /[^A-Za-z0-9@*_+\-./]/g,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function encoded(value: Value | undefined, encode: (literal: string) => string): Value | undefined {
  return value && (computed([value], (literal) => encode(String(literal)), value) ?? toText(value));
}

function gapWithin(value: Value): Gap | undefined {
  const found = value.kind === 'text' ? value.parts.find((each) => 'gap' in each) : undefined;
  return found && 'gap' in found ? found.gap : undefined;
}

/** Letter by letter, so the known parts of a text change as the whole does. */
function onLiterals(change: (literal: string) => string): Method {
  return (_, self) =>
    self.kind === 'text'
      ? {
          ...self,
          parts: self.parts.map((each) =>
            'literal' in each ? { ...each, literal: change(each.literal) } : each,
          ),
        }
      : undefined;
}

/** Only the ends of a text lose their blanks. */
function trimming(trim: (literal: string) => string, start: boolean, end: boolean): Method {
  return (_, self) => {
    if (self.kind !== 'text') return undefined;
    const literal = literalText(self);
    if (literal !== undefined) return text(trim(literal), self.trace);
    const at = (index: number): Part | undefined => self.parts[index];
    const cut = (each: Part | undefined, by: (literal: string) => string) =>
      each && 'literal' in each ? { ...each, literal: by(each.literal) } : each;
    const last = self.parts.length - 1;
    return {
      ...self,
      parts: self.parts.flatMap((each, index) => {
        const first = index === 0 && start ? cut(at(0), (piece) => piece.trimStart()) : each;
        return (index === last && end ? cut(first, (piece) => piece.trimEnd()) : first) ?? [];
      }),
    };
  };
}

function replacing(all: boolean): Method {
  return (evaluator, self, [pattern, replacement], site) =>
    self.kind === 'text'
      ? replaced(self, pattern, replacement, all, (fn, args) =>
          call(evaluator, fn, args, undefined, site.node, site.frame),
        )
      : undefined;
}

/** Of a text with unknown parts, a known end that is long enough decides. */
function atEdge(side: 'start' | 'end'): Method {
  return (_, self, [needle, from]) => {
    const wanted = needle && literalText(needle);
    if (self.kind !== 'text' || wanted === undefined || from) return undefined;
    const parts = mergeLiterals(self.parts);
    const edge = side === 'start' ? parts[0] : parts.at(-1);
    if (!edge || 'gap' in edge) return undefined;
    const { literal } = edge;
    const size = Math.min(literal.length, wanted.length);
    const [held, asked] =
      side === 'start'
        ? [literal.slice(0, size), wanted.slice(0, size)]
        : [literal.slice(literal.length - size), wanted.slice(wanted.length - size)];
    if (held !== asked) return { kind: 'primitive', value: false };
    return literal.length >= wanted.length ? { kind: 'primitive', value: true } : undefined;
  };
}

/** What a known part holds, the whole holds. */
function within(...[, self, [needle]]: Parameters<Method>): Value | undefined {
  return firstPlace(self, needle) === undefined ? undefined : { kind: 'primitive', value: true };
}

/** The place of what the known beginning holds. Behind an unknown part it is only known to be found. */
function foundWithin(...[, self, [needle]]: Parameters<Method>): Value | undefined {
  const place = firstPlace(self, needle);
  return place === undefined || place.part > 0 ? undefined : { kind: 'primitive', value: place.at };
}

function firstPlace(
  self: Value,
  needle: Value | undefined,
): { readonly part: number; readonly at: number } | undefined {
  const wanted = needle && literalText(needle);
  if (self.kind !== 'text' || wanted === undefined) return undefined;
  for (const [index, each] of mergeLiterals(self.parts).entries()) {
    const at = 'literal' in each ? each.literal.indexOf(wanted) : -1;
    if (at >= 0) return { part: index, at };
  }
  return undefined;
}

function split(self: Value, [separator, limit]: readonly Value[]): Value | undefined {
  const literal = literalText(self);
  const most = numberOf(limit);
  if (literal === undefined || !separator || (limit && most === undefined)) return undefined;
  const by = knownOf(separator);
  const items = by
    ? literal.split(String(by.is), most).map((piece) => text(piece, (self as TextValue).trace))
    : splitBy(literal, separator, most);
  return items && items.length <= MAX_PIECES ? { kind: 'array', items } : undefined;
}
