import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adobeIms } from '../../src/contracts/adobe-ims.ts';
import { cloudManager } from '../../src/contracts/cloud-manager.ts';
import type { AuthKind, Contract } from '../../src/contracts/contract.ts';
import { fusionauth } from '../../src/contracts/fusionauth.ts';
import {
  matchEndpoint,
  misnamed,
  reachesPath,
  requiredHeaders,
  retiredEndpoint,
  schemesOf,
} from '../../src/contracts/match.ts';
import { ownContract } from '../../src/contracts/own.ts';
import { workfrontFusion } from '../../src/contracts/workfront-fusion.ts';
import { request } from '../support/request.ts';

/** `GET /path`, with `~` before it when ambiguous; `ambiguous` and `none` for the others. */
function matched(
  contract: Contract,
  method: string,
  url: string,
  pathOpen?: boolean,
  basePath?: number,
): string {
  const like = request({ method, url, ...(pathOpen !== undefined && { pathOpen }) });
  const { endpoint, ambiguous } = matchEndpoint(contract, like, basePath);
  if (!endpoint) return ambiguous ? 'ambiguous' : 'none';
  return `${ambiguous ? '~' : ''}${endpoint.method} ${endpoint.path}`;
}

const fa = (method: string, url: string, pathOpen?: boolean) => matched(fusionauth, method, url, pathOpen);
const wf = (method: string, path: string, pathOpen?: boolean) =>
  matched(workfrontFusion, method, `https://fusion.adobe.io${path}`, pathOpen);

test('a word of the path stands before a parameter', () => {
  assert.is(fa('GET', 'http://localhost:9011/api/user/search'), 'GET /api/user/search');
  assert.is(fa('GET', 'http://localhost:9011/api/user/5c1c52d4'), 'GET /api/user/{userId}');
  assert.is(fa('GET', 'http://localhost:9011/api/entity/type/search'), 'GET /api/entity/type/search');
  assert.is(wf('GET', '/api/v3/activity-logs/export'), 'GET /api/v3/activity-logs/export');
  assert.is(wf('GET', '/api/v3/scenarios/dependents'), 'GET /api/v3/scenarios/dependents');
});

test('the method counts', () => {
  assert.is(
    fa('POST', 'http://localhost:9011/api/two-factor/send/{id}'),
    'POST /api/two-factor/send/{twoFactorId}',
  );
  assert.is(fa('GET', 'http://localhost:9011/api/two-factor/send/{id}'), 'none');
  assert.is(wf('PUT', '/api/v3/scenarios'), 'none');
});

/** The methods that the path takes instead. */
const others = (contract: Contract, method: string, url: string, pathOpen?: boolean) =>
  matchEndpoint(contract, request({ method, url, ...(pathOpen !== undefined && { pathOpen }) })).methods;

test('a word of the path that only other methods have is no parameter', () => {
  const search = 'http://localhost:9011/api/system/event-log/search';
  assert.is(fa('POST', search), 'POST /api/system/event-log/search');
  assert.is(fa('GET', search), 'none');
  assert.equal(others(fusionauth, 'GET', search), ['POST']);
  assert.is(
    fa('GET', 'http://localhost:9011/api/system/event-log/7'),
    'GET /api/system/event-log/{eventLogId}',
  );
  assert.is(
    fa('GET', '{FUSIONAUTH_URL}/api/system/event-log/{search}'),
    'GET /api/system/event-log/{eventLogId}',
  );
  // With a base URL that is not known.
  assert.equal(others(fusionauth, 'GET', '{HOST}/{base}/api/system/event-log/search'), ['POST']);
});

