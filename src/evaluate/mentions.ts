import { bindingsOf, contains, enclosingFunction, nameOf, resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { pathInPattern } from './patterns.ts';
import type { Assignment, Keys, Write } from './writes.ts';

/**
 * What becomes of a variable, or of `this`, where it is mentioned: it is written to, or it gets another name,
 * by itself or within something that holds it.
 */

/** Another name for an object, or for what lies in one: `const h = config.headers`, `const init = { headers }`. */
export interface Alias {
  readonly declaration: ts.Node;
  readonly name: string;
  /** The keys from the variable to what both share: `headers` for `const h = config.headers`. */
  readonly path: Keys;
  /** The keys from the other name to it: `headers` for `const init = { headers }`. */
  readonly within: readonly string[];
  /** The other name may stand for something else. */
  readonly perhaps: boolean;
  /** The place from which on writes to the other name count; earlier ones are in its value there. */
  readonly from?: ts.Node | undefined;
}

export interface Uses {
  readonly writes: readonly Write[];
  readonly aliases: readonly Alias[];
}

const variables = new WeakMap<ts.Node, Uses>();

/** What is done to a variable under its own name. */
export function usesOfVariable(declaration: ts.Node, name: string): Uses {
  let uses = variables.get(declaration);
  if (!uses) {
    const mentions = bindingsOf(declaration.getSourceFile()).mentions.get(name) ?? [];
    const found = mentions.filter((mention) => resolveName(mention, name) === declaration).map(usesOf);
    uses = {
      writes: found.flatMap(({ writes }) => writes),
      aliases: found.flatMap(({ aliases }) => aliases),
    };
    variables.set(declaration, uses);
  }
  return uses;
}

/** What is done at one mention. */
export function usesOf(mention: ts.Node): Uses {
  return usesFrom(mention, mention, [], false, []);
}

/** What is done from an expression on: to what lies at `start` in the value of the mention. */
function usesFrom(
  mention: ts.Node,
  expression: ts.Node,
  start: Keys,
  unsure: boolean,
  through: readonly ts.Node[],
): Uses {
  const writes: Write[] = [];
  const aliases: Alias[] = [];
  const path = [...start];
  let perhaps = unsure;
  for (let node = expression; ; ) {
    const { parent } = node;
    if (isAccess(parent) && parent.expression === node) {
      path.push(keyOfAccess(parent));
      node = parent;
    } else if (isTransparent(parent)) node = parent;
    else if (isChoice(parent) && !(ts.isConditionalExpression(parent) && parent.condition === node)) {
      // `headers || {}` is the headers when there are some.
      perhaps ||= ts.isConditionalExpression(parent) || parent.right === node;
      node = parent;
    } else if (isAssignment(parent)) {
      const { left, right, operatorToken } = parent;
      if (left === node) {
        const { kind: operator } = operatorToken;
        writes.push({ kind: 'assign', node: parent, path: [...path], perhaps, operator, value: right });
      } else if (operatorToken.kind !== ts.SyntaxKind.PlusEqualsToken)
        aliases.push(...aliasInTarget(left, { path: [...path], within: [], perhaps, from: parent }));
      node = parent;
    } else if (ts.isCallExpression(parent) && parent.expression === node) {
      const method = path.pop();
      if (typeof method !== 'string') break;
      writes.push({ kind: 'call', node: parent, path: [...path], perhaps, call: parent, method });
      aliases.push(...aliasesOfElements(parent.expression, { path: [...path, EACH], within: [], perhaps }));
      if (PICKING.has(method)) {
        path.push(EACH);
        perhaps = true;
      } else if (!CHAINED.has(method)) break;
      node = parent;
    } else {
      const fn = returnedBy(node);
      const isHandedOn = fn && !through.includes(fn) && isFromOutside(mention, fn);
      const handedOn = isHandedOn
        ? resultsOf(fn).map((each) => usesFrom(mention, each, path, perhaps, [...through, fn]))
        : [];
      for (const uses of [lastUse(node, [...path], perhaps), ...handedOn]) {
        writes.push(...uses.writes);
        aliases.push(...uses.aliases);
      }
      break;
    }
  }
  return { writes, aliases };
}

/** The function that answers with this very expression. */
function returnedBy(node: ts.Node): ts.Node | undefined {
  const { parent } = node;
  if (ts.isReturnStatement(parent)) return enclosingFunction(parent);
  return ts.isArrowFunction(parent) && parent.body === node ? parent : undefined;
}

/** What is made in a function is another one with each call. */
function isFromOutside(mention: ts.Node, fn: ts.Node): boolean {
  const declaration = ts.isIdentifier(mention) ? resolveName(mention, mention.text) : undefined;
  return !declaration || !contains(fn, declaration);
}

/** The expressions in its file that stand for what a function answers: its calls, or for a getter its name. */
function resultsOf(fn: ts.Node): readonly ts.Node[] {
  const { mentions, selves } = bindingsOf(fn.getSourceFile());
  const name = nameOf(fn);
  if (name === undefined) return [];
  if (ts.isClassElement(fn)) {
    const named = selves.flatMap(({ parent }) =>
      ts.isPropertyAccessExpression(parent) && parent.name.text === name && contains(fn.parent, parent)
        ? parent
        : [],
    );
    return ts.isGetAccessor(fn) ? named : named.flatMap(callWith);
  }
  const declaration = ts.isVariableDeclaration(fn.parent) ? fn.parent : fn;
  return (mentions.get(name) ?? [])
    .filter((mention) => resolveName(mention, name) === declaration)
    .flatMap(callWith);
}

function callWith(callee: ts.Node): readonly ts.Node[] {
  const { parent } = callee;
  return ts.isCallExpression(parent) && parent.expression === callee ? [parent] : [];
}

/** The key of each element of a list, of each value of a table. */
export const EACH = '[each]';

/** `map.set(…).set(…)`: methods that answer the object itself. */
const CHAINED = new Set(['set', 'add']);

/** Methods that answer one of what the object holds. */
const PICKING = new Set(['get', 'find', 'at']);

/** What is done to the value where its expression ends. */
function lastUse(node: ts.Node, path: Keys, perhaps: boolean): Uses {
  const { parent } = node;
  const none: Uses = { writes: [], aliases: [] };
  if (ts.isDeleteExpression(parent))
    return { ...none, writes: [{ kind: 'delete', node: parent, path, perhaps }] };
  if (isCount(parent)) {
    const { operator } = parent;
    return { ...none, writes: [{ kind: 'assign', node: parent, path, operator, value: undefined }] };
  }
  const destructuring = destructuringWrite(node, path);
  if (destructuring) return { ...none, writes: [destructuring] };
  const elements = aliasesOfElements(node, { path: [...path, EACH], within: [], perhaps });
  if (elements.length > 0) return { ...none, aliases: elements };
  const { holder, within } = holderOf(node);
  const given = holder.parent;
  const table = within.length === 0 ? aliasesOfTable(given, { path: [...path, EACH], within, perhaps }) : [];
  if (table.length > 0) return { ...none, aliases: table };
  if (ts.isCallExpression(given) || ts.isNewExpression(given)) {
    const index = given.arguments?.indexOf(holder as ts.Expression) ?? -1;
    return index < 0
      ? none
      : { ...none, writes: [{ kind: 'pass', node: given, path, perhaps, call: given, index, within }] };
  }
  return { ...none, aliases: aliasesOfHolder(holder, { path, within, perhaps }) };
}

type Way = Omit<Alias, 'declaration' | 'name'>;

/** The names that a value gets, or what holds it: a declaration, an assignment, a loop over a list of it. */
function aliasesOfHolder(holder: ts.Node, way: Way): Alias[] {
  const { parent } = holder;
  if (ts.isVariableDeclaration(parent) && parent.initializer === holder)
    return aliasesInName(parent.name, way);
  if (isAssignment(parent) && parent.right === holder)
    return aliasInTarget(parent.left, { ...way, from: parent });
  const [index, ...within] = way.within;
  if (index === undefined || !ts.isArrayLiteralExpression(holder)) return [];
  const { parent: user } = holder;
  return aliasesOfElements(ts.isPropertyAccessExpression(user) ? user : holder, { ...way, within });
}

/** The variable of `for (const h of list)`, of `list.forEach((h) => …)`. */
function aliasesOfElements(list: ts.Node, way: Way): Alias[] {
  const { parent } = list;
  if (ts.isForOfStatement(parent) && parent.expression === list) {
    const { initializer } = parent;
    const name = ts.isVariableDeclarationList(initializer) ? initializer.declarations[0]?.name : undefined;
    return name ? aliasesInName(name, way) : [];
  }
  if (!ts.isPropertyAccessExpression(list) || !ts.isCallExpression(parent) || parent.expression !== list)
    return [];
  const [callback] = ['forEach', 'map'].includes(list.name.text) ? parent.arguments : [];
  const inline = callback && (ts.isArrowFunction(callback) || ts.isFunctionExpression(callback));
  const [parameter] = inline ? callback.parameters : [];
  return parameter ? aliasesInName(parameter.name, way) : [];
}

/** The variables that get the values of `Object.values(table)`, `Object.entries(table)`. */
function aliasesOfTable(call: ts.Node, way: Way): Alias[] {
  const chain = ts.isCallExpression(call) ? chainOf(call.expression) : undefined;
  if (chain?.root.text !== 'Object' || (chain.path[0] !== 'values' && chain.path[0] !== 'entries')) return [];
  const { parent: user } = call;
  const within = chain.path[0] === 'entries' ? ['1'] : [];
  return aliasesOfElements(ts.isPropertyAccessExpression(user) ? user : call, { ...way, within });
}

/** The names in a declaration that stand for the value or a part of it. */
function aliasesInName(name: ts.BindingName, way: Way): Alias[] {
  if (ts.isIdentifier(name)) return [{ ...way, declaration: name.parent, name: name.text }];
  return name.elements.flatMap((element) => {
    if (ts.isOmittedExpression(element)) return [];
    if (!ts.isIdentifier(element.name)) return aliasesInName(element.name, way);
    const keys = pathInPattern(element).map(({ key }) => key);
    const rest = keys.slice(way.within.length);
    // What is taken from beside the value has nothing of it; neither has a copy of the rest.
    if (way.within.some((key, index) => keys[index] !== key)) return [];
    const path = rest.flatMap((key) => key ?? []);
    if (path.length < rest.length) return [];
    return [
      { ...way, declaration: element, name: element.name.text, path: [...way.path, ...path], within: [] },
    ];
  });
}

/** The variable that an assignment puts the value in. */
function aliasInTarget(target: ts.Expression, way: Way): Alias[] {
  const chain = chainOf(target);
  if (!chain) return [];
  const declaration = resolveName(chain.root, chain.root.text);
  if (!declaration) return [];
  const within = [...chain.path, ...way.within];
  return [{ ...way, declaration, name: chain.root.text, within, perhaps: way.perhaps }];
}

/** `config.request.headers`: the variable that an access starts with, and its keys, all of them known. */
export function chainOf(
  node: ts.Expression,
): { readonly root: ts.Identifier; readonly path: readonly string[] } | undefined {
  if (ts.isIdentifier(node)) return { root: node, path: [] };
  if (isTransparent(node)) return chainOf(node.expression);
  if (!isAccess(node)) return undefined;
  const chain = chainOf(node.expression);
  const key = keyOfAccess(node);
  return chain && typeof key === 'string' ? { ...chain, path: [...chain.path, key] } : undefined;
}

/** The outermost literal that a value lies in, and the way to it: `{ init: { headers } }`. */
function holderOf(value: ts.Node): { holder: ts.Node; within: string[] } {
  const within: string[] = [];
  let holder = value;
  for (;;) {
    const { parent } = holder;
    if (isTransparent(parent)) holder = parent;
    else if (ts.isArrayLiteralExpression(parent)) {
      within.unshift(String(parent.elements.indexOf(holder as ts.Expression)));
      holder = parent;
    } else if (ts.isShorthandPropertyAssignment(parent) || ts.isPropertyAssignment(parent)) {
      const key = nameOf(parent);
      if (key === undefined || (parent.name === holder) !== ts.isShorthandPropertyAssignment(parent)) break;
      within.unshift(key);
      holder = parent.parent;
    } else break;
  }
  return { holder, within };
}

/** `({ token } = await login())`, `[a, b] = pair`. */
function destructuringWrite(node: ts.Node, path: Keys): Assignment | undefined {
  const { parent } = node;
  let key: string | undefined;
  if (ts.isShorthandPropertyAssignment(parent)) key = parent.name.text;
  else if (ts.isPropertyAssignment(parent)) key = nameOf(parent);
  else if (ts.isArrayLiteralExpression(parent)) key = String(parent.elements.indexOf(node as ts.Expression));
  if (key === undefined) return undefined;
  const literal = ts.isArrayLiteralExpression(parent) ? parent : parent.parent;
  const assignment = literal.parent;
  if (!isAssignment(assignment) || assignment.left !== literal) return undefined;
  const operator = ts.SyntaxKind.EqualsToken;
  return { kind: 'assign', node: assignment, path, operator, value: assignment.right, key };
}

// ------------------------------------------------------------------ kinds of expressions

type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

function isAccess(node: ts.Node): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

function keyOfAccess(node: Access): string | ts.Expression {
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  const { argumentExpression: key } = node;
  return ts.isStringLiteralLike(key) || ts.isNumericLiteral(key) ? key.text : key;
}

type Transparent =
  | ts.ParenthesizedExpression
  | ts.AsExpression
  | ts.NonNullExpression
  | ts.SatisfiesExpression
  | ts.TypeAssertion;

/** What changes nothing about the value in it. */
export function isTransparent(node: ts.Node): node is Transparent {
  return (
    ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isNonNullExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isTypeAssertionExpression(node)
  );
}

/** `a || b`, `a ?? b`, `a && b`, `a ? b : c`: one of their parts is the value. */
export function isChoice(node: ts.Node): node is ts.BinaryExpression | ts.ConditionalExpression {
  if (ts.isConditionalExpression(node)) return true;
  if (!ts.isBinaryExpression(node)) return false;
  const { kind } = node.operatorToken;
  return (
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken ||
    kind === ts.SyntaxKind.AmpersandAmpersandToken
  );
}

export function isAssignment(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment &&
    node.operatorToken.kind <= ts.SyntaxKind.LastAssignment
  );
}

/** `total++`, `--total`. */
function isCount(node: ts.Node): node is ts.PrefixUnaryExpression | ts.PostfixUnaryExpression {
  return (
    (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) &&
    (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)
  );
}
