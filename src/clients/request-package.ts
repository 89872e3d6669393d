import { object, optionsOf, text, UNDEFINED, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, type FormCall, type Layer, option } from './client.ts';
import { instanceClient } from './instance.ts';
import { headersOf } from './methods.ts';
import { misplacedInHeaders } from './misplaced.ts';
import {
  addressAndOptions,
  authorizationLayer,
  basicAuthorization,
  bearerAuthorization,
  given,
  isUndefined,
  layersOf,
  ownProperties,
  urlText,
  withBase,
} from './options.ts';

const PACKAGES = ['request', 'request-promise', 'request-promise-native', 'request-promise-any'];

const client = instanceClient({
  name: 'request',
  exports: PACKAGES.map((name) => `${name}#`),
  verbs: {
    get: 'GET',
    head: 'HEAD',
    options: 'OPTIONS',
    post: 'POST',
    put: 'PUT',
    patch: 'PATCH',
    del: 'DELETE',
    delete: 'DELETE',
  },
  factories: {
    defaults: (own, [options]) => [...own, options ?? object()],
    forever: (own, [, options]) => [...own, options ?? object()],
  },
  draft: draftOf,
});

/**
 * request 2.88 and its promise siblings (request/request: index.js, request.js, lib/auth.js). `defaults` are
 * extended deeply, which skips `undefined`; a header that is `undefined` is deleted; between `baseUrl` and
 * path stands exactly one slash.
 */
export const request: Client = {
  ...client,
  library: {
    ...client.library,
    calls: {
      // A promise stands for its value, so a function is called the same once it answers promises.
      'util#promisify': (_, [fn]) => fn,
      'es6-promisify#': (_, [fn]) => fn,
      'es6-promisify#promisify': (_, [fn]) => fn,
      'pify#': (_, [fn]) => fn,
      'bluebird#promisify': (_, [fn]) => fn,
    },
  },
};

function draftOf(call: FormCall, defaults: readonly Value[], method: Value | undefined): Draft | undefined {
  const { address, options } = addressAndOptions(call.args);
  if (!address && !options) return undefined;
  const layers = [...defaults, options];
  const url = urlText(call, address ?? given(call, layers, 'uri', 'url'));
  const [json, form, formData, body] = ['json', 'form', 'formData', 'body'].map((name) =>
    given(call, layers, name),
  );
  const sent = bodyOf(json, form, formData, body);
  const named = isUndefined(sent.body) ? undefined : CONTENT_TYPES[sent.objectBody];
  const contentType = named === undefined ? [] : [contentTypeLayer(named, isGiven(sent.body))];
  // A form writes over the header, the other options give way to it.
  const isForm = sent.objectBody === 'form';
  return {
    client: 'request',
    url: withBase(given(call, layers, 'baseUrl'), url),
    method: method ?? given(call, layers, 'method'),
    headers: [
      ...(isForm ? [] : contentType),
      ...layersOf(call, layers, ['headers'], { undefined: 'drop', null: 'text' }, ownProperties),
      ...authorizationLayer(authorization(call, given(call, layers, 'auth'))),
      ...(isForm ? contentType : []),
    ],
    misplaced: misplacedInHeaders(given(call, layers, 'headers')),
    query: layersOf(call, layers, ['qs'], { undefined: 'drop', null: 'empty' }),
    ...sent,
  };
}

/** The header, which is sent sometimes when the option that brings it is there on some paths only. */
function contentTypeLayer(named: string, always: boolean): Layer {
  const value = object([['content-type', { value: text(named), always }]]);
  return { ...headersOf({}), value };
}

function isGiven(value: Value): boolean {
  return optionsOf(value).every((each) => each.kind !== 'unknown' && !isUndefined(each));
}

/** What the options `json`, `form` and `formData` say of the body. */
const CONTENT_TYPES: Readonly<Partial<Record<Draft['objectBody'], string>>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
};

/** `json` is the body itself, or says that the body is to be made JSON. */
function bodyOf(
  json: Value = UNDEFINED,
  form: Value = UNDEFINED,
  formData: Value = UNDEFINED,
  body: Value = UNDEFINED,
): Pick<Draft, 'body' | 'objectBody'> {
  if (!isUndefined(form)) return { body: form, objectBody: 'form' };
  if (!isUndefined(formData)) return { body: formData, objectBody: 'multipart' };
  if (json.kind === 'primitive') return { body, objectBody: json.value ? 'json' : 'text' };
  return { body: json, objectBody: 'json' };
}

function authorization(call: FormCall, auth: Value): Value {
  if (isUndefined(auth)) return UNDEFINED;
  const bearer = option(call, auth, 'bearer');
  if (!isUndefined(bearer) && bearer.kind !== 'unknown') return bearerAuthorization(bearer);
  if (auth.kind === 'unknown') return auth;
  return basicAuthorization(option(call, auth, 'username', 'user'), option(call, auth, 'password', 'pass'));
}
