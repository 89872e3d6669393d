import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CONFIG_SCHEMA, configJsonSchema } from '../../scripts/config-schema.ts';

const committed: Record<string, unknown> = JSON.parse(readFileSync(CONFIG_SCHEMA, 'utf8'));

test('the committed JSON Schema is fresh (npx tsx scripts/config-schema.ts)', () => {
  assert.equal(committed, JSON.parse(JSON.stringify(configJsonSchema())));
});

test('it has a title, and every key a description', () => {
  assert.type(committed.title, 'string');
  const undescribed: string[] = [];
  (function visit(node: unknown, path: string): void {
    const properties = (node as { properties?: Record<string, { description?: string }> }).properties ?? {};
    for (const [key, value] of Object.entries(properties)) {
      if (!value.description) undescribed.push(`${path}.${key}`);
      visit(value, `${path}.${key}`);
    }
  })(committed, '');
  assert.equal(undescribed, []);
});

test('it accepts and refuses what fusionlint does', () => {
  const validate = new Ajv.default({ formats: { date: true } }).compile(committed);
  assert.ok(
    validate({
      $schema: 'x',
      rules: { 'required-headers': 'off' },
      services: { fusionauth: { hosts: ['a:1'] } },
    }),
  );
  for (const wrong of [
    [],
    { rule: {} },
    { rules: { nothing: 'off' } },
    { services: { fusionauth: { host: [] } } },
  ]) {
    assert.not(validate(wrong), JSON.stringify(wrong));
  }
});

test.run();
