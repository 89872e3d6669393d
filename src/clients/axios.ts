import { apply } from '../evaluate/calls.ts';
import { base64 } from '../evaluate/natives/encodings.ts';
import { joinWithSlash } from '../evaluate/url.ts';
import {
  type ArrayValue,
  concat,
  type Entry,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  text,
  UNDEFINED,
  type Value,
} from '../evaluate/value.ts';
import {
  asObject,
  type Client,
  type Draft,
  entries,
  type Form,
  type FormCall,
  type Layer,
  option,
} from './client.ts';
import { misplacedBehind, misplacedInBody, misplacedInOptions } from './misplaced.ts';

const BUCKETS = ['common', 'get', 'delete', 'head', 'options', 'post', 'put', 'patch'];
const WITHOUT_DATA = ['get', 'delete', 'head', 'options'];
const WITH_DATA = ['post', 'put', 'patch'];

/**
 * axios 1.x (axios/axios: lib/core/Axios.js, mergeConfig.js, AxiosHeaders.js, buildFullPath.js). Defaults,
 * then the instance's, then the call's; `common` and the method's bucket are laid down first, flat headers
 * over them, interceptors last. `undefined`, `null` and `false` drop a header, and the default of its name.
 */
export const axios: Client = {
  name: 'axios',
  calls: {
    // `axios[method](url, …)`: where the options stand depends on the method.
    'axios.*': (call) => {
      const drafted = draft(call, call.args[0], call.args[2] ?? call.args[1], undefined);
      return {
        ...drafted,
        method: { kind: 'unknown', gap: { reason: 'a computed method', name: 'method', names: [] } },
      };
    },
    'axios.call': ({ args, ...call }) => {
      const [first, second] = args;
      const positional =
        first &&
        (first.kind === 'text' ||
          literalText(first) !== undefined ||
          second !== undefined ||
          first.kind === 'unknown');
      return positional
        ? { ...draft({ args, ...call }, first, second, undefined), misplaced: misplacedInOptions(second) }
        : { ...draft({ args, ...call }, undefined, first, undefined), misplaced: misplacedInOptions(first) };
    },
    'axios.request': (call) => {
      const [first, second] = call.args;
      return first?.kind === 'text'
        ? draft(call, first, second, undefined)
        : draft(call, undefined, first, undefined);
    },
    ...Object.fromEntries(
      WITHOUT_DATA.map((method): [string, Form] => [
        `axios.${method}`,
        (call) => ({
          ...draft(call, call.args[0], call.args[1], method),
          misplaced: [
            ...misplacedInOptions(call.args[1]),
            ...misplacedBehind(call, 2, `${method}(url, { params, headers })`),
          ],
        }),
      ]),
    ),
    ...Object.fromEntries(
      WITH_DATA.map((method): [string, Form] => [
        `axios.${method}`,
        (call) => ({
          ...draft(call, call.args[0], call.args[2], method, call.args[1] ?? UNDEFINED),
          misplaced: [
            ...misplacedInBody(call.args[1], method),
            ...misplacedInOptions(call.args[2]),
            ...misplacedBehind(call, 3, `${method}(url, data, { headers })`),
          ],
        }),
      ]),
    ),
    ...Object.fromEntries(
      WITH_DATA.map((method): [string, Form] => [
        `axios.${method}Form`,
        (call) => ({
          ...draft(call, call.args[0], call.args[2], method, call.args[1] ?? UNDEFINED),
          objectBody: 'multipart',
        }),
      ]),
    ),
  },
  library: {
    values: {
      'axios#': () => instance(object()),
      'axios#axios': () => instance(object()),
      'axios#Axios': () => ({ kind: 'external', module: 'axios', path: ['Axios'] }),
      '#axios': () => instance(object()),
    },
    typed: {
      'axios#AxiosInstance': () =>
        instance(
          object([], { open: { reason: 'an axios instance made elsewhere', name: 'axios', names: [] } }),
        ),
    },
    constructors: {
      'axios#Axios': (_, [config]) => instance(defaultsFrom(undefined, config)),
      'axios#AxiosHeaders': (_, [init]) => ({
        ...(init ? (asObject(init) ?? object()) : object()),
        type: 'AxiosHeaders',
      }),
    },
    types: {
      axios: {
        // `require('axios').default`, `import { axios }`.
        get: (self, name) => (name === 'default' || name === 'axios' ? self : undefined),
        methods: {
          create: (_, self, [config]) => instance(defaultsFrom(self, config)),
          // The calls themselves: what they answer is a response.
          ...Object.fromEntries(
            [
              '*',
              'call',
              'request',
              ...WITHOUT_DATA,
              ...WITH_DATA,
              ...WITH_DATA.map((each) => `${each}Form`),
            ].map((name) => [name, () => undefined]),
          ),
        },
      },
      AxiosHeaders: {
        mutators: {
          set: (_, self, [name, value]) => setHeader(self, name, value),
          setAuthorization: (_, self, [value]) => setHeader(self, text('Authorization'), value),
          delete: (_, self, [name]) => setHeader(self, name, UNDEFINED),
        },
      },
      AxiosInterceptors: {
        mutators: {
          use: (_, self, [fn]) =>
            self.kind === 'object' && fn
              ? {
                  ...self,
                  entries: new Map([
                    ...self.entries,
                    [
                      'handlers',
                      { value: { kind: 'array', items: [...handlers(self).items, fn] }, always: true },
                    ],
                  ]),
                }
              : undefined,
          eject: () => undefined,
        },
      },
    },
    calls: {
      'axios#create': (_, [config]) => instance(defaultsFrom(undefined, config)),
    },
  },
};

