import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rules } from '../../rules/index.ts';
import { adobeIms } from '../../src/contracts/adobe-ims.ts';
import { cloudManager } from '../../src/contracts/cloud-manager.ts';
import type { Contract } from '../../src/contracts/contract.ts';
import { fusionauth } from '../../src/contracts/fusionauth.ts';
import { matchEndpoint, retiredEndpoint } from '../../src/contracts/match.ts';
import { unlistedOperation } from '../../src/contracts/unlisted.ts';
import { workfrontFusion } from '../../src/contracts/workfront-fusion.ts';
import { checkCallSite } from '../../src/lint/check.ts';
import { type RequestLike, request } from '../support/request.ts';
import { at } from './judge.ts';

// The rules with the contracts of the real services: what a user reads, in full.

function lint(contract: Contract, like: RequestLike, asOf = '2026-11-22') {
  const one = request(like);
  return checkCallSite({
    site: { id: 'call', location: at(1), symbol: 'load', through: [] },
    requests: [
      {
        request: one,
        contract,
        confidence: 'certain',
        runtime: { kind: 'unknown' },
        endpoint: matchEndpoint(contract, one).endpoint,
        retired: retiredEndpoint(contract, one),
        unlisted: unlistedOperation(contract, one),
        retiredLibrary: undefined,
      },
    ],
    rules,
    settings: { severityOf: () => undefined, asOf },
  });
}

function reported(contract: Contract, like: RequestLike, asOf?: string) {
  return lint(contract, like, asOf).findings.map(
    ({ severity, ruleId, message }) => `${severity} ${ruleId}: ${message}`,
  );
}

const fusion = 'https://fusion.adobe.io/api/v3';
const headers = {
  Authorization: 'Bearer {token}',
  'x-api-key': '{CLIENT_ID}',
  'x-organization-id': '{ORGANIZATION_ID}',
  'x-gw-region': 'or2',
};

test('a correct call of Workfront Fusion', () => {
  assert.equal(lint(workfrontFusion, { url: `${fusion}/activity-logs`, headers }), {
    verdicts: {
      'required-headers': 'satisfied',
      'authorization-scheme': 'satisfied',
      'no-legacy-headers': 'satisfied',
      'no-organization-id-in-route': 'satisfied',
      'no-hardcoded-credentials': 'satisfied',
      'no-misplaced-headers': 'satisfied',
      'require-https': 'satisfied',
      'query-params': 'satisfied',
      'known-endpoint': 'satisfied',
    },
    unknowns: {},
    satisfied: {
      'required-headers':
        'Authorization is sent; x-api-key is sent; x-organization-id is sent; x-gw-region is sent',
      'authorization-scheme': 'the scheme is bearer',
      'no-legacy-headers': 'x-gw-ims-org-id is not sent',
      'no-organization-id-in-route': 'the path is /api/v3/activity-logs',
      'no-hardcoded-credentials':
        'the value of authorization comes from outside of the code; the value of x-api-key comes from outside of the code',
      'no-misplaced-headers':
        'Authorization is sent as a header; x-api-key is sent as a header; x-organization-id is sent as a header; x-gw-region is sent as a header',
      'require-https': 'the URL begins with https',
      'query-params': 'start and limit need no orderby, for they are not sent',
      'known-endpoint': 'the vendor lists GET /api/v3/activity-logs',
    },
    findings: [],
  });
});

test('Workfront Fusion as it was before June 2026', () => {
  const { 'x-organization-id': _id, ...rest } = headers;
  const old = { url: `${fusion}/activity-logs/{orgId}`, headers: { ...rest, 'x-gw-ims-org-id': '{ORG}' } };
  assert.equal(reported(workfrontFusion, old), [
    'error required-headers: Adobe Workfront Fusion rejects this call: x-organization-id is not sent (400, error 400003). Send the number of your Fusion organization.',
    'warn no-legacy-headers: Adobe Workfront Fusion has replaced the header x-gw-ims-org-id by x-organization-id. The value changes too: a Fusion organization has a number, and several may share one IMS organization (`…@AdobeOrg`).',
    'error no-organization-id-in-route: Adobe Workfront Fusion rejects the organization id in the path /api/v3/activity-logs/{orgId} since 2026-07-01. Call GET /api/v3/activity-logs instead. The organization goes in the header x-organization-id.',
  ]);
});

