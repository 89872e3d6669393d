import * as v from 'valibot';
import type { CustomRule, Known, RuleSetting, UserServiceConfig } from './config.ts';
import type { UserContract } from './contract.ts';
import { contractSchema } from './contract-schema.ts';
import { day, notList, notObject, text } from './values.ts';

const setting = v.picklist(['error', 'warn', 'off'], 'must be "error", "warn" or "off"');

const host = v.pipe(
  text,
  v.regex(
    /^(?:\*\.)?[\w-]+(?:\.[\w-]+)*(?::\d+)?$/,
    'must be a host such as "auth.example.com" or "auth.example.com:9011"',
  ),
);
const baseUrl = v.pipe(
  text,
  v.regex(/^https?:\/\/[^/\s]/, 'must be a URL that begins with http:// or https://'),
);
const variable = v.pipe(text, v.regex(/^[A-Za-z_]\w*$/, 'must be the name of an environment variable'));

function listOf<const Item extends v.GenericSchema<string, string>>(item: Item, description: string) {
  return v.optional(v.pipe(v.array(item, notList), v.description(description)));
}

function ruleSettings(known: Known, purpose: Purpose, description: string) {
  const entries: Record<string, v.OptionalSchema<typeof setting, undefined>> = Object.fromEntries(
    known.rules.map((rule) => [rule.id, v.optional(v.pipe(setting, v.description(rule.summary)))]),
  );
  const settings: v.GenericSchema<unknown, Record<string, RuleSetting | undefined>> = purpose === 'editor'
    ? v.objectWithRest(entries, setting, notObject)
    : v.strictObject(entries, notObject);
  return v.optional(v.pipe(settings, v.description(description)));
}

function serviceEntries(known: Known, purpose: Purpose) {
  return {
    hosts: listOf(host, 'Further hosts of the service, with the port where it is not the usual one.'),
    baseUrls: listOf(baseUrl, 'Further base URLs of the service.'),
    environment: listOf(variable, 'Names of environment variables that hold a base URL of the service.'),
    rules: ruleSettings(
      known,
      purpose,
      'Severity of rules for calls to this service; stronger than the general `rules`.',
    ),
  };
}

function serviceSettings(
  known: Known,
  purpose: Purpose,
  { id, title }: Known['services'][number],
): v.GenericSchema<unknown, UserServiceConfig> {
  const entries = serviceEntries(known, purpose);
  const description = `What is special about your calls to ${title}.`;
  if (id !== 'fusionauth') return v.pipe(v.strictObject(entries, notObject), v.description(description));
  const multiTenant = v.optional(
    v.pipe(
      v.boolean('must be true or false'),
      v.description('Your FusionAuth has more than one tenant, so calls must name theirs.'),
    ),
  );
  return v.pipe(v.strictObject({ ...entries, multiTenant }, notObject), v.description(description));
}

const path = v.pipe(text, v.regex(/\S/, 'must not be empty'));

/** For editors all of it; `checkContract` speaks of a contract by itself, so that it can name its keys. */
const contractOrFile: Readonly<Record<Purpose, v.GenericSchema<unknown, string | UserContract>>> = {
  editor: v.union([path, contractSchema]),
  check: v.custom<string | UserContract>(
    (value) => (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null),
    'must be a contract, or the path of a JSON file that holds one',
  ),
};

const customRule: Readonly<Record<Purpose, v.GenericSchema<unknown, string | CustomRule>>> = {
  editor: path,
  // What is in a rule is checked where it is read.
  check: v.custom<string | CustomRule>(
    (value) => (typeof value === 'string' && value !== '') || (typeof value === 'object' && value !== null),
    'must be the path of a module',
  ),
};

function ownService(known: Known, purpose: Purpose): v.GenericSchema<unknown, UserServiceConfig> {
  const contract = v.pipe(
    contractOrFile[purpose],
    v.description('What the service requires; or the JSON file that says it, from the folder of this file.'),
  );
  return v.pipe(
    v.strictObject({ ...serviceEntries(known, purpose), contract }, notObject),
    v.description('A service of your own.'),
  );
}

/** `editor`: for the JSON Schema, which cannot know what the user's own files hold. */
export type Purpose = 'check' | 'editor';

/** What the user may write, strictly: a key that is not listed here is an error. */
export function configSchema(known: Known, purpose: Purpose = 'check') {
  const services = Object.fromEntries(
    known.services.map((each) => [each.id, v.optional(serviceSettings(known, purpose, each))]),
  );
  return v.pipe(
    v.strictObject(
      {
        $schema: v.optional(
          v.pipe(text, v.description('Where the JSON Schema of this file is, for editors.')),
        ),
        include: listOf(
          text,
          "Files to lint, as patterns in gitignore syntax (and {a,b}) from this file's folder. Default: every JavaScript and TypeScript file.",
        ),
        exclude: listOf(
          text,
          'Files to leave out, in the same syntax. A pattern with ! before it takes a default back: "!build/".',
        ),
        rules: ruleSettings(known, purpose, 'Severity of rules.'),
        customRules: v.optional(
          v.pipe(
            v.array(customRule[purpose], 'must be a list of modules'),
            v.description(
              'Rules of your own: JavaScript or TypeScript modules, from the folder of this file. They are run.',
            ),
          ),
        ),
        services: v.optional(
          v.pipe(
            v.objectWithRest(services, ownService(known, purpose), notObject),
            v.description('Settings by service, and services of your own.'),
          ),
        ),
        asOf: v.optional(
          v.pipe(
            day,
            v.description("The day to read the services' calendars at, YYYY-MM-DD. Default: today."),
          ),
        ),
        markdown: v.optional(
          v.pipe(
            v.boolean('must be true or false'),
            v.description('Lint the code blocks of Markdown pages (.md, .mdx, .markdown) too.'),
          ),
        ),
        baseline: v.optional(
          v.pipe(
            path,
            v.description(
              'The file of known findings, from the folder of this file. Default: the nearest fusionlint-baseline.json.',
            ),
          ),
        ),
      },
      notObject,
    ),
    v.title('fusionlint configuration'),
    v.description(
      'Configuration of fusionlint: fusionlint.config.json, or the key "fusionlint" in package.json.',
    ),
  );
}
