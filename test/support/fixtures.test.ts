import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { annotationsOf } from './annotations.ts';
import { checkProject, projectsIn, sourcesIn } from './fixtures.ts';
import { folderWith } from './folder.ts';

const RULES = new Set(['required-headers', 'no-legacy-headers']);
const CALL = "fetch('https://fusion.adobe.io/api/v3/teams')";

const differences = (text: string) => checkProject(folderWith({ 'src/a.ts': text }));

test('reads what stands behind a line and above it', () => {
  const text = [
    'one(); // expect: required-headers (x-api-key, 403000), no-legacy-headers warn',
    '// call: GET https://fusion.adobe.io/api/v3/teams',
    '  // unknown: required-headers',
    'two(); // unknown: no-legacy-headers // call: POST https://x.example/{id}',
    'four(url); // unresolved: parameter "url" of f()',
    '{/* expect: required-headers */}',
    '<p>{three()}</p>',
    '// Call it: nothing is said here.',
  ].join('\n');
  assert.equal(annotationsOf(text, RULES), {
    findings: [
      { line: 1, ruleId: 'required-headers', severity: 'error', words: ['x-api-key', '403000'] },
      { line: 1, ruleId: 'no-legacy-headers', severity: 'warn', words: [] },
      { line: 7, ruleId: 'required-headers', severity: 'error', words: [] },
    ],
    calls: [
      { line: 4, call: 'GET https://fusion.adobe.io/api/v3/teams' },
      { line: 4, call: 'POST https://x.example/{id}' },
    ],
    unknowns: [
      { line: 4, ruleId: 'required-headers' },
      { line: 4, ruleId: 'no-legacy-headers' },
    ],
    unresolved: [{ line: 5, words: 'parameter "url" of f()' }],
  });
});

test('an annotation that can not be read is an error, not a comment', () => {
  assert.throws(() => annotationsOf('// expect: require-headers', RULES), /line 1: there is no rule/);
  assert.throws(
    () => annotationsOf('\n// expect: required-headers maybe', RULES),
    /line 2: .* can't be read/,
  );
  assert.throws(() => annotationsOf('// call: https://x.example', RULES), /not a method and a URL/);
});

test('a project that does as it says', async () => {
  assert.equal(await differences(`${CALL}; // expect: required-headers (x-gw-region)\n`), []);
});

test('a finding that nobody announced', async () => {
  const [finding = '', call, ...rest] = await differences(`${CALL};\n`);
  assert.match(finding, /^src\/a\.ts:1 surplus required-headers error: .*x-api-key/);
  assert.is(call, 'src/a.ts:1 surplus call GET https://fusion.adobe.io/api/v3/teams');
  assert.equal(rest, []);
});

test('a finding that is missing, of another severity, or in other words', async () => {
  for (const said of ['no-legacy-headers', 'required-headers warn', 'required-headers (x-user-auth)']) {
    const found = await differences(`${CALL}; // expect: ${said}\n`);
    assert.ok(
      found.some((each) => each.startsWith('src/a.ts:1 expected ')),
      said,
    );
  }
  const [none] = await differences('// expect: required-headers\nexport {};\n');
  assert.is(none, 'src/a.ts:2 expected required-headers error, got no call site');
});

test('a call that is missing, or another one', async () => {
  const [missing = '', surplus = ''] = await differences(
    `${CALL}; // expect: required-headers // call: GET https://fusion.adobe.io/api/v3/users\n`,
  );
  assert.match(missing, /expected call GET .*\/users, got GET .*\/teams/);
  assert.match(surplus, /surplus call GET .*\/teams/);
});

test('an unknown verdict, announced or not', async () => {
  const call = `export const f = (headers: HeadersInit) => ${CALL.slice(0, -1)}, { headers });`;
  assert.equal(await differences(`${call} // unknown: required-headers, no-legacy-headers\n`), []);
  const [surplus = ''] = await differences(`${call} // unknown: required-headers\n`);
  assert.match(surplus, /^src\/a\.ts:1 surplus no-legacy-headers unknown: /);
  const [missing = ''] = await differences(
    `${CALL}; // expect: required-headers // unknown: no-legacy-headers\n`,
  );
  assert.match(missing, /^src\/a\.ts:1 expected no-legacy-headers unknown, got GET /);
});

test('a call that leads nowhere', async () => {
  const call = '/* fusion.adobe.io */ export const f = (url: string) => fetch(url);';
  assert.equal(await differences(`${call}\n`), [], 'it need not be announced');
  assert.equal(await differences(`${call} // unresolved: parameter "url"\n`), []);
  const [missing = ''] = await differences(`${call} // unresolved: variable\n`);
  assert.is(missing, 'src/a.ts:1 expected unresolved (variable), got parameter "url" of f()');
});

test('a file that does not parse', async () => {
  const [problem = ''] = await differences("fetch('https://fusion.adobe.io/'; const = {\n");
  assert.match(problem, /^src\/a\.ts:1 problem: /);
});

test('a folder with a package.json is a project, and so is each folder of a group', () => {
  const root = folderWith({
    'demo/package.json': '{}',
    'demo/src/a.ts': '',
    'group/one/src/a.ts': '',
    'group/two/packages/b/package.json': '{}',
    'group/two/fusionlint.config.js': '',
    'group/two/packages/b/index.cjs': '',
    'group/README.md': '',
  });
  assert.equal(projectsIn(root), ['demo', 'group/one', 'group/two']);
  assert.equal(sourcesIn(`${root}/group/two`), ['packages/b/index.cjs']);
});

test.run();
