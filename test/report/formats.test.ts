import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { validateXML } from 'xmllint-wasm';
import { type Format, type ReportOptions, render } from '../../src/report/index.ts';
import type { Result } from '../../src/request.ts';
import { clean, empty, sample, sources } from '../support/result.ts';
import { schemaText } from '../support/schema.ts';
import { named, parseXml } from '../support/xml.ts';
import { FILE, hostile } from './hostile.ts';

function print(format: Format, result: Result, options: Partial<ReportOptions> = {}): Promise<string> {
  return render(format, result, { color: false, quiet: false, sources, ...options });
}

/** What must never be in a report, whatever stands in the code. */
const HIDDEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;
const SHOWN = FILE.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\ufffe]|\n/gu, (character) => {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
});

for (const format of ['github', 'gitlab', 'junit', 'checkstyle', 'markdown', 'unix', 'sarif'] as const) {
  test(`${format}: no character that hides, rules a terminal or breaks a line`, async () => {
    const text = await print(format, hostile);
    // A path stays one in JSON.
    assert.not.match(format === 'gitlab' ? text.replaceAll('\ufffe', '') : text, HIDDEN);
  });
}

// ------------------------------------------------------------------ unix

test('unix: a line for each finding and each problem', async () => {
  const lines = (await print('unix', sample)).split('\n');
  assert.is(lines.length, 4 + 1 + 1);
  assert.match(
    lines[2] ?? '',
    /^src\/activity\/list\.ts:4:10: This call sends no .* \[error\/required-headers\]$/,
  );
  assert.is(lines[4], "src/broken.ts:7:12: ',' expected. [syntax]");
  assert.is((await print('unix', sample, { quiet: true })).split('\n').length, 2 + 1 + 1);
  assert.is(await print('unix', clean), '');
  assert.is((await print('unix', hostile)).split('\n').length, 2 + 1 + 1);
});

// ------------------------------------------------------------------ GitHub annotations

/** As the runner reads a command (actions/runner, ActionCommand.cs). */
function readCommand(line: string) {
  const [, name = '', list = '', data = ''] = /^::(\w+) (.*?)::(.*)$/.exec(line) ?? [];
  const properties = list.split(',').map((pair) => {
    const at = pair.indexOf('=');
    const value = pair.slice(at + 1);
    return [pair.slice(0, at), unescaped(value.replaceAll('%3A', ':').replaceAll('%2C', ','))] as const;
  });
  return { name, properties: Object.fromEntries(properties), data: unescaped(data) };
}

