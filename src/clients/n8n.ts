import { literalText, object, UNDEFINED, unknown, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, entries, type Form, type FormCall, type Layer, option } from './client.ts';
import {
  addressAndOptions,
  authorizationLayer,
  basicAuthorization,
  bearerAuthorization,
  given,
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
  'requestOAuth1',
  'requestOAuth2',
];
const PAGINATED = 'requestWithAuthenticationPaginated';
const HELPER_NAMES = ['httpRequest', 'request', ...WITH_CREDENTIAL, PAGINATED];

/**
 * The request helpers of n8n. Options go to axios, parameters to qs; the older helpers take those of the package
 * request. A credential may add headers and parameters when the workflow runs, and so may pages.
 *
 * Read from n8n-io/n8n, each file at a commit: in packages/core/src/execution-engine/node-execution-context/utils
 * parse-request-object.ts (7c5f16d, of the older helpers), and in request-helpers there http-request.ts (39f1ee6),
 * axios-config.ts (1fe07e9), factory.ts and pagination.ts (00691e1), authentication.ts (0e98a87); authenticate() of
 * packages/cli/src/credentials-helper.ts (01fa9fa). Not read: packages/@n8n/backend-network, which the newest of
 * these hand requests to; requestOAuth1 and requestOAuth2; declarative nodes (`routing.request`), which have no
 * call. Not run, for it takes a workflow.
 */
export const n8n: Client = {
  name: 'n8n',
  calls: Object.fromEntries([
    ...['httpRequest', 'request'].map((name): [string, Form] => [
      `${HELPERS}.${name}`,
      (call) => draft(call, call.args, []),
    ]),
    ...WITH_CREDENTIAL.map((name): [string, Form] => [
      `${HELPERS}.${name}`,
      (call) => draft(call, call.args.slice(1), [addedBy(call.args[0])]),
    ]),
    [`${HELPERS}.${PAGINATED}`, paginated],
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
const PARAMETERS: Omit<Layer, 'value'> = { undefined: 'drop', null: 'empty' };

/** What a credential brings: `this.helpers.httpRequestWithAuthentication.call(this, 'credential', options)`. */
function addedBy(credential: Value | undefined): Value {
  const name = credential && literalText(credential);
  const which = name === undefined ? 'a credential' : `the credential ${name}`;
  return unknown(`${which}, which adds headers and parameters when the workflow runs`, 'credential');
}

/** `(options, itemIndex, { request }, credential)`: what a page asks for is laid over the options. */
function paginated(call: FormCall): Draft | undefined {
  const [options, , pages, credential] = call.args;
  const added = isUndefined(credential) ? [] : [addedBy(credential)];
  const sent = draft(call, options ? [options] : [], [
    unknown('the pages, each of which may add headers and parameters', 'pages'),
    ...added,
  ]);
  const page = option(call, pages, 'request');
  return sent && { ...sent, url: given(call, [object(entries({ url: sent.url })), page], 'url') };
}

/** `more` is not known: what is laid over the headers and parameters when the workflow runs. */
function draft(call: FormCall, args: readonly Value[], more: readonly Value[]): Draft | undefined {
  const { address, options } = addressAndOptions(args);
  if (!address && !options) return undefined;
  const of = (...names: string[]) => option(call, options, ...names);
  return {
    client: 'n8n',
    url: withBase(of('baseURL'), address ?? of('url', 'uri')),
    method: of('method'),
    headers: [
      ...layersOf(call, [options], ['headers'], HEADERS, ownProperties),
      ...authorizationLayer(authorization(call, of('auth'))),
      ...more.map((value): Layer => ({ ...HEADERS, value })),
    ],
    query: [
      ...layersOf(call, [options], ['qs'], PARAMETERS),
      ...more.map((value): Layer => ({ ...PARAMETERS, value })),
    ],
    ...bodyOf(call, options),
  };
}

function bodyOf(call: FormCall, options: Value | undefined): Pick<Draft, 'body' | 'objectBody'> {
  const [body = UNDEFINED, form = UNDEFINED, formData = UNDEFINED] = ['body', 'form', 'formData'].map(
    (name) => option(call, options, name),
  );
  if (!isUndefined(form)) return { body: form, objectBody: 'form' };
  if (!isUndefined(formData)) return { body: formData, objectBody: 'multipart' };
  const type = option(call, option(call, options, 'headers'), 'Content-Type', 'content-type');
  const isForm = literalText(type) === 'application/x-www-form-urlencoded';
  return { body, objectBody: isForm ? 'form' : 'json' };
}

function authorization(call: FormCall, auth: Value): Value {
  if (!isOptions(auth) || auth.kind === 'unknown') return auth;
  const bearer = option(call, auth, 'bearer');
  return isUndefined(bearer)
    ? basicAuthorization(option(call, auth, 'username', 'user'), option(call, auth, 'password', 'pass'))
    : bearerAuthorization(bearer);
}
