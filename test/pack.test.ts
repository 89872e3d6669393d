import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import manifest from '../package.json' with { type: 'json' };
import { rules } from '../rules/index.ts';
import { folderWith, writeFiles } from './support/folder.ts';

const ROOT = path.resolve(import.meta.dirname, '..');

// The package as it is published: packed, installed somewhere else, run.
const place = folderWith({ 'package.json': '{ "private": true, "type": "module" }' });
const [packed] = JSON.parse(npm(ROOT, 'pack', '--json', '--ignore-scripts', '--pack-destination', place)) as {
  filename: string;
  files: { path: string }[];
}[];
const files = packed?.files.map((file) => file.path) ?? [];

function npm(cwd: string, ...words: readonly string[]): string {
  return execFileSync('npm', words, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
}

function npx(...words: readonly string[]) {
  const options = { cwd: place, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  return spawnSync('npx', ['--no-install', ...words], options);
}

test('the package holds what it needs to run and to be read, and nothing else', () => {
  const expected = /^(?:dist\/.+|rules\/[a-z-]+\.md|README\.md|CHANGELOG\.md|LICENSE|package\.json)$/;
  assert.equal(
    files.filter((file) => !expected.test(file)),
    [],
  );
  const needed = [
    ...[
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'dist/THIRD-PARTY.txt',
      'dist/cli.js',
      'dist/index.js',
      manifest.types,
    ],
    ...Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    ),
    ...rules.map((rule) => `rules/${rule.id}.md`),
  ].map((file) => path.posix.normalize(file));
  assert.equal(
    needed.filter((file) => !files.includes(file)),
    [],
  );
});

test('installed elsewhere, it runs, lints, and can be imported', () => {
  // From npm's cache where it can: `npm install` here has put the dependencies there.
  const words = ['--omit=dev', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  npm(place, 'install', ...words, `./${packed?.filename}`);
  assert.ok(existsSync(path.join(place, 'node_modules/fusionlint/dist/cli.js')));
  const installed = readdirSync(path.join(place, 'node_modules')).filter((each) => !each.startsWith('.'));
  assert.equal(installed.sort(), ['fusionlint', ...Object.keys(manifest.dependencies)].sort());

  const version = npx('fusionlint', '--version');
  assert.is(version.stdout, `${manifest.version}\n`, version.stderr);

  const page = npx('fusionlint', 'explain', 'required-headers', '--no-color');
  assert.match(page.stdout, /^required-headers\n\n {2}A header that/, page.stderr);

  writeFiles(place, { 'src/call.js': "fetch('https://fusion.adobe.io/api/v3/scenarios');\n" });
  const linted = npx('fusionlint', 'src', '--format', 'json');
  assert.is(linted.status, 1, linted.stderr);
  assert.is(JSON.parse(linted.stdout).findings[0].ruleId, 'required-headers');

  writeFiles(place, {
    'use.js':
      "import { lint } from 'fusionlint';\nconst { findings } = await lint({ paths: ['src'] });\nprocess.stdout.write(findings[0].ruleId);\n",
  });
  const used = spawnSync(process.execPath, ['use.js'], { cwd: place, encoding: 'utf8' });
  assert.is(used.stdout, 'required-headers', used.stderr);
});

test("rules of one's own, and their tests, find the fusionlint that is installed", () => {
  writeFiles(place, {
    'own.json': '{ "customRules": ["./own.ts"] }',
    'own.ts': [
      "import { defineRule, type Rule } from 'fusionlint';",
      "const id: Rule['id'] = 'own';",
      "export default defineRule({ id, severity: 'warn', summary: 'A call', messages: { call: 'A call.' },",
      "  check({ report }) { report.violation('call', {}); } });",
    ].join('\n'),
    'test.mjs': [
      "import { testRule } from 'fusionlint/testing';",
      "import { createJiti } from 'jiti';",
      "const rule = await createJiti(import.meta.url).import('./own.ts', { default: true });",
      'await testRule(rule, { violation: [\'fetch("https://fusion.adobe.io/api/v3/teams")\'] });',
      "process.stdout.write('passed');",
    ].join('\n'),
  });
  const linted = npx('fusionlint', 'src', '--config', 'own.json', '--format', 'json');
  assert.ok(JSON.parse(linted.stdout).findings.some((each: { ruleId: string }) => each.ruleId === 'own'));
  const tested = spawnSync(process.execPath, ['test.mjs'], { cwd: place, encoding: 'utf8' });
  assert.is(tested.stdout, 'passed', tested.stderr);
});

test('the command starts with its interpreter', () => {
  assert.match(readFileSync(path.join(ROOT, manifest.bin.fusionlint), 'utf8'), /^#!\/usr\/bin\/env node\n/);
});

test.run();
