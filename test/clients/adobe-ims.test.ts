import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

const PRODUCTION = 'https://ims-na1.adobelogin.com';
const STAGE = 'https://ims-na1-stg1.adobelogin.com';

function lastCall(code: string) {
  const call = callsIn(`import { context, getToken, Ims, invalidateToken } from '@adobe/aio-lib-ims';
    const ims = new Ims('prod');
    ${code}`).at(-1);
  if (!call) throw new Error('no call');
  return call;
}

test('the methods of Ims are calls of its endpoints', () => {
  const calls: readonly (readonly [call: string, request: string])[] = [
    [`getAccessToken('code', 'id', 'secret', 'openid')`, 'POST /ims/token/v1'],
    [`getAccessTokenByClientCredentials('id', 'secret', 'org', ['openid'])`, 'POST /ims/token/v2'],
    [`exchangeJwtToken('id', 'secret', 'jwt')`, 'POST /ims/exchange/jwt'],
    [`invalidateToken('token', 'id', 'secret')`, 'POST /ims/invalidate_token/v2'],
    [`validateToken('token')`, 'POST /ims/validate_token/v1'],
    [`validateTokenAllowList('token', ['id'])`, 'POST /ims/validate_token/v1'],
    [`getOrganizations('token')`, 'GET /ims/organizations/v6'],
    [`get('/ims/userinfo/v2', 'token')`, 'GET /ims/userinfo/v2'],
    [`post('/ims/profile/v1', 'token', { a: 'b' })`, 'POST /ims/profile/v1'],
  ];
  for (const [code, expected] of calls) {
    const [method, path] = expected.split(' ');
    const call = lastCall(`ims.${code};`);
    assert.equal(printRequests(call), [`${method} ${PRODUCTION}${path}`], code);
    assert.is(call.draft.service, 'adobe-ims');
  }
});

test('the environment chooses the host; without one both are possible', () => {
  const hosts = (env: string) =>
    lastCall(`new Ims(${env}).getOrganizations('t');`).requests.map(({ host }) => host);
  assert.equal(hosts(`'stage'`), ['ims-na1-stg1.adobelogin.com']);
  assert.equal(hosts(`'anything'`), ['ims-na1.adobelogin.com']);
  assert.equal(hosts(''), ['ims-na1.adobelogin.com', 'ims-na1-stg1.adobelogin.com']);
  assert.equal(hosts('process.env.ENV'), ['ims-na1.adobelogin.com', 'ims-na1-stg1.adobelogin.com']);
});

test('credentials go in a multipart form, tokens behind Bearer', () => {
  const { body, headers } = onlyRequest(
    lastCall(`ims.getAccessTokenByClientCredentials(process.env.ID, process.env.SECRET, 'org', 'openid');`),
  );
  assert.is(body.kind, 'multipart');
  assert.equal(printFields(body.fields), {
    grant_type: 'client_credentials',
    client_id: '{ID}',
    client_secret: '{SECRET}',
    org_id: 'org',
    scope: 'openid',
  });
  assert.equal(printFields(headers), {});
  assert.equal(printFields(onlyRequest(lastCall(`ims.getOrganizations(process.env.TOKEN);`)).headers), {
    authorization: 'Bearer {TOKEN}',
  });
});

test('an Ims from a token, by its type, and the URLs it makes', () => {
  const both = [`GET ${PRODUCTION}/ims/organizations/v6`, `GET ${STAGE}/ims/organizations/v6`];
  assert.equal(
    printRequests(lastCall(`const made = await Ims.fromToken(t); made.ims.getOrganizations(made.token);`)),
    both,
  );
  assert.equal(printRequests(lastCall(`export const f = (i: Ims) => i.getOrganizations(t);`)), both);
  assert.equal(printRequests(lastCall(`fetch(ims.getApiUrl('/ims/userinfo/v2'));`)), [
    `GET ${PRODUCTION}/ims/userinfo/v2`,
  ]);
});