function unescaped(text: string): string {
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

test('github: a command for each finding and each problem, from the top of the repository', async () => {
  const lines = (await print('github', sample, { base: 'packages/api/' })).trimEnd().split('\n');
  const commands = lines.map(readCommand);
  assert.equal(
    commands.map(({ name }) => name),
    ['error', 'warning', 'error', 'warning', 'warning'],
  );
  assert.equal(commands[2]?.properties, {
    file: 'packages/api/src/activity/list.ts',
    line: '4',
    endLine: '4',
    col: '10',
    endColumn: '79',
    title: 'fusionlint required-headers',
  });
  assert.match(commands[2]?.data ?? '', /x-api-key.*\nhttps:\/\/example\.test\/rules\/required-headers\.md$/);
  assert.is(commands[4]?.properties.file, 'packages/api/src/broken.ts');
  // Of several lines GitHub takes no columns.
  assert.equal(Object.keys(commands[0]?.properties ?? {}), ['file', 'line', 'endLine', 'title']);
});

test('github: nothing in the code ends a command or begins one', async () => {
  const lines = (await print('github', hostile)).trimEnd().split('\n');
  assert.is(lines.length, 3);
  for (const line of lines) {
    const { properties, data } = readCommand(line);
    assert.is(properties.file, SHOWN);
    assert.ok(data.startsWith('<script>x</script>]]>'), data);
    assert.ok(data.includes('%0A%25,:'), data);
  }
});

// ------------------------------------------------------------------ GitLab

test('gitlab: what its documentation asks for, each with a fingerprint of its own', async () => {
  const issues = JSON.parse(await print('gitlab', hostile, { base: 'api/' }));
  assert.is(issues.length, 2 + 1);
  for (const issue of issues) {
    assert.is(typeof issue.description, 'string');
    assert.match(issue.check_name, /^[a-z-]+$/);
    assert.match(issue.fingerprint, /^[0-9a-f]{32}$/);
    assert.ok(['info', 'minor', 'major', 'critical', 'blocker'].includes(issue.severity));
    assert.ok(issue.location.path.startsWith('api/src/'));
    assert.is(issue.location.lines.begin, 1);
  }
  assert.is(new Set(issues.map((each: { fingerprint: string }) => each.fingerprint)).size, 3);
  const [first] = JSON.parse(await print('gitlab', sample));
  assert.is(first.severity, 'major');
  assert.is(JSON.parse(await print('gitlab', sample)).length, 4);
  assert.is(JSON.parse(await print('gitlab', sample, { quiet: true })).length, 2);
  assert.is(await print('gitlab', empty), '[]\n');
});

// ------------------------------------------------------------------ XML

for (const [name, result] of Object.entries({ sample, clean, empty, hostile })) {
  test(`junit: ${name} is what the schema of Jenkins's plugin describes`, async () => {
    const xml = [{ fileName: 'report.xml', contents: await print('junit', result) }];
    const schema = [schemaText('junit-10.xsd')];
    const { valid, errors } = await validateXML({ xml, schema });
    assert.ok(valid, errors.map(({ message }) => message).join('\n'));
  });
}

test('junit: a failed test for each finding, a passed one for each call without, and the counts', async () => {
  const root = parseXml(await print('junit', sample));
  assert.equal(root.attributes, {
    name: 'fusionlint',
    time: '1.240',
    tests: '6',
    failures: '4',
    errors: '0',
  });
  assert.equal(
    root.children.map(({ attributes: { name, tests, failures, skipped } }) => [
      name,
      tests,
      failures,
      skipped,
    ]),
    [
      ['src/auth/users.ts', '2', '2', '0'],
      ['src/activity/list.ts', '2', '2', '0'],
      ['src/broken.ts', '1', '0', '1'],
      ['src/auth/roles.ts', '1', '0', '0'],
    ],
  );
  const failures = named(root, 'failure');
  assert.equal(
    failures.map(({ attributes }) => attributes.type),
    ['error', 'warning', 'error', 'warning'],
  );
  assert.match(
    failures[2]?.text ?? '',
    /^src\/activity\/list\.ts:4:10\nThis call.*\nrequest\(\) src\/http\.ts:4:10\n/,
  );
  assert.is(named(parseXml(await print('junit', sample, { quiet: true })), 'failure').length, 2);
});

test('junit: what is accepted or known is skipped, and no report is without a test', async () => {
  const root = parseXml(await print('junit', hostile));
  assert.is(named(root, 'failure').length, 2);
  const why = named(root, 'skipped').map(({ attributes }) => attributes.message ?? '');
  assert.is(why.length, 3);
  assert.match(why[0] ?? '', /^known to the baseline\. <script>/);
  assert.match(why[1] ?? '', /^suppressed: <script>/);
  assert.is(root.children[0]?.attributes.name, SHOWN);
  assert.is(parseXml(await print('junit', empty)).attributes.tests, '1');
});

test('checkstyle: files with their errors, as its XML logger writes them', async () => {
  const root = parseXml(await print('checkstyle', sample));
  assert.is(root.name, 'checkstyle');
  assert.equal(
    root.children.map(({ name, attributes, children }) => [name, attributes.name, children.length]),
    [
      ['file', 'src/auth/users.ts', 2],
      ['file', 'src/activity/list.ts', 2],
      ['file', 'src/broken.ts', 1],
    ],
  );
  const error = named(root, 'error')[2];
  assert.equal(
    { ...error?.attributes, message: error?.attributes.message?.slice(0, 15) },
    {
      line: '4',
      column: '10',
      severity: 'error',
      message: 'This call sends',
      source: 'fusionlint.required-headers',
    },
  );
  assert.is(parseXml(await print('checkstyle', hostile)).children[0]?.attributes.name, SHOWN);
  assert.is(parseXml(await print('checkstyle', empty)).children.length, 0);
});

// ------------------------------------------------------------------ Markdown

test('markdown: a table of the findings, the rest folded up', async () => {
  const text = await print('markdown', sample, { link: ({ file }) => `https://example.test/${file}` });
  const rows = text.split('\n').filter((line) => line.startsWith('| '));
  assert.is(rows.length, 2 + 4);
  assert.ok(text.startsWith('### fusionlint: 2 errors, 2 warnings\n'));
  assert.ok(
    rows[4]?.startsWith(
      '| error | [`src/activity/list.ts:4:10`](https://example.test/src/activity/list.ts) ',
    ),
  );
  assert.ok(rows[4]?.includes('[`required-headers`](https://example.test/rules/required-headers.md)'));
  assert.ok(rows[4]?.includes('no `x-api-key`. Workfront'), rows[4]);
  assert.match(
    text,
    '<summary>4 verdicts could not be worked out, 1 HTTP call not followed to a host</summary>',
  );
  assert.match(text, '<summary>1 place not fully checked</summary>');
  assert.match(await print('markdown', clean), /^### fusionlint: nothing wrong found\n\n3 calls/);
});

test('markdown: nothing in the code is markup, a cell, a link or a mention', async () => {
  const text = await print('markdown', hostile);
  assert.equal(
    [...text.matchAll(/<\/?(\w+)/g)]
      .map(([, tag]) => tag)
      .filter((tag) => !/^(?:details|summary)$/.test(tag ?? '')),
    [],
  );
  assert.not.match(text, '<!--');
  assert.not.match(text, /@octocat|(?<!&)#1/);
  assert.not.match(text, '[l](j)');
  for (const row of text.split('\n').filter((line) => line.startsWith('| '))) {
    const cells = row.replace(/\\\|/g, '').split('|').length - 2;
    assert.ok(cells === 4 || cells === 5, row);
  }
});

test('markdown: a long report is cut to what a comment holds, and says so', async () => {
  const [finding] = sample.findings;
  if (!finding) throw new Error('no sample');
  const many = { ...sample, findings: Array.from({ length: 1000 }, () => finding) };
  const text = await print('markdown', many);
  assert.ok(text.length < 65_000, String(text.length));
  assert.match(text, /^\d+ more findings not listed here\.$/m);
});

test.run();
