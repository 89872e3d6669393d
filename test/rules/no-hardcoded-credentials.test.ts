import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/no-hardcoded-credentials.ts';
import type { Text } from '../../src/request.ts';
import { literal, type RequestLike, request, type text } from '../support/request.ts';
import { at, judge, writtenAt } from './judge.ts';

const KEY = 'Kf83-not-a-real-key-0QzR';
const CLIENT_ID = 'f00dbabe'.repeat(4);

const call = (like: Omit<RequestLike, 'url'>) => ({
  request: request({ url: 'https://api.example.test/things', ...like }),
});
const authorization = (...values: (string | ReturnType<typeof text>)[]) =>
  judge(rule, call({ headers: { Authorization: { values } } }));

test('violation at the literal, masked', () => {
  const { verdicts, findings } = authorization(writtenAt(9, literal(KEY)));
  assert.is(verdicts[rule.id], 'violation');
  const [finding] = findings;
  assert.is(finding?.severity, 'error');
  assert.equal(finding?.location, at(9));
  assert.equal(finding?.related, [{ message: 'the call', location: at(1) }]);
  assert.match(finding?.message ?? '', 'The API key for Things stands in the code (Kf83…)');
  assert.not.match(JSON.stringify(findings), 'not-a-real');
});

test('violation behind a scheme', () => {
  assert.match(authorization(`Bearer ${KEY}`).findings[0]?.message ?? '', '(Bearer Kf83…)');
});

test('violation when the literal is only the fallback of an environment variable', () => {
  const { verdicts, findings } = authorization('{API_KEY}', KEY);
  assert.is(verdicts[rule.id], 'violation');
  assert.is(findings.length, 1);
});

test('violation: an access token is called so', () => {
  const [finding] = authorization('Bearer eyJmYWtl.eyJmYWtl.c2lnbmF0dXJl').findings;
  assert.match(finding?.message ?? '', 'The access token for Things');
});

test('violation in a form and in a query', () => {
  const fields = { client_secret: KEY };
  assert.is(judge(rule, call({ body: { kind: 'form', fields } })).verdicts[rule.id], 'violation');
  assert.match(
    judge(rule, call({ query: fields })).findings[0]?.message ?? '',
    'The client secret for Things',
  );
});

test('two secrets are two findings, the same one in two alternatives is one', () => {
  const two = [writtenAt(5, literal(KEY)), writtenAt(6, literal(`Zz${KEY}`))];
  assert.is(authorization(...two).findings.length, 2);
  const one = call({ headers: { Authorization: writtenAt(5, literal(KEY)) } });
  assert.is(judge(rule, [one, one]).findings.length, 1);
});

test('in a browser, the environment is no better place', () => {
  const runtime = { kind: 'browser', sign: { label: '`document`', location: at(3) } } as const;
  const headers = { Authorization: writtenAt(9, literal(KEY)) };
  const [finding] = judge(rule, { ...call({ headers }), runtime }).findings;
  assert.match(finding?.message ?? '', 'stands in code that ships to browsers, as `document` shows (Kf83…)');
  assert.not.match(finding?.message ?? '', 'environment');
  assert.equal(finding?.location, at(9));
});

test('a documented sample key is a warning', () => {
  const [finding] = authorization('Fake-documented-key-7').findings;
  assert.is(finding?.severity, 'warn');
  assert.match(finding?.message ?? '', 'its documentation prints (Fake…)');
});

test('a client id is a warning when it has the shape of one', () => {
  const of = (value: string) => judge(rule, call({ headers: { 'X-Key': value } }));
  assert.is(of(CLIENT_ID).findings[0]?.severity, 'warn');
  assert.is(of('some-readable-name-77').verdicts[rule.id], 'satisfied');
});

test('an application id sent as a key is not a credential', () => {
  for (const name of ['clientId', 'client_id', 'applicationId', 'FUSIONAUTH_APPLICATION_ID']) {
    assert.is(authorization(literal(KEY, [name, 'config'])).verdicts[rule.id], 'satisfied', name);
  }
  assert.is(authorization(literal(KEY, ['apiKey'])).verdicts[rule.id], 'violation');
});

test('satisfied: values from outside, placeholders, text that is partly unknown', () => {
  for (const value of [
    '{API_KEY}',
    'Bearer {token}',
    'YOUR_API_KEY',
    'Example-of-the-docs-9',
    `${KEY}{suffix}`,
  ]) {
    assert.is(authorization(value).verdicts[rule.id], 'satisfied', value);
  }
  assert.is(authorization(literal('<API_KEY>')).verdicts[rule.id], 'satisfied');
});

test('unknown: a value that callers give, and no caller is known', () => {
  const given: Text = {
    parts: [
      { literal: 'Bearer ' },
      {
        unknown: {
          reason: 'parameter "token" of load()',
          name: 'token',
          names: ['token'],
          from: 'parameter',
        },
      },
    ],
    trace: [],
    names: [],
  };
  const { unknowns } = authorization(given, '{API_KEY}');
  assert.is(unknowns[rule.id], 'the value of authorization is not known: parameter "token" of load()');
  assert.is(authorization(given, KEY).verdicts[rule.id], 'violation');
  // A client id is not secret, so it does not matter who gives it.
  assert.is(judge(rule, call({ headers: { 'X-Key': given } })).verdicts[rule.id], 'satisfied');
});

test('silent where no credential is sent', () => {
  assert.equal(judge(rule, call({ headers: { Accept: KEY } })).verdicts, {});
  assert.equal(judge(rule, call({ headersOpen: 'spread' })).verdicts, {});
});

test.run();
