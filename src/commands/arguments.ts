import { UsageError } from '../errors.ts';
import { DOCUMENT_FORMATS, EXPLANATION_FORMATS } from '../report/index.ts';
import { type Destination, destinationsOf } from './destinations.ts';
import type { Gates } from './gates.ts';
import { allow, formatOf, readOptions, type Settings } from './options.ts';

/** What a command may be told; absent, or `undefined`, where nothing was typed. */
type Told<Key extends keyof Settings> = { readonly [K in Key]?: Settings[K] | undefined };

export interface LintOptions
  extends Told<'config' | 'baseline' | 'markdown' | 'asOf' | 'color' | 'staged' | 'since' | 'fix'>,
    Gates {
  /** As typed: files, folders and globs. */
  readonly paths: readonly string[];
  /** The reports, and where each goes; undefined where nothing was typed. */
  readonly destinations: readonly Destination[] | undefined;
  readonly quiet: boolean;
  /** Whether to tell on standard error where the time went. */
  readonly stats: boolean;
}

export interface ExplainOptions extends Told<'output' | 'config' | 'markdown' | 'asOf' | 'color'> {
  readonly format: (typeof EXPLANATION_FORMATS)[number];
  /** As typed, with line and column from 1. */
  readonly place: { readonly file: string; readonly line: number; readonly column?: number };
}

export interface RulesOptions extends Told<'output' | 'config' | 'color'> {
  readonly format: (typeof DOCUMENT_FORMATS)[number];
}

export interface ExplainRuleOptions extends RulesOptions {
  /** As typed. */
  readonly rule: string;
}

export interface ContractOptions extends Told<'output'> {
  /** As typed: an OpenAPI document. */
  readonly file: string;
  readonly force: boolean;
}

export interface BaselineOptions extends Told<'config' | 'baseline' | 'markdown' | 'asOf'> {
  /** As typed: files, folders and globs. */
  readonly paths: readonly string[];
  readonly prune: boolean;
}

export interface SuppressOptions extends Told<'config' | 'baseline' | 'markdown' | 'asOf' | 'until'> {
  /** As typed: files, folders and globs. */
  readonly paths: readonly string[];
  /** As typed. */
  readonly rules: readonly string[];
  readonly reason: string;
}

export interface InitOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly force: boolean;
}

export type Command =
  | { readonly name: 'lint'; readonly options: LintOptions }
  | { readonly name: 'explain'; readonly options: ExplainOptions }
  | { readonly name: 'explain-rule'; readonly options: ExplainRuleOptions }
  | { readonly name: 'rules'; readonly options: RulesOptions }
  | { readonly name: 'contract'; readonly options: ContractOptions }
  | { readonly name: 'baseline'; readonly options: BaselineOptions }
  | { readonly name: 'suppress'; readonly options: SuppressOptions }
  | { readonly name: 'init'; readonly options: InitOptions }
  | { readonly name: 'help'; readonly about: CommandWord | undefined }
  | { readonly name: 'version' };

type Reader = (words: readonly string[], settings: Settings) => Command | Promise<Command>;

/** The first word of a command line that is no path, with what reads the words behind it. */
const COMMANDS = { explain, rules, contract, init, baseline, suppress } satisfies Readonly<
  Record<string, Reader>
>;

export type CommandWord = keyof typeof COMMANDS;

/**
 * What the words after `fusionlint` ask for.
 *
 * @throws {UsageError} for an unknown option, a missing value or a value that cannot be
 */
export async function parseArguments(argv: readonly string[]): Promise<Command> {
  const { words, settings, asked } = await readOptions(argv);
  const [first] = words;
  const word = first !== undefined && isCommand(first) ? first : undefined;
  if (asked === 'help') return { name: 'help', about: word };
  if (asked === 'version') return { name: 'version' };
  return word === undefined ? lint(words, settings) : COMMANDS[word](words.slice(1), settings);
}

function isCommand(word: string): word is CommandWord {
  return Object.hasOwn(COMMANDS, word);
}

