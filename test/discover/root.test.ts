import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { resolveRoot } from '../../src/discover/root.ts';
import { UsageError } from '../../src/errors.ts';
import { folderWith } from '../support/folder.ts';

const top = folderWith({ 'app/src/a.ts': '', 'other/b.ts': '', 'other/lib/c.ts': '', 'third/d.ts': '' });
const cwd = path.join(top, 'app');

const CASES: readonly [why: string, paths: readonly string[], root: string, relative: readonly string[]][] = [
  ['no path', [], 'app', ['.']],
  ['the working folder', ['.'], 'app', ['.']],
  ['paths inside', ['src', './src/a.ts', 'src/'], 'app', ['src', 'src/a.ts', 'src']],
  ['an absolute path inside', [path.join(cwd, 'src')], 'app', ['src']],
  ['a glob inside', ['src/**/*.ts'], 'app', ['src/**/*.ts']],
  ['a path inside that does not exist', ['scr'], 'app', ['scr']],
  ['a name that begins with dots', ['..a'], 'app', ['..a']],
  ['a folder outside', ['../other'], 'other', ['.']],
  ['an absolute folder outside', [path.join(top, 'other')], 'other', ['.']],
  ['a file outside', ['../other/b.ts'], 'other', ['b.ts']],
  ['a glob outside', ['../other/lib/*.ts'], 'other/lib', ['*.ts']],
  ['the folder above', ['..'], '.', ['.']],
  ['several outside', ['../other/lib', '../other/b.ts'], 'other', ['lib', 'b.ts']],
  ['several with little in common', ['../other', '../third/d.ts'], '.', ['other', 'third/d.ts']],
  ['inside and outside', ['src', '../third'], '.', ['app/src', 'third']],
];

for (const [why, paths, root, relative] of CASES) {
  test(why, () => {
    assert.equal(resolveRoot(cwd, paths), { root: path.join(top, root), paths: relative });
  });
}

test('a path outside that does not exist', () => {
  assert.throws(
    () => resolveRoot(cwd, ['../nowhere']),
    (error: unknown) =>
      error instanceof UsageError && error.message === 'there is no file or folder ../nowhere',
  );
});

test('paths with nothing in common', () => {
  assert.throws(
    () => resolveRoot(cwd, [path.join(top, 'other'), '/usr']),
    (error: unknown) => error instanceof UsageError && error.message.includes('no folder in common'),
  );
});

test.run();
