import { joinWithSlash, mergeLiterals, resolveUrl } from '../evaluate/url.ts';
import { concat, each, object, optionsOf, text, toText, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, entries, type FormCall, type Layer } from './client.ts';
import { addedBy, hooksNamed, type Kind, queryOfHooks } from './hooks.ts';
import { instanceClient } from './instance.ts';
import { given, isOptions, isUndefined, isUrl, layersOf, withBase, withoutQuery } from './options.ts';

const VERBS = ['get', 'post', 'put', 'patch', 'head', 'delete'];

/**
 * ky 1 and 2 (sindresorhus/ky: source/core/Ky.ts, source/utils/merge.ts). `create` starts anew, `extend`
 * inherits. A header that comes to `undefined` is deleted, with the inherited one; `searchParams` replace the
 * URL's own query. Text addresses only: `prefixUrl` (ky 1) and `prefix` are laid before them with one slash,
 * `baseUrl` (ky 2) is what they are resolved against.
 */
export const ky: Client = instanceClient({
  name: 'ky',
  exports: ['ky#', 'ky#ky', 'ky-universal#'],
  typed: ['ky#KyInstance'],
  verbs: Object.fromEntries(VERBS.map((verb) => [verb, verb.toUpperCase()])),
  factories: {
    create: (_, [options]) => (options ? [options] : []),
    extend: (own, [options]) => (options ? [...own, options] : own),
  },
  draft: draftOf,
});

const HEADERS: Omit<Layer, 'value'> = { undefined: 'drop', null: 'text', removes: true, combines: true };

/** ky 1 gives its hooks the request, ky 2 an object that holds it; here is one object that is both. */
const HOOK: Kind = {
  args: (headers) => {
    const request = object(entries({ headers }), { type: 'Request' });
    return [{ ...request, entries: new Map([...request.entries, ...entries({ request })]) }];
  },
  paths: [['headers'], ['request', 'headers']],
  type: 'Headers',
};

function draftOf(call: FormCall, instance: readonly Value[], method: Value | undefined): Draft | undefined {
  const [input, second] = call.args;
  if (!input || !(isUrl(input) || isOptions(input))) return undefined;
  const requests = optionsOf(input).filter((each) => each.kind === 'object' && each.type === 'Request');
  const own = requests.map((each) => (each.kind === 'object' ? each.entries.get('init')?.value : undefined));
  const layers = [...own, ...instance, isOptions(second) ? second : undefined];
  const path = each(input, (option) =>
    option.kind === 'object' && option.type === 'Request'
      ? (option.entries.get('input')?.value ?? option)
      : option,
  );
  const prefixed = withBase(given(call, layers, 'prefixUrl', 'prefix'), path, beforeText);
  const url = withBase(given(call, layers, 'baseUrl'), prefixed, (base, relative) =>
    resolveUrl(relative, base),
  );
  const query = layersOf(call, layers, ['searchParams'], { undefined: 'drop', null: 'text' });
  const json = given(call, layers, 'json');
  const hooks = hooksNamed(call, layers, 'beforeRequest');
  return {
    client: 'ky',
    url: query.length > 0 ? withoutQuery(url) : url,
    method: method ?? given(call, layers, 'method'),
    headers: [...layersOf(call, layers, ['headers'], HEADERS, plain), ...addedBy(call, hooks, HOOK, HEADERS)],
    query: [...query, ...queryOfHooks(hooks)],
    body: isUndefined(json) ? given(call, layers, 'body') : json,
    objectBody: isUndefined(json) ? 'text' : 'json',
  };
}

/** One slash between, before an absolute text too; a URL object stands alone. */
function beforeText(prefix: Value, path: Value): Value {
  return each(path, (option) => {
    if (option.kind === 'object') return option;
    const printed = toText(option);
    const [first] = printed.kind === 'text' ? mergeLiterals(printed.parts) : [];
    const absolute = first && 'literal' in first && /^[a-z][a-z\d+.-]*:\/\//i.test(first.literal);
    return absolute ? concat([prefix, text('/'), option]) : joinWithSlash(prefix, option);
  });
}

/** ky takes an `undefined` that a `Headers` made text for none, too. */
function plain(headers: Value): Value {
  return headers.kind === 'object' ? { ...headers, type: undefined } : headers;
}
