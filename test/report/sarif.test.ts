import type { Log, Result as SarifResult } from 'sarif';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type ReportOptions, render } from '../../src/report/index.ts';
import { MAX_RESULTS } from '../../src/report/sarif.ts';
import type { Finding, Result } from '../../src/request.ts';
import { at, clean, empty, sample, sources } from '../support/result.ts';
import { validator } from '../support/schema.ts';
import { hostile } from './hostile.ts';

const errorsOf = validator('sarif-schema-2.1.0.json');

const PAGE = `# required-headers

See [the others](no-legacy-headers.md) and [the vendor](https://example.test/x).

\`\`\`js
handlers[0](request);
\`\`\`
`;

async function log(result: Result, options: Partial<ReportOptions> = {}): Promise<Log> {
  const page = (id: string) => (id === 'required-headers' ? PAGE : undefined);
  const text = await render('sarif', result, {
    color: false,
    quiet: false,
    sources,
    page,
    exitCode: 1,
    ...options,
  });
  return JSON.parse(text) as Log;
}

async function run(result: Result, options: Partial<ReportOptions> = {}) {
  const [first] = (await log(result, options)).runs;
  if (!first) throw new Error('no run');
  return { ...first, results: first.results ?? [] };
}

const [finding] = sample.findings;
if (!finding) throw new Error('no sample');

const accepted: Result = {
  ...sample,
  known: [{ ...finding, fingerprint: 'e5e5e5e5e5e5e5e5' }],
  suppressed: [
    {
      ...finding,
      fingerprint: 'f6f6f6f6f6f6f6f6',
      suppression: {
        reason: 'The proxy adds it',
        until: '2027-01-31',
        location: at('src/auth/users.ts', 6, 1, 30),
      },
    },
  ],
};

const fixed: Finding = {
  ...finding,
  fix: {
    description: 'Rename the header to x-organization-id',
    edits: [
      { location: at('src/headers.ts', 3, 3, 20), text: "'x-organization-id'" },
      { location: at('src/http.ts', 4, 10, 10), text: '\u202e' },
    ],
  },
};

for (const [name, result] of Object.entries({
  sample,
  accepted,
  clean,
  empty,
  hostile,
  fixed: { ...sample, findings: [fixed] },
}))
  test(`${name}: valid by the schema of SARIF 2.1.0`, async () => {
    assert.equal(errorsOf(await log(result)), []);
    assert.equal(errorsOf(await log(result, { base: 'packages/api/' })), []);
  });

test('the schema is in force', async () => {
  const wrong = await log(sample);
  Object.assign(wrong.runs[0] ?? {}, { columnKind: 'bytes' });
  assert.is(errorsOf(wrong).length, 1);
});

test('every finding with its rule, level, place and fingerprint', async () => {
  const { results, tool } = await run(sample);
  assert.equal(
    results.map(({ ruleId, level }) => [ruleId, level]),
    [
      ['authorization-scheme', 'error'],
      ['no-hardcoded-credentials', 'warning'],
      ['required-headers', 'error'],
      ['no-legacy-headers', 'warning'],
    ],
  );
  for (const { ruleId, ruleIndex } of results) assert.is(tool.driver.rules?.[ruleIndex ?? -1]?.id, ruleId);
  const [, , third] = results;
  assert.equal(third?.locations, [
    {
      physicalLocation: {
        artifactLocation: { uri: 'src/activity/list.ts', uriBaseId: '%SRCROOT%' },
        region: { startLine: 4, startColumn: 10, endLine: 4, endColumn: 79 },
      },
    },
  ]);
  assert.equal(third?.partialFingerprints, { 'fusionlintFingerprint/v1': 'c3c3c3c3c3c3c3c3' });
  assert.is(third?.baselineState, undefined);
});

test('a message links the places, and each link leads to one', async () => {
  const { results } = await run(sample);
  const third = results[2];
  assert.match(third?.message.text ?? '', / See \[request\(\)\]\(1\), \[headers\]\(2\)\.$/);
  assert.equal(
    third?.relatedLocations?.map(({ id, message }) => [id, message?.text]),
    [
      [1, 'request()'],
      [2, 'headers'],
    ],
  );
});

test('the way of the request: where its parts come from, the call, the wrapper', async () => {
  const { results } = await run(sample);
  const steps = results[3]?.codeFlows?.[0]?.threadFlows[0]?.locations.map(({ location }) => [
    location?.message?.text,
    location?.physicalLocation?.artifactLocation?.uri,
  ]);
  assert.equal(steps, [
    ['headers', 'src/headers.ts'],
    ['x-gw-ims-org-id', 'src/headers.ts'],
    ['GET /api/v3/activity-logs', 'src/activity/list.ts'],
    ['request()', 'src/http.ts'],
  ]);
});

