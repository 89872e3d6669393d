/** Answers which known file an import means; `syntax/resolve.ts` makes one. */
export type Resolve = (specifier: string, importer: string) => string | undefined;

/** Where the texts of files come from. */
export interface Texts {
  /** The text of a file that is parsed, which is kept; undefined when it can't be read. */
  readonly read: (file: string) => string | undefined;
  /** The same text, not kept. */
  readonly peek: (file: string) => string | undefined;
  /** Its bytes, each as a character: enough to look for words in ASCII. Not kept. */
  readonly scan: (file: string) => string | undefined;
}

const SPECIFIER = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(['"])([^'"\n]+)\1/g;

/** What the file imports, as it is written there. */
export function specifiersIn(text: string): string[] {
  return Array.from(text.matchAll(SPECIFIER), ([, , specifier = '']) => specifier);
}

/**
 * Who imports whom. Of the whole tree only the names in imports are noted; where they lead is worked out
 * for the files that are asked for, and for the names of packages.
 */
export class Imports {
  readonly #files: ReadonlySet<string>;
  readonly #texts: Texts;
  readonly #resolve: Resolve;
  readonly #targets = new Map<string, readonly string[]>();
  #importers: { readonly byPackage: Lists<string>; readonly byName: Lists<Noted> } | undefined;

  /** @param files those that may import; others lead nowhere */
  constructor(files: readonly string[], texts: Texts, resolve: Resolve) {
    this.#files = new Set(files);
    this.#texts = texts;
    this.#resolve = resolve;
  }

  /** The files that this one imports. */
  readonly of = (file: string): readonly string[] => {
    let targets = this.#targets.get(file);
    if (targets === undefined) {
      targets = this.#resolved(file);
      this.#targets.set(file, targets);
    }
    return targets;
  };

  /** The files that import this one. */
  readonly to = (file: string): string[] => {
    this.#importers ??= this.#noteAll();
    const { byPackage, byName } = this.#importers;
    const candidates = new Set([
      ...(byPackage.get(file) ?? []),
      ...namesOf(file)
        .flatMap((name) => byName.get(name) ?? [])
        .filter(({ importer, specifier }) => this.#mayMean(specifier, importer, file))
        .map(({ importer }) => importer),
    ]);
    return [...candidates].filter((each) => this.of(each).includes(file));
  };

  #resolved(file: string): string[] {
    const text = this.#mayImport(file) ? this.#texts.peek(file) : undefined;
    if (text === undefined) return [];
    const targets = specifiersIn(text).map((specifier) => this.#resolve(specifier, file));
    return [...new Set(targets.filter((target) => target !== undefined))];
  }

  #noteAll() {
    const byPackage: Lists<string> = new Map();
    const byName: Lists<Noted> = new Map();
    for (const file of this.#files) {
      if (!this.#mayImport(file)) continue;
      for (const specifier of specifiersIn(this.#texts.scan(file) ?? '')) {
        if (specifier.startsWith('.')) push(byName, nameIn(specifier), { importer: file, specifier });
        else {
          // A mapped path or a package need not be called as its file is.
          const target = this.#resolve(specifier, file);
          if (target !== undefined) push(byPackage, target, file);
        }
      }
    }
    return { byPackage, byName };
  }

  /** Bytes beyond ASCII are no text yet. */
  #mayMean(specifier: string, importer: string, file: string): boolean {
    return /[\u0080-\uffff]/.test(specifier) || this.#resolve(specifier, importer) === file;
  }

  #mayImport(file: string): boolean {
    return this.#files.has(file) && !file.endsWith('.json');
  }
}

interface Noted {
  readonly importer: string;
  /** As the bytes have it. */
  readonly specifier: string;
}

type Lists<T> = Map<string, T[]>;

function push<T>(lists: Lists<T>, key: string, value: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** A relative import and the files that it may mean have this in common: `./api/client.js`, api/client.ts. */
function nameIn(specifier: string): string {
  const path = specifier.split('?', 1)[0]?.replace(/\/+$/, '') ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  // `..` is a folder of any name.
  return last === '.' || last === '..' ? '' : plain(last);
}

/** The names by which a relative import may mean the file. */
function namesOf(file: string): string[] {
  const parts = file.split('/');
  const name = plain(parts.at(-1) ?? '');
  return name === 'index' ? [name, plain(parts.at(-2) ?? ''), ''] : [name];
}

/** Up to the first dot; without what reads otherwise in bytes than in text. */
function plain(segment: string): string {
  return (/^\.*[^.]*/.exec(segment)?.[0] ?? '').replace(/[^\x21-\x7e]/g, '');
}
