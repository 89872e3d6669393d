import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Config, defaultConfig, type Known } from '../../src/config/config.ts';
import { loadConfig } from '../../src/config/load.ts';
import { UsageError } from '../../src/errors.ts';
import { folderWith, repositoryWith } from '../support/folder.ts';

const known: Known = {
  rules: [
    { id: 'required-headers', summary: 'A required header is missing.' },
    { id: 'no-legacy-headers', summary: 'A replaced header is sent.' },
  ],
  services: [
    { id: 'fusionauth', title: 'FusionAuth' },
    { id: 'cloud-manager', title: 'Cloud Manager' },
  ],
};

interface Where {
  readonly root?: string;
  readonly config?: string | false;
}

function load(cwd: string, { root = cwd, config }: Where = {}): Promise<Config> {
  return loadConfig({ cwd, root, config, known });
}

async function failure(files: Record<string, string>, where: Where = {}): Promise<string> {
  try {
    await load(folderWith(files), where);
  } catch (error) {
    assert.instance(error, UsageError);
    return (error as UsageError).message;
  }
  throw new Error('nothing was thrown');
}

function wrong(config: unknown): Promise<string> {
  return failure({ 'fusionlint.config.json': JSON.stringify(config) });
}

test('no config file: the defaults', async () => {
  const root = folderWith({ 'package.json': '{ not json' });
  assert.equal(await load(root), defaultConfig(known));
});

test('every key', async () => {
  const root = folderWith({
    'fusionlint.config.json': JSON.stringify({
      $schema: './node_modules/fusionlint/dist/config.schema.json',
      include: ['src'],
      exclude: ['*.gen.ts'],
      rules: { 'required-headers': 'warn' },
      services: {
        fusionauth: {
          hosts: ['auth.example.com', '*.auth.example.com', 'localhost:9011'],
          baseUrls: ['https://example.com/auth'],
          environment: ['AUTH_URL'],
          rules: { 'no-legacy-headers': 'off' },
          multiTenant: true,
        },
      },
      asOf: '2026-07-01',
      markdown: true,
      baseline: 'lint/known.json',
    }),
  });
  assert.equal(await load(root), {
    file: 'fusionlint.config.json',
    parts: [path.join(root, 'fusionlint.config.json')],
    base: '',
    include: ['src'],
    exclude: ['*.gen.ts'],
    rules: { 'required-headers': 'warn' },
    services: {
      fusionauth: {
        hosts: ['auth.example.com', '*.auth.example.com', 'localhost:9011'],
        baseUrls: ['https://example.com/auth'],
        environment: ['AUTH_URL'],
        rules: { 'no-legacy-headers': 'off' },
        multiTenant: true,
      },
      'cloud-manager': { hosts: [], baseUrls: [], environment: [], rules: {}, multiTenant: false },
    },
    contracts: {},
    customRules: [],
    asOf: '2026-07-01',
    markdown: true,
    baseline: path.join(root, 'lint/known.json'),
  });
});

for (const [file, text] of [
  ['fusionlint.config.json', '\uFEFF{ "asOf": "2026-01-02" }'],
  ['fusionlint.config.js', 'module.exports = { asOf: "2026-01-02" };'],
  ['fusionlint.config.mjs', 'export default { asOf: "2026-01-02", rules: undefined };'],
  [
    'fusionlint.config.ts',
    'interface C { asOf: string }\nexport default { asOf: "2026-01-02" } satisfies C as C;',
  ],
  ['package.json', '{ "name": "x", "fusionlint": { "asOf": "2026-01-02" } }'],
] as const) {
  test(`${file}: found, and named by --config`, async () => {
    const root = folderWith({ [file]: text });
    const found = await load(root);
    assert.is(found.asOf, '2026-01-02');
    assert.is(found.file, file);
    assert.equal(await load(root, { config: file }), found);
    assert.equal(await load(root, { config: path.join(root, file) }), found);
    assert.equal(await load(root, { config: false }), defaultConfig(known));
  });
}

test('a config in ES module syntax without "type": "module"', async () => {
  const root = folderWith({
    'fusionlint.config.js': 'export default { asOf: "2026-01-02" };',
    'package.json': '{ "type": "module" }',
  });
  assert.is((await load(root)).asOf, '2026-01-02');
});

test('a config file wins over package.json of the same folder', async () => {
  const root = folderWith({
    'fusionlint.config.json': '{ "asOf": "2026-01-02" }',
    'package.json': '{ "fusionlint": { "asOf": "2026-01-01" } }',
  });
  assert.is((await load(root)).asOf, '2026-01-02');
});

test('the search goes up to the top of the work tree, and says where the root lies', async () => {
  const top = repositoryWith({ 'fusionlint.config.json': '{}', 'packages/app/a.ts': '' });
  const app = path.join(top, 'packages/app');
  const config = await load(app);
  assert.is(config.file, '../../fusionlint.config.json');
  assert.is(config.base, 'packages/app/');
});

test('a package.json that only depends on fusionlint does not end the search', async () => {
  const top = repositoryWith({
    'fusionlint.config.json': '{ "asOf": "2026-01-02" }',
    'packages/app/package.json': '{ "devDependencies": { "fusionlint": "1" } }',
  });
  assert.is((await load(path.join(top, 'packages/app'))).asOf, '2026-01-02');
});

test('the search does not leave the work tree, and without one not the root', async () => {
  const outer = folderWith({ 'fusionlint.config.json': '{}', 'inner/.git/HEAD': '', 'plain/a.ts': '' });
  assert.is((await load(path.join(outer, 'inner'))).file, undefined);
  assert.is((await load(path.join(outer, 'plain'))).file, undefined);
});

