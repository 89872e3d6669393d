import { apply } from '../evaluate/calls.ts';
import { instanceOf } from '../evaluate/instances.ts';
import { member } from '../evaluate/members.ts';
import type { Method, TypeModel } from '../evaluate/natives/natives.ts';
import { parseQueryText } from '../evaluate/url.ts';
import {
  choice,
  type Gap,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  text,
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
import { addedHeaders } from './hooks.ts';
import { isUndefined, layersOf } from './options.ts';
import { asContainer, lowerCase, put, putAll, without } from './pending.ts';

const PACKAGE = '@angular/common/http';
const WITHOUT_BODY = ['get', 'delete', 'head', 'options', 'jsonp'];
const WITH_BODY = ['post', 'put', 'patch'];

const HEADERS: Omit<Layer, 'value'> = { undefined: 'throw', null: 'throw' };

/** Builders answer a changed copy: `headers.set('a', 'b');` alone does nothing. */
const HTTP_HEADERS: TypeModel = {
  methods: {
    set: (_, self, [name, value]) => put(self, name, value ?? UNDEFINED, lowerCase),
    append: (_, self, [name, value]) => put(self, name, value ?? UNDEFINED, lowerCase),
    delete: (_, self, [name]) => without(self, name, lowerCase),
    get: (_, self, [name]) => held(self, name && literalText(name)?.toLowerCase()),
    has: () => undefined,
  },
};

const HTTP_PARAMS: TypeModel = {
  methods: {
    set: (_, self, [name, value]) => put(self, name, value ?? UNDEFINED),
    append: (_, self, [name, value = UNDEFINED]) => {
      const earlier =
        self.kind === 'object' ? self.entries.get((name && literalText(name)) ?? '') : undefined;
      return put(self, name, earlier ? choice([earlier.value, value]) : value);
    },
    appendAll: (_, self, [more]) => (more ? putAll(self, more) : self),
    delete: (_, self, [name]) => without(self, name),
    get: (_, self, [name]) => held(self, name && literalText(name)),
    toString: (_: unknown, self: Value) =>
      self.kind === 'object' ? { ...self, type: 'URLSearchParams' } : undefined,
  },
};

const same: Method = (_, self) => self;

/** A request on its way through the interceptors; what `next` answers stands for it. */
const HTTP_REQUEST: TypeModel = {
  methods: { clone: (_, self, [update]) => cloned(self, update), pipe: same },
};

const NEXT: TypeModel = {
  methods: { call: (_, __, [request]) => request, handle: (_, __, [request]) => request },
};

/**
 * Angular's HttpClient (angular/angular: packages/common/http/src), known by the type of the field or
 * parameter that it is injected into. `HttpHeaders` and `HttpParams` are immutable. Interceptors may change
 * every request: those of the files at hand are followed, and when no file sets HttpClient up, there may be
 * others.
 */
export const angular: Client = {
  name: 'HttpClient',
  calls: {
    ...forms(WITHOUT_BODY, (call, method) => draft(call, method, call.args[0], UNDEFINED, call.args[1])),
    ...forms(WITH_BODY, (call, method) => draft(call, method, call.args[0], call.args[1], call.args[2])),
    'AngularHttpClient.request': (call) => {
      const [first, url, options] = call.args;
      if (first?.kind !== 'object' || first.type !== 'AngularHttpRequest')
        return draft(call, first, url, option(call, options, 'body'), options);
      const of = (name: string) => first.entries.get(name)?.value;
      return draft(call, of('method'), of('url'), of('body'), first);
    },
  },
  library: {
    typed: { [`${PACKAGE}#HttpClient`]: () => object([], { type: 'AngularHttpClient' }) },
    calls: {
      '@angular/core#inject': (evaluator, [token]) => {
        if (token?.kind === 'class') return instanceOf(token);
        return token?.kind === 'external' ? evaluator.natives.typed(token) : undefined;
      },
    },
    constructors: {
      [`${PACKAGE}#HttpHeaders`]: (_, [init]) => ({
        ...asContainer(init ?? UNDEFINED, lowerCase),
        type: 'AngularHttpHeaders',
      }),
      [`${PACKAGE}#HttpParams`]: (_, [options]) => ({ ...paramsOf(options), type: 'AngularHttpParams' }),
      [`${PACKAGE}#HttpRequest`]: (_, [method, url, third, fourth]) => {
        const verb = method && literalText(method)?.toUpperCase();
        const takesBody = verb === undefined || ['POST', 'PUT', 'PATCH'].includes(verb);
        const options = takesBody ? fourth : third;
        const held = options
          ? (asObject(options) ??
            object([], { open: { reason: 'unknown options', name: 'options', names: [] } }))
          : object();
        const own = entries({ method, url, body: takesBody ? third : undefined });
        return { ...held, type: 'AngularHttpRequest', entries: new Map([...held.entries, ...own]) };
      },
    },
    types: {
      AngularHttpClient: {
        methods: Object.fromEntries(
          [...WITHOUT_BODY, ...WITH_BODY, 'request'].map((name) => [name, () => undefined]),
        ),
      },
      AngularHttpHeaders: HTTP_HEADERS,
      AngularHttpParams: HTTP_PARAMS,
      AngularHttpRequest: HTTP_REQUEST,
      AngularHttpHandler: NEXT,
    },
  },
};

function forms(
  verbs: readonly string[],
  form: (call: FormCall, method: Value) => Draft | undefined,
): Record<string, Form> {
  return Object.fromEntries(
    verbs.map((verb) => [
      `AngularHttpClient.${verb}`,
      (call: FormCall) => form(call, text(verb === 'jsonp' ? 'GET' : verb.toUpperCase())),
    ]),
  );
}

function held(self: Value, name: string | undefined): Value | undefined {
  if (self.kind !== 'object' || name === undefined) return undefined;
  const value = self.entries.get(name)?.value;
  return value ?? (self.open ? unknown(self.open.reason, name) : { kind: 'primitive', value: null });
}

function paramsOf(options: Value | undefined): ObjectValue {
  const given = options && asObject(options);
  if (!given) return options && !isUndefined(options) ? asContainer(options) : object();
  const [from, written] = ['fromObject', 'fromString'].map((name) => given.entries.get(name)?.value);
  if (written?.kind === 'text') return parseQueryText(written.parts);
  return asContainer(from ?? UNDEFINED);
}

function draft(
  call: FormCall,
  method: Value | undefined,
  url: Value | undefined,
  body: Value | undefined,
  options: Value | undefined,
): Draft | undefined {
  if (!method || !url) return undefined;
  const { url: sentTo, layers } = intercepted(call, { url, method, body: body ?? UNDEFINED });
  return {
    client: 'HttpClient',
    url: sentTo,
    method,
    headers: [...layersOf(call, [options], ['headers'], HEADERS), ...layers],
    query: layersOf(call, [options], ['params'], { undefined: 'text', null: 'text' }),
    body:
      body?.kind === 'object' && body.type === 'AngularHttpParams'
        ? { ...body, type: 'URLSearchParams' }
        : (body ?? UNDEFINED),
    objectBody: 'json',
  };
}

// ------------------------------------------------------------------ interceptors

interface Sent {
  readonly url: Value;
  readonly method: Value;
  readonly body: Value;
}

/** What the interceptors, in the order that they are written in, make of a request. */
function intercepted(call: FormCall, sent: Sent): { url: Value; layers: Layer[] } {
  const { found, complete } = interceptorsOf(call);
  let { url } = sent;
  const layers: Layer[] = [];
  const next = object([], { type: 'AngularHttpHandler' });
  for (const interceptor of found) {
    const run = (headers: Value): Value => {
      const request = object(entries({ ...sent, url, headers, urlWithParams: url }), {
        type: 'AngularHttpRequest',
      });
      return interceptor.kind === 'function'
        ? apply(call.evaluator, interceptor, [request, next], undefined, undefined)
        : interceptor;
    };
    const answer = run(object([], { type: 'AngularHttpHeaders' }));
    if (requestsIn(answer).length < optionsOf(answer).length)
      layers.push(missed('an interceptor that is not followed'));
    if (requestsIn(answer).length === 0) continue;
    layers.push({
      ...HEADERS,
      value: addedHeaders((headers) => ofRequests(run(headers), 'headers'), 'AngularHttpHeaders'),
    });
    url = ofRequests(answer, 'url');
  }
  if (!complete) layers.push(missed('interceptors that may be set up elsewhere'));
  return { url, layers };
}

function requestsIn(answer: Value): ObjectValue[] {
  return optionsOf(answer).filter(
    (each): each is ObjectValue => each.kind === 'object' && each.type === 'AngularHttpRequest',
  );
}

function ofRequests(answer: Value, name: string): Value {
  return choice(requestsIn(answer).map((each) => each.entries.get(name)?.value ?? UNDEFINED));
}

function missed(reason: string): Layer {
  const gap: Gap = { reason, name: 'headers', names: [] };
  return { ...HEADERS, value: { kind: 'unknown', gap } };
}

/** The interceptors that the files set up; complete when the place that sets HttpClient up is among them. */
function interceptorsOf({ evaluator, mentions }: FormCall): { found: Value[]; complete: boolean } {
  const listed = mentions('withInterceptors').flatMap(({ parent }): Value[] => {
    const [list] = ts.isCallExpression(parent) ? parent.arguments : [];
    if (!list) return [];
    const value = evaluator.evaluate(list, undefined);
    return value.kind === 'array' && !value.open
      ? [...value.items]
      : [unknown('a list of interceptors', 'interceptors')];
  });
  const provided = mentions('HTTP_INTERCEPTORS').flatMap((mention): Value[] => {
    const { parent } = mention;
    if (!ts.isPropertyAssignment(parent) || !ts.isObjectLiteralExpression(parent.parent)) return [];
    const provider = evaluator.evaluate(parent.parent, undefined);
    const cls = provider.kind === 'object' ? provider.entries.get('useClass')?.value : undefined;
    if (cls?.kind !== 'class') return [unknown('an interceptor', 'interceptor')];
    return [member(evaluator, instanceOf(cls), 'intercept', mention, undefined)];
  });
  const complete = ['provideHttpClient', 'HttpClientModule'].some((name) => mentions(name).length > 0);
  return { found: [...listed, ...provided], complete };
}

/** `request.clone({ setHeaders, headers, url })`. */
function cloned(self: Value, update: Value | undefined): Value | undefined {
  if (self.kind !== 'object') return undefined;
  const change = update && asObject(update);
  if (!change) return self;
  const headers =
    change.entries.get('headers')?.value ??
    self.entries.get('headers')?.value ??
    object([], { type: 'AngularHttpHeaders' });
  const more = change.entries.get('setHeaders')?.value;
  const all = more ? choice(optionsOf(headers).map((each) => putAll(each, more, lowerCase))) : headers;
  const open: ObjectValue['open'] = change.open;
  const sent = open && all.kind === 'object' ? { ...all, open } : all;
  return {
    ...self,
    entries: new Map([
      ...self.entries,
      ...[...change.entries].filter(([name]) => name !== 'setHeaders'),
      ...entries({ headers: sent }),
    ]),
  };
}
