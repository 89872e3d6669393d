import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/authorization-scheme.ts';
import type { AuthKind } from '../../src/contracts/contract.ts';
import type { Presence, Text } from '../../src/request.ts';
import { literal, request, type TextLike, text } from '../support/request.ts';
import { at, contract, endpoint, judge, writtenAt } from './judge.ts';

const TOKEN = 'eyJhbGciOiJub25lIn0.bm90LWEtcmVhbC10b2tlbg.bm90LWEtcmVhbA';

/** What is said of a value of Authorization on an operation that takes these. */
function said(value: TextLike, ...auth: AuthKind[]) {
  return judge(rule, {
    request: request({ url: 'https://api.example.test/things', headers: { Authorization: value } }),
    endpoint: { ...endpoint('/things'), auth },
  });
}

const verdict = (value: TextLike, ...auth: AuthKind[]) => said(value, ...auth).verdicts[rule.id];
const messages = (value: TextLike, ...auth: AuthKind[]) =>
  said(value, ...auth).findings.map(({ severity, message }) => `${severity}: ${message}`);

const answered = (...names: string[]): Text => ({
  parts: [{ unknown: { reason: 'the response', name: 'token', from: 'response', names } }],
  trace: [],
  names: [],
});

test('an API key behind Bearer', () => {
  assert.equal(messages('Bearer {THINGS_API_KEY}', 'api-key'), [
    'error: Things rejects this call (401): Authorization is `Bearer {THINGS_API_KEY}`, and an API key has no scheme in front. Send the key alone.',
  ]);
  assert.is(verdict('Bearer {config.apiKey}', 'api-key', 'jwt'), 'violation', 'where a JWT is taken too');
  assert.is(verdict('Bearer YOUR_API_KEY', 'api-key'), 'violation');
  assert.is(verdict('Bearer Fake-documented-key-7', 'api-key'), 'violation', 'a documented key');
});

test('an API key alone is right', () => {
  assert.is(verdict('{THINGS_API_KEY}', 'api-key'), 'satisfied');
  assert.is(verdict('Kf83-not-a-real-key', 'api-key', 'jwt'), 'satisfied');
});

test('of several names, the innermost that tells says what the value is', () => {
  assert.is(verdict('Bearer {apiKey.token}', 'api-key'), 'unknown', 'a token under the name of a key');
  assert.is(verdict('Bearer {token.apiKey}', 'api-key'), 'violation');
});

test('a warning where the operation works without', () => {
  assert.equal(messages('Bearer {apiKey}', 'api-key', 'none'), [
    'warn: Things does not read this credential: Authorization is `Bearer {apiKey}`, and an API key has no scheme in front. Send the key alone.',
  ]);
});

test('a scheme that the operation does not take', () => {
  assert.equal(messages('Token {token}', 'bearer'), [
    'error: Things rejects this call (401): Authorization is `Token {token}`, and this operation takes no such scheme. Send `Bearer` and the token.',
  ]);
  for (const value of ['JWT {token}', 'API-Key {key}', 'ApiKey {key}', 'Basic {credentials}'])
    assert.is(verdict(value, 'bearer'), 'violation', value);
  assert.is(verdict('Basic {credentials}', 'api-key'), 'violation');
  assert.is(verdict('Basic {credentials}', 'api-key', 'basic-api-key'), 'satisfied');
  assert.is(verdict('JWT {token}', 'jwt'), 'satisfied', 'the older form of a JWT');
});

test('a token without its scheme', () => {
  assert.equal(messages(TOKEN, 'bearer'), [
    'error: Things rejects this call (401): Authorization is `eyJh…`, a token without a scheme in front. Send `Bearer` and the token.',
  ]);
  assert.is(verdict(TOKEN, 'api-key', 'jwt'), 'violation');
  assert.is(verdict(answered('access_token'), 'bearer'), 'violation');
  assert.is(verdict(answered('header'), 'bearer'), 'unknown', 'a response may answer a whole header');
  assert.is(verdict('{access_token}', 'bearer'), 'unknown', 'a parameter may hold one');
});

