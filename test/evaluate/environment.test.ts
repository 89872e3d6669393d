import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn } from '../support/calls.ts';

/** Ways to read API_URL from the environment: it must be known by its name, for the name is evidence. */
const READERS: readonly string[] = [
  'const { API_URL: url } = process.env;',
  "const url = process['env']['API_URL'];",
  'const env = { ...process.env }; const url = env.API_URL;',
  'const read = (name) => process.env[name]; const url = read("API_URL");',
  "import { env } from 'node:process'; const url = env.API_URL;",
  "import { cleanEnv, str } from 'envalid'; const env = cleanEnv(process.env, { API_URL: str() }); const url = env.API_URL;",
  "import env from 'env-var'; const url = env.get('API_URL').required().asUrlString();",
  "import { createEnv } from '@t3-oss/env-nextjs'; const env = createEnv({ server: {}, runtimeEnv: { API_URL: process.env.API_URL } }); const url = env.API_URL;",
  "import { createEnv } from '@t3-oss/env-core'; const env = createEnv({ server: {}, runtimeEnv: process.env }); const url = env.API_URL;",
  "import { z } from 'zod'; const url = z.object({ API_URL: z.string() }).strict().parse(process.env).API_URL;",
  "import { z } from 'zod'; const url = z.object({ API_URL: z.string() }).safeParse(process.env).data.API_URL;",
  "import { z } from 'zod'; const { API_URL: url } = z.object({ API_URL: z.string() }).parse({ API_URL: process.env.API_URL });",
  "import Joi from 'joi'; const { value } = Joi.object({}).unknown().validate(process.env); const url = value.API_URL;",
  "import convict from 'convict'; const url = convict({ api: { url: { format: String, default: null, env: 'API_URL' } } }).get('api.url');",
  "import dotenv from 'dotenv'; const url = dotenv.config().parsed.API_URL;",
  "const url = Deno.env.get('API_URL');",
  'const url = Bun.env.API_URL;',
  "const url = Netlify.env.get('API_URL');",
  'const url = import.meta.env.API_URL;',
  "import { API_URL as url } from '$env/static/private';",
  "import { env } from '$env/dynamic/private'; const url = env.API_URL;",
  "import { env } from 'cloudflare:workers'; const url = env.API_URL;",
];

for (const reader of READERS)
  test(reader, () => {
    assert.equal(environmentOf(`${reader} fetch(url + '/a');`), ['API_URL']);
  });

test("a worker's env", () => {
  const code = "export default { async fetch(request, env) { return fetch(env.API_URL + '/a'); } };";
  assert.equal(environmentOf(code), ['API_URL']);
});

test("Nest's ConfigService", () => {
  const code = `import { ConfigService } from '@nestjs/config';
    export class Api {
      constructor(private readonly config: ConfigService) {}
      load() { return fetch(this.config.getOrThrow<string>('API_URL') + '/a'); }
    }`;
  assert.equal(environmentOf(code), ['API_URL']);
});

test('a setting that is no environment variable is known by its key', () => {
  const [call] = callsIn("import config from 'config'; fetch(config.get('fusionauth.url') + '/a');");
  const [part] = call?.requests[0]?.url.parts ?? [];
  assert.ok(part && 'unknown' in part);
  assert.is(part.unknown.env, undefined);
  assert.ok(part.unknown.names.includes('fusionauth.url'));
});

/** The environment variables that the URLs are made of. */
function environmentOf(code: string): string[] {
  return callsIn(`${code}\nexport {};`).flatMap((call) =>
    call.requests.flatMap((request) =>
      request.url.parts.flatMap((part) => ('unknown' in part ? [part.unknown.env ?? '?'] : [])),
    ),
  );
}

test.run();
