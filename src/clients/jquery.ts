import { parseQueryText } from '../evaluate/url.ts';
import {
  type Entry,
  each,
  isNullish,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  text,
  UNDEFINED,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import { ts } from '../syntax/ts.ts';
import { type Client, type Draft, entries, type Form, type FormCall, type Layer, option } from './client.ts';
import { argumentAfter } from './hooks.ts';
import { given, isOptions, isUndefined, isUrl, layersOf, ownProperties } from './options.ts';
import { asContainer, lowerCase, partOf, pending, put, putAll, withPart } from './pending.ts';

const NAMES = ['$', 'jQuery'];
const SHORTHANDS: Readonly<Record<string, string>> = { get: 'GET', post: 'POST', getJSON: 'GET' };

/** What `beforeSend` is given; unlike an XMLHttpRequest, it replaces a header that is set again. */
const JQXHR = 'jqXHR';

const FATES: Omit<Layer, 'value'> = { undefined: 'drop', null: 'text' };

/**
 * jQuery 1 to 4 (jquery/jquery: src/ajax.js, src/serialize.js). `ajaxSetup` is extended by a call's settings,
 * which skips `undefined`, in headers and data too; `beforeSend` sets headers last; `data` of a GET goes to the
 * query, where `null` leaves nothing behind its name. A `Headers` is refused: its methods are taken for names.
 */
export const jquery: Client = {
  name: 'jQuery',
  calls: {
    'jQuery.ajax': (call) => {
      const [first, second] = call.args;
      return isUrl(first) ? draft(call, first, second) : draft(call, undefined, first);
    },
    ...Object.fromEntries(
      Object.entries(SHORTHANDS).map(([name, method]): [string, Form] => [
        `jQuery.${name}`,
        (call) => shorthand(call, method),
      ]),
    ),
  },
  library: {
    values: Object.fromEntries(
      [...NAMES.map((name) => `#${name}`), 'jquery#', 'jquery#$', 'jquery#jQuery'].map((key) => [
        key,
        jQuery,
      ]),
    ),
    types: {
      jQuery: {
        get: (self, name) => (name === 'default' ? self : undefined),
        methods: {
          ...Object.fromEntries(
            ['ajax', 'call', ...Object.keys(SHORTHANDS)].map((name) => [name, () => undefined]),
          ),
          extend: (_, __, args) => {
            const deep = args[0]?.kind === 'primitive' && args[0].value === true;
            return args
              .filter((each) => each.kind !== 'primitive')
              .reduce<ObjectValue>((target, source) => extended(target, source, deep), object());
          },
          param: (_, __, [data]) => (data?.kind === 'object' ? parametersOf(data) : undefined),
        },
      },
      [JQXHR]: {
        mutators: {
          setRequestHeader: (_, self, [name, value]) =>
            withPart(self, 'headers', (held) => put(held, name, value ?? UNDEFINED, lowerCase)),
        },
      },
    },
  },
};

/** `$.extend`: `undefined` is skipped; a deep one lays plain objects within over each other too. */
function extended(target: ObjectValue, source: Value, deep: boolean): ObjectValue {
  const over = asContainer(source);
  const laid = [...over.entries]
    .filter(([, { value }]) => !isUndefined(value))
    .map(([name, entry]): [string, Entry] => {
      const earlier = target.entries.get(name)?.value;
      return deep && earlier && isPlain(earlier) && isPlain(entry.value)
        ? [name, { ...entry, value: extended(earlier, entry.value, deep) }]
        : [name, entry];
    });
  const merged = putAll(target, { ...over, entries: new Map(laid) });
  return merged.kind === 'object' ? merged : target;
}

function isPlain(value: Value): value is ObjectValue {
  return value.kind === 'object' && value.type === undefined;
}

/** `$.param`: nothing stands behind the name of `undefined` and `null`. */
function parametersOf(data: ObjectValue): Value {
  const named = [...data.entries].map(([name, entry]): [string, Entry] => [
    name,
    { ...entry, value: each(entry.value, (option) => (isNullish(option) ? text('') : option)) },
  ]);
  return { ...data, type: 'URLSearchParams', entries: new Map(named) };
}

function jQuery(): Value {
  return object([], { type: 'jQuery', open: { reason: 'jQuery', name: 'jQuery', names: [] } });
}

/** `$.get(url, data, success)`, where the data may be left out; or settings as for `$.ajax`. */
function shorthand(call: FormCall, method: string): Draft | undefined {
  const [first, second] = call.args;
  if (!isUrl(first)) return draft(call, undefined, first, text(method));
  const data = second && second.kind !== 'function' ? second : undefined;
  return draft(call, first, object(entries({ data })), text(method));
}

function draft(
  call: FormCall,
  url: Value | undefined,
  settings: Value | undefined,
  method?: Value,
): Draft | undefined {
  const own = isOptions(settings) ? settings : undefined;
  const layers = [...setupOf(call), own];
  const address = url ?? given(call, layers, 'url');
  if (isUndefined(address)) return undefined;
  const asked = method ?? given(call, layers, 'method', 'type');
  const verb = isUndefined(asked) ? 'GET' : literalText(asked)?.toUpperCase();
  const data = dataOf(call, layers);
  const processed = given(call, layers, 'processData');
  const inQuery =
    (verb === 'GET' || verb === 'HEAD') && !(processed.kind === 'primitive' && processed.value === false);
  return {
    client: 'jQuery',
    url: address,
    method: asked,
    headers: [
      ...contentType(given(call, layers, 'contentType'), inQuery || isUndefined(data)),
      ...layersOf(call, layers, ['headers'], FATES, ownProperties),
      ...beforeSend(call, given(call, layers, 'beforeSend')),
      ...(touched(call) ? [missed('a jQuery prefilter or ajaxSend handler')] : []),
    ],
    query: inQuery && !isUndefined(data) ? [{ value: queryOf(data), undefined: 'drop', null: 'empty' }] : [],
    body: inQuery ? UNDEFINED : data,
    objectBody: 'form',
  };
}

/** Objects are laid over each other, name by name; anything else stands for what is below it. */
function dataOf(call: FormCall, layers: readonly (Value | undefined)[]): Value {
  const held = layers.map((layer) => option(call, layer, 'data')).filter((data) => !isUndefined(data));
  return held.every(isPlain) && held.length > 1
    ? held.reduce((below, data) => extended(below, data, true))
    : given(call, layers, 'data');
}

function queryOf(data: Value): Value {
  return data.kind === 'text' ? parseQueryText(data.parts) : data;
}

function contentType(value: Value, without: boolean): Layer[] {
  if (without || value.kind !== 'text') return [];
  return [{ ...FATES, value: object(entries({ 'content-type': value })) }];
}

function beforeSend(call: FormCall, hook: Value): Layer[] {
  return optionsOf(hook).flatMap((fn) => {
    if (fn.kind === 'primitive') return [];
    if (fn.kind !== 'function') return [missed('a beforeSend function that is not followed')];
    const after = argumentAfter(call.evaluator, fn, [pending(JQXHR, call.node)], 0);
    return [{ undefined: 'text' as const, null: 'text' as const, value: partOf(after, 'headers') }];
  });
}

function missed(reason: string): Layer {
  return { ...FATES, value: unknown(reason, 'headers') };
}

/** The settings of `$.ajaxSetup`, which hold for every call. */
function setupOf(call: FormCall): Value[] {
  return callsOn(call, ['ajaxSetup']).flatMap((made) => {
    const [settings] = made.arguments;
    return settings ? [call.evaluator.evaluate(settings, undefined)] : [];
  });
}

/** `$.ajaxPrefilter(…)`, `$(document).ajaxSend(…)`: they may change any request. */
function touched(call: FormCall): boolean {
  return callsOn(call, ['ajaxPrefilter', 'ajaxSend']).length > 0;
}

function callsOn({ mentions }: FormCall, methods: readonly string[]): ts.CallExpression[] {
  return NAMES.flatMap((name) => mentions(name)).flatMap((mention) => {
    const receiver =
      ts.isCallExpression(mention.parent) && mention.parent.expression === mention ? mention.parent : mention;
    const { parent } = receiver;
    const named =
      ts.isPropertyAccessExpression(parent) &&
      parent.expression === receiver &&
      methods.includes(parent.name.text);
    return named && ts.isCallExpression(parent.parent) ? [parent.parent] : [];
  });
}
