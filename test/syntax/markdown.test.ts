import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { printText } from '../../src/request.ts';
import { codeOfPage } from '../../src/syntax/markdown.ts';
import { onlyRequest, callsIn as recognise } from '../support/calls.ts';

const js = (...lines: string[]) => ['```js', ...lines, '```', ''].join('\n');

/** `line:column url` of each call of a page. */
function callsOf(page: string, file = 'page.md'): string[] {
  return recognise({ [file]: page }).map((call) => {
    const { line, character } = call.node.getSourceFile().getLineAndCharacterOfPosition(call.node.getStart());
    return `${line + 1}:${character + 1} ${printText(onlyRequest(call).url)}`;
  });
}

const headersOf = (page: string) => onlyRequest(recognise({ 'page.md': page }).at(-1)).headers;

test('lines and columns stay what they are', () => {
  const page = ['# Title', '', '- > ~~~ts', '  > fetch("https://a.example");', '  > ~~~', ''].join('\n');
  assert.equal(callsOf(page), ['4:5 https://a.example']);
  assert.equal(callsOf(page.replaceAll('\n', '\r\n')), ['4:5 https://a.example']);
  assert.equal(callsOf(`odd\u2028line\n${js('fetch("https://a.example");')}`), ['4:1 https://a.example']);
});

test('the languages that are read', () => {
  const read = (info: string) => callsOf([`\`\`\`${info}`, 'fetch("https://a.example");', '```'].join('\n'));
  const yes = ['js', 'JavaScript', 'jsx', 'ts', 'typescript', 'tsx', 'mjs', 'cjs', 'node', 'js{1,3}'];
  for (const info of [...yes, 'js {1} title="x"', 'ts:line-numbers', '{.js .x}', 'js,ignore'])
    assert.is(read(info).length, 1, info);
  for (const info of ['', 'json', 'sh', 'jsonc', 'js-nolint', 'mermaid', 'vue', 'tsconfig'])
    assert.is(read(info).length, 0, info);
});

test('each block is a scope, and sees what the blocks before it declare', () => {
  const page =
    js(
      "import { url } from './a'",
      "const base = 'https://a.example';",
      'const response = await fetch(base);',
    ) +
    js("const response = await fetch(base + '/2');") +
    js("import { url } from './b'", "const base = 'https://b.example';", 'const response = fetch(base);');
  assert.equal(callsOf(page), [
    '4:24 https://a.example',
    '7:24 https://a.example/2',
    '12:18 https://b.example',
  ]);
});

test('var and functions belong to their block', () => {
  const page =
    js("var url = 'https://a.example';", 'fetch(url);', 'function load() { fetch(url + "/f"); }') +
    js("var url = 'https://b.example';", 'fetch(url);', 'function load() {}');
  assert.equal(callsOf(page), ['3:1 https://a.example', '4:19 https://a.example/f', '8:1 https://b.example']);
});

test('a block that does not parse is left out, and what it may have changed is not known', () => {
  const before = js("const url = 'https://a.example';", "const other = 'https://o.example';");
  const page = (illustration: string) => before + js(illustration) + js('fetch(url);', 'fetch(other);');
  const calls = (illustration: string) => callsOf(page(illustration)).map((each) => each.split(' ')[1]);
  assert.equal(calls('url += ...'), ['{url}', 'https://o.example']);
  assert.equal(calls('const url = <your url>;'), ['{url}', 'https://o.example']);
  assert.equal(calls('nothing to do with it ...'), ['https://a.example', 'https://o.example']);
  assert.is(codeOfPage('page.md', page('url += ...')).leftOut, 1);
});

test('an ellipsis leaves open what it stands among', () => {
  const headers = (written: string) => headersOf(js(`fetch('https://a.example', { headers: ${written} });`));
  for (const written of [
    "{ accept: 'a/b', ... }",
    "{ ..., accept: 'a/b' }",
    "{ accept: 'a/b' /* ... */ }",
    "{ /* … */ accept: 'a/b' }",
    "{ accept: 'a/b', /* ... other headers */ }",
    "{\n  accept: 'a/b',\n  // ...\n}",
    "{\n  accept: 'a/b'\n  // ... and so on\n}",
    "{\n  //…\n  accept: 'a/b', // ...\n}",
  ]) {
    const { fields, open } = headers(written);
    assert.equal([fields.map(({ name }) => name), open], [['accept'], 'an ellipsis in the example'], written);
  }
  for (const written of [
    "{ accept: 'https://...' }",
    "{ accept: 'a/b' /* the type */ }",
    '{ accept: `//...` }',
  ])
    assert.is(headers(written).open, undefined, written);
  assert.is(headersOf(js("fetch('https://a.example', ...);")).open, 'an ellipsis in the example');
  assert.is(headersOf(js("fetch('https://a.example', { ... });")).open, 'an ellipsis in the example');
});

test('what only one of TypeScript and JSX can say is read as the page needs it', () => {
  const [call] = ["fetch('https://a.example');"];
  assert.is(callsOf(js(`const a = <string>b; ${call}`)).length, 1);
  assert.is(callsOf(js(`const a = <p>text</p>; ${call}`)).length, 1);
  const mixed = js('const a = <string>b;') + js(`const c = <p>text</p>; ${call}`) + js(`<p/>; ${call}`);
  assert.is(callsOf(mixed).length, 2);
});

test('imports and exports of MDX outside of fences are not read', () => {
  const page = `import { url } from './a'\n\nexport const url = 'https://a.example';\n\n${js('fetch(url);')}`;
  assert.equal(callsOf(page, 'page.mdx'), ['6:1 {url}']);
});

test('a page of very many blocks', () => {
  const block = js("const a = 'https://a.example';", 'fetch(a);');
  assert.is(callsOf(block.repeat(500)).length, 500);
});

test('a page without code', () => {
  assert.equal(callsOf('# Title\n\n```sh\nls\n```\n'), []);
  assert.equal(callsOf(''), []);
});

test.run();
