import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { adobeCloudManager } from '../../src/clients/adobe-cloud-manager.ts';
import { ts } from '../../src/syntax/ts.ts';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

const INIT = `import { init } from '@adobe/aio-lib-cloudmanager';
const client = await init('1234@AdobeOrg', process.env.KEY, process.env.TOKEN);
`;

const HOST = 'https://cloudmanager.adobe.io';

function lastRequest(code: string) {
  return onlyRequest(callsIn(INIT + code).at(-1));
}

test('init() is the call site of the credentials', () => {
  const [call, ...others] = callsIn(INIT);
  assert.equal(others, []);
  assert.is(call?.draft.service, 'cloud-manager');
  assert.is(call?.draft.constructs, true);
  const request = onlyRequest(call);
  assert.is(request.host, 'cloudmanager.adobe.io');
  assert.equal(printFields(request.headers), {
    'x-gw-ims-org-id': '1234@AdobeOrg',
    'x-api-key': '{KEY}',
    authorization: 'Bearer {TOKEN}',
  });
});

test('is known however it is imported, and however its promise is used', () => {
  for (const code of [
    `const sdk = require('@adobe/aio-lib-cloudmanager');
     async function main() { const client = await sdk.init('o', 'k', 't'); return client.listPrograms(); }`,
    `import sdk from '@adobe/aio-lib-cloudmanager';
     sdk.init('o', 'k', 't').then((client) => client.listPrograms());`,
    `import * as sdk from '@adobe/aio-lib-cloudmanager';
     const make = () => sdk.init('o', 'k', 't');
     const client = await make();
     client.listPrograms();`,
  ]) {
    const call = callsIn(code).at(-1);
    assert.equal(call && printRequests(call), [`GET ${HOST}/api/programs`], code);
  }
});

test('a base URL takes the place of the default', () => {
  const of = (base: string) =>
    callsIn(`import { init } from '@adobe/aio-lib-cloudmanager';
      const client = await init('o', 'k', 't', ${base});
      client.listPrograms();`)
      .slice(1)
      .flatMap(printRequests);
  assert.equal(of(`'https://cloudmanager-stage.adobe.io'`), [
    'GET https://cloudmanager-stage.adobe.io/api/programs',
  ]);
  assert.equal(of(`''`), [`GET ${HOST}/api/programs`]);
  assert.equal(of('process.env.BASE'), ['GET {BASE}/api/programs']);
});

// By hand from the library's source and the Cloud Manager API reference: the paths that it writes itself.
const WRITTEN: readonly (readonly [call: string, request: string])[] = [
  ['listPrograms()', 'GET /api/programs'],
  [`listContentSets('p1')`, 'GET /api/program/p1/contentSets'],
  [`createContentSet('p1', { name: 'n' })`, 'POST /api/program/p1/contentSets'],
  [`getContentSet('p1', 's1')`, 'GET /api/program/p1/contentSet/s1'],
  [`updateContentSet('p1', 's1', { name: 'n' })`, 'PUT /api/program/p1/contentSet/s1'],
  [`deleteContentSet('p1', 's1')`, 'DELETE /api/program/p1/contentSet/s1'],
  [`createContentFlow('p1', 'e1', {})`, 'POST /api/program/p1/environment/e1/contentFlow'],
  [`getContentFlow('p1', 'f1')`, 'GET /api/program/p1/contentFlow/f1'],
  [`listContentFlows('p1')`, 'GET /api/program/p1/contentFlows'],
  [`cancelContentFlow('p1', 'f1')`, 'DELETE /api/program/p1/contentFlow/f1'],
];

test('a method with a path of its own is a call of that operation', () => {
  for (const [code, expected] of WRITTEN) {
    const [method, path] = expected.split(' ');
    const call = callsIn(`${INIT}client.${code};`).at(-1);
    assert.equal(call && printRequests(call), [`${method} ${HOST}${path}`], code);
    assert.not(onlyRequest(call).pathOpen, code);
  }
});

test('a method that follows links goes to the host, by a path that is open', () => {
  const request = lastRequest(`client.listPipelines('p1');`);
  assert.is(request.method, 'GET');
  assert.is(request.host, 'cloudmanager.adobe.io');
  assert.ok(request.pathOpen);

  const methods = (names: readonly string[]) =>
    names.map((name) => lastRequest(`client.${name}('p1', 'x1');`).method);
  assert.equal(methods(['deletePipeline', 'updatePipeline', 'setEnvironmentVariables', 'createExecution']), [
    'DELETE',
    'PATCH',
    'PATCH',
    'PUT',
  ]);
  const execution = lastRequest(`client.createExecution('p1', 'x1', 'EMERGENCY');`);
  assert.equal(printFields(execution.query), { pipelineExecutionMode: 'EMERGENCY' });
});

test('every call has the three headers', () => {
  assert.equal(printFields(lastRequest(`client.deleteProgram('p1');`).headers), {
    'x-gw-ims-org-id': '1234@AdobeOrg',
    'x-api-key': '{KEY}',
    authorization: 'Bearer {TOKEN}',
    accept: 'application/json',
  });
  const created = lastRequest(`client.createContentSet('p1', { name: 'n' });`);
  assert.is(printFields(created.headers)['content-type'], 'application/json');
  assert.is(created.body.kind, 'json');
});

test('a client by its type alone has what its maker gave it', () => {
  const [call] = callsIn(`import type { CloudManagerAPI } from '@adobe/aio-lib-cloudmanager';
    export const programs = (client: CloudManagerAPI) => client.listPrograms();`);
  assert.equal(call && printRequests(call), ['GET {baseUrl}/api/programs']);
});

test('has the methods of the installed library, and no others', () => {
  const file = new URL('../../node_modules/@adobe/aio-lib-cloudmanager/src/index.js', import.meta.url);
  const source = ts.createSourceFile('index.js', readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const cls = source.statements.find(ts.isClassDeclaration);
  const names = (cls?.members ?? []).map((member) => member.name?.getText() ?? '');
  const known = Object.keys(adobeCloudManager.library?.types?.CloudManagerAPI?.methods ?? {});
  assert.equal(known, names.filter((name) => !name.startsWith('_') && name !== 'init').sort());
});

test.run();
