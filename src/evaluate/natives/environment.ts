import { choice, type ExternalValue, literalText, object, unknown, type Value } from '../value.ts';
import type { Library, Method } from './natives.ts';

/**
 * What is read from the environment is not known, but its name is, and that is evidence of what it is for. So
 * the packages that check and hand on `process.env` answer the variable by its name.
 */

const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

export function variable(name: string): Value {
  return unknown(`environment variable ${name}`, name, { env: name, names: [name] });
}

function named(key: Value | undefined): Value | undefined {
  const name = key && literalText(key);
  return name === undefined ? undefined : variable(name);
}

/** All of the environment: each member is the variable of that name. */
export function environment(): Value {
  const open = { reason: 'the environment', name: 'env', names: [] };
  return object([], { type: 'Environment', open });
}

function isEnvironment(value: Value | undefined): boolean {
  if (value?.kind === 'object') return value.type === 'Environment';
  const path = value?.kind === 'external' && value.module === '' ? value.path.join('.') : '';
  return path === 'process.env' || path === 'Bun.env';
}

/** What a check of the environment answers: it, by the same names. */
export function checkedEnvironment(args: readonly Value[]): Value | undefined {
  return args.some(isEnvironment) ? environment() : undefined;
}

/** Members of a checked environment that hold it: `safeParse(…).data`, `validate(…).value`. */
const HOLDERS = new Set(['data', 'value', 'env', 'parsed']);

/** What a schema answers: what it is given, if that is right. */
function checked(value: Value | undefined): Value | undefined {
  return isEnvironment(value) ? environment() : value?.kind === 'object' ? value : undefined;
}

const self: Method = (_, schema) => schema;
const parse: Method = (_, _schema, [value]) => checked(value);
const safeParse: Method = (_, _schema, [value]) => {
  const data = checked(value);
  return (
    data &&
    object([
      ['data', { value: data, always: true }],
      ['success', { value: unknown('whether the data is right', 'success'), always: true }],
    ])
  );
};

const schema = (): Value => object([], { type: 'Schema' });

/** `env.get('X').required().asString()` of `env-var`. */
const read: Method = (_, held) => (held.kind === 'object' ? held.entries.get('value')?.value : undefined);

function envVar(key: Value | undefined): Value | undefined {
  const value = named(key);
  return value && object([['value', { value, always: true }]], { type: 'EnvVar' });
}

const configured: Method = (_, _service, [key, fallback]) => {
  const name = key && literalText(key);
  if (name === undefined) return undefined;
  const value = VARIABLE.test(name)
    ? variable(name)
    : unknown(`the setting ${name}`, name, { names: [name] });
  return fallback && fallback.kind !== 'object' ? choice([value, fallback]) : value;
};

export const environments: Library = {
  types: {
    Environment: {
      get: (value, name) => {
        if (VARIABLE.test(name)) return variable(name);
        return HOLDERS.has(name) ? value : undefined;
      },
    },
    Schema: {
      methods: {
        parse,
        parseAsync: parse,
        safeParse,
        safeParseAsync: safeParse,
        strict: self,
        strip: self,
        passthrough: self,
        partial: self,
        required: self,
        extend: self,
        merge: self,
        refine: self,
        superRefine: self,
        transform: () => undefined,
      },
    },
    EnvVar: {
      methods: {
        required: self,
        example: self,
        convertFromBase64: self,
        default: (_, held, [fallback]) => {
          const value = held.kind === 'object' ? held.entries.get('value')?.value : undefined;
          if (held.kind !== 'object' || !value || !fallback) return held;
          return {
            ...held,
            entries: new Map([['value', { value: choice([value, fallback]), always: true }]]),
          };
        },
        asString: read,
        asUrlString: read,
        asInt: read,
        asIntPositive: read,
        asPortNumber: read,
        asBool: read,
        asEnum: read,
      },
    },
    Convict: { methods: { get: convicted, load: self, loadFile: self, validate: self } },
    ConfigService: { methods: { get: configured, getOrThrow: configured } },
  },
  calls: {
    '#Deno.env.get': (_, [key]) => named(key),
    '#Netlify.env.get': (_, [key]) => named(key),
    '#Deno.env.toObject': () => environment(),
    '#Netlify.env.toObject': () => environment(),
    'dotenv#config': () => environment(),
    'dotenv#parse': () => environment(),
    'env-var#get': (_, [key]) => envVar(key),
    '@t3-oss/env-core#createEnv': (_, [options]) => created(options),
    '@t3-oss/env-nextjs#createEnv': (_, [options]) => created(options),
    '@t3-oss/env-nuxt#createEnv': (_, [options]) => created(options),
    'zod#z.object': schema,
    'zod#object': schema,
    'convict#': (_, [held]) =>
      held && object([['schema', { value: held, always: true }]], { type: 'Convict' }),
  },
  typed: { '@nestjs/config#ConfigService': () => object([], { type: 'ConfigService' }) },
  named: (external) => importedVariable(external),
};

/** `createEnv({ server: {…}, runtimeEnv: { X: process.env.X } })`. */
function created(options: Value | undefined): Value | undefined {
  if (options?.kind !== 'object') return undefined;
  const held = ['runtimeEnv', 'runtimeEnvStrict', 'experimental__runtimeEnv'].flatMap(
    (name) => options.entries.get(name)?.value ?? [],
  )[0];
  // The new way of Next.js lists the client's variables only; the server's are in the environment.
  if (options.entries.has('experimental__runtimeEnv') || held === undefined) return environment();
  return checked(held);
}

/** `convict({ url: { env: 'API_URL', default: '…' } }).get('url')`. */
function convicted(...[, self, [key]]: Parameters<Method>): Value | undefined {
  const path = key && literalText(key)?.split('.');
  let held = self.kind === 'object' ? self.entries.get('schema')?.value : undefined;
  for (const name of path ?? []) held = held?.kind === 'object' ? held.entries.get(name)?.value : undefined;
  if (!path || held?.kind !== 'object') return undefined;
  const env = named(held.entries.get('env')?.value);
  const fallback = held.entries.get('default')?.value;
  if (!env) return fallback;
  return fallback && !(fallback.kind === 'primitive') ? choice([env, fallback]) : env;
}

/** Modules whose exports are the environment's variables, or hold them under `env`. */
const BY_EXPORT = /^(?:\$env\/static\/(?:private|public)|@env|astro:env\/(?:server|client))$/;
const BY_ENV = /^(?:\$env\/dynamic\/(?:private|public)|cloudflare:workers)$/;

function importedVariable({ module, path }: ExternalValue): Value | undefined {
  const [first, second] = path;
  if (BY_EXPORT.test(module) && path.length === 1 && first && VARIABLE.test(first)) return variable(first);
  if (BY_ENV.test(module) && first === 'env' && path.length === 2 && second) return variable(second);
  if (module === 'react-native-config' && first && VARIABLE.test(path.at(-1) ?? ''))
    return variable(path.at(-1) ?? first);
  return undefined;
}
