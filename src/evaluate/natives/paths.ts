import nodePath from 'node:path';
import { mergeLiterals } from '../url.ts';
import { concat, each, literalText, type TextValue, text, toText, type Value } from '../value.ts';
import { computed, type Known, knownOf } from './known.ts';
import type { Call, Library } from './natives.ts';

/** Packages that make texts of pieces: paths joined with slashes, and formats with places to fill. */

const pathJoin: Call = (_, values) => {
  const known = computed(values, (...pieces) => nodePath.posix.join(...pieces.map(String)));
  return known ?? joined(values.filter((value) => literalText(value) !== ''));
};

/** Pieces with one slash between them. Unknown ones are taken to bring none of their own. */
function joined(values: readonly Value[]): Value {
  return concat(
    values.flatMap((value, index) => {
      const bare = each(toText(value), (option) =>
        option.kind === 'text' ? trimmed(option, index > 0, index < values.length - 1) : option,
      );
      return index > 0 ? [text('/'), bare] : [bare];
    }),
  );
}

function trimmed(value: TextValue, start: boolean, end: boolean): TextValue {
  const parts = mergeLiterals(value.parts);
  const [first] = parts;
  if (start && first && 'literal' in first)
    parts[0] = { ...first, literal: first.literal.replace(/^\/+/, '') };
  const last = parts.at(-1);
  if (end && last && 'literal' in last)
    parts[parts.length - 1] = { ...last, literal: last.literal.replace(/\/+$/, '') };
  return { ...value, parts };
}

/** `url-join`, as its page describes it, not read: like a path, but a query is put to the end without a slash before it. */
const urlJoin: Call = (_, values) => {
  const pieces = values.flatMap((value) => (value.kind === 'array' && !value.open ? value.items : [value]));
  const whole = joined(pieces.filter((piece) => literalText(piece) !== ''));
  return each(whole, (option) => {
    if (option.kind !== 'text') return option;
    let asked = false;
    const parts = mergeLiterals(option.parts).map((part) => {
      if (!('literal' in part)) return part;
      const literal = part.literal.replace(/\/([?&#])/g, '$1').replace(/[?&]/g, (mark) => {
        if (!asked) {
          asked = true;
          return '?';
        }
        return mark === '?' ? '&' : mark;
      });
      return { ...part, literal };
    });
    return { ...option, parts };
  });
};

/**
 * `%s`, `%d`, `%j`, `%%` and, for sprintf, places by number or name: `%1$s`, `%(name)s`. The tests run sprintf-js
 * 1.0.3 and Node's util.format; the package printf was not read.
 */
const PLACE = /%(?:(\d+)\$|\(([\w.]+)\))?([sdifojO%])/g;

function filled(args: readonly Value[], rest: 'append' | 'drop'): Value | undefined {
  const [first, ...values] = args;
  const format = first && literalText(first);
  if (first === undefined) return text('');
  if (format === undefined) return undefined;
  // Widths, precisions and the like are not followed.
  if (/%[^\d(sdifojO%]|%\d+[^$\d]/.test(format.replace(PLACE, ''))) return undefined;
  const parts: Value[] = [];
  let at = 0;
  let next = 0;
  for (const match of format.matchAll(PLACE)) {
    const [whole, number, name, kind] = match;
    parts.push(text(format.slice(at, match.index), first.trace));
    at = match.index + whole.length;
    if (kind === '%') {
      parts.push(text('%'));
      continue;
    }
    const value =
      name === undefined
        ? values[number === undefined ? next++ : Number(number) - 1]
        : byName(values[0], name);
    // What there is no value for stays as it is written.
    if (value === undefined && rest === 'drop') return undefined;
    const written = value && (kind === 's' ? value : printed(value, kind, rest));
    if (value && !written) return undefined;
    parts.push(written ?? text(whole));
  }
  parts.push(text(format.slice(at), first.trace));
  if (rest === 'append') for (const value of values.slice(next)) parts.push(text(' '), value);
  return concat(parts, first.trace);
}

/** `user.name`: a step after the other. */
function byName(value: Value | undefined, path: string): Value | undefined {
  return path
    .split('.')
    .reduce<Value | undefined>(
      (held, name) => (held?.kind === 'object' ? held.entries.get(name)?.value : undefined),
      value,
    );
}

/** A number where it is known; whatever is printed in another notation, in quotes for one, is not followed. */
function printed(value: Value, kind: string | undefined, rest: 'append' | 'drop'): Value | undefined {
  const known = knownOf(value);
  const isNumber = typeof known?.is === 'number';
  if (kind === 'j') return isNumber ? value : undefined;
  if (kind === 'o' || kind === 'O') return undefined;
  if (known === undefined) return value;
  // `%d` of sprintf cuts, that of util.format does not.
  const cut = kind === 'i' || (kind === 'd' && rest === 'drop');
  return { kind: 'primitive', value: cut ? Number.parseInt(String(known.is), 10) : Number(known.is) };
}

const oneText =
  (compute: (path: string, extra: Known) => string): Call =>
  (_, args) =>
    computed(args, (path, extra) => compute(String(path), extra));

const basename = oneText((path, extra) =>
  nodePath.posix.basename(path, extra === undefined ? undefined : String(extra)),
);
const dirname = oneText((path) => nodePath.posix.dirname(path));
const extname = oneText((path) => nodePath.posix.extname(path));
const normalize = oneText((path) => nodePath.posix.normalize(path));

export const paths: Library = {
  calls: {
    'path#join': pathJoin,
    'path#posix.join': pathJoin,
    'path/posix#join': pathJoin,
    'path#basename': basename,
    'path#posix.basename': basename,
    'path#dirname': dirname,
    'path#posix.dirname': dirname,
    'path#extname': extname,
    'path#posix.extname': extname,
    'path#posix.normalize': normalize,
    'url-join#': urlJoin,
    'url-join#urlJoin': urlJoin,
    'urljoin#': urlJoin,
    'proper-url-join#': urlJoin,
    'util#format': (_, args) => filled(args, 'append'),
    'sprintf-js#sprintf': (_, args) => filled(args, 'drop'),
    'sprintf-js#vsprintf': (_, [format, list]) =>
      format && list?.kind === 'array' && !list.open ? filled([format, ...list.items], 'drop') : undefined,
    'printf#': (_, args) => filled(args, 'drop'),
  },
};