test('a scheme twice, or without a space', () => {
  assert.match(messages('Bearer Bearer {token}', 'bearer')[0] ?? '', 'begins with its scheme twice');
  assert.match(messages('Bearer{token}', 'bearer')[0] ?? '', 'without a space after the scheme');
  assert.is(verdict('Bearer token', 'bearer'), 'satisfied', 'a stand-in that is a word for a scheme as well');
  assert.is(verdict('token{rest}', 'api-key'), 'satisfied', 'a key may begin like a scheme');
});

test('a scheme that fits is right, whatever stands behind it', () => {
  assert.is(verdict('Bearer {token}', 'bearer'), 'satisfied');
  assert.is(verdict('bearer {apiKey}', 'bearer'), 'satisfied', 'no key is taken here');
  assert.is(verdict('Bearer {token}', 'api-key', 'jwt'), 'satisfied');
});

test('unknown where the value decides and is not known', () => {
  assert.is(
    said('Bearer {token}', 'api-key').unknowns[rule.id],
    'an API key goes without a scheme, and what stands behind bearer may be one: parameter "token"',
  );
  assert.is(
    said('{header}', 'bearer').unknowns[rule.id],
    'the scheme of Authorization is not known: parameter "header"',
  );
  assert.is(said('DPoP {token}', 'jwt').unknowns[rule.id], 'what Things makes of the scheme DPoP');
  assert.is(verdict('{type} {token}', 'bearer'), 'unknown');
  assert.is(verdict(literal('{ACCESS_TOKEN}'), 'bearer'), 'unknown', 'a stand-in for a header');
});

test('silent where nothing is asked, nothing is sent or the operations differ', () => {
  assert.is(verdict('Bearer {apiKey}', 'none'), undefined);
  assert.is(verdict('Basic {credentials}', 'oauth-client'), undefined);
  assert.is(verdict('', 'bearer'), undefined);
  assert.is(verdict('Bearer ', 'bearer'), undefined);
  const call = request({ url: 'https://api.example.test/things', headers: { 'X-Key': '{key}' } });
  assert.equal(judge(rule, { request: call }).verdicts, {});
  const mixed = {
    ...contract,
    endpoints: [...contract.endpoints, { ...endpoint('/keys'), auth: ['api-key'] }],
  } as const;
  const sent = request({ url: 'https://api.example.test/x', headers: { Authorization: 'Token {token}' } });
  assert.equal(judge(rule, { request: sent, contract: mixed, endpoint: undefined }).verdicts, {});
  assert.is(
    judge(rule, { request: sent, endpoint: undefined }).verdicts[rule.id],
    'violation',
    'all are alike',
  );
});

test('where only some of the values are wrong, the one that is sent is not known', () => {
  const one = (values: string[], presence: Presence = 'always') => {
    const headers = { Authorization: { presence, values } };
    const call = request({ url: 'https://api.example.test/things', headers });
    return judge(rule, { request: call, endpoint: { ...endpoint('/things'), auth: ['api-key'] } });
  };
  assert.is(one(['Basic {credentials}', '{apiKey}']).verdicts[rule.id], 'unknown');
  assert.is(one(['Basic {credentials}', 'Token {token}']).verdicts[rule.id], 'violation');
  assert.is(one(['Bearer {apiKey}', '{apiKey}']).verdicts[rule.id], 'violation', 'right nowhere');
  assert.is(one(['Basic {credentials}'], 'sometimes').verdicts[rule.id], 'unknown');
});

test('reported where the scheme is written, a missing one where it is sent', () => {
  const [wrong] = said(writtenAt(7, text('Token {token}')), 'bearer').findings;
  assert.equal(wrong?.location, at(7));
  const [missing] = said(writtenAt(7, literal(TOKEN)), 'bearer').findings;
  assert.equal(missing?.location, at(1));
});

test.run();
