import { concat, each, literalText, text, truthiness, UNDEFINED, type Value } from '../evaluate/value.ts';
import { ts } from '../syntax/ts.ts';
import { type Client, type Draft, type Form, type FormCall, type Layer, option } from './client.ts';
import { misplacedInHeaders } from './misplaced.ts';
import {
  authorizationLayer,
  basicAuthorization,
  isOptions,
  isUndefined,
  layersOf,
  ownProperties,
  withoutQuery,
} from './options.ts';

const WITHOUT_DATA = ['get', 'head'];
const WITH_DATA = ['post', 'put', 'patch', 'delete'];

/**
 * needle 3 (tomas/needle: lib/needle.js). Headers of `needle.defaults`, then Basic of `username`, then the
 * call's; names in lower case. Node refuses `undefined`. The data of a GET replaces the URL's query.
 */
export const needle: Client = {
  name: 'needle',
  calls: {
    'needle#': (call) => {
      const [first, ...rest] = call.args;
      const verb = first && literalText(first);
      // The method may be left out.
      if (first && (verb === undefined ? first.kind === 'text' : /[./]/.test(verb)))
        return draft(
          call,
          text(call.args.length > 2 ? 'POST' : 'GET'),
          first,
          ...dataAndOptions(undefined, rest),
        );
      return first && draft(call, first, rest[0], ...dataAndOptions(verb, rest.slice(1)));
    },
    'needle#request': (call) => {
      const [method, url, data, options] = call.args;
      return method && draft(call, method, url, data, options);
    },
    ...forms(WITHOUT_DATA, (call, method) => {
      const [url, options] = call.args;
      return draft(
        call,
        method,
        url,
        option(call, isOptions(options) ? options : undefined, 'query'),
        options,
      );
    }),
    ...forms(WITH_DATA, (call, method) => {
      const [url, data, options] = call.args;
      return draft(call, method, url, data, options);
    }),
  },
};

function forms(
  verbs: readonly string[],
  form: (call: FormCall, method: Value) => Draft | undefined,
): Record<string, Form> {
  return Object.fromEntries(
    verbs.map((verb) => [`needle#${verb}`, (call: FormCall) => form(call, text(verb.toUpperCase()))]),
  );
}

/** `needle('get', url, options)`: a GET with two more arguments has no data. */
function dataAndOptions(
  verb: string | undefined,
  rest: readonly Value[],
): [Value | undefined, Value | undefined] {
  const [data, options] = rest;
  return verb !== undefined && /get|head/i.test(verb) && rest.length === 1
    ? [undefined, data]
    : [data, options];
}

const HEADERS: Omit<Layer, 'value'> = { undefined: 'throw', null: 'text' };

function draft(
  call: FormCall,
  method: Value,
  url: Value | undefined,
  data?: Value,
  given?: Value,
): Draft | undefined {
  if (!url) return undefined;
  const options = isOptions(given) ? given : undefined;
  const verb = literalText(method)?.toLowerCase();
  const isJson = truthiness(option(call, options, 'json')) ?? false;
  const isMultipart = truthiness(option(call, options, 'multipart')) ?? false;
  const inQuery = verb === 'get' && !isJson && !isUndefined(data) && data?.kind !== 'primitive';
  const address = each(url, withScheme);
  return {
    client: 'needle',
    url: inQuery ? withoutQuery(address) : address,
    method,
    headers: [
      ...layersOf(call, defaultsOf(call), ['headers'], { undefined: 'drop', null: 'text' }, ownProperties),
      ...authorizationLayer(authorization(call, options)),
      ...layersOf(call, [options], ['headers'], HEADERS, ownProperties),
    ],
    misplaced: misplacedInHeaders(option(call, options, 'headers')),
    query: inQuery && data ? [{ value: data, undefined: 'empty', null: 'empty' }] : [],
    body: inQuery ? UNDEFINED : (data ?? UNDEFINED),
    objectBody: isJson || saysJson(call, options) ? 'json' : isMultipart ? 'multipart' : 'form',
  };
}

function withScheme(url: Value): Value {
  const literal = literalText(url);
  return literal === undefined || literal.includes('http')
    ? url
    : concat([text('http://'), text(literal.replace(/^\/\//, ''), url.trace)]);
}

function saysJson(call: FormCall, options: Value | undefined): boolean {
  const type = option(call, option(call, options, 'headers'), 'content-type', 'Content-Type');
  return literalText(type) === 'application/json';
}

function authorization(call: FormCall, options: Value | undefined): Value {
  const user = option(call, options, 'username');
  const auth = literalText(option(call, options, 'auth'));
  if (user.kind !== 'text' || auth === 'digest' || auth === 'auto') return UNDEFINED;
  return basicAuthorization(user, option(call, options, 'password'));
}

/** `needle.defaults({ headers })`, which holds for every call. */
function defaultsOf(call: FormCall): Value[] {
  return call.mentions('needle').flatMap(({ parent }) => {
    const made = parent.parent;
    const isDefaults =
      ts.isPropertyAccessExpression(parent) && parent.name.text === 'defaults' && ts.isCallExpression(made);
    const [options] = isDefaults ? made.arguments : [];
    return options ? [call.evaluator.evaluate(options, undefined)] : [];
  });
}
