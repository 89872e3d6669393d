import type { Evaluator } from '../evaluate/evaluator.ts';
import type { Callback, Method } from '../evaluate/natives/natives.ts';
import { resolveUrl } from '../evaluate/url.ts';
import {
  literalText,
  type ObjectValue,
  object,
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
import {
  basicAuthorization,
  given,
  isOptions,
  isUndefined,
  isUrl,
  layersOf,
  ownProperties,
  withBase,
} from './options.ts';

const PACKAGES = ['playwright-core', 'playwright', '@playwright/test'];
const REQUEST = 'PlaywrightRequest';
const CONTEXT = 'PlaywrightRequestContext';
/** Pages, contexts and browsers: each has the request context of its own. */
const PAGE = 'PlaywrightPage';
const BROWSER = 'PlaywrightBrowser';
const VERBS = ['get', 'post', 'put', 'patch', 'delete', 'head'];
const BROWSERS = ['chromium', 'firefox', 'webkit'];
/** Functions of the test runner that pass its fixtures to a function. */
const RUNNING = [
  '',
  '.only',
  '.skip',
  '.fixme',
  '.fail',
  '.beforeEach',
  '.afterEach',
  '.beforeAll',
  '.afterAll',
];
const TEST = '@playwright/test#test';

/**
 * Playwright's request context 1.65 (microsoft/playwright: packages/playwright-core/src/client/fetch.ts,
 * src/server/fetch.ts). Headers of a call are set over `extraHTTPHeaders`, `undefined` is skipped; an address is
 * resolved against `baseURL`. The context that a test is given has the options of the configuration.
 */
export const playwright: Client = {
  name: 'playwright',
  calls: {
    [`${CONTEXT}.fetch`]: (call) => draft(call, undefined),
    ...Object.fromEntries(
      VERBS.map((verb): [string, Form] => [
        `${CONTEXT}.${verb}`,
        (call) => draft(call, text(verb.toUpperCase())),
      ]),
    ),
  },
  library: {
    values: Object.fromEntries([
      ...PACKAGES.map((name) => [`${name}#request`, () => object([], { type: REQUEST })]),
      ...PACKAGES.flatMap((name) =>
        BROWSERS.map((browser) => [`${name}#${browser}`, () => object([], { type: BROWSER })]),
      ),
    ]),
    typed: Object.fromEntries(
      PACKAGES.flatMap((name) => [
        [`${name}#APIRequestContext`, () => context(madeElsewhere('a request context'))],
        ...['Page', 'BrowserContext'].map((type) => [
          `${name}#${type}`,
          () => page(madeElsewhere('a browser context')),
        ]),
      ]),
    ),
    calls: {
      // Fixtures of the project stand beside those of the package, unless they replace them.
      [`${TEST}.extend`]: (_, [fixtures]) =>
        fixtures?.kind === 'object' &&
        !['request', 'playwright', 'page'].some((name) => fixtures.entries.has(name))
          ? { kind: 'external', module: '@playwright/test', path: ['test'] }
          : undefined,
    },
    callbacks: Object.fromEntries([
      ...RUNNING.map((name) => [`${TEST}${name}`, fixturesFor]),
      [`${TEST}.extend`, fixturesFor],
    ]),
    types: {
      [REQUEST]: { methods: { newContext: (_, __, [options]) => context(options ?? object()) } },
      [CONTEXT]: { methods: Object.fromEntries(['fetch', ...VERBS].map((name) => [name, () => undefined])) },
      [PAGE]: {
        methods: { newPage: same, context: same },
        mutators: { setExtraHTTPHeaders: (_, self, [headers]) => withHeaders(self, headers) },
      },
      [BROWSER]: {
        methods: {
          launch: same,
          newContext: (_, __, [options]) => page(options ?? object()),
          newPage: (_, __, [options]) => page(options ?? object()),
        },
      },
    },
  },
};

function same(...[, self]: Parameters<Method>): Value {
  return self;
}

const OPTIONS = '(options)';
/** Marks the context that the test runner makes. */
const FIXTURE = '(fixture)';

function context(...options: readonly Value[]): ObjectValue {
  return object(entries({ [OPTIONS]: { kind: 'array', items: options } }), { type: CONTEXT });
}

function page(options: Value): ObjectValue {
  return object(entries({ request: context(options) }), { type: PAGE });
}

function madeElsewhere(what: string): Value {
  return unknown(`${what} made elsewhere`, 'options');
}

function withHeaders(self: Value, headers: Value | undefined): Value | undefined {
  const request = self.kind === 'object' ? self.entries.get('request')?.value : undefined;
  if (self.kind !== 'object' || request?.kind !== 'object') return undefined;
  const more = object(entries({ extraHTTPHeaders: headers }));
  const changed = {
    ...request,
    entries: new Map([
      ...request.entries,
      ...entries({ [OPTIONS]: { kind: 'array', items: [...optionsOf(request), more] } }),
    ]),
  };
  return { ...self, entries: new Map([...self.entries, ...entries({ request: changed })]) };
}

function optionsOf(self: Value | undefined): readonly Value[] {
  const held = self?.kind === 'object' ? self.entries.get(OPTIONS)?.value : undefined;
  return held?.kind === 'array' ? held.items : [];
}

/** `test('…', async ({ request, page, playwright }) => { … })`. */
function fixturesFor(_: Evaluator, { parameter }: Callback): Value | undefined {
  if (parameter !== 0) return undefined;
  const own: ObjectValue = {
    ...context(),
    entries: new Map([...context().entries, ...entries({ [FIXTURE]: text('test') })]),
  };
  const held = object(entries({ request: own }), { type: PAGE });
  return object(
    entries({
      request: own,
      page: held,
      context: held,
      playwright: object(
        entries({
          request: object([], { type: REQUEST }),
          ...Object.fromEntries(BROWSERS.map((name) => [name, object([], { type: BROWSER })])),
        }),
      ),
      browser: object([], { type: BROWSER }),
    }),
    { open: { reason: 'a fixture of the tests', name: 'fixture', names: [] } },
  );
}

// ------------------------------------------------------------------ a request

const HEADERS: Omit<Layer, 'value'> = { undefined: 'drop', null: 'throw', false: 'throw' };

function draft(call: FormCall, method: Value | undefined): Draft | undefined {
  const { self } = call;
  const [address, second] = call.args;
  if (self?.kind !== 'object' || !isUrl(address)) return undefined;
  const made = self.entries.has(FIXTURE) ? [...configured(call), ...optionsOf(self)] : optionsOf(self);
  const own = isOptions(second) ? second : undefined;
  const params = option(call, own, 'params');
  const url = withBase(given(call, made, 'baseURL'), address, (base, path) => resolveUrl(path, base));
  const [data, form, multipart] = ['data', 'form', 'multipart'].map((name) => option(call, own, name));
  return {
    client: 'playwright',
    url,
    method: method ?? option(call, own, 'method'),
    headers: [
      ...layersOf(call, made, ['extraHTTPHeaders'], HEADERS, ownProperties),
      ...layersOf(call, [own], ['headers'], HEADERS, ownProperties),
      ...credentials(call, given(call, made, 'httpCredentials')),
    ],
    query: isUndefined(params) ? [] : [{ value: params, undefined: 'drop', null: 'text' }],
    ...(form && !isUndefined(form)
      ? { body: form, objectBody: 'form' }
      : multipart && !isUndefined(multipart)
        ? { body: multipart, objectBody: 'multipart' }
        : { body: data ?? UNDEFINED, objectBody: 'json' }),
  };
}

/** Basic, when the service asks for it, or `send: 'always'`. */
function credentials(call: FormCall, value: Value): Layer[] {
  if (value.kind === 'primitive') return [];
  const basic = basicAuthorization(option(call, value, 'username'), option(call, value, 'password'));
  const always = literalText(option(call, value, 'send')) === 'always';
  return [{ ...HEADERS, value: object([['authorization', { value: basic, always }]]) }];
}

// ------------------------------------------------------------------ the configuration

/** What the test runner makes its context with: `use` of the configuration, then of the test file. */
function configured(call: FormCall): Value[] {
  const configs = call.mentions('defineConfig').flatMap(({ parent }) => {
    const [config] = ts.isCallExpression(parent) ? parent.arguments : [];
    return config ? [call.evaluator.evaluate(config, undefined)] : [];
  });
  const [config] = configs;
  const several = configs.length > 1 || !isUndefined(option(call, config, 'projects'));
  const file = call.node.getSourceFile();
  const here = call
    .mentions('test')
    .filter((mention) => mention.getSourceFile() === file)
    .flatMap(({ parent }) => {
      const made = parent.parent;
      const uses =
        ts.isPropertyAccessExpression(parent) && parent.name.text === 'use' && ts.isCallExpression(made);
      const [options] = uses ? made.arguments : [];
      return options ? [call.evaluator.evaluate(options, undefined)] : [];
    });
  if (!config || several) return [unknown("Playwright's configuration", 'use'), ...here];
  return [asObject(option(call, config, 'use')) ?? object(), ...here];
}
