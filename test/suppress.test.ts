import { chmodSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lint } from '../src/index.ts';
import { commentOn } from '../src/suppress.ts';
import { fusionlint } from './support/cli.ts';
import { folderWith } from './support/folder.ts';

// `fusionlint suppress`.

const URL = 'https://fusion.adobe.io/api/v3/teams';
const ASK = `fetch('${URL}')`;
const RULE = 'required-headers';
const NEXT = `fusionlint-disable-next-line ${RULE} -- why`;
const options = { config: undefined, asOf: '2026-11-24', rules: [RULE], reason: 'why', until: undefined };

/** The text of a file with its comments, after which nothing is found that was to be suppressed. */
async function commented(file: string, text: string, given: Partial<typeof options> = {}): Promise<string> {
  const cwd = folderWith({ [file]: text });
  const { files, left } = await commentOn({ ...options, ...given, cwd, paths: ['.'], markdown: true });
  assert.equal(left, []);
  for (const { file: target, after } of files) writeFileSync(target, after);
  const { findings, problems } = await lint({ cwd, asOf: options.asOf, markdown: true });
  const rules = given.rules ?? options.rules;
  assert.equal(
    findings.filter(({ ruleId }) => [...rules, 'no-stale-suppressions'].includes(ruleId)),
    [],
  );
  assert.equal(problems, []);
  return readFileSync(path.join(cwd, file), 'utf8');
}

const CASES: readonly [title: string, file: string, before: string, after: string][] = [
  ['above the line, indented as it is', 'a.js', `{\n\t${ASK};\n}\n`, `{\n\t// ${NEXT}\n\t${ASK};\n}\n`],
  ['line ends stay', 'a.js', `f();\r\n${ASK};\r\n`, `f();\r\n// ${NEXT}\r\n${ASK};\r\n`],
  ['behind a byte order mark', 'a.js', `\uFEFF${ASK};\n`, `\uFEFF// ${NEXT}\n${ASK};\n`],
  ['on the last line', 'a.js', `f();\n${ASK}`, `f();\n// ${NEXT}\n${ASK}`],
  ['two on a line get one', 'a.js', `f(${ASK}, ${ASK});\n`, `// ${NEXT}\nf(${ASK}, ${ASK});\n`],
  [
    'above what another tool reads for the next line',
    'a.ts',
    `f();\n// @ts-expect-error: x\n${ASK};\n`,
    `f();\n// ${NEXT}\n// @ts-expect-error: x\n${ASK};\n`,
  ],
  [
    'above the statement, where the line stands in a template',
    'a.js',
    `const a = \`\n  \${await ${ASK}}\n\`;\n`,
    `// ${NEXT}\nconst a = \`\n  \${await ${ASK}}\n\`;\n`,
  ],
  [
    'between elements of JSX',
    'a.tsx',
    `const a = (\n  <p>\n    {${ASK}}\n  </p>\n);\n`,
    `const a = (\n  <p>\n    {/* ${NEXT} */}\n    {${ASK}}\n  </p>\n);\n`,
  ],
  [
    'between attributes of JSX',
    'a.tsx',
    `const a = (\n  <p\n    onClick={() => ${ASK}}\n  />\n);\n`,
    `const a = (\n  <p\n    // ${NEXT}\n    onClick={() => ${ASK}}\n  />\n);\n`,
  ],
  [
    'in the line, where it begins in the text of JSX that goes on',
    'a.tsx',
    `const a = (\n  <p>\n    One\n    two {${ASK}}\n  </p>\n);\n`,
    `const a = (\n  <p>\n    One\n    two {/* fusionlint-disable-line ${RULE} -- why */ ${ASK}}\n  </p>\n);\n`,
  ],
  [
    'in the script of a component',
    'a.vue',
    `<script>\n  ${ASK};\n</script>\n`,
    `<script>\n  // ${NEXT}\n  ${ASK};\n</script>\n`,
  ],
  [
    'around a script on one line',
    'a.svelte',
    `<p/>\n<script>${ASK};</script>\n`,
    `<p/>\n<!-- ${NEXT} -->\n<script>${ASK};</script>\n`,
  ],
  [
    'before the code block of a page',
    'a.md',
    `Text\n\n> \`\`\`js\n> f();\n> ${ASK};\n> \`\`\`\n`,
    `Text\n\n> <!-- ${NEXT} -->\n> \`\`\`js\n> f();\n> ${ASK};\n> \`\`\`\n`,
  ],
  ['in MDX', 'a.mdx', `\`\`\`js\n${ASK};\n\`\`\`\n`, `{/* ${NEXT} */}\n\`\`\`js\n${ASK};\n\`\`\`\n`],
  [
    'behind a chain that begins above',
    'a.js',
    `x\n  .y(\n  ${ASK});\n`,
    `x\n  .y(\n  // ${NEXT}\n  ${ASK});\n`,
  ],
];

