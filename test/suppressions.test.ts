import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lint } from '../src/index.ts';
import type { RunOptions } from '../src/prepare.ts';
import { folderWith } from './support/folder.ts';

// Which findings comments take away. The forms of comments: fixtures/rules/no-stale-suppressions.

const ASK = "await fetch('https://fusion.adobe.io/api/v3/teams');";
const STALE = 'no-stale-suppressions';

/** `file:line rule` of what counts, and of what is suppressed. */
async function outcome(files: Readonly<Record<string, string>>, options: Partial<RunOptions> = {}) {
  const result = await lint({ cwd: folderWith(files), asOf: '2026-11-24', ...options });
  const print = ({ ruleId, location }: (typeof result.findings)[number]) =>
    `${location.file}:${location.startLine} ${ruleId}`;
  return {
    counts: result.findings.map(print),
    suppressed: (result.suppressed ?? []).map(print),
    result,
  };
}

test('what is suppressed is told of with its reason, its day and its comment', async () => {
  const { counts, result } = await outcome({
    'a.js': `// fusionlint-disable-next-line required-headers until 2026-11-24 -- the  gateway -- adds them\n${ASK}\n`,
  });
  assert.equal(counts, []);
  assert.equal(result.stats.findings, 0);
  assert.equal(result.suppressed?.[0]?.suppression, {
    reason: 'the gateway -- adds them',
    until: '2026-11-24',
    location: { file: 'a.js', startLine: 1, startColumn: 1, endLine: 1, endColumn: 95 },
  });
});

test('the day after the last one, it is a finding again', async () => {
  const files = {
    'a.js': `// fusionlint-disable-next-line required-headers until 2026-11-24 -- gateway\n${ASK}\n`,
  };
  const { counts, suppressed } = await outcome(files, { asOf: '2026-11-25' });
  assert.equal(counts, [`a.js:1 ${STALE}`, 'a.js:2 required-headers']);
  assert.equal(suppressed, []);
});

test('without a finding, the result says nothing of suppressions', async () => {
  assert.not('suppressed' in (await outcome({ 'a.js': ASK })).result);
});

test('one comment above another speaks of the same line', async () => {
  const { counts, suppressed } = await outcome({
    'a.js': [
      '// fusionlint-disable-next-line required-headers -- one',
      '// fusionlint-disable-next-line known-endpoint -- two',
      "await fetch('https://fusion.adobe.io/api/v3/nothing/at/all');",
    ].join('\n'),
  });
  assert.equal(counts, []);
  assert.equal(suppressed.length, 2);
});

const SHARED = {
  'headers.js': "export const headers = {\n  'x-gw-ims-org-id': id,\n  'x-organization-id': id,\n};\n",
  'one.js':
    "import { headers } from './headers.js';\nexport const one = () => fetch('https://fusion.adobe.io/api/v3/teams', { headers });\n",
  'two.js':
    "import { headers } from './headers.js';\nexport const two = () => fetch('https://fusion.adobe.io/api/v3/users', { headers });\n",
};
const COMMENT = '// fusionlint-disable-file no-legacy-headers, required-headers -- the gateway\n';

test('a cause that calls share is suppressed where it stands', async () => {
  const { counts, suppressed } = await outcome({ ...SHARED, 'headers.js': COMMENT + SHARED['headers.js'] });
  assert.equal(counts, []);
  assert.equal(suppressed, ['headers.js:2 required-headers', 'headers.js:2 no-legacy-headers']);
});

test('at one of the calls, a comment does not hide the others, and is not stale', async () => {
  const { counts } = await outcome({ ...SHARED, 'one.js': COMMENT + SHARED['one.js'] });
  assert.equal(counts, ['headers.js:1 required-headers', 'headers.js:1 no-legacy-headers']);
});

test('comments at all of the calls suppress what they share', async () => {
  const { counts, suppressed } = await outcome({
    ...SHARED,
    'one.js': COMMENT + SHARED['one.js'],
    'two.js': COMMENT + SHARED['two.js'],
  });
  assert.equal(counts, []);
  assert.is(suppressed.length, 2);
});

test('a run over a part of the project sees the same findings and judges comments by all of them', async () => {
  const cause = { ...SHARED, 'headers.js': COMMENT + SHARED['headers.js'] };
  assert.equal((await outcome(cause, { paths: ['headers.js'] })).counts, []);
  const { counts, suppressed } = await outcome(cause, { paths: ['one.js'] });
  assert.equal(counts, []);
  assert.is(suppressed.length, 2);
  assert.equal((await outcome(SHARED, { paths: ['one.js'] })).counts, [
    'headers.js:1 required-headers',
    'headers.js:1 no-legacy-headers',
  ]);
  // Its calls are not asked for.
  assert.equal((await outcome(SHARED, { paths: ['headers.js'] })).counts, []);
});

test('comments in files that are not asked for are not judged', async () => {
  const files = { 'a.js': ASK, 'b.js': '// fusionlint-disable-file require-https -- why\n' };
  assert.equal((await outcome(files)).counts, ['a.js:1 required-headers', `b.js:1 ${STALE}`]);
  assert.equal((await outcome(files, { paths: ['a.js'] })).counts, ['a.js:1 required-headers']);
});

test('without a service in the project, a comment is still found to be needless', async () => {
  const { counts, result } = await outcome({
    'a.js': '// fusionlint-disable-file require-https -- why\n',
    'b.js': 'f();\n',
  });
  assert.equal(counts, [`a.js:1 ${STALE}`]);
  assert.is(result.stats.filesParsed, 1);
});

test('a file that does not parse says nothing of its comments', async () => {
  const { counts } = await outcome({ 'a.js': '// fusionlint-disable-file require-https -- why\nlet = ;\n' });
  assert.equal(counts, []);
});

test('a rule that is off, if only for one service, makes a comment neither used nor stale', async () => {
  const comment = '// fusionlint-disable-file require-https -- why\n';
  for (const config of [
    { rules: { 'require-https': 'off' } },
    { services: { fusionauth: { rules: { 'require-https': 'off' } } } },
    { rules: { [STALE]: 'off' } },
  ]) {
    const files = { 'a.js': comment, 'fusionlint.config.json': JSON.stringify(config) };
    assert.equal((await outcome(files)).counts, [], JSON.stringify(config));
  }
});

test('no-stale-suppressions takes the severity of the configuration, and is suppressed by nothing', async () => {
  const { result } = await outcome({
    'a.js': `// fusionlint-disable-file ${STALE} -- why\n// fusionlint-disable-line require-https -- why\n`,
    'fusionlint.config.json': JSON.stringify({ rules: { [STALE]: 'error' } }),
  });
  assert.equal(
    result.findings.map(({ severity, location }) => `${location.startLine} ${severity}`),
    ['1 error', '2 error'],
  );
});

test.run();
