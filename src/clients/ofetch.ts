import { apply } from '../evaluate/calls.ts';
import { joinWithSlash } from '../evaluate/url.ts';
import { choice, each, literalText, object, optionsOf, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, entries, type FormCall, type Layer, option } from './client.ts';
import { addedBy, type Kind, queryOfHooks } from './hooks.ts';
import { instanceClient } from './instance.ts';
import { given, isOptions, isUndefined, layersOf, withBase } from './options.ts';

/** Composables that Nuxt imports by itself; they answer a ref, not an instance. */
const COMPOSABLES = ['useFetch', 'useLazyFetch'];

const client = instanceClient({
  name: 'ofetch',
  exports: [
    'ofetch#ofetch',
    'ofetch#$fetch',
    'ofetch#',
    'ohmyfetch#ofetch',
    'ohmyfetch#$fetch',
    '#$fetch',
    '#imports#$fetch',
  ],
  typed: ['ofetch#$Fetch'],
  verbs: { raw: undefined },
  factories: { create: (own, [options]) => [...own, options ?? object()] },
  draft: draftOf,
});

/**
 * ofetch 1 (unjs/ofetch: src/fetch.ts, src/utils.ts), the `$fetch` of Nuxt and Nitro. `create` replaces the
 * parent's options one by one, its headers as a whole; a call's headers are set over them as the Fetch
 * standard sets them. `baseURL` is joined with one slash, unless the address is absolute or begins with it.
 */
export const ofetch: Client = {
  ...client,
  calls: {
    ...client.calls,
    ...Object.fromEntries(
      COMPOSABLES.flatMap((name) =>
        [`#${name}`, `#imports#${name}`, `#app#${name}`, `nuxt/app#${name}`].map((key) => [
          key,
          (call: FormCall) => draftOf(call, [], undefined),
        ]),
      ),
    ),
  },
};

const HEADERS: Omit<Layer, 'value'> = { undefined: 'text', null: 'text', combines: true };
const HOOK: Kind = {
  args: (headers) => [object(entries({ options: object(entries({ headers })) }))],
  paths: [['options', 'headers']],
  type: 'Headers',
};

function draftOf(call: FormCall, created: readonly Value[], method: Value | undefined): Draft | undefined {
  const [input, second] = call.args;
  if (!input) return undefined;
  const own = isOptions(second) ? second : undefined;
  const layers = [...created, own];
  // A composable takes a function that answers the address, too.
  const path = each(input, (each) =>
    each.kind === 'function' ? apply(call.evaluator, each, [], undefined, undefined) : each,
  );
  const hooks = hooksOf(call, layers);
  const defaults = object(
    entries({
      headers: given(call, created, 'headers'),
      query: given(call, created, 'query'),
      params: given(call, created, 'params'),
    }),
  );
  return {
    client: 'ofetch',
    url: withBase(given(call, layers, 'baseURL'), path, join),
    method: method ?? given(call, layers, 'method'),
    headers: [
      ...layersOf(call, [defaults, own], ['headers'], HEADERS),
      ...addedBy(call, hooks, HOOK, HEADERS),
    ],
    query: [
      ...[defaults, own].flatMap((holder) =>
        ['params', 'query'].flatMap((name) =>
          layersOf(call, [holder], [name], { undefined: 'drop', null: 'empty', removes: true }),
        ),
      ),
      ...queryOfHooks(hooks),
    ],
    body: option(call, own, 'body'),
    objectBody: 'json',
    readsContentType: true,
  };
}

/** A call's hook stands for the instance's; it may be a list. */
function hooksOf(call: FormCall, layers: readonly (Value | undefined)[]): readonly Value[] {
  const hook = given(call, layers, 'onRequest');
  return hook.kind === 'array' ? hook.items : isUndefined(hook) ? [] : [hook];
}

function join(base: Value, path: Value): Value {
  const start = literalText(base)?.replace(/\/$/, '');
  return choice(
    optionsOf(path).map((option) => {
      const whole = literalText(option);
      const begins =
        start !== undefined &&
        whole !== undefined &&
        (whole === start || whole.startsWith(`${start}/`) || whole.startsWith(`${start}?`));
      return begins ? option : joinWithSlash(base, option);
    }),
  );
}
