import { apply } from '../evaluate/calls.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { Callback, Method, Site } from '../evaluate/natives/natives.ts';
import { headersObject } from '../evaluate/natives/query.ts';
import { joinWithSlash } from '../evaluate/url.ts';
import {
  choice,
  concat,
  each,
  type FunctionValue,
  type Gap,
  isNullish,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  UNDEFINED,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import { enclosingFunction, nameOf, parametersOf } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { type Client, type Draft, entries, type Form, type FormCall, type Layer, option } from './client.ts';
import { argumentAfter } from './hooks.ts';
import { given, isOptions, isUndefined, layersOf, withBase, withoutValues } from './options.ts';

const PACKAGES = [
  '@reduxjs/toolkit/query',
  '@reduxjs/toolkit/query/react',
  '@reduxjs/toolkit/dist/query',
  '@reduxjs/toolkit/dist/query/react',
];
const API = 'RtkApi';
const BUILDER = 'RtkBuilder';
const BASE_QUERY = 'RtkBaseQuery';
/** What a base query is answered; it knows what was sent for it. */
const SENT = 'RtkSent';
const ENDPOINTS = ['query', 'mutation', 'infiniteQuery'];

/**
 * RTK Query (reduxjs/redux-toolkit 2.14: packages/toolkit/src/query/fetchBaseQuery.ts). An endpoint's `query`
 * answers the address or the request, and the base query sends it: that function is the call site. Headers of
 * the endpoint stand for those of the base as a whole, `undefined` ones are left out, then `prepareHeaders` has
 * them; the address is joined with one slash. Base queries of the project that call one are followed.
 */
export const rtkQuery: Client = {
  name: 'fetchBaseQuery',
  calls: {
    ...Object.fromEntries(ENDPOINTS.map((name): [string, Form] => [`${BUILDER}.${name}`, endpoint])),
    [`${BASE_QUERY}.call`]: (call) => {
      const [request, api] = call.args;
      return request && !isHandedOn(call, request, api)
        ? together(sentThrough(call, call.self, request))
        : undefined;
    },
  },
  library: {
    calls: forPackages({
      fetchBaseQuery: (_: Evaluator, [options = object()]: readonly Value[]) =>
        object(entries({ '(options)': options }), { type: BASE_QUERY }),
      retry: (_: Evaluator, [baseQuery]: readonly Value[]) => baseQuery,
      createApi: (evaluator: Evaluator, [options]: readonly Value[], { node }: Site) =>
        object(entries({ '(baseQuery)': option({ evaluator, node }, options, 'baseQuery') }), { type: API }),
    }),
    callbacks: {
      ...forPackages({ createApi: builderFor }),
      [`${API}.injectEndpoints`]: builderFor,
      // `queryFn: async (argument, api, extraOptions, baseQuery) => …`
      ...Object.fromEntries(
        ENDPOINTS.map((name) => [
          `${BUILDER}.${name}`,
          (_: Evaluator, { name, parameter, self }: Callback) =>
            name === 'queryFn' && parameter === 3 ? callable(baseQueryOf(self)) : undefined,
        ]),
      ),
    },
    types: {
      [API]: { methods: { injectEndpoints: same, enhanceEndpoints: same } },
      [BUILDER]: { methods: Object.fromEntries(ENDPOINTS.map((name) => [name, () => undefined])) },
      [BASE_QUERY]: { methods: { call: (_, base, [request], { node }) => sentBy(base, request, node) } },
    },
  },
};

function same(...[, self]: Parameters<Method>): Value {
  return self;
}

function forPackages<T>(exports: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(
    PACKAGES.flatMap((module) =>
      Object.entries(exports).map(([name, made]): [string, T] => [`${module}#${name}`, made]),
    ),
  );
}

/** `endpoints: (builder) => ({ … })`. */
function builderFor(
  evaluator: Evaluator,
  { name, parameter, call, self, frame }: Callback,
): Value | undefined {
  const [options] = call.arguments;
  if (name !== 'endpoints' || parameter !== 0 || !options) return undefined;
  const baseQuery =
    baseQueryOf(self) ?? option({ evaluator, node: call }, evaluator.evaluate(options, frame), 'baseQuery');
  return object(entries({ '(baseQuery)': baseQuery }), { type: BUILDER });
}

function baseQueryOf(self: Value | undefined): Value | undefined {
  const [holder] = self ? optionsOf(self).filter((each) => each.kind === 'object') : [];
  return holder?.entries.get('(baseQuery)')?.value;
}

/** A base query of the project as one that is called: its calls are call sites, too. */
function callable(base: Value | undefined): Value | undefined {
  return (
    base &&
    each(base, (option) =>
      option.kind === 'function' ? object(entries({ '(through)': option }), { type: BASE_QUERY }) : option,
    )
  );
}

function sentBy(base: Value, request: Value | undefined, node: ts.Node): ObjectValue {
  return object(entries({ '(base)': base, '(request)': request }), {
    type: SENT,
    node,
    open: { reason: 'the response', name: 'response', names: [], response: true },
  });
}

/** A base query that hands on what it is called with sends what the endpoints say, and is followed from there. */
function isHandedOn(call: FormCall, request: Value, api: Value | undefined): boolean {
  const address = request.kind === 'object' ? option(call, request, 'url') : request;
  const [asked, told] = [address, api].map((value) =>
    value?.kind === 'unknown' ? value.gap.parameter : undefined,
  );
  return asked !== undefined && asked.index === 0 && asked.fn === told?.fn && told.index === 1;
}

// ------------------------------------------------------------------ endpoints

/** `builder.query({ query: (id) => `users/${id}` })`. */
function endpoint(call: FormCall): Draft | undefined {
  const query = option(call, call.args[0], 'query');
  const base = baseQueryOf(call.self);
  if (!base || query.kind !== 'function') return undefined;
  const request = apply(call.evaluator, query, parametersGiven(query), undefined, undefined);
  const sent = together(optionsOf(base).flatMap((each) => sentThrough(call, each, request)));
  return sent && { ...sent, place: placeOf(query) };
}

/** What the hooks of an endpoint are called with: each parameter by its own name. */
function parametersGiven(query: FunctionValue): Value[] {
  return parametersOf(query.node).map((parameter) => {
    const name = nameOf(parameter) ?? 'argument';
    return unknown(`parameter "${name}" of an endpoint`, name, { names: [name] });
  });
}

/** Where the request is written: what the function answers, when it answers one thing. */
function placeOf({ node }: FunctionValue): ts.Node {
  const answers = node.body && (ts.isBlock(node.body) ? returnedIn(node.body) : [node.body]);
  let [place] = answers ?? [];
  if (!place || answers?.length !== 1) return node;
  while (ts.isParenthesizedExpression(place) || ts.isAsExpression(place) || ts.isSatisfiesExpression(place))
    place = place.expression;
  return place;
}

function returnedIn(body: ts.Block): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node) && node.expression && enclosingFunction(node) === body.parent)
      found.push(node.expression);
    ts.forEachChild(node, visit);
  };
  visit(body);
  return found;
}