test('a rule brings its page along, with links that lead somewhere from anywhere', async () => {
  const { tool } = await run(sample);
  const [rule, other] = tool.driver.rules ?? [];
  assert.is(rule?.name, 'RequiredHeaders');
  assert.is(rule?.helpUri, 'https://example.test/rules/required-headers.md');
  assert.equal(rule?.defaultConfiguration, { level: 'error' });
  const markdown = rule?.help?.markdown ?? '';
  assert.ok(markdown.includes('[the others](https://example.test/rules/no-legacy-headers.md)'), markdown);
  assert.ok(markdown.includes('[the vendor](https://example.test/x)'));
  assert.ok(markdown.includes('handlers[0](request);'));
  assert.match(rule?.help?.text ?? '', /^required-headers\n\n {2}See the others/);
  assert.is(other?.help?.markdown, undefined);
});

test('findings about credentials are security alerts for GitHub, others are not', async () => {
  const { tool } = await run(sample);
  const severities = tool.driver.rules?.map(({ id, properties }) => [id, properties?.['security-severity']]);
  assert.equal(severities, [
    ['required-headers', undefined],
    ['authorization-scheme', undefined],
    ['no-hardcoded-credentials', '8.0'],
    ['no-legacy-headers', undefined],
  ]);
  const rule = tool.driver.rules?.[2];
  assert.ok(rule?.properties?.tags?.includes('security'));
});

test('what is suppressed says why, and with a baseline every result has a state', async () => {
  const { results } = await run(accepted);
  assert.equal(
    results.map(({ baselineState }) => baselineState),
    ['new', 'new', 'new', 'new', 'unchanged', 'new'],
  );
  const [suppression] = results.at(-1)?.suppressions ?? [];
  assert.is(suppression?.kind, 'inSource');
  assert.is(suppression?.status, 'accepted');
  assert.is(suppression?.justification, 'The proxy adds it (until 2027-01-31)');
  assert.is(suppression?.location?.physicalLocation?.region?.startLine, 6);
});

test('a fix, file by file, with its text as it is', async () => {
  const { results } = await run({ ...sample, findings: [fixed] });
  const [fix] = results[0]?.fixes ?? [];
  assert.is(fix?.description?.text, 'Rename the header to x-organization-id');
  assert.equal(
    fix?.artifactChanges.map(({ artifactLocation: { uri }, replacements: [first] }) => [
      uri,
      first?.deletedRegion.startColumn,
      first?.insertedContent?.text,
    ]),
    [
      ['src/headers.ts', 3, "'x-organization-id'"],
      ['src/http.ts', 10, '\u202e'],
    ],
  );
});

test('what could not be read is a notification, beside the exit code', async () => {
  const { invocations, columnKind, automationDetails } = await run(sample);
  const [invocation] = invocations ?? [];
  assert.is(invocation?.exitCode, 1);
  assert.is(invocation?.executionSuccessful, true);
  assert.is(invocation?.toolExecutionNotifications?.[0]?.message.text, "',' expected.");
  assert.is(columnKind, 'utf16CodeUnits');
  assert.is(automationDetails?.id, 'fusionlint/');
});

test('files are named from the top of the repository, as URIs', async () => {
  const odd = { ...sample, findings: [{ ...finding, location: at('a b/#1%20:ü.ts', 1, 1, 2) }] };
  const { results, originalUriBaseIds } = await run(odd, { base: 'packages/api/' });
  const uri = results[0]?.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
  assert.is(uri, 'packages/api/a%20b/%231%2520%3A%C3%BC.ts');
  assert.equal(Object.keys(originalUriBaseIds ?? {}), ['%SRCROOT%']);
});

test('of more results than GitHub takes, warnings are left out first, and it is said', async () => {
  const copies = (count: number, severity: Finding['severity']): Finding[] =>
    Array.from({ length: count }, () => ({ ...finding, severity, related: [], callSite: 'none' }));
  const many = { ...sample, findings: [...copies(MAX_RESULTS, 'warn'), ...copies(3, 'error')] };
  const { results, invocations } = await run(many);
  assert.is(results.length, MAX_RESULTS);
  assert.is(results.filter(({ level }: SarifResult) => level === 'error').length, 3);
  const told = invocations?.[0]?.toolExecutionNotifications?.map(({ message }) => message.text) ?? [];
  assert.match(told.join('\n'), /^3 results left out: GitHub refuses/m);
});

test('--quiet leaves nothing out', async () => {
  assert.is((await run(sample, { quiet: true })).results.length, 4);
});

test.run();
