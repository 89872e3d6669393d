import { rules as builtInRules } from '../rules/index.ts';
import type { Config } from './config/config.ts';
import { isDay } from './config/day.ts';
import { loadConfig } from './config/load.ts';
import type { Contract } from './contracts/contract.ts';
import { pointsToService } from './contracts/identify.ts';
import { contracts as builtInContracts } from './contracts/index.ts';
import { ownContract } from './contracts/own.ts';
import { discoverFiles } from './discover/files.ts';
import { hasNeedle, needlesOf } from './discover/needles.ts';
import { type Resolve, reachableFrom, relevantFiles } from './discover/relevance.ts';
import { resolveRoot } from './discover/root.ts';
import { Sources } from './discover/sources.ts';
import { isSetFor, readVariables, type VariableUrl } from './discover/variables.ts';
import { UsageError } from './errors.ts';
import { infoOf } from './lint/catalog.ts';
import type { JudgeOptions } from './lint/examine.ts';
import type { Judgement } from './lint/judge.ts';
import type { Rule } from './lint/rule.ts';
import { MARKDOWN } from './paths.ts';
import type { Problem, Result } from './request.ts';
import { createResolver } from './syntax/resolve.ts';
import { version } from './version.ts';

export interface RunOptions {
  /** Absolute; `paths` and `config` are relative to it. */
  readonly cwd: string;
  /** Files, folders and globs. */
  readonly paths: readonly string[];
  /** A config file, `false` for none, undefined to search for one. */
  readonly config: string | false | undefined;
  /** The day to read the contracts' calendars at, YYYY-MM-DD; undefined: the config's, or today. */
  readonly asOf: string | undefined;
  /** Whether to lint the code blocks of Markdown pages; undefined: as the config says. */
  readonly markdown?: boolean | undefined;
  /** Texts that stand for those of the files on disk, by their paths relative to the linted root. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Called as files are analysed. */
  readonly onProgress?: (done: number, total: number, file: string) => void;
}

/**
 * Lints the paths: discover → scan for needles → parse → recognise and evaluate calls → judge.
 *
 * @throws {UsageError} when a path does not exist or the configuration is wrong
 */
export async function run(options: RunOptions): Promise<Result> {
  const started = performance.now();
  const prepared = await prepare(options);
  const { files, sources, asOf } = prepared;
  const analysis = await analysisOf(prepared, options.onProgress);

  return {
    schemaVersion: 1,
    tool: { name: 'fusionlint', version },
    root: '.',
    asOf,
    stats: {
      filesDiscovered: files.length,
      filesParsed: analysis.filesParsed,
      callSites: analysis.callSites.length,
      findings: analysis.findings.length,
      ...(analysis.blocksLeftOut !== undefined && { blocksLeftOut: analysis.blocksLeftOut }),
      durationMs: Math.round(performance.now() - started),
    },
    rules: prepared.rules.map((rule) => infoOf(rule, prepared.config)),
    callSites: analysis.callSites,
    findings: analysis.findings,
    unresolved: analysis.unresolved,
    problems: [...sources.problems(new Set(files)), ...analysis.problems],
  };
}

/** The services that calls are looked for of. */
export function contractsOf(config: Config): Contract[] {
  const own = Object.entries(config.contracts).map(([id, contract]) => ownContract(id, contract));
  // What the user says of a host is stronger than what is built in.
  return [...own, ...builtInContracts];
}

/** The day that the calendars are read at, YYYY-MM-DD. */
export function dayOf({ asOf }: Config): string {
  return asOf ?? new Date().toISOString().slice(0, 10);
}

/** Everything that is known before the first file is parsed. */
export interface Prepared {
  readonly root: string;
  readonly config: Config;
  /** The services that calls are looked for of: the user's own, and those built in. */
  readonly contracts: readonly Contract[];
  /** Those built in, and the user's own. */
  readonly rules: readonly Rule[];
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** What is linted, Markdown pages included. */
  readonly files: readonly string[];
  readonly pages: readonly string[];
  /** What an import may lead to. */
  readonly known: ReadonlySet<string>;
  readonly sources: Pick<Sources, 'read' | 'peek' | 'problems'>;
  /** URLs of services that files of the project give environment variables. */
  readonly variables: readonly VariableUrl[];
}

/** @throws {UsageError} when a path does not exist or the configuration is wrong */
export async function prepare(options: Omit<RunOptions, 'onProgress'>): Promise<Prepared> {
  if (options.asOf !== undefined && !isDay(options.asOf))
    throw new UsageError(`asOf is not a day (YYYY-MM-DD): ${options.asOf}`);
  const { root, paths } = resolveRoot(options.cwd, options.paths);
  const config = await loadConfig({
    cwd: options.cwd,
    root,
    config: options.config,
    known: { rules: builtInRules, services: builtInContracts },
  });
  const contracts = contractsOf(config);
  const { files, pages, settings, known } = await discoverFiles({
    root,
    paths,
    include: config.include,
    exclude: config.exclude,
    base: config.base,
    markdown: options.markdown ?? config.markdown,
  });
  const asOf = options.asOf ?? dayOf(config);
  const sources = new Sources(root, options.texts);
  // Only what points to a service is kept: such files hold secrets.
  const variables = readVariables(settings, sources.peek).filter(({ url }) =>
    pointsToService(url, contracts, config.services),
  );
  return {
    root,
    config,
    contracts,
    rules: [...builtInRules, ...config.customRules],
    asOf,
    files,
    pages,
    known: new Set([...known, ...pages]),
    sources,
    variables,
  };
}

