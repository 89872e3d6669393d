import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { commentsThatBegin } from '../../src/syntax/comments.ts';
import { headLine } from '../../src/syntax/heads.ts';
import { Project } from '../../src/syntax/project.ts';
import { tokensOf } from '../../src/syntax/tokens.ts';
import type { ts } from '../../src/syntax/ts.ts';

function tree(file: string, text: string): ts.SourceFile {
  const source = new Project('/', new Set([file]), () => text).source(file);
  if (!source) throw new Error(`${file} can't be read`);
  return source;
}

/** `line:column text → next` of the comments that begin with `mark`. */
function comments(file: string, text: string): string[] {
  return commentsThatBegin(file, text, tree(file, text), /mark[\w-]*/g).map(
    ({ text: words, location, next }) => {
      const until = next.last === next.first ? '' : `-${next.last}`;
      return `${location.startLine}:${location.startColumn} ${words} → ${next.first}${until}`;
    },
  );
}

test('comments of every form, on one line', () => {
  const text = [
    '#!/usr/bin/env node',
    '// mark one',
    'f(/* mark two */ 1); // mark three',
    '/** mark',
    ' *   four',
    ' */',
    'function f(x) {',
    '  // mark five',
    '}',
    '// mark six',
  ].join('\n');
  assert.equal(comments('a.js', text), [
    '2:1 mark one → 3',
    '3:3 mark two → 4',
    '3:22 mark three → 4',
    '4:1 mark four → 7',
    '8:3 mark five → 9',
    '10:1 mark six → 11',
  ]);
});

test('only those that begin with the word', () => {
  assert.equal(comments('a.js', '// a mark\n// marks: mark\n/* x mark */'), ['2:1 marks: mark → 3']);
});

test('what looks like a comment is none', () => {
  const text = [
    "const a = '// mark';",
    'const b = `',
    '// mark',
    `/* mark */ \${1 /* mark real */} // mark\`;`,
    'const c = /\\/\\/ mark/;',
    'const d = <p>// mark {/* mark jsx */} /* mark */ {"// mark"}</p>;',
    'const e = "<!-- mark -->";',
  ].join('\n');
  assert.equal(comments('a.tsx', text), ['4:16 mark real → 5', '6:23 mark jsx → 7']);
});

test('the next line is neither empty nor a comment', () => {
  const text = '// mark\n\n  // more\n/* and */\n{/* more */}\n<!-- x -->\nf();\n';
  assert.equal(comments('a.js', text.replace(/^[{<].*\n/gm, '')), ['1:1 mark → 5']);
  assert.equal(comments('a.js', '// mark\r\n\r\nf();\r\n'), ['1:1 mark → 3']);
  assert.equal(comments('a.js', '// mark\n/* x */ f();\n'), ['1:1 mark → 2']);
});

test('around the scripts of a component', () => {
  const text =
    '<!-- mark one -->\n<script>\n// mark two\nf("<!-- mark -->");\n</script>\n<p>// mark</p><!-- mark three -->\n';
  assert.equal(comments('a.vue', text), ['1:1 mark one → 2', '3:1 mark two → 4', '6:15 mark three → 7']);
  assert.equal(comments('a.svelte', text), comments('a.vue', text));
});

test('on a page, at the beginning of a line, for the code block behind it', () => {
  const text = [
    '<!-- mark one -->',
    '',
    '```js',
    'f(); // mark two',
    'g();',
    '```',
    'Written as `<!-- mark -->`:',
    '```html',
    '<!-- mark -->',
    '```',
    '> <!-- mark three -->',
    '> Text',
  ].join('\n');
  assert.equal(comments('a.md', text), ['1:1 mark one → 3-5', '4:6 mark two → 5', '11:3 mark three → 12']);
  assert.equal(comments('a.md', '{/* mark */}\n'), []);
  assert.equal(comments('a.mdx', '{/* mark */}\n\n```js\nf();\n```\n'), ['1:1 mark → 3-4']);
});

test('the line that a statement, member, property, element or piece of JSX begins on', () => {
  const head = (text: string): number => {
    const before = text.slice(0, text.indexOf('HERE')).split('\n');
    const place = { startLine: before.length, startColumn: (before.at(-1)?.length ?? 0) + 1 };
    return headLine(tree('a.tsx', text), { file: 'a.tsx', endLine: 0, endColumn: 0, ...place });
  };
  assert.is(head('x();\nconst a =\n  await f(\n    HERE());'), 2);
  assert.is(head('f(() => {\n  g();\n  return (\n    HERE());\n});'), 3);
  assert.is(head('const a = {\n  b: () =>\n    HERE(),\n};'), 2);
  assert.is(head('class A {\n  b =\n    HERE();\n}'), 2);
  assert.is(head('const a = [\n  f(),\n  g(\n    HERE()),\n];'), 3);
  assert.is(head('const a = (\n  <p>\n    <b\n      c={() =>\n        HERE()}\n    />\n  </p>);'), 4);
  assert.is(head('const a = (\n  <p>\n    {\n      HERE()}\n  </p>);'), 3);
  assert.is(head(`\`\n\n\${HERE}\``), 1);
});

test('tokens: white space and comments say nothing, everything else does', () => {
  const tokens = (text: string) => tokensOf(tree('a.tsx', text));
  assert.equal(tokens('// x\na ( 1 )\n'), tokens('a(1)'));
  assert.equal(tokens('<p>\n {/* x */}\n <b/>\n</p>'), tokens('<p>\n<b/></p>'));
  assert.not.equal(tokens('<p>\n // x\n <b/></p>'), tokens('<p>\n <b/></p>'));
  assert.not.equal(tokens('`\n// x\n`'), tokens('`\n`'));
  assert.not.equal(tokens('<p>a\n{/* x */}\nb</p>'), tokens('<p>a\nb</p>'));
});

test.run();
