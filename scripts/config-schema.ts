// Writes the JSON Schemas of config files and contract files, from the schemas that check them. Run with: npx tsx scripts/config-schema.ts
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { rules } from '../rules/index.ts';
import { contractSchema } from '../src/config/contract-schema.ts';
import { configSchema } from '../src/config/schema.ts';
import { contracts } from '../src/contracts/index.ts';

/** Where they are committed. */
export const CONFIG_SCHEMA = new URL('../src/config/config.schema.json', import.meta.url);
export const CONTRACT_SCHEMA = new URL('../src/config/contract.schema.json', import.meta.url);

// That a day is one of the calendar, JSON Schema says with the format alone.
const options = { ignoreActions: ['check'] };

/** The JSON Schema for the rules and services that exist. */
export function configJsonSchema(): object {
  return toJsonSchema(configSchema({ rules, services: contracts }, 'editor'), options);
}

export function contractJsonSchema(): object {
  return toJsonSchema(contractSchema, options);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  write(CONFIG_SCHEMA, configJsonSchema());
  write(CONTRACT_SCHEMA, contractJsonSchema());
}

function write(to: URL, schema: object): void {
  const file = fileURLToPath(to);
  writeFileSync(file, `${JSON.stringify(schema, null, 2)}\n`);
  execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
}
