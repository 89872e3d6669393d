import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rules } from '../rules/index.ts';
import { upToDate, withoutDuration } from '../scripts/readme.ts';
import { checkConfig, checkContract } from '../src/config/check.ts';
import { contracts } from '../src/contracts/index.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|coverage|fixtures|\.git)$/;
const pages = pagesBelow('');

/** The pages of the project, relative to its root; those of fixtures belong to no one. */
function pagesBelow(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((each) => {
    const name = path.posix.join(folder, each.name);
    if (each.isDirectory()) return LEFT_OUT.test(name) ? [] : pagesBelow(name);
    return name.endsWith('.md') ? [name] : [];
  });
}

test('the generated parts of the README are fresh', async () => {
  const readme = read('README.md');
  const fresh = withoutDuration(await upToDate(readme)) === withoutDuration(readme);
  assert.ok(fresh, 'README.md is out of date. Write it anew: node --import tsx scripts/readme.ts');
});

test('relative links lead to a file, and to a heading of it', () => {
  const broken = pages.flatMap((page) =>
    linksOf(read(page))
      .filter((link) => !isRight(page, link))
      .map((link) => `${page}: ${link}`),
  );
  assert.equal(broken, []);
});

test('the configurations that pages show are right', () => {
  let checked = 0;
  for (const page of pages) {
    for (const [, json = ''] of read(page).matchAll(/^```json(?: [^\n]*)?\n(.*?)^```/gms)) {
      const value: unknown = JSON.parse(json);
      if (isContract(value)) checkContract(value, page);
      if (!isConfig(value)) continue;
      const { services = {} } = checkConfig(value, { rules, services: contracts }, page);
      for (const service of Object.values(services))
        if (typeof service?.contract === 'object') checkContract(service.contract, page);
      checked++;
    }
  }
  assert.ok(checked > 0);
});

function isRight(page: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file);
  if (!existsSync(path.join(ROOT, target))) return false;
  return heading === undefined || (target.endsWith('.md') && headingsOf(read(target)).includes(heading));
}

/** Targets of links and pictures that are not addresses; code is not looked at. */
function linksOf(page: string): string[] {
  const prose = page.replace(/^```.*?^```/gms, '').replace(/``.*?``|`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^[a-z]+:/i.test(link));
}

/** As the hosts of repositories name them in addresses. */
function headingsOf(page: string): string[] {
  const prose = page.replace(/^```.*?^```/gms, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function isContract(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'title' in value && 'hosts' in value;
}

function isConfig(value: unknown): boolean {
  const known = ['rules', 'services', 'include', 'exclude', 'asOf', 'markdown'];
  return typeof value === 'object' && value !== null && known.some((key) => key in value);
}

test.run();
