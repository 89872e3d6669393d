import type { Location } from '../request.ts';
import { type Comment, commentsThatBegin } from '../syntax/comments.ts';
import { headLine } from '../syntax/heads.ts';
import type { ts } from '../syntax/ts.ts';

export const DIRECTIVES = [
  'fusionlint-disable-next-line',
  'fusionlint-disable-line',
  'fusionlint-disable',
  'fusionlint-enable',
  'fusionlint-disable-file',
] as const;

/** With what every comment begins that is meant as a directive. */
const DIRECTIVE = /fusionlint-(?:disable|enable)[\w-]*/g;

/** A comment that suppresses findings, or ends that: `fusionlint-disable-line a, b until 2027-01-31 -- why`. */
export interface Directive {
  /** The first word, right or not. */
  readonly word: string;
  readonly rules: readonly string[];
  /** What stands behind `until`; undefined when it does not say it. */
  readonly until: string | undefined;
  /** '' without one. */
  readonly reason: string;
  readonly comment: Comment;
  /** Whether it speaks of a rule on a line of its file. */
  readonly reaches: (line: number, ruleId: string) => boolean;
  /** The rules whose suppression it ends, when it is there to end some. */
  readonly ends: readonly string[] | undefined;
}

/** A file with its tree. */
export interface ReadFile {
  readonly text: string;
  readonly source: ts.SourceFile;
}

/** The directives of a file, in their order. */
export function directivesOf(file: string, { text, source }: ReadFile): Directive[] {
  const written = commentsThatBegin(file, text, source, DIRECTIVE).map(readWords);
  const { lastLineOf, endedBy } = blocksOf(written);
  return written.map((each) => ({
    ...each,
    ends: endedBy.get(each),
    reaches: (line, ruleId) =>
      each.rules.includes(ruleId) && isWithinReach(each, line, lastLineOf(each, ruleId)),
  }));
}

/**
 * The lines that a directive may speak of to speak of a place: its own, and the one on which the statement there
 * begins.
 */
export function linesFor(source: ts.SourceFile, location: Location): readonly number[] {
  return [location.startLine, headLine(source, location)];
}

type Written = Omit<Directive, 'reaches' | 'ends'>;

function readWords(comment: Comment): Written {
  const [word = '', ...rest] = comment.text.split(/\s+/);
  const at = rest.findIndex((each) => /^-{2,}$/.test(each));
  const words = (at < 0 ? rest : rest.slice(0, at))
    .flatMap((each) => each.split(','))
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

function isWithinReach({ word, comment }: Written, line: number, lastLine: number): boolean {
  const { startLine, endLine } = comment.location;
  switch (word) {
    case 'fusionlint-disable-file':
      return true;
    case 'fusionlint-disable-line':
      return startLine <= line && line <= endLine;
    case 'fusionlint-disable-next-line':
      return comment.next.first <= line && line <= comment.next.last;
    case 'fusionlint-disable':
      return startLine <= line && line <= lastLine;
    default:
      return false;
  }
}

/** Where the blocks end that directives begin, and which rules those directives end that are there for it. */
function blocksOf(directives: readonly Written[]) {
  const lastLines = new Map<Written, Map<string, number>>();
  const endedBy = new Map<Written, readonly string[]>();
  for (const each of directives) {
    const { word, rules, comment } = each;
    if (word === 'fusionlint-disable')
      lastLines.set(each, new Map(rules.map((id) => [id, Number.POSITIVE_INFINITY])));
    if (word !== 'fusionlint-enable') continue;
    const ended = new Set<string>();
    for (const block of lastLines.values())
      for (const [id, lastLine] of block) {
        if (lastLine !== Number.POSITIVE_INFINITY || (rules.length > 0 && !rules.includes(id))) continue;
        block.set(id, comment.location.endLine);
        ended.add(id);
      }
    endedBy.set(each, [...ended]);
  }
  return {
    endedBy,
    lastLineOf: (directive: Written, ruleId: string) => lastLines.get(directive)?.get(ruleId) ?? 0,
  };
}
