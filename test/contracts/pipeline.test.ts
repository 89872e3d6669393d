import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Correction, correct, needless, readCorrections } from '../../scripts/contracts/corrections.ts';
import { parseOpenApi } from '../../scripts/contracts/openapi.ts';
import { lineOf, shapeOf } from '../../scripts/contracts/operation.ts';
import {
  type ClientMethod,
  cloudManager,
  fusionAuth,
  workfrontFusion,
} from '../../scripts/contracts/vendors.ts';
import { adobeIms, build, dataText } from '../../scripts/contracts.ts';
import adobeImsData from '../../src/contracts/data/adobe-ims.ts';
import cloudManagerData from '../../src/contracts/data/cloud-manager.ts';
import fusionauthData from '../../src/contracts/data/fusionauth.ts';
import workfrontFusionData from '../../src/contracts/data/workfront-fusion.ts';

const DATA: Readonly<Record<string, string>> = {
  'workfront-fusion': workfrontFusionData,
  fusionauth: fusionauthData,
  'cloud-manager': cloudManagerData,
  'adobe-ims': adobeImsData,
};

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

function committed(service: string): string {
  return readFileSync(join(REPOSITORY, `src/contracts/data/${service}.ts`), 'utf8');
}

/** The lines of the data by method and shape of the path. */
function linesOf(service: string): Map<string, string> {
  const lines = (DATA[service] ?? '').trim().split('\n');
  return new Map(
    lines.map((line) => {
      const [method = '', path = ''] = line.split(' ');
      return [shapeOf({ method, path }), line];
    }),
  );
}

test('the committed data has every operation of the sources', () => {
  const counts = Object.fromEntries(Object.keys(DATA).map((service) => [service, linesOf(service).size]));
  assert.equal(counts, { 'workfront-fusion': 46, fusionauth: 379 + 5, 'cloud-manager': 106, 'adobe-ims': 7 });
  for (const [service, count] of Object.entries(counts))
    assert.match(committed(service), `/** ${count} operations;`);
});

test('the data of Adobe IMS is what its corrections make', () => {
  assert.is(dataText(adobeIms()), committed('adobe-ims'));
});

for (const service of Object.keys(DATA)) {
  test(`${service}: the committed data says what the corrections say`, () => {
    const lines = linesOf(service);
    const corrections = readCorrections(service);
    for (const corrected of correct([], corrections)) {
      const words = lineOf(corrected).split(' ').slice(2);
      const line = lines.get(shapeOf(corrected));
      assert.ok(line, `${corrected.method} ${corrected.path} is in the data`);
      for (const word of words.filter((each) => each !== ''))
        assert.ok(line?.split(' ').includes(word), `${word} in ${line}`);
    }
    for (const { methods, path, name } of corrections.flatMap(({ removedQuery }) => removedQuery)) {
      for (const method of methods)
        assert.not.match(lines.get(shapeOf({ method, path })) ?? '', new RegExp(`[=,]${name}\\b`));
    }
  });

  test(`${service}: every correction has a source and a day`, () => {
    for (const { source, date } of readCorrections(service)) {
      assert.ok(source.length > 10);
      assert.match(date, /^20\d\d-\d\d-\d\d$/);
    }
  });
}

const correction = (of: Partial<Correction>): Correction => ({
  source: 'a page of the vendor',
  date: '2026-11-24',
  operations: [],
  removedQuery: [],
  ...of,
});

test('corrections: what they add, change and remove', () => {
  const vendor = [
    {
      method: 'GET',
      path: '/things/{id}',
      auth: ['api-key'],
      query: [
        { name: 'team', required: true },
        { name: 'sort', required: false },
      ],
    },
  ];
  const corrections = [
    correction({
      operations: [
        { methods: ['GET'], path: '/things/{thingId}', auth: ['none'], tenant: 'needed' },
        { methods: ['GET'], path: '/things/{thingId}', auth: ['jwt'], tenant: 'optional' },
        { methods: ['GET', 'PUT'], path: '/new', auth: ['bearer'], query: ['kind'], headers: ['x-a'] },
        { methods: ['POST'], path: '/form', auth: ['none'], body: 'form' },
      ],
      removedQuery: [{ methods: ['GET'], path: '/things/{x}', name: 'team' }],
    }),
  ];
  assert.equal(correct(vendor, corrections).map(lineOf), [
    'GET /things/{id} jwt,none tenant=sometimes query=sort?',
    'GET /new bearer headers=x-a query=kind',
    'PUT /new bearer headers=x-a query=kind',
    'POST /form none form',
  ]);
  assert.equal(needless(vendor, corrections), []);
  assert.equal(needless([], corrections), ['GET /things/{x} has no query parameter team to remove']);
});

