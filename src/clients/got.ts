import { object, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, entries, type FormCall, type Layer } from './client.ts';
import { addedBy, hooksNamed, type Kind, queryOfHooks } from './hooks.ts';
import { instanceClient, optionsHeldBy } from './instance.ts';
import { misplacedInHeaders } from './misplaced.ts';
import {
  addressAndOptions,
  given,
  isUndefined,
  layersOf,
  ownProperties,
  withBase,
  withoutQuery,
} from './options.ts';

const VERBS = ['get', 'post', 'put', 'patch', 'head', 'delete'];

/**
 * got 11 to 15 (sindresorhus/got: source/create.ts, source/core/options.ts). Options along the chain of
 * `extend` are assigned name by name; an `undefined` header is left out, with the default of its name;
 * `prefixUrl` gets a slash and stands before a relative address; `searchParams` replace the URL's own query.
 */
export const got: Client = instanceClient({
  name: 'got',
  exports: ['got#', 'got#got'],
  typed: ['got#Got', 'got#ExtendedGot'],
  verbs: {
    ...Object.fromEntries(VERBS.map((verb) => [verb, verb.toUpperCase()])),
    // `got.paginate.each`, `got.paginate.all`.
    each: undefined,
    all: undefined,
  },
  same: ['stream', 'paginate'],
  factories: {
    extend: (own, args) => [...own, ...args.flatMap((arg) => (isInstance(arg) ? optionsHeldBy(arg) : [arg]))],
  },
  draft: draftOf,
});

function isInstance(value: Value): boolean {
  return value.kind === 'object' && value.type === 'got';
}

const HEADERS: Omit<Layer, 'value'> = { undefined: 'drop', null: 'throw', removes: true };

/** `beforeRequest: [(options) => { options.headers.x = … }]`. */
const HOOK: Kind = { args: (headers) => [object(entries({ headers }))], paths: [['headers']] };

function draftOf(call: FormCall, instance: readonly Value[], method: Value | undefined): Draft | undefined {
  const { address, options } = addressAndOptions(call.args);
  if (!address && !options) return undefined;
  const layers = [...instance, options];
  const path = address ?? given(call, layers, 'url');
  const url = withBase(given(call, layers, 'prefixUrl'), path);
  const query = layersOf(call, layers, ['searchParams', 'query'], {
    undefined: 'drop',
    null: 'empty',
    removes: true,
  });
  const json = given(call, [options], 'json');
  const form = given(call, [options], 'form');
  const hooks = hooksNamed(call, layers, 'beforeRequest');
  return {
    client: 'got',
    url: query.length > 0 ? withoutQuery(url) : url,
    method: method ?? given(call, layers, 'method'),
    headers: [
      ...layersOf(call, layers, ['headers'], HEADERS, ownProperties),
      ...addedBy(call, hooks, HOOK, HEADERS),
    ],
    misplaced: misplacedInHeaders(given(call, layers, 'headers')),
    query: [...query, ...queryOfHooks(hooks)],
    body: !isUndefined(form) ? form : !isUndefined(json) ? json : given(call, [options], 'body'),
    objectBody: isUndefined(form) ? 'json' : 'form',
  };
}
