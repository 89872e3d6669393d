import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  identify,
  pointsToService,
  type ServiceSettings,
  type VariableUrl,
} from '../../src/contracts/identify.ts';
import { contracts } from '../../src/contracts/index.ts';
import { ownContract } from '../../src/contracts/own.ts';
import { printText } from '../../src/request.ts';
import { type RequestLike, request } from '../support/request.ts';

function found(like: string | RequestLike, services: ServiceSettings = {}): string {
  const identification = identify(
    request(typeof like === 'string' ? { url: like } : like),
    contracts,
    services,
  );
  if (!identification) return 'none';
  const { contract, confidence, evidence, otherHost } = identification;
  return `${confidence} ${contract.id}: ${evidence}${otherHost ? ' (other)' : ''}`;
}

/** With files that set variables: `NAME` → URLs. */
function withVariables(url: string, set: Readonly<Record<string, readonly string[]>>): string {
  const variables = Object.entries(set).flatMap(([name, urls]) =>
    urls.map((each): VariableUrl => ({ name, url: each, file: '.env.example' })),
  );
  const identification = identify(request({ url }), contracts, {}, variables);
  if (!identification) return 'none';
  const { contract, confidence, evidence, reading } = identification;
  return `${confidence} ${contract.id}: ${evidence} /${reading?.path.map(printText).join('/')}`;
}

test('a file of the project sets the variable: likely, at the path behind its URL', () => {
  const local = { AUTH: ['http://localhost:9011'] };
  assert.is(
    withVariables('{AUTH}/api/user', local),
    'likely fusionauth: AUTH is http://localhost:9011 in .env.example /api/user',
  );
  assert.is(
    withVariables('{AUTH}/user/{id}', { AUTH: ['https://a.fusionauth.io/api'] }),
    'likely fusionauth: AUTH is https://a.fusionauth.io/api in .env.example /api/user/{id}',
  );
  assert.is(
    withVariables('{AUTH}/api/user', { AUTH: ['https://a.fusionauth.io/api'] }),
    'likely fusionauth: AUTH is https://a.fusionauth.io/api in .env.example /api/user',
  );
  assert.is(
    withVariables('https://{HOST}/api/v3/teams', { HOST: ['fusion.adobe.io'] }),
    'likely workfront-fusion: HOST is fusion.adobe.io in .env.example /api/v3/teams',
  );
  for (const url of [
    'https://{AUTH}.example.com/api/user',
    'https://proxy.example/{AUTH}/api/user',
    '/api/{AUTH}',
  ])
    assert.is(withVariables(url, local), 'none', url);
  assert.is(withVariables('{OTHER}/api/user', local), 'none');
});

test('values of several services are no evidence', () => {
  const both = { A: ['http://localhost:9011', 'https://cloudmanager.adobe.io'] };
  assert.is(withVariables('{A}/api/user', both), 'none');
  const two = { A: ['http://localhost:9011', 'https://a.fusionauth.io'] };
  assert.match(withVariables('{A}/api/user', two), /^likely fusionauth: A is http:\/\/localhost:9011/);
});

test('a host that anyone may have takes a path of the service as well', () => {
  const set = { A: ['http://fusionauth:9011'] };
  assert.match(withVariables('{A}/api/user', set), /^likely fusionauth/);
  assert.is(withVariables('{A}/metrics', set), 'none');
});

test('which URLs point to a service', () => {
  const points = (url: string, services: ServiceSettings = {}) => pointsToService(url, contracts, services);
  for (const url of [
    'http://localhost:9011',
    'fusion.adobe.io',
    'https://fusionauth.example.com/x',
    'http://a:9011',
  ])
    assert.ok(points(url), url);
  for (const url of [
    'http://localhost:3000',
    'https://api.example.com',
    'https://fusionauth.io',
    'http://a:9012',
    'a:9011',
    'fusionauth.key',
  ])
    assert.not(points(url), url);
  assert.ok(points('https://a.example', { fusionauth: { hosts: ['a.example'] } }));
  assert.ok(points('https://a.example/x', { fusionauth: { baseUrls: ['https://a.example/x'] } }));
});

