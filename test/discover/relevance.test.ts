import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { analyse, analysisOf } from '../../src/analyse.ts';
import { type Resolve, specifiersIn, type Texts } from '../../src/discover/imports.ts';
import { inBytes, needlesOf } from '../../src/discover/needles.ts';
import { relevantFiles } from '../../src/discover/relevance.ts';
import { Sources } from '../../src/discover/sources.ts';
import { type Prepared, prepare } from '../../src/prepare.ts';
import { createResolver } from '../../src/syntax/resolve.ts';
import { AS_OF, FIXTURES, projectsIn } from '../support/fixtures.ts';
import { folderWith } from '../support/folder.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const projects = [
  ...projectsIn(FIXTURES).map((project) => path.join(FIXTURES, project)),
  path.join(ROOT, 'docs/example'),
  path.join(ROOT, 'docs/example-rules'),
];

// ------------------------------------------------------------------ parsing less finds the same

const isCode = (file: string) => !/\.(?:json|md)$/.test(file);

/** Every file is parsed, those included that no word and no import leads to. */
function analyseAll(prepared: Prepared) {
  const relevant = [...prepared.known].filter(isCode).sort();
  const withDirectives = relevant.filter(prepared.sources.mentions);
  return analyse(prepared, [{ relevant }], withDirectives, undefined);
}

test('a run finds the same calls as one that parses every file', async () => {
  let [calls, parsed, all] = [0, 0, 0];
  for (const project of projects) {
    const prepared = await prepare({
      cwd: project,
      paths: [],
      config: undefined,
      asOf: AS_OF,
      markdown: false,
    });
    const restricted = await analysisOf(prepared);
    const whole = await analyseAll(prepared);
    for (const part of ['callSites', 'findings'] as const)
      assert.equal(restricted[part], whole[part], `${part} of ${project}`);
    calls += whole.callSites.length;
    parsed += restricted.filesParsed;
    all += whole.filesParsed;
  }
  assert.ok(calls > 1000, `${calls} calls`);
  assert.ok(parsed < all, 'the restricted runs parse every file too');
});

// ------------------------------------------------------------------ the graph, resolved in part and whole

/** What relevance.ts is for, with every import of every file resolved. */
function relevantWhole(
  files: readonly string[],
  needles: RegExp,
  { read }: Texts,
  resolve: Resolve,
  target?: string,
): string[] {
  const of = new Map(
    files.map((file) => {
      const specifiers = file.endsWith('.json') ? [] : specifiersIn(read(file) ?? '');
      return [file, specifiers.flatMap((each) => resolve(each, file) ?? [])];
    }),
  );
  const to = (target: string) => files.filter((file) => of.get(file)?.includes(target));
  const closure = (start: Iterable<string>, edges: (file: string) => readonly string[]) => {
    const reached = new Set(start);
    for (const file of reached) for (const next of edges(file)) reached.add(next);
    return reached;
  };
  const relevant = closure(
    files.filter((file) => needles.test(read(file) ?? '')),
    to,
  );
  const imported = closure(relevant, (file) => of.get(file) ?? []);
  const sending = closure(
    [...imported].filter((file) => /fetch|axios/.test(read(file) ?? '')),
    to,
  );
  for (const file of imported) if (sending.has(file)) relevant.add(file);
  const both = (file: string) => [...(of.get(file) ?? []), ...to(file)];
  const connected = target === undefined ? undefined : closure([target], both);
  return [...relevant].filter((file) => !file.endsWith('.json') && (connected?.has(file) ?? true)).sort();
}

