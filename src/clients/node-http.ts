import type { Call, Method, TypeModel } from '../evaluate/natives/natives.ts';
import { mergeLiterals } from '../evaluate/url.ts';
import {
  type ArrayValue,
  choice,
  concat,
  each,
  literalText,
  object,
  optionsOf,
  text,
  toText,
  UNDEFINED,
  type Value,
} from '../evaluate/value.ts';
import { type Asking, type Client, type Draft, entries, type Form, type FormCall, option } from './client.ts';
import { misplacedInHeaders, misplacedInOptions } from './misplaced.ts';
import {
  addressAndOptions,
  authorizationLayer,
  basicAuthorization,
  flatPairs,
  isUndefined,
  urlText,
} from './options.ts';
import {
  asContainer,
  headerLayers,
  lowerCase,
  partOf,
  pending,
  put,
  putAll,
  without,
  withPart,
} from './pending.ts';
import { urlPiece, urlPieces } from './url-pieces.ts';

const REQUEST = 'ClientRequest';
const MODULES = ['http#', 'https#', 'follow-redirects#http.', 'follow-redirects#https.'];

type Mutator = NonNullable<TypeModel['mutators']>[string];

const CHANGES: Readonly<Record<string, Mutator>> = {
  setHeader: (_, self, [name, value]) =>
    withPart(self, 'headers', (held) => put(held, name, value ?? UNDEFINED, lowerCase)),
  appendHeader: (_, self, [name, value]) =>
    withPart(self, 'headers', (held) => put(held, name, value ?? UNDEFINED, lowerCase)),
  setHeaders: (_, self, [headers]) =>
    withPart(self, 'headers', (held) => putAll(held, headers ?? UNDEFINED, lowerCase)),
  removeHeader: (_, self, [name]) => withPart(self, 'headers', (held) => without(held, name, lowerCase)),
  write: (_, self, [chunk]) => withBody(self, chunk),
  end: (_, self, [chunk]) => withBody(self, chunk),
};

const same: Method = (_, self) => self;

/**
 * `http` and `https` of Node (lib/_http_client.js, lib/_http_outgoing.js), and follow-redirects. Options stand
 * for the pieces of a URL given before them; the request object takes headers until its body is sent. Node
 * refuses `undefined`, and reads nothing from a `Headers` object.
 */
export const nodeHttp: Client = {
  name: 'node:http',
  calls: Object.fromEntries(
    MODULES.flatMap((module) =>
      ['request', 'get'].map((name): [string, Form] => [`${module}${name}`, (call) => draft(call, module)]),
    ),
  ),
  library: {
    calls: {
      ...Object.fromEntries(
        MODULES.flatMap((module) =>
          ['request', 'get'].map((name): [string, Call] => [
            `${module}${name}`,
            (evaluator, args, { node }) => {
              const { options } = addressAndOptions(args);
              return pending(REQUEST, node, { headers: headersOf({ evaluator, node }, options) });
            },
          ]),
        ),
      ),
      'url#parse': (_, [url]) => url && parsed(url),
      'url#urlToHttpOptions': (_, [url]) => url && parsed(url),
    },
    types: {
      [REQUEST]: {
        mutators: CHANGES,
        methods: Object.fromEntries(
          ['on', 'once', 'addListener', 'setTimeout', 'setNoDelay', 'setSocketKeepAlive'].map((name) => [
            name,
            same,
          ]),
        ),
      },
    },
  },
};

function parsed(url: Value): Value {
  return choice(urlPieces(url).map((pieces) => object(entries({ ...pieces }))));
}

function headersOf(asking: Asking, options: Value | undefined): Value {
  const given = option(asking, options, 'headers');
  return choice(
    optionsOf(given).map((each) => {
      if (each.kind === 'array') return pairsOf(flatPairs(each));
      return each.kind === 'object' && each.type !== undefined ? object() : asContainer(each, lowerCase);
    }),
  );
}

function pairsOf(pairs: Value): Value {
  const list: ArrayValue = pairs.kind === 'array' ? pairs : { kind: 'array', items: [] };
  const container = object([], { open: list.open });
  return list.items.reduce<Value>(
    (held, pair) =>
      pair.kind === 'array' ? put(held, pair.items[0], pair.items[1] ?? UNDEFINED, lowerCase) : held,
    container,
  );
}

