import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Loader } from 'lilconfig';
import { messageOf, UsageError } from '../errors.ts';
import { gitTop } from '../git.ts';
import { isWithin, nameOf, slashed } from '../paths.ts';
import {
  type Config,
  defaultConfig,
  defaultServiceConfig,
  type Known,
  type RuleSetting,
  type UserConfig,
} from './config.ts';
import type { ConfigPlace } from './contracts.ts';

export interface LoadOptions {
  /** Absolute; messages name files from here, and `config` is relative to it. */
  readonly cwd: string;
  /** The linted root, absolute: the search goes from here up to the top of the git work tree. */
  readonly root: string;
  /** A config file, `false` for none, undefined to search. */
  readonly config: string | false | undefined;
  readonly known: Known;
}

/** In the order in which one is taken before another in the same folder. */
export const CONFIG_FILES: readonly string[] = [
  'fusionlint.config.json',
  'fusionlint.config.js',
  'fusionlint.config.mjs',
  'fusionlint.config.ts',
];

/**
 * The configuration of a run. Loads what checks it only when there is one.
 *
 * @throws {UsageError} naming the file, and the key or line, when it is missing, broken or wrong
 */
export async function loadConfig(options: LoadOptions): Promise<Config> {
  const { cwd, root, known } = options;
  if (options.config === false) return defaultConfig(known);
  const found = await (options.config === undefined
    ? searchConfig(root, cwd)
    : openConfig(path.resolve(cwd, options.config), cwd));
  if (!found) return defaultConfig(known);
  const place = { filepath: found.filepath, file: nameOf(found.filepath, cwd), cwd };
  return { ...(await configOf(found.config, known, place)), base: baseOf(root, found.filepath) };
}

/**
 * The configuration that a config file's value makes.
 *
 * @throws {UsageError} naming the file and the key of what is wrong
 */
export async function configOf(value: unknown, known: Known, place: ConfigPlace): Promise<Config> {
  const [{ checkConfig }, { readContracts }, { readCustomRules }] = await Promise.all([
    import('./check.ts'),
    import('./contracts.ts'),
    import('./custom-rules.ts'),
  ]);
  // First, because the configuration may have severities for them.
  const { customRules: entries } = (value ?? {}) as { customRules?: unknown };
  const customRules = await readCustomRules(entries, known, place);
  const user = checkConfig(value, { ...known, rules: [...known.rules, ...customRules] }, place.file);
  return {
    ...complete(user, known),
    contracts: readContracts(user, place),
    baseline: user.baseline && path.resolve(path.dirname(place.filepath), user.baseline),
    customRules,
    file: place.file,
    parts: partsOf(user, place.filepath),
    base: '',
  };
}

function partsOf({ services = {}, customRules = [] }: UserConfig, filepath: string): string[] {
  const named = [...Object.values(services).map((each) => each?.contract), ...customRules];
  const files = named.filter((each) => typeof each === 'string');
  return [filepath, ...files.map((file) => path.resolve(path.dirname(filepath), file))];
}

interface Found {
  readonly filepath: string;
  readonly config: unknown;
}

async function searchConfig(root: string, cwd: string): Promise<Found | undefined> {
  const top = gitTop(root) ?? root;
  for (let folder = root; ; folder = path.dirname(folder)) {
    if (mayHoldConfig(folder)) {
      const found = await (await reader(cwd, top)).search(folder);
      return found ?? undefined;
    }
    if (folder === top || folder === path.dirname(folder)) return undefined;
  }
}

async function openConfig(file: string, cwd: string): Promise<Found> {
  const name = nameOf(file, cwd);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
    throw new UsageError(`there is no config file ${name}`);
  }
  if (!Object.hasOwn(loaders(cwd), path.extname(file))) {
    throw new UsageError(`${name}: a config file is written in JSON, JavaScript or TypeScript`);
  }
  const found = await (await reader(cwd, path.dirname(file))).load(file);
  return { filepath: file, config: found?.config ?? undefined };
}

/** Cheap: tells a folder without configuration from one that is worth loading the machinery for. */
function mayHoldConfig(folder: string): boolean {
  if (CONFIG_FILES.some((name) => existsSync(path.join(folder, name)))) return true;
  try {
    return readFileSync(path.join(folder, 'package.json'), 'utf8').includes('"fusionlint"');
  } catch {
    return false;
  }
}

async function reader(cwd: string, stopDir: string) {
  const { lilconfig } = await import('lilconfig');
  return lilconfig('fusionlint', {
    searchPlaces: [...CONFIG_FILES, 'package.json'],
    // An empty config file is a mistake to speak of, not one to walk past.
    ignoreEmptySearchPlaces: false,
    loaders: loaders(cwd),
    stopDir,
    cache: false,
  });
}

function loaders(cwd: string): Record<string, Loader> {
  const script = run(cwd, async (file) => (await import(pathToFileURL(file).href)).default);
  const typescript = run(cwd, async (file) => (await import('./module.ts')).importModule(file));
  return {
    '.json': (file, content) => parse(file, content, cwd),
    '.js': script,
    '.mjs': script,
    '.cjs': script,
    '.ts': typescript,
    '.mts': typescript,
    '.cts': typescript,
  };
}

async function parse(file: string, content: string, cwd: string): Promise<unknown> {
  const { parseJson } = await import('./json.ts');
  return parseJson(content, nameOf(file, cwd));
}

function run(cwd: string, load: (file: string) => Promise<unknown>): Loader {
  return async (file: string) => {
    try {
      return await load(file);
    } catch (error) {
      throw new UsageError(`${nameOf(file, cwd)} could not be loaded: ${messageOf(error)}`);
    }
  };
}

function complete(
  user: UserConfig,
  known: Known,
): Omit<Config, 'file' | 'parts' | 'base' | 'contracts' | 'customRules' | 'baseline'> {
  const ids = new Set([...known.services.map(({ id }) => id), ...Object.keys(user.services ?? {})]);
  const services = [...ids].map((id) => {
    const set = user.services?.[id];
    return [
      id,
      {
        hosts: set?.hosts ?? defaultServiceConfig.hosts,
        baseUrls: set?.baseUrls ?? defaultServiceConfig.baseUrls,
        environment: set?.environment ?? defaultServiceConfig.environment,
        rules: onlySet(set?.rules),
        multiTenant: set?.multiTenant ?? defaultServiceConfig.multiTenant,
      },
    ] as const;
  });
  return {
    include: user.include ?? [],
    exclude: user.exclude ?? [],
    rules: onlySet(user.rules),
    services: Object.fromEntries(services),
    asOf: user.asOf,
    markdown: user.markdown ?? false,
  };
}

function onlySet(rules: UserConfig['rules']): Record<string, RuleSetting> {
  const settings: Record<string, RuleSetting> = {};
  for (const [id, setting] of Object.entries(rules ?? {})) if (setting !== undefined) settings[id] = setting;
  return settings;
}

/** The root as seen from the config file; a config from elsewhere (`--config`) is read as if it lay in the root. */
function baseOf(root: string, file: string): string {
  const relative = path.relative(path.dirname(file), root);
  if (relative === '' || !isWithin(path.dirname(file), root)) return '';
  return `${slashed(relative)}/`;
}
