import { type Gap, object, unknown, type Value } from '../value.ts';
import type { Library, TypeModel } from './natives.ts';

const REASON = "Nuxt's runtime configuration";
const open: Gap = { reason: REASON, name: 'runtimeConfig', names: [] };
const config = (type: string): Value => object([], { type, open });
const runtimeConfig = (): Value => config('NuxtRuntimeConfig');

/**
 * Nuxt's runtime configuration, which needs no import. Each of its values may be set by an environment
 * variable: NUXT_PUBLIC_AUTH_URL for `public.authUrl` (nuxt.com/docs/guide/going-further/runtime-config).
 */
export const nuxt: Library = {
  types: {
    NuxtRuntimeConfig: settings('NUXT', { public: () => config('NuxtPublicConfig') }),
    NuxtPublicConfig: settings('NUXT_PUBLIC', {}),
  },
  calls: {
    '#useRuntimeConfig': runtimeConfig,
    '#imports#useRuntimeConfig': runtimeConfig,
    '#app#useRuntimeConfig': runtimeConfig,
    'nuxt/app#useRuntimeConfig': runtimeConfig,
  },
};

function settings(prefix: string, below: Readonly<Record<string, () => Value>>): TypeModel {
  return {
    get: (_, name) => {
      if (Object.hasOwn(below, name)) return below[name]?.();
      const env = `${prefix}_${name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toUpperCase()}`;
      return unknown(REASON, name, { env, names: [name] });
    },
  };
}
