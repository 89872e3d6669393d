import { hasNeedle } from './needles.ts';

/** Answers which known file an import means; `syntax/resolve.ts` makes one. */
export type Resolve = (specifier: string, importer: string) => string | undefined;

const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;

/**
 * The files that hold a needle, and those that import them, however indirectly: a caller that names no
 * service may still call a wrapper that does. Sorted.
 *
 * @param read the text of a file; undefined when it can't be read
 * @param resolver made only when a file holds a needle
 */
export function relevantFiles(
  files: readonly string[],
  needles: RegExp,
  read: (file: string) => string | undefined,
  resolver: () => Resolve,
): string[] {
  const relevant = new Set<string>();
  for (const file of files) {
    const text = read(file);
    if (text !== undefined && hasNeedle(text, needles)) relevant.add(file);
  }
  if (relevant.size === 0) return [];
  const resolve = resolver();
  const importers = new Map<string, string[]>();
  for (const file of files) {
    if (file.endsWith('.json')) continue;
    for (const [, , specifier] of (read(file) ?? '').matchAll(SPECIFIER)) {
      const target = specifier === undefined ? undefined : resolve(specifier, file);
      if (target === undefined) continue;
      const list = importers.get(target);
      if (list) list.push(file);
      else importers.set(target, [file]);
    }
  }
  for (const file of relevant) for (const importer of importers.get(file) ?? []) relevant.add(importer);
  return [...relevant].filter((file) => !file.endsWith('.json')).sort();
}
