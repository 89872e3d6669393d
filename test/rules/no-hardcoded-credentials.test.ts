import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/no-hardcoded-credentials.ts';
import type { Text } from '../../src/request.ts';
import { literal, type RequestLike, request, type text } from '../support/request.ts';
import { at, contract, judge, writtenAt } from './judge.ts';

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
  assert.equal(
    finding?.related.map(({ location }) => location.startLine),
    [1, 3],
  );
});

test('a server, and a sample that everyone knows, keep the usual advice', () => {
  const sign = { label: '`express`', location: at(3) };
  const headers = { Authorization: writtenAt(9, literal(KEY)) };
  const [finding] = judge(rule, { ...call({ headers }), runtime: { kind: 'server', sign } }).findings;
  assert.match(finding?.message ?? '', 'Read it from the environment');
  assert.is(finding?.related.length, 1);
  const sample = call({ headers: { Authorization: 'Fake-documented-key-7' } });
  const [known] = judge(rule, { ...sample, runtime: { kind: 'browser', sign } }).findings;
  assert.match(known?.message ?? '', 'its documentation prints');
});

test('what cannot be the credential of its place is none', () => {
  const format = { pattern: /^[\w-]+$/, words: 'a key' };
  const headers = contract.headers.map((each) =>
    each.name === 'authorization' ? { ...each, format } : each,
  );
  const verdict = (value: string) =>
    judge(rule, { ...call({ headers: { Authorization: value } }), contract: { ...contract, headers } })
      .verdicts[rule.id];
  assert.is(verdict(`${KEY}/${KEY}`), 'satisfied');
  assert.is(verdict(KEY), 'violation');
  // The form is that header's own.
  const secret = call({ query: { client_secret: `${KEY}/${KEY}` } });
  assert.is(judge(rule, { ...secret, contract: { ...contract, headers } }).verdicts[rule.id], 'violation');
});

test('a documented sample key is a warning', () => {
  const [finding] = authorization('Fake-documented-key-7').findings;
  assert.is(finding?.severity, 'warn');
  assert.match(finding?.message ?? '', 'its documentation prints (Fake…)');
});

test('a client id is a warning when it has the shape of one', () => {
  const of = (value: string) => judge(rule, call({ headers: { 'X-Key': value } }));
  assert.is(of(CLIENT_ID).findings[0]?.severity, 'warn');
  assert.match(of(CLIENT_ID).findings[0]?.message ?? '', 'It is not secret');
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

test('satisfied says which of the two it is', () => {
  const because = (value: string) => authorization(value).satisfied[rule.id];
  assert.is(because('{API_KEY}'), 'the value of authorization comes from outside of the code');
  assert.is(because('YOUR_API_KEY'), 'the value of authorization does not look like a credential');
});

test('the same secret in two places of a request is two findings, each with its own fingerprint', () => {
  const both = call({
    query: { client_secret: KEY },
    body: { kind: 'form', fields: { client_secret: `Q${KEY}` } },
  });
  const { findings } = judge(rule, both);
  assert.is(new Set(findings.map(({ fingerprint }) => fingerprint)).size, 2);
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
