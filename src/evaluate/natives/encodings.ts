import {
  each,
  type Gap,
  gapOf,
  literalText,
  object,
  text,
  toText,
  UNDEFINED,
  unknown,
  type Value,
} from '../value.ts';
import { computed } from './known.ts';
import type { Library, Method } from './natives.ts';

/** What a `Buffer` was made of, and how that is to be read; it is turned to text by `toString`. */
function buffer([source, encoding]: readonly Value[]): Value | undefined {
  if (!source) return undefined;
  if (source.kind === 'object' && source.type === 'Buffer') return source;
  return object(
    [
      ['source', { value: toText(source), always: true }],
      ['encoding', { value: encoding ?? text('utf8'), always: true }],
    ],
    { type: 'Buffer' },
  );
}

const UTF8 = /^utf-?8$/i;
const BASE64 = /^base64(?:url)?$/i;

/** `Buffer.from(source, from).toString(to)`. */
const printed: Method = (_, self, [to]) => {
  if (self.kind !== 'object') return undefined;
  const source = self.entries.get('source')?.value ?? UNDEFINED;
  const from = literalText(self.entries.get('encoding')?.value ?? text('utf8'));
  const target = to ? literalText(to) : 'utf8';
  if (from !== undefined && target !== undefined) {
    if (UTF8.test(from) && UTF8.test(target)) return source;
    if (UTF8.test(from) && /^base64$/i.test(target)) return base64(source);
    const result = recoded(source, from, target);
    if (result) return result;
  }
  return each(source, (option) => {
    const reason = target !== undefined && BASE64.test(target) ? 'base64 text' : 'decoded text';
    return unknown(reason, reason.split(' ')[0] ?? 'text', { names: gapOf(option).names });
  });
};

function recoded(source: Value, from: string, to: string): Value | undefined {
  if (!Buffer.isEncoding(from) || !Buffer.isEncoding(to)) return undefined;
  return computed([source], (literal) => Buffer.from(String(literal), from).toString(to), source);
}

/** `Buffer`, `btoa` and `atob`. */
export const encodings: Library = {
  types: { Buffer: { methods: { toString: printed } } },
  calls: {
    '#btoa': (_, [value]) => value && base64(value),
    '#atob': (_, [value]) =>
      value &&
      (recoded(value, 'base64', 'latin1') ?? unknown('decoded text', 'text', { names: gapOf(value).names })),
    '#Buffer.from': (_, args) => buffer(args),
    'buffer#Buffer.from': (_, args) => buffer(args),
    'js-base64#Base64.encode': (_, [value]) => value && base64(value),
    'js-base64#encode': (_, [value]) => value && base64(value),
    'base-64#encode': (_, [value]) => value && base64(value),
  },
  constructors: {
    '#Buffer': (_, args) => buffer(args),
  },
};

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
