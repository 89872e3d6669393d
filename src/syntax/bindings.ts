import { isCodeBlock } from './markdown.ts';
import { ts } from './ts.ts';

/**
 * Our own scope lookup over one file's syntax tree: no type checker, so adding a file costs one parse and
 * one walk. A declaration is the node that introduces the name (`VariableDeclaration`, `BindingElement`,
 * `ParameterDeclaration`, `ImportSpecifier` …).
 */
export interface Bindings {
  /** Every call and `new` of the file, in source order. */
  readonly calls: readonly (ts.CallExpression | ts.NewExpression)[];
  /** Identifiers in value position by name, in source order: what a write to a variable is found by. */
  readonly mentions: ReadonlyMap<string, readonly ts.Identifier[]>;
  /** `this` keywords, in source order. */
  readonly selves: readonly ts.Node[];
  readonly classes: readonly ts.ClassLikeDeclaration[];
  /** Every `….prototype`. */
  readonly prototypes: readonly ts.PropertyAccessExpression[];
  /** The names that imports bring in. */
  readonly imports: readonly ImportBinding[];
  /** The global `fetch` is replaced by a function of this file. */
  readonly replacesFetch: boolean;
  /** The scopes' names. */
  readonly scopes: ReadonlyMap<ts.Node, ReadonlyMap<string, ts.Node>>;
  readonly exports: Exports;
  /** Name → other names that the same value gets: `export { a as b }`, `{ b: a }`, `const b = a`, `this.b = a`. */
  readonly aliases: ReadonlyMap<string, ReadonlySet<string>>;
  /** Name of a function → names that its results get: `const api = withAuth(fetch)`, also of `create(a)(b)`. */
  readonly results: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface ImportBinding {
  readonly declaration: ts.Node;
  /** The name in this file. */
  readonly local: string;
  readonly specifier: string;
  /** The name in the other module: `default`, `*`, or an export's. */
  readonly name: string;
}

/** What a module offers. */
export interface Exports {
  /** Exported name → the declaration or expression it stands for. */
  readonly local: ReadonlyMap<string, ts.Node>;
  /** Exported name → the other module's name: `export { a as b } from './c'`. */
  readonly forwarded: ReadonlyMap<string, { readonly specifier: string; readonly name: string }>;
  /** `export * from './c'`. */
  readonly stars: readonly string[];
  /** CommonJS: `module.exports = …`, the last one. */
  readonly assigned: ts.Expression | undefined;
  /** CommonJS: `exports.name = …` and `module.exports.name = …`. */
  readonly properties: ReadonlyMap<string, ts.Expression>;
}

const cache = new WeakMap<ts.SourceFile, Bindings>();

export function bindingsOf(sourceFile: ts.SourceFile): Bindings {
  let bindings = cache.get(sourceFile);
  if (!bindings) {
    bindings = bind(sourceFile);
    cache.set(sourceFile, bindings);
  }
  return bindings;
}

/** The declaration that an identifier refers to within its file; undefined for globals. */
export function resolveName(identifier: ts.Node, name: string): ts.Node | undefined {
  const { scopes } = bindingsOf(identifier.getSourceFile());
  for (let node: ts.Node | undefined = identifier; node; node = node.parent) {
    const declaration = scopes.get(node)?.get(name);
    if (declaration) return declaration;
  }
  return undefined;
}

/** Looked up, not compared one by one: this is asked of every node on the way from a place to its function. */
const FUNCTIONS: ReadonlySet<ts.SyntaxKind> = new Set([
  ts.SyntaxKind.FunctionDeclaration,
  ts.SyntaxKind.FunctionExpression,
  ts.SyntaxKind.ArrowFunction,
  ts.SyntaxKind.MethodDeclaration,
  ts.SyntaxKind.Constructor,
  ts.SyntaxKind.GetAccessor,
  ts.SyntaxKind.SetAccessor,
]);

export function isFunctionLike(node: ts.Node): node is ts.FunctionLikeDeclaration {
  return FUNCTIONS.has(node.kind);
}

/** The parameters that a call fills: not the `this` of TypeScript, which is only a type. */
export function parametersOf(fn: ts.SignatureDeclaration): readonly ts.ParameterDeclaration[] {
  const [first, ...others] = fn.parameters;
  return first && ts.isIdentifier(first.name) && first.name.text === 'this' ? others : fn.parameters;
}

/** The function whose body directly holds the node; undefined at module level. */
export function enclosingFunction(node: ts.Node): ts.FunctionLikeDeclaration | undefined {
  for (let each = node.parent; each; each = each.parent) if (isFunctionLike(each)) return each;
  return undefined;
}

/** The node's own name, or the name of the variable, property or assignment that holds it. */
export function nameOf(node: ts.Node): string | undefined {
  const own = (node as { name?: ts.Node }).name;
  if (own && (ts.isIdentifier(own) || ts.isPrivateIdentifier(own) || ts.isStringLiteral(own)))
    return own.text;
  if (ts.isConstructorDeclaration(node)) return nameOf(node.parent);
  let parent = node.parent;
  while (
    parent &&
    (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isCallExpression(parent))
  ) {
    parent = parent.parent;
  }
  if (!parent) return undefined;
  if (
    (ts.isVariableDeclaration(parent) ||
      ts.isPropertyAssignment(parent) ||
      ts.isPropertyDeclaration(parent)) &&
    parent.name !== node
  ) {
    return nameOf(parent);
  }
  if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
    const { left } = parent;
    if (ts.isPropertyAccessExpression(left)) return left.name.text;
    if (ts.isIdentifier(left)) return left.text;
  }
  return undefined;
}

