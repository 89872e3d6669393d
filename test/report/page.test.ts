import { stripVTControlCharacters } from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { printPage } from '../../src/report/page.ts';
import { columns } from '../../src/report/text.ts';

const PAGE = `# a-rule

One line of it.

## Why

A paragraph with \`code in it\`, **bold words** and [a page](https://example.test/a-page), also [another
\`page\`](other.md) on two lines.

- One item that is long enough to go on in a second line.
- Another.
1. A number.

| a | b |
| --- | --- |
| 1 | 2 |

## Wrong

\`\`\`js file=app/page.js
const a = {

  # b: '**not bold**',
};
\`\`\`
`;

test('headings, paragraphs, lists, tables and code', () => {
  assert.fixture(
    printPage(PAGE, { color: false, width: 40 }),
    `a-rule

  One line of it.

Why

  A paragraph with \`code in it\`, bold
  words and a page
  (https://example.test/a-page), also
  another \`page\` on two lines.

  • One item that is long enough to go
    on in a second line.
  • Another.
  1. A number.

    | a | b |
    | --- | --- |
    | 1 | 2 |

Wrong

    ── app/page.js
    const a = {

      # b: '**not bold**',
    };
`,
  );
});

test('with colours, the same lines; only the marks of code go', () => {
  const options = { width: 40 } as const;
  const colored = printPage(PAGE, { ...options, color: true });
  assert.match(colored, '\x1b[36mcode\x1b[39m \x1b[36min\x1b[39m');
  const plain = printPage(PAGE.replace('`code in it`', 'code in it').replace('`page`', 'page'), {
    ...options,
    color: false,
  });
  assert.is(stripVTControlCharacters(colored), plain);
});

test('no line but one of code is wider than the terminal', () => {
  for (const width of [60, 80, 100])
    for (const line of printPage(PAGE, { color: true, width }).split('\n'))
      assert.ok(columns(line) <= width, line);
});

test.run();
