import { groupsOf, settingsOf } from './analyse.ts';
import { SOURCE } from './discover/defaults.ts';
import { discoverFiles } from './discover/files.ts';
import { resolveRoot } from './discover/root.ts';
import { UsageError } from './errors.ts';
import type { Explanation, Place } from './lint/explanation.ts';
import { MARKDOWN } from './paths.ts';
import { type Prepared, prepare, type RunOptions } from './prepare.ts';
import type { Location } from './request.ts';

export interface ExplainOptions extends Omit<RunOptions, 'paths' | 'staged' | 'since' | 'onProgress'> {
  /** The file as it was named, relative to `cwd`; line and column count from 1. */
  readonly place: Place;
}

const JUDGED_ELSEWHERE = 'an HTTP client; the call is judged at its callers, where its URL is known';
const NO_REQUEST = 'an HTTP client, but nothing here tells its request';

/** Call sites of a file that are named when the place itself has none. */
const MAX_NEARBY = 5;

/**
 * Explains what fusionlint makes of a place in the code: how each part of a request was worked out, each
 * rule's verdict and why, or why no call site stands there.
 *
 * @throws {UsageError} when the file, the line or the column does not exist, or the configuration is wrong
 */
export async function explain({ place, ...options }: ExplainOptions): Promise<Explanation> {
  const [file = place.file] = resolveRoot(options.cwd, [place.file]).paths;
  const isPage = MARKDOWN.test(file);
  // What is asked for is told of, whether or not a run leaves it out.
  const prepared = {
    ...(await prepare({ ...options, markdown: isPage, paths: [place.file] })),
    files: [file],
  };
  const asked: Place = { ...place, file };
  const lines = textOf(prepared, file).split(/\r\n|[\n\r\u2028\u2029]/);
  const line = lines[place.line - 1];
  if (line === undefined) throw new UsageError(`${file} has ${lines.length} lines, not ${place.line}`);
  if (place.column !== undefined && place.column > line.length + 1)
    throw new UsageError(`line ${place.line} of ${file} has ${line.length} columns, not ${place.column}`);

  const [{ Project }, { Recogniser }, { clients }, { examine }, lint, { locationOf }, { bindingsOf }] =
    await Promise.all([
      import('./syntax/project.ts'),
      import('./clients/recognise.ts'),
      import('./clients/index.ts'),
      import('./lint/examine.ts'),
      import('./lint/explain.ts'),
      import('./syntax/location.ts'),
      import('./syntax/bindings.ts'),
    ]);
  const group = groupsOf(prepared).find(({ page }) => page === (isPage ? file : undefined));
  const relevant = group?.relevant ?? [];
  const project = new Project(prepared.root, prepared.known, prepared.sources.read);
  const recogniser = new Recogniser(project, clients);
  // The file is read in any case, so that its calls can be told of.
  const calls = recogniser.run([...new Set([...relevant, file])].sort());
  const settings = settingsOf(prepared);
  const examined = examine(calls, settings);
  const here = lint.callsAt(examined, asked);
  const partOf = lint.sitesThrough(
    examined.filter((each) => !here.includes(each)),
    asked,
  );
  const source = project.source(file);
  const others = source === undefined || here.length > 0 ? [] : bindingsOf(source).calls;
  const sites = examined.filter((each) => each.location.file === file).flatMap((each) => each.sites);
  return {
    schemaVersion: 1,
    place: asked,
    notes: [
      ...(await whyLeftOut(prepared, options.cwd, file)),
      ...(relevant.includes(file)
        ? []
        : [
            'A run does not parse this file: neither it nor a file that imports connect it with holds a word of a service.',
          ]),
      ...project.problems.flatMap(({ message, location }) =>
        location?.file === file ? [`Line ${location.startLine} does not parse: ${message}`] : [],
      ),
    ],
    calls: here.map((each) => lint.explainCall(each, settings)),
    partOf: partOf.map(lint.referenceTo),
    others: others
      .map((node) => ({
        location: locationOf(node),
        callee: recogniser.describe(node) ?? (partOf.length > 0 ? JUDGED_ELSEWHERE : NO_REQUEST),
      }))
      .filter(({ location }) => location.startLine === place.line),
    nearby:
      here.length > 0 || partOf.length > 0
        ? []
        : nearest(sites.map(lint.referenceTo), place.line).slice(0, MAX_NEARBY),
  };
}

/** @throws {UsageError} when fusionlint cannot read the file */
function textOf({ sources }: Prepared, file: string): string {
  if (!SOURCE.test(file) && !MARKDOWN.test(file))
    throw new UsageError(
      `${file} is no file that fusionlint reads: JavaScript, TypeScript, Vue, Svelte, Astro or Markdown`,
    );
  const text = sources.read(file);
  if (text !== undefined) return text;
  const [problem] = sources.problems(new Set([file]));
  throw new UsageError(
    problem?.message ?? `${file} looks like a minified bundle, which fusionlint does not read`,
  );
}

/** Why a run without paths would not lint the file. */
async function whyLeftOut({ root, config, known }: Prepared, cwd: string, file: string): Promise<string[]> {
  if (root !== cwd) return [];
  const { include, exclude, markdown, base } = config;
  const lints = async (settings: Pick<typeof config, 'include' | 'exclude' | 'markdown'>) =>
    (await discoverFiles({ root, paths: ['.'], base, ...settings })).files.includes(file);
  if (await lints({ include, exclude, markdown })) return [];
  const why = (await lints({ include, exclude, markdown: true }))
    ? 'it reads Markdown only with `--markdown`'
    : (await lints({ include: [], exclude: [], markdown: true }))
      ? '`include` and `exclude` in the configuration leave it out'
      : known.has(file)
        ? 'git ignores it, or it stands in a folder of installed or built files'
        : 'git ignores it';
  return [`A run without paths does not lint this file: ${why}.`];
}

function nearest<T extends { readonly location: Location }>(references: readonly T[], line: number): T[] {
  const distance = ({ location }: T) => Math.abs(location.startLine - line);
  return references.toSorted((a, b) => distance(a) - distance(b));
}
