import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printFields, printRequests } from '../support/calls.ts';

// Predicted from n8n's source, for it needs a workflow to run; see the comment in src/clients/n8n.ts.

function requestOf(call: string) {
  const [found] = callsIn(`import type { IExecuteFunctions } from 'n8n-workflow';
export async function execute(this: IExecuteFunctions) {
  return this.helpers.${call};
}`);
  return { request: onlyRequest(found), printed: found && printRequests(found) };
}

test('parameters without a value: undefined is left out, null is empty', () => {
  const { printed } = requestOf(
    `httpRequest({ baseURL: 'https://h.example/v1', url: '/a', qs: { a: 1, b: undefined, c: null } })`,
  );
  assert.equal(printed, ['GET https://h.example/v1/a?a=1&c=']);
});

test('headers without a value are left out, as by axios', () => {
  const { request } = requestOf(
    `httpRequest({ url: 'https://h.example/a', headers: { 'X-A': 'one', 'X-B': undefined, 'X-C': null, 'X-D': false } })`,
  );
  assert.equal(printFields(request.headers), { 'x-a': 'one' });
});

test('the older helper takes an address and options, or uri', () => {
  assert.equal(requestOf(`request('https://h.example/a', { method: 'PUT' })`).printed, [
    'PUT https://h.example/a',
  ]);
  assert.equal(
    requestOf(`request({ uri: 'https://h.example/a', form: { a: 1 } })`).request.body.kind,
    'form',
  );
});

test('a header for forms makes the body one', () => {
  const { request } = requestOf(
    `httpRequest({ method: 'POST', url: 'https://h.example/a', headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: { a: 1 } })`,
  );
  assert.is(request.body.kind, 'form');
});

test('a credential may add headers and parameters', () => {
  const { request } = requestOf(
    `httpRequestWithAuthentication.call(this, 'fusionApi', { url: 'https://h.example/a' })`,
  );
  assert.match(request.headers.open ?? '', /the credential fusionApi/);
  assert.match(request.query.open ?? '', /the credential fusionApi/);
});

test('the paginated helper is given its credential behind the options', () => {
  const { request, printed } = requestOf(
    `requestWithAuthenticationPaginated.call(this, { uri: 'https://h.example/a' }, 0, { continue: true, request: { qs: { page: 2 } } }, 'fusionApi')`,
  );
  assert.equal(printed, ['GET https://h.example/a']);
  assert.match(request.headers.open ?? '', /the credential fusionApi/);
  assert.match(request.query.open ?? '', /the credential fusionApi/);
});

test.run();
