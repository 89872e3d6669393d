/** Extensions of the files that are linted. */
export const SOURCE = /\.(?:[cm]?[jt]s|[jt]sx|vue|svelte|astro)$/;

/** Files that an import may lead to, and those that say how imports resolve. */
export const RESOLVABLE = /\.(?:[cm]?[jt]s|[jt]sx|json|vue|svelte|astro)$/;

/** A file that holds this may have comments that suppress findings; also one that no service is named in. */
export const DIRECTIVE_WORD = 'fusionlint-';

/** As globs, for a listing without git. */
export const RESOLVABLE_GLOB = '**/*.{js,jsx,ts,tsx,mjs,cjs,mts,cts,json,vue,svelte,astro}';

export const MARKDOWN_GLOB = '**/*.{md,mdx,markdown}';

/** Folders of installed and generated code. */
export const GENERATED_FOLDERS: ReadonlySet<string> = new Set([
  'node_modules',
  'bower_components',
  'jspm_packages',
  '.git',
  '.yarn',
  '.pnpm-store',
  'dist',
  'build',
  'out',
  'coverage',
  '.nyc_output',
  '.next',
  '.nuxt',
  '.output',
  '.svelte-kit',
  '.angular',
  '.docusaurus',
  '.expo',
  '.astro',
  '.turbo',
  '.cache',
  '.parcel-cache',
  '.vercel',
  '.netlify',
  '.serverless',
  '.aws-sam',
  'storybook-static',
]);

/** Declarations say nothing about requests, bundles repeat what the sources say. */
export const GENERATED_FILE = /\.(?:d\.[cm]?ts|min\.[cm]?js|bundle\.[cm]?js)$/;
