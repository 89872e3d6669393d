import { searchParams } from '../evaluate/natives/query.ts';
import {
  choice,
  concat,
  type ObjectValue,
  object,
  optionsOf,
  text,
  UNDEFINED,
  type Value,
} from '../evaluate/value.ts';
import { type Client, type Draft, type FormCall, option } from './client.ts';
import { misplacedBehind, misplacedInOptions } from './misplaced.ts';

/** Packages whose export has the signature and the semantics of the global `fetch`. */
const PACKAGES = [
  '#fetch',
  'node-fetch#',
  'cross-fetch#',
  'cross-fetch#fetch',
  'isomorphic-fetch#',
  'isomorphic-unfetch#',
  'unfetch#',
  'whatwg-fetch#fetch',
  '@whatwg-node/fetch#fetch',
  'undici#fetch',
  'node-fetch-native#',
  'node-fetch-native#fetch',
  '@adobe/fetch#fetch',
  '@adobe/helix-fetch#fetch',
  '@adobe/helix-universal#fetch',
  '@adobe/spacecat-shared-utils#tracingFetch',
  'expo/fetch#fetch',
  'fetch-retry#fetch',
  'minipass-fetch#',
  'make-fetch-happen#',
];

/** Adobe's networking library: `new HttpExponentialBackoff().exponentialBackoff(url, init)`. */
const NETWORKING = '@adobe/aio-lib-core-networking';

/**
 * The Fetch standard (fetch.spec.whatwg.org): one container of headers, `undefined` sent as text, an init's
 * headers replacing those of a `Request` as a whole.
 */
export const fetch: Client = {
  name: 'fetch',
  calls: {
    'HttpExponentialBackoff.exponentialBackoff': (call: FormCall) => draftOf(call, NETWORKING),
    ...Object.fromEntries(
      PACKAGES.map((key) => [key, (call: FormCall) => draftOf(call, key.split('#')[0] || 'fetch')]),
    ),
  },
  library: {
    constructors: {
      [`${NETWORKING}#HttpExponentialBackoff`]: () => object([], { type: 'HttpExponentialBackoff' }),
    },
    types: { HttpExponentialBackoff: { methods: { exponentialBackoff: () => undefined } } },
    // SvelteKit's `load({ fetch })`, constructor options, dependency injection.
    injected: { fetch: () => ({ kind: 'external', module: '', path: ['fetch'] }) },
    calls: {
      // Wrappers that answer a function of the same shape.
      'fetch-retry#': (_, [inner]) => inner,
      'fetch-cookie#': (_, [inner]) => inner,
      '@adobe/aio-lib-core-networking#createFetch': () => ({ kind: 'external', module: '', path: ['fetch'] }),
      '@adobe/fetch#createUrl': (_, [url, params]) => url && withQuery(url, params),
      '@adobe/helix-fetch#createUrl': (_, [url, params]) => url && withQuery(url, params),
      '@adobe/fetch#context': () => ({ kind: 'external', module: '@adobe/fetch', path: [] }),
      '@adobe/fetch#h1': () => ({ kind: 'external', module: '@adobe/fetch', path: [] }),
      '@adobe/fetch#noCache': () => ({ kind: 'external', module: '@adobe/fetch', path: [] }),
      '@adobe/fetch#keepAlive': () => ({ kind: 'external', module: '@adobe/fetch', path: [] }),
      '@adobe/fetch#keepAliveNoCache': () => ({ kind: 'external', module: '@adobe/fetch', path: [] }),
      '@adobe/fetch#h1NoCache': () => ({ kind: 'external', module: '@adobe/fetch', path: [] }),
      '@adobe/helix-fetch#context': () => ({ kind: 'external', module: '@adobe/helix-fetch', path: [] }),
      '@adobe/helix-fetch#keepAlive': () => ({ kind: 'external', module: '@adobe/helix-fetch', path: [] }),
      '@adobe/helix-fetch#h1': () => ({ kind: 'external', module: '@adobe/helix-fetch', path: [] }),
    },
  },
};

function withQuery(url: Value, params: Value | undefined): Value {
  return params ? concat([url, text('?'), searchParams(params)]) : url;
}

function draftOf(call: FormCall, name: string): Draft | undefined {
  const [input, init] = call.args;
  if (!input) return undefined;
  const requests = optionsOf(input).filter(
    (each): each is ObjectValue => each.kind === 'object' && each.type === 'Request',
  );
  const [request] = requests;
  if (!request) return draft(call, name, input, init);
  const headers = request.entries.get('headers');
  const written = request.entries.get('init')?.value;
  // Headers set on the request after it was made stand for those that it was made with.
  const own = headers ? over(written, object([['headers', headers]])) : written;
  return draft(call, name, request.entries.get('input')?.value ?? UNDEFINED, over(own, init));
}

/** What an init leaves of a request's own: every option that it does not give. */
function over(own: Value | undefined, init: Value | undefined): Value | undefined {
  if (!init || init.kind === 'primitive') return own;
  if (init.kind === 'object' && own?.kind === 'object') {
    const given = [...init.entries].filter(
      ([, { value }]) => !(value.kind === 'primitive' && value.value === undefined),
    );
    return { ...init, entries: new Map([...own.entries, ...given]), open: init.open ?? own.open };
  }
  return !own || own.kind === 'primitive' ? init : choice([own, init]);
}

function draft(call: FormCall, client: string, url: Value, init: Value | undefined): Draft {
  return {
    client,
    url,
    method: option(call, init, 'method'),
    headers: [{ value: option(call, init, 'headers'), undefined: 'text', null: 'text', combines: true }],
    misplaced: [
      ...misplacedInOptions(init),
      ...misplacedBehind(call, 2, 'fetch(url, { method, headers, body })'),
    ],
    query: [],
    body: option(call, init, 'body'),
    objectBody: 'text',
  };
}
