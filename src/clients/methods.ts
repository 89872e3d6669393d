import { member } from '../evaluate/members.ts';
import {
  choice,
  concat,
  type Entry,
  each,
  gapOf,
  isNullish,
  type ObjectValue,
  object,
  optionsOf,
  text,
  UNDEFINED,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import { asObject, entries, type FormCall, type Layer } from './client.ts';

/**
 * What a method of an SDK sends, as one line of a table:
 *
 *     name METHOD /path/{0} word word
 *
 * `{0}` is the first argument, `{1.token}` a property of the second. In the path, an argument that is not
 * given leaves its segment out. A brace without a number (`{pipelines}`) is what the SDK works out at run
 * time: in the path, a link that the service answered. Words: `?name={1}` a query parameter, `name={1}` a field of the form, `json:{1}` the body,
 * `type:text/plain` a content type, and how the call is authorised when not by the client's own credential:
 * `anonymous`, `Bearer:{0}`, `JWT:{0}`. What is not in braces stands for itself.
 */
export interface Method {
  readonly name: string;
  readonly method: string;
  readonly path: readonly Term[];
  readonly query: readonly Pair[];
  readonly form: readonly Pair[];
  readonly json: Term | undefined;
  /** The content type that the method gives, or that its body makes. */
  readonly contentType: string | undefined;
  readonly authorization: 'own' | 'none' | { readonly scheme: string; readonly token: Term };
}

/** A literal, an argument (or a property of one), or what the SDK works out at run time. */
export type Term =
  | { readonly literal: string }
  | { readonly argument: number; readonly property: string | undefined }
  | { readonly own: string };

type Pair = readonly [name: string, term: Term];

/** Reads a table; see `Method`. */
export function parseMethods(table: string): readonly Method[] {
  return table.trim().split('\n').map(parseMethod);
}

function parseMethod(line: string): Method {
  const [name = '', method = '', path = '', ...words] = line.split(' ');
  const query: Pair[] = [];
  const form: Pair[] = [];
  let json: Term | undefined;
  let contentType: string | undefined;
  let authorization: Method['authorization'] = words.includes('anonymous') ? 'none' : 'own';
  for (const word of words) {
    const [, mark, key = '', sign, value = ''] = /^(\??)(\w+)([=:])(.*)$/.exec(word) ?? [];
    if (sign === '=') (mark === '?' ? query : form).push([key, parseTerm(value)]);
    else if (key === 'json') json = parseTerm(value);
    else if (key === 'type') contentType = value;
    else if (sign === ':') authorization = { scheme: key, token: parseTerm(value) };
  }
  if (form.length > 0) contentType ??= 'application/x-www-form-urlencoded';
  else if (json) contentType ??= 'application/json';
  return {
    name,
    method,
    path: path
      .split('/')
      .filter((word) => word !== '')
      .map(parseTerm),
    query,
    form,
    json,
    contentType,
    authorization,
  };
}

function parseTerm(word: string): Term {
  const match = /^\{(?:(\d+)(?:\.(\w+))?|(\w+))\}$/.exec(word);
  if (!match) return { literal: word };
  const [, argument, property, own] = match;
  return own === undefined ? { argument: Number(argument), property } : { own };
}

function valueOfTerm(call: FormCall, term: Term): Value {
  if ('literal' in term) return text(term.literal);
  if ('own' in term) return unknown(`${term.own}, which the SDK works out at run time`, term.own);
  const argument = call.args[term.argument] ?? UNDEFINED;
  return term.property === undefined
    ? argument
    : member(call.evaluator, argument, term.property, call.node, undefined);
}

/** The path with its arguments filled in; it starts with a slash. */
export function pathOf(call: FormCall, { path }: Method): Value {
  return concat(
    path.map((term) => {
      // A link brings its own slash, and all that is behind it.
      if ('own' in term) return valueOfTerm(call, term);
      return each(valueOfTerm(call, term), (option) =>
        isNullish(option) ? text('') : concat([text('/'), option]),
      );
    }),
  );
}

/** The query parameters that the method adds. */
export function queryOf(call: FormCall, { query }: Method): Value {
  return object(query.map(([name, term]): [string, Entry] => [name, always(valueOfTerm(call, term))]));
}

/** The value of Authorization, where `own` is what the client sends by itself. */
export function authorizationOf(call: FormCall, { authorization }: Method, own: Value): Value {
  if (authorization === 'own') return own;
  if (authorization === 'none') return UNDEFINED;
  return concat([text(`${authorization.scheme} `), valueOfTerm(call, authorization.token)]);
}

/**
 * The body: the fields of the form, or the argument that goes out as JSON. A field that is null is not
 * sent; what an unknown argument holds may be sent or not.
 */
export function bodyOf(call: FormCall, { form, json }: Method, type: 'URLSearchParams' | 'FormData'): Value {
  if (form.length === 0) return json ? valueOfTerm(call, json) : UNDEFINED;
  const fields: [string, Entry][] = [];
  let body = object([], { type });
  for (const [name, term] of form) {
    if (!('argument' in term) || term.property === undefined) {
      fields.push([name, always(sent(valueOfTerm(call, term)))]);
      continue;
    }
    const argument = call.args[term.argument] ?? UNDEFINED;
    const holder = asObject(argument);
    const entry = holder?.entries.get(term.property);
    if (entry) fields.push([name, { value: sent(entry.value), always: entry.always }]);
    const open = holder ? holder.open : isNullish(argument) ? undefined : gapOf(argument);
    if (open) body = { ...body, open };
  }
  return { ...body, entries: new Map(fields) };
}

function always(value: Value): Entry {
  return { value, always: true };
}

function sent(value: Value): Value {
  return choice(optionsOf(value).map((option) => (isNullish(option) ? UNDEFINED : option)));
}

/** The instance that a method is called on, of all that the receiver can be. */
export function receiverOf(call: FormCall, type: string): ObjectValue | undefined {
  return optionsOf(call.self ?? UNDEFINED).find(
    (option): option is ObjectValue => option.kind === 'object' && option.type === type,
  );
}

/** What an instance keeps. */
export function held(self: ObjectValue, name: string): Value {
  return self.entries.get(name)?.value ?? UNDEFINED;
}

/** Headers that are not sent when they have no value. */
export function headersOf(record: Readonly<Record<string, Value | undefined>>): Layer {
  return { value: object(entries(record)), undefined: 'drop', null: 'drop' };
}

/** The header that says what the body is, when the method has one. */
export function contentTypeOf({ contentType }: Method): Value | undefined {
  return contentType === undefined ? undefined : text(contentType);
}
