import { type Finding, placeOf, type Result } from '../request.ts';
import { type ReportOptions, shownOf } from './index.ts';
import { countsOf, summaryLine, unknownReasons } from './summary.ts';
import { table } from './table.ts';
import { escapeHidden, plural } from './text.ts';

/** Characters: a comment on GitHub holds 65,536, on GitLab a million; a job summary a megabyte. */
const MAX_LENGTH = 60_000;
/** How many reasons of unknown verdicts are named. */
const MAX_REASONS = 20;
const WORDS = { error: 'error', warn: 'warning' } as const;

/** A comment on a pull request, or a job summary: a table of what was found, and the rest folded up. */
export function markdown(result: Result, options: ReportOptions): string {
  const shown = shownOf(result, options);
  const docs = new Map(result.rules?.map((rule) => [rule.id, rule.docs]));
  const rowOf = ({ severity, location, ruleId, message, fix }: Finding, more: readonly string[] = []) => [
    WORDS[severity],
    linked(code(placeOf(location)), options.link?.(location)),
    linked(code(ruleId), docs.get(ruleId)),
    text(fix ? `${message} --fix: ${fix.description}.` : message),
    ...more,
  ];
  const blocks = [
    `### fusionlint: ${countsOf(result.findings) || 'nothing wrong found'}`,
    ...tableOf(
      ['', 'place', 'rule', 'what'],
      shown.map((finding) => rowOf(finding)),
      MAX_LENGTH / 2,
    ),
    ...folded(
      `${plural(result.suppressed?.length ?? 0, 'finding')} suppressed in the code`,
      tableOf(
        ['', 'place', 'rule', 'what', 'why it is accepted'],
        (result.suppressed ?? []).map((each) => rowOf(each, [text(each.suppression.reason)])),
        MAX_LENGTH / 8,
      ),
    ),
    ...folded(
      `${plural(result.known?.length ?? 0, 'finding')} known to the baseline`,
      tableOf(
        ['', 'place', 'rule', 'what'],
        (result.known ?? []).map((each) => rowOf(each)),
        MAX_LENGTH / 8,
      ),
    ),
    ...folded(`${plural(result.problems.length, 'place')} not fully checked`, problems(result)),
    ...folded(...unknowns(result)),
    text(summaryLine(result)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** Nothing without rows; what does not fit is counted. */
function tableOf(head: readonly string[], rows: readonly (readonly string[])[], room: number): string[] {
  let length = 0;
  const fitting = rows.filter((row) => {
    length += row.join(' | ').length;
    return length <= room;
  });
  if (fitting.length === rows.length) return rows.length === 0 ? [] : [table(head, rows)];
  return [table(head, fitting), `${plural(rows.length - fitting.length, 'more finding')} not listed here.`];
}

/** Nothing without a block. */
function folded(title: string, blocks: readonly string[]): string[] {
  if (blocks.length === 0) return [];
  return [['<details>', `<summary>${text(title)}</summary>`, ...blocks, '</details>'].join('\n\n')];
}

function problems({ problems: all }: Result): string[] {
  const items = all.map(({ message, location }) => {
    const place = location ? `${code(placeOf(location))}: ` : '';
    return `- ${place}${text(message)}`;
  });
  return items.length === 0 ? [] : [items.join('\n')];
}

function unknowns(result: Result): [title: string, blocks: string[]] {
  const reasons = unknownReasons(result);
  const verdicts = reasons.reduce((sum, { count }) => sum + count, 0);
  const { unresolved } = result;
  const title = [
    ...(verdicts > 0 ? [`${plural(verdicts, 'verdict')} could not be worked out`] : []),
    ...(unresolved.length > 0 ? [`${plural(unresolved.length, 'HTTP call')} not followed to a host`] : []),
  ].join(', ');
  if (title === '') return [title, []];
  const items = reasons.slice(0, MAX_REASONS).map(({ count, reason }) => `- ${count} × ${text(reason)}`);
  return [title, items.length > 0 ? [items.join('\n')] : ['Each with its place and reason: `--format json`']];
}

function linked(label: string, address: string | undefined): string {
  return address === undefined ? label : `[${label}](${address.replace(/[()\s<>]/g, encodeURIComponent)})`;
}

/** Plain text that stays plain: pairs of backticks around a name are kept, nothing else is Markdown or HTML. */
function text(value: string): string {
  return escapeHidden(value)
    .split(/(`[^`|\\]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? part : escaped(part)))
    .join('');
}

/** A name as code; as plain text where a code span could not hold it. */
function code(value: string): string {
  const safe = escapeHidden(value);
  return /[`|\\]/.test(safe) || safe === '' ? escaped(safe) : `\`${safe}\``;
}

/** Entities never make structure. Behind `@` and `#` a space without width: nobody is mentioned. */
function escaped(value: string): string {
  return value
    .replace(/[&<>|`*_~[\]\\$]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/(?<!&)[@#](?=\w)/g, (character) => `${character}&#8203;`);
}
