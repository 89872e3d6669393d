// Bundles the tests of rules and contracts into one file, which Stryker runs once for each mutant:
//   node scripts/mutation-tests.mjs && node .mutation/tests.mjs
import { readdirSync } from 'node:fs';
import { build } from 'esbuild';

// These lint whole projects, which takes longer than all others together.
const SLOW = /^(?:pages|services|pipeline|openapi)\.test\.ts$/;

const files = ['rules', 'contracts'].flatMap((folder) =>
  readdirSync(new URL(`../test/${folder}`, import.meta.url))
    .filter((name) => name.endsWith('.test.ts') && !SLOW.test(name))
    .map((name) => `./test/${folder}/${name}`),
);

await build({
  stdin: { contents: files.map((file) => `import '${file}';`).join('\n'), resolveDir: '.' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  outfile: '.mutation/tests.mjs',
  logLevel: 'error',
});
