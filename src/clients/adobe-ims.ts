import { joinWithSlash } from '../evaluate/url.ts';
import {
  choice,
  concat,
  type Entry,
  each,
  gapOf,
  isNullish,
  literalText,
  type ObjectValue,
  object,
  text,
  UNDEFINED,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import { asObject, type Client, type Draft, entries, type Form, type FormCall, option } from './client.ts';
import { authorizationOf, bodyOf, headersOf, held, parseMethods, pathOf, receiverOf } from './methods.ts';

const PACKAGE = '@adobe/aio-lib-ims';
const TYPE = 'Ims';

const PRODUCTION = text('https://ims-na1.adobelogin.com');
const STAGE = text('https://ims-na1-stg1.adobelogin.com');

/** The methods of `Ims`, from its source (7.0.2; 8.1.1 sends the same). Bodies are multipart forms. */
const METHODS = parseMethods(`
exchangeJwtToken POST /ims/exchange/jwt anonymous client_id={0} client_secret={1} jwt_token={2}
getAccessToken POST /ims/token/v1 anonymous client_id={1} client_secret={2} scope={3} grant_type={grant_type}
getAccessTokenByClientCredentials POST /ims/token/v2 anonymous grant_type=client_credentials client_id={0} client_secret={1} org_id={2} scope={3}
getOrganizations GET /ims/organizations/v6 Bearer:{0}
invalidateToken POST /ims/invalidate_token/v2 anonymous token_type={token_type} token={0} cascading=all client_id={1} client_secret={2}
validateToken POST /ims/validate_token/v1 Bearer:{0} type={type} client_id={1}
validateTokenAllowList POST /ims/validate_token/v1 Bearer:{0} type={type} client_id={client_id}
`);

/**
 * `@adobe/aio-lib-ims`: the class `Ims` is the API, `getToken` picks the call by what the named context
 * holds at run time: the JWT exchange, the token of a client, or a login in the browser. Its plugins are
 * packages of their own and do what they do with the `Ims` that they are given.
 */
export const adobeIms: Client = {
  name: PACKAGE,
  sdk: true,
  calls: {
    ...Object.fromEntries(
      METHODS.map((method): [string, Form] => [
        `${TYPE}.${method.name}`,
        (call) => {
          const self = receiverOf(call, TYPE);
          return (
            self && {
              ...draft(PACKAGE, concat([held(self, 'endpoint'), pathOf(call, method)]), method.method),
              headers: [headersOf({ authorization: authorizationOf(call, method, UNDEFINED) })],
              body: bodyOf(call, method, 'FormData'),
            }
          );
        },
      ]),
    ),
    [`${TYPE}.get`]: (call) => general(call, 'GET', UNDEFINED),
    [`${TYPE}.post`]: (call) => general(call, 'POST', call.args[2] ?? object()),
    [`${PACKAGE}#getToken`]: (call) => {
      const path = unknown('the IMS context that is named chooses the call', 'path');
      return {
        ...draft(PACKAGE, concat([choice([PRODUCTION, STAGE]), text('/ims/'), path]), 'POST'),
        body: credentials(call, call.args[1], 'kept in the IMS context'),
      };
    },
    [`${PACKAGE}#invalidateToken`]: () => ({
      ...draft(PACKAGE, concat([choice([PRODUCTION, STAGE]), text('/ims/invalidate_token/v2')]), 'POST'),
      body: object([], { type: 'FormData', open: kept('kept in the IMS context') }),
    }),
    // What a context is made of: the credentials stand here.
    [`${PACKAGE}#context.set`]: (call) => {
      const [, data] = call.args;
      if (!data || isNullish(data)) return undefined;
      return {
        ...draft(PACKAGE, endpointOf(option(call, data, 'env')), 'POST'),
        constructs: true,
        body: credentials(call, data),
      };
    },
    '@adobe/aio-lib-ims-jwt#imsLogin': (call) => plugin(call, '@adobe/aio-lib-ims-jwt', '/ims/exchange/jwt'),
    '@adobe/aio-lib-ims-oauth#imsLogin': (call) => plugin(call, '@adobe/aio-lib-ims-oauth', '/ims/token/v1'),
    '@adobe/aio-lib-ims-oauth/src/ims-oauth_server_to_server#imsLogin': (call) =>
      plugin(call, '@adobe/aio-lib-ims-oauth', '/ims/token/v2'),
  },
  library: {
    constructors: { [`${PACKAGE}#${TYPE}`]: (_, [env]) => ims(endpointOf(env ?? UNDEFINED)) },
    typed: { [`${PACKAGE}#${TYPE}`]: () => ims(endpointOf(UNDEFINED)) },
    calls: {
      [`${PACKAGE}#${TYPE}.fromToken`]: (_, [token]) =>
        object(entries({ token, ims: ims(endpointOf(UNDEFINED)) })),
    },
    types: {
      [TYPE]: {
        methods: {
          getApiUrl: (_, self, [api]) =>
            self.kind === 'object' && api ? concat([held(self, 'endpoint'), api]) : undefined,
          // What the others answer is a response.
          ...Object.fromEntries(
            ['get', 'post', ...METHODS.map(({ name }) => name)].map((name) => [name, () => undefined]),
          ),
        },
      },
    },
  },
};

function ims(endpoint: Value): ObjectValue {
  return object(entries({ endpoint }), { type: TYPE });
}

/** Without an environment it is the command line's; any but the stage's name means production. */
function endpointOf(env: Value): Value {
  return each(env, (name) => {
    const literal = literalText(name);
    if (literal === undefined) return choice([PRODUCTION, STAGE]);
    return literal === 'stage' ? STAGE : PRODUCTION;
  });
}

/** `get(api, token)` and `post(api, token, parameters)`. */
function general(call: FormCall, method: string, parameters: Value): Draft | undefined {
  const self = receiverOf(call, TYPE);
  const [api = UNDEFINED, token = UNDEFINED] = call.args;
  if (!self) return undefined;
  const bearer = each(token, (each) => (isNullish(each) ? UNDEFINED : concat([text('Bearer '), each])));
  return {
    ...draft(PACKAGE, joinWithSlash(held(self, 'endpoint'), api), method),
    headers: [headersOf({ authorization: bearer })],
    body: parameters,
  };
}

/** `imsLogin(ims, config)` of a plugin. */
function plugin(call: FormCall, library: string, path: string): Draft {
  const [connector, config] = call.args;
  const endpoint =
    connector?.kind === 'object' && connector.type === TYPE
      ? held(connector, 'endpoint')
      : choice([PRODUCTION, STAGE]);
  return {
    ...draft(library, concat([endpoint, text(path)]), 'POST'),
    body: credentials(call, config),
  };
}

function draft(library: string, url: Value, method: string): Draft {
  return {
    client: `sdk:${library}`,
    library,
    service: 'adobe-ims',
    url,
    method: text(method),
    headers: [],
    query: [],
    body: UNDEFINED,
    objectBody: 'multipart',
  };
}

/** The credentials of a configuration; there may be more of it elsewhere. */
function credentials(call: FormCall, config: Value | undefined, elsewhere?: string): Value {
  const holder = config && asObject(config);
  const open =
    elsewhere === undefined
      ? (holder?.open ?? (config && !holder && !isNullish(config) ? gapOf(config) : undefined))
      : kept(elsewhere);
  const fields: [string, Entry][] = [];
  for (const [name, key] of [
    ['client_id', 'client_id'],
    ['client_secret', 'client_secret'],
    ['client_secret', 'client_secrets'],
  ] as const) {
    const entry = holder?.entries.get(key);
    if (!entry) continue;
    // A server-to-server credential has a list of secrets, of which the first is sent.
    const value = key === 'client_secrets' ? option(call, entry.value, '0') : entry.value;
    fields.push([name, { value, always: entry.always }]);
  }
  return object(fields, { type: 'FormData', open });
}

function kept(reason: string) {
  return gapOf(unknown(reason, 'context'));
}
