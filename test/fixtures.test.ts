import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { checkProject, FIXTURES, projectsIn, sourcesIn } from './support/fixtures.ts';

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

test('there is at least as much code that must stay silent as there is code with findings', () => {
  const lines = { silent: 0, reported: 0 };
  for (const project of projects) {
    for (const file of sourcesIn(path.join(FIXTURES, project))) {
      const text = readFileSync(path.join(FIXTURES, project, file), 'utf8');
      if (/(?:\/\/|\/\*)\s*expect:/.test(text)) lines.reported += text.split('\n').length;
      else lines.silent += text.split('\n').length;
    }
  }
  assert.ok(lines.silent >= lines.reported, JSON.stringify(lines));
});

test.run();