/** An axios instance with its defaults. */
export function instance(given: ObjectValue): ObjectValue {
  const headers = given.entries.get('headers')?.value;
  const own = headers && asObject(headers);
  const buckets = new Map(BUCKETS.map((name): [string, Entry] => [name, { value: object(), always: true }]));
  const all: Value =
    own || !headers
      ? {
          ...object(),
          ...own,
          entries: new Map([...buckets, ...(own?.entries ?? [])]),
          open: own?.open ?? given.open,
        }
      : headers;
  const defaults: ObjectValue = {
    ...given,
    entries: new Map([...given.entries, ['headers', { value: all, always: true }]]),
  };
  const interceptors = object(
    entries({
      request: object([], { type: 'AxiosInterceptors' }),
      response: object([], { type: 'AxiosInterceptors' }),
    }),
  );
  return object(entries({ defaults, interceptors }), { type: 'axios' });
}

/** A child snapshots its parent's defaults; interceptors are not inherited. */
export function defaultsFrom(parent: Value | undefined, config: Value | undefined): ObjectValue {
  const own = config ? asObject(config) : undefined;
  const inherited =
    parent?.kind === 'object' ? asObject(parent.entries.get('defaults')?.value ?? UNDEFINED) : undefined;
  const open =
    own?.open ?? (config && !own && config.kind === 'unknown' ? config.gap : undefined) ?? inherited?.open;
  const merged = new Map<string, Entry>([...(inherited?.entries ?? []), ...(own?.entries ?? [])]);
  for (const name of ['headers', 'params']) {
    const [base, over] = [inherited?.entries.get(name)?.value, own?.entries.get(name)?.value].map(
      (value) => value && asObject(value),
    );
    if (base && over)
      merged.set(name, {
        value: {
          ...over,
          entries: new Map([...base.entries, ...over.entries]),
          open: over.open ?? base.open,
        },
        always: true,
      });
  }
  return { kind: 'object', entries: merged, open, trace: own?.trace };
}

function setHeader(self: Value, name: Value | undefined, value: Value | undefined): Value | undefined {
  if (self.kind !== 'object' || !name) return undefined;
  const many = asObject(name);
  if (many)
    return { ...self, entries: new Map([...self.entries, ...many.entries]), open: self.open ?? many.open };
  const key = literalText(name);
  return key === undefined || !value
    ? undefined
    : { ...self, entries: new Map([...self.entries, [key, { value, always: true }]]) };
}

function handlers(interceptors: ObjectValue): ArrayValue {
  const value = interceptors.entries.get('handlers')?.value;
  return value?.kind === 'array' ? value : { kind: 'array', items: [] };
}

function draft(
  call: FormCall,
  url: Value | undefined,
  config: Value | undefined,
  method: string | undefined,
  data?: Value,
): Draft {
  const instances = call.self ? optionsOf(call.self).filter((each) => each.kind === 'object') : [];
  const self = instances.find((each) => each.type === 'axios');
  const defaults = self?.entries.get('defaults')?.value;
  const given = (name: string): Value => {
    const own = option(call, config, name);
    return own.kind === 'primitive' && own.value === undefined ? option(call, defaults, name) : own;
  };
  const verb = method === undefined ? option(call, config, 'method') : text(method);
  const written = url ?? option(call, config, 'url');
  const layers = [
    ...headerLayers(option(call, defaults, 'headers'), literalText(verb)?.toLowerCase() ?? 'get'),
    ...headerLayers(option(call, config, 'headers'), literalText(verb)?.toLowerCase() ?? 'get'),
    ...basic(call, given('auth')),
  ];
  const headers = self
    ? intercepted(call, self, {
        url: written,
        method: verb,
        baseURL: given('baseURL'),
        headers: layers,
        params: given('params'),
        data: data ?? given('data'),
      })
    : undefined;
  const base = headers?.baseURL ?? given('baseURL');
  const path = headers?.url ?? written;
  const missing = base.kind === 'primitive' || literalText(base) === '';
  return {
    client: 'axios',
    ...(defaults && { instance: defaults }),
    url: missing ? path : joinWithSlash(base, path.kind === 'primitive' ? text('') : path),
    method: verb,
    headers: [...(headers?.layers ?? layers), ...unseen(self, given('transformRequest'), given('adapter'))],
    query: [option(call, defaults, 'params'), headers?.params ?? option(call, config, 'params')]
      .filter((each) => each.kind !== 'primitive')
      .map((value): Layer => ({ value, undefined: 'drop', null: 'drop', removes: true })),
    body: data ?? option(call, config, 'data'),
    objectBody: 'json',
    readsContentType: true,
    writesBoundary: true,
  };
}

