import { enclosingFunction, isFunctionLike, nameOf, resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import {
  type Alias,
  chainOf,
  EACH,
  isAssignment,
  isChoice,
  isTransparent,
  usesOfVariable,
} from './mentions.ts';
import { pathInPattern, rootOf } from './patterns.ts';
import type { Keys, Write } from './writes.ts';

/**
 * The writes that reach an object through its other names: those that it is given, those that it was taken
 * from, and names of these in turn.
 */

/** Names of names of names … */
const MAX_STEPS = 5;
/** A variable with more names is one that everything is kept in. */
const MAX_NAMES = 60;

/** The writes to a variable's value under other names. */
export function writesThroughAliases(declaration: ts.Node, name: string): Write[] {
  const seen = new Set<string | ts.Node>([declaration]);
  return aliasesOf(declaration, name).flatMap((alias) => followed(alias, seen, 0));
}

/** The writes through one other name, and through further names of it. */
export function writesThroughAlias(alias: Alias): Write[] {
  return followed(alias, new Set(), 0);
}

function followed(alias: Alias, seen: Set<string | ts.Node>, step: number): Write[] {
  if (seen.has(alias.declaration) || step > MAX_STEPS || seen.size > MAX_NAMES) return [];
  seen.add(alias.declaration);
  const { writes } = usesOfVariable(alias.declaration, alias.name);
  const perhaps = alias.perhaps || isReassigned(alias, writes);
  const own = writes.flatMap((write) => (isLater(write, alias) ? (asSeen(write, alias, perhaps) ?? []) : []));
  const further = aliasesOf(alias.declaration, alias.name).flatMap((next) => {
    const joined = joinAliases({ ...alias, perhaps }, next);
    return joined ? followed(joined, seen, step + 1) : [];
  });
  return [...own, ...further];
}

/** All names that share something with a variable: what it is given as, and what it is made of. */
function aliasesOf(declaration: ts.Node, name: string): readonly Alias[] {
  const { aliases, writes } = usesOfVariable(declaration, name);
  return [...aliases, ...origins(declaration), ...writes.flatMap(originsOfAssigned)];
}

/** A name that gets other values too stands for the value only now and then. */
function isReassigned({ declaration }: Alias, writes: readonly Write[]): boolean {
  const assigned = writes.filter((write) => write.kind === 'assign' && write.path.length === 0).length;
  const initial = ts.isVariableDeclaration(declaration) && !declaration.initializer ? 0 : 1;
  return assigned + initial > 1;
}

/** What came before the name was given is in its value there; what is in another function may come at any time. */
function isLater({ node }: Write, { from }: Alias): boolean {
  return !from || node.pos >= from.end || enclosingFunction(node) !== enclosingFunction(from);
}

/** A write to the other name as one to the variable; undefined when it leaves the variable's value as it is. */
function asSeen(write: Write, { path, within }: Alias, perhaps: boolean): Write | undefined {
  const changed = perhaps ? { ...write, perhaps } : write;
  if (write.path.length < within.length) {
    if (write.kind !== 'pass' || !startsWith(within, write.path)) return undefined;
    const inside = [...within.slice(write.path.length)];
    return { ...changed, kind: 'pass', path, within: [...(write.within ?? []), ...inside] } as Write;
  }
  // Another value under the same name is no change of the value.
  if (write.kind !== 'call' && write.kind !== 'pass' && write.path.length === within.length) return undefined;
  return startsWith(write.path, within)
    ? { ...changed, path: [...path, ...write.path.slice(within.length)] }
    : undefined;
}

/** A name of a name, as a name of the variable; undefined when they share nothing. */
function joinAliases(first: Alias, next: Alias): Alias | undefined {
  const perhaps = first.perhaps || next.perhaps;
  const from = laterOf(first.from, next.from);
  if (startsWith(next.path, first.within))
    return { ...next, perhaps, from, path: [...first.path, ...next.path.slice(first.within.length)] };
  if (!startsWith(first.within, next.path)) return undefined;
  const within = [...next.within, ...first.within.slice(next.path.length)];
  return { ...next, perhaps, from, path: first.path, within };
}

function laterOf(a: ts.Node | undefined, b: ts.Node | undefined): ts.Node | undefined {
  return a && b ? (a.end > b.end ? a : b) : (a ?? b);
}

function startsWith(keys: Keys, start: Keys): boolean {
  return start.every((key, index) => {
    const other = keys[index];
    return key === other || (key === EACH && typeof other === 'string') || other === EACH;
  });
}

// ------------------------------------------------------------------ what a value is made of

/** The variables that a declaration's first value comes from or holds. */
function origins(declaration: ts.Node): Alias[] {
  const root = rootOf(declaration);
  if (!ts.isVariableDeclaration(root) || !root.initializer) return [];
  const found = originsIn(root.initializer, [], root, false);
  if (!ts.isBindingElement(declaration)) return found;
  const keys = pathInPattern(declaration).map(({ key }) => key);
  if (keys.includes(undefined)) return [];
  return found.flatMap((alias) => {
    if (alias.path.length > 0) return [];
    return { ...alias, within: [...alias.within, ...keys.flatMap((key) => key ?? [])] };
  });
}

/** `init.headers = headers`. */
function originsOfAssigned(write: Write): Alias[] {
  if (write.kind !== 'assign' || !write.value || write.key !== undefined) return [];
  return write.operator === ts.SyntaxKind.PlusEqualsToken
    ? []
    : originsIn(write.value, write.path, write.node, !isUnconditional(write.node));
}

/** A statement of its own in a function or a file. */
function isUnconditional({ parent }: ts.Node): boolean {
  if (!ts.isExpressionStatement(parent)) return false;
  return ts.isSourceFile(parent.parent) || isFunctionLike(parent.parent.parent);
}

function originsIn(node: ts.Expression, path: Keys, from: ts.Node, perhaps: boolean): Alias[] {
  if (isTransparent(node)) return originsIn(node.expression, path, from, perhaps);
  if (isChoice(node)) {
    const parts = ts.isConditionalExpression(node)
      ? [node.whenTrue, node.whenFalse]
      : [node.left, node.right];
    return parts.flatMap((part) => originsIn(part, path, from, true));
  }
  if (isAssignment(node))
    return [node.left, node.right].flatMap((part) => originsIn(part, path, from, perhaps));
  if (ts.isObjectLiteralExpression(node))
    return node.properties.flatMap((property) => {
      const key = nameOf(property);
      if (key === undefined) return [];
      if (ts.isPropertyAssignment(property))
        return originsIn(property.initializer, [...path, key], from, perhaps);
      return ts.isShorthandPropertyAssignment(property)
        ? originsIn(property.name, [...path, key], from, perhaps)
        : [];
    });
  const chain = chainOf(node);
  const declaration = chain && resolveName(chain.root, chain.root.text);
  if (!declaration || !isVariable(declaration)) return [];
  const { root, path: within } = chain;
  return [{ declaration, name: root.text, path, within, perhaps, from }];
}

function isVariable(node: ts.Node): boolean {
  return ts.isVariableDeclaration(node) || ts.isBindingElement(node) || ts.isParameter(node);
}
