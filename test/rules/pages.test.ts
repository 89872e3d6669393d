import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rules } from '../../rules/index.ts';
import { checkExamples } from '../support/examples.ts';

const folder = new URL('../../rules/', import.meta.url);
const HEADINGS = ['What it reports', 'Why', 'Wrong', 'Right', 'Cannot tell', 'Options', 'When to suppress'];
/** A page has it where more than the severity can be set. */
const OPTIONAL = 'Options';

test('every file of rules/ is a rule that the index lists, and has its page', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
  assert.equal(files.map((file) => file.slice(0, -3)).sort(), rules.map((rule) => rule.id).sort());
  for (const rule of rules) assert.ok(existsSync(new URL(`${rule.id}.md`, folder)), rule.id);
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
