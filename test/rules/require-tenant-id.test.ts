import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/require-tenant-id.ts';
import type { Endpoint } from '../../src/contracts/contract.ts';
import { type RequestLike, request } from '../support/request.ts';
import { judge, contract as things } from './judge.ts';

const contract = {
  ...things,
  optionalHeaders: [{ name: 'x-tenant-id', display: 'X-Tenant-Id', value: 'the id of the tenant' }],
  tenancy: {
    header: 'x-tenant-id',
    field: 'tenant',
    missing: { status: 400, code: 'TenantRequired' },
    forbidden: { status: 401 },
  },
};

type Operation = Pick<Endpoint, 'method' | 'tenant' | 'tenantWith'>;

function said(operation: Operation, like: Partial<RequestLike> = {}, multiTenant = true) {
  const call = request({ url: 'https://api.example.test/things', method: operation.method, ...like });
  const endpoint: Endpoint = { path: '/things', auth: ['api-key'], ...operation };
  return judge(rule, { request: call, contract, endpoint, multiTenant });
}

const verdict = (...given: Parameters<typeof said>) => said(...given).verdicts[rule.id];
const message = (...given: Parameters<typeof said>) => said(...given).findings[0]?.message;

const needed: Operation = { method: 'POST', tenant: 'needed' };
const forbidden: Operation = { method: 'GET', tenant: 'forbidden' };
const byName: Operation = { method: 'GET', tenant: 'sometimes', tenantWith: ['name', 'email'] };
const byBody: Operation = { method: 'POST', tenant: 'sometimes', tenantWith: ['login'] };
const sent = { headers: { 'X-Tenant-Id': '{TENANT}' } };

test('silent unless there are several tenants', () => {
  assert.equal(said(needed, {}, false).verdicts, {});
  assert.equal(said({ method: 'GET' }).verdicts, {}, 'the operation asks for none');
  const { tenancy: _, ...without } = contract;
  assert.equal(judge(rule, { contract: without, multiTenant: true }).verdicts, {});
});

test('an operation of which the tenant cannot be inferred', () => {
  assert.is(
    message(needed),
    'Things rejects this call (400, error TenantRequired): X-Tenant-Id is not sent, and with several tenants POST /things does not tell which one is meant. Send the id of the tenant.',
  );
  assert.is(verdict(needed, sent), 'satisfied');
});

test('the field of the body does not replace the header', () => {
  assert.is(
    message(needed, { body: { kind: 'json', fields: { tenant: '{TENANT}' } } }),
    'Things rejects this call (400, error TenantRequired): X-Tenant-Id is not sent, and the field tenant of the body does not replace it. Send the id of the tenant in the header too.',
  );
});

test('an operation that goes over all tenants', () => {
  assert.is(
    message(forbidden, sent),
    'Things rejects GET /things with X-Tenant-Id (401): it goes over all tenants. Leave the header out.',
  );
  assert.is(verdict(forbidden), 'satisfied');
  assert.is(verdict(forbidden, { headersOpen: 'spread of "options"' }), 'unknown');
});

test('needed with some parameters', () => {
  assert.is(verdict(byName, { query: { email: '{email}' } }), 'violation');
  assert.is(verdict(byName, { query: { id: '{id}' } }), 'satisfied', 'none of them');
  assert.is(verdict(byName, { query: { email: '{email}' }, ...sent }), 'satisfied');
  assert.is(
    said(byName, { queryOpen: 'spread of "query"' }).unknowns[rule.id],
    'X-Tenant-Id is needed with name, email, which may be sent or not',
  );
  assert.is(verdict(byBody, { query: { login: '{login}' } }), 'satisfied', 'it is a field of the body');
  assert.is(verdict(byBody, { body: { kind: 'json', fields: { login: '{login}' } } }), 'violation');
});

test('a header that may be sent is unknown', () => {
  const headers = {
    'X-Tenant-Id': { presence: 'sometimes', values: ['{TENANT}'], reason: 'set below an if' },
  } as const;
  assert.is(said(needed, { headers }).unknowns[rule.id], 'X-Tenant-Id may be sent or not: set below an if');
  assert.is(verdict(forbidden, { headers }), 'unknown');
});

test('under a mistyped name, another rule tells', () => {
  assert.equal(said(needed, { headers: { 'X-TenantId': '{TENANT}' } }).verdicts, {});
});

test.run();
