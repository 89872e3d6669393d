import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Evaluator } from '../../src/evaluate/evaluator.ts';
import { exportedValue } from '../../src/evaluate/names.ts';
import { language } from '../../src/evaluate/natives/language.ts';
import { Natives } from '../../src/evaluate/natives/natives.ts';
import { Project } from '../../src/syntax/project.ts';

const test = suite('work');

// Ways of writing that once took a call site's whole share of work, 20,000 steps.

/** The steps that the export `out` of a program takes: counted, so the same on every machine. */
function workOf(program: string): number {
  const project = new Project('/project', new Set(['a.js']), () => program);
  const source = project.source('a.js');
  assert.ok(source);
  const evaluator = new Evaluator(project, new Natives([...language]));
  exportedValue(evaluator, source, 'out');
  return evaluator.work;
}

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

test('places between the same writes are one question', () => {
  const work = workOf(`
    const h = {};
    ${lines(80, (index) => `h.x${index} = process.env.X${index};`)}
    ${lines(80, (index) => `const get${index} = () => { if (process.env.Y) return h; return h; };`)}
    export const out = [${lines(80, (index) => `get${index}(),`)}];
  `);
  assert.ok(work < 1_500, String(work));
});

test('a frame makes no difference to writes that do not see it', () => {
  const work = workOf(`
    const h = {};
    ${lines(40, (index) => `h.x${index} = String(h);`)}
    export const out = [${lines(20, (index) => `'${index}',`)}].map((id) => { h.id = id; return h; });
  `);
  assert.ok(work < 5_000, String(work));
});

test('a function that calls itself twice with what is not known is not unrolled', () => {
  const work = workOf(`
    const sum = (node) => (node.leaf ? node.value : [sum(node.left), sum(node.right)]);
    export const out = sum(process.env.TREE);
  `);
  assert.ok(work < 200, String(work));
});

test('functions that only hand an object on are not followed with each argument', () => {
  const work = workOf(`
    ${lines(12, (index) => `function log${index}(h, x) { log${index + 1}(h, x.a); log${index + 1}(h, x.b); }`)}
    function log12(h, x) {}
    const h = {};
    log0(h, process.env.X);
    export const out = h;
  `);
  assert.ok(work < 200, String(work));
});

test.run();
