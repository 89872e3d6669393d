import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { applied, overlaps } from '../src/edits.ts';
import { fix, lint } from '../src/index.ts';
import { codeBlocks } from '../src/syntax/fences.ts';
import { fusionlint } from './support/cli.ts';
import { AS_OF } from './support/fixtures.ts';
import { folderWith, git, repositoryWith } from './support/folder.ts';

const PAGE = readFileSync(new URL('../docs/fixes.md', import.meta.url), 'utf8');

interface Example {
  readonly file: string;
  readonly code: string;
  readonly diff: string;
}

/** A block of code that names its file, and the diff behind it. */
function examplesOf(page: string): Example[] {
  const blocks = codeBlocks(page, 'markdown').map(({ info, lines }) => ({
    info,
    text: lines.map(({ start, end }) => `${page.slice(start, end)}\n`).join(''),
  }));
  return blocks.flatMap(({ info, text }, at) => {
    const file = /file=(\S+)/.exec(info)?.[1];
    const next = blocks[at + 1];
    return file !== undefined && next?.info === 'diff' ? [{ file, code: text, diff: next.text }] : [];
  });
}

const examples = examplesOf(PAGE);

test('the page has an example of every kind of fix', () => {
  assert.is(examples.length, 7);
});

for (const { file, code, diff } of examples) {
  test(`docs/fixes.md: ${file}`, async () => {
    const cwd = folderWith({ [file]: code });
    const shown = await fusionlint(['--fix-dry-run', '--as-of', AS_OF], { cwd });
    const [, , ...hunks] = shown.stdout.split('\n');
    assert.is(hunks.filter((line) => !line.startsWith('@@')).join('\n'), diff);
    assert.is(readFileSync(path.join(cwd, file), 'utf8'), code);

    const repaired = await fix({ cwd, asOf: AS_OF });
    assert.ok(repaired.fixed > 0);
    assert.equal(
      repaired.result.findings.filter((each) => each.fix),
      [],
    );
    const once = readFileSync(path.join(cwd, file), 'utf8');
    assert.is(once, repaired.files[0]?.after);
    const again = await fix({ cwd, asOf: AS_OF });
    assert.is(again.fixed, 0);
    assert.is(readFileSync(path.join(cwd, file), 'utf8'), once);
  });
}

const HEADERS = "Authorization: 'Bearer x', 'x-api-key': 'k', 'x-gw-region': 'or2'";
const teams = (headers: string) => `fetch('https://fusion.adobe.io/api/v3/teams', { headers: ${headers} })`;

/** The lines that a fix changes, as they are afterwards; whatever it changes of a file that it leaves alone. */
async function fixedLines(files: Readonly<Record<string, string>>, more: object = {}): Promise<string[]> {
  const { files: changed } = await fix({ cwd: folderWith(files), asOf: AS_OF, dryRun: true, ...more });
  return changed.flatMap(({ before, after }) => {
    const was = before.split('\n');
    return after.split('\n').filter((line) => !was.includes(line));
  });
}