test('getToken() goes where the context says, which is not in the code', () => {
  const { draft, requests } = lastCall(`getToken('my-context', { client_secret: process.env.SECRET });`);
  assert.is(draft.library, '@adobe/aio-lib-ims');
  assert.is(draft.service, 'adobe-ims');
  for (const request of requests) {
    assert.is(request.method, 'POST');
    assert.ok(request.pathOpen);
    assert.equal(printFields(request.body.fields), {
      client_secret: '{SECRET}',
      '…': 'kept in the IMS context',
    });
  }
  assert.equal(printRequests(lastCall(`invalidateToken('my-context');`)), [
    `POST ${PRODUCTION}/ims/invalidate_token/v2`,
    `POST ${STAGE}/ims/invalidate_token/v2`,
  ]);
});

test('context.set() is the call site of the credentials', () => {
  const call = lastCall(
    `await context.set('c', { client_id: 'id', client_secrets: [process.env.A, process.env.B], env: 'stage' });`,
  );
  assert.is(call.draft.constructs, true);
  const request = onlyRequest(call);
  assert.is(request.host, 'ims-na1-stg1.adobelogin.com');
  assert.equal(printFields(request.body.fields), { client_id: 'id', client_secret: '{A}' });
  assert.equal(callsIn(`import { context } from '@adobe/aio-lib-ims'; context.set('c', undefined);`), []);
});

test('the plugins do their one call with the Ims that they are given', () => {
  const call = (library: string, ims: string) =>
    lastCall(`const { imsLogin } = require('${library}');
      imsLogin(${ims}, { client_id: 'id', client_secret: process.env.SECRET });`);
  const jwt = call('@adobe/aio-lib-ims-jwt', 'ims');
  assert.equal(printRequests(jwt), [`POST ${PRODUCTION}/ims/exchange/jwt`]);
  assert.is(jwt.draft.library, '@adobe/aio-lib-ims-jwt');
  assert.equal(printFields(onlyRequest(jwt).body.fields), { client_id: 'id', client_secret: '{SECRET}' });
  assert.equal(printRequests(call('@adobe/aio-lib-ims-oauth', 'ims')), [`POST ${PRODUCTION}/ims/token/v1`]);
  assert.equal(printRequests(call('@adobe/aio-lib-ims-oauth/src/ims-oauth_server_to_server', 'other')), [
    `POST ${PRODUCTION}/ims/token/v2`,
    `POST ${STAGE}/ims/token/v2`,
  ]);
});

test('@adobe/auth-token posts a form for a client’s token', () => {
  const call = (environment: string) =>
    callsIn(`import { auth } from '@adobe/auth-token';
      auth({ clientId: 'id', clientSecret: process.env.SECRET, scope: 'openid', ${environment} });`).at(-1);
  const request = onlyRequest(call(''));
  assert.is(request.host, 'ims-na1.adobelogin.com');
  assert.is(request.method, 'POST');
  assert.is(request.body.kind, 'form');
  assert.equal(printFields(request.body.fields), {
    grant_type: 'client_credentials',
    client_id: 'id',
    client_secret: '{SECRET}',
    scope: 'openid',
  });
  const urls = (environment: string) => call(environment)?.requests.map(({ host }) => host);
  assert.equal(urls(`environment: 'stage'`), ['ims-na1-stg1.adobelogin.com']);
  assert.equal(urls(`environment: process.env.E`), ['ims-na1.adobelogin.com', 'ims-na1-stg1.adobelogin.com']);
});

test('@adobe/jwt-auth posts to the exchange of the host that it is given', () => {
  const urls = (code: string) =>
    callsIn(`import auth from '@adobe/jwt-auth'; ${code}`).flatMap(printRequests);
  const PATH = '/ims/exchange/jwt/';
  assert.equal(urls(`auth({ clientId: 'id', clientSecret: s });`), [`POST ${PRODUCTION}${PATH}`]);
  assert.equal(urls(`auth({ ims: '${STAGE}' });`), [`POST ${STAGE}${PATH}`]);
  assert.equal(urls(`auth({ ims: process.env.IMS });`), [`POST {IMS}${PATH}`, `POST ${PRODUCTION}${PATH}`]);
  // Where the code does not give one, the default is the likelier.
  assert.is(urls(`export const login = (config) => auth(config);`)[0], `POST ${PRODUCTION}${PATH}`);
});

test.run();