for (const [title, file, before, after] of CASES)
  test(title, async () => {
    assert.is(await commented(file, before), after);
  });

test('several rules of a line are merged into one comment', async () => {
  const call = `fetch('https://fusion.adobe.io/api/v3/activity-logs/7')`;
  assert.is(
    await commented('a.js', `${call};\n`, { rules: [RULE, 'no-organization-id-in-route'] }),
    `// fusionlint-disable-next-line ${RULE}, no-organization-id-in-route -- why\n${call};\n`,
  );
  const other = `// fusionlint-disable-next-line no-organization-id-in-route -- why\n${call};\n`;
  assert.is(
    await commented('a.js', other),
    `// fusionlint-disable-next-line no-organization-id-in-route, ${RULE} -- why\n${call};\n`,
  );
  assert.is(
    await commented('a.js', other, { reason: 'because' }),
    `// fusionlint-disable-next-line ${RULE} -- because\n${other}`,
  );
});

test('many in a file', async () => {
  const lines = Array.from({ length: 30 }, (_, at) => `export const f${at} = (x) => [\n  ${ASK}, x\n];`);
  const text = await commented('a.js', `${lines.join('\n')}\n`);
  assert.is(text.split(`  // ${NEXT}\n`).length, 31);
});

test('a finding in JSON is suppressed at its call', async () => {
  const cwd = folderWith({
    'a.json': '{ "key": "q7Xc-not-a-real-key-5vJ2mWnR8tB0yLd" }\n',
    'a.js': `import { key } from './a.json';\nfetch('http://localhost:9011/api/user/1', { headers: { Authorization: key } });\n`,
  });
  const rules = ['no-hardcoded-credentials'];
  const { files, suppressed, left } = await commentOn({ ...options, rules, cwd, paths: ['.'] });
  assert.equal(
    suppressed.map(({ location }) => location.file),
    ['a.json'],
  );
  assert.equal(left, []);
  assert.equal(
    files.map(({ file }) => path.basename(file)),
    ['a.js'],
  );
});

test('the command writes, keeps modes and links, and says what it did', async () => {
  const cwd = folderWith({ 'src/a.js': `${ASK};\n`, 'b.js': `${ASK};\n` });
  chmodSync(path.join(cwd, 'src/a.js'), 0o755);
  const words = ['suppress', '--rule', RULE, '--reason', 'why', '--until', '2999-01-31', 'src'];
  assert.equal(await fusionlint(words, { cwd }), {
    code: 0,
    stdout: `1 finding of ${RULE} suppressed, 1 file changed\n`,
    stderr: '',
  });
  assert.is(
    readFileSync(path.join(cwd, 'src/a.js'), 'utf8'),
    `// fusionlint-disable-next-line ${RULE} until 2999-01-31 -- why\n${ASK};\n`,
  );
  assert.is(statSync(path.join(cwd, 'src/a.js')).mode & 0o777, 0o755);
  assert.is(readFileSync(path.join(cwd, 'b.js'), 'utf8'), `${ASK};\n`);
  assert.equal(await fusionlint(words, { cwd }), { code: 0, stdout: `no finding of ${RULE}\n`, stderr: '' });
});

