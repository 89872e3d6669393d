import { stripVTControlCharacters } from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FORMATS, render } from '../../src/report/index.ts';
import type { Finding, Result } from '../../src/request.ts';
import { at, clean, empty, sample, sources } from '../support/result.ts';

const plain = (result: Result, options: { quiet?: boolean; sources?: typeof sources } = {}) =>
  render('pretty', result, { color: false, quiet: false, sources, ...options });

/** The sample with one finding only. */
function only(changes: Partial<Finding>, from = 2): Result {
  const finding = sample.findings[from];
  if (!finding) throw new Error('no such finding');
  return { ...sample, findings: [{ ...finding, ...changes }], problems: [] };
}

test('findings by file, problems, summary', async () => {
  assert.fixture(
    await plain(sample),
    `src/activity/list.ts  1 error, 1 warning

  error  required-headers
  This call sends no \`x-api-key\`. Workfront Fusion answers 403 (code 403000). Send your Developer
  Console client id in it.

      ╭─ src/activity/list.ts:4:10
    3 │ export function activityLogs(organizationId: string) {
    4 │   return request(\`/api/v3/activity-logs/\${organizationId}\`, { method: 'GET' });
      │          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    5 │ }
      ├ ← headers      src/headers.ts:1
      ╰ via request()  src/http.ts:4

  warning  no-legacy-headers
  Workfront Fusion has replaced \`x-gw-ims-org-id\` with \`x-organization-id\`. It still takes the old
  one; from 2026-03-01 on it will not. Rename the header.

      ╭─ src/activity/list.ts:4:10
      ├ ← headers          src/headers.ts:1
      ├ ← x-gw-ims-org-id  src/headers.ts:3
      ╰ via request()      src/http.ts:4

src/auth/users.ts  1 error, 1 warning

  warning  no-hardcoded-credentials
  A FusionAuth API key (fake…) stands in the code. Everyone who can read the repository can use it.
  Read it from the environment and revoke this one.

       ╭─ src/auth/users.ts:4:16
     4 │ const apiKey = 'fake•••••••••••••••••••••••••';
       │                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       ╰ in DELETE /api/user/{userId}  src/auth/users.ts:7

  error  authorization-scheme
  FusionAuth takes an API key without a scheme. Behind \`Bearer\` it is read as a JWT, and the call is
  answered with 401. Send the key alone: \`Authorization: <key>\`.

       ╭─ src/auth/users.ts:7:8
     6 │ export async function deleteUser(userId: string) {
  >  7 │     await axios.delete(\`\${FUSIONAUTH_URL}/api/user/\${userId}\`, {
       │           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  >  8 │         headers: {
  >  9 │             Authorization: \`Bearer \${apiKey}\`,
  > 10 │         },
  > 11 │     });
    12 │ }
       ╰ ← apiKey  src/auth/users.ts:4

Not fully checked

  syntax error  src/broken.ts:7:12
  ',' expected.

3 calls: fusionauth 2, workfront-fusion 1
2 errors, 2 warnings
More about a rule: fusionlint explain authorization-scheme

4 verdicts could not be worked out because of
  3 × environment variable FUSIONAUTH_URL
  1 × environment variable ORG_ID
1 HTTP call could not be followed to a host
Each with its place and reason: --format json

214 files searched, 38 parsed, 1.2 s
`,
  );
});

test('quiet: errors, problems and one line', async () => {
  assert.fixture(
    await plain(sample, { quiet: true }),
    `src/activity/list.ts  1 error

  error  required-headers
  This call sends no \`x-api-key\`. Workfront Fusion answers 403 (code 403000). Send your Developer
  Console client id in it.

      ╭─ src/activity/list.ts:4:10
    3 │ export function activityLogs(organizationId: string) {
    4 │   return request(\`/api/v3/activity-logs/\${organizationId}\`, { method: 'GET' });
      │          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    5 │ }
      ├ ← headers      src/headers.ts:1
      ╰ via request()  src/http.ts:4

src/auth/users.ts  1 error

  error  authorization-scheme
  FusionAuth takes an API key without a scheme. Behind \`Bearer\` it is read as a JWT, and the call is
  answered with 401. Send the key alone: \`Authorization: <key>\`.

       ╭─ src/auth/users.ts:7:8
     6 │ export async function deleteUser(userId: string) {
  >  7 │     await axios.delete(\`\${FUSIONAUTH_URL}/api/user/\${userId}\`, {
       │           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  >  8 │         headers: {
  >  9 │             Authorization: \`Bearer \${apiKey}\`,
  > 10 │         },
  > 11 │     });
    12 │ }
       ╰ ← apiKey  src/auth/users.ts:4

Not fully checked

  syntax error  src/broken.ts:7:12
  ',' expected.

3 calls: fusionauth 2, workfront-fusion 1; 2 errors, 2 warnings; 4 verdicts unknown; 1 HTTP call not followed; 1 problem; 1.2 s
`,
  );
});

