// Writes the JSON Schema of the config file, from the schema that checks it. Run with: npx tsx scripts/config-schema.ts
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { toJsonSchema } from '@valibot/to-json-schema';
import { rules } from '../rules/index.ts';
import { configSchema } from '../src/config/schema.ts';
import { contracts } from '../src/contracts/index.ts';

/** Where it is committed. */
export const CONFIG_SCHEMA = new URL('../src/config/config.schema.json', import.meta.url);

/** The JSON Schema for the rules and services that exist. */
export function configJsonSchema(): object {
  // That a day is one of the calendar, JSON Schema says with the format alone.
  return toJsonSchema(configSchema({ rules, services: contracts }), { ignoreActions: ['check'] });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(CONFIG_SCHEMA);
  writeFileSync(file, `${JSON.stringify(configJsonSchema(), null, 2)}\n`);
  execFileSync(process.execPath, ['node_modules/@biomejs/biome/bin/biome', 'format', '--write', file], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
}
