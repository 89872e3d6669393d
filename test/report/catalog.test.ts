import { stripVTControlCharacters } from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { defaultConfig, defaultServiceConfig } from '../../src/config/config.ts';
import { docsUrl } from '../../src/docs.ts';
import { catalogOf } from '../../src/lint/catalog.ts';
import { defineRule } from '../../src/lint/rule.ts';
import { catalogTable, printCatalog } from '../../src/report/catalog.ts';

const rule = (id: string, severity: 'error' | 'warn', summary: string) =>
  defineRule({ id, severity, summary, messages: {}, check() {} });
const rules = [
  rule('no-things', 'error', 'A thing that the service does not take, and that goes on for long'),
  rule('some-thing', 'warn', 'Something is not sent'),
];
const config = defaultConfig({ services: [{ id: 'things', title: 'Things' }] });
const configured = {
  ...config,
  file: 'fusionlint.config.json',
  rules: { 'no-things': 'off', 'some-thing': 'warn' },
  services: { things: { ...defaultServiceConfig, rules: { 'no-things': 'warn', 'some-thing': 'warn' } } },
} as const;

test('every rule at its own severity', () => {
  assert.equal(catalogOf(rules, config).rules[0], {
    id: 'no-things',
    severity: 'error',
    summary: 'A thing that the service does not take, and that goes on for long',
    docs: docsUrl('no-things'),
    setting: 'error',
    services: {},
  });
  assert.fixture(
    printCatalog(catalogOf(rules, config), { color: false, width: 60 }),
    `no-things   error  A thing that the service does not take,
                   and that goes on for long
some-thing  warn   Something is not sent

2 rules, each at its own severity
What a rule reports and why, with examples: fusionlint explain RULE
`,
  );
});

test('what the configuration changes, and nothing of what it leaves as it is', () => {
  const catalog = catalogOf(rules, configured);
  assert.equal(catalog.rules[0]?.setting, 'off');
  assert.equal(catalog.rules[0]?.services, { things: 'warn' });
  assert.fixture(
    printCatalog(catalog, { color: false, width: 100 }),
    `no-things   off    A thing that the service does not take, and that goes on for long
                   error by default, warn for things
some-thing  warn   Something is not sent

2 rules, 1 of them changed by fusionlint.config.json
What a rule reports and why, with examples: fusionlint explain RULE
`,
  );
});

test('with colours, the same text', () => {
  const catalog = catalogOf(rules, configured);
  const colored = printCatalog(catalog, { color: true, width: 60 });
  assert.match(colored, '\x1b[1mno-things\x1b[22m');
  assert.is(stripVTControlCharacters(colored), printCatalog(catalog, { color: false, width: 60 }));
});

test('as a table in Markdown', () => {
  assert.is(
    catalogTable(catalogOf(rules, configured).rules, ({ id }) => `rules/${id}.md`),
    `| rule | severity | reports |
| --- | --- | --- |
| [no-things](rules/no-things.md) | off (error by default, warn for things) | A thing that the service does not take, and that goes on for long |
| [some-thing](rules/some-thing.md) | warn | Something is not sent |`,
  );
});

test.run();
