import type { CallSite, ChangeInfo, Finding, Result } from '../request.ts';
import { type Colors, WIDTH } from './finding.ts';
import { clip, escapeHidden, plural, wrap } from './text.ts';

/** How many reasons of unknown verdicts are named. */
const MAX_REASONS = 3;

/** `2 errors, 1 warning`; '' when there is nothing to count. */
export function countsOf(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const parts = [errors > 0 ? plural(errors, 'error') : '', warnings > 0 ? plural(warnings, 'warning') : ''];
  return parts.filter((part) => part !== '').join(', ');
}

/** The end of the report: what was checked, what is wrong, and what the code does not tell. */
export function summary(result: Result, colors: Colors): string[] {
  const { callSites, findings, unresolved, stats } = result;
  const out =
    callSites.length === 0 ? noCallLines(result) : [callsByService(result), verdictLine(result, colors)];
  out.push(...acceptedLines(result, colors));
  if (result.change) out.push(...changeLines(result.change, colors));
  const fixable = findings.filter(({ fix }) => fix).length;
  if (stats.fixed) out.push(`${stats.fixed} fixed`);
  if (fixable > 0) out.push(`${fixable} can be fixed with --fix`);
  const [rule] = findings.map(({ ruleId }) => ruleId);
  if (rule !== undefined) out.push(colors.dim(`More about a rule: fusionlint explain ${escapeHidden(rule)}`));

  const reasons = unknownReasons(result);
  const unknowns = reasons.reduce((sum, { count }) => sum + count, 0);
  if (unknowns > 0) {
    out.push(
      '',
      `${plural(unknowns, 'verdict')} could not be worked out${reasons.length > MAX_REASONS ? ', mostly' : ''} because of`,
    );
    const shown = reasons.slice(0, MAX_REASONS);
    const digits = String(shown[0]?.count ?? '').length;
    for (const { count, reason } of shown) {
      out.push(`  ${String(count).padStart(digits)} × ${clip(escapeHidden(reason), WIDTH - digits - 5)}`);
    }
  }
  if (unresolved.length > 0) {
    if (unknowns === 0) out.push('');
    out.push(`${plural(unresolved.length, 'HTTP call')} could not be followed to a host`);
  }
  if (unknowns + unresolved.length > 0) out.push(colors.dim('Each with its place and reason: --format json'));

  if (stats.blocksLeftOut) {
    const blocks = plural(stats.blocksLeftOut, 'code block');
    out.push('', colors.dim(`${blocks} left out: what does not parse is no example to judge`));
  }
  const work = `${plural(stats.filesDiscovered, 'file')} searched, ${stats.filesParsed} parsed, ${duration(stats.durationMs)}`;
  out.push('', colors.dim(work));
  return out;
}

/** The whole summary on one line. */
export function summaryLine(result: Result): string {
  const unknowns = unknownReasons(result).reduce((sum, { count }) => sum + count, 0);
  const parts = [
    callsByService(result),
    ...(result.change ? [`only ${wordsOf(result.change)}`] : []),
    countsOf(result.findings) || `nothing ${result.known?.length ? 'new' : 'wrong'} found`,
    ...(result.stats.fixed ? [`${result.stats.fixed} fixed`] : []),
    ...(result.known?.length ? [`${result.known.length} known`] : []),
    ...(result.suppressed?.length ? [`${result.suppressed.length} suppressed`] : []),
    ...(unknowns > 0 ? [`${plural(unknowns, 'verdict')} unknown`] : []),
    ...(result.unresolved.length > 0
      ? [`${plural(result.unresolved.length, 'HTTP call')} not followed`]
      : []),
    ...(result.problems.length > 0 ? [plural(result.problems.length, 'problem')] : []),
    duration(result.stats.durationMs),
  ];
  return parts.join('; ');
}

/** `what is staged (3 files)` */
function wordsOf({ kind, files }: ChangeInfo): string {
  return `${kind === 'staged' ? 'what is staged' : 'the change'} (${plural(files, 'file')})`;
}

