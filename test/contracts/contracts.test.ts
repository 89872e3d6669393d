import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adobeIms } from '../../src/contracts/adobe-ims.ts';
import { cloudManager } from '../../src/contracts/cloud-manager.ts';
import cloudManagerData from '../../src/contracts/data/cloud-manager.ts';
import { lazyEndpoints, parseEndpoints } from '../../src/contracts/endpoints.ts';
import { fusionauth } from '../../src/contracts/fusionauth.ts';
import { contracts } from '../../src/contracts/index.ts';
import { authorizationMayBeCookie, matchEndpoint, requiredHeaders } from '../../src/contracts/match.ts';
import { workfrontFusion } from '../../src/contracts/workfront-fusion.ts';
import { request } from '../support/request.ts';

test('the four services, in the order of the design', () => {
  assert.equal(
    contracts.map(({ id }) => id),
    ['workfront-fusion', 'fusionauth', 'cloud-manager', 'adobe-ims'],
  );
});

test('every operation of the sources is there, once', () => {
  const counts = Object.fromEntries(contracts.map(({ id, endpoints }) => [id, endpoints.length]));
  assert.equal(counts, { 'workfront-fusion': 46, fusionauth: 379 + 5, 'cloud-manager': 106, 'adobe-ims': 7 });
  for (const { endpoints } of contracts) {
    const operations = endpoints.map(({ method, path }) => `${method} ${path}`);
    assert.is(new Set(operations).size, operations.length);
  }
});

test('FusionAuth: operations by kind of authentication', () => {
  const counts: Record<string, number> = {};
  for (const { auth } of fusionauth.endpoints) counts[auth.join()] = (counts[auth.join()] ?? 0) + 1;
  assert.equal(counts, {
    'api-key': 317,
    none: 30 + 5,
    'api-key,none': 7,
    jwt: 7,
    'api-key,jwt': 6,
    'client-credentials-jwt': 5,
    'oauth-client': 4,
    'api-key,basic-api-key': 1,
    'api-key,jwt,none': 1,
    'api-key,oauth-client': 1,
  });
  assert.is(fusionauth.endpoints.filter(({ tenant }) => tenant === 'needed').length, 15);
  assert.is(fusionauth.endpoints.filter(({ tenant }) => tenant === 'forbidden').length, 2);
  const sometimes = fusionauth.endpoints.filter(({ tenant }) => tenant === 'sometimes');
  assert.ok(sometimes.every(({ tenantWith }) => tenantWith && tenantWith.length > 0));
});

test('Cloud Manager: Content-Type stays in the data and is not asked for', () => {
  assert.is(cloudManagerData.match(/ content-type\b/g)?.length, 32);
  assert.ok(cloudManager.endpoints.every(({ requiredHeaders }) => requiredHeaders === undefined));
});

test('compact lines are read word by word', () => {
  assert.equal(
    parseEndpoints(
      '\nGET /a/{b} api-key,jwt\nPOST /c oauth-client form headers=x,y tenant=needed query=p,q?\nGET /c oauth-client tenant=sometimes tenant-with=a,b\nPUT /d bearer content-type\n',
    ),
    [
      { method: 'GET', path: '/a/{b}', auth: ['api-key', 'jwt'] },
      {
        method: 'POST',
        path: '/c',
        auth: ['oauth-client'],
        requiredHeaders: ['x', 'y'],
        body: 'form',
        tenant: 'needed',
        query: [
          { name: 'p', required: true },
          { name: 'q', required: false },
        ],
      },
      {
        method: 'GET',
        path: '/c',
        auth: ['oauth-client'],
        tenant: 'sometimes',
        tenantWith: ['a', 'b'],
      },
      { method: 'PUT', path: '/d', auth: ['bearer'] },
    ],
  );
});

test('endpoints are parsed once', () => {
  const endpoints = lazyEndpoints('GET /a none');
  assert.is(endpoints(), endpoints());
  assert.is(fusionauth.endpoints, fusionauth.endpoints);
});

test('facts are in their place: dates, header names, sample keys', () => {
  for (const contract of contracts) {
    const calendars = [
      ...contract.legacyHeaders,
      ...contract.retiredEndpoints,
      ...contract.retiredQuery,
      ...contract.retiredLibraries,
    ];
    for (const { warnFrom, failsFrom } of calendars) {
      assert.match(warnFrom ?? '', /^\d{4}-\d\d-\d\d$/);
      assert.ok(failsFrom === undefined || failsFrom >= (warnFrom ?? ''));
    }
    for (const { name, display } of [...contract.headers, ...contract.legacyHeaders]) {
      assert.is(name, display.toLowerCase());
    }
    assert.is(contract.placeholders.filter((each) => contract.sampleKeys.includes(each)).length, 0);
  }
});

/** The names of the required headers; undefined when that can't be told. */
function required(contract: (typeof contracts)[number], method: string, url: string) {
  const { endpoint } = matchEndpoint(contract, request({ method, url }));
  return requiredHeaders(contract, endpoint)?.map(({ name }) => name);
}

