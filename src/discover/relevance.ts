import { hasNeedle } from './needles.ts';

/** Answers which known file an import means; `syntax/resolve.ts` makes one. */
export type Resolve = (specifier: string, importer: string) => string | undefined;

const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;

/** Words of HTTP clients: a file without one, and without an import that leads to one, sends nothing. */
const CLIENT =
  /\bfetch|axios|\brequest\b|\bgot\b|\bky\b|undici|superagent|needle|ofetch|wretch|RESTDataSource|playwright|k6\/http|httpRequest|\$http\b|['"](?:node:)?https?['"]|HttpClient|HttpService|\bajax\b|XMLHttpRequest/i;

/**
 * The files that hold a needle; those that import them, however indirectly, for a caller that names no
 * service may still call a wrapper that does; and of what all of them import, what leads to an HTTP
 * client, for a wrapper need not name the service that its caller does. Sorted.
 *
 * @param read the text of a file; undefined when it can't be read
 * @param targets the files whose calls are asked for: what no import connects with them is left out
 * @param resolver made only when a file holds a needle
 */
export function relevantFiles(
  files: readonly string[],
  needles: RegExp,
  read: (file: string) => string | undefined,
  resolver: () => Resolve,
  targets: ReadonlySet<string>,
): string[] {
  const relevant = new Set<string>();
  for (const file of files) {
    const text = read(file);
    if (text !== undefined && hasNeedle(text, needles)) relevant.add(file);
  }
  if (relevant.size === 0) return [];
  const resolve = resolver();
  const importers = new Map<string, string[]>();
  const imports = new Map<string, string[]>();
  for (const file of files) {
    if (file.endsWith('.json')) continue;
    for (const [, , specifier] of (read(file) ?? '').matchAll(SPECIFIER)) {
      const target = specifier === undefined ? undefined : resolve(specifier, file);
      if (target === undefined) continue;
      push(importers, target, file);
      push(imports, file, target);
    }
  }
  follow(relevant, importers);
  const imported = follow(new Set(relevant), imports);
  const sending = new Set([...imported].filter((file) => CLIENT.test(read(file) ?? '')));
  for (const file of follow(sending, importers)) if (imported.has(file)) relevant.add(file);
  const connected = follow(new Set(targets), both(imports, importers));
  return [...relevant].filter((file) => connected.has(file) && !file.endsWith('.json')).sort();
}

/** The file, and all that its imports lead to. */
export function reachableFrom(
  file: string,
  read: (file: string) => string | undefined,
  resolve: Resolve,
): string[] {
  const reached = new Set([file]);
  for (const each of reached) {
    if (each.endsWith('.json')) continue;
    for (const [, , specifier] of (read(each) ?? '').matchAll(SPECIFIER)) {
      const target = specifier === undefined ? undefined : resolve(specifier, each);
      if (target !== undefined) reached.add(target);
    }
  }
  return [...reached];
}

function both(
  one: ReadonlyMap<string, readonly string[]>,
  other: ReadonlyMap<string, readonly string[]>,
): Map<string, string[]> {
  const edges = new Map<string, string[]>();
  for (const map of [one, other])
    for (const [from, to] of map) edges.set(from, [...(edges.get(from) ?? []), ...to]);
  return edges;
}

function push(map: Map<string, string[]>, key: string, value: string): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Adds to the set everything that its members lead to. */
function follow(files: Set<string>, edges: ReadonlyMap<string, readonly string[]>): Set<string> {
  for (const file of files) for (const next of edges.get(file) ?? []) files.add(next);
  return files;
}