/** An instance that was handed out may have got interceptors; a transformation or an adapter may set headers too. */
function unseen(self: ObjectValue | undefined, transform: Value, adapter: Value): Layer[] {
  const found: [string, Value][] = [
    ['transformRequest', transform],
    ['adapter', adapter],
  ];
  const gaps = found
    .filter(([, value]) => value.kind !== 'primitive' && value.kind !== 'text')
    .map(([name]) => ({ reason: `${name}, which may set headers`, name, names: [] }));
  return [...(self?.open ? [self.open] : []), ...gaps].map((gap) => layer({ kind: 'unknown', gap }));
}

function layer(value: Value): Layer {
  return { value, undefined: 'drop', null: 'drop', false: 'drop', removes: true };
}

/** `common` and the method's bucket are laid down first, flat headers over them. */
function headerLayers(headers: Value, method: string): Layer[] {
  const held = asObject(headers);
  if (!held) return headers.kind === 'primitive' ? [] : [layer(headers)];
  const flat = new Map([...held.entries].filter(([name]) => !BUCKETS.includes(name)));
  return [
    ...['common', method]
      .map((bucket) => held.entries.get(bucket)?.value)
      .filter((each) => each !== undefined),
    { ...held, entries: flat },
  ].map(layer);
}

/** `auth: { username, password }` writes Basic over any Authorization. */
function basic(call: FormCall, auth: Value): Layer[] {
  if (auth.kind === 'primitive' || auth.kind === 'unknown') return [];
  const credentials = concat([option(call, auth, 'username'), text(':'), option(call, auth, 'password')]);
  return [layer(object(entries({ authorization: concat([text('Basic '), base64(credentials)]) })))];
}

interface Config {
  readonly url: Value;
  readonly method: Value;
  readonly baseURL: Value;
  readonly headers: readonly Layer[];
  readonly params: Value;
  readonly data: Value;
}

/** What the request interceptors, last registered first, make of the configuration. */
function intercepted(
  call: FormCall,
  self: ObjectValue,
  config: Config,
): { layers: readonly Layer[]; url: Value; baseURL: Value; params: Value } | undefined {
  const requests = asObject(
    asObject(self.entries.get('interceptors')?.value ?? UNDEFINED)?.entries.get('request')?.value ??
      UNDEFINED,
  );
  const fns = requests ? [...handlers(requests).items].reverse() : [];
  if (fns.length === 0) return undefined;
  // The interceptor sees an empty header object: what it adds comes over everything else.
  const headers = object([], { type: 'AxiosHeaders' });
  let value: Value = object(
    entries({
      url: config.url,
      method: config.method,
      baseURL: config.baseURL,
      headers,
      params: config.params,
      data: config.data,
    }),
  );
  for (const fn of fns) {
    if (fn.kind !== 'function') {
      if (fn.kind === 'primitive') continue;
      value = {
        ...(asObject(value) ?? object()),
        open: { reason: 'a request interceptor that is not followed', name: 'config', names: [] },
      };
      continue;
    }
    const changed = apply(call.evaluator, fn, [value], undefined, undefined);
    // An interceptor that rejects on some path still sends on the others.
    value = asObject(changed) ?? value;
  }
  const result = asObject(value);
  if (!result) return undefined;
  const added = result.entries.get('headers')?.value ?? UNDEFINED;
  const layers = [...config.headers, layer(added)];
  if (result.open) layers.push(layer({ kind: 'unknown', gap: result.open }));
  const after = (name: 'url' | 'baseURL' | 'params'): Value =>
    result.entries.get(name)?.value ?? config[name];
  return { layers, url: after('url'), baseURL: after('baseURL'), params: after('params') };
}
