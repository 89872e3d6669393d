import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Gates, outcomeOf, unknownsOf } from '../../src/commands/gates.ts';
import type { CallSite, Finding, Problem, Severity, Unresolved, Verdict } from '../../src/request.ts';
import { sample } from '../support/result.ts';

const location = { file: 'a.ts', startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 };
const unresolved: Unresolved = { location, client: 'fetch', reason: '' };
const problem: Problem = { kind: 'syntax', message: '' };

function finding(severity: Severity): Finding {
  return {
    ruleId: 'required-headers',
    severity,
    message: '',
    location,
    callSite: '',
    related: [],
    fingerprint: '',
  };
}

function site(...verdicts: Verdict[]): CallSite {
  const [first] = sample.callSites;
  if (!first) throw new Error('no sample');
  return { ...first, verdicts: Object.fromEntries(verdicts.map((verdict, at) => [`rule-${at}`, verdict])) };
}

interface Given {
  readonly findings?: readonly Severity[];
  readonly verdicts?: readonly Verdict[];
  readonly unresolved?: number;
  readonly problems?: number;
}

function result({ findings = [], verdicts = [], unresolved: calls = 0, problems = 0 }: Given) {
  return {
    findings: findings.map(finding),
    callSites: verdicts.length > 0 ? [site(...verdicts)] : [],
    unresolved: Array.from({ length: calls }, () => unresolved),
    problems: Array.from({ length: problems }, () => problem),
  };
}

const CASES: readonly [given: Given, gates: Partial<Gates>, code: 0 | 1, reasons: readonly string[]][] = [
  [{}, {}, 0, []],
  [{}, { maxWarnings: 0, maxUnknown: 0, failOn: 'unknown' }, 0, []],
  [{ findings: ['error'] }, {}, 1, []],
  [{ findings: ['error'] }, { failOn: 'error' }, 1, []],
  [{ findings: ['error'] }, { maxWarnings: 9, maxUnknown: 9 }, 1, []],
  [{ findings: ['warn', 'warn'] }, {}, 0, []],
  [{ findings: ['warn', 'warn'] }, { maxWarnings: 2 }, 0, []],
  [{ findings: ['warn', 'warn'] }, { maxWarnings: 1 }, 1, ['2 warnings, more than --max-warnings 1']],
  [{ findings: ['warn'] }, { maxWarnings: 0 }, 1, ['1 warning, more than --max-warnings 0']],
  [{ findings: ['warn'] }, { failOn: 'error' }, 0, []],
  [{ findings: ['warn'] }, { failOn: 'warn' }, 1, ['1 warning, and --fail-on warn']],
  // A limit allows nothing that the level forbids.
  [{ findings: ['warn'] }, { failOn: 'warn', maxWarnings: 5 }, 1, ['1 warning, and --fail-on warn']],
  [{ findings: ['warn'] }, { failOn: 'unknown' }, 1, ['1 warning, and --fail-on unknown']],
  [{ verdicts: ['satisfied', 'unknown'] }, {}, 0, []],
  [{ verdicts: ['satisfied', 'unknown'] }, { failOn: 'warn' }, 0, []],
  [{ verdicts: ['satisfied', 'unknown'] }, { failOn: 'unknown' }, 1, ['1 unknown, and --fail-on unknown']],
  [{ verdicts: ['satisfied'] }, { failOn: 'unknown' }, 0, []],
  [{ verdicts: ['unknown', 'unknown'] }, { maxUnknown: 2 }, 0, []],
  [{ verdicts: ['unknown', 'unknown'] }, { maxUnknown: 1 }, 1, ['2 unknown, more than --max-unknown 1']],
  [{ unresolved: 1 }, { maxUnknown: 0 }, 1, ['1 unknown, more than --max-unknown 0']],
  [{ problems: 1 }, {}, 0, []],
  [{ problems: 1 }, { failOn: 'unknown' }, 1, ['1 unknown, and --fail-on unknown']],
  [
    { findings: ['error', 'warn'], verdicts: ['unknown'] },
    { maxWarnings: 0, maxUnknown: 0 },
    1,
    ['1 warning, more than --max-warnings 0', '1 unknown, more than --max-unknown 0'],
  ],
];

for (const [given, gates, code, reasons] of CASES) {
  test(`${JSON.stringify(given)} with ${JSON.stringify(gates)}: ${code}`, () => {
    const all = { failOn: undefined, maxWarnings: undefined, maxUnknown: undefined, ...gates };
    const outcome = outcomeOf(result(given), all);
    assert.is(outcome.code, code);
    assert.equal(outcome.reasons, reasons);
  });
}

test('errors are counted for who sees no report', () => {
  const none = { failOn: undefined, maxWarnings: undefined, maxUnknown: undefined };
  assert.is(outcomeOf(result({}), none).errors, undefined);
  assert.is(outcomeOf(result({ findings: ['error', 'warn', 'error'] }), none).errors, '2 errors');
});

test('what is unknown: verdicts, calls without a host, and what could not be read', () => {
  const given = result({ verdicts: ['unknown', 'violation', 'unknown'], unresolved: 3, problems: 1 });
  assert.is(unknownsOf(given), 6);
});

test.run();
