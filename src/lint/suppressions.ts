import { isDay } from '../config/day.ts';
import { nearest } from '../nearest.ts';
import {
  byPlace,
  type CallSite,
  callSitesOf,
  type Finding,
  type Location,
  placeOf,
  type Severity,
  type SuppressedFinding,
} from '../request.ts';
import { fill, runRule, templateOf } from './check.ts';
import { DIRECTIVES, type Directive, directivesOf, linesFor, type ReadFile } from './directives.ts';
import { fingerprint, withOrdinals } from './fingerprint.ts';
import type { NamedRule, Rule, SuppressionContext } from './rule.ts';

export interface SuppressOptions {
  readonly callSites: readonly CallSite[];
  readonly rules: readonly Rule[];
  /** Of a rule, in a setting for all services or for one; undefined leaves the rule's own. */
  readonly severityOf: (ruleId: string) => Severity | 'off' | undefined;
  /** The rule is off, if only for one service. */
  readonly isOff: (ruleId: string) => boolean;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** The files in which a directive may stand. */
  readonly files: readonly string[];
  readonly read: (file: string) => ReadFile | undefined;
  /** Whether the directives of a file are judged. */
  readonly judged: (file: string) => boolean;
}

export interface Suppressed {
  /** Those that count, with what is wrong with the comments. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

/**
 * Takes away the findings that comments accept. A comment accepts a finding where it speaks of the line on which
 * the finding stands, or of the line on which the statement there begins. It may stand at the call as well: then
 * every call that the finding stands for must have one.
 */
export function suppress(found: readonly Finding[], options: SuppressOptions): Suppressed {
  const files = new Map(
    options.files.flatMap((file) => {
      const read = options.read(file);
      return read ? [[file, { directives: directivesOf(file, read), source: read.source }] as const] : [];
    }),
  );
  const sites = new Map(options.callSites.map(({ id, location }) => [id, location]));
  const used = new Map<Directive, Set<string>>();

  /** The directives that speak of a rule at a place; from now on they are used. */
  const speaking = (ruleId: string, location: Location): Directive[] => {
    const file = files.get(location.file);
    if (!file || file.directives.length === 0) return [];
    const lines = linesFor(file.source, location);
    const found = file.directives.filter(({ reaches }) => lines.some((line) => reaches(line, ruleId)));
    for (const each of found) used.set(each, (used.get(each) ?? new Set()).add(ruleId));
    return found;
  };
  const holding = (directives: readonly Directive[]) =>
    directives.find((each) => each.reason !== '' && lastsOf(each, options.asOf) === 'on');

  const findings: Finding[] = [];
  const suppressed: SuppressedFinding[] = [];
  for (const finding of found) {
    const { ruleId, location } = finding;
    const here = holding(speaking(ruleId, location));
    const there = callSitesOf(finding).map((id) => {
      const place = sites.get(id);
      return place && holding(speaking(ruleId, place));
    });
    const directive = here ?? (there.every((each) => each !== undefined) ? there[0] : undefined);
    if (!directive) findings.push(finding);
    else suppressed.push({ ...finding, suppression: suppressionOf(directive) });
  }
  const judged = [...files].filter(([file]) => options.judged(file)).map(([, file]) => file);
  const stale = judged.flatMap(({ directives }) =>
    directives.flatMap((each) => staleFindings(each, used.get(each) ?? new Set(), options)),
  );
  return { findings: withOrdinals([...findings, ...stale].sort(byPlace)), suppressed };
}

function suppressionOf({ reason, until, comment }: Directive): SuppressedFinding['suppression'] {
  return { reason, ...(until !== undefined && { until }), location: comment.location };
}

function lastsOf({ until }: Directive, asOf: string): SuppressionContext['lasts'] {
  if (until === undefined) return 'on';
  if (!isDay(until)) return 'malformed';
  return until < asOf ? 'expired' : 'on';
}

/**
 * What the rules about suppressions say of one.
 *
 * @param used the rules of which it has findings
 */
function staleFindings(
  directive: Directive,
  used: ReadonlySet<string>,
  { rules, severityOf, isOff, asOf }: SuppressOptions,
): Finding[] {
  const { word, reason, until, comment, ends } = directive;
  const ids = rules.map(({ id }) => id);
  const has = ends === undefined ? used : new Set(ends);
  const stateOf = (id: string): NamedRule['state'] => {
    if (has.has(id)) return 'used';
    if (!ids.includes(id)) return 'missing';
    return isOff(id) ? 'unjudged' : 'unused';
  };
  const names = ends !== undefined && directive.rules.length === 0 ? ends : directive.rules;
  const named = names.map((id) => ({ id, state: stateOf(id), meant: nearest(id, ids) }));
  const findings: Finding[] = [];
  for (const rule of rules) {
    const severity = severityOf(rule.id) ?? rule.severity;
    if (severity === 'off') continue;
    const context: SuppressionContext = {
      directive: word,
      meant: DIRECTIVES.some((each) => each === word)
        ? undefined
        : (nearest(word, DIRECTIVES) ?? DIRECTIVES[0]),
      enables: ends !== undefined,
      rules: named,
      reason,
      until,
      lasts: lastsOf(directive, asOf),
      report: (message, data) => {
        findings.push({
          ruleId: rule.id,
          severity,
          message: fill(templateOf(rule, message), data),
          location: comment.location,
          related: [],
          fingerprint: fingerprint({
            ruleId: rule.id,
            service: '',
            method: '',
            route: '',
            symbol: '',
            subject: JSON.stringify([message, word, data]),
          }),
        });
      },
    };
    runRule(rule.id, `the comment at ${placeOf(comment.location)}`, () => rule.checkSuppression?.(context));
  }
  return findings;
}
