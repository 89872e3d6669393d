import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { hasNeedle, needlesOf } from '../../src/discover/needles.ts';

test('finds a word in any case, anywhere', () => {
  const needles = needlesOf(['fusion.adobe.io', 'X-GW-IMS-Org-Id', '@adobe/jwt-auth']);
  assert.ok(hasNeedle('fetch(`https://FUSION.adobe.io/api`)', needles));
  assert.ok(hasNeedle("{ 'x-gw-ims-org-id': id }", needles));
  assert.ok(hasNeedle("require('@adobe/jwt-auth')", needles));
  assert.not(hasNeedle('fusionXadobe.io', needles));
});

test('the star of a host is dropped', () => {
  assert.ok(hasNeedle('https://acme.fusionauth.io', needlesOf(['*.fusionauth.io'])));
});

test('a word inside another one stands for both', () => {
  assert.is(needlesOf(['adobe.io', 'fusion.adobe.io', 'ADOBE.IO']).source, 'adobe\\.io');
});

test('no words, no match', () => {
  assert.not(hasNeedle('anything', needlesOf([])));
  assert.not(hasNeedle('anything', needlesOf([''])));
});

test('asking twice answers the same', () => {
  const needles = needlesOf(['a']);
  assert.ok(hasNeedle('a', needles) && hasNeedle('a', needles));
});

test.run();