test('nothing wrong', async () => {
  assert.fixture(
    await plain(clean),
    `3 calls: fusionauth 2, workfront-fusion 1
Nothing wrong found: all 3 calls were checked

214 files searched, 38 parsed, 640 ms
`,
  );
});

test('no call to any service', async () => {
  assert.fixture(
    await plain(empty),
    `No call to any of the services was found.
So nothing was checked: either this code does not call them, or it calls them at a host that
fusionlint does not know. Hosts of your own go into services.<id>.hosts of the config.

214 files searched, 0 parsed, 58 ms
`,
  );
});

test('no call to any service, but calls that could not be followed', async () => {
  assert.fixture(
    await plain({ ...empty, unresolved: sample.unresolved }),
    `No call to any of the services was found.
So nothing was checked: either this code does not call them, or it calls them at a host that
fusionlint does not know or behind an address that the code does not show. Hosts of your own go into
services.<id>.hosts of the config.

1 HTTP call could not be followed to a host
Each with its place and reason: --format json

214 files searched, 0 parsed, 58 ms
`,
  );
});

test('a limited run says what is left out, and why nothing is', async () => {
  const change = { kind: 'staged', files: 2, hidden: 3 } as const;
  assert.match(
    await plain({ ...sample, change }),
    /^3 other findings in the code around the change left out; a run without --staged has them$/m,
  );
  assert.not.match(await plain({ ...sample, change: { ...change, hidden: 0 } }), /left out/);
  assert.match(
    await plain({ ...sample, change: { ...change, hidden: 0, widenedBy: 'fusionlint.config.json' } }),
    /^fusionlint\.config\.json is changed too, so all of the code was judged$/m,
  );
  assert.match(
    await plain({ ...empty, change: { ...change, kind: 'since' } }),
    /^No call to any of the services is in the change \(2 files\)\.$/m,
  );
});

test('no file at all', async () => {
  assert.match(
    await plain({ ...empty, stats: { ...empty.stats, filesDiscovered: 0 } }),
    /^No source file was found here/,
  );
});

test('a file that could not be read is not praised', async () => {
  const text = await plain({ ...clean, problems: [{ kind: 'unreadable', message: 'a.ts cannot be read' }] });
  assert.match(text, /unreadable\n {2}a\.ts cannot be read\n/);
  assert.match(text, /Nothing wrong found in what could be read/);
});

test('one call is singular', async () => {
  const text = await plain({ ...clean, callSites: clean.callSites.slice(0, 1) });
  assert.match(text, '1 call: workfront-fusion 1\nNothing wrong found: the call was checked\n');
});

test("what makes an SDK's client is no call", async () => {
  const [first, ...more] = clean.callSites.map((site, at) => ({ ...site, sends: at !== 0 }));
  const callSites = first ? [first, ...more] : [];
  assert.match(
    await plain({ ...clean, callSites }),
    '2 calls and 1 SDK client: fusionauth 2, workfront-fusion 1\nNothing wrong found: all 2 calls and 1 SDK client were checked\n',
  );
  assert.match(
    await plain({ ...clean, callSites: callSites.slice(0, 1) }),
    '1 SDK client: workfront-fusion 1\nNothing wrong found: the SDK client was checked\n',
  );
});