const DECLINED: Readonly<Record<string, string>> = {
  'one builder for two services': `
    const adobe = () => ({ ${HEADERS}, 'x-org-id': '4711' });
    export const a = () => ${teams('adobe()')};
    export const b = () => fetch('https://cloudmanager.adobe.io/api/programs', { headers: adobe() });`,
  'headers that somebody else gets': `
    import { send } from 'partner';
    const headers = { ${HEADERS}, 'x-org-id': '4711' };
    send(headers);
    export const a = () => ${teams('headers')};`,
  'headers that are read': `
    const headers = { ${HEADERS}, 'x-org-id': '4711' };
    if (headers['x-org-id'] === '4711') console.log('ours');
    export const a = () => ${teams('headers')};`,
  'headers that are read on the way': `
    const headers = { ${HEADERS}, 'x-org-id': '4711' };
    const request = (path) => {
      if (headers['x-org-id'] === '') throw new Error('no organization');
      return fetch('https://fusion.adobe.io/api/v3' + path, { headers });
    };
    export const a = () => request('/teams');`,
  'headers of a class that are read': `
    export class Api {
      #headers = new Headers({ ${HEADERS}, 'x-org-id': '4711' });
      request(path) {
        const org = this.#headers.get('x-org-id');
        return fetch('https://fusion.adobe.io/api/v3' + path + (org ? '' : '/'), { headers: this.#headers });
      }
      teams() { return this.request('/teams'); }
    }`,
  'a parameter that is read': `
    export const a = (from, to) => {
      const query = { from, to, groupBy: 'x' };
      if (query.groupBy) console.log('grouped');
      return fetch('https://fusion.adobe.io/api/v3/operations?' + new URLSearchParams(query), { headers: {} });
    };`,
  'what only may be handed on': `
    import { send } from 'partner';
    const isOn = process.argv.length > 2;
    const headers = { ${HEADERS}, 'x-org-id': '4711' };
    isOn && send(headers);
    export const a = () => ${teams('headers')};`,
  'a class whose wrapper others are handed': `
    export class Api {
      headers = { ${HEADERS}, 'x-org-id': '4711' };
      request(path) { return fetch('https://fusion.adobe.io/api/v3' + path, { headers: this.headers }); }
      teams() { return this.request('/teams'); }
      hand(other) { other(this.headers); }
    }`,
  'another id, of which nothing is known': `export const a = (org) => ${teams(`{ ${HEADERS}, 'x-org-id': org }`)};`,
  'the IMS organization': `export const a = () => ${teams(`{ ${HEADERS}, 'x-gw-ims-org-id': 'A1B2@AdobeOrg' }`)};`,
  'a legacy header of which nothing is known': `export const a = (org) => ${teams(`{ ${HEADERS}, 'x-gw-ims-org-id': org }`)};`,
  'a computed name': `const ID = 'x-org-id'; export const a = () => ${teams(`{ ${HEADERS}, [ID]: '4711' }`)};`,
  'a name that is written twice': `
    export const a = (old) => {
      const headers = old ? { ${HEADERS}, 'x-org-id': '1' } : { ${HEADERS}, 'x-org-id': '2' };
      return ${teams('headers')};
    };`,
  'the URL in a variable': `
    export const a = (org, from, to) => {
      const url = \`https://fusion.adobe.io/api/v3/activity-logs/\${org}\`;
      return fetch(url, { headers: { ${HEADERS} } });
    };`,
  'headers in a variable': `
    export const a = (org) => {
      const headers = { ${HEADERS} };
      return fetch(\`https://fusion.adobe.io/api/v3/activity-logs/\${org}\`, { headers });
    };`,
  'an id that is called for': `
    export const a = (ids) => fetch(\`https://fusion.adobe.io/api/v3/activity-logs/\${ids.pop()}/export\`, { headers: { ${HEADERS} } });`,
  'another organization in the header': `
    export const a = (orgId, otherOrgId) => fetch(\`https://fusion.adobe.io/api/v3/activity-logs/\${orgId}\`, { headers: { ${HEADERS}, 'x-organization-id': otherOrgId } });`,
  'http to a host that anyone runs': `export const a = (key) => fetch('http://sandbox.fusionauth.io/api/user/1', { headers: { Authorization: key } });`,
  'a key under a wrong name that may have a scheme': `
    export const a = (key) => fetch('http://localhost:9011/api/user/1', { headers: { 'x-api-key': key } });`,
  'a token in the header Bearer': `
    export const a = () => ${teams("{ Bearer: 'abc', 'x-api-key': 'k', 'x-gw-region': 'or2', 'x-organization-id': '1' }")};`,
};

for (const [what, code] of Object.entries(DECLINED)) {
  test(`no fix: ${what}`, async () => {
    const cwd = folderWith({ 'a.js': code });
    const { findings } = await lint({ cwd, asOf: AS_OF });
    assert.ok(findings.length > 0, 'something is wrong with it');
    assert.equal(
      findings.filter((each) => each.fix),
      [],
    );
  });
}

test('what to write, where an edit could be wrong', async () => {
  const suggestions = async (code: string) => {
    const { findings } = await lint({ cwd: folderWith({ 'a.js': code }), asOf: AS_OF });
    return findings.flatMap(({ suggestion }) => suggestion ?? []);
  };
  assert.equal(await suggestions(DECLINED['headers in a variable'] ?? ''), [
    "take {org} out of the URL and add 'x-organization-id': org to the headers",
  ]);
  assert.equal(await suggestions(DECLINED['headers that somebody else gets'] ?? ''), [
    'the name stands at a.js:3:90; rename it there if all that use it call this service',
  ]);
});

test('the scripts of components, at their places', async () => {
  const vue = `<template>\n  <p>x-org-id</p>\n</template>\n\n<script setup lang="ts">\nawait ${teams(`{ ${HEADERS}, 'x-org-id': '4711' }`)};\n</script>\n`;
  assert.equal(await fixedLines({ 'App.vue': vue }), [
    `await ${teams(`{ ${HEADERS}, 'x-organization-id': '4711' }`)};`,
  ]);
});

test('no page is edited', async () => {
  const page = `\`\`\`js\nawait ${teams(`{ ${HEADERS}, 'x-org-id': '4711' }`)};\n\`\`\`\n`;
  const { result, files } = await fix({
    cwd: folderWith({ 'a.md': page }),
    asOf: AS_OF,
    markdown: true,
    dryRun: true,
  });
  assert.is(result.findings.length, 1);
  assert.equal(files, []);
});

