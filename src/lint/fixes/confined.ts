import {
  bindingsOf,
  contains,
  enclosingFunction,
  isFunctionLike,
  resolveName,
} from '../../syntax/bindings.ts';
import { fileOf } from '../../syntax/location.ts';
import { ts } from '../../syntax/ts.ts';
import type { Code } from './code.ts';

/**
 * Whether a piece of code reaches nothing but these calls: it stands in one of them, or each mention of the
 * variable, function or member that holds it does, however many steps away, and none asks for the `key` of it.
 * Names are compared as they are written; what can't be followed counts as a use by somebody else.
 */
export function isConfinedTo({ calls, inner }: Users, node: ts.Node, key: string, code: Code): boolean {
  const seen = new Set<ts.Node>();
  const reaches = (from: ts.Node): boolean => {
    let next: ts.Node | undefined = from;
    for (let each: ts.Node | undefined = next; each; each = next) {
      if (calls.has(each)) return true;
      next = inner.has(each) ? enclosingFunction(each) : each.parent;
      const holder = next === each.parent ? holderOf(each, from) : undefined;
      if (holder === 'lost') return false;
      if (!holder) continue;
      if (seen.has(holder.declaration)) return true;
      seen.add(holder.declaration);
      const { declaration } = holder;
      const isOpen = holder.member ? !isPrivate(declaration) : isOffered(declaration);
      if (isOpen && !code.isFollowed(fileOf(declaration.getSourceFile()))) return false;
      const mentions = mentionsOf(holder, code);
      // What nobody in sight uses is there for others, unless it can't be.
      if (mentions?.length === 0 && (holder.member || isOpen)) return false;
      return mentions?.every((mention) => !asksFor(mention, key, node) && reaches(mention)) ?? false;
    }
    return false;
  };
  return reaches(node);
}

/** `headers['x-org-id']`, `headers.get('x-org-id')`, `query.groupBy`; but not at the place itself. */
function asksFor(mention: ts.Node, key: string, place: ts.Node): boolean {
  const own = ts.isPropertyAccessExpression(mention.parent) && mention.parent.name === mention;
  const holder = own ? mention.parent : mention;
  const { parent } = holder;
  const isKey = (each: ts.Node | undefined) =>
    each !== undefined && each !== place && (each as { readonly text?: string }).text?.toLowerCase() === key;
  if (ts.isElementAccessExpression(parent) && parent.expression === holder)
    return isKey(parent.argumentExpression);
  if (!ts.isPropertyAccessExpression(parent) || parent.expression !== holder) return false;
  if (isKey(parent.name)) return true;
  return ts.isCallExpression(parent.parent) && isKey(parent.parent.arguments[0]);
}

export interface Users {
  readonly calls: ReadonlySet<ts.Node>;
  /** The calls in the wrapper functions that they go through: what those answer holds nothing of the request. */
  readonly inner: ReadonlySet<ts.Node>;
}

interface Holder {
  readonly declaration: ts.Node;
  readonly name: string;
  /** It is reached as a property: `this.headers`, `api.headers()`. */
  readonly member: boolean;
}

/** What holds the value of a node on the way up; `lost` where it leaves what can be followed. */
function holderOf(node: ts.Node, from: ts.Node): Holder | 'lost' | undefined {
  const { parent } = node;
  if (!parent) return 'lost';
  if (ts.isVariableDeclaration(parent) && parent.initializer === node)
    return ts.isIdentifier(parent.name) ? held(parent, parent.name.text, false) : 'lost';
  if (ts.isPropertyDeclaration(parent) && parent.initializer === node) return heldAsMember(parent);
  if (ts.isFunctionDeclaration(node)) return node.name ? held(node, node.name.text, false) : 'lost';
  if (ts.isMethodDeclaration(node) && node !== from) return heldAsMember(node);
  if (ts.isConstructorDeclaration(node) || ts.isAccessor(node) || ts.isExportAssignment(node)) return 'lost';
  if (isFunctionLike(parent) && parent.parameters.some((each) => each === node)) return 'lost';
  if (ts.isExpressionStatement(parent)) {
    const target = targetOf(node);
    return target === undefined ? 'lost' : target;
  }
  return undefined;
}

