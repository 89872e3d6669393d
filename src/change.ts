import type { Location } from './request.ts';

/** What a run is limited to: the lines that a commit, or a branch, changes. */
export interface Change {
  readonly kind: 'staged' | 'since';
  /** The commit that it is compared with; absent where that is the last one, or there is none yet. */
  readonly base?: string;
  /** By the file's path relative to the linted root. */
  readonly files: ReadonlyMap<string, readonly Hunk[]>;
}

/**
 * Lines that are new or different, counted from 1 in the file as it is now. Where lines only went,
 * `last` is the line before them and `first` the one behind.
 */
export interface Hunk {
  readonly first: number;
  readonly last: number;
  /** The text that stood there before. */
  readonly removed: string;
}

/** Where something stands, in whole lines. */
export type Lines = Pick<Location, 'file' | 'startLine' | 'endLine'>;

/** Lines in which something may have stood that is gone. */
export interface Surroundings {
  readonly lines: Lines;
  /** Only what named one of these; absent: whatever stood there. */
  readonly names?: ReadonlySet<string>;
}

/** Whether a changed line is one of these, or lines went between them. */
export function touches(change: Pick<Change, 'files'>, lines: Lines): boolean {
  return hunksIn(change, lines).length > 0;
}

/** Whether something that stood there is gone. */
export function takesFrom(change: Pick<Change, 'files'>, { lines, names }: Surroundings): boolean {
  return hunksIn(change, lines).some(
    ({ removed }) =>
      removed !== '' &&
      (names === undefined || (removed.match(/[\w$]+/g) ?? []).some((word) => names.has(word))),
  );
}

function hunksIn({ files }: Pick<Change, 'files'>, { file, startLine, endLine }: Lines): readonly Hunk[] {
  return (files.get(file) ?? []).filter(({ first, last }) => first <= endLine && last >= startLine);
}