test('Workfront Fusion with the organization in the query, by day', () => {
  const old = { url: `${fusion}/operations?organizationId={id}&from={from}&to={to}`, headers };
  assert.equal(reported(workfrontFusion, old, '2026-06-15'), []);
  assert.equal(reported(workfrontFusion, old, '2026-06-30'), [
    'warn no-organization-id-in-query: Adobe Workfront Fusion rejects the query parameter organizationId on /api/v3/operations from 2026-07-01 on. Send the header x-organization-id instead.',
  ]);
  assert.match(reported(workfrontFusion, old, '2026-07-01')[0] ?? '', /^error/);
});

test('Cloud Manager needs the header that Workfront Fusion has replaced', () => {
  const url = 'https://cloudmanager.adobe.io/api/program/{programId}';
  const right = { Authorization: 'Bearer {token}', 'x-api-key': '{KEY}', 'x-gw-ims-org-id': '{ORG}' };
  assert.equal(reported(cloudManager, { url, headers: right }), []);
  assert.equal(reported(cloudManager, { url }), [
    'error required-headers: Adobe Cloud Manager rejects this call: Authorization (401, error 401013), x-api-key (403, error 403000) and x-gw-ims-org-id are not sent. Send `Bearer ` and an IMS access token as Authorization, the client id of your Adobe Developer Console project as x-api-key and your IMS organization id (`…@AdobeOrg`) as x-gw-ims-org-id.',
  ]);
});

test('FusionAuth: by operation', () => {
  const verdict = (method: string, path: string) =>
    lint(fusionauth, { method, url: `http://localhost:9011${path}` }).verdicts['required-headers'];
  assert.is(verdict('GET', '/api/user/{userId}'), 'violation');
  assert.is(verdict('GET', '/api/jwt/public-key'), undefined, 'public');
  assert.is(verdict('POST', '/api/login'), undefined, 'optional');
  assert.is(verdict('POST', '/oauth2/token'), undefined, 'OAuth client');
  assert.is(verdict('GET', '/api/jwt/issue'), 'unknown', 'cookie');
  assert.is(verdict('{method}', '/api/user/{userId}'), 'violation', 'every method needs the key');
  assert.is(verdict('GET', '/api/not-in-the-contract'), 'unknown');
});

test('FusionAuth: a key in the code', () => {
  const url = 'http://localhost:9011/api/application';
  const key = (value: string) => reported(fusionauth, { url, headers: { Authorization: value } });
  assert.equal(key('Kf83-not-a-real-key-0QzR'), [
    'error no-hardcoded-credentials: The API key for FusionAuth stands in the code (Kf83…); whoever can read the code can use it. Read it from the environment or a secret store, and replace this one at the service.',
  ]);
  assert.match(
    key(fusionauth.sampleKeys[0] ?? '')[0] ?? '',
    /^warn no-hardcoded-credentials: .*documentation prints/,
  );
  assert.equal(key('{FUSIONAUTH_API_KEY}'), []);
  assert.equal(key('super-secret-key'), []);
});

test('Adobe IMS: the JWT exchange', () => {
  const url = 'https://ims-na1.adobelogin.com/ims/exchange/jwt';
  const fields = { client_id: '{ID}', client_secret: '{SECRET}', jwt_token: '{jwt}' };
  assert.equal(reported(adobeIms, { method: 'POST', url, body: { kind: 'form', fields } }), [
    'error no-retired-endpoints: Adobe IMS rejects POST /ims/exchange/jwt since 2026-03-01. Use POST /ims/token/v3 with grant_type=client_credentials (OAuth Server-to-Server) instead. Client id, scopes and product profiles stay the same; the private key and the meta scopes go away.',
  ]);
});

test('Adobe IMS: a client secret in the code of a token call', () => {
  const url = 'https://ims-na1.adobelogin.com/ims/token/v3';
  const fields = {
    grant_type: '{grant}',
    client_id: 'f00dbabe'.repeat(4),
    client_secret: 'p8e-FakeFakeFake_FakeFake-FakeFake12',
  };
  assert.equal(reported(adobeIms, { method: 'POST', url, body: { kind: 'form', fields } }), [
    'error no-hardcoded-credentials: The client secret for Adobe IMS stands in the code (p8e-…); whoever can read the code can use it. Read it from the environment or a secret store, and replace this one at the service.',
    'warn no-hardcoded-credentials: The client id for Adobe IMS stands in the code (f00d…). It is not secret, but it ties the code to one project; read it from the configuration.',
  ]);
});

test.run();
