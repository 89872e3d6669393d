import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fusionlint } from './support/cli.ts';
import { checkProject } from './support/fixtures.ts';
import { folderWith } from './support/folder.ts';

// What the rules find in calls of such services is in fixtures/services.

const CALL = { 'a.ts': "fetch('https://billing.example.com/v1/invoices');\n" };
const contract = {
  title: 'Billing',
  hosts: ['billing.example.com'],
  headers: { 'X-Team': { value: 'the id of your team' } },
};

async function findings(config: string, files: Record<string, string>): Promise<string[]> {
  const cwd = folderWith({ ...CALL, ...files });
  const { stdout, stderr } = await fusionlint(['--format=json', '--config', config], { cwd });
  assert.is(stderr, '');
  return JSON.parse(stdout).findings.map((each: { message: string }) => each.message);
}

const MESSAGE = 'Billing rejects this call: X-Team is not sent. Send the id of your team.';

test('the example of docs/own-services.md finds what it says', async () => {
  const page = readFileSync(new URL('../docs/own-services.md', import.meta.url), 'utf8');
  const [, config = ''] = /^```json\n(.*?)^```/ms.exec(page) ?? [];
  const [, code = ''] = /^```ts\n(.*?)^```/ms.exec(page) ?? [];
  assert.ok(code.includes('expect:'));
  assert.equal(await checkProject(folderWith({ 'fusionlint.config.json': config, 'example.ts': code })), []);
});

test('a contract file is found from the folder of the configuration', async () => {
  const files = {
    'lint/config.json': JSON.stringify({ services: { billing: { contract: '../contracts/billing.json' } } }),
    'contracts/billing.json': JSON.stringify(contract),
  };
  assert.equal(await findings('lint/config.json', files), [MESSAGE]);
});

test('a configuration in TypeScript has the contract inline', async () => {
  const text = `export default { services: { billing: { contract: ${JSON.stringify(contract)} } } };`;
  assert.equal(await findings('lint.config.ts', { 'lint.config.ts': text }), [MESSAGE]);
});

test('a host that a built-in service has too is the own one', async () => {
  const config = {
    services: { desk: { contract: { ...contract, title: 'Desk', hosts: ['localhost:9011'] } } },
  };
  const files = {
    'lint.json': JSON.stringify(config),
    'a.ts': "fetch('http://localhost:9011/api/user/1');\n",
  };
  assert.equal(await findings('lint.json', files), [MESSAGE.replace('Billing', 'Desk')]);
});

test('a wrong contract: 2 and what is wrong', async () => {
  const config = JSON.stringify({ services: { billing: { contract: 'billing.json' } } });
  const cwd = folderWith({
    ...CALL,
    'fusionlint.config.json': config,
    'billing.json': '{ "title": "Billing", "host": [] }',
  });
  assert.equal(await fusionlint([], { cwd }), {
    code: 2,
    stdout: '',
    stderr:
      'fusionlint: billing.json: "hosts" is missing\nbilling.json: unknown key "host"; did you mean "hosts"?\n',
  });
});

test('explain tells of it as of any other', async () => {
  const config = JSON.stringify({ services: { billing: { contract } } });
  const cwd = folderWith({ ...CALL, 'fusionlint.config.json': config });
  const { code, stdout } = await fusionlint(['explain', 'a.ts:1'], { cwd });
  assert.is(code, 0);
  assert.match(stdout, 'A call of Billing, certain: host billing.example.com\n');
});

test.run();