function held(declaration: ts.Node, name: string, member: boolean): Holder {
  return { declaration, name, member };
}

function heldAsMember(node: ts.PropertyDeclaration | ts.MethodDeclaration): Holder | 'lost' {
  return ts.isIdentifier(node.name) || ts.isPrivateIdentifier(node.name)
    ? held(node, node.name.text, true)
    : 'lost';
}

function isPrivate(declaration: ts.Node): boolean {
  const { name } = declaration as { readonly name?: ts.Node };
  return name !== undefined && ts.isPrivateIdentifier(name);
}

function isOffered(declaration: ts.Node): boolean {
  const { exports } = bindingsOf(declaration.getSourceFile());
  const offered = new Set([...exports.local.values(), ...exports.properties.values()]);
  return offered.has(declaration) || (exports.local.size > 0 && isNamedExport(declaration, exports.local));
}

/** `export { headers }`. */
function isNamedExport(declaration: ts.Node, exported: ReadonlyMap<string, ts.Node>): boolean {
  return [...exported.values()].some(
    (each) =>
      ts.isExportSpecifier(each) && resolveName(each, (each.propertyName ?? each.name).text) === declaration,
  );
}

/** What a statement changes: `headers.set(…)`, `this.client = …`. */
function targetOf(expression: ts.Node): Holder | undefined {
  let target = expression;
  if (ts.isBinaryExpression(expression)) {
    if (expression.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return undefined;
    target = expression.left;
  } else if (isSetter(expression)) target = expression.expression.expression;
  if (ts.isPropertyAccessExpression(target) && target.expression.kind === ts.SyntaxKind.ThisKeyword)
    return held(target, target.name.text, true);
  if (!ts.isIdentifier(target)) return undefined;
  const declaration = resolveName(target, target.text);
  return declaration && ts.isVariableDeclaration(declaration)
    ? held(declaration, target.text, false)
    : undefined;
}

function isSetter(
  node: ts.Node,
): node is ts.CallExpression & { readonly expression: ts.PropertyAccessExpression } {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    /^(?:set|append|delete)$/.test(node.expression.name.text)
  );
}

/** Where a name is used, in all files; undefined when a use can't be told. */
function mentionsOf({ declaration, name, member }: Holder, code: Code): ts.Node[] | undefined {
  const own = declaration.getSourceFile();
  const found: ts.Node[] = [];
  for (const source of code.sources()) {
    if (source.text === undefined || !source.text.includes(name)) continue;
    for (const node of identifiersIn(source, name)) {
      if (contains(declaration, node) && isDeclaredName(declaration, node)) continue;
      if (ts.isImportSpecifier(node.parent) || ts.isExportSpecifier(node.parent)) {
        if (node.parent.propertyName) return undefined;
        continue;
      }
      const { parent } = node;
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
      if (isKey(node)) continue;
      if (isMember) {
        // `import * as own from './own'`, and what an object or a module hands on.
        if (member || source !== own) found.push(node);
        continue;
      }
      if (member) {
        if (ts.isBindingElement(parent)) return undefined;
        continue;
      }
      const meant = resolveName(node, name);
      if (meant === declaration || (meant && source !== own && isImport(meant))) found.push(node);
    }
  }
  // `export default` gives it other names.
  return bindingsOf(own).exports.local.get('default') === declaration ? undefined : found;
}

function identifiersIn(source: ts.SourceFile, name: string): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isIdentifier(node) || ts.isPrivateIdentifier(node)) && node.text === name) found.push(node);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isDeclaredName(declaration: ts.Node, node: ts.Node): boolean {
  return (declaration as { readonly name?: ts.Node }).name === node || declaration === node.parent;
}

/** The name of a property in a literal or a type, which mentions nothing. `{ headers }` does. */
function isKey(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isShorthandPropertyAssignment(parent)) return false;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isParameter(parent)) &&
    parent.name === node
  );
}

function isImport(declaration: ts.Node): boolean {
  return (
    ts.isImportSpecifier(declaration) || ts.isImportClause(declaration) || ts.isNamespaceImport(declaration)
  );
}