test('Workfront Fusion asks for four headers, for region discovery for one', () => {
  const host = 'https://fusion.adobe.io/api/v3';
  const four = ['authorization', 'x-api-key', 'x-organization-id', 'x-gw-region'];
  assert.equal(required(workfrontFusion, 'GET', `${host}/scenarios`), four);
  assert.equal(required(workfrontFusion, 'GET', `${host}/not-listed`), four);
  assert.equal(required(workfrontFusion, 'GET', `${host}/users/me/regions`), ['authorization']);
});

test('Cloud Manager asks for three headers everywhere', () => {
  const three = ['authorization', 'x-api-key', 'x-gw-ims-org-id'];
  assert.equal(required(cloudManager, 'GET', 'https://cloudmanager.adobe.io/api/programs'), three);
  assert.equal(required(cloudManager, 'PUT', 'https://cloudmanager.adobe.io{path}'), three);
});

test('Adobe IMS asks for Authorization on userinfo only', () => {
  const host = 'https://ims-na1.adobelogin.com/ims';
  assert.equal(required(adobeIms, 'GET', `${host}/userinfo/v2`), ['authorization']);
  assert.equal(required(adobeIms, 'POST', `${host}/token/v3`), []);
  assert.equal(required(adobeIms, 'GET', `${host}/keys`), []);
  assert.is(required(adobeIms, 'GET', `${host}/profile`), undefined);
});

/** The public operations, and those where a key is optional or another credential takes its place. */
const NO_AUTHORIZATION_NEEDED = [
  'GET /.well-known/jwks.json',
  'GET /.well-known/openid-configuration',
  'GET /{tenantId}/.well-known/openid-configuration',
  'GET /5c1c52d4-0000-4000-8000-000000000000/.well-known/openid-configuration',
  'GET /oauth2/authorize',
  'GET /oauth2/device/validate',
  'GET /api/jwt/public-key',
  'POST /api/jwt/reconcile',
  'POST /api/jwt/refresh',
  'POST /api/logout',
  'POST /api/passwordless/send',
  'POST /api/passwordless/login',
  'POST /api/two-factor/login',
  'POST /api/two-factor/send/{twoFactorId}',
  'POST /api/webauthn/assert',
  'POST /api/webauthn/login',
  'POST /api/webauthn/register/complete',
  'GET /api/identity-provider/lookup',
  'POST /api/identity-provider/login',
  'POST /api/identity-provider/start',
  'GET /api/tenant/password-validation-rules',
  'GET /api/tenant/password-validation-rules/{tenantId}',
  'GET /api/user/change-password/{changePasswordId}',
  'POST /api/user/change-password/{changePasswordId}',
  'POST /api/user/verify-registration',
  'POST /api/user/verify-registration/{id}',
  'POST /api/user/verify-email/{id}',
  'GET /api/health',
  'GET /app/login/{clientId}',
  'GET /app/register/{clientId}',
  'GET /app/callback',
  // A key is optional.
  'POST /api/login',
  'POST /api/user/forgot-password',
  'POST /api/user/verify-email',
  'PUT /api/user/verify-email',
  'PUT /api/user/verify-registration',
  'GET /api/status',
  'GET /api/application/{id}/oauth-configuration',
  'POST /api/user/change-password',
  // The client's id and secret, in the form.
  'POST /oauth2/token',
  'POST /oauth2/introspect',
  'POST /oauth2/device_authorize',
  'POST /oauth2/device/approve',
  'POST /oauth2/device/user-code',
];

for (const operation of NO_AUTHORIZATION_NEEDED) {
  test(`FusionAuth needs no Authorization: ${operation}`, () => {
    const [method = '', path = ''] = operation.split(' ');
    for (const host of ['http://localhost:9011', '{FUSIONAUTH_URL}']) {
      assert.equal(required(fusionauth, method, host + path), []);
      assert.equal(required(fusionauth, method, `${host}${path}/`), []);
    }
  });
}

test('FusionAuth needs Authorization where a key or a JWT is the only way', () => {
  for (const operation of [
    'GET /api/user/{userId}',
    'POST /api/user',
    'POST /api/passwordless/start',
    'GET /oauth2/userinfo',
    'GET /api/scim/resource/v2/Users',
    'GET /api/prometheus/metrics',
    'PUT /api/login',
  ]) {
    const [method = '', path = ''] = operation.split(' ');
    assert.equal(required(fusionauth, method, `http://localhost:9011${path}`), ['authorization'], operation);
  }
});

test('FusionAuth: nothing can be told of an unknown operation', () => {
  assert.is(required(fusionauth, 'GET', 'http://localhost:9011/api/not-an-operation'), undefined);
  assert.is(required(fusionauth, 'GET', '{FUSIONAUTH_URL}{path}'), undefined);
});

test('a JWT may come in a cookie, but not to userinfo', () => {
  const mayBe = (method: string, path: string) => {
    const { endpoint } = matchEndpoint(fusionauth, request({ method, url: `http://localhost:9011${path}` }));
    return endpoint && authorizationMayBeCookie(endpoint);
  };
  assert.is(mayBe('GET', '/api/user'), true);
  assert.is(mayBe('PUT', '/api/login'), true);
  assert.is(mayBe('GET', '/api/jwt/validate'), true);
  assert.is(mayBe('GET', '/oauth2/userinfo'), false);
  assert.is(mayBe('GET', '/api/user/{userId}'), false);
});

test.run();