test('the most common reasons of unknown verdicts, three of them', async () => {
  const reasons = ['b', 'a', 'c', 'd', 'a', 'b', 'a'];
  const callSites = reasons.flatMap((reason) =>
    clean.callSites
      .slice(0, 1)
      .map((site) => ({ ...site, verdicts: { r: 'unknown' as const }, unknowns: { r: reason } })),
  );
  assert.match(
    await plain({ ...clean, callSites }),
    '7 verdicts could not be worked out, mostly because of\n  3 × a\n  2 × b\n  1 × c\nEach',
  );
});

test('without the source there is no code, but everything else', async () => {
  assert.match(
    await plain(only({}), { sources: () => undefined }),
    `
      ╭─ src/activity/list.ts:4:10
      ├ ← headers      src/headers.ts:1
      ╰ via request()  src/http.ts:4
`,
  );
});

test('a place without code and without a trace stands alone', async () => {
  const result = { ...only({ related: [], callSite: 'gone' }), callSites: sample.callSites };
  assert.match(await plain(result, { sources: () => undefined }), '\n      ── src/activity/list.ts:4:10\n\n');
});

test('many places are counted, not listed', async () => {
  const related = Array.from({ length: 20 }, (_, index) => ({
    message: 'headers',
    location: at('src/h.ts', index + 1, 1, 2),
  }));
  const text = await plain(only({ related, callSite: 'gone' }));
  assert.is(text.match(/← headers/g)?.length, 7);
  assert.match(text, '      ╰ and 13 more places\n');
});

test('places on the line of the finding are left out', async () => {
  const related = [{ message: 'headers', location: at('src/activity/list.ts', 4, 60, 70) }];
  assert.not.match(await plain(only({ related })), '← headers');
});

test('findings of one place: errors first, then by rule', async () => {
  const text = await plain(sample);
  assert.ok(text.indexOf('required-headers') < text.indexOf('no-legacy-headers'));
});

test('no line is wider than 100 columns', async () => {
  const message = 'word '.repeat(80).trim();
  const long = { 'src/activity/list.ts': `\n\n\n         request('${'x'.repeat(400)}')\n` };
  const text = await plain(only({ message, related: [{ message, location: at('src/h.ts', 1, 1, 2) }] }), {
    sources: (file) => long[file as keyof typeof long],
  });
  for (const line of text.split('\n')) assert.ok(line.length <= 100, line);
});

test('no secret of the code is shown whole', async () => {
  const text = await plain(sample);
  assert.not.match(text, 'fake-7c1f');
});

const EVIL = 'a\u001b[31mb\u009b0mc\u202ed\u2066e\rf\ng\u0007';
const SHOWN = 'a\\u{1b}[31mb\\u{9b}0mc\\u{202e}d\\u{2066}e\\u{d}f\\u{a}g\\u{7}';

test('names, messages and code cannot talk to the terminal', async () => {
  const place = at(`${EVIL}.ts`, 1, 1, 3);
  const site = sample.callSites[0];
  if (!site) throw new Error('no call');
  const result: Result = {
    ...sample,
    callSites: [
      {
        ...site,
        service: EVIL,
        endpoint: EVIL,
        through: [{ label: EVIL, location: { ...place, startLine: 5 } }],
        verdicts: { r: 'unknown' },
        unknowns: { r: EVIL },
      },
    ],
    findings: [
      {
        ...(sample.findings[0] as Finding),
        ruleId: EVIL,
        message: EVIL,
        location: place,
        callSite: site.id,
        related: [{ message: EVIL, location: { ...place, startLine: 4 } }],
      },
    ],
    problems: [{ kind: 'syntax', message: EVIL, location: place }],
  };
  const text = await plain(result, { sources: () => EVIL });
  assert.not.match(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  assert.ok(text.includes(`${SHOWN}.ts:1:1`));
  assert.ok(text.includes(`  1 × ${SHOWN}\n`));
});

test('colours come only when asked for, and change nothing else', async () => {
  const color = await render('pretty', sample, { color: true, quiet: false, sources });
  assert.match(color, '\u001b[31merror\u001b[39m');
  assert.is(stripVTControlCharacters(color), await plain(sample));
  assert.not.match(await plain(sample), '\u001b');
});

test('every format renders', async () => {
  for (const format of FORMATS) {
    const text = await render(format, sample, { color: false, quiet: false, sources });
    assert.ok(text.endsWith('\n') && !text.endsWith('\n\n'), format);
  }
});

test.run();
