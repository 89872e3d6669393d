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

/** @throws {UsageError} when there is no such rule */
export function ruleInfo(id: string): RuleInfo {
  const rule = rules.find((each) => each.id === id);
  if (rule) return infoOf(rule, { customRules: [] });
  const ids = rules.map((each) => each.id);
  throw new UsageError(`there is no rule "${id}"${didYouMean(id, ids)} (fusionlint rules lists them)`);
}
