/**
 * Prefixes by which a build tool knows the environment variables that it writes into the code that users
 * get. Conventions of the tools, each from its page on environment variables.
 */
const BUILDERS: readonly (readonly [prefix: string, builder: string])[] = [
  // nextjs.org/docs/app/guides/environment-variables
  ['NEXT_PUBLIC_', 'Next.js'],
  // vite.dev/guide/env-and-mode
  ['VITE_', 'Vite'],
  // create-react-app.dev/docs/adding-custom-environment-variables
  ['REACT_APP_', 'Create React App'],
  // docs.expo.dev/guides/environment-variables
  ['EXPO_PUBLIC_', 'Expo'],
  // nuxt.com/docs/guide/going-further/runtime-config
  ['NUXT_PUBLIC_', 'Nuxt'],
  // gatsbyjs.com/docs/how-to/local-development/environment-variables
  ['GATSBY_', 'Gatsby'],
  // cli.vuejs.org/guide/mode-and-env.html
  ['VUE_APP_', 'Vue CLI'],
  // svelte.dev/docs/kit/$env-static-public, docs.astro.build/en/guides/environment-variables
  ['PUBLIC_', 'SvelteKit or Astro'],
];

/** A variable that a build tool makes public by its name. */
export interface PublicVariable {
  readonly prefix: string;
  /** The build tool. */
  readonly builder: string;
}

/** Undefined for a variable that no prefix makes public. */
export function publicVariable(name: string): PublicVariable | undefined {
  const found = BUILDERS.find(([prefix]) => name.startsWith(prefix));
  return found && { prefix: found[0], builder: found[1] };
}
