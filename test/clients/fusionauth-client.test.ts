import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FUSIONAUTH_METHODS, fusionAuthMethods } from '../../scripts/fusionauth-methods.ts';
import { nodeClient, typescriptClient } from '../../src/clients/data/fusionauth-client.ts';
import { fusionauth } from '../../src/contracts/fusionauth.ts';
import { authorizationMayBeCookie, matchEndpoint, requiredHeaders } from '../../src/contracts/match.ts';
import { fieldOf } from '../../src/request.ts';
import { run } from '../../src/run.ts';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';
import { folderWith } from '../support/folder.ts';

const CLIENT = `import { FusionAuthClient } from '@fusionauth/typescript-client';
const client = new FusionAuthClient(process.env.KEY, 'https://auth.example.com');
`;

/** The last call of a file that makes a client and then does this. */
function lastCall(code: string) {
  const call = callsIn(CLIENT + code).at(-1);
  if (!call) throw new Error('no call');
  return call;
}

test('the data is what the script makes of the installed clients', () => {
  assert.fixture(readFileSync(FUSIONAUTH_METHODS, 'utf8'), fusionAuthMethods());
});

// By hand from fusionauth.io/docs/apis: the page of each operation.
const DOCUMENTED: readonly (readonly [call: string, request: string])[] = [
  // users
  [`retrieveUser('u1')`, 'GET /api/user/u1'],
  [`retrieveUserByEmail('a@example.com')`, 'GET /api/user?email=a@example.com'],
  [`createUser(null, { user: {} })`, 'POST /api/user'],
  [`createUser('u1', { user: {} })`, 'POST /api/user/u1'],
  [`updateUser('u1', { user: {} })`, 'PUT /api/user/u1'],
  [`patchUser('u1', { user: {} })`, 'PATCH /api/user/u1'],
  [`deactivateUser('u1')`, 'DELETE /api/user/u1'],
  [`deleteUser('u1')`, 'DELETE /api/user/u1?hardDelete=true'],
  [`reactivateUser('u1')`, 'PUT /api/user/u1?reactivate=true'],
  [`searchUsersByQuery({ search: {} })`, 'POST /api/user/search'],
  [`importUsers({ users: [] })`, 'POST /api/user/import'],
  [`forgotPassword({ loginId: 'a' })`, 'POST /api/user/forgot-password'],
  [`changePassword('id1', { password: 'p' })`, 'POST /api/user/change-password/id1'],
  [`verifyEmailAddress({ verificationId: 'v' })`, 'POST /api/user/verify-email'],
  // registrations, login, JWT
  [`register(null, {})`, 'POST /api/user/registration'],
  [`register('u1', {})`, 'POST /api/user/registration/u1'],
  [`retrieveRegistration('u1', 'a1')`, 'GET /api/user/registration/u1/a1'],
  [`deleteRegistration('u1', 'a1')`, 'DELETE /api/user/registration/u1/a1'],
  [`login({ loginId: 'a' })`, 'POST /api/login'],
  [`logout(true, 'r1')`, 'POST /api/logout?global=true&refreshToken=r1'],
  [`startPasswordlessLogin({})`, 'POST /api/passwordless/start'],
  [`sendPasswordlessCode({})`, 'POST /api/passwordless/send'],
  [`passwordlessLogin({})`, 'POST /api/passwordless/login'],
  [`identityProviderLogin({})`, 'POST /api/identity-provider/login'],
  [`issueJWT('a1', 'j1', 'r1')`, 'GET /api/jwt/issue?applicationId=a1&refreshToken=r1'],
  [`exchangeRefreshTokenForJWT({})`, 'POST /api/jwt/refresh'],
  [`revokeRefreshToken('t1', 'u1', 'a1')`, 'DELETE /api/jwt/refresh?token=t1&userId=u1&applicationId=a1'],
  [`validateJWT('j1')`, 'GET /api/jwt/validate'],
  [`retrieveJWTPublicKeys()`, 'GET /api/jwt/public-key'],
  // what an instance is made of
  [`retrieveTenants()`, 'GET /api/tenant'],
  [`createTenant('t1', {})`, 'POST /api/tenant/t1'],
  [`createApplication(undefined, {})`, 'POST /api/application'],
  [`createApplicationRole('a1', 'r1', {})`, 'POST /api/application/a1/role/r1'],
  [`retrieveOauthConfiguration('a1')`, 'GET /api/application/a1/oauth-configuration'],
  [`createGroupMembers({})`, 'POST /api/group/member'],
  [`createEntityTypePermission('e1', 'p1', {})`, 'POST /api/entity/type/e1/permission/p1'],
  [`upsertEntityGrant('e1', {})`, 'POST /api/entity/e1/grant'],
  [`generateKey('k1', {})`, 'POST /api/key/generate/k1'],
  [`retrieveLambda('l1')`, 'GET /api/lambda/l1'],
  [`retrieveSystemConfiguration()`, 'GET /api/system-configuration'],
  [`retrieveOpenIdConfiguration()`, 'GET /.well-known/openid-configuration'],
  [`retrieveJsonWebKeySet()`, 'GET /.well-known/jwks.json'],
  // OAuth
  [`exchangeOAuthCodeForAccessToken('c', 'i', 's', 'r')`, 'POST /oauth2/token'],
  [`introspectAccessToken('i', 't')`, 'POST /oauth2/introspect'],
  [`retrieveUserInfoFromAccessToken('t')`, 'GET /oauth2/userinfo'],
  [`deviceAuthorize('i', 's', 'openid')`, 'POST /oauth2/device_authorize'],
  [`validateDevice('c1', 'i1')`, 'GET /oauth2/device/validate?user_code=c1&client_id=i1'],
];

