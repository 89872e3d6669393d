import type { Contract } from './contract.ts';
import data, { source } from './data/fusionauth.ts';
import { lazyEndpoints } from './endpoints.ts';

const endpoints = lazyEndpoints(data);

/**
 * Operations: FusionAuth/fusionauth-openapi 1.69.0 (2026-06-30) and those that only the documentation or
 * the clients have. Authentication is the documentation's (fusionauth.io/docs/apis): the specification
 * gives nearly every operation the global API key, the public ones too.
 *
 * Operations that are deprecated still work, so none of them is retired.
 */
export const fusionauth: Contract = {
  id: 'fusionauth',
  title: 'FusionAuth',
  docs: 'https://fusionauth.io/docs/apis/authentication',
  hosts: ['localhost:9011', '127.0.0.1:9011', '*.fusionauth.io'],
  // The vendor's site, not an instance.
  notHosts: ['fusionauth.io', 'www.fusionauth.io', 'docs.fusionauth.io', 'account.fusionauth.io'],
  selfHosted: true,
  // Not `fusionAuthorization`, which another service's code may say.
  names: /fusion[-_]?auth(?!or)/i,
  // The default port (docs, installation guide); every example of the API documentation uses it.
  port: '9011',
  words: ['fusionauth', 'fusion-auth', 'fusion_auth', ':9011', '9011/'],
  ownHeaders: ['x-fusionauth-tenantid'],
  // docs/apis/authentication: bad credentials give 401 with an empty body. Which operations need it, and
  // in what form, is each operation's `auth`.
  headers: [
    {
      name: 'authorization',
      display: 'Authorization',
      value: 'your API key without a scheme, or `Bearer ` and a JWT where the operation takes one',
      answer: { status: 401 },
      // Any text can be a key; what has been seen in its place is the URL of the server.
      format: { pattern: /^(?!https?:\/\/)/i, words: 'an API key or a token' },
      // Older versions of that page print `curl -H 'Bearer: …'`, which sends a header of that name.
      mistakenNames: ['bearer', 'authentication', 'x-api-key', 'api-key', 'apikey'],
    },
  ],
  // docs/apis/authentication, Making an API request with a tenant; every id that FusionAuth gives is a UUID.
  optionalHeaders: [
    {
      name: 'x-fusionauth-tenantid',
      display: 'X-FusionAuth-TenantId',
      value: 'the id of the tenant',
      format: {
        pattern: /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
        words: 'a UUID',
      },
    },
  ],
  // The same page, and docs/operate/troubleshooting; that the field does not replace the header is answered in
  // github.com/FusionAuth/fusionauth-issues/issues/478. docs/apis/tenants: 401 to a search with the header.
  tenancy: {
    header: 'x-fusionauth-tenantid',
    field: 'tenantId',
    missing: { status: 400, code: 'TenantIdRequired' },
    forbidden: { status: 401 },
  },
  legacyHeaders: [],
  get endpoints() {
    return endpoints();
  },
  // Of SCIM only the operations on users are there. 405: docs/apis, status codes.
  listing: {
    below: '/api',
    except: ['/api/scim'],
    docs: 'https://fusionauth.io/docs/apis/',
    source,
    wrongMethod: { status: 405 },
  },
  retiredEndpoints: [],
  retiredQuery: [],
  queryClauses: [],
  retiredLibraries: [],
  // docs/apis/authentication and docs/lifecycle/authenticate-users/oauth/endpoints: the key is the whole
  // header, the client secret goes in the form body.
  // Client Side API Keys, on the same page: a server is recommended, a narrow key may ship after weighing.
  credentials: [
    { in: 'header', name: 'authorization', what: 'API key', shippable: true },
    { in: 'form', name: 'client_secret', what: 'client secret' },
    { in: 'query', name: 'client_secret', what: 'client secret' },
  ],
  placeholders: [
    'YOUR_API_KEY',
    'MY_API_KEY',
    'your-api-key',
    '<API_KEY>',
    '[encoded_access_token]',
    '[access_token]',
    'super-secret-key',
    'super-secret-secret-that-should-be-regenerated-for-production',
    'this_really_should_be_a_long_random_alphanumeric_value_but_this_still_works',
  ],
  // Printed in the API documentation and in the vendor's example projects; copied, they are real keys.
  sampleKeys: [
    '2524a832-c1c6-4894-9125-41a9ea84e013',
    'bf69486b-4733-4470-a592-f1bfce7af580',
    '33052c8a-c283-4e96-9d2a-eb1215c69f8f-not-for-prod',
    '02e56c92-f5e1-4b0f-8298-b5103bc7add7',
    'oa06-d9uxCHTorBOkVdh_QzsX_iEEYARGv8udnMMLJ8',
    '7DUrRlA75b5LBRARYoTmScCTk6G6U1nG8R9mr7MGnvzA7AMxEXAMPLE',
  ],
};
