import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type DiscoverOptions, discoverFiles } from '../../src/discover/files.ts';
import { UsageError } from '../../src/errors.ts';
import { folderWith, git, repositoryWith, writeFiles } from '../support/folder.ts';

async function targets(root: string, options: Partial<DiscoverOptions> = {}): Promise<string[]> {
  return (await discoverFiles({ root, paths: ['.'], include: [], exclude: [], ...options })).files;
}

async function failure(root: string, options: Partial<DiscoverOptions>): Promise<string> {
  try {
    await targets(root, options);
  } catch (error) {
    assert.instance(error, UsageError);
    return (error as UsageError).message;
  }
  throw new Error('nothing was thrown');
}

const KINDS = ['a.js', 'b.jsx', 'c.ts', 'd.tsx', 'e.mjs', 'f.cjs', 'g.mts', 'h.cts'];
const OTHERS = [
  'README.md',
  'types.d.ts',
  'types.d.mts',
  'types.d.cts',
  'app.min.js',
  'app.bundle.js',
  'data.json',
  'dist/x.js',
  'packages/p/build/x.js',
  'out/x.js',
  '.next/x.js',
  'coverage/x.js',
];
const MIXED = Object.fromEntries([...KINDS, ...OTHERS].map((file) => [file, '']));

for (const [where, make] of [
  ['in a git work tree', repositoryWith],
  ['without git', folderWith],
] as const) {
  test(`${where}: every source file, no declaration, bundle or build output`, async () => {
    const root = make({ ...MIXED, 'node_modules/p/index.js': '' });
    assert.equal(await targets(root), KINDS);
  });

  test(`${where}: Markdown pages when they are asked for`, async () => {
    const root = make({
      ...MIXED,
      'docs/a.mdx': '',
      'docs/b.markdown': '',
      'dist/c.md': '',
      'node_modules/p/README.md': '',
    });
    const pages = ['README.md', 'docs/a.mdx', 'docs/b.markdown'];
    assert.equal(await targets(root, { markdown: true }), [...pages, ...KINDS].sort());
    assert.equal(await targets(root), KINDS);
    assert.equal(await targets(root, { paths: ['docs'], markdown: true }), pages.slice(1));
    assert.equal(await targets(root, { exclude: ['docs/'], markdown: true }), ['README.md', ...KINDS]);
    assert.match(await failure(root, { paths: ['README.md'] }), /^README\.md is Markdown; with --markdown/);
    const { known, pages: found } = await discoverFiles({
      root,
      paths: ['.'],
      include: [],
      exclude: [],
      markdown: true,
    });
    assert.equal(found, pages);
    assert.not(known.some((file) => pages.includes(file)));
  });

  test(`${where}: imports may lead to what is not linted`, async () => {
    const root = make({
      ...MIXED,
      'package.json': '',
      'tsconfig.base.json': '',
      'node_modules/p/index.js': '',
    });
    const { known } = await discoverFiles({ root, paths: ['a.js'], include: [], exclude: ['b.jsx'] });
    const sources = Object.keys(MIXED).filter((file) => file !== 'README.md');
    assert.equal(known, [...sources, 'package.json', 'tsconfig.base.json'].sort());
  });

  test(`${where}: a path that leads into a generated folder is meant`, async () => {
    const root = make({
      ...MIXED,
      'dist/node_modules/q/x.js': '',
      'node_modules/@s/p/dist/index.js': '',
      'node_modules/@s/p/node_modules/q/x.js': '',
      'src/x.js': '',
    });
    assert.equal(await targets(root, { paths: ['dist'] }), ['dist/x.js']);
    assert.equal(await targets(root, { paths: ['dist/x.js', 'app.min.js'] }), ['app.min.js', 'dist/x.js']);
    assert.equal(await targets(root, { paths: ['dist/*.js'] }), ['dist/x.js']);
    assert.equal(await targets(root, { paths: ['packages'] }), []);
    assert.equal(await targets(root, { paths: ['node_modules/@s/p'] }), ['node_modules/@s/p/dist/index.js']);
    assert.equal(await targets(root, { paths: ['src/', './a.js'] }), ['a.js', 'src/x.js']);
  });

  test(`${where}: spaces, unicode and magic characters in names`, async () => {
    const names = ['my file.ts', 'naïve/übung.ts', 'app/[id]/page.ts', '日本.js', 'a"b.js'];
    const root = make(Object.fromEntries(names.map((name) => [name, ''])));
    assert.equal(await targets(root), [...names].sort());
    assert.equal(await targets(root, { paths: ['app/[id]'] }), ['app/[id]/page.ts']);
    assert.equal(await targets(root, { paths: ['app/[id]/page.ts'] }), ['app/[id]/page.ts']);
  });

  test(`${where}: links that lead back up end`, async () => {
    const root = make({ 'src/a.ts': '' });
    symlinkSync('..', path.join(root, 'src/up'));
    symlinkSync('self.ts', path.join(root, 'self.ts'));
    if (where === 'without git') assert.equal(await targets(root), ['src/a.ts']);
    // Git lists a link as a file; whoever reads it finds out.
    else assert.equal(await targets(root), ['self.ts', 'src/a.ts']);
  });

  test(`${where}: nested .gitignore files`, async () => {
    const root = make({ 'a.ts': '' });
    writeFiles(root, {
      '.gitignore': '# generated\r\n*.gen.ts\r\n/local\r\n',
      'x.gen.ts': '',
      'local/x.ts': '',
      'sub/local/x.ts': '',
      'sub/.gitignore': 'temp/\n/only.ts\n!keep.gen.ts\ndeep/er.ts\n',
      'sub/keep.gen.ts': '',
      'sub/other.gen.ts': '',
      'sub/only.ts': '',
      'sub/in/only.ts': '',
      'sub/in/temp/x.ts': '',
      'sub/deep/er.ts': '',
      'sub/in/deep/er.ts': '',
      'temp/x.ts': '',
    });
    assert.equal(await targets(root), [
      'a.ts',
      'sub/in/deep/er.ts',
      'sub/in/only.ts',
      'sub/keep.gen.ts',
      'sub/local/x.ts',
      'temp/x.ts',
    ]);
  });

  test(`${where}: globs`, async () => {
    const root = make({ 'a.ts': '', 'src/b.ts': '', 'src/c.js': '', 'src/d/e.ts': '', 'src/d/f.jsx': '' });
    assert.equal(await targets(root, { paths: ['*.ts'] }), ['a.ts']);
    assert.equal(await targets(root, { paths: ['src/**/*.{ts,jsx}'] }), [
      'src/b.ts',
      'src/d/e.ts',
      'src/d/f.jsx',
    ]);
    assert.equal(await targets(root, { paths: ['s*/d'] }), ['src/d/e.ts', 'src/d/f.jsx']);
    assert.is(await failure(root, { paths: ['lib/**/*.ts'] }), 'no file matches lib/**/*.ts');
  });

  test(`${where}: include and exclude`, async () => {
    const root = make({
      'a.ts': '',
      'src/b.ts': '',
      'src/gen/c.ts': '',
      'src/notes.md': '',
      'build/d.ts': '',
      'e.d.ts': '',
      'lib/f.ts': '',
    });
    assert.equal(await targets(root, { include: ['src'] }), ['src/b.ts', 'src/gen/c.ts']);
    assert.equal(await targets(root, { include: ['./src/*.{ts,js}', '/a.ts'] }), ['a.ts', 'src/b.ts']);
    assert.equal(await targets(root, { exclude: ['gen/', './lib'] }), ['a.ts', 'src/b.ts']);
    assert.equal(await targets(root, { exclude: ['!build/', '!*.d.ts', 'src', 'lib'] }), [
      'a.ts',
      'build/d.ts',
      'e.d.ts',
    ]);
    assert.equal(await targets(root, { include: ['build', 'a.ts'] }), ['a.ts']);
  });

  test(`${where}: patterns are read from the place of the config file`, async () => {
    const root = make({ 'a.ts': '', 'gen/b.ts': '' });
    assert.equal(await targets(root, { base: 'packages/app/', exclude: ['/packages/app/gen'] }), ['a.ts']);
    assert.equal(await targets(root, { base: 'packages/app/', exclude: ['/gen'] }), ['a.ts', 'gen/b.ts']);
    assert.equal(await targets(root, { base: 'build/app/', exclude: ['/gen'] }), ['a.ts', 'gen/b.ts']);
  });

  test(`${where}: a path that does not exist`, async () => {
    const root = make({ 'a.ts': '' });
    assert.is(await failure(root, { paths: ['a.ts', 'scr'] }), 'there is no file or folder scr');
  });

  test(`${where}: an empty folder`, async () => {
    const root = folderWith({});
    if (where === 'in a git work tree') git(root, 'init', '--quiet');
    assert.equal(await targets(root), []);
  });
}

