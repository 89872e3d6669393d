import { parseArgs } from 'node:util';
import { isDay } from '../config/day.ts';
import { UsageError } from '../errors.ts';

/** What was typed, option by option; undefined where it was not. */
export interface Settings {
  /** As typed: each command has its own formats. */
  readonly format?: string;
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
  /** Whether nobody is asked, and whether nothing is written. */
  readonly yes?: true;
  readonly dryRun?: true;
  readonly maxWarnings?: number;
  /** YYYY-MM-DD. */
  readonly asOf?: string;
  readonly color?: boolean;
}

interface Option {
  readonly type: 'string' | 'boolean';
  /** What it sets; of options that set the same, the last one counts. */
  readonly read: (value: string) => Settings;
}

/** @throws {UsageError} when the value can't be */
function text(read: Option['read']): Option {
  return { type: 'string', read };
}

function flag(settings: Settings): Option {
  return { type: 'boolean', read: () => settings };
}

const OPTIONS: Readonly<Record<string, Option>> = {
  format: text((format) => ({ format })),
  output: text((output) => ({ output })),
  force: flag({ force: true }),
  config: text((config) => ({ config })),
  'no-config': flag({ config: false }),
  markdown: flag({ markdown: true }),
  fix: flag({ fix: 'write' }),
  'fix-dry-run': flag({ fix: 'dry-run' }),
  quiet: flag({ quiet: true }),
  yes: flag({ yes: true }),
  'dry-run': flag({ dryRun: true }),
  'max-warnings': text((value) => ({ maxWarnings: countOf('--max-warnings', value) })),
  'as-of': text((value) => ({ asOf: dayOf('--as-of', value) })),
  color: flag({ color: true }),
  'no-color': flag({ color: false }),
};

/** The options that set something, as they are spoken of. */
const NAMES: Readonly<Record<keyof Settings, string>> = {
  format: '--format',
  output: '--output',
  force: '--force',
  config: '--config',
  markdown: '--markdown',
  fix: '--fix',
  quiet: '--quiet',
  yes: '--yes',
  dryRun: '--dry-run',
  maxWarnings: '--max-warnings',
  asOf: '--as-of',
  color: '--color',
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
    settings = { ...settings, ...option.read(value) };
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

function dayOf(option: string, value: string): string {
  if (isDay(value)) return value;
  throw new UsageError(`${option} must be a day written YYYY-MM-DD, not "${value}"`);
}
