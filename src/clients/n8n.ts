import { literalText, object, unknown, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, entries, type Form, type FormCall, type Layer, option } from './client.ts';
import {
  addressAndOptions,
  authorizationLayer,
  basicAuthorization,
  bearerAuthorization,
  isOptions,
  isUndefined,
  layersOf,
  ownProperties,
  withBase,
} from './options.ts';

const HELPERS = 'N8nHelpers';
const PACKAGES = ['n8n-workflow', 'n8n-core'];
/** What the code of a node is given, as `this` or as a parameter. */
const CONTEXTS = [
  'IAllExecuteFunctions',
  'ICredentialTestFunctions',
  'IExecuteFunctions',
  'IExecutePaginationFunctions',
  'IExecuteSingleFunctions',
  'IHookFunctions',
  'ILoadOptionsFunctions',
  'IPollFunctions',
  'ISupplyDataFunctions',
  'ITriggerFunctions',
  'IWebhookFunctions',
];

/** Helpers that a credential is named to first. */
const WITH_CREDENTIAL = [
  'httpRequestWithAuthentication',
  'requestWithAuthentication',
  'requestWithAuthenticationPaginated',
  'requestOAuth1',
  'requestOAuth2',
];
const HELPER_NAMES = ['httpRequest', 'request', ...WITH_CREDENTIAL];

/**
 * The request helpers of n8n (n8n-io/n8n, packages/core: convertN8nRequestToAxios, parseRequestObject): options go
 * to axios, those of the older helpers in the shape of the package request. A credential adds headers when the
 * workflow runs.
 */
export const n8n: Client = {
  name: 'n8n',
  calls: Object.fromEntries([
    ...['httpRequest', 'request'].map((name): [string, Form] => [
      `${HELPERS}.${name}`,
      (call) => draft(call, call.args, []),
    ]),
    ...WITH_CREDENTIAL.map((name): [string, Form] => [`${HELPERS}.${name}`, authenticated]),
  ]),
  library: {
    typed: Object.fromEntries(
      PACKAGES.flatMap((module) => CONTEXTS.map((name) => [`${module}#${name}`, context])),
    ),
    types: {
      [HELPERS]: { methods: Object.fromEntries(HELPER_NAMES.map((name) => [name, () => undefined])) },
    },
  },
};

function context(): Value {
  const open = { reason: 'what n8n gives to a node', name: 'context', names: [] };
  return object(entries({ helpers: object([], { type: HELPERS, open }) }), { open });
}

const HEADERS: Omit<Layer, 'value'> = { undefined: 'drop', null: 'drop', false: 'drop', removes: true };

/** `this.helpers.httpRequestWithAuthentication.call(this, 'credential', options)`. */
function authenticated(call: FormCall): Draft | undefined {
  const [credential, ...rest] = call.args;
  const name = credential && literalText(credential);
  const which = name === undefined ? 'a credential' : `the credential ${name}`;
  const added = unknown(`${which}, which adds headers when the workflow runs`, 'headers');
  return draft(call, rest, [{ ...HEADERS, value: added }]);
}

function draft(call: FormCall, args: readonly Value[], more: readonly Layer[]): Draft | undefined {
  const { address, options } = addressAndOptions(args);
  if (!address && !options) return undefined;
  const of = (...names: string[]) => option(call, options, ...names);
  const [form, formData] = [of('form'), of('formData')];
  return {
    client: 'n8n',
    url: withBase(of('baseURL', 'baseUrl'), address ?? of('url', 'uri')),
    method: of('method'),
    headers: [
      ...layersOf(call, [options], ['headers'], HEADERS, ownProperties),
      ...authorizationLayer(authorization(call, of('auth'))),
      ...more,
    ],
    query: layersOf(call, [options], ['qs'], { undefined: 'drop', null: 'drop' }),
    ...(isUndefined(form)
      ? isUndefined(formData)
        ? { body: of('body'), objectBody: 'json' }
        : { body: formData, objectBody: 'multipart' }
      : { body: form, objectBody: 'form' }),
  };
}

function authorization(call: FormCall, auth: Value): Value {
  if (!isOptions(auth) || auth.kind === 'unknown') return auth;
  const bearer = option(call, auth, 'bearer');
  return isUndefined(bearer)
    ? basicAuthorization(option(call, auth, 'username', 'user'), option(call, auth, 'password', 'pass'))
    : bearerAuthorization(bearer);
}
