import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../../rules/index.ts';
import type { CallSite, Result } from '../../src/request.ts';
import { type Annotations, annotationsOf } from './annotations.ts';
import { fusionlint } from './cli.ts';

export const FIXTURES = fileURLToPath(new URL('../../fixtures', import.meta.url));

/** The day the fixtures are linted on: every date of the contracts has passed, but none is far away. */
export const AS_OF = '2026-11-24';

/**
 * Rules whose verdict rests on what the code sends, not on values that only the run knows. A verdict
 * `unknown` of theirs means that something was not followed, so a fixture must announce it.
 */
const STRUCTURAL: ReadonlySet<string> = new Set([
  'required-headers',
  'require-tenant-id',
  'no-legacy-headers',
  'no-organization-id-in-route',
  'no-organization-id-in-query',
  'no-retired-endpoints',
  'token-request',
  'no-misplaced-headers',
]);

const ruleIds: ReadonlySet<string> = new Set(rules.map((rule) => rule.id));

/**
 * The projects below a folder, relative to it: a folder with a `package.json` is one, and so is every
 * folder in a group (`rules/required-headers`).
 */
export function projectsIn(root: string): string[] {
  return foldersIn(root).flatMap((group) => {
    if (existsSync(path.join(root, group, 'package.json'))) return [group];
    return foldersIn(path.join(root, group)).map((project) => `${group}/${project}`);
  });
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((each) => each.isDirectory())
    .map((each) => each.name)
    .sort();
}

/**
 * Lints a project through the built command and answers what differs from its annotations, a line each.
 *
 * @param ownRules ids of rules that the project has of its own
 */
export async function checkProject(folder: string, ...ownRules: readonly string[]): Promise<string[]> {
  const known = new Set([...ruleIds, ...ownRules]);
  const expected = new Map(
    sourcesIn(folder).map((file): [string, Annotations] => {
      const text = readFileSync(path.join(folder, file), 'utf8');
      return [file, annotationsOf(text, known)];
    }),
  );
  return differences(expected, await resultOf(folder));
}

/** Paths of the JavaScript and TypeScript files, of components and of Markdown pages, relative to the folder, sorted. */
export function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter(
      (file) =>
        /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|mdx?)$/.test(file) && !/(?:^|\/)fusionlint\.config\./.test(file),
    )
    .sort();
}

const results = new Map<string, Promise<Result>>();

/** What the built command says of a project; asked once for each. */
export function resultOf(folder: string): Promise<Result> {
  const known = results.get(folder);
  if (known) return known;
  const result = lintProject(folder);
  results.set(folder, result);
  return result;
}

