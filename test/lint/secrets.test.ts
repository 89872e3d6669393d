import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { classifySecret, type SecretClass, splitScheme } from '../../src/lint/secrets.ts';
import { contract } from '../rules/judge.ts';

function all(expected: SecretClass, values: readonly string[]): void {
  for (const value of values) assert.is(classifySecret(value, contract), expected, `'${value}'`);
}

test('splits a scheme off', () => {
  assert.equal(splitScheme('Bearer abc'), { scheme: 'Bearer ', credential: 'abc' });
  assert.equal(splitScheme('bearerabc'), { scheme: '', credential: 'bearerabc' });
  assert.equal(splitScheme('JWT'), { scheme: 'JWT', credential: '' });
});

test('secrets: any text at the place of a credential', () => {
  all('secret', [
    'Kf83-not-a-real-key-0QzR',
    'Bearer Kf83-not-a-real-key-0QzR',
    'JWT Kf83-not-a-real-key-0QzR',
    'API-Key Kf83-not-a-real-key-0QzR',
    '00f1c2d3-aaaa-4bbb-8ccc-fa4e00000000',
    'p8e-FakeFakeFake_FakeFake-FakeFake12',
    `Bearer eyJmYWtl.${'eyJmYWtl'}.c2lnbmF0dXJl`,
    `Basic ${Buffer.from('apikey:Kf83-not-a-real-key').toString('base64')}`,
    'correct7horse',
  ]);
});

test('samples: keys that the vendor prints', () => {
  all('sample', ['Fake-documented-key-7', 'Bearer Fake-documented-key-7']);
});

test('placeholders of the contract, in any case', () => {
  all('placeholder', ['EXAMPLE-OF-THE-DOCS-9', 'Bearer example-of-the-docs-9']);
});

test('placeholders by form', () => {
  all('placeholder', [
    '',
    '{API_KEY}',
    '{{apiKey}}',
    '<your key 77>',
    '[encoded_access_token_9]',
    '%KEY99%',
    '__KEY99__',
    `$${'{process.env.KEY_99}'}`,
    'eyJhbGciOi...',
    'abc9f…',
    'xxxxxxxx-xxxx-XXXX',
    '********',
    '........',
    '00000000-0000-0000-0000-000000000000',
    'aaaaaaaaaaaa',
    '1234567890abcdef',
    'abc123',
    'yourKey77f3',
    'YOUR_77F3_VALUE',
    'my-very-9-special-key',
    'paste-77f3-here',
    'FUSION_CLIENT_SECRET',
    'this is a sentence, with words',
    `Basic ${Buffer.from('admin:password').toString('base64')}`,
  ]);
});

test('placeholders by words', () => {
  all('placeholder', [
    'changeme',
    'example',
    'dummy',
    'test',
    'secret',
    'password',
    'doesntmatter',
    'TODO',
    'undefined',
    'null',
    'Bearer undefined',
    'test-api-key',
    'myAccessToken',
    'dummy_secret_1',
    'fake-token-123',
    'super-secret-key',
  ]);
});

test('what is too short or only a scheme is no secret', () => {
  all('not-a-secret', ['k7f3', 'Bearer', 'Bearer ', 'Basic', 'Bearer k7f3']);
});

test.run();
