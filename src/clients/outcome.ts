import type { Evaluator } from '../evaluate/evaluator.ts';
import { valueOfDeclaration } from '../evaluate/names.ts';
import { choice, type Frame, optionsOf, UNDEFINED, type Value } from '../evaluate/value.ts';
import { bindingsOf, enclosingFunction, resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { touchedElsewhere } from './pending.ts';

/**
 * Some clients make a request object first and send it later: `superagent.get(url).set(…)`,
 * `req.setHeader(…)`, `xhr.setRequestHeader(…)`. The call is recognised once, where the object is made; what
 * is done to the object afterwards is read here: calls chained to it, calls on the variable that holds it,
 * and, when the function returns it, what the callers do to it.
 */
export interface Making {
  readonly evaluator: Evaluator;
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly frame: Frame | undefined;
  /** The calls of the function that makes the object, each with the frame that it stands in. */
  readonly callers: (fn: ts.Node) => readonly Answered[];
}

/** A call that is answered the object, and the frame that it stands in. */
export interface Answered {
  readonly node: ts.CallExpression | ts.NewExpression;
  readonly frame: Frame | undefined;
}

/** The object that a call makes, when it is sent. It is told by its `node`, which every change keeps. */
export function outcomeOf(making: Making): Value {
  return follow(making, making.node, making.frame, 0);
}

/** Functions that return the object of a function that returns it … */
const MAX_RETURNS = 4;

function follow(making: Making, node: ts.Expression, frame: Frame | undefined, level: number): Value {
  const { end, value } = climb(making, node, frame);
  const place = holderOf(end);
  if (place.kind === 'field') return touchedElsewhere(value, 'the request is kept where more may be set');
  if (place.kind === 'returned') return answered(making, place.fn, value, level);
  if (place.kind !== 'variable') return value;
  const { declaration, name } = place;
  const held = only(making, valueOfDeclaration(making.evaluator, declaration, name, undefined, frame));
  return held ? afterMentions(making, place, held, level) : value;
}

/** What the callers of a function that answers the object do to it. */
function answered(making: Making, fn: ts.Node, value: Value, level: number): Value {
  if (level >= MAX_RETURNS) return touchedElsewhere(value, 'the request is handed on many times');
  const callers = making.callers(fn);
  const changes = callers
    .filter((caller) => handsOn(making, caller))
    .map((caller) => follow(making, caller.node, caller.frame, level + 1));
  return choice(changes.length < callers.length || changes.length === 0 ? [value, ...changes] : changes);
}

/** Whether a caller does something with the object besides waiting for its answer. */
function handsOn(making: Making, { node, frame }: Answered): boolean {
  const { end } = climb(making, node, frame);
  return end !== node || holderOf(end).kind !== 'nowhere';
}

/** Follows `made.a().b()` outwards as long as it answers the same object, also through a function that hands it on. */
function climb(
  making: Making,
  node: ts.Expression,
  frame: Frame | undefined,
): { end: ts.Expression; value: Value } {
  const { evaluator } = making;
  let end = node;
  let value = only(making, evaluator.evaluate(node, frame)) ?? UNDEFINED;
  for (;;) {
    const outer = around(end);
    const next = outer && only(making, evaluator.evaluate(outer, frame));
    if (!outer || !next) return { end, value };
    end = outer;
    value = next;
  }
}

/** The call that is made on, or with, the expression. */
function around(node: ts.Expression): ts.Expression | undefined {
  const { parent } = node;
  if (ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent) || ts.isNonNullExpression(parent))
    return parent;
  if (
    ts.isPropertyAccessExpression(parent) &&
    parent.expression === node &&
    ts.isCallExpression(parent.parent)
  )
    return parent.parent.expression === parent ? parent.parent : undefined;
  return ts.isCallExpression(parent) && parent.arguments.includes(node) ? parent : undefined;
}

type Place =
  | { readonly kind: 'variable'; readonly declaration: ts.Node; readonly name: string }
  | { readonly kind: 'returned'; readonly fn: ts.Node }
  | { readonly kind: 'field' | 'nowhere' };

/** Where the object goes next. */
function holderOf(node: ts.Expression): Place {
  const { parent } = node;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
    return { kind: 'variable', declaration: parent, name: parent.name.text };
  if (
    ts.isBinaryExpression(parent) &&
    parent.operatorToken.kind === ts.SyntaxKind.EqualsToken &&
    parent.right === node
  ) {
    const { left } = parent;
    const declaration = ts.isIdentifier(left) ? resolveName(left, left.text) : undefined;
    if (declaration && ts.isIdentifier(left)) return { kind: 'variable', declaration, name: left.text };
    return { kind: 'field' };
  }
  const returned = ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node);
  const fn = returned ? enclosingFunction(node) : undefined;
  return fn ? { kind: 'returned', fn } : { kind: 'nowhere' };
}

/** The alternatives of a value that are the object that is being made. */
function only({ node }: Making, value: Value): Value | undefined {
  const kept = optionsOf(value).filter((each) => each.kind === 'object' && each.node === node);
  return kept.length > 0 ? choice(kept) : undefined;
}

type Variable = Extract<Place, { kind: 'variable' }>;

/**
 * The variable's state knows what is called on the variable itself, also in a chain: `req.set(a).set(b);`. What is
 * done to it as another function's argument, it does not know; and where it is returned, the callers may change it.
 */
function afterMentions(making: Making, variable: Variable, held: Value, level: number): Value {
  const { declaration, name } = variable;
  const mentions = bindingsOf(declaration.getSourceFile()).mentions.get(name) ?? [];
  for (const mention of mentions) {
    if (resolveName(mention, name) !== declaration) continue;
    const { end } = climb(making, mention, making.frame);
    const place = holderOf(end);
    if (place.kind === 'returned') return answered(making, place.fn, held, level);
    if (end !== mention && end !== chainOf(mention) && !isSame(place, variable))
      return touchedElsewhere(held, 'the request is changed in a chain of calls');
  }
  return held;
}

/** The last call of a chain of calls: `req.set(a).set(b)`. */
function chainOf(mention: ts.Expression): ts.Expression | undefined {
  let end = around(mention);
  for (let next = end; next && isCallOn(next, end); next = around(next)) end = next;
  return end;
}

function isCallOn(node: ts.Expression, receiver: ts.Expression | undefined): boolean {
  if (node === receiver) return true;
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
  return node.expression.expression === receiver;
}

function isSame(place: Place, { declaration }: Variable): boolean {
  return place.kind === 'variable' && place.declaration === declaration;
}

/** The receiver of a call as the first later call of a method on it, in the same function, leaves it. */
export function receiverAfter({ evaluator, node, frame }: Making, method: string): Value {
  if (!ts.isPropertyAccessExpression(node.expression)) return UNDEFINED;
  const receiver = node.expression.expression;
  const owner = enclosingFunction(node) ?? node.getSourceFile();
  const later = bindingsOf(node.getSourceFile()).calls.find(
    (call) =>
      call.pos > node.pos &&
      ts.isPropertyAccessExpression(call.expression) &&
      call.expression.name.text === method &&
      call.expression.expression.getText() === receiver.getText() &&
      isWithin(call, owner),
  );
  // A method that changes its object is evaluated to what it leaves.
  if (later) return evaluator.evaluate(later, frame);
  return touchedElsewhere(evaluator.evaluate(receiver, frame), `${method}() is called elsewhere`);
}

function isWithin(node: ts.Node, owner: ts.Node): boolean {
  for (let each: ts.Node | undefined = node; each; each = each.parent) if (each === owner) return true;
  return false;
}