function isScope(node: ts.Node): boolean {
  return (
    isFunctionLike(node) ||
    ts.isSourceFile(node) ||
    ts.isBlock(node) ||
    ts.isForStatement(node) ||
    ts.isForInStatement(node) ||
    ts.isForOfStatement(node) ||
    ts.isCaseBlock(node) ||
    ts.isCatchClause(node) ||
    ts.isModuleBlock(node) ||
    ts.isEnumDeclaration(node) ||
    ts.isClassLike(node)
  );
}

function bind(sourceFile: ts.SourceFile): Bindings {
  const calls: (ts.CallExpression | ts.NewExpression)[] = [];
  const mentions = new Map<string, ts.Identifier[]>();
  const selves: ts.Node[] = [];
  const scopes = new Map<ts.Node, Map<string, ts.Node>>();
  const local = new Map<string, ts.Node>();
  const forwarded = new Map<string, { specifier: string; name: string }>();
  const stars: string[] = [];
  const properties = new Map<string, ts.Expression>();
  const aliases = new Map<string, Set<string>>();
  const classes: ts.ClassLikeDeclaration[] = [];
  const prototypes: ts.PropertyAccessExpression[] = [];
  const imports: ImportBinding[] = [];
  let replacesFetch = false;
  let assigned: ts.Expression | undefined;

  const declare = (scope: ts.Node, name: string, declaration: ts.Node) => {
    let names = scopes.get(scope);
    if (!names) {
      names = new Map();
      scopes.set(scope, names);
    }
    // Overloads: the declaration with the body counts.
    const earlier = names.get(name);
    if (earlier && ts.isFunctionDeclaration(earlier) && earlier.body && ts.isFunctionDeclaration(declaration))
      return;
    names.set(name, declaration);
  };
  const results = new Map<string, Set<string>>();
  const alias = (name: string | undefined, other: string | undefined, into = aliases) => {
    if (name === undefined || other === undefined || name === other) return;
    const others = into.get(name);
    if (others) others.add(other);
    else into.set(name, new Set([other]));
  };
  const rename = (value: ts.Expression, other: string | undefined) => {
    alias(lastName(value), other);
    alias(calledName(value), other, results);
  };
  const declareAll = (scope: ts.Node, name: ts.BindingName, declaration: ts.Node) => {
    if (ts.isIdentifier(name)) declare(scope, name.text, declaration);
    else {
      for (const element of name.elements) {
        if (ts.isBindingElement(element)) declareAll(scope, element.name, element);
      }
    }
  };

  const visit = (node: ts.Node, block: ts.Node, fn: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isIdentifier(node)) {
      if (isMention(node)) {
        const list = mentions.get(node.text);
        if (list) list.push(node);
        else mentions.set(node.text, [node]);
      }
      return;
    }
    if (node.kind === ts.SyntaxKind.ThisKeyword) selves.push(node);
    else if (ts.isCallExpression(node) || ts.isNewExpression(node)) calls.push(node);
    else if (ts.isVariableDeclaration(node)) {
      const blockScoped =
        (node.parent.flags & ts.NodeFlags.BlockScoped) !== 0 || ts.isCatchClause(node.parent);
      declareAll(blockScoped ? block : fn, node.name, node);
      if (isExported(node.parent.parent)) exportNames(node.name, node, local);
    } else if (ts.isParameter(node)) declareAll(node.parent, node.name, node);
    else if (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) {
      if (node.name) declare(block, node.name.text, node);
      if (isExported(node)) local.set(isDefault(node) ? 'default' : (node.name?.text ?? 'default'), node);
    } else if (ts.isEnumDeclaration(node) || (ts.isModuleDeclaration(node) && ts.isIdentifier(node.name))) {
      declare(block, (node.name as ts.Identifier).text, node);
      if (isExported(node)) local.set((node.name as ts.Identifier).text, node);
    } else if ((ts.isFunctionExpression(node) || ts.isClassExpression(node)) && node.name)
      declare(node, node.name.text, node);
    else if (ts.isEnumMember(node) && ts.isIdentifier(node.name)) declare(node.parent, node.name.text, node);
    else if (ts.isImportClause(node) && node.name) declare(block, node.name.text, node);
    else if (ts.isNamespaceImport(node) || ts.isImportSpecifier(node)) declare(block, node.name.text, node);
    else if (ts.isImportEqualsDeclaration(node)) declare(block, node.name.text, node);
    else if (ts.isExportAssignment(node)) {
      if (node.isExportEquals) assigned = node.expression;
      else local.set('default', node.expression);
    } else if (ts.isExportDeclaration(node)) collectExport(node);
    else if (ts.isBinaryExpression(node)) collectCommonJs(node);

    if (ts.isPropertyAssignment(node) || ts.isVariableDeclaration(node) || ts.isPropertyDeclaration(node)) {
      if (node.initializer && ts.isIdentifier(node.name)) rename(node.initializer, node.name.text);
    } else if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      rename(node.right, lastName(node.left));
    }

    if (ts.isClassLike(node)) classes.push(node);
    else if (ts.isPropertyAccessExpression(node) && node.name.text === 'prototype') prototypes.push(node);
    else if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      collectImports(node, node.moduleSpecifier.text);
    else if (
      ts.isBinaryExpression(node) &&
      isGlobalFetch(node.left) &&
      (ts.isArrowFunction(node.right) || ts.isFunctionExpression(node.right))
    ) {
      replacesFetch = true;
    }
    const scope = isScope(node) ? node : block;
    const owner =
      isFunctionLike(node) || ts.isSourceFile(node) || ts.isModuleBlock(node) || isCodeBlock(node)
        ? node
        : fn;
    ts.forEachChild(node, (child) => visit(child, scope, owner));
  };

  const collectImports = ({ importClause }: ts.ImportDeclaration, specifier: string) => {
    if (!importClause || importClause.isTypeOnly) return;
    if (importClause.name)
      imports.push({ declaration: importClause, local: importClause.name.text, specifier, name: 'default' });
    const named = importClause.namedBindings;
    if (named && ts.isNamespaceImport(named))
      imports.push({ declaration: named, local: named.name.text, specifier, name: '*' });
    else if (named) {
      for (const each of named.elements)
        imports.push({
          declaration: each,
          local: each.name.text,
          specifier,
          name: (each.propertyName ?? each.name).text,
        });
    }
  };

  const collectExport = (node: ts.ExportDeclaration) => {
    const specifier =
      node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier)
        ? node.moduleSpecifier.text
        : undefined;
    const clause = node.exportClause;
    if (!clause) {
      if (specifier !== undefined) stars.push(specifier);
    } else if (ts.isNamespaceExport(clause)) {
      if (specifier !== undefined) forwarded.set(clause.name.text, { specifier, name: '*' });
    } else {
      for (const element of clause.elements) {
        const name = (element.propertyName ?? element.name).text;
        alias(name, element.name.text);
        if (specifier !== undefined) forwarded.set(element.name.text, { specifier, name });
        else local.set(element.name.text, element);
      }
    }
  };

  /** A function's own variable of that name: `var exports = function () {}` of a wrapped module. */
  const isOwnVariable = (node: ts.Node): boolean => {
    for (let each = node; each && !ts.isSourceFile(each); each = each.parent) {
      const declaration = scopes.get(each)?.get('exports');
      if (declaration) return ts.isVariableDeclaration(declaration);
    }
    return false;
  };

  const collectCommonJs = (node: ts.BinaryExpression) => {
    if (node.operatorToken.kind !== ts.SyntaxKind.EqualsToken || !ts.isPropertyAccessExpression(node.left))
      return;
    const { left } = node;
    if (isModuleExports(left)) assigned = node.right;
    else if (
      (ts.isIdentifier(left.expression) &&
        left.expression.text === 'exports' &&
        !isOwnVariable(left.expression)) ||
      isModuleExports(left.expression)
    ) {
      properties.set(left.name.text, node.right);
    }
  };

  visit(sourceFile, sourceFile, sourceFile);
  return {
    calls,
    classes,
    prototypes,
    imports,
    replacesFetch,
    mentions,
    selves,
    scopes,
    aliases,
    results,
    exports: { local, forwarded, stars, assigned, properties },
  };
}