/** Files that are evaluated together, and of which calls in some are judged. */
interface Group {
  readonly relevant: readonly string[];
  /** Undefined: those in any of them. */
  readonly page?: string;
}

/**
 * The sources, and each Markdown page by itself with what it imports: an example says nothing of the code
 * of the project, nor of the next page.
 */
export function groupsOf(prepared: Prepared): Group[] {
  const { root, files, pages, known, sources } = prepared;
  const { read } = sources;
  const needles = wordsOf(prepared);
  let resolver: Resolve | undefined;
  const resolve = () => {
    resolver ??= createResolver(root, known, read);
    return resolver;
  };
  const code = [...known].filter((file) => !pages.includes(file));
  const groups: Group[] = [{ relevant: relevantFiles(code, needles, read, resolve, new Set(files)) }];
  for (const page of pages) {
    const reached = reachableFrom(page, read, (...asked) => resolve()(...asked));
    groups.push({ relevant: relevantFiles(reached, needles, read, resolve, new Set([page])), page });
  }
  return groups.filter(({ relevant }) => relevant.length > 0);
}

export interface Analysis extends Judgement {
  readonly filesParsed: number;
  readonly blocksLeftOut?: number;
  readonly problems: readonly Problem[];
}

const nothing: Analysis = { filesParsed: 0, callSites: [], findings: [], unresolved: [], problems: [] };

/** What the files of a run come to. */
export async function analysisOf(
  prepared: Prepared,
  onProgress?: RunOptions['onProgress'],
): Promise<Analysis> {
  const groups = groupsOf(prepared);
  return groups.length === 0 ? nothing : analyse(prepared, groups, onProgress);
}

/** The part that needs the analyzer; loaded only when a file is relevant. */
async function analyse(
  prepared: Prepared,
  groups: readonly Group[],
  onProgress: RunOptions['onProgress'],
): Promise<Analysis> {
  const { root, files, known, sources } = prepared;
  const [{ Project }, { Recogniser }, { clients }, { judge }, { fileOf }] = await Promise.all([
    import('./syntax/project.ts'),
    import('./clients/recognise.ts'),
    import('./clients/index.ts'),
    import('./lint/judge.ts'),
    import('./syntax/location.ts'),
  ]);
  const project = new Project(root, known, sources.read);
  let done = 0;
  const total = groups.reduce((sum, { relevant }) => sum + relevant.length, 0);
  const calls = groups.flatMap(({ relevant, page }) => {
    const found = new Recogniser(project, clients).run(relevant, (file) => onProgress?.(++done, total, file));
    return page === undefined ? found : found.filter(({ node }) => fileOf(node.getSourceFile()) === page);
  });
  const linted = new Set(files);
  const needles = wordsOf(prepared);
  const judgement = judge(
    calls,
    settingsOf(prepared, (file) => linted.has(file)),
    {
      source: (file) => project.source(file),
      sources: () => project.sources(),
      isFollowed: (file) => hasNeedle(sources.read(file) ?? '', needles),
      editable: (file) => linted.has(file) && !MARKDOWN.test(file),
    },
  );
  const problems = project.problems.filter(
    (problem) => problem.location === undefined || linted.has(problem.location.file),
  );
  const hasPages = groups.some(({ page }) => page !== undefined);
  return {
    ...judgement,
    filesParsed: project.parsedFiles,
    ...(hasPages && { blocksLeftOut: project.blocksLeftOut }),
    problems,
  };
}

/** What the judge goes by. */
export function settingsOf(
  { config, contracts, rules, asOf, variables }: Prepared,
  reported: (file: string) => boolean,
): JudgeOptions {
  return {
    contracts,
    rules,
    config,
    variables: (file) => variables.filter((each) => isSetFor(each, file)),
    asOf,
    reported,
  };
}

function wordsOf(prepared: Prepared): RegExp {
  return needlesOf([...words(prepared), ...prepared.variables.map(({ word }) => word)]);
}

/** The words that make a file worth parsing. */
function words({ config, contracts }: Prepared): string[] {
  return contracts.flatMap((contract) => {
    const settings = config.services[contract.id];
    return [
      ...contract.words,
      ...contract.hosts.map(fixedPart),
      ...(contract.otherHosts ?? []),
      ...contract.ownHeaders,
      ...contract.legacyHeaders.map((header) => header.name),
      ...contract.retiredLibraries.map((library) => library.package),
      ...(settings?.hosts ?? []),
      ...(settings?.baseUrls ?? []).map((url) => url.replace(/^\w+:\/\//, '').replace(/\/$/, '')),
      ...(settings?.environment ?? []),
    ];
  });
}

/** What every host of a pattern has: its longest piece without a `*`. */
function fixedPart(host: string): string {
  const [longest = ''] = host.split('*').toSorted((a, b) => b.length - a.length);
  return longest;
}
