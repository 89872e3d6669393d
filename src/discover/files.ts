import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../errors.ts';
import { gitFiles, gitTop } from '../git.ts';
import { MARKDOWN } from '../paths.ts';
import {
  GENERATED_FILE,
  GENERATED_FOLDERS,
  MARKDOWN_GLOB,
  RESOLVABLE,
  RESOLVABLE_GLOB,
  SOURCE,
} from './defaults.ts';
import { globFolder, isGlob } from './glob.ts';
import { ENVIRONMENT_GLOB, setsVariables } from './variables.ts';

export interface DiscoverOptions {
  /** Absolute. */
  readonly root: string;
  /** Files, folders and globs, relative to the root; see `resolveRoot`. */
  readonly paths: readonly string[];
  /** Patterns in gitignore syntax; empty stands for every source file. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** The root as seen from the place the patterns are written for (`Config.base`). */
  readonly base?: string;
  /** Whether the code blocks of Markdown pages are linted too. */
  readonly markdown?: boolean;
  /** The files below the root, where it is not the work tree that counts. */
  readonly listed?: readonly string[] | undefined;
}

/** Paths relative to the root, with forward slashes, sorted. Some may have gone by the time they are read. */
export interface Discovered {
  /** What is linted. */
  readonly files: string[];
  /** Those of them that are Markdown pages. */
  readonly pages: string[];
  /** Files that may set environment variables, linted or not. */
  readonly settings: string[];
  /** Source and JSON files that an import may lead to, linted or not. */
  readonly known: string[];
}

/**
 * Which files to lint. In a git work tree, what git knows or would offer to add; elsewhere, what no
 * `.gitignore` excludes. Installed and generated code is left out unless a path leads into it.
 *
 * @throws {UsageError} when a path does not exist, a glob matches no file, or a Markdown page is named and
 *   its code is not asked for
 */
export async function discoverFiles(options: DiscoverOptions): Promise<Discovered> {
  const { root, base = '', markdown = false } = options;
  const listed = options.listed?.filter(notInstalled) ?? (await listRoot(root));
  const known = new Set(listed.filter((file) => RESOLVABLE.test(file)));
  const chosen = await chooser(options.include, options.exclude, base);
  const files = new Set<string>();
  for (const each of options.paths) {
    const place = await filesAt(root, trimPath(each), listed);
    // Who names a page believes that it is read.
    if (!markdown && MARKDOWN.test(each))
      throw new UsageError(`${each} is Markdown; with --markdown, the code blocks in it are linted`);
    for (const file of place.files) {
      if (RESOLVABLE.test(file)) known.add(file);
      const isLinted = SOURCE.test(file) || (markdown && MARKDOWN.test(file));
      if (isLinted && chosen(file, place.named)) files.add(file);
    }
  }
  const sorted = [...files].sort();
  const pages = sorted.filter((file) => MARKDOWN.test(file));
  const settings = listed
    .filter((file) => setsVariables(file) && generatedPlaces(file, '.').length === 0)
    .sort();
  return { files: sorted, pages, settings, known: [...known].sort() };
}

async function listRoot(root: string): Promise<string[]> {
  const listed = gitTop(root) === undefined ? undefined : await gitFiles(root);
  // Git says nothing of a folder that it ignores as a whole; who runs fusionlint there means it.
  return listed && listed.length > 0 ? listed.filter(notInstalled) : listByGlob(root, true);
}

function notInstalled(file: string): boolean {
  return !file.startsWith('node_modules/') && !file.includes('/node_modules/');
}

interface Place {
  /** The folder, or the file itself, that was named. */
  readonly named: string;
  readonly files: readonly string[];
}

/** The files that one path of the command line stands for. */
async function filesAt(root: string, named: string, listed: readonly string[]): Promise<Place> {
  if (named === '.') return { named, files: listed };
  const absolute = path.join(root, named);
  const stat = statSync(absolute, { throwIfNoEntry: false });
  if (stat?.isFile()) return { named, files: [named] };
  if (stat) {
    const below = notInstalled(`${named}/`) ? listed.filter((file) => file.startsWith(`${named}/`)) : [];
    if (below.length > 0) return { named, files: below };
    return { named, files: (await listByGlob(absolute, false)).map((file) => `${named}/${file}`) };
  }
  if (!isGlob(named)) throw new UsageError(`there is no file or folder ${named}`);
  const { patterns } = await import('./patterns.ts');
  const folder = globFolder(named);
  const place = existsSync(path.join(root, folder)) ? await filesAt(root, folder, listed) : undefined;
  const glob = patterns([`/${named}`]);
  const files = place?.files.filter((file) => glob.ignores(file)) ?? [];
  if (files.length === 0) throw new UsageError(`no file matches ${named}`);
  return { named: folder, files };
}

async function listByGlob(folder: string, gitignored: boolean): Promise<string[]> {
  const { default: glob } = await import('fast-glob');
  const files = await glob([RESOLVABLE_GLOB, MARKDOWN_GLOB, ENVIRONMENT_GLOB, '**/.gitignore'], {
    cwd: folder,
    dot: true,
    // A link may lead back up, or out of the root.
    followSymbolicLinks: false,
    ignore: ['**/node_modules/**', '**/.git/**'],
    suppressErrors: true,
  });
  const sources = files.filter((file) => path.posix.basename(file) !== '.gitignore');
  const ignoreFiles = gitignored ? files.filter((file) => path.posix.basename(file) === '.gitignore') : [];
  if (ignoreFiles.length === 0) return sources;
  const { gitignores } = await import('./patterns.ts');
  const rules = gitignores(
    new Map(ignoreFiles.map((file) => [folderOf(file), textOf(path.join(folder, file))])),
  );
  return sources.filter((file) => !rules.ignores(file));
}

function folderOf(file: string): string {
  const folder = path.posix.dirname(file);
  return folder === '.' ? '' : folder;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

type Chooser = (file: string, named: string) => boolean;

/** Whether a file that stands below the named path is linted. */
async function chooser(
  include: readonly string[],
  exclude: readonly string[],
  base: string,
): Promise<Chooser> {
  if (include.length === 0 && exclude.length === 0) {
    return (file, named) => generatedPlaces(file, named).length === 0;
  }
  const { patterns } = await import('./patterns.ts');
  const included = include.length === 0 ? undefined : patterns(include);
  const excluded = patterns(exclude);
  return (file, named) =>
    (included?.ignores(base + file) ?? true) &&
    !excluded.ignores(base + file) &&
    generatedPlaces(file, named).every((place) => excluded.test(base + place).unignored);
}

/**
 * The folders of generated code that the file lies in (`build/`), and the file itself when its name says
 * so. A path that leads into such a folder is meant, so only what lies below it counts.
 */
function generatedPlaces(file: string, named: string): string[] {
  if (file === named) return [];
  const places: string[] = [];
  const inside = named === '.' || !file.startsWith(`${named}/`) ? 0 : named.length + 1;
  // A package's own build output is what it consists of.
  const folders = notInstalled(`${named}/`) ? GENERATED_FOLDERS : INSTALLED_FOLDERS;
  for (let start = inside; ; ) {
    const slash = file.indexOf('/', start);
    if (slash === -1) break;
    if (folders.has(file.slice(start, slash))) places.push(file.slice(0, slash + 1));
    start = slash + 1;
  }
  if (GENERATED_FILE.test(file)) places.push(file);
  return places;
}

const INSTALLED_FOLDERS: ReadonlySet<string> = new Set(['node_modules']);

function trimPath(named: string): string {
  return named.replace(/^(?:\.\/)+/, '').replace(/\/+$/, '') || '.';
}