/** `12 calls: fusionauth 8, workfront-fusion 4`, the service with the most first. */
function callsByService({ callSites }: Result): string {
  const counts = countBy(callSites.map(({ service }) => escapeHidden(service)));
  const services = counts.map(([service, count]) => `${service} ${count}`).join(', ');
  return kindsOf(callSites) + (services === '' ? '' : `: ${services}`);
}

/** `12 calls`, `11 calls and 1 SDK client`: what makes a client sends nothing yet. */
function kindsOf(callSites: readonly CallSite[]): string {
  const calls = callSites.filter(({ sends }) => sends).length;
  const clients = callSites.length - calls;
  if (clients === 0) return plural(calls, 'call');
  const made = plural(clients, 'SDK client');
  return calls === 0 ? made : `${plural(calls, 'call')} and ${made}`;
}

/** Findings that don't count, and what the baseline holds for nothing. */
function acceptedLines({ known = [], suppressed = [], baseline }: Result, colors: Colors): string[] {
  const parts = [
    ...(known.length > 0
      ? [`${plural(known.length, 'finding')} known from ${baseline?.file ?? 'the baseline'}`]
      : []),
    ...(suppressed.length > 0 ? [`${plural(suppressed.length, 'finding')} suppressed in the code`] : []),
  ].map(escapeHidden);
  const stale = baseline?.stale.reduce((sum, { count }) => sum + count, 0) ?? 0;
  const out = parts.length > 0 ? [parts.join(', ')] : [];
  if (stale > 0) {
    const gone =
      stale === 1 ? '1 finding of the baseline is gone' : `${stale} findings of the baseline are gone`;
    out.push(colors.yellow(`${gone}: fusionlint baseline --prune takes ${stale === 1 ? 'it' : 'them'} out`));
  }
  return out;
}

function verdictLine(
  { callSites, findings, problems, known = [], suppressed = [] }: Result,
  colors: Colors,
): string {
  const errors = findings.some(({ severity }) => severity === 'error');
  if (findings.length > 0) return colors.bold((errors ? colors.red : colors.yellow)(countsOf(findings)));
  const what = known.length > 0 ? 'new' : suppressed.length > 0 ? 'else' : 'wrong';
  if (problems.length > 0) return `Nothing ${what} found in what could be read`;
  const [only, ...more] = callSites;
  const checked =
    only && more.length === 0
      ? `the ${only.sends ? 'call' : 'SDK client'} was checked`
      : `all ${kindsOf(callSites)} were checked`;
  return colors.green(`Nothing ${what} found: ${checked}`);
}

/** What the run was limited to, and what it leaves out. */
function changeLines({ kind, hidden, widenedBy }: ChangeInfo, colors: Colors): string[] {
  if (widenedBy !== undefined)
    return [colors.dim(`${escapeHidden(widenedBy)} is changed too, so all of the code was judged`)];
  if (hidden === 0) return [];
  const others = plural(hidden, 'other finding');
  const option = kind === 'staged' ? '--staged' : '--since';
  return [colors.dim(`${others} in the code around the change left out; a run without ${option} has them`)];
}

function noCallLines({ stats, unresolved, change }: Result): string[] {
  if (change) return [`No call to any of the services is in ${wordsOf(change)}.`];
  if (stats.filesDiscovered === 0) {
    return wrap(
      'No source file was found here, so nothing was checked. Look at the paths given and at include and exclude in the config.',
      WIDTH,
    );
  }
  const hidden = unresolved.length > 0 ? ' or behind an address that the code does not show' : '';
  return [
    'No call to any of the services was found.',
    ...wrap(
      `So nothing was checked: either this code does not call them, or it calls them at a host that fusionlint does not know${hidden}. Hosts of your own go into services.<id>.hosts of the config.`,
      WIDTH,
    ),
  ];
}

/** Why verdicts are unknown, the most common reason first. */
export function unknownReasons({ callSites }: Result): { reason: string; count: number }[] {
  const reasons: string[] = [];
  for (const { verdicts, unknowns } of callSites) {
    for (const [rule, verdict] of Object.entries(verdicts)) {
      if (verdict === 'unknown') reasons.push(unknowns[rule] ?? 'no reason given');
    }
  }
  return countBy(reasons).map(([reason, count]) => ({ reason, count }));
}

function countBy(names: readonly string[]): [name: string, count: number][] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
