import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rules } from '../rules/index.ts';
import { annotationsOf } from './support/annotations.ts';
import { checkProject, FIXTURES, projectsIn, resultOf, sourcesIn } from './support/fixtures.ts';

const projects = projectsIn(FIXTURES);

/** Started together, so many at a time; each test awaits its own. */
const LANES = availableParallelism();
const outcomes: Promise<readonly string[]>[] = [];
for (const [at, project] of projects.entries()) {
  const before = outcomes[at - LANES] ?? Promise.resolve();
  const check = before.then(() => checkProject(path.join(FIXTURES, project)));
  outcomes.push(check.catch((error: unknown) => [String(error)]));
}

for (const [at, project] of projects.entries()) {
  test(project, async () => {
    const differences = (await outcomes[at]) ?? [];
    if (differences.length === 0) return;
    const message = differences.length === 1 ? 'one difference' : `${differences.length} differences`;
    throw new assert.Assertion({
      message,
      details: differences.map((each) => `      ${each}\n`).join(''),
      generated: false,
      operator: 'fixture',
      expects: [],
      actual: differences,
    });
  });
}

const textOf = (project: string): string =>
  sourcesIn(path.join(FIXTURES, project))
    .map((file) => readFileSync(path.join(FIXTURES, project, file), 'utf8'))
    .join('\n');

test('the demo shows every rule', () => {
  const { findings } = annotationsOf(textOf('demo'), new Set(rules.map((rule) => rule.id)));
  const shown = new Set(findings.map((finding) => finding.ruleId));
  assert.equal(
    rules.filter((rule) => !shown.has(rule.id)).map((rule) => rule.id),
    [],
  );
});

test('what must stay silent is at least as much as what has findings', () => {
  const lines = { silent: 0, reported: 0 };
  for (const project of projects) {
    for (const file of sourcesIn(path.join(FIXTURES, project))) {
      const text = readFileSync(path.join(FIXTURES, project, file), 'utf8');
      const { length } = text.split('\n');
      if (project.startsWith('silent/') || file.includes('look-alikes')) lines.silent += length;
      else if (/expect:/.test(text)) lines.reported += length;
    }
  }
  assert.ok(lines.silent >= lines.reported, JSON.stringify(lines));
});

for (const { id } of rules.filter((rule) => !rule.checkSuppression)) {
  test(`${id} has violations, what satisfies it, unknowns and look-alikes enough`, async () => {
    const sites = (folders: readonly string[]) =>
      Promise.all(folders.map((each) => resultOf(path.join(FIXTURES, each)))).then((results) =>
        results.flatMap(({ callSites }) => callSites),
      );
    const verdicts = (await sites(projects)).map(({ verdicts }) => verdicts[id]);
    // In its own project: calls near those that it reports, of which it says nothing wrong.
    const own = (await sites([`rules/${id}`])).map(({ verdicts }) => verdicts[id]);
    const counts = {
      violation: verdicts.filter((each) => each === 'violation').length,
      satisfied: verdicts.filter((each) => each === 'satisfied').length,
      unknown: verdicts.filter((each) => each === 'unknown').length,
      lookAlike: own.filter((each) => each === undefined || each === 'satisfied').length,
    };
    const told = JSON.stringify(counts);
    for (const kind of ['violation', 'satisfied', 'lookAlike'] as const) assert.ok(counts[kind] >= 5, told);
    assert.ok(counts.unknown >= 3, told);
  });
}

for (const { id } of rules.filter((rule) => rule.checkSuppression)) {
  test(`${id} has comments that it reports and comments that suppress enough`, async () => {
    const results = await Promise.all(projects.map((each) => resultOf(path.join(FIXTURES, each))));
    const found = results.flatMap(({ findings }) => findings);
    assert.ok(found.filter(({ ruleId }) => ruleId === id).length >= 5);
    assert.ok(results.flatMap(({ suppressed = [] }) => suppressed).length >= 5);
  });
}

test('nothing is reported of what must stay silent', () => {
  for (const project of projects.filter((each) => each.startsWith('silent/')))
    assert.not.match(textOf(project), /expect:/, project);
});

test.run();