/** What a base query sends; one of the project is run, to see what it hands to another one. */
function sentThrough(call: FormCall, base: Value | undefined, request: Value): Draft[] {
  if (base?.kind === 'object' && base.type === BASE_QUERY) {
    const inner = base.entries.get('(through)')?.value;
    return inner ? sentThrough(call, inner, request) : [draft(call, base, request)];
  }
  if (base?.kind !== 'function') return [];
  const rest = [unknown('the api of RTK Query', 'api'), unknown('extra options', 'extraOptions')];
  const answer = apply(call.evaluator, base, [request, ...rest], undefined, undefined);
  return optionsOf(answer).flatMap((each) =>
    each.kind === 'object' && each.type === SENT
      ? optionsOf(each.entries.get('(base)')?.value ?? UNDEFINED).flatMap((inner) =>
          sentThrough(call, inner, each.entries.get('(request)')?.value ?? UNDEFINED),
        )
      : [],
  );
}

function together(drafts: readonly Draft[]): Draft | undefined {
  const [first] = drafts;
  return first && drafts.reduce(joined, first);
}

/** Two ways of one call, as a base query that repeats it: what they send alike is known. */
function joined(one: Draft, other: Draft): Draft {
  if (one === other) return one;
  return {
    ...one,
    url: choice([one.url, other.url]),
    method: choice([one.method, other.method]),
    headers: one.headers.map((layer, index) => {
      const value = other.headers[index]?.value;
      return value ? { ...layer, value: choice([layer.value, value]) } : layer;
    }),
    query: one.query.length >= other.query.length ? one.query : other.query,
  };
}