test('a config from elsewhere is read as if it lay in the root', async () => {
  const top = folderWith({ 'app/a.ts': '', 'shared/lint.json': '{ "exclude": ["gen"] }' });
  const config = await load(top, { root: path.join(top, 'app'), config: 'shared/lint.json' });
  assert.is(config.file, 'shared/lint.json');
  assert.is(config.base, '');
});

test('an unknown key, with the nearest right one', async () => {
  assert.is(
    await wrong({ services: { fusionauth: { host: ['a'] } } }),
    'fusionlint.config.json: unknown key "services.fusionauth.host"; did you mean "hosts"?',
  );
  assert.is(await wrong({ zzz: 1 }), 'fusionlint.config.json: unknown key "zzz"');
});

test('an unknown rule or service', async () => {
  assert.is(
    await wrong({ rules: { 'require-headers': 'off' } }),
    'fusionlint.config.json: unknown rule "rules.require-headers"; did you mean "required-headers"?',
  );
  assert.is(
    await wrong({ services: { fusionauth: { rules: { 'no-legacy-header': 'off' } } } }),
    'fusionlint.config.json: unknown rule "services.fusionauth.rules.no-legacy-header"; did you mean "no-legacy-headers"?',
  );
  assert.is(
    await wrong({ services: { fusionAuth: {} } }),
    'fusionlint.config.json: unknown service "services.fusionAuth"; did you mean "fusionauth"?',
  );
});

test('only FusionAuth has tenants', async () => {
  assert.is(
    await wrong({ services: { 'cloud-manager': { multiTenant: true } } }),
    'fusionlint.config.json: unknown key "services.cloud-manager.multiTenant"',
  );
});

for (const [config, message] of [
  [
    { rules: { 'required-headers': 'warning' } },
    '"rules.required-headers" must be "error", "warn" or "off", not "warning"',
  ],
  [{ rules: { 'required-headers': 2 } }, '"rules.required-headers" must be "error", "warn" or "off", not 2'],
  [{ rules: ['required-headers'] }, '"rules" must be an object, not a list'],
  [{ rules: 'off' }, '"rules" must be an object, not "off"'],
  [{ include: 'src' }, '"include" must be a list of strings, not "src"'],
  [{ exclude: ['a', 1] }, '"exclude.1" must be a string, not 1'],
  [
    { services: { fusionauth: { hosts: ['https://a.example.com/x'] } } },
    '"services.fusionauth.hosts.0" must be a host such as "auth.example.com" or "auth.example.com:9011", not "https://a.example.com/x"',
  ],
  [
    { services: { fusionauth: { baseUrls: ['a.example.com'] } } },
    '"services.fusionauth.baseUrls.0" must be a URL that begins with http:// or https://, not "a.example.com"',
  ],
  [
    { services: { fusionauth: { environment: ['$AUTH'] } } },
    '"services.fusionauth.environment.0" must be the name of an environment variable, not "$AUTH"',
  ],
  [{ asOf: '1.7.2026' }, '"asOf" must be a day written YYYY-MM-DD, not "1.7.2026"'],
  [{ asOf: '2026-02-30' }, '"asOf" must be a day of the calendar, not "2026-02-30"'],
  [{ markdown: 'yes' }, '"markdown" must be true or false, not "yes"'],
  [{ asOf: null }, '"asOf" must be a string, not null'],
  [[], 'the configuration must be an object, not a list'],
  ['x', 'the configuration must be an object, not "x"'],
] as const) {
  test(message, async () => {
    assert.is(await wrong(config), `fusionlint.config.json: ${message}`);
  });
}

test('several mistakes, a line each', async () => {
  const message = await wrong({ a: 1, asOf: 'x' });
  assert.is(message.split('\n').length, 2);
});

test('not JSON: file and line', async () => {
  assert.match(
    await failure({ 'fusionlint.config.json': '{\n  "rules": {\n    "a": off\n  }\n}\n' }),
    /^fusionlint\.config\.json:3: not valid JSON: /,
  );
  assert.match(
    await failure({ 'package.json': '{ "fusionlint": {},\n}' }),
    /^package\.json:2: not valid JSON: /,
  );
});

test('an empty config file', async () => {
  const message = 'there is no configuration in this file';
  assert.is(await failure({ 'fusionlint.config.json': '\n' }), `fusionlint.config.json: ${message}`);
  assert.is(
    await failure({ 'fusionlint.config.mjs': 'export const config = {};' }),
    `fusionlint.config.mjs: ${message}`,
  );
  assert.is(await failure({ 'package.json': '{}' }, { config: 'package.json' }), `package.json: ${message}`);
});

test('a config that throws: its message, no stack', async () => {
  for (const file of ['fusionlint.config.js', 'fusionlint.config.mjs', 'fusionlint.config.ts']) {
    assert.is(
      await failure({ [file]: 'throw new Error("no key\\nset it");' }),
      `${file} could not be loaded: no key set it`,
    );
  }
  assert.is(
    await failure({ 'fusionlint.config.mjs': 'throw "text";' }),
    'fusionlint.config.mjs could not be loaded: text',
  );
});

test('a config in broken TypeScript', async () => {
  assert.match(
    await failure({ 'fusionlint.config.ts': 'export default {\n  a: ,\n};' }),
    /^fusionlint\.config\.ts could not be loaded: [^\n]+$/,
  );
});

test('--config that names no file, a folder, or something else', async () => {
  assert.is(await failure({}, { config: 'lint.json' }), 'there is no config file lint.json');
  assert.is(await failure({ 'a/b.json': '' }, { config: 'a' }), 'there is no config file a');
  assert.is(
    await failure({ 'lint.yaml': '' }, { config: 'lint.yaml' }),
    'lint.yaml: a config file is written in JSON, JavaScript or TypeScript',
  );
});

test.run();