test('git: untracked files are linted, ignored ones only when they are named', async () => {
  const root = repositoryWith({ 'a.ts': '', '.gitignore': 'ignored\nsecret.ts\n' });
  writeFiles(root, { 'new.ts': '', 'ignored/x.ts': '', 'secret.ts': '' });
  assert.equal(await targets(root), ['a.ts', 'new.ts']);
  assert.equal(await targets(root, { paths: ['ignored'] }), ['ignored/x.ts']);
  assert.equal(await targets(root, { paths: ['secret.ts'] }), ['secret.ts']);
  assert.equal(await targets(path.join(root, 'ignored')), ['x.ts']);
});

test('git: a subfolder as root, and a file that is tracked but deleted', async () => {
  const root = repositoryWith({ 'a.ts': '', 'sub/b.ts': '', 'sub/gone.ts': '' });
  rmSync(path.join(root, 'sub/gone.ts'));
  assert.equal(await targets(path.join(root, 'sub')), ['b.ts', 'gone.ts']);
});

test('git: a submodule and a nested repository are passed over', async () => {
  const inner = repositoryWith({ 'x.ts': '' });
  const root = repositoryWith({ 'a.ts': '' });
  git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
  writeFiles(root, { 'nested/y.ts': '' });
  git(path.join(root, 'nested'), 'init', '--quiet');
  git(path.join(root, 'nested'), 'add', '--all');
  git(path.join(root, 'nested'), 'commit', '--quiet', '--message', 'Start');
  assert.equal(await targets(root), ['a.ts']);
  // Named, they are linted.
  assert.equal(await targets(root, { paths: ['sub'] }), ['sub/x.ts']);
});

test('git: a merge conflict lists a file once', async () => {
  const root = repositoryWith({ 'a.ts': '1' });
  git(root, 'checkout', '--quiet', '-b', 'other');
  writeFiles(root, { 'a.ts': '2' });
  git(root, 'commit', '--quiet', '--all', '--message', 'Two');
  git(root, 'checkout', '--quiet', '-');
  writeFiles(root, { 'a.ts': '3' });
  git(root, 'commit', '--quiet', '--all', '--message', 'Three');
  assert.throws(() => git(root, 'merge', 'other'));
  assert.equal(await targets(root), ['a.ts']);
});

test('git that cannot tell: the files are listed without it', async () => {
  const root = folderWith({ 'a.ts': '', '.git': 'gitdir: nowhere\n', '.gitignore': 'b.ts\n', 'b.ts': '' });
  assert.equal(await targets(root), ['a.ts']);
});

test.run();
