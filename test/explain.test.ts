import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fusionlint } from './support/cli.ts';
import { folderWith, repositoryWith } from './support/folder.ts';

const FILES = {
  'client.ts': `
const BASE = 'https://fusion.adobe.io/api/v3';

export function send(path: string, init: { method?: string } = {}) {
  return fetch(BASE + path, {
    ...init,
    headers: headers(),
  });
}

function headers() {
  return {
    Authorization: 'Bearer not-a-real-token-8Qz4vT0rLw',
    'x-api-key': process.env.CLIENT_ID,
    'x-organization-id': '7',
  };
}
`,
  'use.ts': `
import { send } from './client.ts';
import { log } from './log.ts';

export async function teams(id: string) {
  log(id);
  await fetch('https://api.example.com/teams');
  await fetch('/own/teams');
  await fetch(id);
  return send(\`/teams/\${id}\`);
}
`,
  'log.ts': `
import chalk from 'chalk';
export function log(text: string) {
  console.log(chalk.red(text));
}
`,
  'regions.ts': `
const url = process.env.REGION === 'eu' ? 'https://fusion.adobe.io/api/v3/teams' : 'https://fusion.adobe.io/api/v3/hooks';
export const list = (more: boolean) => fetch(more ? url + '?a=' + String(more) : url);
`,
  'users.ts': `
import { FusionAuthClient } from '@fusionauth/typescript-client';
export const client = new FusionAuthClient(process.env.KEY, 'http://localhost:9011');
`,
  'styles.css': 'a {}',
};

const cwd = repositoryWith(FILES);
const ask = async (place: string, ...more: string[]) => {
  const { code, stdout, stderr } = await fusionlint(['explain', place, ...more], { cwd });
  assert.is(stderr, '');
  assert.is(code, 0);
  return stdout;
};

test('a call through a wrapper: each part with the way it came, each rule with its reason', async () => {
  const text = await ask('use.ts:10');
  const expected = [
    'A call of Adobe Workfront Fusion, certain: host fusion.adobe.io',
    '  through send()  client.ts:5',
    '  GET https://fusion.adobe.io/api/v3/teams/{id}',
    '    https://fusion.adobe.io/api/v3  ← BASE client.ts:2',
    '    /teams/  ← path client.ts:4  ← use.ts:10',
    '    {id}  parameter "id" of teams()  ← path client.ts:4  ← use.ts:10  ← id use.ts:5',
    '    {CLIENT_ID}  environment variable CLIENT_ID  ← CLIENT_ID client.ts:14',
    '  No others are sent',
    '  ✗ required-headers  violation',
    'x-gw-region is not sent',
    '  ✗ no-hardcoded-credentials  violation',
    '  ✓ no-legacy-headers  satisfied',
    '    x-gw-ims-org-id is not sent',
  ];
  for (const line of expected) assert.ok(text.includes(line), `${line}\n\nis not in\n\n${text}`);
  assert.not(text.includes('8Qz4'), 'a credential is masked, in the code frame too');
});

test('headers that several alternatives carry stand behind the last of them, and the others say so', async () => {
  const text = await ask('regions.ts:3');
  const titles = text.split('\n').filter((line) => /^Request|^Headers|as in the next/.test(line.trim()));
  assert.is(new Set(titles).size, titles.length - 2);
  assert.is(titles.filter((line) => line === 'Headers').length, 2);
});

test("what makes an SDK's client is said to send nothing", async () => {
  const { stdout } = await fusionlint(['explain', 'users.ts:3'], { cwd });
  assert.match(
    stdout,
    /An SDK client of FusionAuth, certain: .*\nNothing is sent here: its methods do that\n/s,
  );
});

test('a place that calls go through names them', async () => {
  const wrapper = await ask('client.ts:5');
  assert.match(wrapper, 'No call site stands at client.ts:5');
  assert.match(wrapper, '5:10 calls an HTTP client; the call is judged at its callers');
  assert.match(wrapper, /This line is a part of 1 call site:\n {2}use\.ts:10 {2}GET https:\/\/fusion/);
  const header = await ask('client.ts:15');
  assert.match(header, 'No call at all starts on this line.');
  assert.match(header, 'This line is a part of 1 call site');
});

test('a call that is none of a service says why', async () => {
  assert.match(await ask('use.ts:7'), 'It goes to api.example.com, which is no host of a service');
  assert.match(await ask('use.ts:8'), 'Its URL is relative');
  assert.match(await ask('use.ts:9'), 'Its host is not known: parameter "id" of teams()');
});

