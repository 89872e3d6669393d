import { asClass } from '../evaluate/classes.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import type { ForeignImport } from '../evaluate/flow.ts';
import { declarationOfExport } from '../evaluate/names.ts';
import { type ClassValue, optionsOf } from '../evaluate/value.ts';
import { bindingsOf } from '../syntax/bindings.ts';
import {
  baseOf,
  type ClassNode,
  classesWithPrototypesIn,
  functionClassesIn,
  mixinsOf,
} from '../syntax/classes.ts';
import { interfaceOf } from '../syntax/interfaces.ts';
import type { Project } from '../syntax/project.ts';
import { ts } from '../syntax/ts.ts';
import { isTest } from './places.ts';

/** What the other files of the project do with a declaration: import it, extend it. Worked out once, when asked. */
export class Neighbours {
  sources: readonly ts.SourceFile[] = [];
  readonly #project: Project;
  readonly #evaluator: Evaluator;
  #imports: Map<ts.Node | string, ForeignImport[]> | undefined;
  #subclasses: Map<ts.Node, ClassValue[]> | undefined;
  #mixins: Map<ts.Node, ClassValue[]> | undefined;
  #implementations: Map<string, ClassValue[]> | undefined;

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

  subclasses(node: ClassNode): readonly ClassValue[] {
    this.#subclasses ??= this.#collectSubclasses();
    return this.#subclasses.get(node) ?? [];
  }

  mixedInto(literal: ts.ObjectLiteralExpression): readonly ClassValue[] {
    this.#mixins ??= this.#collectMixins();
    return this.#mixins.get(literal) ?? [];
  }

  /** The classes that say they implement the interface that a type's name means; those of tests only for tests. */
  implementations(name: ts.EntityName): readonly ClassValue[] {
    this.#implementations ??= this.#collectImplementations();
    if (this.#implementations.size === 0) return [];
    const key = interfaceOf(this.#project, name);
    const classes = (key === undefined ? undefined : this.#implementations.get(key)) ?? [];
    return isTest(name) ? classes : classes.filter(({ node }) => !isTest(node));
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
      for (const node of [...bindingsOf(source).classes, ...functionClassesIn(source)]) {
        const base = baseOf(node);
        if (!base) continue;
        for (const option of optionsOf(this.#evaluator.evaluate(base, undefined))) {
          const above = asClass(option);
          if (above) add(subclasses, above.node, node);
        }
      }
    }
    return subclasses;
  }

  #collectImplementations(): Map<string, ClassValue[]> {
    const implementations = new Map<string, ClassValue[]>();
    for (const source of this.sources) {
      for (const node of bindingsOf(source).classes) {
        const clause = node.heritageClauses?.find((each) => each.token === ts.SyntaxKind.ImplementsKeyword);
        for (const { expression } of clause?.types ?? []) {
          const key = ts.isIdentifier(expression) ? interfaceOf(this.#project, expression) : undefined;
          if (key !== undefined) add(implementations, key, node);
        }
      }
    }
    return implementations;
  }

  #collectMixins(): Map<ts.Node, ClassValue[]> {
    const mixins = new Map<ts.Node, ClassValue[]>();
    // Asked again while it is being worked out: none yet.
    this.#mixins = mixins;
    for (const source of this.sources) {
      for (const node of classesWithPrototypesIn(source)) {
        for (const mixin of mixinsOf(node)) {
          const methods = this.#evaluator.evaluate(mixin, undefined);
          if (methods.kind === 'object' && methods.node) add(mixins, methods.node, node);
        }
      }
    }
    return mixins;
  }
}

function add<K>(classes: Map<K, ClassValue[]>, key: K, node: ClassNode): void {
  const value: ClassValue = { kind: 'class', node, frame: undefined };
  const list = classes.get(key);
  if (list) list.push(value);
  else classes.set(key, [value]);
}
