import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import type { Problem } from '../request.ts';
import { DIRECTIVE_WORD } from './defaults.ts';
import { looksMinified } from './minified.ts';

/** Files up to this size are scanned without new memory. Bytes. */
const BUFFER = 1 << 20;

/** Reads the files that are parsed once; a minified bundle counts as unread, one that can't be read is told of. */
export class Sources {
  readonly #root: string;
  readonly #texts: Map<string, string | undefined>;
  readonly #failed = new Map<string, string>();
  readonly #mentioning = new Map<string, boolean>();
  #buffer: Buffer | undefined;

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

  /** The bytes of a file, each as a character; also of a minified bundle. Not kept. */
  readonly scan = (file: string): string | undefined => {
    const replaced = this.#texts.get(file);
    const bytes = replaced === undefined ? this.#bytes(file) : asBytes(replaced);
    this.#mentioning.set(file, bytes?.includes(DIRECTIVE_WORD) ?? false);
    return bytes;
  };

  /** Whether the file may have comments that suppress findings; noted as it is scanned. */
  readonly mentions = (file: string): boolean => {
    if (!this.#mentioning.has(file)) this.scan(file);
    return this.#mentioning.get(file) === true && this.read(file) !== undefined;
  };

  #bytes(file: string): string | undefined {
    this.#buffer ??= Buffer.allocUnsafe(BUFFER);
    try {
      const descriptor = openSync(`${this.#root}/${file}`, 'r');
      try {
        const length = readSync(descriptor, this.#buffer, 0, BUFFER, 0);
        if (length < BUFFER) return this.#buffer.toString('latin1', 0, length);
      } finally {
        closeSync(descriptor);
      }
      return readFileSync(`${this.#root}/${file}`, 'latin1');
    } catch (error) {
      this.#note(file, error);
      return undefined;
    }
  }

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
      this.#note(file, error);
      return undefined;
    }
  }

  #note(file: string, error: unknown): void {
    const { code } = error as NodeJS.ErrnoException;
    // Deleted but still tracked; a submodule or a link to a folder: nothing to read there.
    if (code !== 'ENOENT' && code !== 'EISDIR')
      this.#failed.set(file, `can't be read (${code ?? 'unknown error'})`);
  }
}

/** The bytes of a text, each as a character. */
export function asBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
