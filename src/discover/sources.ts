import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../request.ts';
import { looksMinified } from './minified.ts';

/** Reads each file once; a minified bundle counts as unread, one that can't be read is told of. */
export class Sources {
  readonly #root: string;
  readonly #texts: Map<string, string | undefined>;
  readonly #failed = new Map<string, string>();

  /** @param texts by file: what stands for that which is on disk */
  constructor(root: string, texts: ReadonlyMap<string, string> = new Map()) {
    this.#root = root;
    this.#texts = new Map(texts);
  }

  readonly read = (file: string): string | undefined => {
    if (!this.#texts.has(file)) this.#texts.set(file, this.#load(file));
    return this.#texts.get(file);
  };

  /** The text of a file, which is not kept. */
  readonly peek = (file: string): string | undefined => this.#texts.get(file) ?? this.#load(file);

  problems(files: ReadonlySet<string>): Problem[] {
    return [...this.#failed].flatMap(([file, message]) =>
      files.has(file) ? [{ kind: 'unreadable' as const, message: `${file}: ${message}` }] : [],
    );
  }

  #load(file: string): string | undefined {
    try {
      const text = readFileSync(path.join(this.#root, file), 'utf8');
      // Bundles are JavaScript; a long line of TypeScript was written by somebody.
      return /\.[cm]?js$/.test(file) && looksMinified(text) ? undefined : text;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // Deleted but still tracked; a submodule or a link to a folder: nothing to read there.
      if (code !== 'ENOENT' && code !== 'EISDIR')
        this.#failed.set(file, `can't be read (${code ?? 'unknown error'})`);
      return undefined;
    }
  }
}
