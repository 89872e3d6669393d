import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { changedLines } from '../../src/discover/patch.ts';

function hunks(patch: string) {
  return Object.fromEntries(changedLines(patch));
}

test('lines added, changed and gone', () => {
  const patch = `diff --git a/src/a.ts b/src/a.ts
index 1..2 100644
--- a/src/a.ts
+++ b/src/a.ts
@@ -3 +3,2 @@ function a() {
-old
+new
+newer
@@ -9,2 +9,0 @@ function b() {
-one
-two
@@ -20,0 +19 @@
+last
\\ No newline at end of file
`;
  assert.equal(hunks(patch), {
    'src/a.ts': [
      { first: 3, last: 4, removed: 'old' },
      { first: 10, last: 9, removed: 'one\ntwo' },
      { first: 19, last: 19, removed: '' },
    ],
  });
});

test('lines that look like the frame of a patch are lines', () => {
  const patch = `diff --git a/a.ts b/a.ts
--- a/a.ts
+++ b/a.ts
@@ -1,2 +1,2 @@
--- a/b.ts
-@@ -1 +1 @@
+++ b/b.ts
+@@ -5 +5 @@
diff --git a/c.ts b/c.ts
--- a/c.ts
+++ b/c.ts
@@ -0,0 +1 @@
+c
`;
  assert.equal(hunks(patch), {
    'a.ts': [{ first: 1, last: 2, removed: '-- a/b.ts\n@@ -1 +1 @@' }],
    'c.ts': [{ first: 1, last: 1, removed: '' }],
  });
});

test('files that are gone, moved as they are, or of another kind', () => {
  const patch = `diff --git a/gone.ts b/gone.ts
deleted file mode 100644
--- a/gone.ts
+++ /dev/null
@@ -1 +0,0 @@
-gone
diff --git a/old.ts b/new.ts
similarity index 100%
rename from old.ts
rename to new.ts
* Unmerged path both.ts
`;
  assert.equal(hunks(patch), {});
});

test('names with spaces, quotes and letters of every language', () => {
  const patch = [
    'diff --git a/a b.ts b/a b.ts',
    '--- a/a b.ts\t',
    '+++ b/a b.ts\t',
    '@@ -1 +1 @@',
    '-1',
    '+2',
    String.raw`diff --git "a/we\"ird\t\\ é.ts" "b/we\"ird\t\\ é.ts"`,
    `${String.raw`--- "a/we\"ird\t\\ é.ts"`}\t`,
    `${String.raw`+++ "b/we\"ird\t\\ \001é.ts"`}\t`,
    '@@ -1 +1 @@',
    '-1',
    '+2',
  ].join('\n');
  assert.equal(Object.keys(hunks(patch)), ['a b.ts', 'we"ird\t\\ \u0001é.ts']);
});

test.run();
