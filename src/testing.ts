/**
 * Tests for rules of one's own, with any test runner.
 *
 * ```ts
 * import { testRule } from 'fusionlint/testing';
 *
 * await testRule(rule, {
 *   violation: [{ code: "fetch('https://fusion.adobe.io/api/v3/teams');", says: 'without a retry' }],
 *   silent: ["fetch('https://example.com');"],
 * });
 * ```
 */
import path from 'node:path';
import { rules } from '../rules/index.ts';
import { type Analysis, analysisOf } from './analyse.ts';
import type { UserConfig } from './config/config.ts';
import { configOf } from './config/load.ts';
import { contracts } from './contracts/index.ts';
import { DIRECTIVE_WORD } from './discover/defaults.ts';
import type { Rule } from './lint/rule.ts';
import { contractsOf, dayOf } from './prepare.ts';
import type { Verdict } from './request.ts';

/** One file, or several by name: `{ 'http.ts': '…', 'users.ts': '…' }`. */
export type Code = string | Readonly<Record<string, string>>;

/** Code of which the rule says something; `says` must stand in what it says. */
export type Case = Code | { readonly code: Code; readonly says: string | RegExp };

export interface RuleTest {
  /** Services of one's own that the code calls, as in the configuration. */
  readonly services?: UserConfig['services'];
  /** The day on which the code is linted, YYYY-MM-DD; today without it. */
  readonly asOf?: string;
  /** Code that breaks the rule. `says` is looked for in the message. */
  readonly violation: readonly Case[];
  /** Code with calls that all keep the rule. */
  readonly satisfied?: readonly Code[];
  /** Code with a call of which the rule cannot tell, and none that breaks it. `says` is looked for in the reason. */
  readonly unknown?: readonly Case[];
  /** Code of which the rule has nothing to say. */
  readonly silent?: readonly Code[];
}

/**
 * Lints each piece of code with the rule alone, in memory.
 *
 * @throws {Error} with a line for each case that comes out otherwise
 * @throws {UsageError} when the rule or a service is none, or the rule throws
 */
export async function testRule(rule: Rule, test: RuleTest): Promise<void> {
  const lint = await linterOf(rule, test);
  const wrong: string[] = [];
  for (const [kind, cases] of Object.entries({
    violation: test.violation,
    satisfied: test.satisfied ?? [],
    unknown: test.unknown ?? [],
    silent: test.silent ?? [],
  })) {
    for (const [at, each] of cases.entries()) {
      const { code, says } = caseOf(each);
      const analysis = await lint(typeof code === 'string' ? { 'code.ts': code } : code);
      const got = outcomesOf(analysis, rule.id);
      if (analysis.problems.length === 0 && isExpected(kind as Verdict | 'silent', says, got)) continue;
      const saying = says === undefined ? '' : ` that says ${says instanceof RegExp ? says : `"${says}"`}`;
      wrong.push(`${rule.id}, ${kind} ${at + 1}: expected ${kind}${saying}, got ${print(got, analysis)}`);
    }
  }
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

function caseOf(given: Case): { readonly code: Code; readonly says?: string | RegExp } {
  return typeof given === 'object' && isSaying(given) ? given : { code: given };
}

function isSaying(given: Exclude<Case, string>): given is Exclude<Case, Code> {
  return 'code' in given && 'says' in given;
}

interface Outcome {
  readonly verdict: Verdict;
  /** The messages, or the reason. */
  readonly says: string;
}

function outcomesOf({ callSites, findings }: Analysis, ruleId: string): Outcome[] {
  return callSites.flatMap(({ id, verdicts, unknowns }) => {
    const verdict = verdicts[ruleId];
    if (verdict === undefined) return [];
    const messages = findings.filter(({ callSite }) => callSite === id).map(({ message }) => message);
    return [{ verdict, says: verdict === 'violation' ? messages.join(' ') : (unknowns[ruleId] ?? '') }];
  });
}

function isExpected(
  kind: Verdict | 'silent',
  says: string | RegExp | undefined,
  got: readonly Outcome[],
): boolean {
  const of = (verdict: Verdict) => got.filter((each) => each.verdict === verdict);
  switch (kind) {
    case 'silent':
      return got.length === 0;
    case 'satisfied':
      return got.length > 0 && of('satisfied').length === got.length;
    case 'unknown':
      if (of('violation').length > 0) return false;
  }
  return of(kind).some((each) => {
    if (says === undefined) return true;
    return says instanceof RegExp ? says.test(each.says) : each.says.includes(says);
  });
}

function print(got: readonly Outcome[], { callSites, problems }: Analysis): string {
  const [problem] = problems;
  if (problem) return `code that does not parse: ${problem.message}`;
  if (callSites.length === 0) return 'no call of a service';
  if (got.length === 0) return 'silence';
  return got.map(({ verdict, says }) => (says === '' ? verdict : `${verdict} (${says})`)).join(', ');
}

/** Lints files, given as texts by name. */
async function linterOf(rule: Rule, { services, asOf }: RuleTest) {
  const cwd = process.cwd();
  const config = await configOf(
    { services, asOf, customRules: [rule] },
    { rules, services: contracts },
    { filepath: path.join(cwd, 'test'), file: 'the test', cwd },
  );
  return (files: Readonly<Record<string, string>>): Promise<Analysis> => {
    const names = Object.keys(files).sort();
    const read = (file: string) => files[file];
    return analysisOf({
      root: cwd,
      paths: ['.'],
      config,
      contracts: contractsOf(config),
      rules: config.customRules,
      asOf: dayOf(config),
      files: names,
      pages: [],
      known: new Set(names),
      sources: {
        read,
        peek: read,
        scan: read,
        mentions: (file) => read(file)?.includes(DIRECTIVE_WORD) === true,
        problems: () => [],
      },
      variables: [],
    });
  };
}
