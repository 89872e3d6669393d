import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { render } from '../../src/report/index.ts';
import type { Result } from '../../src/request.ts';
import { clean, empty, sample } from '../support/result.ts';

const schemaFile = new URL('../../src/report/result.schema.json', import.meta.url);
const schema: unknown = JSON.parse(readFileSync(schemaFile, 'utf8'));
const valid = new Ajv({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema as object);

const json = (result: Result) =>
  render('json', result, { color: false, quiet: false, sources: () => undefined });

/** Every object in a value, with the names that lead to it. */
function* objects(value: unknown, path = '$'): Generator<[path: string, object: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [path, value as Record<string, unknown>];
  for (const [key, each] of Object.entries(value)) yield* objects(each, `${path}.${key}`);
}

test('the document follows its schema', async () => {
  for (const result of [sample, clean, empty]) {
    assert.ok(valid(JSON.parse(await json(result))), JSON.stringify(valid.errors));
  }
});

test('a limited run says what it was limited to', async () => {
  const change = { kind: 'since', base: '8f3c2a1', files: 3, hidden: 12, widenedBy: 'package.json' } as const;
  assert.ok(valid(JSON.parse(await json({ ...sample, change }))), JSON.stringify(valid.errors));
  for (const key of ['kind', 'files', 'hidden'])
    assert.not.ok(valid({ ...sample, change: { ...change, [key]: undefined } }), key);
  assert.not.ok(valid({ ...sample, change: { ...change, surplus: 1 } }));
});

test('the document holds the result, whole', async () => {
  assert.equal(JSON.parse(await json(sample)), sample);
});

const RECORD = /\.(headers|verdicts|unknowns)$/;

test('the schema takes no further key anywhere', async () => {
  const count = [...objects(sample)].length;
  for (let index = 0; index < count; index += 1) {
    const copy = structuredClone(sample);
    const [path, object] = [...objects(copy)][index] ?? ['', {}];
    object.surplus = 1;
    assert.not.ok(valid(copy), `${path} takes any key`);
  }
});

test('the schema asks for every key but the optional ones', () => {
  const optional: string[] = [];
  const count = [...objects(sample)].length;
  for (let index = 0; index < count; index += 1) {
    for (const key of Object.keys([...objects(sample)][index]?.[1] ?? {})) {
      const copy = structuredClone(sample);
      const [path, object] = [...objects(copy)][index] ?? ['', {}];
      delete object[key];
      if (valid(copy) && !RECORD.test(path))
        optional.push(`${path}.${key}`.replace(/\.\d+|\.headers\.[\w-]+/g, ''));
    }
  }
  assert.equal(
    [...new Set(optional)],
    ['$.rules', '$.rules.docs', '$.callSites.value', '$.findings.callSite', '$.problems.location'],
  );
});

test('keys that depend on the order of discovery are sorted', async () => {
  const reversed = {
    ...sample,
    callSites: sample.callSites.map((site) => ({
      ...site,
      headers: Object.fromEntries(Object.entries(site.headers).reverse()),
      verdicts: Object.fromEntries(Object.entries(site.verdicts).reverse()),
      unknowns: Object.fromEntries(Object.entries(site.unknowns).reverse()),
    })),
  };
  assert.is(await json(reversed), await json(sample));
});

test('no character that a terminal obeys is written raw, and none is lost', async () => {
  const message = 'a\u001b[31mb\u009b31mc\u202ed\u2028e\u007f\u{e0041}';
  const text = await json({ ...clean, problems: [{ kind: 'unreadable', message }] });
  assert.not.match(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  assert.is(JSON.parse(text).problems[0].message, message);
});

test('the schema names no network place of its own', () => {
  assert.not.match(readFileSync(schemaFile, 'utf8'), /\$id/);
});

test.run();