test('the methods that a path takes are told when it does not take this one', () => {
  assert.equal(others(workfrontFusion, 'PUT', 'https://fusion.adobe.io/api/v3/scenarios'), ['GET']);
  assert.is(others(workfrontFusion, 'GET', 'https://fusion.adobe.io/api/v3/scenarios'), undefined);
  assert.is(others(workfrontFusion, 'GET', 'https://fusion.adobe.io/api/v3/unheard/of'), undefined);
  assert.equal(others(fusionauth, 'GET', '{FUSIONAUTH_URL}/api/two-factor/send/{id}'), ['POST']);
  // Where the path is not known, neither are its methods.
  assert.is(others(workfrontFusion, 'PUT', 'https://fusion.adobe.io/api/v3/{path}', true), undefined);
  assert.is(others(workfrontFusion, 'PUT', 'https://fusion.adobe.io/api/v3/{what}'), undefined);
});

test('slashes at the end and in a row are nothing', () => {
  assert.is(fa('GET', 'http://localhost:9011/api/user/'), 'GET /api/user');
  assert.is(fa('GET', 'http://localhost:9011//api/user'), 'GET /api/user');
});

test('an unknown segment is the parameter where there is one', () => {
  assert.is(fa('GET', '{FUSIONAUTH_URL}/api/user/{userId}'), 'GET /api/user/{userId}');
  assert.is(fa('POST', '{FUSIONAUTH_URL}/api/user/{user.id}'), 'POST /api/user/{userId}');
  assert.is(wf('GET', '/api/v3/scenarios/{id}'), 'GET /api/v3/scenarios/{scenarioId}');
  assert.is(
    fa('GET', '{FUSIONAUTH_URL}/api/user/registration/{sub}/{config.applicationID}'),
    'GET /api/user/registration/{userId}/{applicationId}',
  );
  // An object whose name sounds like a route does not matter; the value's own name does.
  assert.is(fa('POST', '{FUSIONAUTH_URL}/api/user/{action.userId}'), 'POST /api/user/{userId}');
});

test('an unknown segment named after a route may be a word as well', () => {
  assert.is(fa('POST', '{FUSIONAUTH_URL}/api/user/{action}'), 'ambiguous');
  assert.is(fa('POST', '{FUSIONAUTH_URL}/api/user/{subPath}'), 'ambiguous');
  // All that could be meant want an API key.
  assert.is(fa('GET', '{FUSIONAUTH_URL}/api/group/{path}'), 'GET /api/group/{groupId}');
});

test('an unknown segment without a parameter in its place: only what all words agree on', () => {
  assert.is(fa('GET', '{FUSIONAUTH_URL}/api/jwt/{x}'), 'ambiguous');
  assert.is(fa('POST', '{FUSIONAUTH_URL}/api/application/{id}/{what}'), '~POST /api/application/{id}/{what}');
  assert.is(fa('PUT', '{FUSIONAUTH_URL}/api/{what}/{id}/x/y/z/w'), 'none');
  assert.is(fa('DELETE', '{FUSIONAUTH_URL}/api/{what}/bulk'), '~DELETE /api/{what}/bulk');
  assert.is(fa('DELETE', '{FUSIONAUTH_URL}/api/user/{what}'), 'DELETE /api/user/{userId}');
});

test('a partly unknown segment must be compatible', () => {
  assert.is(fa('GET', '{FUSIONAUTH_URL}/api/identity-{x}/search'), 'GET /api/identity-provider/search');
  assert.is(fa('GET', '{FUSIONAUTH_URL}/api/user-{x}'), '~GET /api/user-{x}');
  assert.is(fa('GET', '{FUSIONAUTH_URL}/api/zzz-{x}'), 'none');
  assert.is(fa('GET', '{FUSIONAUTH_URL}/api/user/usr-{x}'), 'GET /api/user/{userId}');
});

test('an unknown method: what all methods agree on', () => {
  assert.is(fa('{method}', '{FUSIONAUTH_URL}/api/group/{id}'), '~* /api/group/{groupId}');
  assert.is(fa('{method}', '{FUSIONAUTH_URL}/api/user'), 'ambiguous');
  assert.is(fa('{method}', '{FUSIONAUTH_URL}/api/health'), 'GET /api/health');
  assert.is(fa('{method}', '{FUSIONAUTH_URL}/api/ip-acl/{id}'), '~* /api/ip-acl/{id}');
});