/** Small trees in which files import each other in all the ways there are. */
function treeOf(seed: number): Record<string, string> {
  let state = seed;
  const random = (below: number) => {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
  const names = [
    'index.ts',
    'a.ts',
    'b.service.ts',
    'c.tsx',
    'lib/index.js',
    'lib/d.js',
    'lib/é.ts',
    'x/e.ts',
  ];
  const written = [
    ...[
      '.',
      './',
      './a',
      './a.js',
      './b.service',
      './c.js?raw',
      '..',
      '../index',
      '../lib',
      './lib/',
      '../a',
    ],
    ...[
      './lib/d',
      './d',
      './é',
      '../lib/é',
      './x/e',
      '@lib',
      '@x/e',
      'own',
      'own/e',
      '#d',
      'fs',
      './data.json',
    ],
  ];
  const files: Record<string, string> = {
    'package.json':
      '{"name":"own","main":"./a.js","exports":{".":"./a.js","./e":"./x/e.js"},"imports":{"#d":"./lib/d.js"}}',
    'tsconfig.json': '{"compilerOptions":{"paths":{"@lib":["./lib/index.js"],"@x/*":["./x/*"]}}}',
    'data.json': random(4) === 0 ? '{"host":"fusion.adobe.io"}' : '{}',
  };
  for (const name of names) {
    const lines = Array.from({ length: random(3) }, () => `import '${written[random(written.length)]}';`);
    if (random(6) === 0) lines.push("const host = 'FUSION.adobe.io';");
    if (random(4) === 0) lines.push('fetch(host);');
    files[name] = lines.join('\n');
  }
  return files;
}

test('what is relevant is the same as with every import resolved', () => {
  const needles = needlesOf(['fusion.adobe.io']);
  let [some, more] = [0, 0];
  for (let seed = 1; seed <= 300; seed++) {
    const tree = treeOf(seed);
    const files = Object.keys(tree).sort();
    const texts = textsOf(tree);
    const known = new Set(files);
    const resolve = createResolver(folderWithMappings(tree), known, texts.peek);
    const whole = relevantWhole(files, needles, texts, resolve);
    assert.equal(
      relevantFiles(files, needles, texts, () => resolve, known),
      whole,
      `tree ${seed}`,
    );
    const [target = ''] = files.filter((file) => file.startsWith(['a', 'b', 'c', 'lib/'][seed % 4] ?? ''));
    assert.equal(
      relevantFiles(files, needles, texts, () => resolve, new Set([target])),
      relevantWhole(files, needles, texts, resolve, target),
      `tree ${seed}, ${target}`,
    );
    if (whole.length > 0) some++;
    if (whole.length > files.filter((file) => needles.test(tree[file] ?? '')).length) more++;
  }
  assert.ok(some > 100 && more > 50, `${some} trees with a relevant file, ${more} with importers`);
});

let mappings: string | undefined;
/** Only the mapped paths are read from the disk. */
function folderWithMappings(tree: Record<string, string>): string {
  mappings ??= folderWith({ 'tsconfig.json': tree['tsconfig.json'] ?? '' });
  return mappings;
}

/** Texts as `Sources` has them, bytes and all. */
function textsOf(tree: Readonly<Record<string, string>>): Texts {
  const read = (file: string) => tree[file];
  return { read, peek: read, scan: (file) => latin1(tree[file]) };
}

function latin1(text: string | undefined): string | undefined {
  return text === undefined ? undefined : Buffer.from(text, 'utf8').toString('latin1');
}

test('of a single file it is told without the rest of the tree', () => {
  const files = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`${at}.ts`, '']));
  const tree: Record<string, string> = {
    ...files,
    '1.ts': "import './2';",
    '3.ts': "fetch('fusion.adobe.io')",
  };
  const scanned: string[] = [];
  const texts = { ...textsOf(tree), scan: (file: string) => tree[scanned.push(file) && file] };
  const names = Object.keys(tree).sort();
  const resolve = createResolver('/nowhere', new Set(names), texts.peek);
  const ask = (file: string) =>
    relevantFiles(names, needlesOf(['fusion.adobe.io']), texts, () => resolve, new Set([file]), true);
  assert.equal(ask('1.ts'), []);
  assert.equal(scanned, []);
  assert.equal(ask('3.ts'), ['3.ts']);
  assert.ok(scanned.length >= 100);
});

// ------------------------------------------------------------------ bytes

test('a needle beyond ASCII is found in bytes, and decided in the text', () => {
  const needles = needlesOf(['münchen.example']);
  assert.ok(inBytes(needles).test(latin1('https://MÜNCHEN.example/') ?? ''));
  const relevant = (text: string) => {
    const root = folderWith({ 'a.ts': text });
    return relevantFiles(['a.ts'], needles, new Sources(root), () => () => undefined, new Set(['a.ts']));
  };
  assert.equal(relevant("fetch('https://MÜNCHEN.example/')"), ['a.ts']);
  assert.equal(relevant("fetch('https://mañchen.example/')"), []);
});

test('a file larger than the buffer is scanned to its end', () => {
  const root = folderWith({
    'a.ts': `${'// a line of a comment\n'.repeat(100_000)}fetch('https://fusion.adobe.io')`,
    'b.ts': '',
  });
  const sources = new Sources(root);
  assert.ok(sources.scan('a.ts')?.endsWith("adobe.io')"));
  assert.is(sources.scan('b.ts'), '');
});

test.run();
