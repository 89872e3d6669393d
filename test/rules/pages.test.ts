import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import manifest from '../../package.json' with { type: 'json' };
import { rules } from '../../rules/index.ts';
import { docsUrl, pageOf } from '../../src/docs.ts';
import type { Rule } from '../../src/lint/rule.ts';
import { checkExamples } from '../support/examples.ts';

const root = new URL('../../', import.meta.url);
const folder = new URL('rules/', root);
const HEADINGS = ['What it reports', 'Why', 'Wrong', 'Right', 'Cannot tell', 'Options', 'When to suppress'];
/** A page has it where more than the severity can be set. */
const OPTIONAL = 'Options';

test('every file of rules/ is a rule that the index lists', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
  assert.equal(files.map((file) => file.slice(0, -3)).sort(), rules.map((rule) => rule.id).sort());
});

test('the id of a rule is the name of its file, its page, its tests, its fixtures and its address', async () => {
  for (const { id } of rules) {
    const { default: rule }: { default: Rule } = await import(`../../rules/${id}.ts`);
    assert.is(rule.id, id);
    assert.is(pageOf(id), `rules/${id}.md`);
    assert.ok(docsUrl(id).endsWith(`/${pageOf(id)}`));
    for (const place of [pageOf(id), `test/rules/${id}.test.ts`, `fixtures/rules/${id}/`])
      assert.ok(existsSync(new URL(place, root)), place);
  }
});

test('the address of a page is in the repository that package.json names', () => {
  assert.match(docsUrl('a-rule'), /^https:\/\/[^/]+\/[^/]+\/[^/]+\/blob\/main\/rules\/a-rule\.md$/);
  assert.ok(manifest.repository.url.includes(docsUrl('a-rule').replace(/\/blob\/.*/, '')));
});

for (const rule of rules) {
  test(`the page of ${rule.id} has its headings in order, and starts with the summary`, () => {
    const page = readFileSync(new URL(`${rule.id}.md`, folder), 'utf8');
    const [title, , summary] = page.split('\n');
    assert.is(title, `# ${rule.id}`);
    assert.is(summary, `${rule.summary}.`);
    const headings = [...page.matchAll(/^## (.*)$/gm)].map((match) => match[1]);
    assert.equal(
      headings,
      HEADINGS.filter((each) => each !== OPTIONAL || headings.includes(each)),
    );
    assert.match(/^## Why\n(.*?)^## /ms.exec(page)?.[1] ?? '', '](https://');
  });
}

for (const { id } of rules) {
  test(`the examples of ${id} are what the page says`, async () => {
    assert.equal(await checkExamples(id, readFileSync(new URL(`${id}.md`, folder), 'utf8')), []);
  });
}

test.run();
