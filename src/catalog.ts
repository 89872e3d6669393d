import { rules } from '../rules/index.ts';
import { loadConfig } from './config/load.ts';
import { contracts } from './contracts/index.ts';
import { UsageError } from './errors.ts';
import { type Catalog, catalogOf, infoOf } from './lint/catalog.ts';
import { didYouMean } from './nearest.ts';
import type { RuleInfo } from './request.ts';

/**
 * Every rule, with what the configuration makes of it. Nothing is linted.
 *
 * @throws {UsageError} when the configuration is wrong
 */
export async function catalog(cwd: string, config: string | false | undefined): Promise<Catalog> {
  const known = { rules, services: contracts };
  const loaded = await loadConfig({ cwd, root: cwd, config, known });
  return catalogOf([...rules, ...loaded.customRules], loaded);
}

/** A rule as it is told of; `messages`, of one of the user's own, which has no page. */
export interface ToldRule {
  readonly info: RuleInfo;
  readonly messages?: Readonly<Record<string, string>>;
}

/** @throws {UsageError} when there is no such rule, or when the configuration of the user's own is wrong */
export async function ruleTold(
  id: string,
  cwd: string,
  config: string | false | undefined,
): Promise<ToldRule> {
  const builtIn = rules.find((each) => each.id === id);
  if (builtIn) return { info: infoOf(builtIn, { customRules: [] }) };
  const { customRules } = await loadConfig({ cwd, root: cwd, config, known: { rules, services: contracts } });
  const own = customRules.find((each) => each.id === id);
  if (own) return { info: infoOf(own, { customRules }), messages: own.messages };
  const ids = [...rules, ...customRules].map((each) => each.id);
  throw new UsageError(`there is no rule "${id}"${didYouMean(id, ids)} (fusionlint rules lists them)`);
}
