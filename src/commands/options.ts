import { parseArgs } from 'node:util';
import { isDay } from '../config/day.ts';
import { UsageError } from '../errors.ts';

/** What was typed, option by option; undefined where it was not. */
export interface Settings {
  /** As typed, in their order: each command has its own formats, and linting takes several. */
  readonly formats?: readonly string[];
  /** The file to write to; undefined for standard output. */
  readonly output?: string;
  /** Whether a file that exists is overwritten. */
  readonly force?: true;
  /** A config file, `false` for none, undefined to search. */
  readonly config?: string | false;
  readonly markdown?: true;
  /** Whether fixes are written, or only shown. */
  readonly fix?: 'write' | 'dry-run';
  readonly quiet?: true;
  readonly stats?: true;
  readonly failOn?: Level;
  /** Whether nobody is asked, and whether nothing is written. */
  readonly yes?: true;
  readonly dryRun?: true;
  readonly maxWarnings?: number;
  readonly maxUnknown?: number;
  /** YYYY-MM-DD. */
  readonly asOf?: string;
  readonly color?: boolean;
  /** The file of known findings, `false` for none, undefined to search. */
  readonly baseline?: string | false;
  readonly prune?: true;
  /** As typed: rules, with commas between them. */
  readonly rule?: string;
  readonly reason?: string;
  /** YYYY-MM-DD. */
  readonly until?: string;
  readonly staged?: true;
  /** A branch or a commit. */
  readonly since?: string;
}

/** What fails a run; each includes those before it. */
export const LEVELS = ['error', 'warn', 'unknown'] as const;
export type Level = (typeof LEVELS)[number];

interface Option {
  readonly type: 'string' | 'boolean';
  /** What it sets, beside what was set before; of options that set the same, the last one counts. */
  readonly read: (value: string, before: Settings) => Settings;
}

/** @throws {UsageError} when the value can't be */
function text(read: Option['read']): Option {
  return { type: 'string', read };
}

function flag(settings: Settings): Option {
  return { type: 'boolean', read: () => settings };
}

const OPTIONS: Readonly<Record<string, Option>> = {
  format: text((format, { formats = [] }) => ({ formats: [...formats, format] })),
  output: text((output) => ({ output })),
  force: flag({ force: true }),
  config: text((config) => ({ config })),
  'no-config': flag({ config: false }),
  markdown: flag({ markdown: true }),
  fix: flag({ fix: 'write' }),
  'fix-dry-run': flag({ fix: 'dry-run' }),
  quiet: flag({ quiet: true }),
  stats: flag({ stats: true }),
  'fail-on': text((value) => ({ failOn: levelOf('--fail-on', value) })),
  yes: flag({ yes: true }),
  'dry-run': flag({ dryRun: true }),
  'max-warnings': text((value) => ({ maxWarnings: countOf('--max-warnings', value) })),
  'max-unknown': text((value) => ({ maxUnknown: countOf('--max-unknown', value) })),
  'as-of': text((value) => ({ asOf: dayOf('--as-of', value) })),
  color: flag({ color: true }),
  'no-color': flag({ color: false }),
  baseline: text((baseline) => ({ baseline })),
  'no-baseline': flag({ baseline: false }),
  prune: flag({ prune: true }),
  rule: text((rule) => ({ rule })),
  reason: text((reason) => ({ reason })),
  until: text((value) => ({ until: dayOf('--until', value) })),
  staged: flag({ staged: true }),
  since: text((since) => ({ since })),
};

/** The options that set something, as they are spoken of. */
const NAMES: Readonly<Record<keyof Settings, string>> = {
  formats: '--format',
  output: '--output',
  force: '--force',
  config: '--config',
  markdown: '--markdown',
  fix: '--fix',
  quiet: '--quiet',
  stats: '--stats',
  failOn: '--fail-on',
  yes: '--yes',
  dryRun: '--dry-run',
  maxWarnings: '--max-warnings',
  maxUnknown: '--max-unknown',
  asOf: '--as-of',
  color: '--color',
  baseline: '--baseline',
  prune: '--prune',
  rule: '--rule',
  reason: '--reason',
  until: '--until',
  staged: '--staged',
  since: '--since',
};

export interface Typed {
  /** In their order, without options. */
  readonly words: readonly string[];
  readonly settings: Settings;
  /** The first of `--help` and `--version`. */
  readonly asked: 'help' | 'version' | undefined;
}

/** @throws {UsageError} for an unknown option, a missing value or a value that can't be */
export async function readOptions(argv: readonly string[]): Promise<Typed> {
  const { tokens } = parseArgs({
    args: [...argv],
    options: {
      ...OPTIONS,
      help: { type: 'boolean', short: 'h' },
      version: { type: 'boolean', short: 'v' },
    },
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words: string[] = [];
  let settings: Settings = {};
  let asked: Typed['asked'];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (option?.type !== 'string' && token.value !== undefined)
      throw new UsageError(`${rawName} takes no value`);
    if (name === 'help' || name === 'version') {
      asked ??= name;
      continue;
    }
    if (!option) throw await unknownOption(rawName);
    const value = token.value ?? '';
    if (option.type === 'string' && (value === '' || (!token.inlineValue && /^--?[a-z]/.test(value))))
      throw new UsageError(`${rawName} needs a value`);
    settings = { ...settings, ...option.read(value, settings) };
  }
  return { words, settings, asked };
}

/** @throws {UsageError} when an option is set that the command could only ignore */
export function allow(settings: Settings, command: string, allowed: readonly (keyof Settings)[]): void {
  for (const key of Object.keys(settings) as (keyof Settings)[])
    if (!allowed.includes(key)) throw new UsageError(`${command} takes no ${NAMES[key]}`);
}

async function unknownOption(typed: string): Promise<UsageError> {
  const { didYouMean } = await import('../nearest.ts');
  const names = [...Object.keys(OPTIONS), 'help', 'version'].map((name) => `--${name}`);
  return new UsageError(
    `unknown option "${typed}"${didYouMean(typed, names)} (fusionlint --help lists them)`,
  );
}

/** @throws {UsageError} when the format is none of these */
export async function formatOf<F extends string>(wanted: string, formats: readonly F[]): Promise<F> {
  const format = formats.find((each) => each === wanted);
  if (format) return format;
  const { didYouMean } = await import('../nearest.ts');
  throw new UsageError(
    `unknown format "${wanted}"${didYouMean(wanted, formats)} (formats: ${formats.join(', ')})`,
  );
}

function countOf(option: string, value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new UsageError(`${option} must be a whole number from 0, not "${value}"`);
}

function levelOf(option: string, value: string): Level {
  const level = LEVELS.find((each) => each === value);
  if (level) return level;
  throw new UsageError(`${option} must be one of ${LEVELS.join(', ')}, not "${value}"`);
}

function dayOf(option: string, value: string): string {
  if (isDay(value)) return value;
  throw new UsageError(`${option} must be a day written YYYY-MM-DD, not "${value}"`);
}
