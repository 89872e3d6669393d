import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UsageError } from '../errors.ts';
import { nameOf } from '../paths.ts';
import { checkContract } from './check.ts';
import type { UserConfig, UserServiceConfig } from './config.ts';
import type { UserContract } from './contract.ts';
import { parseJson } from './json.ts';

/** Where a configuration was read. */
export interface ConfigPlace {
  /** Absolute. */
  readonly filepath: string;
  /** How messages name it. */
  readonly file: string;
  readonly cwd: string;
}

/**
 * The contracts of the user's own services, by id: those that stand in the configuration, and those in
 * files that it names.
 *
 * @throws {UsageError} naming the file and the key when a contract is missing or wrong
 */
export function readContracts(user: UserConfig, place: ConfigPlace): Record<string, UserContract> {
  const contracts: [id: string, contract: UserContract][] = [];
  for (const [id, settings] of Object.entries(user.services ?? {})) {
    if (settings?.contract === undefined) continue;
    const contract = contractOf(id, settings.contract, place);
    const key = `services.${id}`;
    if (!/^[a-z\d]+(?:-[a-z\d]+)*$/.test(id))
      throw new UsageError(
        `${place.file}: "${key}": the id of a service has lower-case letters, digits and single hyphens, such as "billing-api"`,
      );
    if (contract.hosts.length === 0 && !isFound(settings))
      throw new UsageError(
        `${place.file}: "${key}" has no host, so no call is ever taken for one of ${contract.title}; set "hosts", "baseUrls" or "environment"`,
      );
    contracts.push([id, contract]);
  }
  return Object.fromEntries(contracts);
}

function isFound({ hosts, baseUrls, environment }: UserServiceConfig): boolean {
  return [hosts, baseUrls, environment].some((each) => (each ?? []).length > 0);
}

function contractOf(id: string, contract: string | UserContract, place: ConfigPlace): UserContract {
  const above = ['services', id, 'contract'];
  if (typeof contract !== 'string') return checkContract(contract, place.file, above);
  const file = path.resolve(path.dirname(place.filepath), contract);
  const named = nameOf(file, place.cwd);
  const key = `${place.file}: "${above.join('.')}"`;
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`${key} names ${named}, and there is no such file`);
  if (path.extname(file) !== '.json')
    throw new UsageError(
      `${key} names ${named}, but a contract is written in JSON; \`fusionlint contract\` makes one of an OpenAPI document`,
    );
  return checkContract(parseJson(read(file, key), named), named);
}

function read(file: string, key: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${key} can't be read: ${messageOf(error)}`);
  }
}
