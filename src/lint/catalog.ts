import type { Config } from '../config/config.ts';
import { docsUrl } from '../docs.ts';
import type { RuleInfo, Severity } from '../request.ts';
import type { Rule } from './rule.ts';

/** What `fusionlint rules` says, as data: every rule, and what the configuration makes of it. */
export interface Catalog {
  readonly schemaVersion: 1;
  /** The configuration file, relative to the working folder; null without one. */
  readonly config: string | null;
  readonly rules: readonly CatalogRule[];
}

export interface CatalogRule extends RuleInfo {
  /** The severity that it runs at; the rule's own where the configuration says nothing. */
  readonly setting: Setting;
  /** By service id: where the configuration sets another one for its calls. */
  readonly services: Readonly<Record<string, Setting>>;
}

export type Setting = Severity | 'off';

/** A rule of the user's own has no page that is known. */
export function infoOf(rule: Rule, { customRules }: Pick<Config, 'customRules'>): RuleInfo {
  const { id, severity, summary } = rule;
  return { id, severity, summary, ...(customRules.includes(rule) ? {} : { docs: docsUrl(id) }) };
}

export function catalogOf(rules: readonly Rule[], config: Config): Catalog {
  return {
    schemaVersion: 1,
    config: config.file ?? null,
    rules: rules.map((rule) => {
      const setting = config.rules[rule.id] ?? rule.severity;
      const services = Object.entries(config.services).flatMap(([id, service]) => {
        const own = service.rules[rule.id];
        return own === undefined || own === setting ? [] : [[id, own] as const];
      });
      return { ...infoOf(rule, config), setting, services: Object.fromEntries(services) };
    }),
  };
}