test('the host makes it certain', () => {
  const hosts: Readonly<Record<string, string>> = {
    'fusion.adobe.io': 'workfront-fusion',
    'FUSION.adobe.io': 'workfront-fusion',
    'cloudmanager.adobe.io': 'cloud-manager',
    'ims-na1.adobelogin.com': 'adobe-ims',
    'ims-na1-stg1.adobelogin.com': 'adobe-ims',
    'ims-eu1.adobelogin.com': 'adobe-ims',
    'localhost:9011': 'fusionauth',
    '127.0.0.1:9011': 'fusionauth',
    'sandbox.fusionauth.io': 'fusionauth',
    'a.b.fusionauth.io': 'fusionauth',
    'local.fusionauth.io:9013': 'fusionauth',
  };
  for (const [host, id] of Object.entries(hosts)) {
    assert.is(found(`https://${host}/x`), `certain ${id}: host ${host.toLowerCase()}`);
  }
  assert.is(found('https://fusion.adobe.io:443/x'), 'certain workfront-fusion: host fusion.adobe.io');
  assert.is(found('https://fusion.adobe.io{path}'), 'certain workfront-fusion: host fusion.adobe.io');
});

test('other hosts of the service ask for nothing', () => {
  const discovery = 'https://app.workfrontfusion.com/api/v3/users/me/regions';
  assert.is(found(discovery), 'certain workfront-fusion: host app.workfrontfusion.com (other)');
  assert.is(
    found('https://fusion.adobe.com/api/v3/hooks?teamId={teamId}'),
    'certain workfront-fusion: host fusion.adobe.com (other)',
  );
});

test("look-alikes and the vendors' other hosts are nobody", () => {
  for (const host of [
    'adobe.io.evil.com',
    'notadobe.io',
    'fusion.adobe.io.evil.com',
    'xfusion.adobe.io',
    'fusion.adobe.io:8443',
    'cloudmanager.adobe.io.evil.com',
    'ims-na1.adobelogin.com.evil.com',
    'xims-na1.adobelogin.com',
    'ims-na1.x.adobelogin.com',
    'adobeid-na1.services.adobe.com',
    'platform.adobe.io',
    'fusionauth.io',
    'www.fusionauth.io',
    'docs.fusionauth.io',
    'account.fusionauth.io',
    'notfusion.example.com',
    'localhost:3000',
    'localhost:90111',
    'localhost',
  ]) {
    for (const path of ['/api/user', '/api/v3/scenarios', '/api/programs', '/ims/exchange/jwt']) {
      const url = `https://${host}${path}`;
      assert.is(found({ url, headers: { 'x-gw-region': 'or2' } }), 'none', url);
    }
  }
});

test('configured hosts', () => {
  const services = {
    fusionauth: { hosts: ['id.example.com', '*.auth.example.com', 'sso.example.com:8443'] },
  };
  assert.is(
    found('https://id.example.com/x', services),
    'certain fusionauth: configured host id.example.com',
  );
  assert.is(
    found('https://eu.auth.example.com/x', services),
    'certain fusionauth: configured host eu.auth.example.com',
  );
  assert.is(
    found('https://sso.example.com:8443/x', services),
    'certain fusionauth: configured host sso.example.com:8443',
  );
  assert.is(found('https://auth.example.com/x', services), 'none');
  assert.is(found('https://other.example.com/x', services), 'none');
});

test('configured base URLs', () => {
  const services = { fusionauth: { baseUrls: ['https://example.com/auth/fa/'] } };
  const at = (url: string) => identify(request({ url }), contracts, services);
  assert.is(
    at('https://example.com/auth/fa/api/user')?.evidence,
    'configured base URL https://example.com/auth/fa/',
  );
  assert.is(at('https://example.com/auth/fa/api/user')?.confidence, 'certain');
  assert.is(at('https://example.com/auth/fa/api/user')?.basePath, 2);
  assert.is(at('https://example.com/auth/fab/api/user'), undefined);
  assert.is(at('https://example.com/auth'), undefined);
  assert.is(at('https://example.org/auth/fa/api/user'), undefined);
  assert.is(at('{BASE}/auth/fa/api/user'), undefined);
});

test('configured environment variables, with or without a path', () => {
  const services = { fusionauth: { environment: ['IDP_URL'] } };
  const certain = 'certain fusionauth: configured environment variable IDP_URL';
  assert.is(found('{IDP_URL}/anything', services), certain);
  assert.is(found('{IDP_URL}{path}', services), certain);
  assert.is(found('https://{IDP_URL}/x', services), certain);
  assert.is(found('{API_URL}/{IDP_URL}', services), 'none');
  assert.is(found('https://example.com/{IDP_URL}', services), 'none');
});