test('a method is a call of its operation', () => {
  for (const [code, expected] of DOCUMENTED) {
    const [method, path] = expected.split(' ');
    assert.equal(
      printRequests(lastCall(`client.${code};`)),
      [`${method} https://auth.example.com${path}`],
      code,
    );
  }
});

test('is certain to be FusionAuth’s by the package alone', () => {
  const { draft, requests } = lastCall(`client.retrieveUser('u1');`);
  assert.is(draft.client, 'sdk:FusionAuthClient');
  assert.is(draft.library, '@fusionauth/typescript-client');
  assert.is(draft.service, 'fusionauth');
  assert.is(requests.length, 1);
});

test('sends the key bare, a JWT behind Bearer, nothing where the vendor does not', () => {
  const authorization = (code: string) => printFields(onlyRequest(lastCall(code)).headers).authorization;
  assert.is(authorization(`client.retrieveUser('u1');`), '{KEY}');
  assert.is(authorization(`client.validateJWT(process.env.TOKEN);`), 'Bearer {TOKEN}');
  assert.is(authorization(`client.retrieveUserUsingJWT('j1');`), 'Bearer j1');
  assert.is(authorization(`client.changePassword('id1', {});`), undefined);
  assert.is(authorization(`client.introspectAccessToken('i', 't');`), undefined);
});

test('sends no Authorization without a key, and no tenant without one', () => {
  const calls = callsIn(`
    import { FusionAuthClient } from '@fusionauth/typescript-client';
    new FusionAuthClient(null, 'http://localhost:9011', null).retrieveTenants();
  `);
  assert.is(calls.length, 2);
  for (const call of calls) assert.equal(printFields(onlyRequest(call).headers), {});
});

test('knows what the body is', () => {
  const json = onlyRequest(lastCall(`client.createUser('u1', { user: {}, sendSetPasswordEmail: false });`));
  assert.is(json.body.kind, 'json');
  assert.equal(Object.keys(printFields(json.body.fields)), ['user', 'sendSetPasswordEmail']);
  assert.is(printFields(json.headers)['content-type'], 'application/json');

  const none = onlyRequest(lastCall(`client.retrieveUser('u1');`));
  assert.is(none.body.kind, 'none');
  assert.is(printFields(none.headers)['content-type'], undefined);

  const plain = onlyRequest(lastCall(`client.logout(true, 'r1');`));
  assert.is(printFields(plain.headers)['content-type'], 'text/plain');
});

test('the OAuth methods send forms, without what is not given', () => {
  const { body, headers } = onlyRequest(
    lastCall(`client.exchangeOAuthCodeForAccessToken(code, 'id', 'not-a-real-secret', null);`),
  );
  assert.is(body.kind, 'form');
  assert.equal(printFields(body.fields), {
    code: '{code}',
    client_id: 'id',
    client_secret: 'not-a-real-secret',
    grant_type: 'authorization_code',
  });
  assert.is(printFields(headers)['content-type'], 'application/x-www-form-urlencoded');
});