test('no file is edited that is not linted', async () => {
  const files = {
    'headers.js': `export const headers = { ${HEADERS}, 'x-org-id': '4711' };\n`,
    'a.js': `import { headers } from './headers.js';\nawait ${teams('headers')};\n`,
  };
  assert.equal(await fixedLines(files, { paths: ['a.js'] }), []);
  assert.is((await fixedLines(files)).length, 1);
});

test('no edit that files might notice that are not looked at', async () => {
  const files = {
    'headers.js':
      "export const headers = { Authorization: 'Bearer x', 'x-api-key': 'k', 'x-org-id': 'A1@AdobeOrg' };\n",
    'programs.js':
      "import { headers } from './headers.js';\nawait fetch('https://cloudmanager.adobe.io/api/programs', { headers });\n",
  };
  const { findings } = await lint({ cwd: folderWith(files), asOf: AS_OF });
  assert.is(findings.length, 1);
  assert.equal(
    findings.filter((each) => each.fix),
    [],
  );
  const spoken = { ...files, 'headers.js': `// Of Cloud-Manager.\n${files['headers.js']}` };
  assert.is((await fixedLines(spoken)).length, 1);
});

test('line endings, a byte order mark, tabs and quotes stay', async () => {
  const code = [
    '\uFEFFexport const logs = (orgId) =>',
    `\tfetch(\`https://fusion.adobe.io/api/v3/activity-logs/\${orgId}\`, {`,
    '\t\theaders: {',
    '\t\t\t"Authorization": "Bearer x",',
    '\t\t\t"x-api-key": "k", // ours',
    '\t\t\t"x-gw-region": "or2", // the only one',
    '\t\t},',
    '\t});',
    '',
  ].join('\r\n');
  const cwd = folderWith({ 'a.js': code });
  chmodSync(path.join(cwd, 'a.js'), 0o754);
  await fix({ cwd, asOf: AS_OF });
  const expected = code
    .replace(/\/\$\{orgId\}/, '')
    .replace('\r\n\t\t},', '\r\n\t\t\t"x-organization-id": orgId,\r\n\t\t},');
  assert.is(readFileSync(path.join(cwd, 'a.js'), 'utf8'), expected);
  assert.is(statSync(path.join(cwd, 'a.js')).mode & 0o777, 0o754);
});

test('one call with several mistakes', async () => {
  const code = `export const ops = (orgId, from, to) =>
  fetch(\`http://fusion.adobe.io/api/v3/operations?organizationId=\${orgId}&from=\${from}&to=\${to}&orderBy=+id\`, { headers: { ${HEADERS} } });
`;
  const cwd = folderWith({ 'a.js': code });
  const { result, fixed } = await fix({ cwd, asOf: AS_OF });
  assert.equal(
    result.findings.map(({ ruleId }) => ruleId),
    [],
  );
  assert.is(fixed, 4);
  assert.is(result.stats.fixed, 4);
  assert.match(
    readFileSync(path.join(cwd, 'a.js'), 'utf8'),
    `fetch(\`https://fusion.adobe.io/api/v3/operations?from=\${from}&to=\${to}&orderby=%2Bid\`, { headers: { ${HEADERS}, 'x-organization-id': orgId } });`,
  );
});

const FIXABLE = `await ${teams(`{ ${HEADERS}, 'x-org-id': '4711' }`)};\n`;

test('the command reports what is left, and its exit code is of that', async () => {
  const cwd = folderWith({ 'a.mjs': FIXABLE });
  const before = await fusionlint([], { cwd });
  assert.is(before.code, 1);
  assert.match(before.stdout, '--fix: rename the header to x-organization-id');
  assert.match(before.stdout, '1 can be fixed with --fix');
  const after = await fusionlint(['--fix'], { cwd });
  assert.is(after.code, 0);
  assert.match(after.stdout, '1 fixed');
  const dry = await fusionlint(['--fix-dry-run'], { cwd });
  assert.is(dry.stdout, '');
  assert.match(dry.stderr, '--fix repairs 0 findings; 0 are left');
});

test('the diff is one that git applies', async () => {
  const cwd = repositoryWith({
    'src/a.mjs': FIXABLE.replaceAll('\n', '\r\n'),
    'src/b.mjs': FIXABLE.trimEnd(),
  });
  await fusionlint(['--fix-dry-run', '--output', 'a.patch'], { cwd });
  git(cwd, 'apply', '--whitespace=nowarn', 'a.patch');
  const { stdout } = await fusionlint(['--fix-dry-run'], { cwd });
  assert.is(stdout, '');
  for (const file of ['a', 'b'])
    assert.match(readFileSync(path.join(cwd, `src/${file}.mjs`), 'utf8'), 'x-organization-id');
});

