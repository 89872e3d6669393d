import { rules } from '../rules/index.ts';
import { loadConfig } from './config/load.ts';
import { contracts } from './contracts/index.ts';
import { discoverFiles } from './discover/files.ts';
import { resolveRoot } from './discover/root.ts';
import type { Result } from './request.ts';
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
 * Lints the paths.
 *
 * @throws {UsageError} when a path does not exist or the configuration is wrong
 */
export async function run(options: RunOptions): Promise<Result> {
  const started = performance.now();
  const { root, paths } = resolveRoot(options.cwd, options.paths);
  const known = { rules, services: contracts };
  const config = await loadConfig({ cwd: options.cwd, root, config: options.config, known });
  const { files } = await discoverFiles({
    root,
    paths,
    include: config.include,
    exclude: config.exclude,
    base: config.base,
  });
  return {
    schemaVersion: 1,
    tool: { name: 'fusionlint', version },
    root: '.',
    asOf: options.asOf ?? config.asOf ?? new Date().toISOString().slice(0, 10),
    stats: {
      filesDiscovered: files.length,
      filesParsed: 0,
      callSites: 0,
      findings: 0,
      durationMs: performance.now() - started,
    },
    callSites: [],
    findings: [],
    unresolved: [],
    problems: [],
  };
}