test('a request object gives the fields that it has', () => {
  const known = onlyRequest(
    lastCall(`client.clientCredentialsGrantWithRequest({
      client_id: 'id', client_secret: process.env.SECRET, grant_type: 'client_credentials', scope: undefined,
    });`),
  );
  assert.equal(printFields(known.body.fields), {
    client_id: 'id',
    client_secret: '{SECRET}',
    grant_type: 'client_credentials',
  });
  const unknown = onlyRequest(
    lastCall(`export const grant = (request) => client.clientCredentialsGrantWithRequest(request);`),
  );
  assert.equal(Object.keys(printFields(unknown.body.fields)), ['…']);
});

test('an argument with alternatives makes one request of each', () => {
  assert.equal(printRequests(lastCall(`client.createUser(cond ? 'u1' : undefined, {});`)), [
    'POST https://auth.example.com/api/user/u1',
    'POST https://auth.example.com/api/user',
  ]);
});

test('a tenant is given to the constructor, set, assigned, or taken away', () => {
  const tenant = (code: string) =>
    printFields(onlyRequest(lastCall(`${code}; client.retrieveTenants();`)).headers)['x-fusionauth-tenantid'];
  assert.is(tenant(`client.setTenantId('t1')`), 't1');
  assert.is(tenant(`client.tenantId = 't2'`), 't2');
  assert.is(tenant(`client.setTenantId('t1'); client.setTenantId(null)`), undefined);
  const chained = onlyRequest(
    lastCall(`client.setTenantId('t3').setRequestCredentials('include').retrieveTenants();`),
  );
  assert.is(printFields(chained.headers)['x-fusionauth-tenantid'], 't3');
});

test('an instance by its type alone has a key and a host that are not known', () => {
  const calls = callsIn(`
    import { FusionAuthClient } from '@fusionauth/typescript-client';
    export class Users {
      constructor(private readonly client: FusionAuthClient) {}
      find(id: string) { return this.client.retrieveUser(id); }
    }
    export class Groups {
      private client: FusionAuthClient;
      remove(id: string) { return this.client.deleteGroup(id); }
    }
    export function keys(client: FusionAuthClient) { return client.retrieveKeys(); }
    export function themes(client?: FusionAuthClient | null) { return client?.retrieveThemes(); }
  `);
  assert.equal(calls.flatMap(printRequests), [
    'GET {host}/api/user/{id}',
    'DELETE {host}/api/group/{id}',
    'GET {host}/api/key',
    'GET {host}/api/theme',
  ]);
  for (const call of calls) {
    assert.is(call.draft.service, 'fusionauth');
    assert.equal(printFields(onlyRequest(call).headers), {
      authorization: '{apiKey}',
      'x-fusionauth-tenantid?': '{tenantId}',
    });
  }
});

test('a class that extends the client has its methods', () => {
  const [call, ...others] = callsIn(`
    import { FusionAuthClient } from '@fusionauth/typescript-client';
    class Directory extends FusionAuthClient {
      groups() { return this.retrieveGroups(); }
    }
  `);
  assert.equal(others, []);
  assert.equal(call && printRequests(call), ['GET {host}/api/group']);
});

test('is known by all of its names', () => {
  const made = [
    [`import { FusionAuthClient } from '@fusionauth/node-client'`, 'new FusionAuthClient'],
    [`import Client from '@fusionauth/typescript-client'`, 'new Client'],
    [`import * as fa from '@fusionauth/typescript-client'`, 'new fa.FusionAuthClient'],
    [`const fa = require('@fusionauth/typescript-client')`, 'new fa.FusionAuthClient'],
    [`const { FusionAuthClient } = require('fusionauth-node-client')`, 'new FusionAuthClient'],
    [`import C from '@fusionauth/typescript-client/build/src/FusionAuthClient'`, 'new C'],
    ['', 'new FusionAuth.FusionAuthClient'],
  ];
  for (const [statement, expression] of made) {
    const calls = callsIn(`${statement};
      const client = ${expression}('k', 'http://localhost:9011');
      client.retrieveUser('u1');`);
    assert.equal(
      calls.flatMap(printRequests),
      ['{method} http://localhost:9011', 'GET http://localhost:9011/api/user/u1'],
      statement,
    );
  }
});