test('--fix-dry-run takes no format', async () => {
  const { code, stderr } = await fusionlint(['--fix-dry-run', '--format', 'json'], { cwd: folderWith({}) });
  assert.is(code, 2);
  assert.match(stderr, '--fix-dry-run prints a unified diff, so it takes no --format');
});

async function refusal(cwd: string): Promise<string> {
  const { code, stderr } = await fusionlint(['--fix'], { cwd });
  assert.is(code, 2);
  return stderr;
}

test('a file behind a link out of the folder is named, and no other is written', async () => {
  const outside = folderWith({ 'b.mjs': FIXABLE });
  const cwd = repositoryWith({ 'a.mjs': FIXABLE });
  symlinkSync(path.join(outside, 'b.mjs'), path.join(cwd, 'b.mjs'));
  git(cwd, 'add', 'b.mjs');
  assert.match(await refusal(cwd), '  b.mjs: a link leads out of the linted folder');
  assert.is(readFileSync(path.join(cwd, 'a.mjs'), 'utf8'), FIXABLE);
  assert.is(readFileSync(path.join(outside, 'b.mjs'), 'utf8'), FIXABLE);
});

test('a file that is not UTF-8 is named', async () => {
  const cwd = folderWith({ 'b.mjs': FIXABLE });
  const bytes = Buffer.concat([Buffer.from('// caf'), Buffer.from([0xe9, 0x0a]), Buffer.from(FIXABLE)]);
  writeFileSync(path.join(cwd, 'a.mjs'), bytes);
  assert.match(await refusal(cwd), '  a.mjs: it is not UTF-8');
  assert.equal(readFileSync(path.join(cwd, 'a.mjs')), bytes);
  assert.is(readFileSync(path.join(cwd, 'b.mjs'), 'utf8'), FIXABLE);
});

test('a file that changes while it is linted is named', async () => {
  const cwd = folderWith({ 'a.mjs': FIXABLE });
  const file = path.join(cwd, 'a.mjs');
  let rounds = 0;
  try {
    await fix({
      cwd,
      asOf: AS_OF,
      onProgress: () => {
        if (++rounds === 2) writeFileSync(file, `${FIXABLE}// mine\n`);
      },
    });
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), '  a.mjs: it has changed since it was read');
  }
  assert.is(readFileSync(file, 'utf8'), `${FIXABLE}// mine\n`);
});

if (process.getuid?.() !== 0) {
  test('a file that is not writable is named', async () => {
    const cwd = folderWith({ 'a.mjs': FIXABLE, 'b.mjs': FIXABLE });
    chmodSync(path.join(cwd, 'a.mjs'), 0o444);
    assert.match(await refusal(cwd), 'a.mjs');
    assert.is(readFileSync(path.join(cwd, 'b.mjs'), 'utf8'), FIXABLE);
  });
}

test('a file that cannot be replaced leaves the others as they were', async () => {
  const cwd = folderWith({ 'a.mjs': FIXABLE, 'b.mjs': FIXABLE });
  // What would be written beside b.mjs can't be: a folder of that name is there.
  mkdirSync(path.join(cwd, `b.mjs.${process.pid}.tmp`));
  try {
    await fix({ cwd, asOf: AS_OF });
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), 'nothing was fixed');
  }
  for (const file of ['a.mjs', 'b.mjs']) assert.is(readFileSync(path.join(cwd, file), 'utf8'), FIXABLE);
});

const at = (startLine: number, startColumn: number, endLine: number, endColumn: number) => ({
  file: 'a.ts',
  startLine,
  startColumn,
  endLine,
  endColumn,
});

test('edits are made at their lines and columns', () => {
  const edits = [
    { location: at(3, 1, 3, 2), text: 'C' },
    { location: at(1, 2, 1, 2), text: '+' },
    { location: at(1, 3, 2, 1), text: '' },
  ];
  assert.is(applied('ab\r\nb\rc\n', edits), 'a+bb\rC\n');
});

test('edits that touch each other overlap', () => {
  const edit = (...place: Parameters<typeof at>) => ({ location: at(...place), text: '' });
  assert.ok(overlaps([edit(1, 1, 1, 5)], [edit(1, 5, 1, 9)]));
  assert.ok(overlaps([edit(1, 1, 2, 1)], [edit(1, 9, 1, 9)]));
  assert.not(overlaps([edit(1, 1, 1, 5)], [edit(1, 6, 1, 9)]));
  assert.not(overlaps([edit(1, 1, 1, 5)], [edit(2, 1, 2, 1)]));
});

test.run();