test('a name for the host, together with a path of the contract', () => {
  for (const name of [
    'FUSIONAUTH_URL',
    'FUSION_AUTH_HOST',
    'fusionAuthUrl',
    'fusion-auth',
    'NEXT_PUBLIC_FUSIONAUTH_ISSUER',
  ]) {
    const printed = `{${name}}/api/user/{id}`;
    assert.is(found(printed), `likely fusionauth: name ${name} and path /api/user/{id}`);
  }
  assert.is(
    found('{fusionAuth.baseUrl}/oauth2/token'),
    'likely fusionauth: name fusionAuth.baseUrl and path /oauth2/token',
  );
  assert.is(
    found('http://localhost:{config.fusionAuthPort}/oauth2/token'),
    'likely fusionauth: name config.fusionAuthPort and path /oauth2/token',
  );
  assert.is(
    found('{protocol}://{FUSIONAUTH_HOST}/api/login'),
    'likely fusionauth: name FUSIONAUTH_HOST and path /api/login',
  );
  assert.is(
    found('{IMS_HOST}/ims/exchange/jwt'),
    'likely adobe-ims: name IMS_HOST and path /ims/exchange/jwt',
  );
  assert.is(
    found('{CLOUD_MANAGER_URL}/api/program/{id}'),
    'likely cloud-manager: name CLOUD_MANAGER_URL and path /api/program/{id}',
  );
  assert.is(
    found('{fusionApiUrl}/api/v3/scenarios'),
    'likely workfront-fusion: name fusionApiUrl and path /api/v3/scenarios',
  );
  assert.is(
    found({ url: '{base}/api/user', urlNames: ['fusionAuthUserUrl'] }),
    'likely fusionauth: name fusionAuthUserUrl and path /api/user',
  );
});

test('a name without a path, or a path without a name, is nothing', () => {
  assert.is(found('{FUSIONAUTH_URL}'), 'none');
  assert.is(found('{FUSIONAUTH_URL}{path}'), 'none');
  assert.is(found('{FUSIONAUTH_URL}/{a}/{b}'), 'none');
  assert.is(found('{FUSIONAUTH_URL}/webhook/events'), 'none');
  assert.is(found('{API_URL}/api/user'), 'none');
  assert.is(found('{API_URL}/api/login'), 'none');
  assert.is(found('https://example.com/api/user'), 'none');
  assert.is(found('{fusionAuthorization}/api/user'), 'none');
  assert.is(found('{PAYPAL_URL}/v1/oauth2/token'), 'none');
});

test("only the host's own names count", () => {
  assert.is(found('{API_URL}/api/user/{fusionAuthId}'), 'none');
  assert.is(found('{API_URL}{fusionAuthPath}/api/user'), 'none');
  assert.is(found('https://example.com/api/user/{fusionAuthId}'), 'none');
  assert.is(found('https://api-m.sandbox.paypal.com/v1/oauth2/token'), 'none');
});

test('a host that is named after the service, together with a path', () => {
  assert.is(
    found('https://fusionauth.example.com/api/user'),
    'likely fusionauth: host fusionauth.example.com and path /api/user',
  );
  assert.is(
    found('https://fusionauth-{stage}.example.com/api/user'),
    'likely fusionauth: host fusionauth-{stage}.example.com and path /api/user',
  );
  assert.is(found('https://fusionauth.example.com/email'), 'none');
  assert.is(found('https://example.com/email/fusionauth/verify/{id}'), 'none');
  assert.is(found('https://example.com/fusionauth/api/user'), 'none');
});

test("a host whose end is the service's, together with a path", () => {
  assert.is(
    found('https://{account}.fusionauth.io/api/user'),
    'likely fusionauth: host {account}.fusionauth.io and path /api/user',
  );
  assert.is(
    found('https://ims-na1{stage}.adobelogin.com/ims/exchange/jwt'),
    'likely adobe-ims: host ims-na1{stage}.adobelogin.com and path /ims/exchange/jwt',
  );
  assert.is(found('https://{account}.fusionauth.io.evil.com/api/v3/x'), 'none');
  assert.is(found('https://other{x}.adobelogin.com/ims/token/v3'), 'none');
  assert.is(found('https://{x}.adobe.io/api/v3/scenarios'), 'none');
});

