import { ts as compiler, Project as MorphProject } from 'ts-morph';
import { MARKDOWN } from '../paths.ts';
import type { Problem } from '../request.ts';
import { during } from '../stages.ts';
import { EMBEDDING, embeddedScripts } from './embedded.ts';
import { codeOfPage } from './markdown.ts';
import { Packages } from './packages.ts';
import { createResolver, type Resolver } from './resolve.ts';
import type { ts } from './ts.ts';

/** A package of the project, as others import it by its name. */
export interface OwnPackage {
  readonly name: string;
  /** The file that the name means. */
  readonly entry: string;
}

/**
 * The only place that opens ts-morph. Files are parsed once, on demand. The project has no program: no
 * type checker, no library files; adding a file never invalidates another.
 */
export class Project {
  readonly resolve: Resolver;
  readonly problems: Problem[] = [];
  /** Code blocks of Markdown pages that don't parse. */
  blocksLeftOut = 0;
  readonly #known: ReadonlySet<string>;
  readonly #read: (file: string) => string | undefined;
  readonly #packages: Packages;
  readonly #reached = new Map<string, ReadonlySet<string>>();
  readonly #parsed = new Map<string, ts.SourceFile | undefined>();
  readonly #morph = new MorphProject({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    compilerOptions: { allowJs: true, noLib: true, types: [] },
  });

  /**
   * @param root absolute path of the linted root, for reading `tsconfig` files
   * @param known every file an import may mean, relative to the root, with forward slashes
   * @param read the text of a known file; undefined when it can't be read
   */
  constructor(root: string, known: ReadonlySet<string>, read: (file: string) => string | undefined) {
    this.#known = known;
    this.#read = read;
    this.#packages = new Packages(known, read);
    this.resolve = createResolver(root, known, read, this.#packages);
  }

  get parsedFiles(): number {
    return this.#parsed.size;
  }

  /** The trees of all files that were parsed so far. */
  sources(): ts.SourceFile[] {
    return [...this.#parsed.values()].filter((each) => each !== undefined);
  }

  /** The syntax tree of a known file; undefined when it isn't known, can't be read, or is JSON that doesn't parse. */
  source(file: string): ts.SourceFile | undefined {
    if (this.#parsed.has(file)) return this.#parsed.get(file);
    const sourceFile = during('parse', () => this.#parse(file));
    this.#parsed.set(file, sourceFile);
    return sourceFile;
  }

  /** The file that an import in `importer` means, parsed; undefined for an outside package. */
  imported(specifier: string, importer: ts.SourceFile): ts.SourceFile | undefined {
    const file = this.resolve(specifier, importer.fileName.slice(1));
    return file === undefined ? undefined : this.source(file);
  }

  /** The innermost package with a name that a file lies in; undefined when its entry is not in the project. */
  packageOf(file: string): OwnPackage | undefined {
    for (const { name, directory } of this.#packages.around(file)) {
      if (name === undefined) continue;
      const entry = this.resolve(name, `${directory}/package.json`);
      return entry === undefined ? undefined : { name, entry };
    }
    return undefined;
  }

  /** The file, and all that its imports lead to. */
  reachedFrom(file: string): ReadonlySet<string> {
    const known = this.#reached.get(file);
    if (known) return known;
    const reached = new Set([file]);
    for (const each of reached) {
      const { importedFiles } = compiler.preProcessFile(this.#read(each) ?? '', true, true);
      for (const { fileName } of each.endsWith('.json') ? [] : importedFiles) {
        const target = this.resolve(fileName, each);
        if (target !== undefined) reached.add(target);
      }
    }
    this.#reached.set(file, reached);
    return reached;
  }

  #parse(file: string): ts.SourceFile | undefined {
    if (!this.#known.has(file)) return undefined;
    const text = this.#read(file);
    if (text === undefined) return undefined;
    if (file.endsWith('.json')) {
      return compiler.createSourceFile(
        `/${file}`,
        text,
        compiler.ScriptTarget.Latest,
        true,
        compiler.ScriptKind.JSON,
      );
    }
    if (MARKDOWN.test(file)) {
      const page = codeOfPage(file, text);
      this.blocksLeftOut += page.leftOut;
      return this.#morph.createSourceFile(`/${file}`, page.text, { overwrite: true, scriptKind: page.kind })
        .compilerNode;
    }
    const embeds = EMBEDDING.test(file);
    const sourceFile = this.#morph.createSourceFile(`/${file}`, embeds ? embeddedScripts(file, text) : text, {
      overwrite: true,
      ...(embeds ? { scriptKind: compiler.ScriptKind.TS } : {}),
    }).compilerNode;
    const [first] =
      (sourceFile as { parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
    if (first) {
      const { line, character } = sourceFile.getLineAndCharacterOfPosition(first.start);
      this.problems.push({
        kind: 'syntax',
        message: compiler.flattenDiagnosticMessageText(first.messageText, ' '),
        location: {
          file,
          startLine: line + 1,
          startColumn: character + 1,
          endLine: line + 1,
          endColumn: character + 2,
        },
      });
    }
    return sourceFile;
  }
}
