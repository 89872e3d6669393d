import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Config, Known } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { UsageError } from '../../src/errors.ts';
import { folderWith } from '../support/folder.ts';

const known: Known = {
  rules: [{ id: 'required-headers', summary: 'A required header is missing.' }],
  services: [{ id: 'fusionauth', title: 'FusionAuth' }],
};

function load(root: string): Promise<Config> {
  return loadConfig({ cwd: root, root, config: undefined, known });
}

/** A rule in JavaScript. */
function rule(id: string, more = ''): string {
  return `{ id: '${id}', severity: 'error', summary: 'A rule.', messages: {}, check() {}, ${more} }`;
}

function config(...customRules: readonly unknown[]): string {
  return JSON.stringify({ customRules });
}

async function mistake(files: Readonly<Record<string, string>>): Promise<string> {
  try {
    await load(folderWith(files));
  } catch (error) {
    assert.instance(error, UsageError);
    return (error as UsageError).message;
  }
  throw new Error('nothing was thrown');
}

/** Of a module that is the one custom rule. */
function mistakeIn(text: string): Promise<string> {
  return mistake({ 'fusionlint.config.json': config('./rules/a.ts'), 'rules/a.ts': text });
}

test('modules that export one rule or a list, from the folder of the configuration', async () => {
  const root = folderWith({
    'fusionlint.config.json': JSON.stringify({
      customRules: ['./rules/a.ts', 'rules/b.mjs', './rules/c.cjs'],
      rules: { a: 'warn', 'b-two': 'off' },
      services: { fusionauth: { rules: { c: 'warn' } } },
    }),
    'rules/a.ts': `import { defineRule } from 'fusionlint';\nimport { id } from './id.ts';\nexport default defineRule(${rule('x').replace("'x'", 'id')});`,
    'rules/id.ts': "export const id: string = 'a';",
    'rules/b.mjs': `export default [${rule('b-one')}, ${rule('b-two')}];`,
    'rules/c.cjs': `module.exports = ${rule('c')};`,
  });
  const { customRules, rules, services } = await load(root);
  assert.equal(
    customRules.map(({ id }) => id),
    ['a', 'b-one', 'b-two', 'c'],
  );
  assert.equal(rules, { a: 'warn', 'b-two': 'off' });
  assert.equal(services.fusionauth?.rules, { c: 'warn' });
});

test('a configuration in JavaScript or TypeScript has rules as such', async () => {
  const text = `export default { customRules: [${rule('a')}], rules: { a: 'off' } };`;
  for (const file of ['fusionlint.config.mjs', 'fusionlint.config.ts'])
    assert.is((await load(folderWith({ [file]: text }))).customRules[0]?.id, 'a');
});

test('modules that are none', async () => {
  const only = (path: unknown) => mistake({ 'fusionlint.config.json': config(path), 'rules/a.json': '{}' });
  assert.is(
    await only('./rules/b.ts'),
    'fusionlint.config.json: "customRules.0" names rules/b.ts, and there is no such file',
  );
  assert.is(
    await only('./rules/a.json'),
    'fusionlint.config.json: "customRules.0" names rules/a.json, but a rule is written in JavaScript or TypeScript',
  );
  assert.is(await only(3), 'fusionlint.config.json: "customRules.0" must be the path of a module, not 3');
  assert.is(
    await mistake({ 'fusionlint.config.json': '{ "customRules": "./a.ts" }' }),
    'fusionlint.config.json: "customRules" must be a list of modules, not "./a.ts"',
  );
});

test('a module that cannot be loaded: why, in one line', async () => {
  assert.is(
    await mistakeIn('throw new Error("no key\\nset it");'),
    'rules/a.ts could not be loaded: no key set it',
  );
  assert.match(await mistakeIn('export default {'), /^rules\/a\.ts could not be loaded: [^\n]+$/);
  assert.match(await mistakeIn("import './missing.ts';"), /^rules\/a\.ts could not be loaded: [^\n]+$/);
});

for (const [text, lacks] of [
  ['export const rule = {};', 'a function "check" (defineRule helps)'],
  ['export default {};', 'a function "check" (defineRule helps)'],
  ['export default [3];', 'a function "check" (defineRule helps)'],
  [
    `export default ${rule('No Test')};`,
    'an "id" of lower-case words with hyphens, such as "no-test-tenant"',
  ],
  [`export default ${rule('a', "severity: 'off'")};`, 'a "severity", "error" or "warn"'],
  [`export default ${rule('a', "summary: ''")};`, 'a "summary" in a few words'],
  [`export default ${rule('a', 'messages: { one: 1 }')};`, '"messages", texts by name'],
] as const) {
  test(`without ${lacks}: ${text}`, async () => {
    assert.is(await mistakeIn(text), `rules/a.ts exports no rule: its default export must have ${lacks}`);
  });
}

test('a rule as such that is none', async () => {
  assert.is(
    await mistake({ 'fusionlint.config.mjs': 'export default { customRules: [{ id: "a" }] };' }),
    'fusionlint.config.mjs: "customRules.0" is no rule: it must have a function "check" (defineRule helps)',
  );
});

test('an id that is taken', async () => {
  assert.is(
    await mistakeIn(`export default ${rule('required-headers')};`),
    'rules/a.ts: there is a rule "required-headers" already: it is built in; give this one another id',
  );
  assert.is(
    await mistake({
      'fusionlint.config.json': config('./a.ts', './b.ts'),
      'a.ts': `export default ${rule('x')};`,
      'b.ts': `export default ${rule('x')};`,
    }),
    'b.ts: there is a rule "x" already: a.ts has it; give this one another id',
  );
});

test('the severity of a rule that is not loaded', async () => {
  assert.is(
    await mistake({
      'fusionlint.config.json': '{ "customRules": ["./a.ts"], "rules": { "no-tset": "off" } }',
      'a.ts': `export default ${rule('no-test')};`,
    }),
    'fusionlint.config.json: unknown rule "rules.no-tset"; did you mean "no-test"?',
  );
});

test.run();
