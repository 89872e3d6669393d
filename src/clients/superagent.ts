import type { Library, Method, TypeModel } from '../evaluate/natives/natives.ts';
import { parseQueryText } from '../evaluate/url.ts';
import { literalText, object, text, UNDEFINED, type Value } from '../evaluate/value.ts';
import type { ts } from '../syntax/ts.ts';
import { asObject, type Client, type Draft, type Form, type FormCall } from './client.ts';
import { basicAuthorization, bearerAuthorization, isUndefined, ownProperties } from './options.ts';
import {
  headerLayers,
  lowerCase,
  partOf,
  pending,
  put,
  putAll,
  touchedElsewhere,
  without,
  withPart,
} from './pending.ts';

const REQUEST = 'SuperagentRequest';
/** Method names of the package and its agents → HTTP method. */
const VERBS: Readonly<Record<string, string>> = {
  get: 'GET',
  head: 'HEAD',
  options: 'OPTIONS',
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  delete: 'DELETE',
  del: 'DELETE',
};

/** Methods of a request that change nothing of what is modelled here. */
const SAME = [
  'on',
  'once',
  'ok',
  'retry',
  'timeout',
  'withCredentials',
  'buffer',
  'responseType',
  'redirects',
  'parse',
  'serialize',
  'sortQuery',
  'maxResponseSize',
  'ca',
  'key',
  'pfx',
  'cert',
  'disableTLSCerts',
  'http2',
  'connect',
  'trustLocalhost',
];

type Mutator = NonNullable<TypeModel['mutators']>[string];

const CHANGES: Readonly<Record<string, Mutator>> = {
  set: (_, self, [name, value]) =>
    withPart(self, 'headers', (held) =>
      name && value === undefined && name.kind !== 'text'
        ? putAll(held, ownProperties(name), lowerCase)
        : put(held, name, value ?? UNDEFINED, lowerCase),
    ),
  unset: (_, self, [name]) => withPart(self, 'headers', (held) => without(held, name, lowerCase)),
  query: (_, self, [value]) =>
    withPart(self, 'query', (held) => (value ? putAll(held, queryOf(value)) : held)),
  send: (_, self, [data]) => withPart(self, 'body', (held) => sent(held, data)),
  auth: (_, self, [user = UNDEFINED, second = UNDEFINED, third]) => {
    const options = third ?? (asObject(second) ? second : undefined);
    const kind = options && asObject(options)?.entries.get('type')?.value;
    const type = kind === undefined ? 'basic' : literalText(kind);
    if (type === 'auto') return self;
    const value =
      type === 'bearer'
        ? bearerAuthorization(user)
        : basicAuthorization(user, asObject(second) ? UNDEFINED : second);
    return withPart(self, 'headers', (held) => put(held, text('authorization'), value));
  },
  type: (_, self, [type]) =>
    withPart(self, 'headers', (held) => put(held, text('content-type'), mimeType(type))),
  accept: (_, self, [type]) => withPart(self, 'headers', (held) => put(held, text('accept'), mimeType(type))),
  field: (_, self, [name, value]) =>
    withPart(self, 'body', (held) =>
      put(held.kind === 'object' ? held : object([], { type: 'FormData' }), name, value ?? UNDEFINED),
    ),
  attach: (_, self, [name, value]) =>
    withPart(self, 'body', (held) =>
      put(held.kind === 'object' ? held : object([], { type: 'FormData' }), name, value ?? UNDEFINED),
    ),
  use: (_, self) => touchedElsewhere(self, 'a superagent plugin'),
};

const same: Method = (_, self) => self;

/** The package itself, and its agents: what is set on an agent is set again on each of its requests. */
const AGENT: TypeModel = {
  get: (self, name) => (name === 'default' || name === 'superagent' ? self : undefined),
  mutators: CHANGES,
  methods: {
    ...Object.fromEntries(SAME.map((name) => [name, same])),
    agent: (_, __, ___, { node }) => pending('superagent', node),
    call: (_, self, __, { node }) => request(self, node, undefined, undefined),
    ...Object.fromEntries(
      Object.entries(VERBS).map(([name, method]): [string, Method] => [
        name,
        (_, self, [, data], { node }) => request(self, node, method, data),
      ]),
    ),
  },
};

/**
 * superagent 3 to 10 in Node (ladjs/superagent: src/request-base.js, src/node/index.js, src/agent-base.js).
 * A call makes the request; the chain behind it, or what is done later to the variable that holds it, sets the
 * rest. Names are compared without case, the last wins; Node refuses `undefined`.
 */
export const superagent: Client = {
  name: 'superagent',
  calls: {
    'superagent.call': (call) => {
      const [first, second] = call.args;
      return second && second.kind !== 'function'
        ? draft(call, second, first)
        : draft(call, first, text('GET'));
    },
    ...Object.fromEntries(
      Object.entries(VERBS).map(([name, method]): [string, Form] => [
        `superagent.${name}`,
        (call) => draft(call, call.args[0], text(method)),
      ]),
    ),
  },
  library: {
    values: { 'superagent#': () => object([], { type: 'superagent' }) },
    types: {
      superagent: AGENT,
      [REQUEST]: { mutators: CHANGES, methods: Object.fromEntries(SAME.map((name) => [name, same])) },
    },
  } satisfies Library,
};

/** A request of an agent starts with what the agent was told. */
function request(self: Value, node: ts.Node, method: string | undefined, data: Value | undefined): Value {
  const start = self.kind === 'object' && self.entries.size > 0;
  const made = pending(
    REQUEST,
    node,
    start ? { headers: partOf(self, 'headers'), query: partOf(self, 'query') } : {},
  );
  if (!data || data.kind === 'function' || data.kind === 'primitive') return made;
  const inQuery = method === 'GET' || method === 'HEAD';
  return (
    withPart(made, inQuery ? 'query' : 'body', (held) => (inQuery ? putAll(held, queryOf(data)) : data)) ??
    made
  );
}

function draft(call: FormCall, url: Value | undefined, method: Value | undefined): Draft | undefined {
  if (!url || !method) return undefined;
  const made = call.outcome();
  return {
    client: 'superagent',
    url,
    method,
    headers: headerLayers(made, { undefined: 'throw', null: 'text' }),
    query: [{ value: partOf(made, 'query'), undefined: 'drop', null: 'empty' }],
    body: partOf(made, 'body'),
    objectBody: 'json',
    readsContentType: true,
    writesBoundary: true,
  };
}

function queryOf(value: Value): Value {
  return value.kind === 'text' ? parseQueryText(value.parts) : value;
}

/** Objects are sent together, a text replaces what was there. */
function sent(held: Value, data: Value | undefined): Value {
  if (isUndefined(data) || !data) return held;
  return held.kind === 'object' && data.kind === 'object' && !held.type && !data.type
    ? putAll(held, data)
    : data;
}

const TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  urlencoded: 'application/x-www-form-urlencoded',
  xml: 'application/xml',
  html: 'text/html',
  txt: 'text/plain',
};

function mimeType(type: Value | undefined): Value {
  const short = type && literalText(type);
  const long = short === undefined ? undefined : TYPES[short];
  return long === undefined ? (type ?? UNDEFINED) : text(long, type?.trace);
}
