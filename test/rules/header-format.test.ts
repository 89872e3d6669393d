import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/header-format.ts';
import type { AuthKind } from '../../src/contracts/contract.ts';
import { type FieldLike, literal, request, text } from '../support/request.ts';
import { at, endpoint, judge, contract as things, writtenAt } from './judge.ts';

const [authorization, key, region] = things.headers;
if (!authorization || !key || !region) throw new Error('the made-up service has three headers');

const contract = {
  ...things,
  headers: [
    { ...authorization, mistakenNames: ['bearer'] },
    { ...key, format: { pattern: /^\d+$/, words: 'a number' } },
    region,
  ],
  optionalHeaders: [
    {
      name: 'x-tenant-id',
      display: 'X-Tenant-Id',
      value: 'the id of the tenant',
      format: { pattern: /@tenants$/, words: 'a tenant (`…@tenants`)' },
    },
  ],
};

function said(headers: Readonly<Record<string, FieldLike>>, ...auth: AuthKind[]) {
  const call = request({ url: 'https://api.example.test/things', headers });
  return judge(rule, {
    request: call,
    contract,
    endpoint: { ...endpoint('/things'), auth: auth.length > 0 ? auth : ['bearer'] },
  });
}

const verdict = (headers: Readonly<Record<string, FieldLike>>, ...auth: AuthKind[]) =>
  said(headers, ...auth).verdicts[rule.id];
const messages = (headers: Readonly<Record<string, FieldLike>>, ...auth: AuthKind[]) =>
  said(headers, ...auth).findings.map(({ severity, message }) => `${severity}: ${message}`);

test('a written value that has not the form', () => {
  assert.equal(messages({ 'X-Key': '8B1E4FA2@AdobeOrg' }), [
    'error: Things rejects this call (403, error 403000): X-Key is `8B1E4FA2@AdobeOrg`, and it takes a number. Send your client id.',
  ]);
  assert.match(
    messages({ 'X-Key': 'https://things.example.test' })[0] ?? '',
    '`https://things.example.test`',
  );
  assert.match(messages({ 'X-Key': 'Kf83-not-a-real-key' })[0] ?? '', '`Kf83…`');
  assert.is(verdict({ 'X-Tenant-Id': 'production-eu' }), 'violation', 'a header that may be left out');
});

test('satisfied when it has the form', () => {
  assert.equal(said({ 'X-Key': '482130' }).satisfied, { [rule.id]: 'X-Key has the form of a number' });
});

test('silent of what is not written, and of what has no form', () => {
  assert.equal(said({ 'X-Key': '{KEY}', Authorization: 'Bearer {token}', 'X-Region': 'moon' }).verdicts, {});
  assert.equal(said({}).verdicts, {});
});

test('a part of a value tells by itself only that it may be right', () => {
  assert.is(verdict({ 'X-Tenant-Id': '{name}@tenants' }), undefined);
  assert.is(
    said({ 'X-Key': 'key-{n}' }).unknowns[rule.id],
    'only a part of the value of X-Key is written in the code',
  );
});

test('a stand-in is unknown', () => {
  assert.is(said({ 'X-Key': 'YOUR_KEY' }).unknowns[rule.id], 'a stand-in is written for the value of X-Key');
  assert.is(verdict({ 'X-Key': literal('<your … here>') }), 'unknown', 'though a header cannot hold it');
});

test('a required header without a value', () => {
  assert.equal(messages({ 'X-Region': '' }), [
    'warn: Things rejects this call: X-Region is sent without a value. Send your region.',
  ]);
  assert.is(verdict({ Authorization: 'Bearer ' }), 'violation');
  assert.is(verdict({ 'X-Region': { presence: 'sometimes', values: [''] } }), undefined);
  assert.is(verdict({ 'X-Region': { values: ['', '{REGION}'] } }), undefined, 'only one of the values');
  assert.is(verdict({ Authorization: '' }, 'api-key', 'none'), undefined, 'the operation works without');
  assert.is(verdict({ 'X-Tenant-Id': '' }), undefined);
});

test('a required header that holds the text of nothing', () => {
  assert.equal(messages({ 'X-Region': 'null' }), [
    'warn: Things rejects this call: X-Region is the text `null`, which stands for a value that is missing. Send your region.',
  ]);
  for (const value of ['[object Object]', 'NaN'])
    assert.is(verdict({ 'X-Region': value }), 'violation', value);
  assert.is(verdict({ Authorization: 'Bearer null' }), 'violation');
  assert.is(verdict({ 'X-Region': 'undefined' }), undefined, 'no-misplaced-headers says so');
  assert.is(verdict({ Authorization: 'Bearer undefined' }), undefined);
  assert.is(verdict({ 'X-Region': 'null-island' }), undefined);
  assert.is(verdict({ 'X-Key': { values: ['null', '{KEY}'] } }), undefined, 'only one of the values');
});

test('a character that no header may hold', () => {
  assert.equal(messages({ 'X-Region': 'or\n2' }), [
    'error: The call fails before it is sent: the value of X-Region holds a character that no header may hold (a line break). Send your region.',
  ]);
  assert.match(messages({ 'X-Region': 'or–2' })[0] ?? '', '–, U+2013');
  assert.is(verdict({ 'X-Region': 'or2\r\n' }), undefined, 'clients trim the ends');
  assert.is(verdict({ 'X-Region': 'Zürich' }), undefined, 'Latin-1');
});

test('a mistyped name of a header that is not required', () => {
  assert.equal(messages({ 'X-TenantId': 'a@tenants' }), [
    'warn: Things does not read the header x-tenantid, so X-Tenant-Id is not sent. Rename it to X-Tenant-Id.',
  ]);
  assert.equal(messages({ Bearer: '{token}' }, 'api-key', 'none').length, 1);
  assert.equal(messages({ Bearer: '{token}' }, 'bearer'), [], 'required-headers says so');
  assert.equal(messages({ Bearer: '{token}' }, 'none'), [], 'nothing is read here');
  assert.equal(messages({ 'X-Tenant': 'a', 'X-Tenant-Id': 'a@tenants' }), [], 'the right one is sent too');
});

test('reported where the value is written', () => {
  const [finding] = said({ 'X-Key': writtenAt(7, text('Kf83-not-a-real-key')) }).findings;
  assert.equal(finding?.location, at(7));
});

test.run();
