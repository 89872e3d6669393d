import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkExamples, examplesOf } from './examples.ts';

const CALL = "await fetch('https://fusion.adobe.io/api/v3/teams'";
const HEADERS = "'x-api-key': id, 'x-organization-id': organization, 'x-gw-region': region";
const WRONG = `${CALL});`;
const RIGHT = `${CALL}, { headers: { Authorization: token, ${HEADERS} } });`;
const UNKNOWN = `${CALL}, { headers });`;

function page(wrong: string, right = RIGHT, unknown = UNKNOWN, before = ''): string {
  const section = (heading: string, code: string) =>
    `## ${heading}\n\n\`\`\`js${code.startsWith(' ') ? '' : '\n'}${code}\n\`\`\`\n`;
  return `# A rule\n\n${before}${section('Wrong', wrong)}${section('Right', right)}${section('Cannot tell', unknown)}`;
}
const check = (...parts: Parameters<typeof page>) => checkExamples('required-headers', page(...parts));

test('an example is a file at its lines; a named block that is no code belongs to those behind it', () => {
  const text = [
    '## Wrong',
    '```js',
    'one();',
    '```',
    'Some words, `json` that is no file, and a table.',
    '```json',
    '{}',
    '```',
    '```json file=fusionlint.config.json',
    '{ "asOf": "2026-01-01" }',
    '```',
    '### More of it',
    '```ts file=lib/two.ts part',
    'two();',
    '```',
    '```jsx file=app/page.jsx',
    'three();',
    '```',
  ].join('\n');
  assert.equal(examplesOf(text), [
    { heading: 'Wrong', file: 'line-2.js', files: { 'line-2.js': '\n\none();\n' } },
    {
      heading: 'Wrong',
      file: 'app/page.jsx',
      files: {
        'fusionlint.config.json': '{ "asOf": "2026-01-01" }\n',
        'lib/two.ts': 'two();\n',
        'app/page.jsx': `${'\n'.repeat(16)}three();\n`,
      },
    },
  ]);
});

test('a page whose examples are what it says', async () => {
  assert.equal(await check(WRONG), []);
  assert.equal(await check(`${WRONG} // expect: required-headers (x-gw-region)`), []);
});

test('a wrong example in which nothing is wrong, and a right one in which something is', async () => {
  const [wrong = '', ...rest] = await check(RIGHT);
  assert.match(wrong, 'line-5.js under "Wrong": required-headers says satisfied, not violation');
  assert.equal(rest, []);
  const [right = '', surplus = ''] = await check(WRONG, WRONG);
  assert.match(right, 'under "Right": required-headers says violation, not satisfied');
  assert.match(surplus, /surplus required-headers error/);
});

test('an example that can be told', async () => {
  const [found = '', ...rest] = await check(WRONG, RIGHT, RIGHT);
  assert.match(found, 'under "Cannot tell": required-headers says satisfied, not unknown');
  assert.equal(rest, []);
});

test('what another rule finds must be announced', async () => {
  const old = `${CALL}, { headers: { 'x-gw-ims-org-id': organization } });`;
  assert.match((await check(old)).join('\n'), /surplus no-legacy-headers warn/);
  assert.equal(await check(`${old} // expect: no-legacy-headers warn`), []);
  assert.match(
    (await check(`${WRONG} // expect: no-legacy-headers warn`)).join('\n'),
    /expected no-legacy-headers warn/,
  );
});

test('a finding that the example announces in other words', async () => {
  assert.match(
    (await check(`${WRONG} // expect: required-headers (x-user-auth)`)).join('\n'),
    /expected required-headers error \(x-user-auth\)/,
  );
});

test('an example that does not parse, a call that is none of a service, and a page without examples', async () => {
  assert.match((await check(`${CALL}, {;`)).join('\n'), /problem: /);
  assert.match((await check("await fetch('/own');")).join('\n'), /says nothing, not violation/);
  assert.equal(await checkExamples('required-headers', '# A rule\n'), [
    'no example under "Wrong"',
    'no example under "Right"',
    'no example under "Cannot tell"',
  ]);
});

test('an example with a configuration', async () => {
  const config =
    '```json file=fusionlint.config.json\n{ "services": { "workfront-fusion": { "hosts": ["fusion.example.com"] } } }\n```\n\n';
  const elsewhere = (code: string) => code.replace('fusion.adobe.io', 'fusion.example.com');
  const codes = [WRONG, RIGHT, UNKNOWN].map(elsewhere) as [string, string, string];
  assert.equal(await check(...codes, config), []);
  assert.is.not((await check(...codes)).length, 0);
});

test.run();
