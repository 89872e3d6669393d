import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { conceal } from '../../src/report/conceal.ts';

const dots = (count: number) => '•'.repeat(count);

test('strings with the name of a credential', () => {
  assert.is(conceal("apiKey: 'fake-fake-fake'"), `apiKey: 'fake${dots(10)}'`);
  assert.is(
    conceal("headers.set('x-api-key', 'fake-fake-fake')"),
    `headers.set('x-api-key', 'fake${dots(10)}')`,
  );
  assert.is(conceal("h['X-Api-Key'] = 'fake-fake-fake'"), `h['X-Api-Key'] = 'fake${dots(10)}'`);
  assert.is(conceal("process.env.TOKEN ?? 'fake-fake-fake'"), `process.env.TOKEN ?? 'fake${dots(10)}'`);
  assert.is(conceal("const secret: string = 'fake-fake-fake'"), `const secret: string = 'fake${dots(10)}'`);
});

test('a scheme stays, a short value goes whole', () => {
  assert.is(conceal("Authorization: 'Bearer fake-fake-fake'"), `Authorization: 'Bearer fake${dots(10)}'`);
  assert.is(conceal("password: 'fake1'"), `password: '${dots(5)}'`);
});

test('expressions, URLs and header names stay', () => {
  for (const line of [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: source text
    'Authorization: `Bearer ${token}`',
    "tokenUrl: 'https://ims-na1.adobelogin.com/ims/token/v3'",
    "const TOKEN_PATH = '/ims/token/v3'",
    "const KEY_HEADER = 'x-api-key'",
    "{ key: 'limit', value: 'ten' }",
    "getToken('fusion')",
  ]) {
    assert.is(conceal(line), line);
  }
});

test('a credential in a URL', () => {
  assert.is(conceal("'/token?client_secret=fakefakefake&x=1'"), `'/token?client_secret=fake${dots(8)}&x=1'`);
  assert.is(conceal("'https://user:fake@host/'"), `'https://user:${dots(4)}@host/'`);
});

test('text that looks like a key, wherever it stands', () => {
  assert.is(conceal("f('eyJmYWtlIjoxfQ.ZmFrZQ.c2ln')"), `f('eyJm${dots(22)}')`);
  assert.is(conceal("f('fake1fake2fake3fake4fake5')"), `f('fake${dots(21)}')`);
});

test('every string at a place that a finding suspects, and the columns stay', () => {
  const line = "new Client('fake-fake-fake', 'https://a.example', { 'content-type': 'text/plain' })";
  const masked = conceal(line, [{ from: 0, to: line.length }]);
  assert.is(masked, `new Client('fake${dots(10)}', 'https://a.example', { 'content-type': 'text/plain' })`);
  assert.is(conceal(line), line);
});

test('nothing is shown of a secret twice', () => {
  assert.is(conceal("secret: 'fake.fake1fake2fake3fake4fake5'"), `secret: 'fake${dots(26)}'`);
});

test('a string that a finding means is masked whatever it looks like', () => {
  assert.is(conceal("f('x-fake')", [{ from: 2, to: 10 }]), `f('${dots(6)}')`);
});

test('a line of a private key', () => {
  assert.is(conceal('fake1fake/fake2fake/fake3fake/fake4fake/fake5'), `fake${dots(41)}`);
});

test('unfinished strings and rows of backslashes end soon', () => {
  const started = performance.now();
  const line = `secret: '${'\\'.repeat(1999)}`;
  conceal(line, [{ from: 0, to: line.length }]);
  conceal('key'.repeat(700));
  assert.ok(performance.now() - started < 200);
});

test.run();
