import { parseArgs } from 'node:util';
import { isDay } from '../config/day.ts';
import { UsageError } from '../errors.ts';
import { FORMATS, type Format } from '../report/index.ts';

export interface LintOptions {
  /** As typed: files, folders and globs. */
  readonly paths: readonly string[];
  readonly format: Format;
  /** The file to write the report to; undefined for standard output. */
  readonly output: string | undefined;
  /** A config file, `false` for none, undefined to search. */
  readonly config: string | false | undefined;
  readonly quiet: boolean;
  /** Undefined: the configuration decides. */
  readonly markdown: boolean | undefined;
  /** With more warnings than this, the run counts as failed by findings; undefined for no limit. */
  readonly maxWarnings: number | undefined;
  /** YYYY-MM-DD. */
  readonly asOf: string | undefined;
  /** Undefined: the environment and the terminal decide. */
  readonly color: boolean | undefined;
}

export interface ExplainOptions
  extends Pick<LintOptions, 'format' | 'output' | 'config' | 'markdown' | 'asOf' | 'color'> {
  /** As typed, with line and column from 1. */
  readonly place: { readonly file: string; readonly line: number; readonly column?: number };
}

export type Command =
  | { readonly name: 'lint'; readonly options: LintOptions }
  | { readonly name: 'explain'; readonly options: ExplainOptions }
  | { readonly name: 'help' }
  | { readonly name: 'version' };

const OPTIONS = {
  format: { type: 'string' },
  output: { type: 'string' },
  config: { type: 'string' },
  'no-config': { type: 'boolean' },
  markdown: { type: 'boolean' },
  quiet: { type: 'boolean' },
  'max-warnings': { type: 'string' },
  'as-of': { type: 'string' },
  color: { type: 'boolean' },
  'no-color': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const;

type OptionName = keyof typeof OPTIONS;

/**
 * What the words after `fusionlint` ask for. Of options that contradict each other, the last one counts.
 *
 * @throws {UsageError} for an unknown option, a missing value or a value that cannot be
 */
export async function parseArguments(argv: readonly string[]): Promise<Command> {
  const { tokens } = parseArgs({
    args: [...argv],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const paths: string[] = [];
  const set: { -readonly [Key in keyof LintOptions]?: LintOptions[Key] } = {};
  let asked: 'help' | 'version' | undefined;
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName } = token;
    if (!isOption(name)) throw await unknownOption(rawName);
    const isText = OPTIONS[name].type === 'string';
    if (!isText && token.value !== undefined) throw new UsageError(`${rawName} takes no value`);
    const value = token.value ?? '';
    if (isText && (value === '' || (!token.inlineValue && /^--?[a-z]/.test(value)))) {
      throw new UsageError(`${rawName} needs a value`);
    }
    switch (name) {
      case 'format':
        set.format = await formatOf(value);
        break;
      case 'output':
        set.output = value;
        break;
      case 'config':
        set.config = value;
        break;
      case 'no-config':
        set.config = false;
        break;
      case 'markdown':
        set.markdown = true;
        break;
      case 'quiet':
        set.quiet = true;
        break;
      case 'max-warnings':
        set.maxWarnings = countOf(value);
        break;
      case 'as-of':
        set.asOf = dayOf(value);
        break;
      case 'color':
        set.color = true;
        break;
      case 'no-color':
        set.color = false;
        break;
      case 'help':
      case 'version':
        asked ??= name;
    }
  }
  if (asked) return { name: asked };
  const shared = {
    format: set.format ?? 'pretty',
    output: set.output,
    config: set.config,
    markdown: set.markdown,
    asOf: set.asOf,
    color: set.color,
  };
  if (paths[0] === 'explain') {
    if (set.quiet !== undefined || set.maxWarnings !== undefined)
      throw new UsageError('explain takes neither --quiet nor --max-warnings: it reports on one place');
    return { name: 'explain', options: { ...shared, place: placeOf(paths.slice(1)) } };
  }
  const options: LintOptions = {
    ...shared,
    paths: paths.length === 0 ? ['.'] : paths,
    quiet: set.quiet ?? false,
    maxWarnings: set.maxWarnings,
  };
  return { name: 'lint', options };
}

/** `FILE:LINE` or `FILE:LINE:COLUMN`. */
function placeOf(words: readonly string[]): ExplainOptions['place'] {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(words[0] ?? '') ?? [];
  if (words.length !== 1 || file === undefined || Number(line) === 0 || column === '0')
    throw new UsageError(
      'explain needs one place, FILE:LINE or FILE:LINE:COLUMN, such as src/api.ts:12 (for a folder named explain: fusionlint ./explain)',
    );
  return { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}

function isOption(name: string): name is OptionName {
  return Object.hasOwn(OPTIONS, name);
}

async function unknownOption(typed: string): Promise<UsageError> {
  const { didYouMean } = await import('../nearest.ts');
  const names = Object.keys(OPTIONS).map((name) => `--${name}`);
  return new UsageError(
    `unknown option "${typed}"${didYouMean(typed, names)} (fusionlint --help lists them)`,
  );
}

async function formatOf(value: string): Promise<Format> {
  const format = FORMATS.find((each) => each === value);
  if (format) return format;
  const { didYouMean } = await import('../nearest.ts');
  throw new UsageError(
    `unknown format "${value}"${didYouMean(value, FORMATS)} (formats: ${FORMATS.join(', ')})`,
  );
}

function countOf(value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new UsageError(`--max-warnings must be a whole number from 0, not "${value}"`);
}

function dayOf(value: string): string {
  if (isDay(value)) return value;
  throw new UsageError(`--as-of must be a day written YYYY-MM-DD, not "${value}"`);
}
