import { apply } from '../evaluate/calls.ts';
import { instanceOf } from '../evaluate/instances.ts';
import { member } from '../evaluate/members.ts';
import type { Method, TypeModel } from '../evaluate/natives/natives.ts';
import { parseQueryText } from '../evaluate/url.ts';
import {
  choice,
  concat,
  type Entry,
  each,
  type Gap,
  joinObjects,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  text,
  toText,
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
  type Stray,
} from './client.ts';
import { misplacedBehind, misplacedInBody, misplacedInOptions } from './misplaced.ts';
import { isUndefined, ownProperties } from './options.ts';
import { asContainer, lowerCase, put, putAll, without } from './pending.ts';

const PACKAGE = '@angular/common/http';
/** Outcomes of the interceptors that are judged; past it the headers are left open. */
const MAX_REQUESTS = 12;
const WITHOUT_BODY = ['get', 'delete', 'head', 'options', 'jsonp'];
const WITH_BODY = ['post', 'put', 'patch'];
/** `new HttpRequest(method, url, options)` of these has no body in the third place. */
const BODILESS = /^(?:GET|DELETE|HEAD|OPTIONS|JSONP)$/;

/**
 * By the build for development. The other sends a boolean as text; of `undefined` and `null` it can't make text.
 */
const HEADERS: Omit<Layer, 'value'> = { undefined: 'throw', null: 'throw', false: 'throw' };

/** Builders answer a changed copy: `headers.set('a', 'b');` alone does nothing. */
const HTTP_HEADERS: TypeModel = {
  methods: {
    set: (_, self, [name, value]) => put(self, name, value ?? UNDEFINED, lowerCase),
    append: (_, self, [name, value = UNDEFINED]) => {
      const earlier = entryOf(self, name && literalText(name)?.toLowerCase());
      const both = earlier && concat([earlier.value, text(','), value]);
      return put(self, name, both ? (earlier.always ? both : choice([both, value])) : value, lowerCase);
    },
    delete: (_, self, [name]) => without(self, name, lowerCase),
    get: (_, self, [name]) => held(self, name && literalText(name)?.toLowerCase()),
    has: (_, self, [name]) => has(self, name && literalText(name)?.toLowerCase()),
  },
  mutators: {
    set: (_, self, args, node) => inVain(self, args, node),
    append: (_, self, args, node) => inVain(self, args, node),
  },
};

/** Where a builder remembers what was said to it in vain; no header has such a name. */
const IN_VAIN = '(in vain)';

/** `headers.set('a', 'b');`: the changed copy is nobody's. */
function inVain(self: Value, args: readonly Value[], node: ts.Node): Value | undefined {
  if (self.kind !== 'object' || !ts.isExpressionStatement(node.parent)) return undefined;
  const earlier = self.entries.get(IN_VAIN)?.value ?? object();
  const value = put(earlier, args[0], args[1] ?? UNDEFINED, lowerCase);
  return { ...self, entries: new Map([...self.entries, [IN_VAIN, { value, always: true }]]) };
}

function thrownAway(headers: Value): Stray[] {
  const value = headers.kind === 'object' ? headers.entries.get(IN_VAIN)?.value : undefined;
  const where = 'in a copy that is thrown away: an `HttpHeaders` does not change';
  return value ? [{ value, where, instead: 'Write `headers = headers.set(…)`.' }] : [];
}

function misplacing(made: Draft | undefined, misplaced: readonly Stray[]): Draft | undefined {
  return made && { ...made, misplaced };
}

