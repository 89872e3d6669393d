import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/no-credentials-in-browser.ts';
import type { Runtime } from '../../src/request.ts';
import { literal, type RequestLike, request, text } from '../support/request.ts';
import { at, judge, writtenAt } from './judge.ts';

const browser: Runtime = { kind: 'browser', sign: { label: '`"use client"`', location: at(1) } };
const server: Runtime = { kind: 'server', sign: { label: '`"use server"`', location: at(1) } };

const sends = (like: Omit<RequestLike, 'url'>, runtime: Runtime = { kind: 'unknown' }) =>
  judge(rule, { request: request({ url: 'https://api.example.test/things', ...like }), runtime });
const key = (value: string | ReturnType<typeof text>, runtime?: Runtime) =>
  sends({ headers: { Authorization: value } }, runtime);
const secret = (value: string, runtime?: Runtime) =>
  sends({ body: { kind: 'form', fields: { client_secret: value } } }, runtime);

test('violation: the name of the variable is enough, wherever it is read', () => {
  for (const variable of [
    'NEXT_PUBLIC_API_KEY',
    'VITE_API_KEY',
    'REACT_APP_API_KEY',
    'EXPO_PUBLIC_API_KEY',
    'NUXT_PUBLIC_API_KEY',
    'GATSBY_API_KEY',
    'VUE_APP_API_KEY',
    'PUBLIC_API_KEY',
  ]) {
    const { verdicts, findings } = key(`{${variable}}`);
    assert.is(verdicts[rule.id], 'violation', variable);
    assert.match(findings[0]?.message ?? '', `is read from ${variable}`);
  }
});

test('violation at the place where the variable is read', () => {
  const [finding] = key(writtenAt(7, text('{VITE_API_KEY}'))).findings;
  assert.equal(finding?.location, at(7));
  assert.equal(finding?.related, [{ message: 'the call', location: at(1) }]);
});

test('violation: a call in a browser, with the sign of it', () => {
  const { verdicts, findings } = key('{API_KEY}', browser);
  assert.is(verdicts[rule.id], 'violation');
  assert.match(findings[0]?.message ?? '', 'The API key for Things (API_KEY)');
  assert.match(findings[0]?.message ?? '', 'as `"use client"` shows');
});

test('a key that may ship is a warning, a client secret and a token are not', () => {
  assert.is(key('{VITE_API_KEY}').findings[0]?.severity, 'warn');
  assert.is(key('{API_KEY}', browser).findings[0]?.severity, 'warn');
  assert.is(secret('{VITE_SECRET}').findings[0]?.severity, 'error');
  assert.is(secret('{SECRET}', browser).findings[0]?.severity, 'error');
  assert.match(secret('{SECRET}', browser).findings[0]?.message ?? '', 'The client secret for Things');
});

test('on a server, the name is a warning', () => {
  assert.is(secret('{VITE_SECRET}', server).findings[0]?.severity, 'warn');
});

test('a token of the environment is called so', () => {
  assert.match(key('Bearer {VITE_TOKEN}').findings[0]?.message ?? '', 'The access token for Things');
});

test('satisfied on a server', () => {
  const { verdicts, satisfied } = key('{API_KEY}', server);
  assert.is(verdicts[rule.id], 'satisfied');
  assert.is(satisfied[rule.id], 'the API key stays on a server (`"use server"`)');
});

test('unknown in a browser when the value could be anybody’s', () => {
  assert.is(key('{apiKey}', browser).verdicts[rule.id], 'unknown');
  assert.is(secret('{secret}', browser).verdicts[rule.id], 'unknown');
});

test('silent: no sign of a browser, no credential, a token of a user, a public id, a literal', () => {
  assert.equal(key('{API_KEY}').verdicts, {});
  assert.equal(key('{apiKey}').verdicts, {});
  assert.equal(sends({}, browser).verdicts, {});
  assert.equal(sends({ headers: { 'X-Key': '{VITE_CLIENT_ID}' } }, browser).verdicts, {});
  assert.equal(key('Bearer {token}', browser).verdicts, {});
  assert.equal(key('{VITE_APPLICATION_ID}').verdicts, {});
  assert.equal(key(literal('Kf83-not-a-real-key-0QzR'), browser).verdicts, {});
});

test.run();