test('Workfront Fusion: headers are security schemes', () => {
  const document = parseOpenApi(
    JSON.stringify({
      info: { version: 'v3' },
      components: {
        securitySchemes: {
          Authorization: { type: 'http', scheme: 'bearer' },
          Region: { type: 'apiKey', in: 'header', name: 'X-Region' },
        },
      },
      paths: {
        '/a': {
          get: {
            security: [{ Authorization: [], Region: [] }],
            parameters: [
              { name: 'from', in: 'query', required: true },
              { name: 'limit', in: 'query' },
            ],
          },
        },
        '/b': { get: { security: [{ Authorization: [] }] } },
      },
    }),
    'a.json',
  );
  assert.equal(workfrontFusion(document).map(lineOf), [
    'GET /a bearer headers=authorization,x-region query=from,limit?',
    'GET /b bearer',
  ]);
});

test('Cloud Manager: headers are parameters, Content-Type is a word of its own', () => {
  const document = parseOpenApi(
    `info: { version: 1.0.0 }
paths:
  /a:
    parameters: [{ name: Authorization, in: header, required: true }]
    get: {}
    put:
      parameters: [{ name: Content-Type, in: header, required: true }]
`,
    'a.yaml',
  );
  assert.equal(cloudManager(document).map(lineOf), ['GET /a bearer', 'PUT /a bearer content-type']);
});

test('FusionAuth: what the clients send stands before the specification', () => {
  const document = parseOpenApi(
    `info: { version: 1.2.3 }
security: [{ ApiKeyAuth: [] }]
paths:
  /api/a: { get: { parameters: [{ name: ids, in: query }] } }
  /api/b: { post: { security: [{ BearerAuth: [] }] } }
  /api/c/{id}: { get: {} }
`,
    'a.yaml',
  );
  const method = (of: Partial<ClientMethod>): ClientMethod => ({
    uri: '/api/a',
    method: 'get',
    anonymous: false,
    authorization: '',
    params: [],
    ...of,
  });
  const segment = (name: string, comment: string) => ({
    name,
    type: 'urlSegment',
    constant: false,
    value: '',
    comments: [comment],
  });
  const lines = fusionAuth(document, [
    method({ anonymous: true }),
    method({ uri: '/api/c', params: [segment('other', '(Optional) the id')] }),
    method({
      uri: '/oauth2/token',
      method: 'post',
      anonymous: true,
      params: [{ ...segment('t', ''), type: 'form' }],
    }),
    method({ uri: '/api/d', anonymous: true, authorization: '"Bearer " + jwt' }),
    method({ uri: '/api/d', deprecated: 'renamed' }),
  ]).map(lineOf);
  assert.equal(lines, [
    'GET /api/a none query=ids?',
    'POST /api/b jwt',
    'GET /api/c/{id} api-key',
    'GET /api/c api-key',
    'POST /oauth2/token oauth-client',
    'GET /api/d jwt',
  ]);
});

test('wrong arguments and files are refused, with the reason', () => {
  const folder = mkdtempSync(join(tmpdir(), 'contracts-'));
  try {
    const file = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    mkdirSync(join(folder, 'clone'));
    const spec = '{ "info": { "version": "v3" }, "paths": { "/a": { "get": {} } } }';
    const changed = file('clone/fusion.json', spec);
    const git = (...args: string[]) => execFileSync('git', ['-C', join(folder, 'clone'), ...args]);
    git('init', '-q');
    git('-c', 'user.name=a', '-c', 'user.email=a@example.test', 'commit', '-q', '--allow-empty', '-m', 'a');
    const wrong: [readonly string[], string][] = [
      [[], 'no file is given'],
      [['--cloud-manger', 'x'], "Unknown option '--cloud-manger'"],
      [['--cloud-manager', join(folder, 'absent.yaml')], 'no such file'],
      [['--fusionauth', file('openapi.yaml', 'a: [')], 'go together'],
      [['--workfront-fusion', file('list.json', '{ "paths": [] }')], 'not the OpenAPI document'],
      [['--adobe-ims', '--workfront-fusion', file('fusion.json', spec)], 'not in a git clone'],
      [['--adobe-ims', '--workfront-fusion', changed], 'changes that are not in'],
    ];
    for (const [args, why] of wrong) {
      assert.throws(
        () => build(args),
        (error: Error) => error.message.includes(why),
        why,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('refused input: exit code 2, and nothing is written, not even what was right', () => {
  const before = Object.keys(DATA).map(committed);
  const args = ['--import', 'tsx', 'scripts/contracts.ts', '--adobe-ims', '--cloud-manager', 'absent.yaml'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: REPOSITORY, encoding: 'utf8' });
  assert.is(status, 2);
  assert.match(stderr, /^Nothing is written: .*absent\.yaml/);
  assert.equal(Object.keys(DATA).map(committed), before);
});

test.run();
