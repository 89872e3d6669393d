import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  CONFIG_SCHEMA,
  CONTRACT_SCHEMA,
  configJsonSchema,
  contractJsonSchema,
} from '../../scripts/config-schema.ts';

const committed = read(CONFIG_SCHEMA);
const contract = read(CONTRACT_SCHEMA);

function read(file: URL): Record<string, unknown> {
  return JSON.parse(readFileSync(file, 'utf8'));
}

test('the committed JSON Schemas are fresh (npx tsx scripts/config-schema.ts)', () => {
  assert.equal(committed, JSON.parse(JSON.stringify(configJsonSchema())));
  assert.equal(contract, JSON.parse(JSON.stringify(contractJsonSchema())));
});

test('they have a title, and every key a description', () => {
  for (const schema of [committed, contract]) {
    assert.type(schema.title, 'string');
    assert.equal(undescribed(schema, ''), []);
  }
});

function undescribed(node: unknown, path: string): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { properties = {} } = node as { properties?: Record<string, { description?: string }> };
  const here = Object.entries(properties).filter(([, value]) => !value.description);
  const below = Object.entries(node).flatMap(([key, value]) => undescribed(value, `${path}.${key}`));
  return [...here.map(([key]) => `${path}.${key}`), ...below];
}

test('it accepts and refuses what fusionlint does', () => {
  const validate = new Ajv.default({ formats: { date: true } }).compile(committed);
  assert.ok(
    validate({
      $schema: 'x',
      rules: { 'required-headers': 'off', 'of-ones-own': 'warn' },
      customRules: ['./rules/of-ones-own.ts'],
      services: {
        fusionauth: { hosts: ['a:1'] },
        billing: { contract: { title: 'Billing', hosts: ['billing.example.com'] } },
        mail: { contract: './mail.contract.json', environment: ['MAIL_URL'] },
      },
    }),
  );
  for (const wrong of [
    [],
    { rule: {} },
    { rules: { 'of-ones-own': 'of' } },
    { services: { fusionauth: { host: [] } } },
    { services: { billing: {} } },
    { services: { billing: { contract: { title: 'Billing' } } } },
  ]) {
    assert.not(validate(wrong), JSON.stringify(wrong));
  }
});

test.run();
