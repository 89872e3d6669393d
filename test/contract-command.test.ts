import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { fusionlint } from './support/cli.ts';
import { folderWith } from './support/folder.ts';

// A small document, in the two languages that such documents are written in.
const DOCUMENT = `openapi: 3.0.3
info:
  title: Notes
  version: "1"
servers:
  - url: https://notes.example.com/v1
security:
  - token: []
paths:
  /notes:
    parameters:
      - $ref: "#/components/parameters/team"
    get: &operation
      responses:
        "200": { description: OK }
        "401": { description: No token }
    post: *operation
  /health:
    get:
      security: []
      responses:
        "200": { description: OK }
  /drafts:
    get:
      <<: *operation
      deprecated: true
      x-sunset: 2026-10-01
components:
  securitySchemes:
    token: { type: http, scheme: bearer }
  parameters:
    team: { in: header, name: X-Team, required: true, description: The id of your team. }
`;

const CONTRACT = {
  title: 'Notes',
  hosts: ['notes.example.com'],
  headers: { Authorization: { value: '`Bearer ` and an access token', answer: { status: 401 } } },
  endpoints: {
    'GET /v1/notes': { headers: { 'X-Team': { value: 'The id of your team' } } },
    'POST /v1/notes': { headers: { 'X-Team': { value: 'The id of your team' } } },
    'GET /v1/health': { without: ['Authorization'] },
  },
  complete: true,
  retiredEndpoints: {
    'GET /v1/drafts': { replacement: 'the operation that its documentation names', failsFrom: '2026-10-01' },
  },
  credentials: [{ in: 'header', name: 'Authorization', what: 'access token' }],
};

test('a contract of an OpenAPI document, on standard output', async () => {
  const json = JSON.stringify({ ...CONTRACT, openapi: '3.1.0' });
  const cwd = folderWith({ 'notes.yaml': DOCUMENT, 'empty.json': json });
  const { code, stdout, stderr } = await fusionlint(['contract', 'notes.yaml'], { cwd });
  assert.is(stderr, '');
  assert.is(code, 0);
  assert.equal(JSON.parse(stdout), CONTRACT);
  assert.is(stdout, `${JSON.stringify(CONTRACT, null, 2)}\n`);
});

test('written to a file, named in the configuration, and linted by', async () => {
  const cwd = folderWith({
    'api/notes.yaml': DOCUMENT,
    'fusionlint.config.json': '{ "services": { "notes": { "contract": "./notes.contract.json" } } }',
    'a.ts': [
      "const headers = { Authorization: 'Bearer ' + process.env.TOKEN };",
      "fetch('https://notes.example.com/v1/health');",
      "fetch('https://notes.example.com/v1/notes', { headers });",
      "fetch('https://notes.example.com/v1/drafts', { headers });",
      "fetch('https://notes.example.com/v2/notes');",
    ].join('\n'),
  });
  const words = ['contract', 'api/notes.yaml', '--output', 'notes.contract.json'];
  assert.equal(await fusionlint(words, { cwd }), { code: 0, stdout: '', stderr: '' });
  const { stdout } = await fusionlint(['--format=json', '--as-of=2026-11-24'], { cwd });
  assert.equal(
    JSON.parse(stdout).findings.map((each: { message: string }) => each.message),
    [
      'Notes rejects this call: X-Team is not sent. Send The id of your team.',
      'Notes rejects GET /v1/drafts since 2026-10-01. Use the operation that its documentation names instead.',
    ],
  );

  const again = await fusionlint(words, { cwd });
  assert.equal(again, {
    code: 2,
    stdout: '',
    stderr: 'fusionlint: --output notes.contract.json: this file exists; --force overwrites it\n',
  });
  assert.is((await fusionlint([...words, '--force'], { cwd })).code, 0);
  assert.equal(JSON.parse(readFileSync(path.join(cwd, 'notes.contract.json'), 'utf8')), CONTRACT);
});

test('a document without a host: the contract, and what to do', async () => {
  const cwd = folderWith({ 'a.json': '{ "openapi": "3.0.0", "paths": { "/notes": { "get": {} } } }' });
  const { code, stdout, stderr } = await fusionlint(['contract', 'a.json'], { cwd });
  assert.is(code, 0);
  assert.equal(JSON.parse(stdout).hosts, []);
  assert.is(
    stderr,
    'fusionlint: a.json names no host: write it into "hosts", or set "hosts" or "environment" of the service\n',
  );
});

const wrong = folderWith({
  'swagger.json': '{ "swagger": "2.0" }',
  'broken.yaml': 'openapi: 3.0.0\npaths:\n  /notes: {get: [}\n',
  'broken.json': '{ "openapi": "3.0.0",\n "paths": { }, }',
  'bomb.yaml': `a: &a [x]\n${['a', 'b', 'c', 'd'].map((name, at) => `${'bcde'[at]}: &${'bcde'[at]} [${Array(20).fill(`*${name}`).join(', ')}]`).join('\n')}\n`,
  'external.yaml': 'openapi: 3.0.0\npaths:\n  /notes:\n    $ref: ./notes.yaml\n',
  'folder/x': '',
});

for (const [words, message] of [
  [
    ['swagger.json'],
    'swagger.json: this is Swagger 2.0; convert it to OpenAPI 3 first, which fusionlint reads',
  ],
  [['broken.yaml'], /^broken\.yaml:3: not valid YAML: [^\n]+$/],
  [['broken.json'], /^broken\.json:2: not valid JSON: [^\n]+$/],
  [['bomb.yaml'], /^bomb\.yaml: not valid YAML: [^\n]+$/],
  [
    ['external.yaml'],
    'external.yaml: "paths./notes" refers to ./notes.yaml, which is another file; bundle the document into one file first',
  ],
  [['folder/x'], 'folder/x: this is no OpenAPI document'],
  [['folder'], 'there is no file folder'],
  [['missing.yaml'], 'there is no file missing.yaml'],
  [[], 'contract needs one file, an OpenAPI document (for a folder named contract: fusionlint ./contract)'],
  [
    ['a.yaml', 'b.yaml'],
    'contract needs one file, an OpenAPI document (for a folder named contract: fusionlint ./contract)',
  ],
  [['a.yaml', '--format', 'json'], 'contract takes no --format: it prints JSON'],
  [['a.yaml', '--quiet'], 'contract takes no --quiet'],
] as const) {
  test(`fusionlint contract ${words.join(' ')}: 2 and what is wrong`, async () => {
    const { code, stdout, stderr } = await fusionlint(['contract', ...words], { cwd: wrong });
    assert.is(code, 2);
    assert.is(stdout, '');
    const told = stderr.replace(/^fusionlint: /, '').trimEnd();
    if (typeof message === 'string') assert.is(told, message);
    else assert.match(told, message);
  });
}

test('linting takes no --force', async () => {
  const { code, stderr } = await fusionlint(['--force'], { cwd: wrong });
  assert.is(code, 2);
  assert.is(stderr, 'fusionlint: linting takes no --force\n');
});

test.run();
