import { apply } from '../evaluate/calls.ts';
import { headersObject, searchParams } from '../evaluate/natives/query.ts';
import { joinWithSlash, resolveUrl } from '../evaluate/url.ts';
import {
  concat,
  each,
  type FunctionValue,
  isNullish,
  object,
  text,
  UNDEFINED,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import {
  type Asking,
  type Client,
  type Draft,
  entries,
  type Form,
  type FormCall,
  type Layer,
  option,
} from './client.ts';
import { argumentAfter } from './hooks.ts';
import { isUndefined, ownProperties, withBase, withoutValues } from './options.ts';
import { asContainer, lowerCase } from './pending.ts';

const WITH_BODY = ['post', 'put', 'patch'];
const WITHOUT_BODY = ['get', 'delete'];

/** What a generation of the class makes of a call. */
interface Generation {
  readonly type: string;
  /** Method → what its arguments are, as one request. */
  readonly methods: Readonly<Record<string, (call: FormCall) => Given>>;
  /** The headers that `willSendRequest` gets, from those that a call gives. */
  readonly headers: (given: Value) => Value;
  readonly params: (given: Value) => Value;
  readonly join: (base: Value, path: Value) => Value;
  /** The arguments of `willSendRequest` and `resolveURL`. */
  readonly args: (path: Value, request: Value) => readonly Value[];
}

/** What a call gives. */
interface Given {
  readonly method: Value;
  readonly params: Value;
  readonly body: Value;
  readonly headers: Value;
}

const CURRENT: Generation = {
  type: 'ApolloDataSource',
  methods: Object.fromEntries(
    ['head', 'fetch', ...WITHOUT_BODY, ...WITH_BODY].map((name) => [
      name,
      (call: FormCall): Given => {
        const request = call.args[1];
        const of = (key: string) => option(call, request, key);
        const method = name === 'fetch' ? of('method') : text(name.toUpperCase());
        return { method, params: of('params'), body: of('body'), headers: of('headers') };
      },
    ]),
  ),
  headers: (given) => asContainer(each(given, ownProperties), lowerCase),
  params: (given) => searchParams(each(given, (option) => withoutValues(option, isNullish))),
  join: (base, path) => resolveUrl(path, base),
  args: (path, request) => [path, request],
};

const FIRST: Generation = {
  type: 'ApolloFirstDataSource',
  methods: Object.fromEntries(
    [...WITHOUT_BODY, ...WITH_BODY].map((name) => [
      name,
      (call: FormCall): Given => {
        const [, second = UNDEFINED, init] = call.args;
        const hasBody = WITH_BODY.includes(name);
        return {
          method: text(name.toUpperCase()),
          params: hasBody ? UNDEFINED : second,
          body: hasBody ? second : UNDEFINED,
          headers: option(call, init, 'headers'),
        };
      },
    ]),
  ),
  headers: (given) => headersObject(given),
  params: (given) => searchParams(given),
  join: joinWithSlash,
  args: (path, request) => [
    request.kind === 'object'
      ? { ...request, entries: new Map([...request.entries, ...entries({ path })]) }
      : request,
  ],
};

const GENERATIONS: Readonly<Record<string, Generation>> = {
  '@apollo/datasource-rest': CURRENT,
  'apollo-datasource-rest': FIRST,
};

/** What a class may define to change its requests; the base class itself has none. */
const TEMPLATES = ['willSendRequest', 'baseURL'];

/**
 * Apollo's RESTDataSource (apollographql/datasource-rest 6: src/RESTDataSource.ts, and its predecessor in
 * apollographql/apollo-server 3: packages/apollo-datasource-rest). A class of the project extends it; a path
 * is resolved against its `baseURL` (before: joined with one slash), and its `willSendRequest` has the last
 * word on headers and parameters.
 */
export const apolloRest: Client = {
  name: 'RESTDataSource',
  calls: Object.fromEntries(
    Object.values(GENERATIONS).flatMap((generation) =>
      Object.entries(generation.methods).map(([name, given]): [string, Form] => [
        `${generation.type}.${name}`,
        (call) => draft(call, generation, given(call)),
      ]),
    ),
  ),
  library: {
    inherited: (base, name, self) => {
      const generation = Object.hasOwn(GENERATIONS, base.module) ? GENERATIONS[base.module] : undefined;
      if (!generation || base.path.join('.') !== 'RESTDataSource') return undefined;
      if (TEMPLATES.includes(name)) return UNDEFINED;
      return Object.hasOwn(generation.methods, name) || name === 'resolveURL'
        ? { kind: 'native', name: `${generation.type}.${name}`, self }
        : undefined;
    },
    types: Object.fromEntries(
      Object.values(GENERATIONS).map((generation) => [
        generation.type,
        {
          methods: {
            ...Object.fromEntries(Object.keys(generation.methods).map((name) => [name, () => undefined])),
            // `super.resolveURL(path)`
            resolveURL: (evaluator, self, [path = UNDEFINED], { node }) => {
              const given = generation === FIRST ? option({ evaluator, node }, path, 'path') : path;
              return resolved({ evaluator, node }, generation, self, given);
            },
          },
        },
      ]),
    ),
  },
};

const HEADERS: Omit<Layer, 'value'> = { undefined: 'text', null: 'text' };

function draft(call: FormCall, generation: Generation, given: Given): Draft | undefined {
  const { self, evaluator } = call;
  const [path] = call.args;
  if (self?.kind !== 'instance' || !path) return undefined;
  const asked = object(
    entries({
      ...given,
      headers: generation.headers(given.headers),
      params: generation.params(given.params),
    }),
  );
  const args = generation.args(path, asked);
  const hook = option(call, self, 'willSendRequest');
  const request =
    hook.kind === 'function' ? argumentAfter(evaluator, hook, args, args.length - 1) : (args.at(-1) ?? asked);
  const sentTo = generation === FIRST ? option(call, request, 'path') : path;
  const override = overridden(call, self, 'resolveURL');
  return {
    client: 'RESTDataSource',
    url: override
      ? apply(evaluator, override, generation.args(sentTo, request), self, undefined)
      : resolved(call, generation, self, sentTo),
    method: option(call, request, 'method'),
    headers: [
      { ...HEADERS, value: option(call, request, 'headers') },
      ...(hook.kind === 'function' || isNullish(hook)
        ? []
        : [missed('a willSendRequest that is not followed')]),
      ...(overridden(call, self, 'fetch') ? [missed('a fetch method of its own')] : []),
    ],
    query: [{ value: option(call, request, 'params'), undefined: 'drop', null: 'drop' }],
    body: option(call, request, 'body'),
    objectBody: 'json',
  };
}

function missed(reason: string): Layer {
  return { ...HEADERS, value: unknown(reason, 'headers') };
}

function overridden(call: Asking, self: Value, name: string): FunctionValue | undefined {
  const method = option(call, self, name);
  return method.kind === 'function' ? method : undefined;
}

function resolved(call: Asking, { join }: Generation, self: Value, path: Value): Value {
  const base = option(call, self, 'baseURL');
  return isUndefined(base) ? path : withBase(base, path, (from, to) => join(concat([from]), to));
}