test('where no comment can stand it says so, and writes the others', async () => {
  const page = `- \`\`\`js\n  ${ASK};\n  \`\`\`\n`;
  const cwd = folderWith({ 'a.md': page, 'b.js': `${ASK};\n` });
  assert.equal(await fusionlint(['suppress', '--rule', RULE, '--reason', 'why', '--markdown'], { cwd }), {
    code: 2,
    stdout: `1 finding of ${RULE} suppressed, 1 file changed\n`,
    stderr: `fusionlint: a.md:2:3: no comment can stand here that suppresses ${RULE}\n`,
  });
  assert.is(readFileSync(path.join(cwd, 'a.md'), 'utf8'), page);
  assert.is(readFileSync(path.join(cwd, 'b.js'), 'utf8'), `// ${NEXT}\n${ASK};\n`);
});

test('a file that is not UTF-8 is not written, and a link stays one', async () => {
  const cwd = folderWith({ 'b.js': `${ASK};\n` });
  writeFileSync(
    path.join(cwd, 'a.js'),
    Buffer.concat([Buffer.from(`${ASK}; // `), Buffer.from([0xe9, 0x0a])]),
  );
  const words = ['suppress', '--rule', RULE, '--reason', 'why'];
  assert.equal(await fusionlint(words, { cwd }), {
    code: 2,
    stdout: '',
    stderr: 'fusionlint: no comment was written: a.js is not UTF-8\n',
  });
  assert.is(readFileSync(path.join(cwd, 'b.js'), 'utf8'), `${ASK};\n`);
  mkdirSync(path.join(cwd, 'src'));
  symlinkSync('../b.js', path.join(cwd, 'src/c.js'));
  await fusionlint([...words, 'src/c.js'], { cwd });
  assert.is(readFileSync(path.join(cwd, 'b.js'), 'utf8'), `// ${NEXT}\n${ASK};\n`);
});

const MISTAKES: readonly [words: readonly string[], message: string][] = [
  [['--reason', 'why'], 'suppress needs --rule RULE and --reason "why its findings are accepted"'],
  [['--rule', RULE], 'suppress needs --rule RULE and --reason "why its findings are accepted"'],
  [
    ['--rule', 'requird-headers', '--reason', 'x'],
    `there is no rule "requird-headers"; did you mean "${RULE}"? (fusionlint rules lists them)`,
  ],
  [
    ['--rule', 'no-stale-suppressions', '--reason', 'x'],
    'no-stale-suppressions is about suppressions: correct or delete the comments that it finds',
  ],
  [['--rule', RULE, '--reason', ' '], '--reason must say why the findings are accepted'],
  [['--rule', RULE, '--reason', 'a */ b'], '--reason must not hold what ends a comment: */ or -->'],
  [
    ['--rule', RULE, '--reason', 'x', '--until', 'June'],
    '--until must be a day written YYYY-MM-DD, not "June"',
  ],
  [
    ['--rule', RULE, '--reason', 'x', '--until', '2026-06-30', '--as-of', '2026-11-24'],
    '--until 2026-06-30 is over, as of 2026-11-24',
  ],
  [['--rule', RULE, '--reason', 'x', '--quiet'], 'suppress takes no --quiet'],
];

for (const [words, message] of MISTAKES)
  test(`suppress ${words.join(' ')}: 2 and what is wrong`, async () => {
    const cwd = folderWith({ 'a.js': `${ASK};\n` });
    assert.equal(await fusionlint(['suppress', ...words], { cwd }), {
      code: 2,
      stdout: '',
      stderr: `fusionlint: ${message}\n`,
    });
  });

test.run();