test('a call that is no HTTP call says what it calls', async () => {
  assert.match(await ask('use.ts:6'), '6:3 calls a function of the project, log() (log.ts:3)');
  const text = await ask('log.ts:4');
  assert.match(text, 'calls the global console.log');
  assert.match(text, 'calls red of package chalk, which is none of the HTTP clients');
  assert.match(await ask('use.ts:2'), /The nearest call sites of this file:\n {2}use\.ts:10/);
});

test('a column chooses among the calls of a line', async () => {
  const one = folderWith({
    'a.js': "go(fetch('https://fusion.adobe.io/a'), fetch('https://fusion.adobe.io/b'));\n",
  });
  const json = async (place: string) => {
    const { stdout } = await fusionlint(['explain', place, '--format', 'json'], { cwd: one });
    return JSON.parse(stdout).calls.map((call: { requests: { url: string }[] }) => call.requests[0]?.url);
  };
  assert.equal(await json('a.js:1'), ['https://fusion.adobe.io/a', 'https://fusion.adobe.io/b']);
  assert.equal(await json('a.js:1:45'), ['https://fusion.adobe.io/b']);
});

test('a path alone is said to be a sign, and what to do about it', async () => {
  const one = folderWith({ 'a.js': "fetch(process.env.BASE + '/api/user/' + process.argv[2]);\n" });
  const { stdout } = await fusionlint(['explain', 'a.js:1'], { cwd: one });
  assert.match(stdout, 'A run does not parse this file');
  assert.match(
    stdout.replace(/\s+/g, ' '),
    "Its path is one of FusionAuth's, but a path alone proves nothing",
  );
  assert.match(stdout, 'services.fusionauth.environment');
});

test('a file that a run leaves out says so', async () => {
  const one = repositoryWith({
    'dist/a.js': "fetch('https://fusion.adobe.io/api/v3/teams');\n",
    'b.js': "fetch('https://fusion.adobe.io/api/v3/teams');\n",
    'fusionlint.config.json': '{ "exclude": ["b.js"] }',
  });
  const built = await fusionlint(['explain', 'dist/a.js:1'], { cwd: one });
  assert.match(built.stdout, 'A run without paths does not lint this file: git ignores it, or');
  assert.match(built.stdout, 'A call of Adobe Workfront Fusion');
  const excluded = await fusionlint(['explain', 'b.js:1'], { cwd: one });
  assert.match(excluded.stdout, '`include` and `exclude`');
});

test('a page of Markdown is read, and said to need --markdown', async () => {
  const page = "# Teams\n\n```js\nawait fetch('https://fusion.adobe.io/api/v3/teams');\n```\n";
  const place = { 'docs/a.md': page };
  const off = await fusionlint(['explain', 'docs/a.md:4'], { cwd: repositoryWith(place) });
  assert.match(off.stdout, 'A run without paths does not lint this file: it reads Markdown only with');
  assert.match(off.stdout, 'GET https://fusion.adobe.io/api/v3/teams');
  const configured = { ...place, 'fusionlint.config.json': '{ "markdown": true }' };
  const on = await fusionlint(['explain', 'docs/a.md:4'], { cwd: repositoryWith(configured) });
  assert.not.match(on.stdout, 'A run without paths');
});

const WRONG: readonly [words: readonly string[], message: string][] = [
  [[], 'explain needs a rule or a place, RULE, FILE:LINE'],
  [['use.ts'], 'explain needs a rule or a place, RULE, FILE:LINE'],
  [['use.ts:0'], 'explain needs a rule or a place, RULE, FILE:LINE'],
  [['use.ts:1', 'use.ts:2'], 'explain needs a rule or a place, RULE, FILE:LINE'],
  [['use.ts:99'], 'use.ts has 12 lines, not 99'],
  [['use.ts:6:80'], 'line 6 of use.ts has 10 columns, not 80'],
  [['nowhere.ts:1'], 'there is no file or folder nowhere.ts'],
  [['styles.css:1'], 'styles.css is no file that fusionlint reads'],
  [['use.ts:1', '--format', 'markdown'], 'unknown format "markdown" (formats: pretty, json)'],
  [['use.ts:1', '--quiet'], 'explain FILE:LINE takes no --quiet'],
];

for (const [words, message] of WRONG) {
  test(`wrong: explain ${words.join(' ')}`, async () => {
    const { code, stdout, stderr } = await fusionlint(['explain', ...words], { cwd });
    assert.is(stdout, '');
    assert.ok(stderr.startsWith(`fusionlint: ${message}`), stderr);
    assert.is(code, 2);
  });
}

test.run();
