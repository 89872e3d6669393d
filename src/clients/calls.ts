import { bindingsOf, resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';

export type CallNode = ts.CallExpression | ts.NewExpression;

/** Key of calls whose function may have any name: an alias, a default import, a parameter. */
export const ANY_NAME = '*';

/**
 * The calls of the project by the names their function may have been defined under, so that only those
 * that can matter are evaluated.
 */
export class CallIndex {
  readonly #byName = new Map<string, CallNode[]>();
  readonly #constructing = new Map<string, CallNode[]>();
  readonly #aliases = new Map<string, Set<string>>();
  readonly #results = new Map<string, Set<string>>();
  readonly #sources: ts.SourceFile[] = [];

  add(source: ts.SourceFile): void {
    const { calls, aliases, results } = bindingsOf(source);
    this.#sources.push(source);
    addAll(this.#aliases, aliases);
    addAll(this.#results, results);
    for (const node of calls) {
      for (const name of namesOfCallee(node.expression)) {
        for (const index of ts.isNewExpression(node) ? [this.#byName, this.#constructing] : [this.#byName]) {
          const list = index.get(name);
          if (list) list.push(node);
          else index.set(name, [node]);
        }
      }
    }
  }

  /** The name and every other one that its value is given somewhere. */
  alsoNamed(name: string): readonly string[] {
    const names = new Set([name]);
    for (const each of names) for (const other of this.#aliases.get(each) ?? []) names.add(other);
    return [...names];
  }

  /** The names that a function may be called by that another one returns. */
  namesOfResults(name: string): readonly string[] {
    const given = this.alsoNamed(name).flatMap((each) => [...(this.#results.get(each) ?? [])]);
    return [...new Set(given.flatMap((each) => this.alsoNamed(each)))];
  }

  names(): readonly string[] {
    return [...this.#byName.keys()];
  }

  /** `new` expressions only. */
  constructing(name: string): readonly CallNode[] {
    return this.#constructing.get(name) ?? [];
  }

  named(name: string): readonly CallNode[] {
    return this.#byName.get(name) ?? [];
  }

  /** Identifiers of the name in value position. */
  mentions(name: string): readonly ts.Identifier[] {
    return this.#sources.flatMap((source) => bindingsOf(source).mentions.get(name) ?? []);
  }
}

function addAll(into: Map<string, Set<string>>, more: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [name, others] of more) {
    const known = into.get(name) ?? new Set();
    for (const other of others) known.add(other);
    into.set(name, known);
  }
}

/** `api.get()` → get, `api.get.call()` → get and call; `load()` → load, or what an import or a destructuring renamed to it. */
function namesOfCallee(expression: ts.Expression): string[] {
  if (
    ts.isParenthesizedExpression(expression) ||
    ts.isNonNullExpression(expression) ||
    ts.isAsExpression(expression)
  ) {
    return namesOfCallee(expression.expression);
  }
  if (ts.isPropertyAccessExpression(expression)) {
    const { text } = expression.name;
    return text === 'call' || text === 'apply' ? [text, ...namesOfCallee(expression.expression)] : [text];
  }
  if (expression.kind === ts.SyntaxKind.SuperKeyword) return ['super'];
  if (!ts.isIdentifier(expression)) return [ANY_NAME];
  const declaration = resolveName(expression, expression.text);
  if (!declaration) return [expression.text];
  if (ts.isFunctionDeclaration(declaration) || ts.isClassLike(declaration)) return [expression.text];
  if (ts.isImportSpecifier(declaration))
    return [
      (declaration.propertyName ?? declaration.name).text,
      ...(declaration.propertyName?.text === 'default' ? [ANY_NAME] : []),
    ];
  if (ts.isVariableDeclaration(declaration)) {
    const { initializer } = declaration;
    const own = initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer));
    return own ? [expression.text] : [expression.text, ANY_NAME];
  }
  if (
    ts.isBindingElement(declaration) &&
    declaration.propertyName &&
    ts.isIdentifier(declaration.propertyName)
  ) {
    return [declaration.propertyName.text, ANY_NAME];
  }
  return [expression.text, ANY_NAME];
}