test('an open path: what all operations below it agree on', () => {
  assert.is(fa('GET', '{FUSIONAUTH_URL}{path}'), 'ambiguous');
  assert.is(fa('GET', '{FUSIONAUTH_URL}/api/{rest}', true), 'ambiguous');
  assert.is(
    fa('GET', '{FUSIONAUTH_URL}/api/scim/resource/v2/{rest}', true),
    '~GET /api/scim/resource/v2/{rest}',
  );
  assert.is(wf('GET', '/api/v3/scenarios{rest}', true), '~GET /api/v3/scenarios{rest}');
  assert.is(wf('GET', '{path}', true), 'ambiguous');
  assert.is(wf('GET', '/elsewhere/{rest}', true), 'none');
  // Known to its end, yet open: it may go on.
  assert.is(wf('GET', '/api/v3/keys', true), '~GET /api/v3/keys');
});

test('an unknown base URL may hold the beginning of the path', () => {
  assert.is(fa('GET', '{FUSIONAUTH_URL}/{context}/api/user/{id}'), 'GET /api/user/{userId}');
  assert.is(
    fa('GET', '{FUSIONAUTH_URL}/{tenant}/.well-known/openid-configuration'),
    'GET /{tenantId}/.well-known/openid-configuration',
  );
  assert.is(fa('POST', '{PAYPAL}/v1/oauth2/token'), 'none');
  assert.is(fa('GET', 'http://localhost:9011/{context}/api/user/{id}'), 'none');
});

test('a configured base URL goes before the path', () => {
  const url = 'https://id.example.com/fa/api/user/{id}';
  assert.is(matched(fusionauth, 'GET', url), 'none');
  assert.is(matched(fusionauth, 'GET', url, false, 1), 'GET /api/user/{userId}');
});

test('Cloud Manager, deep', () => {
  const url =
    'https://cloudmanager.adobe.io/api/program/{p}/pipeline/{i}/execution/{e}/phase/{h}/step/{s}/cancel';
  assert.is(
    matched(cloudManager, 'PUT', url),
    'PUT /api/program/{programId}/pipeline/{pipelineId}/execution/{executionId}/phase/{phaseId}/step/{stepId}/cancel',
  );
});

function retired(contract: Contract, method: string, url: string, pathOpen?: boolean): string | undefined {
  return retiredEndpoint(contract, request({ method, url, ...(pathOpen !== undefined && { pathOpen }) }))
    ?.path;
}

const old = (method: string, path: string, pathOpen?: boolean) =>
  retired(workfrontFusion, method, `https://fusion.adobe.io/api/v3${path}`, pathOpen);

test('the organization in the route of the activity logs', () => {
  assert.is(old('GET', '/activity-logs/12345'), '/api/v3/activity-logs/{orgId}');
  assert.is(old('GET', '/activity-logs/{orgId}'), '/api/v3/activity-logs/{orgId}');
  assert.is(old('GET', '/activity-logs/{orgId}/'), '/api/v3/activity-logs/{orgId}');
  assert.is(old('GET', '/activity-logs/{id}/export'), '/api/v3/activity-logs/{orgId}/export');
  assert.is(old('GET', '/activity-logs/12345/export'), '/api/v3/activity-logs/{orgId}/export');
  assert.is(old('{method}', '/activity-logs/{id}'), '/api/v3/activity-logs/{orgId}');
  assert.is(
    retired(workfrontFusion, 'GET', '{FUSION_API_URL}/api/v3/activity-logs/{id}'),
    '/api/v3/activity-logs/{orgId}',
  );
});