async function lintProject(folder: string): Promise<Result> {
  const configured = readdirSync(folder).some((file) => file.startsWith('fusionlint.config.'));
  const words = ['--format', 'json', '--as-of', AS_OF, ...(configured ? [] : ['--no-config'])];
  const { code, stdout, stderr } = await fusionlint(words, { cwd: folder });
  if (code !== 0 && code !== 1) throw new Error(`fusionlint ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as Result;
}

/** Missing and surplus findings, calls and unknown verdicts, as `file:line what`. */
export function differences(expected: ReadonlyMap<string, Annotations>, result: Result): string[] {
  const found: { readonly place: string; readonly what: string }[] = [];
  const say = (place: string, what: string) => found.push({ place, what });
  for (const { message, location } of result.problems)
    say(location ? `${location.file}:${location.startLine}` : '-', `problem: ${message}`);

  const lines = new Map<string, Line>();
  const lineOf = (file: string, line: number): Line => {
    const place = `${file}:${line}`;
    const known = lines.get(place);
    if (known) return known;
    const made: Line = {
      findings: [],
      calls: [],
      unknowns: [],
      unresolved: [],
      foundFindings: [],
      foundCalls: [],
      foundUnresolved: [],
    };
    lines.set(place, made);
    return made;
  };
  for (const [file, { findings, calls, unknowns, unresolved }] of expected) {
    for (const each of findings) lineOf(file, each.line).findings.push(each);
    for (const each of calls) lineOf(file, each.line).calls.push(each.call);
    for (const each of unknowns) lineOf(file, each.line).unknowns.push(each.ruleId);
    for (const each of unresolved) lineOf(file, each.line).unresolved.push(each.words);
  }
  for (const each of result.findings)
    lineOf(each.location.file, each.location.startLine).foundFindings.push(each);
  for (const each of result.callSites)
    lineOf(each.location.file, each.location.startLine).foundCalls.push(each);
  for (const each of result.unresolved)
    lineOf(each.location.file, each.location.startLine).foundUnresolved.push(each.reason);

  for (const [place, line] of lines) for (const what of differencesOf(line)) say(place, what);
  return found
    .sort((a, b) => collator.compare(a.place, b.place))
    .map(({ place, what }) => `${place} ${what}`);
}

const collator = new Intl.Collator('en', { numeric: true });

interface Line {
  readonly findings: Annotations['findings'][number][];
  readonly calls: string[];
  readonly unknowns: string[];
  readonly unresolved: string[];
  readonly foundFindings: Result['findings'][number][];
  readonly foundCalls: CallSite[];
  readonly foundUnresolved: string[];
}

function differencesOf(line: Line): string[] {
  return [
    ...findingDifferences(line),
    ...callDifferences(line),
    ...unknownDifferences(line),
    ...unresolvedDifferences(line),
  ];
}

function findingDifferences({ findings, foundFindings, foundCalls }: Line): string[] {
  const left = [...foundFindings];
  const missing: string[] = [];
  for (const { ruleId, severity, words } of findings) {
    const at = left.findIndex(
      (each) =>
        each.ruleId === ruleId &&
        each.severity === severity &&
        words.every((word) => each.message.includes(word)),
    );
    if (at >= 0) left.splice(at, 1);
    else missing.push(`${ruleId} ${severity}${words.length > 0 ? ` (${words.join(', ')})` : ''}`);
  }
  return [
    ...missing.map((what) => `expected ${what}, got ${verdictsOf(foundCalls)}`),
    ...left.map((each) => `surplus ${each.ruleId} ${each.severity}: ${each.message}`),
  ];
}

/** What the call sites of the line came to, to see why a finding is missing. */
function verdictsOf(calls: readonly CallSite[]): string {
  if (calls.length === 0) return 'no call site';
  return calls
    .map((site) => {
      const verdicts = Object.entries(site.verdicts).map(([rule, verdict]) => {
        const why = site.unknowns[rule];
        return `${rule} ${verdict}${why === undefined ? '' : ` (${why})`}`;
      });
      return `${site.method} ${site.url} with ${verdicts.join(', ') || 'no verdict'}`;
    })
    .join(' and ');
}

function callDifferences({ findings, calls, unknowns, foundCalls }: Line): string[] {
  const found = foundCalls.map((site) => `${site.method} ${site.url}`);
  // What is said of a line says that a call stands there; only `call:` says which.
  if (calls.length === 0 && (findings.length > 0 || unknowns.length > 0)) return [];
  const left = [...found];
  const missing: string[] = [];
  for (const call of calls) {
    const at = left.indexOf(call);
    if (at >= 0) left.splice(at, 1);
    else missing.push(call);
  }
  return [
    ...missing.map((call) => `expected call ${call}, got ${found.join(' and ') || 'none'}`),
    ...left.map((call) => `surplus call ${call}`),
  ];
}

function unknownDifferences({ unknowns, foundCalls }: Line): string[] {
  const missing = unknowns
    .filter((rule) => !foundCalls.some((site) => site.verdicts[rule] === 'unknown'))
    .map((rule) => `expected ${rule} unknown, got ${verdictsOf(foundCalls)}`);
  const surplus = foundCalls.flatMap((site) =>
    Object.entries(site.unknowns)
      .filter(([rule]) => STRUCTURAL.has(rule) && !unknowns.includes(rule))
      .map(([rule, why]) => `surplus ${rule} unknown: ${why}`),
  );
  return [...missing, ...surplus];
}

/** What is not announced may be: a fixture has calls that it is not about. */
function unresolvedDifferences({ unresolved, foundUnresolved }: Line): string[] {
  return unresolved
    .filter((words) => !foundUnresolved.some((reason) => reason.includes(words)))
    .map((words) => `expected unresolved (${words}), got ${foundUnresolved.join(' and ') || 'none'}`);
}
