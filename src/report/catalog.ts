import picocolors from 'picocolors';
import type { Catalog, CatalogRule, Setting } from '../lint/catalog.ts';
import type { RuleInfo } from '../request.ts';
import type { Colors } from './finding.ts';
import { table } from './table.ts';
import { plural, wrap } from './text.ts';

export interface CatalogOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

/** Narrower than this, a summary is no longer readable beside the names. */
const MIN_SUMMARY = 24;

/** The rules for a person at a terminal: id, severity, summary. */
export function printCatalog({ config, rules }: Catalog, { color, width }: CatalogOptions): string {
  const colors = picocolors.createColors(color);
  const names = Math.max(...rules.map(({ id }) => id.length)) + 2;
  const settings = 'error'.length + 2;
  const margin = ' '.repeat(names + settings);
  const room = Math.max(MIN_SUMMARY, width - margin.length);
  const rows = rules.flatMap((rule) => {
    const [first = '', ...more] = wrap(rule.summary, room);
    const setting = colorOf(rule.setting, colors)(rule.setting);
    return [
      `${colors.bold(rule.id)}${' '.repeat(names - rule.id.length)}${setting}${' '.repeat(settings - rule.setting.length)}${first}`,
      ...more.map((line) => margin + line),
      ...(changesOf(rule) === '' ? [] : wrap(changesOf(rule), room).map((line) => margin + colors.dim(line))),
    ];
  });
  const changed = rules.filter((rule) => changesOf(rule) !== '').length;
  const set = config === null ? 'each at its own severity' : `${changed} of them changed by ${config}`;
  const end = [
    `${plural(rules.length, 'rule')}, ${set}`,
    colors.dim('What a rule reports and why, with examples: fusionlint explain RULE'),
  ];
  return `${[...rows, '', ...end].join('\n')}\n`;
}

/** A table in Markdown: rule, severity, what it reports. */
export function catalogTable(
  rules: readonly CatalogRule[],
  addressOf: (rule: RuleInfo) => string | undefined,
): string {
  return table(
    ['rule', 'severity', 'reports'],
    rules.map((rule) => [
      linked(rule.id, addressOf(rule)),
      changesOf(rule) === '' ? rule.setting : `${rule.setting} (${changesOf(rule)})`,
      rule.summary,
    ]),
  );
}

function linked(text: string, address: string | undefined): string {
  return address === undefined ? text : `[${text}](${address})`;
}

/** What the configuration changes: `error by default, off for fusionauth`; '' when it changes nothing. */
function changesOf({ severity, setting, services }: CatalogRule): string {
  return [
    ...(setting === severity ? [] : [`${severity} by default`]),
    ...Object.entries(services).map(([id, each]) => `${each} for ${id}`),
  ].join(', ');
}

function colorOf(setting: Setting, colors: Colors): (text: string) => string {
  return { error: colors.red, warn: colors.yellow, off: colors.dim }[setting];
}