/** The name a value is taken by: `get` of `api.get`, `get.bind(api)`, `get` and `function get() {}`. */
function lastName(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  if (ts.isFunctionExpression(node)) return node.name?.text;
  if (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'bind'
  ) {
    return lastName(node.expression.expression);
  }
  return undefined;
}

/** `create` of `create(a)`, `create(a)(b)` and `await lib.create(a)`. */
function calledName(node: ts.Expression): string | undefined {
  let callee: ts.Expression = ts.isAwaitExpression(node) ? node.expression : node;
  if (!ts.isCallExpression(callee)) return undefined;
  while (ts.isCallExpression(callee)) callee = callee.expression;
  return lastName(callee);
}

function isGlobalFetch(node: ts.Expression): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'fetch' &&
    ts.isIdentifier(node.expression) &&
    GLOBALS.has(node.expression.text)
  );
}

const GLOBALS = new Set(['globalThis', 'window', 'self', 'global']);

function isModuleExports(node: ts.Node): boolean {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 'exports' &&
    ts.isIdentifier(node.expression) &&
    node.expression.text === 'module'
  );
}

function exportNames(name: ts.BindingName, declaration: ts.Node, into: Map<string, ts.Node>): void {
  if (ts.isIdentifier(name)) into.set(name.text, declaration);
  else
    for (const element of name.elements)
      if (ts.isBindingElement(element)) exportNames(element.name, element, into);
}

