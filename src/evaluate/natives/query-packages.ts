import { splitQuery } from '../url.ts';
import {
  choice,
  concat,
  type Entry,
  gapOf,
  isNullish,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  text,
  toText,
  type Value,
} from '../value.ts';
import type { Call, Library } from './natives.ts';
import { searchParams } from './query.ts';

/**
 * Packages that write and read queries. They differ in what becomes of `undefined` and `null` and of lists. The
 * tests run qs 6.17 and Node's querystring; query-string was not read, and is taken as its page describes it.
 */
interface Style {
  /** What is written for it; undefined: the name is left out. */
  readonly undefined: string | undefined;
  readonly null: string | undefined;
  /** The name of an item of a list, or of a property of an object; undefined when it is not written so. */
  readonly nested: (name: string, key: string, isList: boolean) => string | undefined;
}

const QS: Style = { undefined: undefined, null: '', nested: (name, key) => `${name}[${key}]` };
const QUERY_STRING: Style = {
  undefined: undefined,
  null: '',
  nested: (name, _key, isList) => (isList ? name : undefined),
};
const QUERYSTRING: Style = {
  undefined: '',
  null: '',
  nested: (name, _key, isList) => (isList ? name : undefined),
};

const OPTIONS_OF_SHAPE = [
  'arrayFormat',
  'indices',
  'allowDots',
  'skipNulls',
  'skipNull',
  'skipEmptyString',
  'filter',
  'encoder',
  'serializeDate',
];

/** What a package writes, as parameters. */
function written(value: Value | undefined, style: Style, options?: Value): Value {
  const container = searchParams(value);
  if (container.kind !== 'object' || value?.kind === 'text') return container;
  const shaped = options?.kind === 'object' && OPTIONS_OF_SHAPE.some((name) => options.entries.has(name));
  const entries = new Map<string, Entry>();
  let { open } = container;
  const add = (name: string, entry: Entry, depth: number): void => {
    if (shaped || depth > 3) {
      entries.set(name, { ...entry, always: false });
      return;
    }
    const items = itemsOf(entry.value);
    if (items) {
      for (const [key, held] of items.entries) {
        const nested = style.nested(name, key, items.isList);
        if (nested === undefined)
          open ??= { reason: `an object as the query parameter ${name}`, name, names: [name] };
        else add(nested, { value: held.value, always: entry.always && held.always }, depth + 1);
      }
      open ??= items.open;
      return;
    }
    const earlier = entries.get(name);
    const kept = optionsOf(entry.value).flatMap((option) => {
      if (!isNullish(option)) return [option];
      const fate = option.kind === 'primitive' && option.value === null ? style.null : style.undefined;
      return fate === undefined ? [] : [text(fate)];
    });
    if (kept.length === 0) return;
    const always = entry.always && kept.length === optionsOf(entry.value).length;
    entries.set(name, {
      value: choice(earlier ? [earlier.value, ...kept] : kept),
      always: always || (earlier?.always ?? false),
      name: earlier ? undefined : entry.name,
    });
  };
  for (const [name, entry] of container.entries) add(name, entry, 0);
  return object(entries, { type: 'URLSearchParams', open });
}

function itemsOf(
  value: Value,
): { entries: [string, Entry][]; isList: boolean; open: ObjectValue['open'] } | undefined {
  if (value.kind === 'array')
    return {
      entries: value.items.map((item, index) => [String(index), { value: item, always: !value.open }]),
      isList: true,
      open: value.open,
    };
  return value.kind === 'object' && value.type === undefined
    ? { entries: [...value.entries], isList: false, open: value.open }
    : undefined;
}

/** `stringify(object, options)`. */
function stringify(style: Style): Call {
  return (_, [value, options]) => {
    // A text is no object: nothing is written.
    if (value?.kind === 'text') return style === QUERY_STRING ? undefined : text('');
    const query = toText(written(value, style, options));
    const marked = says(options, 'addQueryPrefix') && !(query.kind === 'text' && query.parts.length === 0);
    return marked ? concat([text('?'), query]) : query;
  };
}

/** `stringifyUrl({ url, query })` of query-string: the query is added to that of the URL. */
const stringifyUrl: Call = (_, [given, options]) => {
  const url = given?.kind === 'object' ? given.entries.get('url')?.value : undefined;
  const added =
    given?.kind === 'object' ? written(given.entries.get('query')?.value, QUERY_STRING, options) : undefined;
  const address = url && toText(url);
  if (address?.kind !== 'text' || added?.kind !== 'object') return undefined;
  const { base, query } = splitQuery(address.parts);
  const both = toText({
    ...query,
    entries: new Map([...query.entries, ...added.entries]),
    open: query.open ?? added.open,
  });
  const start: Value = { kind: 'text', parts: base, trace: address.trace };
  return both.kind === 'text' && both.parts.length === 0 ? start : concat([start, text('?'), both]);
};

/** A query text as a plain object: a name that stands in it several times has a list. */
function parse(style: Style): Call {
  return (_, [value, options]) => {
    if (!value) return undefined;
    const literal = literalText(value);
    if (literal !== undefined) return parsed(literal, style, options);
    if (value.kind !== 'text') return object([], { open: gapOf(value) });
    const read = searchParams(value);
    return read.kind === 'object' ? { ...read, type: undefined } : read;
  };
}

function parsed(literal: string, style: Style, options: Value | undefined): Value | undefined {
  const cut =
    style === QUERY_STRING || says(options, 'ignoreQueryPrefix') ? literal.replace(/^\?/, '') : literal;
  // Brackets make objects and lists, options may say anything, and a name without a value has several readings.
  const isPlain =
    !/[[\]]|%5[BD]/i.test(cut) && cut.split('&').every((pair) => pair === '' || pair.includes('='));
  const isAsked = options !== undefined && !says(options, 'ignoreQueryPrefix');
  if (!isPlain || isAsked || cut.startsWith('?')) return undefined;
  const entries = new Map<string, Entry>();
  for (const [name, each] of new URLSearchParams(cut)) {
    const earlier = entries.get(name)?.value;
    const items = earlier && [...(earlier.kind === 'array' ? earlier.items : [earlier]), text(each)];
    entries.set(name, { value: items ? { kind: 'array', items } : text(each), always: true });
  }
  return object(entries);
}

function says(options: Value | undefined, name: string): boolean {
  const held = options?.kind === 'object' ? options.entries.get(name)?.value : undefined;
  return held?.kind === 'primitive' && held.value === true;
}

export const queryPackages: Library = {
  calls: {
    'qs#stringify': stringify(QS),
    'qs#parse': parse(QS),
    'query-string#stringify': stringify(QUERY_STRING),
    'query-string#stringifyUrl': stringifyUrl,
    'query-string#parse': parse(QUERY_STRING),
    'querystring#stringify': stringify(QUERYSTRING),
    'querystring#encode': stringify(QUERYSTRING),
    'querystring#parse': parse(QUERYSTRING),
    'querystring#decode': parse(QUERYSTRING),
    'querystring#escape': (evaluator, [value], site) =>
      value && evaluator.natives.call(evaluator, ENCODE, [value], site),
  },
};

const ENCODE: Value = { kind: 'external', module: '', path: ['encodeURIComponent'] };
