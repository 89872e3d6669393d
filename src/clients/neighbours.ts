import type { Evaluator } from '../evaluate/evaluator.ts';
import type { ForeignImport } from '../evaluate/flow.ts';
import { declarationOfExport } from '../evaluate/names.ts';
import { type ClassValue, optionsOf } from '../evaluate/value.ts';
import { bindingsOf } from '../syntax/bindings.ts';
import type { Project } from '../syntax/project.ts';
import { ts } from '../syntax/ts.ts';

/** What the other files of the project do with a declaration: import it, extend it. Worked out once, when asked. */
export class Neighbours {
  sources: readonly ts.SourceFile[] = [];
  readonly #project: Project;
  readonly #evaluator: Evaluator;
  #imports: Map<ts.Node | string, ForeignImport[]> | undefined;
  #subclasses: Map<ts.Node, ClassValue[]> | undefined;

  constructor(project: Project, evaluator: Evaluator) {
    this.#project = project;
    this.#evaluator = evaluator;
  }

  foreignImports(declaration: ts.Node): readonly ForeignImport[] {
    this.#imports ??= this.#collectImports();
    const external =
      ts.isImportSpecifier(declaration) ||
      ts.isImportClause(declaration) ||
      ts.isNamespaceImport(declaration);
    const key = external ? this.#externalKey(declaration) : declaration;
    return (key === undefined ? [] : (this.#imports.get(key) ?? [])).filter(
      (each) => each.declaration !== declaration,
    );
  }

  subclasses(node: ts.ClassLikeDeclaration): readonly ClassValue[] {
    this.#subclasses ??= this.#collectSubclasses();
    return this.#subclasses.get(node) ?? [];
  }

  #externalKey(declaration: ts.Node): string | undefined {
    const source = declaration.getSourceFile();
    const binding = bindingsOf(source).imports.find((each) => each.declaration === declaration);
    return binding && `${binding.specifier}#${binding.name}`;
  }

  #collectImports(): Map<ts.Node | string, ForeignImport[]> {
    const imports = new Map<ts.Node | string, ForeignImport[]>();
    for (const source of this.sources) {
      for (const { declaration, local, specifier, name } of bindingsOf(source).imports) {
        if (name === '*') continue;
        const target = this.#project.resolve(specifier, source.fileName.slice(1));
        const file = target === undefined ? undefined : this.#project.source(target);
        const key = file
          ? declarationOfExport(this.#project, file, name)
          : specifier.startsWith('.')
            ? undefined
            : `${specifier}#${name}`;
        if (key === undefined) continue;
        const list = imports.get(key);
        if (list) list.push({ declaration, name: local });
        else imports.set(key, [{ declaration, name: local }]);
      }
    }
    return imports;
  }

  #collectSubclasses(): Map<ts.Node, ClassValue[]> {
    const subclasses = new Map<ts.Node, ClassValue[]>();
    for (const source of this.sources) {
      for (const node of bindingsOf(source).classes) {
        const clause = node.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ExtendsKeyword);
        const base = clause?.types[0]?.expression;
        if (!base) continue;
        for (const option of optionsOf(this.#evaluator.evaluate(base, undefined))) {
          if (option.kind !== 'class') continue;
          const list = subclasses.get(option.node);
          const value: ClassValue = { kind: 'class', node, frame: undefined };
          if (list) list.push(value);
          else subclasses.set(option.node, [value]);
        }
      }
    }
    return subclasses;
  }
}
