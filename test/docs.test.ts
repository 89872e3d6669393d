import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rules } from '../rules/index.ts';
import { upToDate, withoutDuration } from '../scripts/readme.ts';
import { checkConfig } from '../src/config/check.ts';
import { contracts } from '../src/contracts/index.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Every page of the repository, those that are about to be committed too. */
const pages = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '*.md'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter((file) => file !== '' && existsSync(path.join(ROOT, file)));

test('the generated parts of the README are fresh (node --import tsx scripts/readme.ts)', async () => {
  const readme = read('README.md');
  assert.fixture(withoutDuration(readme), withoutDuration(await upToDate(readme)));
});

test('every rule has its page, and the README leads there', () => {
  const readme = read('README.md');
  for (const { id } of rules) {
    assert.ok(existsSync(path.join(ROOT, `rules/${id}.md`)), id);
    assert.ok(readme.includes(`(rules/${id}.md)`), id);
  }
});

test('relative links lead to a file, and to a heading of it', () => {
  const broken = pages.flatMap((page) =>
    linksOf(read(page))
      .filter((link) => {
        const [file = '', heading] = link.split('#');
        const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
        if (!existsSync(path.join(ROOT, target))) return true;
        return (
          heading !== undefined && !(target.endsWith('.md') && headingsOf(read(target)).includes(heading))
        );
      })
      .map((link) => `${page}: ${link}`),
  );
  assert.equal(broken, []);
});

test('configurations shown in the pages are right', () => {
  for (const page of pages) {
    for (const [, json = ''] of read(page).matchAll(/^```json\n(.*?)^```/gms)) {
      const value: unknown = JSON.parse(json);
      if (isConfig(value)) checkConfig(value, { rules, services: contracts }, page);
    }
  }
});

test('limits that the pages name are those of the code', () => {
  const sources = new Map<string, string>();
  for (const page of pages) {
    for (const [, name = '', value = '', file = ''] of read(page).matchAll(
      /^\|.*\| `(MAX_\w+)` \| ([\d,]+) \| \[.*?\]\((.*?)\) \|$/gm,
    )) {
      const source = path.posix.join(path.posix.dirname(page), file);
      if (!sources.has(source)) sources.set(source, read(source));
      const [, written] = new RegExp(`const ${name} = ([\\d_]+);`).exec(sources.get(source) ?? '') ?? [];
      assert.is(written?.replaceAll('_', ''), value.replaceAll(',', ''), `${name} in ${page}`);
    }
  }
});

/** Targets of links and pictures that are not addresses; code is not looked at. */
function linksOf(page: string): string[] {
  const prose = page.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/i.test(link));
}

/** As the hosts of repositories name them. */
function headingsOf(page: string): string[] {
  const prose = page.replace(/^```.*?^```/gms, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** Not a manifest that holds one. */
function isConfig(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    ('rules' in value || 'services' in value || 'exclude' in value)
  );
}

test.run();
