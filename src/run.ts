import { rules } from '../rules/index.ts';
import type { Config } from './config/config.ts';
import { isDay } from './config/day.ts';
import { loadConfig } from './config/load.ts';
import { contracts } from './contracts/index.ts';
import { discoverFiles } from './discover/files.ts';
import { needlesOf } from './discover/needles.ts';
import { relevantFiles } from './discover/relevance.ts';
import { resolveRoot } from './discover/root.ts';
import { Sources } from './discover/sources.ts';
import { UsageError } from './errors.ts';
import type { Judgement } from './lint/judge.ts';
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
  const relevant = relevantOf(prepared);
  const analysis = relevant.length === 0 ? nothing : await analyse(prepared, relevant, options.onProgress);

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
      durationMs: Math.round(performance.now() - started),
    },
    callSites: analysis.callSites,
    findings: analysis.findings,
    unresolved: analysis.unresolved,
    problems: [...sources.problems(new Set(files)), ...analysis.problems],
  };
}

/** Everything that is known before the first file is parsed. */
export interface Prepared {
  readonly root: string;
  readonly config: Config;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** What is linted. */
  readonly files: readonly string[];
  /** What an import may lead to. */
  readonly known: ReadonlySet<string>;
  readonly sources: Sources;
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
    known: { rules, services: contracts },
  });
  const { files, known } = await discoverFiles({
    root,
    paths,
    include: config.include,
    exclude: config.exclude,
    base: config.base,
  });
  const asOf = options.asOf ?? config.asOf ?? new Date().toISOString().slice(0, 10);
  return { root, config, asOf, files, known: new Set(known), sources: new Sources(root) };
}

/** The files that are worth parsing. */
export function relevantOf({ root, config, files, known, sources }: Prepared): string[] {
  return relevantFiles(
    [...known],
    needlesOf(words(config)),
    sources.read,
    () => createResolver(root, known, sources.read),
    new Set(files),
  );
}

interface Analysis extends Judgement {
  readonly filesParsed: number;
  readonly problems: readonly Problem[];
}

const nothing: Analysis = { filesParsed: 0, callSites: [], findings: [], unresolved: [], problems: [] };

/** The part that needs the analyzer; loaded only when a file is relevant. */
async function analyse(
  { root, config, asOf, files, known, sources }: Prepared,
  relevant: readonly string[],
  onProgress: RunOptions['onProgress'],
): Promise<Analysis> {
  const [{ Project }, { Recogniser }, { clients }, { judge }] = await Promise.all([
    import('./syntax/project.ts'),
    import('./clients/recognise.ts'),
    import('./clients/index.ts'),
    import('./lint/judge.ts'),
  ]);
  const project = new Project(root, known, sources.read);
  let done = 0;
  const calls = new Recogniser(project, clients).run(relevant, (file) =>
    onProgress?.(++done, relevant.length, file),
  );
  const linted = new Set(files);
  const judgement = judge(calls, { contracts, rules, config, asOf, reported: (file) => linted.has(file) });
  const problems = project.problems.filter(
    (problem) => problem.location === undefined || linted.has(problem.location.file),
  );
  return { ...judgement, filesParsed: project.parsedFiles, problems };
}

/** The words that make a file worth parsing. */
function words(config: Config): string[] {
  return contracts.flatMap((contract) => {
    const settings = config.services[contract.id];
    return [
      ...contract.words,
      ...contract.hosts.filter((host) => !host.includes('*')),
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