// ------------------------------------------------------------------ requests

function draft(call: FormCall, base: ObjectValue, request: Value): Draft {
  const options = base.entries.get('(options)')?.value;
  const own = each(request, (each) => (each.kind === 'text' ? UNDEFINED : each));
  const path = each(request, (each) => (isAddress(each) ? each : option(call, each, 'url')));
  const layers = [options, isOptions(own) ? own : undefined];
  const url = withBase(option(call, options, 'baseUrl'), path, join);
  return {
    client: 'fetchBaseQuery',
    url,
    method: given(call, layers, 'method'),
    headers: headersOf(call, options, own),
    query: isFunction(option(call, options, 'paramsSerializer'))
      ? [{ value: unknown('a serializer of parameters', 'params'), undefined: 'drop', null: 'drop' }]
      : layersOf(call, [own], ['params'], { undefined: 'drop', null: 'text' }),
    body: given(call, layers, 'body'),
    objectBody: 'json',
  };
}

function isAddress(value: Value): boolean {
  return value.kind === 'text' || (value.kind === 'unknown' && !isOptions(value));
}

function join(base: Value, path: Value): Value {
  const [from, to] = [literalText(base), literalText(path)];
  return to?.startsWith('?') && !from?.endsWith('/') ? concat([base, path]) : joinWithSlash(base, path);
}

function headersOf(call: FormCall, options: Value | undefined, own: Value): Layer[] {
  const layer: Omit<Layer, 'value'> = { undefined: 'text', null: 'text' };
  const base = option(call, options, 'headers');
  const asked = each(isOptions(own) ? option(call, own, 'headers') : UNDEFINED, (written) =>
    isUndefined(written) ? headersObject(base) : written,
  );
  const headers = headersObject(each(asked, (option) => withoutValues(option, isUndefined)));
  const prepared = prepare(call, option(call, options, 'prepareHeaders'), headers);
  const replaced: Layer[] = isFunction(option(call, options, 'fetchFn'))
    ? [{ ...layer, value: unknown('a fetch of its own', 'headers') }]
    : [];
  return [{ ...layer, value: prepared }, ...replaced];
}

/** The headers as `prepareHeaders` leaves them: what it answers, or what it did to what it was given. */
function prepare(call: FormCall, hook: Value, headers: Value): Value {
  if (isNullish(hook)) return headers;
  const missed: Gap = { reason: 'a prepareHeaders that is not followed', name: 'headers', names: [] };
  if (hook.kind !== 'function') return { kind: 'unknown', gap: missed };
  const args = [headers, unknown('the api of RTK Query', 'api')];
  const after = () => argumentAfter(call.evaluator, hook, args, 0);
  return each(apply(call.evaluator, hook, args, undefined, undefined), (answer) =>
    isNullish(answer) ? after() : answer,
  );
}

function isFunction(value: Value): boolean {
  return value.kind === 'function';
}
