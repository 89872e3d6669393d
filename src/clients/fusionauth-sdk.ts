import { member } from '../evaluate/members.ts';
import type { TypeModel } from '../evaluate/natives/natives.ts';
import { resolveUrl } from '../evaluate/url.ts';
import { choice, isNullish, object, text, UNDEFINED, unknown, type Value } from '../evaluate/value.ts';
import { ts } from '../syntax/ts.ts';
import { type Client, type Draft, entries, type Form, type FormCall, option } from './client.ts';
import { headersOf } from './methods.ts';

const TYPE = 'FusionAuthSdk';
const PACKAGE = '(package)';

/** A request that a method of the SDK sends: the setting that overrides its path, and that path. */
interface Sent {
  readonly method: 'GET' | 'POST';
  readonly setting: string;
  readonly path: string;
}

const ME: Sent = { method: 'GET', setting: 'mePath', path: '/app/me/' };
const REFRESH: Sent = { method: 'POST', setting: 'tokenRefreshPath', path: '/app/refresh/' };

/** By the names that the three packages have for them. */
const METHODS: Readonly<Record<string, Sent>> = {
  fetchUserInfo: ME,
  getUserInfo: ME,
  getUserInfoObservable: ME,
  refreshToken: REFRESH,
  initAutoRefresh: REFRESH,
};

/** Where the configuration is given, by the name of what it is given to. */
const CONFIGURED: Readonly<Record<string, (mention: ts.Node, call: FormCall) => Value | undefined>> = {
  FusionAuthProvider: propsOf,
  FusionAuthVuePlugin: ({ parent }, { evaluator }) =>
    ts.isCallExpression(parent) && parent.arguments[1]
      ? evaluator.evaluate(parent.arguments[1], undefined)
      : undefined,
  FusionAuthModule: ({ parent }, { evaluator }) => {
    const [config] = ts.isCallExpression(parent.parent) ? parent.parent.arguments : [];
    return config && evaluator.evaluate(config, undefined);
  },
};

/**
 * The vendor's browser SDKs: `useFusionAuth()` of @fusionauth/react-sdk 2.6 and vue-sdk 1.3, `FusionAuthService`
 * of angular-sdk 2.0 (FusionAuth/fusionauth-javascript-sdk: packages/core/src/SDKCore, UrlHelper). What they
 * fetch goes to `serverUrl`, FusionAuth's hosted backend or a server with the same routes, with cookies and
 * nothing else. Login, registration and logout are redirects, no requests of the code.
 */
export const fusionAuthSdk: Client = {
  name: '@fusionauth/*-sdk',
  sdk: true,
  calls: Object.fromEntries(
    Object.entries(METHODS).map(([name, sent]): [string, Form] => [
      `${TYPE}.${name}`,
      (call) => request(call, sent),
    ]),
  ),
  library: {
    calls: {
      '@fusionauth/react-sdk#useFusionAuth': () => sdk('@fusionauth/react-sdk'),
      '@fusionauth/vue-sdk#useFusionAuth': () => sdk('@fusionauth/vue-sdk'),
      '@fusionauth/vue-sdk#createFusionAuth': (_, [config]) => sdk('@fusionauth/vue-sdk', config),
    },
    typed: { '@fusionauth/angular-sdk#FusionAuthService': () => sdk('@fusionauth/angular-sdk') },
    types: { [TYPE]: model() },
  },
};

function sdk(library: string, config?: Value): Value {
  return object(entries({ [PACKAGE]: text(library), '(config)': config }), { type: TYPE });
}

function model(): TypeModel {
  // What they answer is a response.
  return { methods: Object.fromEntries(Object.keys(METHODS).map((name) => [name, () => undefined])) };
}

function request(call: FormCall, { method, setting, path }: Sent): Draft | undefined {
  const { self = UNDEFINED } = call;
  const own = option(call, self, '(config)');
  const configs = isNullish(own) ? configsOf(call) : [own];
  const config =
    configs.length > 0 ? choice(configs) : unknown('a configuration that was not found', 'config');
  // The hosted backend's paths are fixed: with one of its own, the server is the project's.
  const overridden = option(call, config, setting);
  if (overridden.kind !== 'unknown' && !isNullish(overridden)) return undefined;
  const server = option(call, config, 'serverUrl');
  const library = option(call, self, PACKAGE);
  return {
    client: 'sdk:@fusionauth/*-sdk',
    library: library.kind === 'text' ? literal(library) : '@fusionauth/*-sdk',
    service: 'fusionauth',
    url: resolveUrl(text(path), server),
    method: text(method),
    headers: [headersOf({ 'content-type': method === 'POST' ? text('text/plain') : undefined })],
    query: [],
    body: UNDEFINED,
    objectBody: 'text',
  };
}

function literal({ parts }: Value & { kind: 'text' }): string {
  return parts.map((part) => ('literal' in part ? part.literal : '')).join('');
}

/** The configurations of the project, which has one as a rule. */
function configsOf(call: FormCall): Value[] {
  return Object.entries(CONFIGURED).flatMap(([name, read]) =>
    call.mentions(name).flatMap((mention) => read(mention, call) ?? []),
  );
}

/** `<FusionAuthProvider serverUrl={…} {...config}>`. */
function propsOf({ parent }: ts.Node, { evaluator, node }: FormCall): Value | undefined {
  if (!ts.isJsxOpeningElement(parent) && !ts.isJsxSelfClosingElement(parent)) return undefined;
  const props: Record<string, Value | undefined> = {};
  for (const attribute of parent.attributes.properties) {
    if (ts.isJsxSpreadAttribute(attribute)) {
      const spread = evaluator.evaluate(attribute.expression, undefined);
      for (const name of ['serverUrl', ...Object.values(METHODS).map(({ setting }) => setting)]) {
        const value = member(evaluator, spread, name, node, undefined);
        if (!isNullish(value)) props[name] = value;
      }
      continue;
    }
    const { name, initializer } = attribute;
    const expression = initializer && ts.isJsxExpression(initializer) ? initializer.expression : initializer;
    if (expression) props[name.getText()] = evaluator.evaluate(expression, undefined);
  }
  return object(entries(props));
}