function isExported(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.ExportKeyword);
}

function isDefault(node: ts.Node): boolean {
  return hasModifier(node, ts.SyntaxKind.DefaultKeyword);
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  return ts.canHaveModifiers(node) && (node.modifiers?.some((each) => each.kind === kind) ?? false);
}

/** A name that stands for a value here, not the name of a property, a label or a declaration. */
function isMention(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  if (ts.isBindingElement(parent)) return parent.initializer === node;
  if (ts.isVariableDeclaration(parent) || ts.isParameter(parent)) return parent.initializer === node;
  if (ts.isImportSpecifier(parent) || ts.isImportClause(parent) || ts.isNamespaceImport(parent)) return false;
  if (ts.isJsxAttribute(parent) || ts.isQualifiedName(parent)) return false;
  return (
    !(parent as { name?: ts.Node }).name ||
    (parent as { name?: ts.Node }).name !== node ||
    ts.isShorthandPropertyAssignment(parent)
  );
}

/** Whether a node is the other one or holds it. Both are of the same file. */
export function contains(outer: ts.Node, inner: ts.Node): boolean {
  if (inner.pos < outer.pos || outer.end < inner.end) return false;
  if (outer.pos !== inner.pos || outer.end !== inner.end) return true;
  // A statement of one expression and the expression: the same place, yet only one holds the other.
  for (let each: ts.Node | undefined = inner; each; each = each.parent) if (each === outer) return true;
  return false;
}
