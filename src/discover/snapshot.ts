import path from 'node:path';
import { blobs, filesUnlikeIndex, type IndexEntry, indexEntries } from '../git.ts';
import { MARKDOWN, slashed } from '../paths.ts';
import { DIRECTIVE_WORD, RESOLVABLE } from './defaults.ts';
import { looksMinified } from './minified.ts';
import { asBytes, type Sources } from './sources.ts';
import { setsVariables } from './variables.ts';

const LINK = '120000';
const SUBMODULE = '160000';

/**
 * The files of a folder as a commit of the index would hold them. What the work tree has alike is read
 * there, the rest was read from git.
 */
export interface Snapshot {
  /** Relative to the root, with forward slashes. */
  readonly files: readonly string[];
  /** The text of a file of which the work tree has no equal; undefined when it has, or there is none. */
  text(file: string): string | undefined;
  over(sources: Sources): Pick<Sources, 'read' | 'peek' | 'scan' | 'mentions' | 'problems'>;
}

/**
 * @param root absolute, in the work tree of which `top` is the top
 * @throws {GitError} when git cannot tell
 */
export async function snapshotOf(top: string, root: string): Promise<Snapshot> {
  const [entries, unlike] = await Promise.all([indexEntries(top), filesUnlikeIndex(top)]);
  const changed = new Set(unlike);
  const inside = slashed(path.relative(top, root));
  const prefix = inside === '' ? '' : `${inside}/`;
  const held = entries.filter(({ file, mode }) => file.startsWith(prefix) && mode !== SUBMODULE);
  const unread = held.filter(
    (entry) => isRead(entry.file) && (changed.has(entry.file) || entry.unwatched || entry.mode === LINK),
  );
  const contents = await blobs(
    top,
    unread.map(({ blob }) => blob),
  );
  const nameOf = ({ file }: IndexEntry) => file.slice(prefix.length);
  const texts = new Map(
    unread.filter(({ mode }) => mode !== LINK).map((each) => [nameOf(each), contents.get(each.blob)]),
  );
  const links = new Map(
    unread
      .filter(({ mode }) => mode === LINK)
      .map((each) => {
        const file = nameOf(each);
        return [file, path.posix.join(path.posix.dirname(file), contents.get(each.blob) ?? '')];
      }),
  );
  const files = held.map(nameOf);
  const known = new Set(files);
  return {
    files,
    text: (file) => texts.get(file),
    over(sources) {
      const reading = (from: (file: string) => string | undefined) => (file: string) => {
        const meant = links.get(file) ?? file;
        if (texts.has(meant)) return withoutBundle(meant, texts.get(meant));
        return known.has(meant) ? from(meant) : undefined;
      };
      const read = reading(sources.read);
      return {
        read,
        peek: reading(sources.peek),
        scan(file) {
          const meant = links.get(file) ?? file;
          const text = texts.get(meant);
          if (text !== undefined) return asBytes(text);
          return known.has(meant) && !texts.has(meant) ? sources.scan(meant) : undefined;
        },
        mentions(file) {
          const meant = links.get(file) ?? file;
          if (texts.has(meant)) return read(file)?.includes(DIRECTIVE_WORD) === true;
          return known.has(meant) && sources.mentions(meant);
        },
        problems: (linted) => sources.problems(linted),
      };
    },
  };
}

function isRead(file: string): boolean {
  return RESOLVABLE.test(file) || MARKDOWN.test(file) || setsVariables(file);
}

/** As `Sources` reads them. */
function withoutBundle(file: string, text: string | undefined): string | undefined {
  return text !== undefined && /\.[cm]?js$/.test(file) && looksMinified(text) ? undefined : text;
}
