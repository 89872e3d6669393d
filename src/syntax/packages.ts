import { posix } from 'node:path';

/** What a `package.json` of the project says of its package. */
export interface Manifest {
  /** Relative to the root; `.` for the root itself. */
  readonly directory: string;
  readonly name: string | undefined;
  /** Its entry points before `exports`, the nearest to the source first. */
  readonly main: readonly string[];
  readonly exports: unknown;
  readonly imports: unknown;
}

/** The packages of the project: every known `package.json`, read once, when the first one is asked for. */
export class Packages {
  readonly #known: ReadonlySet<string>;
  readonly #read: (file: string) => string | undefined;
  #byDirectory: Map<string, Manifest> | undefined;
  readonly #byName = new Map<string, Manifest>();

  constructor(known: ReadonlySet<string>, read: (file: string) => string | undefined) {
    this.#known = known;
    this.#read = read;
  }

  named(name: string): Manifest | undefined {
    this.#load();
    return this.#byName.get(name);
  }

  /** The packages that a file lies in, the innermost first. */
  *around(file: string): Generator<Manifest> {
    const byDirectory = this.#load();
    for (let directory = posix.dirname(file); ; directory = posix.dirname(directory)) {
      const manifest = byDirectory.get(directory);
      if (manifest) yield manifest;
      if (directory === '.') return;
    }
  }

  #load(): ReadonlyMap<string, Manifest> {
    if (this.#byDirectory) return this.#byDirectory;
    this.#byDirectory = new Map();
    for (const file of this.#known) {
      if (file !== 'package.json' && !file.endsWith('/package.json')) continue;
      const content = parseObject(this.#read(file));
      if (!content) continue;
      const manifest: Manifest = {
        directory: posix.dirname(file),
        name: typeof content.name === 'string' ? content.name : undefined,
        main: [content.source, content.module, content.main].filter(
          (each): each is string => typeof each === 'string',
        ),
        exports: content.exports,
        imports: content.imports,
      };
      this.#byDirectory.set(manifest.directory, manifest);
      if (manifest.name !== undefined) this.#byName.set(manifest.name, manifest);
    }
    return this.#byDirectory;
  }
}

function parseObject(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