test('the present routes of the activity logs, and what may be one', () => {
  assert.is(old('GET', '/activity-logs'), undefined);
  assert.is(old('GET', '/activity-logs/'), undefined);
  assert.is(old('GET', '/activity-logs/export'), undefined);
  assert.is(old('GET', '/activity-logs/{suffix}'), undefined);
  assert.is(old('GET', '/activity-logs/exp{x}'), undefined);
  assert.is(old('GET', '/activity-logs/org-{x}'), '/api/v3/activity-logs/{orgId}');
  assert.is(old('GET', '/{what}/12345'), undefined);
  assert.is(old('GET', '/activity-logs{rest}', true), undefined);
  assert.is(old('GET', '/activity-logs/{rest}', true), undefined);
  assert.is(old('POST', '/activity-logs/{orgId}'), undefined);
  assert.is(old('GET', '/scenarios/{id}'), undefined);
});

test('the JWT exchange of IMS', () => {
  const host = 'https://ims-na1.adobelogin.com';
  assert.is(retired(adobeIms, 'POST', `${host}/ims/exchange/jwt`), '/ims/exchange/jwt');
  assert.is(retired(adobeIms, 'POST', `${host}/ims/exchange/jwt/`), '/ims/exchange/jwt');
  assert.is(retired(adobeIms, '{method}', `${host}/ims/exchange/jwt`), '/ims/exchange/jwt');
  assert.is(retired(adobeIms, 'POST', `${host}/ims/token/v3`), undefined);
  assert.is(retired(adobeIms, 'POST', `${host}/ims/exchange/{kind}`), undefined);
  assert.is(retired(adobeIms, 'POST', `${host}{path}`), undefined);
});

const own = ownContract('notes', {
  title: 'Notes',
  hosts: ['notes.example.com'],
  headers: { Authorization: { value: 'a token' }, 'X-Team': { value: 'your team' } },
  endpoints: {
    'GET /notes': {},
    'POST /notes': { headers: { 'X-Once': { value: 'a random id' } } },
    'GET /notes/me': {},
    'GET /notes/{id}.json': {},
    'GET /notes/v{version}/raw': {},
    'GET /status': { without: ['authorization'] },
  },
  retiredEndpoints: {
    'DELETE /notes': { replacement: 'DELETE /notes/{id}' },
    '* /notes/{id}': { replacement: 'GET /notes/{id}.json' },
    'GET /drafts/{name}': { replacement: 'GET /notes' },
  },
});

test('a segment that is a parameter in part', () => {
  const of = (path: string) => matched(own, 'GET', `https://notes.example.com${path}`);
  assert.is(of('/notes/7.json'), 'GET /notes/{id}.json');
  assert.is(of('/notes/{id}.json'), 'GET /notes/{id}.json');
  assert.is(of('/notes/7.html'), 'none');
  assert.is(of('/notes/{id}.html'), 'none');
  assert.is(of('/notes/{name}'), '~GET /notes/{name}');
  assert.is(of('/notes/v2/raw'), 'GET /notes/v{version}/raw');
  assert.is(of('/notes/x2/raw'), 'none');
});

test('a withdrawn operation, where another method of its path lives on, or a word may be meant', () => {
  const of = (method: string, path: string) => retired(own, method, `https://notes.example.com${path}`);
  assert.is(of('DELETE', '/notes'), '/notes');
  assert.is(of('GET', '/notes'), undefined);
  assert.is(of('{method}', '/notes'), undefined);
  assert.is(of('GET', '/notes/7'), '/notes/{id}');
  assert.is(of('GET', '/notes/me'), undefined);
  assert.is(of('GET', '/notes/{who}'), undefined);
  assert.is(of('GET', '/notes/{noteId}'), '/notes/{id}');
  assert.is(of('PUT', '/notes/{who}'), '/notes/{id}');
  assert.is(of('GET', '/drafts/{anything}'), '/drafts/{name}');
});

test('the headers of operations that ask for more or less than the others', () => {
  const of = (method: string, path: string) => {
    const { endpoint } = matchEndpoint(own, request({ method, url: `https://notes.example.com${path}` }));
    return requiredHeaders(own, endpoint)?.map(({ display }) => display);
  };
  assert.equal(of('GET', '/notes'), ['Authorization', 'X-Team']);
  assert.equal(of('POST', '/notes'), ['Authorization', 'X-Team', 'X-Once']);
  assert.equal(of('GET', '/status'), ['X-Team']);
  assert.is(of('{method}', '/notes'), undefined);
  assert.is(of('GET', '/not-listed'), undefined);
  const uniform = { ...own, endpoints: own.endpoints.filter(({ path }) => path !== '/status') };
  assert.equal(requiredHeaders(uniform, undefined), own.headers);
});

