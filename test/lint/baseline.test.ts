import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { BaselineEntry } from '../../src/config/baseline.ts';
import { compareWithBaseline, entriesFor } from '../../src/lint/baseline.ts';
import type { Finding } from '../../src/request.ts';

function finding(file: string, line: number, fingerprint = 'f', ruleId = 'a-rule'): Finding {
  const location = { file, startLine: line, startColumn: 1, endLine: line, endColumn: 2 };
  return { ruleId, severity: 'error', message: 'Wrong.', location, related: [], fingerprint };
}

function entry(file: string, count = 1, fingerprint = 'f', rule = 'a-rule'): BaselineEntry {
  return { file, rule, fingerprint, count };
}

/** `gone` are the files that are not there, `unread` those that the run does not judge. */
function compare(
  found: readonly Finding[],
  entries: readonly BaselineEntry[],
  { gone = [], unread = [] }: { readonly gone?: readonly string[]; readonly unread?: readonly string[] } = {},
) {
  const comparison = compareWithBaseline(found, entries, {
    exists: (file) => !gone.includes(file),
    judged: ({ file }) => !unread.includes(file),
  });
  const places = (findings: readonly Finding[]) =>
    findings.map(({ location }) => `${location.file}:${location.startLine}`);
  const counts = (list: readonly BaselineEntry[]) => list.map(({ file, count }) => `${count} ${file}`);
  return {
    fresh: places(comparison.fresh),
    known: places(comparison.known),
    stale: counts(comparison.stale),
    others: counts(comparison.others),
  };
}

test('known by file, rule and fingerprint; the ordinal of a fingerprint is no part of it', () => {
  assert.equal(compare([finding('a.js', 7, 'f-2')], [entry('a.js')]), {
    fresh: [],
    known: ['a.js:7'],
    stale: [],
    others: [],
  });
  for (const other of [entry('b.js'), entry('a.js', 1, 'g'), entry('a.js', 1, 'f', 'b-rule')])
    assert.equal(compare([finding('a.js', 7)], [other]).fresh, ['a.js:7']);
});

test('as many as the baseline has are known, and those that are not there any more stale', () => {
  const found = [finding('a.js', 1), finding('a.js', 2, 'f-2')];
  assert.equal(compare(found, [entry('a.js')]), {
    fresh: ['a.js:2'],
    known: ['a.js:1'],
    stale: [],
    others: [],
  });
  assert.equal(compare(found, [entry('a.js', 3)]).stale, ['1 a.js']);
  assert.equal(compare(found, [entry('a.js'), entry('a.js')]).fresh, []);
});

test('a file that is gone was renamed, where its findings turn up in another', () => {
  const found = [finding('b.js', 1), finding('b.js', 5, 'f-2')];
  assert.equal(compare(found, [entry('a.js', 2)], { gone: ['a.js'] }), {
    fresh: [],
    known: ['b.js:1', 'b.js:5'],
    stale: [],
    others: [],
  });
  assert.equal(compare(found, [entry('a.js', 2)]).fresh, ['b.js:1', 'b.js:5']);
  assert.equal(compare(found, [entry('a.js')], { gone: ['a.js'] }).fresh, ['b.js:5']);
  assert.equal(compare(found, [entry('a.js', 2, 'g')], { gone: ['a.js'] }).fresh, ['b.js:1', 'b.js:5']);
  assert.equal(compare(found, [entry('a.js', 3)], { gone: ['a.js'] }).stale, ['1 a.js']);
});

test('nothing is said of entries that the run does not judge', () => {
  const { stale, others } = compare([], [entry('a.js'), entry('b.js', 2)], { unread: ['b.js'] });
  assert.equal(stale, ['1 a.js']);
  assert.equal(others, ['2 b.js']);
});

test('entries are counted, and those of others are added', () => {
  const found = [finding('a.js', 1), finding('a.js', 2, 'f-2'), finding('b.js', 1)];
  assert.equal(entriesFor(found, [entry('a.js'), entry('c.js', 4)]), [
    entry('a.js', 3),
    entry('b.js'),
    entry('c.js', 4),
  ]);
});

test.run();
