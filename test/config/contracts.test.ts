import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Known } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { UsageError } from '../../src/errors.ts';
import { folderWith } from '../support/folder.ts';

const known: Known = {
  rules: [{ id: 'required-headers', summary: 'A required header is missing.' }],
  services: [{ id: 'fusionauth', title: 'FusionAuth' }],
};

const contract = {
  title: 'Billing',
  hosts: ['billing.example.com'],
  headers: { 'X-Team': { value: 'the id of your team' } },
};

async function mistake(services: unknown, files: Record<string, string> = {}): Promise<string> {
  const root = folderWith({ 'fusionlint.config.json': JSON.stringify({ services }), ...files });
  try {
    await loadConfig({ cwd: root, root, config: undefined, known });
  } catch (error) {
    assert.instance(error, UsageError);
    return (error as UsageError).message;
  }
  throw new Error('nothing was thrown');
}

test('contracts by id, and the settings of their services beside those of the others', async () => {
  const services = {
    billing: { contract, hosts: ['localhost:4010'], rules: { 'required-headers': 'warn' } },
    mail: { contract: 'mail.json', environment: ['MAIL_URL'] },
  };
  const mail = { title: 'Mail', hosts: [] };
  const root = folderWith({
    'fusionlint.config.json': JSON.stringify({ services }),
    'mail.json': JSON.stringify(mail),
  });
  const config = await loadConfig({ cwd: root, root, config: undefined, known });
  assert.equal(config.contracts, { billing: contract, mail });
  assert.equal(Object.keys(config.services), ['fusionauth', 'billing', 'mail']);
  assert.equal(config.services.billing?.hosts, ['localhost:4010']);
  assert.equal(config.services.billing?.rules, { 'required-headers': 'warn' });
  assert.equal(config.services.mail?.environment, ['MAIL_URL']);
});

const CONFIG = 'fusionlint.config.json: ';

for (const [services, message] of [
  [
    { billing: { hosts: ['billing.example.com'] } },
    'unknown service "services.billing"; a service of your own needs its "contract"',
  ],
  [
    { fusionAuth: { hosts: ['a.example.com'] } },
    'unknown service "services.fusionAuth"; did you mean "fusionauth"?',
  ],
  [
    { billing: { contract: 3 } },
    '"services.billing.contract" must be a contract, or the path of a JSON file that holds one, not 3',
  ],
  [{ billing: { contract: [] } }, '"services.billing.contract" must be an object, not a list'],
  [{ billing: { contract: { hosts: ['a.example.com'] } } }, '"services.billing.contract.title" is missing'],
  [
    { billing: { contract: { ...contract, header: {} } } },
    'unknown key "services.billing.contract.header"; did you mean "headers"?',
  ],
  [
    { billing: { contract: { ...contract, hosts: ['https://billing.example.com'] } } },
    '"services.billing.contract.hosts.0" must be a host such as "api.example.com" or "*.example.com", not "https://billing.example.com"',
  ],
  [
    { billing: { contract: { ...contract, hosts: ['billing.*'] } } },
    '"services.billing.contract.hosts.0" must be a host such as "api.example.com" or "*.example.com", not "billing.*"',
  ],
  [
    { billing: { contract: { ...contract, endpoints: { 'get /v1/invoices': {} } } } },
    '"services.billing.contract.endpoints.get /v1/invoices": the key must be a method and a path, such as "GET /v1/invoices/{id}"',
  ],
  [
    { billing: { contract: { ...contract, endpoints: { 'GET /v1/invoices': { header: {} } } } } },
    'unknown key "services.billing.contract.endpoints.GET /v1/invoices.header"; did you mean "headers"?',
  ],
  [
    { billing: { contract: { ...contract, endpoints: { 'GET /v1/invoices': { without: ['X-Taem'] } } } } },
    `"services.billing.contract.endpoints.GET /v1/invoices.without.0" is none of the contract's "headers"; did you mean "X-Team"?`,
  ],
  [
    { billing: { contract: { ...contract, headers: { 'X-Team': { value: 'x', since: '2026-02-30' } } } } },
    '"services.billing.contract.headers.X-Team.since" must be a day of the calendar, not "2026-02-30"',
  ],
  [
    { billing: { contract: { ...contract, retiredEndpoints: { 'GET /v0': { failsFrom: '2026-01-01' } } } } },
    '"services.billing.contract.retiredEndpoints.GET /v0.replacement" is missing',
  ],
  [
    { Billing: { contract } },
    '"services.Billing": the id of a service has lower-case letters, digits and single hyphens, such as "billing-api"',
  ],
  [
    { billing: { contract: { ...contract, hosts: [] } } },
    '"services.billing" has no host, so no call is ever taken for one of Billing; set "hosts", "baseUrls" or "environment"',
  ],
  [
    { billing: { contract, rules: { 'required-header': 'off' } } },
    'unknown rule "services.billing.rules.required-header"; did you mean "required-headers"?',
  ],
  [{ fusionauth: { contract } }, 'unknown key "services.fusionauth.contract"'],
  [
    { billing: { contract: './billing.json' } },
    '"services.billing.contract" names billing.json, and there is no such file',
  ],
] as const) {
  test(message, async () => {
    assert.is(await mistake(services), `${CONFIG}${message}`);
  });
}

test('a wrong contract file is named, with its own keys', async () => {
  const services = { billing: { contract: 'contracts/billing.json' } };
  const wrong = (text: string) => mistake(services, { 'contracts/billing.json': text });
  assert.is(
    await wrong('{ "title": "Billing", "host": [] }'),
    'contracts/billing.json: "hosts" is missing\ncontracts/billing.json: unknown key "host"; did you mean "hosts"?',
  );
  assert.match(await wrong('{ "title": "Billing",\n }'), /^contracts\/billing\.json:2: not valid JSON: /);
  assert.is(
    await wrong('{ "openapi": "3.1.0" }'),
    'contracts/billing.json: this is an OpenAPI document; `fusionlint contract` makes a contract of one',
  );
  assert.is(
    await mistake({ billing: { contract: 'billing.yaml' } }, { 'billing.yaml': '' }),
    `${CONFIG}"services.billing.contract" names billing.yaml, but a contract is written in JSON; \`fusionlint contract\` makes one of an OpenAPI document`,
  );
});

test.run();