test('the package in its own repository is still the package', () => {
  const calls = callsIn({
    'package.json': '{ "workspaces": ["client", "examples"] }',
    'client/package.json': '{ "name": "@fusionauth/typescript-client", "main": "src/index.ts" }',
    'client/src/index.ts': 'export class FusionAuthClient { retrieveUser(id: string) { return start(id); } }',
    'examples/main.ts': `${CLIENT}client.retrieveUser('u1');`,
  });
  assert.equal(calls.flatMap(printRequests).at(-1), 'GET https://auth.example.com/api/user/u1');
});

test('the first client sends a JWT by the old scheme, and no parameter that is not given', () => {
  const call = (code: string) =>
    callsIn(`const { FusionAuthClient } = require('fusionauth-node-client');
      const client = new FusionAuthClient(process.env.KEY, 'https://auth.example.com/');
      ${code}`).at(-1);
  const issue = onlyRequest(call(`client.issueJWT(undefined, 'j1');`));
  assert.is(printFields(issue.headers).authorization, 'JWT j1');
  assert.equal(issue.query.fields, []);
  const actioned = call(`client.actionUser('u1', {});`);
  assert.equal(actioned && printRequests(actioned), ['POST https://auth.example.com/api/user/action/u1']);
});

// Operations that the vendor has moved or dropped since 1.6.0 of the first client.
const GONE = ['actionUser', 'retrieveJWTPublicKey', 'retrievePasswordValidationRules'];

/** Every method, called with arguments that are not known. */
function callAll(library: string, table: string) {
  const names = table
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');
  const args = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => `process.env.${name}`).join();
  const calls = names.map(
    (name) => `new FusionAuthClient(process.env.KEY, process.env.HOST).${name}(${args});`,
  );
  const source = [`import { FusionAuthClient } from '${library}';`, ...calls].join('\n');
  const found = callsIn(source).filter(({ draft }) => draft.constructs !== true);
  assert.is(found.length, names.length);
  return names.map((name, at) => ({ name, request: onlyRequest(found[at]) }));
}

test('every method reaches an operation of the contract, with the authorization that it needs', () => {
  for (const [library, table] of [
    ['@fusionauth/typescript-client', typescriptClient],
    ['fusionauth-node-client', nodeClient],
  ] as const) {
    for (const { name, request } of callAll(library, table)) {
      const { endpoint, ambiguous } = matchEndpoint(fusionauth, request);
      if (library === 'fusionauth-node-client' && GONE.includes(name)) {
        assert.is(endpoint, undefined, name);
        continue;
      }
      if (!endpoint) throw new Error(`${library}: ${name} reaches no operation`);
      assert.is(ambiguous, undefined, name);
      const needed = requiredHeaders(fusionauth, endpoint)?.map((each) => each.name) ?? [];
      const sent = fieldOf(request.headers, 'authorization').presence === 'always';
      assert.ok(sent || !needed.includes('authorization') || authorizationMayBeCookie(endpoint), name);
      if (endpoint.body === 'form') assert.is(request.body.kind, 'form', name);
    }
  }
});

test('a key that stands in the code is one finding, at the key', async () => {
  const cwd = folderWith({
    'package.json': '{}',
    'a.ts': `import { client } from './client';\nexport const users = () => client.searchUsersByQuery({});\n`,
    'client.ts': `import { FusionAuthClient } from '@fusionauth/typescript-client';
const KEY = 'not-a-real-Zx81mfQp3v7Lr2Kd9Wn5TbYcAh4Gj6Es';
export const client = new FusionAuthClient(KEY, process.env.FUSIONAUTH_URL);
export const find = (id: string) => client.retrieveUser(id);
export const remove = (id: string) => client.deleteUser(id);
`,
  });
  const result = await run({ cwd, paths: ['.'], config: false, asOf: '2026-11-24' });
  assert.equal(
    result.callSites.map(({ confidence }) => confidence),
    ['certain', 'certain', 'certain', 'certain'],
  );
  assert.equal(
    result.callSites.map(({ sends }) => sends),
    [true, false, true, true],
  );
  assert.equal(
    result.findings.map(({ ruleId, location }) => [ruleId, location.file, location.startLine]),
    [['no-hardcoded-credentials', 'client.ts', 2]],
  );
});

test.run();