test('a path reaches the service when its first word is written there', () => {
  const reaches = (contract: Contract, url: string) => reachesPath(contract, request({ url }));
  assert.ok(reaches(fusionauth, '{X}/api/user/{id}'));
  assert.ok(reaches(fusionauth, '{X}/api/{rest}{more}'));
  assert.ok(reaches(fusionauth, '{X}/{tenant}/.well-known/openid-configuration'));
  assert.ok(reaches(adobeIms, '{X}/ims/exchange/jwt/'));
  assert.not(reaches(fusionauth, '{X}'));
  assert.not(reaches(fusionauth, '{X}{path}'));
  assert.not(reaches(fusionauth, '{X}/{a}/{b}'));
  assert.not(reaches(fusionauth, '{X}/api/me'));
  assert.not(reaches(fusionauth, '{X}/email/fusionauth/verify/{id}'));
});

test('the schemes that an operation takes', () => {
  const schemes = (contract: Contract, ...auth: AuthKind[]) =>
    [...schemesOf(contract, auth.length > 0 ? { method: 'GET', path: '/', auth } : undefined)].join();
  assert.is(schemes(fusionauth, 'api-key'), '');
  assert.is(schemes(fusionauth, 'api-key', 'jwt'), ',bearer,jwt');
  assert.is(schemesOf(fusionauth, { method: 'GET', path: '/', auth: ['none', 'oauth-client'] }).size, 0);
  assert.is(schemes(cloudManager), 'bearer', 'all operations are alike');
  assert.is(schemesOf(fusionauth, undefined).size, 0, 'they differ');
  assert.is(schemesOf({ ...cloudManager, endpoints: [] }, undefined).size, 0, 'there are none');
});

test('a header under a wrong name', () => {
  const sentFor = (contract: Contract, right: string, ...names: string[]) => {
    const headers = Object.fromEntries(names.map((name) => [name, '{value}']));
    const clause = [...contract.headers, ...(contract.optionalHeaders ?? [])].find(
      ({ name }) => name === right,
    );
    assert.ok(clause);
    return misnamed(clause, request({ url: 'https://fusion.adobe.io/api', headers }), contract)?.name;
  };
  assert.is(sentFor(workfrontFusion, 'x-organization-id', 'X-Organisation-Id'), 'x-organisation-id');
  assert.is(sentFor(workfrontFusion, 'x-organization-id', 'x-org-id'), 'x-org-id', 'a known mistake');
  assert.is(sentFor(workfrontFusion, 'x-organization-id', 'x-org-id', 'x-organization-id'), undefined);
  assert.is(
    sentFor(workfrontFusion, 'x-organization-id', 'x-gw-ims-org-id'),
    undefined,
    'a header of its own',
  );
  assert.is(sentFor(workfrontFusion, 'x-gw-region', 'x-request-id', 'accept'), undefined);
  assert.is(sentFor(cloudManager, 'x-gw-ims-org-id', 'x-gw-ims-orgid'), 'x-gw-ims-orgid');
  assert.is(sentFor(cloudManager, 'x-api-key', 'x-api_key'), 'x-api_key');
  assert.is(sentFor(fusionauth, 'authorization', 'Bearer'), 'bearer');
  assert.is(sentFor(fusionauth, 'authorization', 'Proxy-Authorization'), undefined);
  assert.is(sentFor(fusionauth, 'x-fusionauth-tenantid', 'X-FusionAuth-Tenant-Id'), 'x-fusionauth-tenant-id');
  assert.is(sentFor(fusionauth, 'x-fusionauth-tenantid', 'X-Tenant-Id'), undefined);
});

test.run();
