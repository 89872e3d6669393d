import { during } from '../stages.ts';
import { Imports, type Resolve, specifiersIn, type Texts } from './imports.ts';
import { hasNeedle, inBytes } from './needles.ts';

/** Words of HTTP clients: a file without one, and without an import that leads to one, sends nothing. */
const CLIENT =
  /\bfetch|axios|\brequest\b|\bgot\b|\bky\b|undici|superagent|needle|ofetch|wretch|RESTDataSource|playwright|k6\/http|httpRequest|\$http\b|['"](?:node:)?https?['"]|HttpClient|HttpService|\bajax\b|XMLHttpRequest/i;

/** Targets that are a smaller part of all files than this are looked at by themselves first. */
const FEW = 1 / 20;

/**
 * The files that hold a needle; those that import them, however indirectly, for a caller that names no
 * service may still call a wrapper that does; and of what all of them import, what leads to an HTTP
 * client, for a wrapper need not name the service that its caller does. Sorted.
 *
 * @param targets the files whose calls are asked for: what no import connects with them is left out
 * @param resolver made only when imports matter
 * @param alone whether nothing is asked of other files, so that few targets may be told of by themselves
 */
export function relevantFiles(
  files: readonly string[],
  needles: RegExp,
  texts: Texts,
  resolver: () => Resolve,
  targets: ReadonlySet<string>,
  alone = false,
): string[] {
  let made: Imports | undefined;
  const imports = () => {
    made ??= new Imports(files, texts, resolver());
    return made;
  };
  if (alone && targets.size < files.length * FEW && sendNothing(targets, needles, texts, imports()))
    return [];

  const bytes = inBytes(needles);
  const relevant = new Set(
    during('scan', () =>
      files.filter((file) => {
        const scanned = texts.scan(file);
        return scanned !== undefined && bytes.test(scanned) && hasNeedle(texts.read(file) ?? '', needles);
      }),
    ),
  );
  if (relevant.size === 0) return [];
  const { of, to } = imports();
  follow(relevant, to);
  const imported = follow(new Set(relevant), of);
  const sending = new Set([...imported].filter((file) => CLIENT.test(texts.peek(file) ?? '')));
  for (const file of follow(sending, reverse(imported, of))) relevant.add(file);
  const sources = [...relevant].filter((file) => !file.endsWith('.json')).sort();
  const isConnected = connectionWith(targets, (file) => [...of(file), ...to(file)]);
  return sources.filter(isConnected);
}

/** Whether neither the files nor anything that they import holds a needle or knows an HTTP client. */
function sendNothing(files: ReadonlySet<string>, needles: RegExp, { peek }: Texts, { of }: Imports): boolean {
  const reached = new Set(files);
  for (const file of reached) {
    const text = peek(file) ?? '';
    if (hasNeedle(text, needles) || CLIENT.test(text)) return false;
    for (const target of of(file)) reached.add(target);
  }
  return true;
}

/** The file, and all that its imports lead to. */
export function reachableFrom(file: string, read: Texts['read'], resolve: Resolve): string[] {
  const reached = new Set([file]);
  for (const each of reached) {
    if (each.endsWith('.json')) continue;
    for (const specifier of specifiersIn(read(each) ?? '')) {
      const target = resolve(specifier, each);
      if (target !== undefined) reached.add(target);
    }
  }
  return [...reached];
}

type Edges = (file: string) => readonly string[];

/** The edges among the files, the other way round. */
function reverse(files: ReadonlySet<string>, edges: Edges): Edges {
  const reversed = new Map<string, string[]>();
  for (const file of files)
    for (const target of edges(file)) reversed.set(target, [...(reversed.get(target) ?? []), file]);
  return (file) => reversed.get(file) ?? [];
}

/** Whether edges, which go both ways, lead from a file to one of the targets. */
function connectionWith(targets: ReadonlySet<string>, edges: Edges): (file: string) => boolean {
  const answers = new Map<string, boolean>();
  return (file) => {
    const known = answers.get(file);
    if (known !== undefined) return known;
    const reached = new Set([file]);
    let found = false;
    for (const each of reached) {
      found = targets.has(each) || answers.get(each) === true;
      if (found) break;
      for (const next of edges(each)) reached.add(next);
    }
    // What leads here leads there.
    for (const each of reached) answers.set(each, found);
    return found;
  };
}

/** Adds to the set everything that its members lead to. */
function follow(files: Set<string>, edges: Edges): Set<string> {
  for (const file of files) for (const next of edges(file)) files.add(next);
  return files;
}