test('port 9011, together with a path', () => {
  assert.is(
    found('http://fa:9011/api/user/import'),
    'likely fusionauth: port 9011 and path /api/user/import',
  );
  assert.is(found('http://{host}:9011/api/user'), 'likely fusionauth: port 9011 and path /api/user');
  assert.is(found('{host}:9011/api/user'), 'likely fusionauth: port 9011 and path /api/user');
  assert.is(found('http://backend:9011/metrics'), 'none');
  assert.is(found('http://{host}/9011/api/user'), 'none');
});

test('the name of the variable that held a literal host, together with a path', () => {
  assert.is(
    found({ url: 'https://auth.example.com/api/login', urlNames: ['FUSIONAUTH_URL'] }),
    'likely fusionauth: name FUSIONAUTH_URL and path /api/login',
  );
  assert.is(found({ url: 'https://hooks.example.com/services/x', urlNames: ['fusionAuthAlerts'] }), 'none');
  // Nobody but Adobe runs these services.
  assert.is(found({ url: 'https://auth.example.com/ims/token/v3', urlNames: ['IMS_URL'] }), 'none');
  assert.is(found({ url: 'https://example.com/api/programs', urlNames: ['cloudManagerUrl'] }), 'none');
});

test('a header that only one service has', () => {
  const tenant = { 'X-FusionAuth-TenantId': '{tenantId}' };
  assert.is(found({ url: '{url}', headers: tenant }), 'likely fusionauth: header x-fusionauth-tenantid');
  const call = request({ url: '{url}', headers: tenant });
  const fields = call.headers.fields.map((field) => ({ ...field, presence: 'unknown' as const }));
  const perhaps = identify({ ...call, headers: { fields, open: 'a spread' } }, contracts, {});
  assert.is(perhaps?.evidence, 'header x-fusionauth-tenantid');
  assert.is(
    found({ url: '{API}/x', headers: { 'x-gw-region': { presence: 'sometimes', values: ['or2'] } } }),
    'likely workfront-fusion: header x-gw-region',
  );
  assert.is(found({ url: '{API}/x', headers: { 'x-gw-region': { presence: 'unknown' } } }), 'none');
  assert.is(found({ url: '{API}/x', headersOpen: 'spread' }), 'none');
  assert.is(
    found({ url: 'https://auth.example.com/api/user', headers: tenant }),
    'likely fusionauth: header x-fusionauth-tenantid and path /api/user',
  );
  assert.is(found({ url: 'https://auth.example.com/x', headers: tenant }), 'none');
  assert.is(found({ url: 'https://example.com/x', headers: { 'x-gw-region': 'or2' } }), 'none');
});

test('the own server is nobody', () => {
  const headers = { 'x-gw-region': 'or2', 'x-fusionauth-tenantid': '{id}' };
  assert.is(found({ url: '/api/user', urlNames: ['fusionAuthUrl'], headers }), 'none');
  assert.is(found({ url: '/api/{fusionAuthPath}', headers }), 'none');
  const relative = { ...request({ url: '/api/user/{id}', headers }) };
  const host = { reason: 'no host', name: 'origin', names: [] };
  assert.is(identify({ ...relative, host }, contracts, {}), undefined);
});

test('a known host of one service is not claimed for another', () => {
  const tenant = { 'X-FusionAuth-TenantId': '{tenantId}' };
  assert.is(
    found({ url: 'https://cloudmanager.adobe.io/api/tenants', headers: tenant, urlNames: ['fusionAuthUrl'] }),
    'certain cloud-manager: host cloudmanager.adobe.io',
  );
});

test('of services at one host, the path tells which', () => {
  const at = (title: string, ...operations: readonly string[]) =>
    ownContract(title.toLowerCase(), {
      title,
      hosts: ['api.example.com', 'localhost:9011'],
      endpoints: Object.fromEntries(operations.map((each) => [each, {}])),
    });
  const own = [at('Books', 'GET /books/{id}'), at('Files', 'GET /files', 'PUT /files/{id}')];
  const serviceOf = (url: string, known = [...own, ...contracts]) =>
    identify(request({ url }), known, {})?.contract.id;
  assert.is(serviceOf('https://api.example.com/books/1'), 'books');
  assert.is(serviceOf('https://api.example.com/files/{id}'), 'files');
  assert.is(serviceOf('https://api.example.com/about'), 'books');
  assert.is(serviceOf('http://localhost:9011/files'), 'files');
  assert.is(serviceOf('http://localhost:9011/api/user/1'), 'fusionauth');
  assert.is(serviceOf('http://localhost:9011/api/user/1', [at('Desk'), ...contracts]), 'desk');
});

test.run();
