import { choice, type Entry, optionsOf, text, UNDEFINED, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, type Form, type FormCall, type Layer, option } from './client.ts';
import { misplacedInHeaders } from './misplaced.ts';
import { isOptions, layersOf, ownProperties } from './options.ts';

const MODULE = 'k6/http';
const WITH_BODY: Readonly<Record<string, string>> = {
  post: 'POST',
  put: 'PUT',
  patch: 'PATCH',
  del: 'DELETE',
  options: 'OPTIONS',
};
const WITHOUT_BODY: Readonly<Record<string, string>> = { get: 'GET', head: 'HEAD' };

/**
 * k6: `(url, params)` without a body, `(url, body, params)` with one. Header values are made text whatever they
 * are, of two spellings the last is sent; an object as body is a form. No base URL.
 *
 * Read from grafana/k6, each file at a commit: js/modules/k6/http/http.go (06f4365) and request.go (01a5549, an
 * earlier one). Not read: lib/netext/httpext, which sends what they make, with cookies and the `auth` parameter.
 * Not followed: the tagged template `http.url`. Not run, for k6 is a program of its own.
 */
export const k6: Client = {
  name: MODULE,
  calls: {
    ...forms(WITHOUT_BODY, (call, method) => draft(call, method, call.args[0], UNDEFINED, call.args[1])),
    ...forms(WITH_BODY, (call, method) => draft(call, method, call.args[0], call.args[1], call.args[2])),
    ...Object.fromEntries(
      ['request', 'asyncRequest'].map((name): [string, Form] => [
        `${MODULE}#${name}`,
        (call) => draft(call, call.args[0], call.args[1], call.args[2], call.args[3]),
      ]),
    ),
    [`${MODULE}#batch`]: batch,
  },
};

function forms(
  verbs: Readonly<Record<string, string>>,
  form: (call: FormCall, method: Value) => Draft | undefined,
): Record<string, Form> {
  return Object.fromEntries(
    Object.entries(verbs).map(([name, method]) => [
      `${MODULE}#${name}`,
      (call: FormCall) => form(call, text(method)),
    ]),
  );
}

const HEADERS: Omit<Layer, 'value'> = { undefined: 'text', null: 'text' };

function draft(
  call: FormCall,
  method: Value | undefined,
  url: Value | undefined,
  body: Value = UNDEFINED,
  params: Value = UNDEFINED,
): Draft | undefined {
  if (!method || !url) return undefined;
  return {
    client: 'k6',
    url,
    method,
    headers: layersOf(call, [isOptions(params) ? params : undefined], ['headers'], HEADERS, ownProperties),
    misplaced: misplacedInHeaders(option(call, isOptions(params) ? params : undefined, 'headers')),
    query: [],
    body,
    objectBody: 'form',
  };
}

/** Several requests at once, each an address, a list or an object; by number or by name. */
function batch(call: FormCall): Draft | undefined {
  const [requests] = call.args;
  const items =
    requests?.kind === 'array'
      ? requests.items
      : requests?.kind === 'object'
        ? [...requests.entries.values()].map((entry: Entry) => entry.value)
        : [];
  const drafts = items.flatMap((item) => one(call, item) ?? []);
  const [first] = drafts;
  return (
    first && {
      ...first,
      url: choice(drafts.flatMap((each) => optionsOf(each.url))),
      method: choice(drafts.map((each) => each.method)),
      headers: [{ ...HEADERS, value: choice(drafts.map((each) => each.headers[0]?.value ?? UNDEFINED)) }],
    }
  );
}

function one(call: FormCall, request: Value): Draft | undefined {
  if (request.kind === 'text') return draft(call, text('GET'), request);
  if (request.kind === 'array') return draft(call, ...positions(request.items));
  const [method, url, body, params] = ['method', 'url', 'body', 'params'].map((name) =>
    option(call, request, name),
  );
  return draft(call, method, url, body, params);
}

function positions([method, url, body, params]: readonly Value[]): [
  Value | undefined,
  Value | undefined,
  Value | undefined,
  Value | undefined,
] {
  return [method, url, body, params];
}
