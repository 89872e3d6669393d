import picocolors from 'picocolors';
import {
  type CallSite,
  callSitesOf,
  type Finding,
  type Location,
  type Problem,
  type Result,
} from '../request.ts';
import { type Colors, findingLines, WIDTH } from './finding.ts';
import { splitLines } from './frame.ts';
import type { ReportOptions } from './index.ts';
import { countsOf, summary, summaryLine } from './summary.ts';
import { escapeHidden, wrap } from './text.ts';

/** Rules whose places hold a credential; the code frames mask every string there. */
const ABOUT_CREDENTIALS: ReadonlySet<string> = new Set([
  'no-hardcoded-credentials',
  'no-credentials-in-browser',
  'authorization-scheme',
  'header-format',
]);

/** The report for a person at a terminal: findings by file, then problems, then a summary. */
export function pretty(result: Result, options: ReportOptions): string {
  const colors = picocolors.createColors(options.color);
  const shown = options.quiet
    ? result.findings.filter(({ severity }) => severity === 'error')
    : result.findings;
  const callSites = new Map(result.callSites.map((callSite) => [callSite.id, callSite]));
  const blocks = groupByFile(shown).map((findings) => {
    const file = findings[0]?.location.file ?? '';
    const lines = splitLines(options.sources(file) ?? '');
    return fileLines(
      file,
      findings,
      { lines, suspects: suspectPlaces(file, result.findings), callSites },
      colors,
    );
  });
  if (result.problems.length > 0) blocks.push(problemLines(result.problems, colors));
  blocks.push(options.quiet ? [summaryLine(result)] : summary(result, colors));
  return blocks.map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join('')).join('\n');
}

function groupByFile(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of [...findings].sort(byPlace)) {
    const group = groups.get(finding.location.file);
    if (group) group.push(finding);
    else groups.set(finding.location.file, [finding]);
  }
  return [...groups.values()];
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compare(a.location.file, b.location.file) ||
    a.location.startLine - b.location.startLine ||
    a.location.startColumn - b.location.startColumn ||
    compare(a.severity, b.severity) ||
    compare(a.ruleId, b.ruleId) ||
    compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface FileContext {
  readonly lines: readonly string[];
  readonly suspects: readonly Location[];
  readonly callSites: ReadonlyMap<string, CallSite>;
}

/** All findings of one file under one header. A place that has several shows its code once. */
function fileLines(
  file: string,
  findings: readonly Finding[],
  context: FileContext,
  colors: Colors,
): string[] {
  const { lines, suspects, callSites } = context;
  const digits = String(Math.max(...findings.map(({ location }) => location.endLine)) + 1).length;
  const out = [`${colors.bold(colors.underline(escapeHidden(file)))}  ${colors.dim(countsOf(findings))}`];
  const seen = new Set<string>();
  for (const finding of findings) {
    const { startLine, startColumn, endLine, endColumn } = finding.location;
    const place = `${startLine}:${startColumn}-${endLine}:${endColumn}`;
    const source = { lines: seen.has(place) ? [] : lines, suspects, digits };
    out.push('', ...findingLines(finding, sitesOf(finding, callSites), source, colors));
    seen.add(place);
  }
  return out;
}

/** The call sites that a finding stands for. */
function sitesOf(finding: Finding, known: ReadonlyMap<string, CallSite>): CallSite[] {
  return callSitesOf(finding).flatMap((id) => known.get(id) ?? []);
}

function problemLines(problems: readonly Problem[], colors: Colors): string[] {
  const words = { syntax: 'syntax error', unreadable: 'unreadable' } as const;
  const out = [colors.bold('Not fully checked'), ''];
  for (const { kind, message, location } of problems) {
    const where = location && escapeHidden(`${location.file}:${location.startLine}:${location.startColumn}`);
    out.push(
      `  ${colors.bold(colors.red(words[kind]))}${where === undefined ? '' : `  ${colors.cyan(where)}`}`,
    );
    out.push(...wrap(escapeHidden(message), WIDTH - 2).map((line) => `  ${line}`));
  }
  return out;
}

/** The places of a file that may hold a credential: all that a finding about one points to. */
function suspectPlaces(file: string, findings: readonly Finding[]): Location[] {
  return findings
    .filter(({ ruleId }) => ABOUT_CREDENTIALS.has(ruleId))
    .flatMap(({ location, related }) => [location, ...related.map((each) => each.location)])
    .filter((location) => location.file === file);
}
