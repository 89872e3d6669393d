import { parseArgs } from 'node:util';
import { isDay } from '../config/day.ts';
import { UsageError } from '../errors.ts';
import { DOCUMENT_FORMATS, EXPLANATION_FORMATS, FORMATS, type Format } from '../report/index.ts';

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
  extends Pick<LintOptions, 'output' | 'config' | 'markdown' | 'asOf' | 'color'> {
  readonly format: (typeof EXPLANATION_FORMATS)[number];
  /** As typed, with line and column from 1. */
  readonly place: { readonly file: string; readonly line: number; readonly column?: number };
}

export interface RulesOptions extends Pick<LintOptions, 'output' | 'config' | 'color'> {
  readonly format: (typeof DOCUMENT_FORMATS)[number];
}

export interface ExplainRuleOptions extends Omit<RulesOptions, 'config'> {
  /** As typed. */
  readonly rule: string;
}

export interface ContractOptions {
  /** As typed: an OpenAPI document. */
  readonly file: string;
  /** The file to write the contract to; undefined for standard output. */
  readonly output: string | undefined;
  /** Whether a file that exists is overwritten. */
  readonly force: boolean;
}

export type Command =
  | { readonly name: 'lint'; readonly options: LintOptions }
  | { readonly name: 'explain'; readonly options: ExplainOptions }
  | { readonly name: 'explain-rule'; readonly options: ExplainRuleOptions }
  | { readonly name: 'rules'; readonly options: RulesOptions }
  | { readonly name: 'contract'; readonly options: ContractOptions }
  | { readonly name: 'help' }
  | { readonly name: 'version' };

const OPTIONS = {
  format: { type: 'string' },
  output: { type: 'string' },
  force: { type: 'boolean' },
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
  const set: Settings = {};
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
        set.format = value;
        break;
      case 'output':
        set.output = value;
        break;
      case 'force':
        set.force = true;
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
  const [word, ...words] = paths;
  if (word === 'contract') return contractCommand(words, set);
  if (set.force) throw new UsageError('--force is for `fusionlint contract`');
  if (word === 'explain') return explainCommand(words, set);
  if (word === 'rules') return rulesCommand(words, set);
  const options: LintOptions = {
    paths: paths.length === 0 ? ['.'] : paths,
    format: await formatOf(set.format ?? 'pretty', FORMATS),
    output: set.output,
    config: set.config,
    quiet: set.quiet ?? false,
    markdown: set.markdown,
    maxWarnings: set.maxWarnings,
    asOf: set.asOf,
    color: set.color,
  };
  return { name: 'lint', options };
}

/** `RULE`, `FILE:LINE` or `FILE:LINE:COLUMN`. */
async function explainCommand(words: readonly string[], set: Settings): Promise<Command> {
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(words[0] ?? '') ?? [];
  const { output, config, markdown, asOf, color } = set;
  const [rule = ''] = words;
  if (words.length === 1 && /^[a-z][\w-]*$/i.test(rule)) {
    refuse(set, 'explain RULE', ['config', 'markdown', 'asOf', 'quiet', 'maxWarnings']);
    const format = await formatOf(set.format ?? 'pretty', DOCUMENT_FORMATS);
    return { name: 'explain-rule', options: { rule, format, output, color } };
  }
  if (words.length !== 1 || file === undefined || Number(line) === 0 || column === '0')
    throw new UsageError(
      'explain needs a rule or a place, RULE, FILE:LINE or FILE:LINE:COLUMN, such as required-headers or src/api.ts:12 (for a folder named explain: fusionlint ./explain)',
    );
  refuse(set, 'explain FILE:LINE', ['quiet', 'maxWarnings']);
  const place = { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
  const format = await formatOf(set.format ?? 'pretty', EXPLANATION_FORMATS);
  return { name: 'explain', options: { place, format, output, config, markdown, asOf, color } };
}

async function rulesCommand(words: readonly string[], set: Settings): Promise<Command> {
  if (words.length > 0)
    throw new UsageError(
      'rules takes no path: it lists the rules (for a folder named rules: fusionlint ./rules)',
    );
  refuse(set, 'rules', ['markdown', 'asOf', 'quiet', 'maxWarnings']);
  const { output, config, color } = set;
  return {
    name: 'rules',
    options: { format: await formatOf(set.format ?? 'pretty', DOCUMENT_FORMATS), output, config, color },
  };
}

function contractCommand(words: readonly string[], set: Settings): Command {
  const [file] = words;
  if (words.length !== 1 || file === undefined)
    throw new UsageError(
      'contract needs one file, an OpenAPI document (for a folder named contract: fusionlint ./contract)',
    );
  if (set.format !== undefined) throw new UsageError('contract takes no --format: it prints JSON');
  refuse(set, 'contract', ['config', 'markdown', 'asOf', 'quiet', 'maxWarnings']);
  return { name: 'contract', options: { file, output: set.output, force: set.force ?? false } };
}

/** What was typed; the format is not checked yet, for each command has its own. */
type Settings = { -readonly [Key in Exclude<keyof LintOptions, 'format' | 'paths'>]?: LintOptions[Key] } & {
  format?: string;
  force?: boolean;
};

const REFUSABLE = {
  config: '--config',
  markdown: '--markdown',
  asOf: '--as-of',
  quiet: '--quiet',
  maxWarnings: '--max-warnings',
} as const;

/** @throws {UsageError} when an option is set that the command could only ignore */
function refuse(set: Settings, command: string, names: readonly (keyof typeof REFUSABLE)[]): void {
  for (const name of names)
    if (set[name] !== undefined) throw new UsageError(`${command} takes no ${REFUSABLE[name]}`);
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

async function formatOf<F extends string>(wanted: string, formats: readonly F[]): Promise<F> {
  const format = formats.find((each) => each === wanted);
  if (format) return format;
  const { didYouMean } = await import('../nearest.ts');
  throw new UsageError(
    `unknown format "${wanted}"${didYouMean(wanted, formats)} (formats: ${formats.join(', ')})`,
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
