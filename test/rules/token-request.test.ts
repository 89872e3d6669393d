import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/token-request.ts';
import type { Endpoint } from '../../src/contracts/contract.ts';
import { type RequestLike, request } from '../support/request.ts';
import { judge } from './judge.ts';

const endpoint: Endpoint = { method: 'POST', path: '/token', auth: ['oauth-client'], body: 'form' };
const all = {
  grant_type: 'client_credentials',
  client_id: '{CLIENT_ID}',
  client_secret: '{CLIENT_SECRET}',
  scope: 'openid',
};

const call = (like: Omit<RequestLike, 'url' | 'method'>, more = {}) =>
  judge(rule, {
    request: request({ method: 'POST', url: 'https://api.example.test/token', ...like }),
    endpoint,
    ...more,
  });

const said = (like: Omit<RequestLike, 'url' | 'method'>, more = {}) =>
  call(like, more).findings.map((finding) => [finding.severity, finding.message]);

const label = (type: string) => ({ 'Content-Type': type });

test('satisfied: a form with everything that the grant needs', () => {
  assert.equal(call({ body: { kind: 'form', fields: all } }).satisfied, {
    [rule.id]:
      'the body is a form; grant_type is sent; client_id is sent; client_secret is sent; scope is sent',
  });
});

test('violation: JSON, whatever its label', () => {
  const message =
    'Things reads a form at /token, and this call sends JSON, in which it finds no parameter. Send `new URLSearchParams({ … })` as the body.';
  assert.equal(said({ body: { kind: 'json', fields: all } }), [['error', message]]);
  const headers = label('application/x-www-form-urlencoded');
  assert.equal(said({ headers, body: { kind: 'json', open: 'config' } }), [['error', message]]);
});

test('violation: a form under another label', () => {
  const body = { kind: 'form', fields: all } as const;
  assert.equal(said({ headers: label('application/json; charset=utf-8'), body }), [
    [
      'error',
      'Things reads a form at /token, and this call labels its form application/json. Leave the header Content-Type out: `new URLSearchParams({ … })` as the body brings the right one.',
    ],
  ]);
  for (const type of ['application/x-www-form-urlencoded', '{type}'])
    assert.equal(said({ headers: label(type), body }), [], type);
  const some = { 'Content-Type': { presence: 'sometimes', values: ['application/json'] } } as const;
  assert.equal(said({ headers: some, body }), []);
});

test('a warning: FormData under a label that hides the boundary', () => {
  const body = { kind: 'multipart', fields: all } as const;
  assert.equal(said({ headers: label('application/x-www-form-urlencoded'), body }), [
    [
      'warn',
      'This call of Things sends FormData, which goes out as multipart, under the label application/x-www-form-urlencoded: nothing tells the boundary between the parts, without which /token cannot read them. Send `new URLSearchParams({ … })` as the body, without the header Content-Type.',
    ],
  ]);
  assert.is(call({ body }).verdicts[rule.id], 'satisfied');
  assert.is(call({ headers: label('{type}'), body }).verdicts[rule.id], 'satisfied');
});

test('a warning: a secret in the URL', () => {
  const { client_secret, ...rest } = all;
  assert.equal(said({ query: { client_secret }, body: { kind: 'form', fields: rest } }), [
    [
      'warn',
      'The client secret for Things is in the URL of this call, and URLs are written to logs. Send client_secret in the body.',
    ],
  ]);
  assert.equal(said({ queryOpen: 'parameter "query"', body: { kind: 'form', fields: all } }), []);
});

test('all parameters in the query, and a body that has none', () => {
  assert.is(call({ query: all, body: { kind: 'json' } }).findings.length, 1);
  assert.is(call({ query: all, body: { kind: 'json', fields: { note: 'x' } } }).findings.length, 1);
  assert.is(call({ query: all, body: { kind: 'json', fields: { grant_type: 'x' } } }).findings.length, 2);
});

test('violation: a parameter that the grant needs is not sent', () => {
  const { scope: _, ...withoutScope } = all;
  assert.equal(said({ body: { kind: 'form', fields: withoutScope } }), [
    ['error', 'Things rejects this call: /token needs scope for a request like this. Send it in the body.'],
  ]);
  assert.match(
    said({ body: { kind: 'form', fields: { client_id: 'x', grant_type: 'client_credentials' } } })[0]?.[1] ??
      '',
    'needs client_secret and scope for',
  );
  assert.match(
    said({ body: { kind: 'form', fields: { client_id: 'x' } } })[0]?.[1] ?? '',
    'needs grant_type ',
  );
});

test('no secret is missing for other grants, unknown grants, and Basic', () => {
  for (const grant_type of ['authorization_code', 'refresh_token', '{grantType}'])
    assert.equal(said({ body: { kind: 'form', fields: { grant_type, client_id: 'x' } } }), [], grant_type);
  const { client_id: _, client_secret: __, ...without } = all;
  const body = { kind: 'form', fields: without } as const;
  assert.equal(said({ headers: { Authorization: 'Basic {credentials}' }, body }), []);
  assert.is(call({ headersOpen: 'spread of "options"', body }).verdicts[rule.id], 'unknown');
});

test('unknown: how the body is encoded, and what it holds', () => {
  const { unknowns } = call({ body: { kind: 'unknown', open: 'parameter "body"' } });
  assert.is(unknowns[rule.id], 'how the body is encoded is not known: parameter "body"');
  assert.is(call({ body: { kind: 'text', open: 'a body given as text' } }).verdicts[rule.id], 'unknown');
  const { scope: _, ...withoutScope } = all;
  const open = call({ body: { kind: 'form', fields: withoutScope, open: 'spread of "options"' } });
  assert.is(open.unknowns[rule.id], 'scope may be sent or not: spread of "options"');
});

test('silent: no body that is seen, and other operations', () => {
  assert.equal(call({}).verdicts, {});
  const json = { body: { kind: 'json', fields: all } } as const;
  assert.equal(call(json, { endpoint: undefined }).verdicts, {});
  assert.equal(call(json, { endpoint: { ...endpoint, body: undefined } }).verdicts, {});
  assert.equal(call(json, { endpoint: { ...endpoint, auth: ['api-key'] } }).verdicts, {});
});

test.run();