const HTTP_PARAMS: TypeModel = {
  methods: {
    set: (_, self, [name, value]) => put(self, name, value ?? UNDEFINED),
    append: (_, self, [name, value = UNDEFINED]) => {
      const earlier = entryOf(self, name && literalText(name));
      return put(self, name, earlier ? choice([earlier.value, value]) : value);
    },
    appendAll: (_, self, [more]) => (more ? putAll(self, more) : self),
    delete: (_, self, [name]) => without(self, name),
    get: (_, self, [name]) => held(self, name && literalText(name)),
    has: (_, self, [name]) => has(self, name && literalText(name)),
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
    ...forms(WITHOUT_BODY, (call, method, name) =>
      misplacing(draft(call, method, call.args[0], option(call, call.args[1], 'body'), call.args[1]), [
        ...thrownAway(option(call, call.args[1], 'headers')),
        ...misplacedInOptions(call.args[1]),
        ...misplacedBehind(call, 2, `${name}(url, { params, headers })`),
      ]),
    ),
    ...forms(WITH_BODY, (call, method, name) =>
      misplacing(draft(call, method, call.args[0], call.args[1], call.args[2]), [
        ...thrownAway(option(call, call.args[2], 'headers')),
        ...misplacedInBody(call.args[1], name),
        ...misplacedInOptions(call.args[2]),
      ]),
    ),
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
      '@angular/core#inject': (evaluator, [token], { node }) => {
        const [written] = node.arguments;
        const provided = written && evaluator.provided(written);
        if (provided) return provided;
        if (token?.kind === 'class') return instanceOf(token);
        return token?.kind === 'external' ? evaluator.natives.typed(token) : undefined;
      },
    },
    constructors: {
      [`${PACKAGE}#HttpHeaders`]: (_, [init]) => headersOf(init ?? UNDEFINED),
      [`${PACKAGE}#HttpParams`]: (_, [options]) => ({ ...paramsOf(options), type: 'AngularHttpParams' }),
      [`${PACKAGE}#HttpRequest`]: (_, [method, url, third, fourth]) => {
        const verb = method && literalText(method)?.toUpperCase();
        const takesBody = verb === undefined || fourth !== undefined || !BODILESS.test(verb);
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
  form: (call: FormCall, method: Value, name: string) => Draft | undefined,
): Record<string, Form> {
  return Object.fromEntries(
    verbs.map((verb) => [
      `AngularHttpClient.${verb}`,
      (call: FormCall) => form(call, text(verb === 'jsonp' ? 'GET' : verb.toUpperCase()), verb),
    ]),
  );
}

function entryOf(self: Value, name: string | undefined): Entry | undefined {
  return self.kind === 'object' && name !== undefined ? self.entries.get(name) : undefined;
}

function held(self: Value, name: string | undefined): Value | undefined {
  if (self.kind !== 'object' || name === undefined) return undefined;
  const value = self.entries.get(name)?.value;
  return value ?? (self.open ? unknown(self.open.reason, name) : { kind: 'primitive', value: null });
}

function has(self: Value, name: string | undefined): Value | undefined {
  const entry = entryOf(self, name);
  if (entry?.always) return { kind: 'primitive', value: true };
  const absent = self.kind === 'object' && !self.open && name !== undefined && !entry;
  return absent ? { kind: 'primitive', value: false } : undefined;
}

/** What `new HttpHeaders(…)` makes of a record, a `Headers` or lines of text. */
function headersOf(init: Value): ObjectValue {
  if (init.kind === 'choice')
    return { ...joinObjects(init.options.map(headersOf)), type: 'AngularHttpHeaders' };
  const held = asContainer(namesAndValues(init), lowerCase);
  const entries = new Map([...held.entries].filter(([name]) => name !== IN_VAIN));
  return { ...held, entries, type: 'AngularHttpHeaders' };
}

function namesAndValues(init: Value): Value {
  if (init.kind === 'text') {
    const lines = literalText(init)?.split('\n');
    return lines ? object(lines.flatMap(headerLine)) : init;
  }
  if (init.kind !== 'object' || init.type === undefined) return ownProperties(init);
  if (init.type === 'AngularHttpHeaders') return init;
  if (init.type !== 'Headers') return object();
  // What it holds became text when it was set.
  const texts = [...init.entries].map(([name, entry]): [string, Entry] => [
    name,
    { ...entry, value: each(entry.value, toText) },
  ]);
  return { ...init, entries: new Map(texts) };
}

function headerLine(line: string): [string, Entry][] {
  const colon = line.indexOf(':');
  if (colon <= 0) return [];
  return [[line.slice(0, colon), { value: text(line.slice(colon + 1).trim()), always: true }]];
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
  const params = option(call, options, 'params');
  const written = object(
    entries({
      url,
      urlWithParams: url,
      method,
      body: body ?? UNDEFINED,
      headers: each(option(call, options, 'headers'), headersOf),
      params: each(params, (given) => ({
        ...asContainer(
          given.kind === 'object' && given.type === 'AngularHttpParams' ? given : ownProperties(given),
        ),
        type: 'AngularHttpParams',
      })),
    }),
    { type: 'AngularHttpRequest' },
  );
  const { requests, layers } = intercepted(call, written);
  const of = (name: string) => choice(requests.map((each) => each.entries.get(name)?.value ?? UNDEFINED));
  return {
    client: 'HttpClient',
    url: of('url'),
    method: of('method'),
    headers: [{ ...HEADERS, value: of('headers') }, ...layers],
    query: [{ undefined: 'text', null: 'text', value: of('params') }, ...layers],
    body: each(of('body'), (sent) =>
      sent.kind === 'object' && sent.type === 'AngularHttpParams'
        ? { ...sent, type: 'URLSearchParams' }
        : sent,
    ),
    objectBody: 'json',
  };
}

// ------------------------------------------------------------------ interceptors

/** What the interceptors, in the order that they are written in, make of a request: alternatives of it. */
function intercepted(call: FormCall, written: ObjectValue): { requests: ObjectValue[]; layers: Layer[] } {
  const { found, complete } = interceptorsOf(call);
  let requests = [written];
  const layers: Layer[] = [];
  const next = object([], { type: 'AngularHttpHandler' });
  for (const interceptor of found) {
    const answers = requests.flatMap((request) =>
      optionsOf(
        interceptor.kind === 'function'
          ? apply(call.evaluator, interceptor, [request, next], undefined, undefined)
          : interceptor,
      ),
    );
    const passed = answers.filter(
      (each): each is ObjectValue => each.kind === 'object' && each.type === 'AngularHttpRequest',
    );
    if (passed.length < answers.length) layers.push(missed('an interceptor that is not followed'));
    if (passed.length > MAX_REQUESTS) layers.push(missed('interceptors with many outcomes'));
    if (passed.length > 0) requests = passed.slice(0, MAX_REQUESTS);
  }
  if (!complete) layers.push(missed('interceptors that may be set up elsewhere'));
  return { requests, layers };
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

/** `request.clone({ url, headers, setHeaders, params, setParams })`. */
function cloned(self: Value, update: Value | undefined): Value | undefined {
  if (self.kind !== 'object') return undefined;
  const change = asContainer(update ?? UNDEFINED);
  const given = (name: string) => change.entries.get(name)?.value;
  const own = (name: string) => given(name) ?? self.entries.get(name)?.value ?? object();
  const [setHeaders, setParams] = [given('setHeaders'), given('setParams')];
  const headers = setHeaders
    ? each(own('headers'), (held) => putAll(held, setHeaders, lowerCase))
    : own('headers');
  const params = setParams ? each(own('params'), (held) => putAll(held, setParams)) : own('params');
  const opened = (held: Value): Value =>
    change.open && held.kind === 'object' ? { ...held, open: change.open } : held;
  return {
    ...self,
    entries: new Map([
      ...self.entries,
      ...[...change.entries].filter(([name, { value }]) => !/^set[A-Z]/.test(name) && !isUndefined(value)),
      ...entries({ headers: each(headers, opened), params: each(params, opened) }),
    ]),
  };
}
