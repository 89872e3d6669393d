import { posix } from 'node:path';
import { createPathsMatcher, parseTsconfig } from 'get-tsconfig';
import type { PathConditions } from 'resolve-pkg-maps';
import { resolveExports, resolveImports } from 'resolve-pkg-maps';
import { type Manifest, Packages } from './packages.ts';

/** Answers which known file an import means; undefined for a package that is not part of the project. */
export type Resolver = (specifier: string, importer: string) => string | undefined;

const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.json', '.vue', '.svelte'];
/** A TypeScript source imports the name of its own output: `./client.js` for client.ts. */
const SOURCE_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.jsx'],
  '.jsx': ['.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
};
const CONFIGS = ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json'];
/** Where the source of a published entry point usually lies. */
const BUILT = /^(?:dist|build|lib|out|esm|cjs|es)\//;
// Not `types`: a declaration file says nothing of what a function sends.
const CONDITIONS = ['source', 'development', 'import', 'module', 'require', 'node', 'default'];

/**
 * Resolves over the list of known files (relative to `root`, forward slashes), never over the file
 * system: relative imports, `tsconfig`/`jsconfig` paths, workspace packages and `#imports`.
 */
export function createResolver(
  root: string,
  known: ReadonlySet<string>,
  read: (file: string) => string | undefined,
  packages: Packages = new Packages(known, read),
): Resolver {
  const answers = new Map<string, string | undefined>();
  const matchers = new Map<string, readonly Matcher[]>();
  const prefix = `${root.split('\\').join('/').replace(/\/$/, '')}/`;

  const probe = (path: string): string | undefined => {
    const base = posix.normalize(path).replace(/\/$/, '');
    if (base.startsWith('..')) return undefined;
    if (known.has(base)) return base;
    const extension = posix.extname(base);
    for (const source of SOURCE_OF[extension] ?? []) {
      const candidate = base.slice(0, -extension.length) + source;
      if (known.has(candidate)) return candidate;
    }
    for (const each of EXTENSIONS) if (known.has(base + each)) return base + each;
    const index = base === '.' || base === '' ? 'index' : `${base}/index`;
    for (const each of EXTENSIONS) if (known.has(index + each)) return index + each;
    return undefined;
  };

  /** The `tsconfig` and `jsconfig` files above a folder that map paths, the nearest first. */
  const matchersAbove = (directory: string): readonly Matcher[] => {
    let found = matchers.get(directory);
    if (found === undefined) {
      const own = CONFIGS.map((name) => (directory === '.' ? name : `${directory}/${name}`))
        .filter((file) => known.has(file))
        .flatMap((file) => readPaths(prefix + file) ?? []);
      const above = directory === '.' ? [] : matchersAbove(posix.dirname(directory));
      found = own.length === 0 ? above : [...own, ...above];
      matchers.set(directory, found);
    }
    return found;
  };

  const mapped = (specifier: string, importer: string): string | undefined => {
    for (const matcher of matchersAbove(posix.dirname(importer))) {
      for (const absolute of matcher(specifier)) {
        const path = absolute.split('\\').join('/');
        const found = path.startsWith(prefix) ? probe(path.slice(prefix.length)) : undefined;
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };

  const inPackage = (entry: Manifest, path: string): string | undefined => {
    const file = posix.join(entry.directory, path);
    return (
      probe(file) ?? probe(posix.join(entry.directory, path.replace(/^\.\//, '').replace(BUILT, 'src/')))
    );
  };

  const workspace = (specifier: string): string | undefined => {
    const parts = specifier.split('/');
    const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
    const entry = packages.named(name);
    if (!entry) return undefined;
    const subpath = specifier.slice(name.length + 1);
    for (const target of exportTargets(entry.exports, subpath)) {
      const found = inPackage(entry, target);
      if (found !== undefined) return found;
    }
    if (subpath !== '') return inPackage(entry, subpath) ?? inPackage(entry, `src/${subpath}`);
    for (const main of entry.main) {
      const found = inPackage(entry, main);
      if (found !== undefined) return found;
    }
    return inPackage(entry, 'src/index') ?? inPackage(entry, 'index');
  };

  const internal = (specifier: string, importer: string): string | undefined => {
    for (const entry of packages.around(importer)) {
      if (!entry.imports) continue;
      for (const target of attempt(() =>
        resolveImports(entry.imports as PathConditions as never, specifier, CONDITIONS),
      )) {
        const found = inPackage(entry, target);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  };

  const resolve = (specifier: string, importer: string): string | undefined => {
    if (
      specifier.startsWith('./') ||
      specifier.startsWith('../') ||
      specifier === '.' ||
      specifier === '..'
    ) {
      return probe(posix.join(posix.dirname(importer), specifier));
    }
    if (specifier.startsWith('/') || specifier.startsWith('node:')) return undefined;
    if (specifier.startsWith('#')) return internal(specifier, importer) ?? mapped(specifier, importer);
    return mapped(specifier, importer) ?? workspace(specifier);
  };

  return (specifier, importer) => {
    const key = `${specifier.startsWith('.') ? importer : posix.dirname(importer)}\0${specifier}`;
    if (answers.has(key)) return answers.get(key);
    const answer = resolve(specifier.split('?')[0] ?? specifier, importer);
    answers.set(key, answer);
    return answer;
  };
}

/** The absolute paths that an import may be mapped to. */
type Matcher = (specifier: string) => string[];

function readPaths(file: string): Matcher | null {
  try {
    return createPathsMatcher({ path: file, config: parseTsconfig(file) });
  } catch {
    // A tsconfig that cannot be read maps nothing; its own tools report it better than we could.
    return null;
  }
}

function exportTargets(exports: unknown, subpath: string): string[] {
  if (exports === undefined || exports === null) return [];
  return attempt(() => resolveExports(exports as PathConditions as never, subpath, CONDITIONS));
}

function attempt(resolve: () => string[]): string[] {
  try {
    return resolve();
  } catch {
    return [];
  }
}
