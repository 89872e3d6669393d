import { statSync } from 'node:fs';
import path from 'node:path';
import { messageOf, UsageError } from '../errors.ts';
import { nameOf } from '../paths.ts';
import type { CustomRule, Known } from './config.ts';
import type { ConfigPlace } from './contracts.ts';

const MODULE = /\.[cm]?[jt]s$/;

/**
 * The rules that `customRules` of a configuration has: as such, or in modules that export one or a list of
 * them. Entries that are neither a path nor an object are left to the check of the configuration.
 *
 * @throws {UsageError} naming the module when it is missing, can't be loaded or exports no rule, and the
 *   rule when its id is taken
 */
export async function readCustomRules(
  entries: unknown,
  known: Pick<Known, 'rules'>,
  place: ConfigPlace,
): Promise<CustomRule[]> {
  const rules: CustomRule[] = [];
  const taken = new Map(known.rules.map(({ id }) => [id, 'it is built in']));
  for (const [at, entry] of (Array.isArray(entries) ? entries : []).entries()) {
    const isPath = typeof entry === 'string' && entry !== '';
    if (!isPath && (typeof entry !== 'object' || entry === null)) continue;
    const key = `${place.file}: "customRules.${at}"`;
    const from = isPath ? nameOf(path.resolve(path.dirname(place.filepath), entry), place.cwd) : key;
    const exported = isPath ? await load(entry, key, from, place) : entry;
    for (const value of Array.isArray(exported) ? exported : [exported]) {
      const rule = ruleOf(value, from, isPath);
      const owner = taken.get(rule.id);
      if (owner !== undefined)
        throw new UsageError(
          `${from}: there is a rule "${rule.id}" already: ${owner}; give this one another id`,
        );
      taken.set(rule.id, `${from} has it`);
      rules.push(rule);
    }
  }
  return rules;
}

async function load(entry: string, key: string, named: string, { filepath }: ConfigPlace): Promise<unknown> {
  const file = path.resolve(path.dirname(filepath), entry);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`${key} names ${named}, and there is no such file`);
  if (!MODULE.test(file))
    throw new UsageError(`${key} names ${named}, but a rule is written in JavaScript or TypeScript`);
  const { importModule } = await import('./module.ts');
  try {
    return await importModule(file);
  } catch (error) {
    throw new UsageError(`${named} could not be loaded: ${messageOf(error)}`);
  }
}

/** Checked by hand, for what is wrong with a rule is told in words of rules. */
function ruleOf(value: unknown, from: string, isModule: boolean): CustomRule {
  const rule = (typeof value === 'object' && value !== null ? value : {}) as Partial<Record<string, unknown>>;
  const wrong = MISTAKES.find(({ isRight }) => !isRight(rule));
  if (wrong)
    throw new UsageError(
      isModule
        ? `${from} exports no rule: its default export must have ${wrong.message}`
        : `${from} is no rule: it must have ${wrong.message}`,
    );
  return rule as unknown as CustomRule;
}

type Parts = Partial<Record<string, unknown>>;

const MISTAKES: readonly { readonly isRight: (rule: Parts) => boolean; readonly message: string }[] = [
  {
    isRight: ({ check }) => typeof check === 'function',
    message: 'a function "check" (defineRule helps)',
  },
  {
    isRight: ({ id }) => typeof id === 'string' && /^[a-z][a-z\d]*(?:-[a-z\d]+)*$/.test(id),
    message: 'an "id" of lower-case words with hyphens, such as "no-test-tenant"',
  },
  {
    isRight: ({ severity }) => severity === 'error' || severity === 'warn',
    message: 'a "severity", "error" or "warn"',
  },
  {
    isRight: ({ summary }) => typeof summary === 'string' && summary.trim() !== '',
    message: 'a "summary" in a few words',
  },
  {
    isRight: ({ messages }) =>
      typeof messages === 'object' &&
      messages !== null &&
      Object.values(messages).every((each) => typeof each === 'string'),
    message: '"messages", texts by name',
  },
];