/** One chunk is the body; of several, the text is not put together. */
function withBody(self: Value, chunk: Value | undefined): Value | undefined {
  if (!chunk || chunk.kind === 'function' || chunk.kind === 'primitive') return self;
  return withPart(self, 'body', (held) =>
    isUndefined(held) ? chunk : concat([toText(held), toText(chunk)]),
  );
}

function draft(call: FormCall, module: string): Draft | undefined {
  const { address, options } = addressAndOptions(call.args);
  if (!address && !options) return undefined;
  const url = address && urlText(call, address);
  const scheme = /https/.test(module) ? 'https' : 'http';
  // `(secure ? https : http).request(…)`: the module does not say which of the two it is.
  const either = call.self !== undefined && optionsOf(call.self).length > 1;
  if (either && url && !literalSchemes(url).includes(scheme)) return undefined;
  const made = call.outcome();
  return {
    client: 'node:http',
    url: assembled(call, url, options, either ? undefined : scheme),
    method: option(call, options, 'method'),
    headers: [
      ...authorizationLayer(authorization(call, options)),
      ...headerLayers(made, { undefined: 'throw', null: 'text' }),
    ],
    misplaced: [...misplacedInHeaders(option(call, options, 'headers')), ...misplacedInOptions(options)],
    query: [],
    body: partOf(made, 'body'),
    objectBody: 'text',
  };
}

function literalSchemes(url: Value): string[] {
  return optionsOf(toText(url)).map((option) => {
    const [first] = option.kind === 'text' ? mergeLiterals(option.parts) : [];
    const scheme = first && 'literal' in first ? /^(https?):/.exec(first.literal)?.[1] : undefined;
    return scheme ?? 'https';
  });
}

/** The URL put together of its pieces. */
function assembled(
  call: FormCall,
  url: Value | undefined,
  options: Value | undefined,
  scheme: string | undefined,
): Value {
  const own = (...names: string[]) =>
    url && options?.kind === 'unknown' ? UNDEFINED : option(call, options, ...names);
  const [host, path, port] = [own('hostname', 'host'), own('path'), own('port')];
  if (url && [host, path, port].every(isUndefined)) return url;
  const piece = (name: 'protocol' | 'hostname' | 'path' | 'port'): Value =>
    url ? urlPiece(url, name) : UNDEFINED;
  const protocol = first(own('protocol'), piece('protocol'));
  const start = isUndefined(protocol)
    ? text(scheme === undefined ? '//' : `${scheme}://`)
    : concat([protocol, text('//')]);
  const name = first(host, piece('hostname'), text('localhost'));
  return concat([
    start,
    name,
    portOf(first(port, isUndefined(host) ? piece('port') : UNDEFINED), name),
    withSlash(first(path, piece('path'), text('/'))),
  ]);
}

function first(...values: readonly Value[]): Value {
  return values.find((value) => !isUndefined(value)) ?? UNDEFINED;
}

/** `:port`, but for the two that need not be said; of a known host, one that is not known says nothing. */
function portOf(port: Value, host: Value): Value {
  return each(port, (option) => {
    const literal = literalText(option);
    if (literal === undefined)
      return option.kind === 'primitive' || literalText(host) !== undefined
        ? text('')
        : concat([text(':'), option]);
    return ['443', '80', ''].includes(literal) ? text('') : text(`:${literal}`, option.trace);
  });
}

function withSlash(path: Value): Value {
  return each(toText(path), (option) => {
    const [start] = option.kind === 'text' ? mergeLiterals(option.parts) : [];
    return start && 'literal' in start && !start.literal.startsWith('/')
      ? concat([text('/'), option])
      : option;
  });
}

/** `auth: 'user:password'`, which headers of the name stand for. */
function authorization(call: FormCall, options: Value | undefined): Value {
  if (options?.kind === 'unknown') return UNDEFINED;
  const auth = option(call, options, 'auth');
  const [user, ...rest] = literalText(auth)?.split(':') ?? [];
  if (user !== undefined) return basicAuthorization(text(user, auth.trace), text(rest.join(':'), auth.trace));
  return auth.kind === 'text' ? basicAuthorization(auth, UNDEFINED) : UNDEFINED;
}
