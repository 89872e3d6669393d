import { member } from '../evaluate/members.ts';
import { mergeLiterals } from '../evaluate/url.ts';
import {
  concat,
  each,
  isNullish,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  type Part,
  text,
  toText,
  UNDEFINED,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import { type Client, type Draft, entries, type Form, type FormCall, type Layer, option } from './client.ts';
import { addedBy, type Kind, queryOfHooks } from './hooks.ts';
import { given, isUndefined, layersOf, ownProperties, withoutValues } from './options.ts';

const TYPE = 'OpenapiFetch';
const PATHS = 'OpenapiFetchPaths';
const PATH = 'OpenapiFetchPath';
const VERBS = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

/**
 * openapi-fetch 0.17 (openapi-ts/openapi-typescript: packages/openapi-fetch/src/index.js). A base
 * without its last slash, then a path whose `{name}` are filled in. Headers of the client, of the call and of
 * `params.header` are set over each other: `undefined` is skipped, `null` takes the name away.
 */
export const openapiFetch: Client = {
  name: 'openapi-fetch',
  calls: {
    ...Object.fromEntries(
      VERBS.flatMap((verb): [string, Form][] => [
        [`${TYPE}.${verb}`, (call) => draft(call, call.self, text(verb), call.args[0], call.args[1])],
        [`${PATH}.${verb}`, (call) => onPath(call, text(verb))],
      ]),
    ),
    [`${TYPE}.request`]: (call) => draft(call, call.self, call.args[0], call.args[1], call.args[2]),
  },
  library: {
    calls: {
      'openapi-fetch#': (_, [options]) => made(TYPE, options),
      'openapi-fetch#createPathBasedClient': (_, [options]) => made(PATHS, options),
      'openapi-fetch#wrapAsPathBasedClient': (_, [client]) =>
        client && each(client, (option) => (isClient(option) ? { ...option, type: PATHS } : option)),
    },
    typed: {
      'openapi-fetch#Client': () => made(TYPE, unknown('a client made elsewhere', 'client')),
      'openapi-fetch#PathBasedClient': () => made(PATHS, unknown('a client made elsewhere', 'client')),
    },
    types: {
      [TYPE]: {
        methods: answering([...VERBS, 'request']),
        mutators: {
          use: (_, self, middlewares) => using(self, middlewares),
          eject: (_, self) => using(self, [unknown('a middleware that is taken away', 'headers')]),
        },
      },
      [PATHS]: {
        get: (client, name) =>
          name.startsWith('/') ? object(entries({ client, path: text(name) }), { type: PATH }) : undefined,
      },
      [PATH]: { methods: answering(VERBS) },
    },
  },
};

/** What the methods answer is a response. */
function answering(names: readonly string[]): Record<string, () => undefined> {
  return Object.fromEntries(names.map((name) => [name, () => undefined]));
}

function made(type: string, options: Value | undefined): ObjectValue {
  return object(entries({ '(options)': options }), { type });
}

function isClient(value: Value): value is ObjectValue {
  return value.kind === 'object' && value.type === TYPE;
}

const MIDDLEWARES = '(middlewares)';

function using(self: Value, more: readonly Value[]): Value | undefined {
  if (self.kind !== 'object') return undefined;
  const items = [...listOf(self.entries.get(MIDDLEWARES)?.value), ...more];
  return {
    ...self,
    entries: new Map([...self.entries, ...entries({ [MIDDLEWARES]: { kind: 'array', items } })]),
  };
}

function listOf(value: Value | undefined): readonly Value[] {
  if (!value || value.kind === 'primitive') return [];
  return value.kind === 'array' ? value.items : [value];
}

// ------------------------------------------------------------------ a request

const HEADERS: Omit<Layer, 'value'> = { undefined: 'drop', null: 'remove' };

/** `onRequest({ request }) { request.headers.set(…); }` */
const HOOK: Kind = {
  args: (headers) => [
    object(entries({ request: object(entries({ headers }), { type: 'Request' }) }), {
      open: { reason: 'what a middleware is told', name: 'options', names: [] },
    }),
  ],
  paths: [['request', 'headers']],
  type: 'Headers',
};

/** `client['/users/{id}'].GET(init)`. */
function onPath(call: FormCall, method: Value): Draft | undefined {
  const { self } = call;
  if (self?.kind !== 'object') return undefined;
  const [client, path] = ['client', 'path'].map((name) => self.entries.get(name)?.value);
  return draft(call, client, method, path, call.args[0]);
}

function draft(
  call: FormCall,
  self: Value | undefined,
  method: Value | undefined,
  path: Value | undefined,
  init: Value | undefined,
): Draft | undefined {
  if (self?.kind !== 'object' || !path) return undefined;
  const own = self.entries.get('(options)')?.value;
  const layers = [own, init];
  const params = option(call, init, 'params');
  const written = concat([each(toText(given(call, layers, 'baseUrl')), withoutLastSlash), path]);
  const url = filled(call, written, option(call, params, 'path'));
  const serialized = isFunction(given(call, layers, 'querySerializer'));
  const body = option(call, init, 'body');
  const middlewares = [
    ...listOf(self.entries.get(MIDDLEWARES)?.value),
    ...listOf(option(call, init, 'middleware')),
  ];
  const hooks = middlewares.map((each) => onRequest(call, each));
  return {
    client: 'openapi-fetch',
    ...(serialized
      ? { url, query: [{ value: unknown('a query serializer', 'query'), undefined: 'drop', null: 'drop' }] }
      : withHooks(withQuery(url, option(call, params, 'query')), hooks)),
    method: method ?? UNDEFINED,
    headers: [
      ...contentType(body),
      ...layersOf(call, layers, ['headers'], HEADERS, namesOf),
      ...layersOf(call, [params], ['header'], HEADERS, namesOf),
      ...addedBy(call, hooks, HOOK, HEADERS),
      ...replacedFetch(call, layers),
    ],
    body: isFunction(given(call, layers, 'bodySerializer')) ? unknown('a body serializer', 'body') : body,
    objectBody: layers.some((each) => saysForm(call, each)) ? 'form' : 'json',
  };
}

function withHooks(
  asked: Pick<Draft, 'url' | 'query'>,
  hooks: readonly Value[],
): Pick<Draft, 'url' | 'query'> {
  return { ...asked, query: [...asked.query, ...queryOfHooks(hooks)] };
}

function saysForm(call: FormCall, options: Value | undefined): boolean {
  const type = option(call, option(call, options, 'headers'), 'Content-Type', 'content-type');
  return literalText(type) === 'application/x-www-form-urlencoded';
}

function contentType(body: Value): Layer[] {
  const written = isUndefined(body) || (body.kind === 'object' && body.type === 'FormData');
  return written
    ? []
    : [{ ...HEADERS, value: object(entries({ 'Content-Type': text('application/json') })) }];
}

/** A `Headers` gives its own, of anything else the properties are read. */
function namesOf(container: Value): Value {
  return container.kind === 'object' && container.type === 'Headers' ? container : ownProperties(container);
}

/** A middleware without `onRequest` changes nothing of the request. */
function onRequest(call: FormCall, middleware: Value): Value {
  return middleware.kind === 'unknown' ? middleware : option(call, middleware, 'onRequest');
}

/** A function of the project that stands for fetch may send more. */
function replacedFetch(call: FormCall, layers: readonly (Value | undefined)[]): Layer[] {
  return isFunction(given(call, layers, 'fetch'))
    ? [{ ...HEADERS, value: unknown('a fetch of its own', 'headers') }]
    : [];
}

function isFunction(value: Value): boolean {
  return optionsOf(value).some((option) => option.kind === 'function');
}

// ------------------------------------------------------------------ addresses

function withoutLastSlash(base: Value): Value {
  if (base.kind === 'primitive') return text('');
  if (base.kind !== 'text') return base;
  const parts = mergeLiterals(base.parts);
  const end = parts.at(-1);
  if (end && 'literal' in end) parts[parts.length - 1] = { ...end, literal: end.literal.replace(/\/$/, '') };
  return { ...base, parts };
}

/** Parameters go behind a question mark; one that is in the address already becomes part of a value. */
function withQuery(url: Value, params: Value): Pick<Draft, 'url' | 'query'> {
  if (isUndefined(params)) return { url, query: [] };
  const given = withoutValues(params, isNullish);
  const none = given.kind !== 'object' || given.type !== undefined || given.entries.size === 0;
  if (none || !asksAlready(url)) return { url, query: [{ value: params, undefined: 'drop', null: 'drop' }] };
  return { url: concat([url, text('?'), { ...given, type: 'URLSearchParams' }]), query: [] };
}

function asksAlready(url: Value): boolean {
  return url.kind === 'text' && url.parts.some((part) => 'literal' in part && part.literal.includes('?'));
}

/** `{name}`, and in other styles `{name*}`, `{.name}`, `{;name}`. */
const HOLE = /(\{[^{}]+\})/;

/** The path with its holes filled; one that no value is given for stays as it is written. */
function filled(call: FormCall, url: Value, values: Value): Value {
  return each(toText(url), (option) =>
    option.kind === 'text'
      ? concat(
          mergeLiterals(option.parts).flatMap((part) => filledPart(call, part, values)),
          option.trace,
        )
      : option,
  );
}

function filledPart(call: FormCall, part: Part, values: Value): Value[] {
  if (!('literal' in part)) return [{ kind: 'text', parts: [part] }];
  return part.literal.split(HOLE).map((piece) => {
    const name = /^\{[.;]?([^{}]+?)\*?\}$/.exec(piece)?.[1];
    const value = name === undefined ? UNDEFINED : member(call.evaluator, values, name, call.node, undefined);
    return each(value, (option) => {
      if (option.kind === 'primitive' && (option.value === undefined || option.value === null))
        return text(piece, part.trace);
      const literal = literalText(option);
      return literal === undefined ? option : text(encodeURIComponent(literal), option.trace);
    });
  });
}
