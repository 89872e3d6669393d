// Bundles the command and the library into dist/, one chunk per lazily loaded part, with all packages in it
// but those that package.json calls dependencies, and writes the types and the licences of what is bundled.
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { licencesOf } from './licences.mjs';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  external: Object.keys(dependencies),
  // ASCII, as src/compile-cache.ts reads it.
  charset: 'ascii',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/** What the compiler knows of the libraries of browsers and Node.js, 2.8 MB; nothing here is type-checked. */
const withoutLibraryFiles = {
  name: 'without-library-files',
  setup({ onLoad }) {
    onLoad({ filter: /ts-morph-common\.js$/ }, ({ path: file }) => {
      const text = readFileSync(file, 'utf8');
      const contents = text.replace(/^const libFiles = \[\{$[\s\S]*?^ {4}\}\];$/m, 'const libFiles = [];');
      if (contents.length > text.length / 2) throw new Error('ts-morph has its library files elsewhere now');
      return { contents };
    });
  },
};

/** The compiler as one file whose compiled form can be kept: src/compile-cache.ts loads it. */
async function buildCompiler() {
  const { metafile } = await build({
    ...common,
    entryPoints: { compiler: 'ts-morph' },
    outdir: 'dist/chunks',
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    minify: true,
    plugins: [withoutLibraryFiles],
  });
  const [file = ''] = Object.keys(metafile.outputs);
  return { metafile, file: path.basename(file) };
}

/** Makes `ts-morph` the bundle of that name in the folder of the chunks. */
function compilerIn(file) {
  return {
    name: 'compiler',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^ts-morph$/ }, () => ({ path: 'ts-morph', namespace: 'compiler' }));
      onLoad({ filter: /.*/, namespace: 'compiler' }, () => ({
        contents: `
          import { fileURLToPath } from 'node:url';
          import { requireCompiled } from './src/compile-cache.ts';
          const loaded = requireCompiled(fileURLToPath(new URL('./${file}', import.meta.url)));
          export const { ts, Project } = loaded;`,
        resolveDir: process.cwd(),
      }));
    },
  };
}

/** What `import()` of a CommonJS package answers with in Node.js: its names, not only a `default`. */
const lazyPackages = {
  name: 'lazy-packages',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[a-z@]/ }, ({ path: name, kind }) =>
      kind === 'dynamic-import' && !common.external.includes(name)
        ? { path: name, namespace: 'lazy-package' }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lazy-package' }, async ({ path: name }) => {
      const names = Object.keys(await import(name)).filter((each) => /^\w+$/.test(each));
      return {
        contents: `export { ${names.join(', ')} } from ${JSON.stringify(name)};`,
        resolveDir: process.cwd(),
      };
    });
  },
};

rmSync('dist', { recursive: true, force: true });
const compiler = await buildCompiler();
const { metafile } = await build({
  ...common,
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts', testing: 'src/testing.ts' },
  outdir: 'dist',
  splitting: true,
  format: 'esm',
  chunkNames: 'chunks/[name]-[hash]',
  // Names stay, so that an internal error says where it happened.
  minifySyntax: true,
  minifyWhitespace: true,
  plugins: [compilerIn(compiler.file), lazyPackages],
  // Packages in CommonJS require Node's own modules.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';const require = __createRequire(import.meta.url);",
  },
});
writeFileSync(
  'dist/THIRD-PARTY.txt',
  licencesOf([...Object.keys(metafile.inputs), ...Object.keys(compiler.metafile.inputs)]),
);
for (const schema of [
  'src/report/result.schema.json',
  'src/config/config.schema.json',
  'src/config/contract.schema.json',
]) {
  copyFileSync(schema, `dist/${schema.split('/').at(-1)}`);
}
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
});
