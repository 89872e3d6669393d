import { apply } from '../evaluate/calls.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { fromEntries } from '../evaluate/natives/lists.ts';
import type { Method, TypeModel } from '../evaluate/natives/natives.ts';
import { splitQuery } from '../evaluate/url.ts';
import {
  concat,
  each,
  type Gap,
  literalText,
  type ObjectValue,
  object,
  text,
  toText,
  truthiness,
  UNDEFINED,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import { ts } from '../syntax/ts.ts';
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
import { basicAuthorization, isUndefined, ownProperties, withoutQuery } from './options.ts';
import { asContainer, putAll } from './pending.ts';

const TYPE = 'wretch';
const NEXT = 'WretchNext';
/** What a middleware hands to the next one. */
const SENT = 'WretchSent';
/** A middleware of the package: it repeats, delays or leaves out requests, and changes none. */
const PLAIN_MIDDLEWARE = 'WretchMiddleware';
const PLAIN_MIDDLEWARES = ['delay', 'dedupe', 'retry', 'throttlingCache'];

/** Terminal methods that take a body first. */
const WITH_BODY = ['post', 'put', 'patch'];
const WITHOUT_BODY: Readonly<Record<string, string>> = {
  get: 'GET',
  delete: 'DELETE',
  head: 'HEAD',
  opts: 'OPTIONS',
};

/** Methods of the chain that change nothing of what is sent. */
const SAME = ['resolve', 'catcher', 'catcherFallback', 'errorType'];

/**
 * wretch 2.11 (elbywan/wretch: src/core.ts, src/utils.ts, src/addons, src/resolver.ts). An immutable chain:
 * each method answers a changed copy. Headers are mixed with regard to case and handed to fetch, `undefined`
 * as text; addresses are put behind each other as they are, before a query; a body comes before the address.
 */
export const wretch: Client = {
  name: 'wretch',
  calls: {
    [`${TYPE}.fetch`]: (call) => draft(call, call.args[0], call.args[1], call.args[2]),
    ...Object.fromEntries(
      Object.entries(WITHOUT_BODY).map(([name, method]): [string, Form] => [
        `${TYPE}.${name}`,
        (call) => draft(call, text(method), call.args[0]),
      ]),
    ),
    ...Object.fromEntries(
      WITH_BODY.map((name): [string, Form] => [
        `${TYPE}.${name}`,
        (call) => draft(call, text(name.toUpperCase()), call.args[1], call.args[0]),
      ]),
    ),
  },
  library: {
    calls: {
      ...Object.fromEntries(
        ['wretch#', 'wretch/all#'].map((key) => [
          key,
          (_: unknown, [url = text(''), options = object()]: readonly Value[]) => made(url, options),
        ]),
      ),
      ...Object.fromEntries(
        PLAIN_MIDDLEWARES.flatMap((name) =>
          [`wretch/middlewares#${name}`, `wretch/middlewares/${name}#${name}`, `wretch/all#${name}`].map(
            (key) => [key, () => object([], { type: PLAIN_MIDDLEWARE })],
          ),
        ),
      ),
    },
    typed: {
      'wretch#Wretch': () =>
        made(
          unknown('the address of a wretch made elsewhere', 'url'),
          unknown('a wretch made elsewhere', 'options'),
        ),
    },
    types: {
      [TYPE]: chain(),
      [NEXT]: {
        methods: { call: (_, __, [url, options]) => object(entries({ url, options }), { type: SENT }) },
      },
    },
  },
};

function chain(): TypeModel {
  const same: Method = (_, self) => self;
  const header = (self: Value, name: string, value: Value | undefined) =>
    withHeaders(self, object(entries({ [name]: value ?? UNDEFINED })));
  return {
    methods: {
      ...Object.fromEntries(SAME.map((name) => [name, same])),
      // What they answer is a response.
      ...Object.fromEntries(
        ['fetch', ...Object.keys(WITHOUT_BODY), ...WITH_BODY].map((name) => [name, () => undefined]),
      ),
      url: (_, self, [url, replace]) =>
        change(self, 'url', (held) => (isTrue(replace) ? (url ?? held) : behind(held, url))),
      options: (_, self, [options, replace]) =>
        change(self, 'options', (held) => (isTrue(replace) ? (options ?? held) : mixed(held, options))),
      headers: (_, self, [headers]) => withHeaders(self, headers && recordOf(headers)),
      accept: (_, self, [value]) => header(self, 'Accept', value),
      content: (_, self, [value]) => header(self, 'Content-Type', value),
      auth: (_, self, [value]) => header(self, 'Authorization', value),
      basicAuth: (_, self, [user = UNDEFINED, password = UNDEFINED]) =>
        header(self, 'Authorization', basicAuthorization(user, password)),
      query: (_, self, [query, replace, omit]) => {
        const kept = isTrue(replace) ? change(self, 'url', withoutQuery) : self;
        const added = object(entries({ query, omit }));
        return change(kept, 'query', (held) => listed(isTrue(replace) ? undefined : held, [added]));
      },
      body: (_, self, [body]) => change(self, 'body', () => body ?? UNDEFINED),
      json: (_, self, [body]) => asJson(self, body),
      formUrl: (_, self, [body]) => encoded(self, body, 'URLSearchParams'),
      formData: (_, self, [body]) => encoded(self, body, 'FormData'),
      middlewares: (_, self, [list, clear]) =>
        change(self, 'middlewares', (held) => listed(isTrue(clear) ? undefined : held, itemsOf(list))),
      defer: (_, self, [callback, clear]) =>
        change(self, 'deferred', (held) =>
          listed(isTrue(clear) ? undefined : held, callback ? [callback] : []),
        ),
      addon: (evaluator, self, [addon], { node }) =>
        isPlainAddon(evaluator, addon, node) ? self : opened(self, 'a wretch addon'),
      polyfills: (evaluator, self, [polyfills], { node }) =>
        option({ evaluator, node }, polyfills, 'fetch').kind === 'function'
          ? opened(self, 'a fetch of its own')
          : self,
    },
  };
}

// ------------------------------------------------------------------ the chain

type Part = 'url' | 'options' | 'query' | 'body' | 'middlewares' | 'deferred';

function made(url: Value, options: Value): ObjectValue {
  return object(entries({ '(url)': url, '(options)': options }), { type: TYPE });
}

function part(self: Value, name: Part): Value {
  return self.kind === 'object' ? (self.entries.get(`(${name})`)?.value ?? UNDEFINED) : UNDEFINED;
}

function change(self: Value, name: Part, to: (held: Value) => Value): Value {
  if (self.kind !== 'object') return self;
  const value = each(part(self, name), to);
  return { ...self, entries: new Map([...self.entries, ...entries({ [`(${name})`]: value })]) };
}

function listed(held: Value | undefined, more: readonly Value[]): Value {
  return { kind: 'array', items: [...itemsOf(held), ...more] };
}

/** The items of a list; one that is not known is an item that is not. */
function itemsOf(list: Value | undefined): readonly Value[] {
  if (!list || list.kind === 'primitive') return [];
  return list.kind === 'array' && !list.open ? list.items : [unknown('a list that is not known', 'list')];
}

function isTrue(value: Value | undefined): boolean {
  return value !== undefined && truthiness(value) === true;
}

/** An address behind another one: before its query, with nothing between. */
function behind(base: Value, url: Value | undefined): Value {
  if (isUndefined(url) || !url) return base;
  return each(toText(base), (option) => {
    if (option.kind !== 'text') return concat([option, url]);
    const { base, query } = splitQuery(option.parts);
    const before: Value = { ...option, parts: base };
    return query.entries.size > 0 || query.open
      ? concat([before, url, text('?'), query])
      : concat([before, url]);
  });
}

// ------------------------------------------------------------------ headers and options

/** Whatever holds headers, as a record. */
function recordOf(headers: Value): Value {
  return each(headers, (option) => (option.kind === 'array' ? fromEntries(option, undefined) : option));
}

function withHeaders(self: Value, headers: Value | undefined): Value {
  return headers ? change(self, 'options', (held) => mixed(held, object(entries({ headers })))) : self;
}

/** Options laid over options: headers name by name, the rest as a whole. */
function mixed(under: Value, over: Value | undefined): Value {
  if (!over || over.kind === 'primitive') return under;
  const [below, above] = [asContainer(under), asContainer(over)];
  const [own, more] = [below, above].map((each) => each.entries.get('headers')?.value);
  const headers = own && more ? mixedHeaders(own, more) : (more ?? own);
  return object([...below.entries, ...above.entries, ...entries({ headers })], {
    open: above.open ?? below.open,
  });
}

/** Own properties are all that is read: mixed with others, a `Headers` gives none. */
function mixedHeaders(own: Value, more: Value): Value {
  return putAll(asContainer(each(own, ownProperties)), asContainer(each(more, ownProperties)));
}

function opened(self: Value, reason: string): Value {
  const open: Gap = { reason, name: 'options', names: [] };
  return change(self, 'options', (held) => mixed(held, object([], { open })));
}

// ------------------------------------------------------------------ bodies

function asJson(self: Value, body: Value | undefined): Value {
  const type = text('application/json');
  const typed = withHeaders(self, object(entries({ 'Content-Type': type })));
  return change(typed, 'body', () =>
    body?.kind === 'object' ? { ...body, type: 'JSON' } : (body ?? UNDEFINED),
  );
}

function encoded(self: Value, body: Value | undefined, type: 'URLSearchParams' | 'FormData'): Value {
  const form = text('application/x-www-form-urlencoded');
  const typed =
    type === 'URLSearchParams' ? withHeaders(self, object(entries({ 'Content-Type': form }))) : self;
  return change(typed, 'body', () => (body?.kind === 'object' ? { ...body, type } : (body ?? UNDEFINED)));
}

/** A body that is given last: an object goes out as JSON, what is no plain one as an empty one. */
function withBody(call: FormCall, self: Value, body: Value | undefined): Value {
  if (!body || truthiness(body) === false) return self;
  const type = option(call, option(call, part(self, 'options'), 'headers'), 'Content-Type', 'content-type');
  const otherwise = !/json/.test(literalText(type) ?? 'json');
  if (body.kind !== 'object' || body.type === 'FormData' || body.type === 'JSON' || otherwise)
    return change(self, 'body', () => body);
  return asJson(self, body.type === 'URLSearchParams' ? object() : body);
}

// ------------------------------------------------------------------ a request

const HEADERS: Omit<Layer, 'value'> = { undefined: 'text', null: 'text', combines: true };

function draft(
  call: FormCall,
  method: Value | undefined,
  url: Value | undefined,
  body?: Value,
): Draft | undefined {
  const { self, evaluator } = call;
  if (self?.kind !== 'object' || self.type !== TYPE) return undefined;
  const addressed = change(self, 'url', (held) => behind(held, url));
  const ready = deferred(evaluator, withBody(call, addressed, body));
  const options = setupOf(call).reduce<Value>((over, setup) => mixed(setup, over), part(ready, 'options'));
  const sent = through(evaluator, ready, options);
  const headers = option(call, sent.options, 'headers');
  const given = part(ready, 'body');
  return {
    client: 'wretch',
    url: sent.url,
    method: method ?? option(call, options, 'method'),
    headers: isUndefined(headers) ? [] : [{ ...HEADERS, value: headers }],
    query: itemsOf(part(ready, 'query')).map((each): Layer => queryLayer(call, each)),
    body: isUndefined(given) ? option(call, sent.options, 'body') : given,
    objectBody: 'text',
  };
}

function queryLayer(call: FormCall, added: Value): Layer {
  const omits = isTrue(option(call, added, 'omit'));
  const value = added.kind === 'object' ? option(call, added, 'query') : added;
  return { value, undefined: omits ? 'drop' : 'empty', null: omits ? 'drop' : 'text' };
}

/** What the deferred callbacks, which are called with the chain when it is sent, make of it. */
function deferred(evaluator: Evaluator, self: Value): Value {
  return itemsOf(part(self, 'deferred')).reduce<Value>((held, callback) => {
    const changed =
      callback.kind === 'function'
        ? apply(evaluator, callback, [held, part(held, 'url'), part(held, 'options')], undefined, undefined)
        : undefined;
    return changed?.kind === 'object' && changed.type === TYPE
      ? changed
      : opened(held, 'a deferred callback that is not followed');
  }, self);
}

/** What the middlewares, the first one outermost, make of the address and the options. */
function through(evaluator: Evaluator, self: Value, given: Value): { url: Value; options: Value } {
  let [url, options] = [part(self, 'url'), given];
  const next = object([], { type: NEXT });
  for (const middleware of itemsOf(part(self, 'middlewares'))) {
    if (middleware.kind === 'object' && middleware.type === PLAIN_MIDDLEWARE) continue;
    const fn =
      middleware.kind === 'function' ? apply(evaluator, middleware, [next], undefined, undefined) : undefined;
    const sent = fn?.kind === 'function' && apply(evaluator, fn, [url, options], undefined, undefined);
    if (sent && sent.kind === 'object' && sent.type === SENT) {
      url = sent.entries.get('url')?.value ?? url;
      options = sent.entries.get('options')?.value ?? UNDEFINED;
    } else options = mixed(options, unknown('a middleware that is not followed', 'options'));
  }
  return { url, options };
}

/** The addons of the package add methods that are known here; those of a project may do anything. */
function isPlainAddon(evaluator: Evaluator, addon: Value | undefined, node: ts.CallExpression): boolean {
  if (addon?.kind === 'external') return addon.module.startsWith('wretch');
  return (
    asObject(addon ?? UNDEFINED) !== undefined &&
    isUndefined(option({ evaluator, node }, addon, 'beforeRequest'))
  );
}

/** `wretch.options({ … })`, which holds for every call. */
function setupOf(call: FormCall): Value[] {
  return call.mentions('wretch').flatMap(({ parent }) => {
    const made = parent.parent;
    const sets =
      ts.isPropertyAccessExpression(parent) && parent.name.text === 'options' && ts.isCallExpression(made);
    const [options] = sets && made.expression === parent ? made.arguments : [];
    return options ? [call.evaluator.evaluate(options, undefined)] : [];
  });
}
