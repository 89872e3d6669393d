import {
  concat,
  gapOf,
  literalText,
  object,
  type Part,
  type TextValue,
  text,
  toText,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts';
import type { Library, Method } from './natives.ts';

/** Longer texts and patterns are data, not URLs. */
const MAX_TEXT = 500;
const MAX_PATTERN = 120;
/** Steps that a match may take at most: what the repetitions of a pattern multiply to. */
const MAX_MATCHING = 2e7;
const MAX_MATCHES = 100;

/** A group that holds a repetition or a choice and is itself repeated can run away; so can `\1`. */
const RUNS_AWAY =
  /\((?:[^()\\]|\\.)*(?:[*+|]|\{\d+,\d*\})(?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\d*\})|\\[1-9]|\\k</;

const printed: Method = (_, self) => {
  const pattern = patternOf(self);
  return pattern && text(String(pattern));
};

/** Regular expressions that are known, on texts that are. */
export const regexp: Library = {
  types: {
    RegExp: {
      methods: {
        test: (_, self, [subject]) => subject && tests(self, subject),
        exec: (_, self, [subject]) => subject && matched(subject, self),
        toString: printed,
      },
    },
  },
  constructors: { '#RegExp': (_, args) => constructed(args) },
  calls: { '#RegExp': (_, args) => constructed(args) },
};

/** The value of a regular expression literal: `/^a/i`. */
export function regexpValue(source: string): Value {
  const [, pattern = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(source) ?? [];
  return object(
    [
      ['source', { value: text(pattern), always: true }],
      ['flags', { value: text(flags), always: true }],
    ],
    { type: 'RegExp' },
  );
}

function constructed([source, flags]: readonly Value[]): Value | undefined {
  if (source?.kind === 'object' && source.type === 'RegExp') return source;
  const pattern = source && literalText(source);
  const known = flags ? literalText(flags) : '';
  return pattern === undefined || known === undefined ? undefined : regexpValue(`/${pattern}/${known}`);
}

/** The pattern, if it is known and can't run away. */
function patternOf(value: Value | undefined): RegExp | undefined {
  if (value?.kind !== 'object' || value.type !== 'RegExp') return undefined;
  const [source, flags] = ['source', 'flags'].map((name) => {
    const held = value.entries.get(name)?.value;
    return held && literalText(held);
  });
  if (source === undefined || flags === undefined || source.length > MAX_PATTERN) return undefined;
  // Groups are looked at from the inside out, so that nested ones are seen too.
  for (let flat = source, before = ''; flat !== before; ) {
    if (RUNS_AWAY.test(flat)) return undefined;
    before = flat;
    flat = flat.replace(/\(\?(?:[:=!]|<[=!])|\((?!\?)/, '(').replace(/\(((?:[^()\\]|\\.)*)\)(?![*+{])/, '$1');
  }
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

function isQuick(pattern: RegExp, subject: string): boolean {
  const repetitions = pattern.source.replace(/\\./g, '').match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0;
  return subject.length <= MAX_TEXT && subject.length ** (repetitions + 1) <= MAX_MATCHING;
}

// ------------------------------------------------------------------ texts with unknown parts

/** First of the private characters that stand for unknown parts while a pattern looks at the text. */
const STAND_IN = 0xe000;
const ANY_STAND_IN = /[\ue000-\uf8ff]/;

interface Spelled {
  readonly literal: string;
  /** The text again, from what is left of the spelling. */
  readonly restore: (literal: string) => TextValue;
}

function spelled(value: TextValue): Spelled {
  const gaps: Part[] = [];
  const literal = value.parts
    .map((part) => {
      if ('literal' in part) return part.literal;
      gaps.push(part);
      return String.fromCharCode(STAND_IN + gaps.length - 1);
    })
    .join('');
  const first = value.parts.find((part) => 'literal' in part);
  const trace = first && 'literal' in first ? (first.trace ?? value.trace) : value.trace;
  const restore = (left: string): TextValue => {
    const parts = left.split(/([\ue000-\uf8ff])/).flatMap((piece): Part[] => {
      if (piece === '') return [];
      const gap = ANY_STAND_IN.test(piece) ? gaps[piece.charCodeAt(0) - STAND_IN] : undefined;
      return [gap ?? { literal: piece, trace }];
    });
    return { kind: 'text', parts, trace: value.trace };
  };
  return { literal, restore };
}

// ------------------------------------------------------------------ replacing

interface Match {
  readonly start: number;
  readonly end: number;
  /** What a callback gets: the match, its groups, its place and the whole text. */
  readonly args: readonly Value[];
  readonly expand: (by: string) => string;
}

/** `text.replace(pattern, replacement)`; `call` runs a callback of the project. */
export function replaced(
  self: TextValue,
  pattern: Value | undefined,
  replacement: Value | undefined,
  all: boolean,
  call: (fn: Value, args: readonly Value[]) => Value,
): Value {
  const { literal, restore } = spelled(self);
  const lost = () => unknown('a text with something replaced', 'text', { names: gapOf(self).names });
  const matches = matchesIn(literal, pattern, all);
  if (!matches) return lost();
  // What is replaced inside an unknown part is not seen: it is still that unknown part.
  if (matches.length === 0) return self;
  const parts: Value[] = [];
  let at = 0;
  for (const match of matches) {
    if (ANY_STAND_IN.test(literal.slice(match.start, match.end))) return lost();
    parts.push(restore(literal.slice(at, match.start)), replacementOf(match, replacement, call));
    at = match.end;
  }
  parts.push(restore(literal.slice(at)));
  return concat(parts, self.trace);
}

function replacementOf(
  match: Match,
  replacement: Value | undefined,
  call: (fn: Value, args: readonly Value[]) => Value,
): Value {
  const by = replacement ?? UNDEFINED;
  if (by.kind === 'function' || by.kind === 'native' || by.kind === 'external') return call(by, match.args);
  const known = literalText(by);
  return known === undefined ? toText(by) : text(match.expand(known), by.trace);
}

function matchesIn(literal: string, pattern: Value | undefined, all: boolean): Match[] | undefined {
  const plain = pattern && literalText(pattern);
  const expression = plain === undefined ? patternOf(pattern) : undefined;
  if (expression ? !isQuick(expression, literal) : plain === undefined || literal.length > MAX_TEXT)
    return undefined;
  const matches: Match[] = [];
  const collect = (...found: unknown[]): string => {
    const names = typeof found.at(-1) === 'object' ? 1 : 0;
    const start = Number(found[found.length - 2 - names]);
    const end = start + String(found[0]).length;
    const args = found
      .slice(0, found.length - names)
      .map(
        (each): Value =>
          typeof each === 'string' ? text(each) : { kind: 'primitive', value: numberOrNone(each) },
      );
    const expand = (by: string) => {
      // `$1` and `$&` mean what they mean for this one match.
      const alone = literal.slice(start, end);
      const groups = found.slice(1, found.length - 2 - names).map((each) => String(each ?? ''));
      return by.replace(/\$(\$|&|\d{1,2})/g, (whole, what: string) =>
        what === '$' ? '$' : what === '&' ? alone : (groups[Number(what) - 1] ?? whole),
      );
    };
    matches.push({ start, end, args, expand });
    return '';
  };
  if (expression) literal.replace(expression, collect);
  else if (all) literal.replaceAll(plain ?? '', collect);
  else literal.replace(plain ?? '', collect);
  return matches.length <= MAX_MATCHES ? matches : undefined;
}

function numberOrNone(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

// ------------------------------------------------------------------ testing and taking apart

/** `pattern.test(text)`: what unknown parts leave undecided stays so. */
function tests(self: Value, subject: Value): Value | undefined {
  const printed = toText(subject);
  const pattern = patternOf(self);
  if (!pattern || printed.kind !== 'text') return undefined;
  const { literal } = spelled(printed);
  if (!isQuick(pattern, literal)) return undefined;
  const match = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).exec(literal);
  if (match) return ANY_STAND_IN.test(match[0]) ? undefined : { kind: 'primitive', value: true };
  return ANY_STAND_IN.test(literal) && !beginsOtherwise(pattern, literal)
    ? undefined
    : { kind: 'primitive', value: false };
}

/** `/^https?:/` on `/api/{id}`: the first character decides, whatever the unknown part is. */
function beginsOtherwise(pattern: RegExp, literal: string): boolean {
  if (pattern.source.includes('|') || pattern.multiline) return false;
  const [, escaped, plain] = /^\^(?:\(\?:|\()?(?:\\([/.?#:-])|([\w/:-]))(?![?*{])/.exec(pattern.source) ?? [];
  const wanted = escaped ?? plain;
  const [first = ''] = literal;
  if (wanted === undefined || first === '' || ANY_STAND_IN.test(first)) return false;
  // A group that begins the pattern may be left out.
  if (/^\^\(/.test(pattern.source) && /\)[?*{]/.test(pattern.source)) return false;
  return pattern.ignoreCase ? wanted.toLowerCase() !== first.toLowerCase() : wanted !== first;
}

/** `text.match(pattern)`, `pattern.exec(text)`: the groups as a list, or null. */
export function matched(subject: Value, pattern: Value | undefined): Value | undefined {
  const literal = literalText(subject);
  const plain = pattern && literalText(pattern);
  const expression = plain === undefined ? patternOf(pattern) : undefined;
  if (literal === undefined || !expression || !isQuick(expression, literal)) {
    const found = pattern && !plain ? tests(pattern, subject) : undefined;
    return found?.kind === 'primitive' && !found.value ? { kind: 'primitive', value: null } : undefined;
  }
  const found = expression.global ? literal.match(expression) : expression.exec(literal);
  if (!found) return { kind: 'primitive', value: null };
  const items = [...found].map((each): Value => (each === undefined ? UNDEFINED : text(each, subject.trace)));
  if (expression.global || !found.groups) return { kind: 'array', items };
  return undefined;
}

/** `text.split(/[,;]/)`. */
export function splitBy(literal: string, pattern: Value, limit: number | undefined): Value[] | undefined {
  const expression = patternOf(pattern);
  if (!expression || !isQuick(expression, literal)) return undefined;
  const pieces: (string | undefined)[] = literal.split(expression, limit);
  return pieces.length > MAX_MATCHES
    ? undefined
    : pieces.map((piece) => (piece === undefined ? UNDEFINED : text(piece)));
}

/** `text.search(pattern)`. */
export function placeOf(literal: string, pattern: Value): Value | undefined {
  const expression = patternOf(pattern);
  return expression && isQuick(expression, literal)
    ? { kind: 'primitive', value: literal.search(expression) }
    : undefined;
}
