import { isDay } from '../config/day.ts';
import { nearest } from '../nearest.ts';
import {
  type CallSite,
  callSitesOf,
  type Finding,
  type Location,
  placeOf,
  type Severity,
  type SuppressedFinding,
} from '../request.ts';
import { type Comment, commentsThatBegin } from '../syntax/comments.ts';
import { headLine } from '../syntax/heads.ts';
import type { ts } from '../syntax/ts.ts';
import { fill, runRule, templateOf } from './check.ts';
import { fingerprint, withOrdinals } from './fingerprint.ts';
import { byPlace } from './judge.ts';
import type { NamedRule, Rule, SuppressionContext } from './rule.ts';

const DIRECTIVES = [
  'fusionlint-disable-next-line',
  'fusionlint-disable-line',
  'fusionlint-disable',
  'fusionlint-enable',
  'fusionlint-disable-file',
] as const;

/** With what every comment that is meant as a directive begins. */
export const DIRECTIVE = /fusionlint-(?:disable|enable)[\w-]*/g;

/** A comment that suppresses findings, as it is written: `fusionlint-disable-line a, b until 2027-01-31 -- why`. */
export interface Directive {
  /** The first word, right or not. */
  readonly word: string;
  readonly rules: readonly string[];
  readonly until: string | undefined;
  /** '' without one. */
  readonly reason: string;
  readonly comment: Comment;
}

export function readDirective(comment: Comment): Directive {
  const [word = '', ...rest] = comment.text.split(/\s+/);
  const at = rest.findIndex((each) => /^-{2,}$/.test(each));
  const words = (at < 0 ? rest : rest.slice(0, at))
    .join(' ')
    .split(/[\s,]+/)
    .filter((each) => each !== '');
  const day = words.indexOf('until');
  return {
    word,
    rules: [...new Set(day < 0 ? words : words.slice(0, day))],
    until: day < 0 ? undefined : words.slice(day + 1).join(' '),
    reason: at < 0 ? '' : rest.slice(at + 1).join(' '),
    comment,
  };
}

/** A file with its tree. */
export interface ReadFile {
  readonly text: string;
  readonly source: ts.SourceFile;
}

export function directivesOf(file: string, { text, source }: ReadFile): Directive[] {
  return commentsThatBegin(file, text, source, DIRECTIVE).map(readDirective);
}

/** A directive, and the lines of its file that it speaks of. */
interface Reach {
  readonly directive: Directive;
  readonly covers: (line: number, ruleId: string) => boolean;
}

/** What the directives of a file reach. Those that end others reach nothing; `ended` has what they end. */
function reachOf(directives: readonly Directive[]): {
  readonly reaches: Reach[];
  readonly ended: ReadonlyMap<Directive, readonly string[]>;
} {
  const ended = new Map<Directive, string[]>();
  /** Up to which line each rule of a block is suppressed. */
  const blocks = new Map<Directive, Map<string, number>>();
  for (const each of directives) {
    if (each.word === 'fusionlint-disable')
      blocks.set(each, new Map(each.rules.map((id) => [id, Number.POSITIVE_INFINITY])));
    if (each.word !== 'fusionlint-enable') continue;
    const names: string[] = [];
    for (const block of blocks.values())
      for (const [id, end] of block) {
        if (end !== Number.POSITIVE_INFINITY || (each.rules.length > 0 && !each.rules.includes(id))) continue;
        block.set(id, each.comment.location.endLine);
        names.push(id);
      }
    ended.set(each, names);
  }
  const reaches = directives.map((directive): Reach => {
    const { word, rules, comment } = directive;
    const { startLine, endLine } = comment.location;
    const isIn = (line: number, ruleId: string): boolean => {
      switch (word) {
        case 'fusionlint-disable-file':
          return true;
        case 'fusionlint-disable-line':
          return startLine <= line && line <= endLine;
        case 'fusionlint-disable-next-line':
          return comment.next.first <= line && line <= comment.next.last;
        case 'fusionlint-disable':
          return startLine <= line && line <= (blocks.get(directive)?.get(ruleId) ?? 0);
        default:
          return false;
      }
    };
    return { directive, covers: (line, ruleId) => rules.includes(ruleId) && isIn(line, ruleId) };
  });
  return { reaches, ended };
}

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
      if (!read) return [];
      const directives = directivesOf(file, read);
      return [[file, { ...reachOf(directives), directives, source: read.source }] as const];
    }),
  );
  const sites = new Map(options.callSites.map(({ id, location }) => [id, location]));
  const used = new Map<Directive, Set<string>>();

  /** The directives that speak of a rule at a place; from now on they are used. */
  const speaking = (ruleId: string, location: Location): Directive[] => {
    const file = files.get(location.file);
    if (!file || file.directives.length === 0) return [];
    const lines = [location.startLine, headLine(file.source, location)];
    const found = file.reaches.filter(({ covers }) => lines.some((line) => covers(line, ruleId)));
    for (const { directive } of found) used.set(directive, (used.get(directive) ?? new Set()).add(ruleId));
    return found.map(({ directive }) => directive);
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
  const stale = judged.flatMap(({ directives, ended }) =>
    directives.flatMap((each) => staleFindings(each, ended.get(each), used.get(each) ?? new Set(), options)),
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
 * @param ended the rules whose suppression it ends, when it is there to end some
 * @param used the rules of which it has findings
 */
function staleFindings(
  directive: Directive,
  ended: readonly string[] | undefined,
  used: ReadonlySet<string>,
  { rules, severityOf, isOff, asOf }: SuppressOptions,
): Finding[] {
  const { word, reason, until, comment } = directive;
  const ids = rules.map(({ id }) => id);
  const has = ended === undefined ? used : new Set(ended);
  const stateOf = (id: string): NamedRule['state'] => {
    if (has.has(id)) return 'used';
    if (!ids.includes(id)) return 'missing';
    return isOff(id) ? 'unjudged' : 'unused';
  };
  const names = ended !== undefined && directive.rules.length === 0 ? ended : directive.rules;
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
      enables: ended !== undefined,
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
