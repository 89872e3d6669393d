import { rules as builtInRules } from '../rules/index.ts';
import type { Config } from './config/config.ts';
import { isDay } from './config/day.ts';
import { loadConfig } from './config/load.ts';
import type { Contract } from './contracts/contract.ts';
import { pointsToService } from './contracts/identify.ts';
import { contracts as builtInContracts } from './contracts/index.ts';
import { ownContract } from './contracts/own.ts';
import { type ChangedFiles, MANIFEST } from './discover/changes.ts';
import { discoverFiles } from './discover/files.ts';
import { changedPart, changedVariables } from './discover/limit.ts';
import { resolveRoot } from './discover/root.ts';
import { Sources } from './discover/sources.ts';
import { readVariables, type VariableUrl } from './discover/variables.ts';
import { UsageError } from './errors.ts';
import type { Limit } from './lint/changed.ts';
import type { Rule } from './lint/rule.ts';
import { awaiting } from './stages.ts';

export interface RunOptions {
  /** Absolute; `paths` and `config` are relative to it. */
  readonly cwd: string;
  /** Files, folders and globs. */
  readonly paths: readonly string[];
  /** A config file, `false` for none, undefined to search for one. */
  readonly config?: string | false | undefined;
  /** The day to read the contracts' calendars at, YYYY-MM-DD; undefined: the config's, or today. */
  readonly asOf?: string | undefined;
  /** The file of known findings, `false` for none, undefined to search for one. */
  readonly baseline?: string | false | undefined;
  /** Whether to lint the code blocks of Markdown pages; undefined: as the config says. */
  readonly markdown?: boolean | undefined;
  /**
   * Judges what is staged, as the index has it, and reports only that of which something is staged. `paths` name
   * the changes that count.
   */
  readonly staged?: boolean | undefined;
  /** The same for all that differs from the commit that HEAD and this one, `origin/main`, have in common. */
  readonly since?: string | undefined;
  /** Texts that stand for those of the files on disk, by their paths relative to the linted root. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Called as files are analysed. */
  readonly onProgress?: (done: number, total: number, file: string) => void;
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
  /** Relative to the root. */
  readonly paths: readonly string[];
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
  readonly sources: Pick<Sources, 'read' | 'peek' | 'scan' | 'mentions' | 'problems'>;
  /** URLs of services that files of the project give environment variables. */
  readonly variables: readonly VariableUrl[];
  /** Absent: everything is reported. */
  readonly limit?: RunLimit;
}

export interface RunLimit extends Limit {
  readonly change: ChangedFiles;
  /** The changed file of the configuration for which everything is reported after all. */
  readonly widenedBy: string | undefined;
}

/** What keeps something from being reported. */
export function limitOf({ limit }: Prepared): RunLimit | undefined {
  return limit?.widenedBy === undefined ? limit : undefined;
}

/** @throws {UsageError} when a path does not exist or the configuration is wrong */
export async function prepare(
  options: Omit<RunOptions, 'onProgress'>,
  change?: ChangedFiles,
): Promise<Prepared> {
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
  const snapshot = await awaiting('list', async () => change?.snapshot());
  const { files, pages, settings, known } = await awaiting('list', () =>
    discoverFiles({
      root,
      listed: snapshot?.files,
      // A change in one file may concern the calls in another.
      paths: change ? ['.'] : paths,
      include: config.include,
      exclude: config.exclude,
      base: config.base,
      markdown: options.markdown ?? config.markdown,
    }),
  );
  const asOf = options.asOf ?? dayOf(config);
  const disk = new Sources(root, options.texts);
  const sources = snapshot?.over(disk) ?? disk;
  // Only what points to a service is kept: such files hold secrets.
  const variables = readVariables(settings, sources.peek).filter(({ url }) =>
    pointsToService(url, contracts, config.services),
  );
  return {
    root,
    paths,
    config,
    contracts,
    rules: [...builtInRules, ...config.customRules],
    asOf,
    files,
    pages,
    known: new Set([...known, ...pages]),
    sources,
    variables,
    ...(change && {
      limit: {
        change,
        variables: await changedVariables(change, settings, variables, sources.peek),
        widenedBy: await changedPart(change, root, config.parts),
      },
    }),
  };
}

/** The files whose calls are asked for; what no import connects with one of them is left out. */
export function targetsOf(prepared: Prepared): ReadonlySet<string> {
  const limit = limitOf(prepared);
  if (!limit || limit.variables.size > 0) return new Set(prepared.files);
  return new Set([...limit.change.files.keys()].filter((file) => !MANIFEST.test(file)));
}
