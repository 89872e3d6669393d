import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adobeIms } from '../../src/contracts/adobe-ims.ts';
import { cloudManager } from '../../src/contracts/cloud-manager.ts';
import type { Contract } from '../../src/contracts/contract.ts';
import { fusionauth } from '../../src/contracts/fusionauth.ts';
import { contracts } from '../../src/contracts/index.ts';
import { unlistedOperation } from '../../src/contracts/unlisted.ts';
import { workfrontFusion } from '../../src/contracts/workfront-fusion.ts';
import { request } from '../support/request.ts';

/** The methods of the same path, or the nearest operation; `no other` for neither, undefined when silent. */
function unlisted(contract: Contract, method: string, url: string, basePath?: number): string | undefined {
  const found = unlistedOperation(contract, request({ method, url }), basePath);
  if (!found) return undefined;
  if (found.others.length > 0) return found.others.map((each) => each.method).join();
  return found.nearest ? `${found.nearest.method} ${found.nearest.path}` : 'no other';
}

const fa = (method: string, path: string) => unlisted(fusionauth, method, `http://localhost:9011${path}`);
const wf = (method: string, path: string) =>
  unlisted(workfrontFusion, method, `https://fusion.adobe.io${path}`);
const cm = (method: string, path: string) =>
  unlisted(cloudManager, method, `https://cloudmanager.adobe.io${path}`);

test('every operation of the lists is listed', () => {
  for (const contract of contracts) {
    for (const { method, path } of contract.endpoints) {
      const url = `https://example.test${path.replace(/\{\w+\}/g, '7')}`;
      assert.is(unlisted(contract, method, url), undefined, `${method} ${path}`);
      assert.is(unlisted(contract, method, `https://example.test${path}/`), undefined, `${method} ${path}/`);
      assert.is(unlisted(contract, '{method}', url), undefined, `{method} ${path}`);
    }
  }
});

test('another method of the same path', () => {
  assert.is(cm('POST', '/api/program/{programId}/pipeline/{pipelineId}/execution'), 'GET,PUT');
  assert.is(fa('PUT', '/api/passwordless/start'), 'POST');
  assert.is(wf('PUT', '/api/v3/folders/7'), 'DELETE,PATCH');
});

test('a slip in one segment', () => {
  assert.is(fa('GET', '/api/users/{userId}'), 'GET /api/user/{userId}');
  assert.is(fa('POST', '/api/passwordles/start'), 'POST /api/passwordless/start');
  assert.is(wf('GET', '/api/v3/scenario/{scenarioId}'), 'GET /api/v3/scenarios/{scenarioId}');
  assert.is(cm('GET', '/api/program/{programId}/Pipelines'), 'GET /api/program/{programId}/pipelines');
});

test('a segment that is missing or too many', () => {
  assert.is(
    wf('POST', '/api/v3/scenarios/{scenarioId}/clone/now'),
    'POST /api/v3/scenarios/{scenarioId}/clone',
  );

  assert.is(fa('POST', '/api/passwordless'), 'POST /api/passwordless/login');
  const pipeline = '/api/program/{programId}/pipeline/{pipelineId}';
  assert.is(cm('PATCH', '/api/program/{programId}/{pipelineId}'), `PATCH ${pipeline}`);
});

test('nothing near', () => {
  assert.is(wf('GET', '/api/v3/blueprints/latest/of/all'), 'no other');
  assert.is(wf('{method}', '/api/v3/blueprints/latest/of/all'), 'no other');
});

test('silent where an unknown part may be anything', () => {
  assert.is(wf('GET', '/api/v3/{resource}/stats'), undefined);
  assert.is(wf('GET', '/api/v3/{idPath}/stats'), undefined);
  assert.is(fa('GET', '/api/{path}'), undefined);
  assert.is(fa('GET', '{path}'), undefined);
  assert.is(fa('GET', '/api/people/{what}'), 'no other');
});

test('silent on what is not listed: pages, files, OAuth, SCIM, other versions, questions for methods', () => {
  for (const path of [
    '/',
    '/api',
    '/admin/user/manage/7',
    '/password/forgot',
    '/oauth2/logout',
    '/css/fusionauth-style.css',
    '/api/scim/resource/v2/Groups',
  ])
    assert.is(fa('GET', path), undefined, path);
  assert.is(fa('OPTIONS', '/api/people'), undefined);
  assert.is(fa('HEAD', '/api/people'), undefined);
  assert.is(wf('GET', '/api/v4/scenarios'), undefined);
  assert.is(unlisted(adobeIms, 'GET', 'https://ims-na1.adobelogin.com/ims/profile/v1'), undefined);
});

test('silent on withdrawn operations, of which other rules speak', () => {
  assert.is(wf('GET', '/api/v3/activity-logs/912'), undefined);
  assert.is(wf('GET', '/api/v3/activity-logs/{x}/export'), undefined);
});

test('a path before the service', () => {
  // Nobody said so: the path is not below /api.
  assert.is(fa('GET', '/auth/api/people'), undefined);
  assert.is(unlisted(fusionauth, 'GET', 'https://id.example.test/auth/api/people', 1), 'no other');
  assert.is(unlisted(fusionauth, 'GET', 'https://id.example.test/auth/api/user/search', 1), undefined);
});

test.run();