async function lint(words: readonly string[], settings: Settings): Promise<Command> {
  allow(settings, 'linting', [
    'formats',
    'output',
    'config',
    'baseline',
    'quiet',
    'stats',
    'markdown',
    'failOn',
    'maxWarnings',
    'maxUnknown',
    'asOf',
    'color',
    'staged',
    'since',
    'fix',
  ]);
  const { fix, staged, since, quiet = false, stats = false } = settings;
  if (fix === 'dry-run' && settings.formats !== undefined)
    throw new UsageError('--fix-dry-run prints a unified diff, so it takes no --format');
  // What is staged would differ from what was fixed, and an edit moves the lines that a change is told by.
  if (fix !== undefined && (staged || since !== undefined))
    throw new UsageError(`--fix edits the work tree, so it takes no ${staged ? '--staged' : '--since'}`);
  const destinations = await destinationsOf(settings);
  const paths = words.length === 0 ? ['.'] : words;
  return { name: 'lint', options: { ...settings, paths, destinations, quiet, stats } };
}

/** `RULE`, `FILE:LINE` or `FILE:LINE:COLUMN`. */
async function explain(words: readonly string[], settings: Settings): Promise<Command> {
  const [typed = ''] = words;
  const { output, config, markdown, asOf, color } = settings;
  if (words.length === 1 && /^[a-z][\w-]*$/i.test(typed)) {
    allow(settings, 'explain RULE', ['formats', 'output', 'config', 'color']);
    const format = await formatOf(settings.formats?.at(-1) ?? 'pretty', DOCUMENT_FORMATS);
    return { name: 'explain-rule', options: { rule: typed, format, output, config, color } };
  }
  const [, file, line, column] = /^(.+?):(\d+)(?::(\d+))?$/.exec(typed) ?? [];
  if (words.length !== 1 || file === undefined || Number(line) === 0 || column === '0')
    throw new UsageError(
      'explain needs a rule or a place, RULE, FILE:LINE or FILE:LINE:COLUMN, such as required-headers or src/api.ts:12 (for a folder named explain: fusionlint ./explain)',
    );
  allow(settings, 'explain FILE:LINE', ['formats', 'output', 'config', 'markdown', 'asOf', 'color']);
  const place = { file, line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
  const format = await formatOf(settings.formats?.at(-1) ?? 'pretty', EXPLANATION_FORMATS);
  return { name: 'explain', options: { place, format, output, config, markdown, asOf, color } };
}

async function rules(words: readonly string[], settings: Settings): Promise<Command> {
  if (words.length > 0)
    throw new UsageError(
      'rules takes no path: it lists the rules (for a folder named rules: fusionlint ./rules)',
    );
  allow(settings, 'rules', ['formats', 'output', 'config', 'color']);
  const { output, config, color } = settings;
  const format = await formatOf(settings.formats?.at(-1) ?? 'pretty', DOCUMENT_FORMATS);
  return { name: 'rules', options: { format, output, config, color } };
}

function contract(words: readonly string[], settings: Settings): Command {
  const [file] = words;
  if (words.length !== 1 || file === undefined)
    throw new UsageError(
      'contract needs one file, an OpenAPI document (for a folder named contract: fusionlint ./contract)',
    );
  if (settings.formats !== undefined) throw new UsageError('contract takes no --format: it prints JSON');
  allow(settings, 'contract', ['output', 'force']);
  return {
    name: 'contract',
    options: { file, output: settings.output, force: settings.force ?? false },
  };
}

function baseline(words: readonly string[], settings: Settings): Command {
  allow(settings, 'baseline', ['config', 'baseline', 'markdown', 'asOf', 'prune']);
  const { config, baseline: file, markdown, asOf, prune = false } = settings;
  if (file === false) throw new UsageError('baseline takes no --no-baseline: it writes one');
  const paths = words.length === 0 ? ['.'] : words;
  return { name: 'baseline', options: { paths, config, baseline: file, markdown, asOf, prune } };
}

function suppress(words: readonly string[], settings: Settings): Command {
  allow(settings, 'suppress', ['config', 'baseline', 'markdown', 'asOf', 'rule', 'reason', 'until']);
  const { config, baseline: file, markdown, asOf, rule, reason, until } = settings;
  if (rule === undefined || reason === undefined)
    throw new UsageError('suppress needs --rule RULE and --reason "why its findings are accepted"');
  const paths = words.length === 0 ? ['.'] : words;
  const rules = rule.split(',').map((each) => each.trim());
  return {
    name: 'suppress',
    options: { paths, config, baseline: file, markdown, asOf, rules, reason, until },
  };
}

function init(words: readonly string[], settings: Settings): Command {
  if (words.length > 0)
    throw new UsageError(
      'init takes no path: it looks at the working folder (for a folder named init: fusionlint ./init)',
    );
  allow(settings, 'init', ['yes', 'dryRun', 'force']);
  const { yes = false, dryRun = false, force = false } = settings;
  return { name: 'init', options: { yes, dryRun, force } };
}
