import type { UserContract } from './contract.ts';

export type RuleSetting = 'error' | 'warn' | 'off';

/** What the user writes of a service. */
export interface UserServiceConfig {
  readonly hosts?: readonly string[] | undefined;
  readonly baseUrls?: readonly string[] | undefined;
  readonly environment?: readonly string[] | undefined;
  readonly rules?: Readonly<Record<string, RuleSetting | undefined>> | undefined;
  /** FusionAuth only. */
  readonly multiTenant?: boolean | undefined;
  /** A service of one's own only, and required there: its contract, or the JSON file that holds it. */
  readonly contract?: string | UserContract | undefined;
}

/** What the user writes in a config file; `config.schema.json` describes it. */
export interface UserConfig {
  readonly $schema?: string | undefined;
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  readonly rules?: Readonly<Record<string, RuleSetting | undefined>> | undefined;
  readonly services?: Readonly<Record<string, UserServiceConfig | undefined>> | undefined;
  /** Rules of one's own: modules, from the folder of the file, that export one or a list; or rules as such. */
  readonly customRules?: readonly (string | CustomRule)[] | undefined;
  readonly asOf?: string | undefined;
  readonly markdown?: boolean | undefined;
  /** The file of known findings, from the folder of the config file. */
  readonly baseline?: string | undefined;
}

/** A rule, as far as loading goes; `lint/rule.ts` has the whole of it. */
export interface CustomRule {
  readonly id: string;
  readonly severity: 'error' | 'warn';
  readonly summary: string;
  readonly messages: Readonly<Record<string, string>>;
  check(context: never): void;
}

/** What the user has set of a service; everything else comes from its contract. */
export interface ServiceConfig {
  /** Further hosts of the service, with port where it is not the scheme's default: `auth.example.com`. */
  readonly hosts: readonly string[];
  /** Further base URLs of the service: `https://example.com/fusionauth`. */
  readonly baseUrls: readonly string[];
  /** Names of environment variables that hold a base URL of the service. */
  readonly environment: readonly string[];
  /** Stronger than `Config.rules`. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** FusionAuth with more than one tenant. */
  readonly multiTenant: boolean;
}

/** The configuration that the code after loading relies on: complete and checked. */
export interface Config {
  /** The file it was read from, relative to the working folder; undefined without one. */
  readonly file: string | undefined;
  /** That file, and the files of contracts and rules that it names; absolute. */
  readonly parts: readonly string[];
  /**
   * The linted root as seen from the config file's folder, with a slash at its end (`packages/app/`),
   * or '' when they are the same: `include` and `exclude` are written from the config file's place.
   */
  readonly base: string;
  /** Patterns in gitignore syntax; empty stands for every source file. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Only the rules that the user has set; the others keep their own severity. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** Has every known service, and those of one's own. */
  readonly services: Readonly<Record<string, ServiceConfig>>;
  /** The contracts of one's own services, by id. */
  readonly contracts: Readonly<Record<string, UserContract>>;
  readonly customRules: readonly CustomRule[];
  /** The date to read the contracts' calendars at, YYYY-MM-DD; undefined stands for today. */
  readonly asOf: string | undefined;
  /** Whether the code blocks of Markdown pages are linted. */
  readonly markdown: boolean;
  /** The file of known findings, absolute; undefined stands for the nearest one. */
  readonly baseline: string | undefined;
}

/** The rules and services that exist. Rules and contracts have this shape, so a caller passes them as they are. */
export interface Known {
  readonly rules: readonly { readonly id: string; readonly summary: string }[];
  readonly services: readonly { readonly id: string; readonly title: string }[];
}

export const defaultServiceConfig: ServiceConfig = {
  hosts: [],
  baseUrls: [],
  environment: [],
  rules: {},
  multiTenant: false,
};

/** The configuration of a project without a config file. */
export function defaultConfig(known: Pick<Known, 'services'>): Config {
  return {
    file: undefined,
    parts: [],
    base: '',
    include: [],
    exclude: [],
    rules: {},
    services: Object.fromEntries(known.services.map(({ id }) => [id, defaultServiceConfig])),
    contracts: {},
    customRules: [],
    asOf: undefined,
    markdown: false,
    baseline: undefined,
  };
}
