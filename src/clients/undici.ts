import { resolveUrl } from '../evaluate/url.ts';
import { choice, each, object, optionsOf, text, UNDEFINED, unknown, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, entries, type FormCall, option } from './client.ts';
import { queryOfHooks } from './hooks.ts';
import { flatPairs, isOptions, isUndefined, layersOf, withBase } from './options.ts';

const CALLS = ['request', 'stream', 'pipeline'];
const ORIGINS = ['Client', 'Pool', 'BalancedPool', 'RoundRobinPool', 'H2CClient'];
const ORIGIN = '(origin)';

/**
 * undici 5 to 8 (nodejs/undici: index.js, lib/core/request.js); its `fetch` is in `fetch.ts`. A header that is
 * `undefined` is skipped, `null` is sent empty; a client has an origin, its requests have a path. `query` is
 * written by `node:querystring`, which leaves nothing behind the name of what is not a text.
 */
export const undici: Client = {
  name: 'undici',
  calls: {
    ...Object.fromEntries(CALLS.map((name) => [`undici#${name}`, requested])),
    ...Object.fromEntries(CALLS.map((name) => [`UndiciClient.${name}`, dispatched])),
  },
  library: {
    constructors: Object.fromEntries(
      ORIGINS.map((name) => [`undici#${name}`, (_evaluator, [origin]) => client(origin ?? UNDEFINED)]),
    ),
    typed: Object.fromEntries(
      ORIGINS.map((name) => [
        `undici#${name}`,
        () => client(unknown(`the origin of a ${name} made elsewhere`, 'origin')),
      ]),
    ),
    types: {
      UndiciClient: {
        methods: {
          ...Object.fromEntries(CALLS.map((name) => [name, () => undefined])),
          // Interceptors may add anything.
          compose: (_, self) =>
            self.kind === 'object'
              ? {
                  ...self,
                  entries: new Map([
                    ...self.entries,
                    ...entries({ '(interceptors)': unknown('an undici interceptor', 'headers') }),
                  ]),
                }
              : undefined,
        },
      },
    },
  },
};

function client(origin: Value): Value {
  // A balanced pool has several.
  const held = each(origin, (option) => (option.kind === 'array' ? choice(option.items) : option));
  return object(entries({ [ORIGIN]: held }), { type: 'UndiciClient' });
}

/** `request(url, options)`: a path in the options stands for the URL's. */
function requested(call: FormCall): Draft | undefined {
  const [url, second] = call.args;
  if (!url) return undefined;
  const options = isOptions(second) ? second : undefined;
  const path = options?.kind === 'unknown' ? UNDEFINED : option(call, options, 'path');
  const method = option(call, options, 'method');
  const hasBody =
    option(call, options, 'body').kind !== 'primitive' && isUndefined(method) && options?.kind !== 'unknown';
  const address = isUndefined(path) ? url : resolveUrl(path, url);
  return draft(call, address, options, hasBody ? text('PUT') : method, []);
}

/** `client.request({ path, method })`. */
function dispatched(call: FormCall): Draft | undefined {
  const [options] = call.args;
  const [self] = call.self ? optionsOf(call.self) : [];
  if (!options || self?.kind !== 'object') return undefined;
  const origin = self.entries.get(ORIGIN)?.value ?? UNDEFINED;
  const url = withBase(origin, option(call, options, 'path'), (base, path) => resolveUrl(path, base));
  const interceptors = self.entries.get('(interceptors)')?.value;
  return draft(call, url, options, option(call, options, 'method'), interceptors ? [interceptors] : []);
}

function draft(
  call: FormCall,
  url: Value,
  options: Value | undefined,
  method: Value,
  more: readonly Value[],
): Draft {
  return {
    client: 'undici',
    url,
    method,
    headers: [
      ...layersOf(
        call,
        [options],
        ['headers'],
        { undefined: 'drop', null: 'empty', combines: true },
        flatPairs,
      ),
      ...more.map((value) => ({ value, undefined: 'drop' as const, null: 'empty' as const })),
    ],
    query: [
      ...layersOf(call, [options], ['query'], { undefined: 'empty', null: 'empty' }),
      ...queryOfHooks(more),
    ],
    body: option(call, options, 'body'),
    objectBody: 'text',
  };
}
