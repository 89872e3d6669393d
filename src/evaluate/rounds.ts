import { bindingsOf, contains, isFunctionLike, resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { argumentsOf, calleeOf } from './calls.ts';
import type { Evaluator } from './evaluator.ts';
import { sameFrame } from './frames.ts';
import { requiredValue } from './names.ts';
import { numberOf } from './natives/known.ts';
import { isEndless, iterated, listOf } from './natives/lists.ts';
import { keyOf } from './natives/natives.ts';
import {
  type ArrayValue,
  choice,
  type Frame,
  type FunctionValue,
  literalText,
  text,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';
import { writesToVariable } from './writes.ts';

/**
 * What a loop or an inline callback gets, round by round: each element of a list with its place, each entry of
 * a table, what the project's function calls its callback with. Seen round by round, what belongs together
 * stays together: a host and its path.
 */

/** A longer list's loop is taken as one round that may or may not run. */
const MAX_ROUNDS = 30;
/** Functions that hand a callback on to each other. */
const MAX_HANDED_ON = 6;

export interface Round {
  /** What the loop's variable or the function's parameters hold. */
  readonly args: readonly Value[];
  /** False: only some paths have the element. */
  readonly always: boolean;
}

/** The rounds of a loop or of a function that is written where it is called; undefined when they are not known. */
export function roundsOf(
  evaluator: Evaluator,
  node: ts.Node,
  frame: Frame | undefined,
): readonly Round[] | undefined {
  const rounds = ts.isForOfStatement(node)
    ? elements(evaluator, node.expression, frame)
    : ts.isForInStatement(node)
      ? keys(evaluator.evaluate(node.expression, frame))
      : ts.isForStatement(node)
        ? counts(evaluator, node, frame)
        : isFunctionLike(node)
          ? callbackRounds(evaluator, node, frame)
          : undefined;
  return rounds && rounds.length <= MAX_ROUNDS ? rounds : undefined;
}

/** The frame of one round. */
export function frameOfRound(
  evaluator: Evaluator,
  node: ts.Node,
  round: Round,
  outer: Frame | undefined,
): Frame {
  const depth = outer?.depth ?? 0;
  return sameFrame(evaluator, { fn: node, args: round.args, self: undefined, outer, depth });
}

/** What a loop's variable holds in the round that the frame stands for. */
export function valueInRound(loop: ts.Node, frame: Frame | undefined): Value | undefined {
  for (let scope = frame; scope; scope = scope.outer) if (scope.fn === loop) return scope.args?.[0];
  return undefined;
}

function fromList(
  list: ArrayValue | undefined,
  args: (item: Value, index: number) => Value[],
): Round[] | undefined {
  if (!list || isEndless(list)) return undefined;
  return list.items.map((item, index) => ({
    args: args(item, index),
    always: !list.sometimes?.has(index),
  }));
}

function elements(evaluator: Evaluator, list: ts.Expression, frame: Frame | undefined): Round[] | undefined {
  return fromList(iterated(evaluator.evaluate(list, frame)), (item) => [item]);
}

function keys(table: Value): Round[] | undefined {
  const names =
    table.kind === 'object' && !table.type
      ? listOf(table, (name) => text(name))
      : table.kind === 'array'
        ? { ...table, items: table.items.map((_, index) => text(String(index))) }
        : undefined;
  return fromList(names, (name) => [name]);
}

// ------------------------------------------------------------------ counting

/** `for (let i = 0; i < list.length; i++)`, if nothing else changes `i`. */
function counts(evaluator: Evaluator, loop: ts.ForStatement, frame: Frame | undefined): Round[] | undefined {
  const counter = counterOf(loop);
  const { condition, incrementor } = loop;
  if (!counter || !condition || !incrementor || !ts.isBinaryExpression(condition)) return undefined;
  const writes = writesToVariable(counter, counter.name.text).all;
  if (writes.length !== 1 || writes[0]?.node !== incrementor || !isNamed(condition.left, counter.name.text))
    return undefined;
  const start = counter.initializer && numberOf(evaluator.evaluate(counter.initializer, frame));
  const end = numberOf(evaluator.evaluate(condition.right, frame));
  const step = stepOf(evaluator, incrementor, frame);
  const inclusive = condition.operatorToken.kind === ts.SyntaxKind.LessThanEqualsToken;
  if (!inclusive && condition.operatorToken.kind !== ts.SyntaxKind.LessThanToken) return undefined;
  if (start === undefined || end === undefined || step === undefined || step <= 0) return undefined;
  if ((end - start) / step > MAX_ROUNDS) return undefined;
  const rounds: Round[] = [];
  for (let value = start; inclusive ? value <= end : value < end; value += step)
    rounds.push({ args: [{ kind: 'primitive', value }], always: true });
  return rounds;
}

/** The one variable that a loop declares. */
function counterOf({ initializer }: ts.ForStatement) {
  const [counter, ...others] =
    initializer && ts.isVariableDeclarationList(initializer) ? initializer.declarations : [];
  return counter && others.length === 0 && hasName(counter) ? counter : undefined;
}

function hasName(
  declaration: ts.VariableDeclaration,
): declaration is ts.VariableDeclaration & { readonly name: ts.Identifier } {
  return ts.isIdentifier(declaration.name);
}

/** The loop that counts with this variable. */
export function countingLoop(declaration: ts.Node): ts.ForStatement | undefined {
  const loop = declaration.parent?.parent;
  return loop && ts.isForStatement(loop) && counterOf(loop) === declaration ? loop : undefined;
}

function isNamed(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}

function stepOf(evaluator: Evaluator, node: ts.Expression, frame: Frame | undefined): number | undefined {
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node))
    return node.operator === ts.SyntaxKind.PlusPlusToken ? 1 : undefined;
  return ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusEqualsToken
    ? numberOf(evaluator.evaluate(node.right, frame))
    : undefined;
}

// ------------------------------------------------------------------ callbacks

/** Methods that call their first argument with each element, its place and the list. */
const EACH = new Set(['map', 'forEach', 'filter', 'find', 'findIndex', 'flatMap', 'some', 'every']);

/** What an inline function is called with by the call that it is an argument of. */
function callbackRounds(
  evaluator: Evaluator,
  fn: ts.FunctionLikeDeclaration,
  frame: Frame | undefined,
): Round[] | undefined {
  let place: ts.Node = fn;
  while (ts.isParenthesizedExpression(place.parent)) place = place.parent;
  const call = place.parent;
  if (!ts.isCallExpression(call)) return undefined;
  const index = call.arguments.indexOf(place as ts.Expression);
  return index < 0 ? undefined : handedRounds(evaluator, call, index, frame, []);
}

/** What a call calls the function with that is its argument. */
function handedRounds(
  evaluator: Evaluator,
  call: ts.CallExpression,
  index: number,
  frame: Frame | undefined,
  seen: readonly ts.Node[],
): Round[] | undefined {
  if (!evaluator.tick()) return undefined;
  const { expression } = call;
  if (index === 0 && ts.isPropertyAccessExpression(expression)) {
    const method = expression.name.text;
    if (method === 'then') {
      const value = evaluator.evaluate(expression.expression, frame);
      return [{ args: [value], always: true }];
    }
    if (EACH.has(method) || method === 'reduce') {
      const rounds = listRounds(evaluator.evaluate(expression.expression, frame), method);
      if (rounds) return rounds;
    }
  }
  const { fn, self } = calleeOf(evaluator, call, frame);
  if (fn.kind === 'external' && keyOf(fn) === '#define') return definedRounds(evaluator, call, index, frame);
  if (fn.kind !== 'function') return undefined;
  return parameterRounds(evaluator, fn, self, call, index, frame, seen);
}

/** `define(['./client'], function (client) { … })`: the modules that an AMD module asks for. */
function definedRounds(
  evaluator: Evaluator,
  call: ts.CallExpression,
  index: number,
  frame: Frame | undefined,
): Round[] | undefined {
  const before = index > 0 ? call.arguments[index - 1] : undefined;
  const names = before && evaluator.evaluate(before, frame);
  if (names?.kind !== 'array' || names.open) return undefined;
  const args = names.items.map((each): Value => {
    const name = literalText(each);
    return name === undefined || OF_THE_LOADER.has(name)
      ? unknown('what a module loader gives', 'module')
      : requiredValue(evaluator, name, call.getSourceFile());
  });
  return [{ args, always: true }];
}

/** Dependencies that are no modules. */
const OF_THE_LOADER = new Set(['require', 'exports', 'module']);

function listRounds(receiver: Value, method: string): Round[] | undefined {
  const list = iterated(receiver);
  if (receiver.kind === 'object' && receiver.type !== 'Set')
    return fromList(list, (pair) => (pair.kind === 'array' ? [...pair.items].reverse() : [pair]));
  return fromList(list, (item, index) => {
    const place: Value = { kind: 'primitive', value: index };
    const args = [item, place, receiver];
    return method === 'reduce' ? [unknown('what a reduce has gathered', 'gathered'), ...args] : args;
  });
}

/** What a function of the project calls its parameter with: `cb(token)` in `withToken(cb)`. */
function parameterRounds(
  evaluator: Evaluator,
  fn: FunctionValue,
  self: Value | undefined,
  call: ts.CallExpression,
  index: number,
  frame: Frame | undefined,
  seen: readonly ts.Node[],
): Round[] | undefined {
  const parameter = fn.node.parameters[index + (fn.bound?.length ?? 0)];
  if (!parameter || parameter.dotDotDotToken || !ts.isIdentifier(parameter.name)) return undefined;
  if (seen.includes(parameter) || seen.length >= MAX_HANDED_ON) return undefined;
  const inner = sameFrame(evaluator, {
    fn: fn.node,
    args: [...(fn.bound ?? []), ...argumentsOf(evaluator, call, frame)],
    self: ts.isArrowFunction(fn.node) ? undefined : (fn.self ?? self),
    outer: fn.frame,
    depth: (frame?.depth ?? 0) + 1,
    caller: frame,
  });
  return calledRounds(evaluator, fn, parameter, inner, seen);
}

/** What a function calls its parameter with. */
function calledRounds(
  evaluator: Evaluator,
  fn: FunctionValue,
  parameter: ts.ParameterDeclaration,
  frame: Frame,
  seen: readonly ts.Node[],
): Round[] | undefined {
  if (!ts.isIdentifier(parameter.name)) return undefined;
  const { text: name } = parameter.name;
  const rounds: Round[] = [];
  for (const mention of bindingsOf(fn.node.getSourceFile()).mentions.get(name) ?? []) {
    if (!contains(fn.node, mention) || resolveName(mention, name) !== parameter) continue;
    const found = mentionRounds(evaluator, mention, frame, [...seen, parameter]);
    if (!found) return undefined;
    rounds.push(...found);
  }
  return rounds.length > 0 ? rounds : undefined;
}

/** What `new Promise((resolve) => …)` resolves to: what the executor calls its first parameter with. */
export function resolvedTo(evaluator: Evaluator, executor: Value | undefined): Value | undefined {
  const parameter = executor?.kind === 'function' ? executor.node.parameters[0] : undefined;
  if (executor?.kind !== 'function' || !parameter) return undefined;
  const frame = sameFrame(evaluator, {
    fn: executor.node,
    args: [],
    self: undefined,
    outer: executor.frame,
    depth: (executor.frame?.depth ?? 0) + 1,
    caller: executor.frame,
  });
  const rounds = calledRounds(evaluator, executor, parameter, frame, []);
  return rounds && choice(inAnyRound(rounds, 0));
}

/** The calls of a parameter that a call fills with a function: `fn(…args)` in `memoize(fn)`. */
export function callsOfArgument(
  evaluator: Evaluator,
  call: ts.CallExpression,
  argument: ts.Node,
): ts.CallExpression[] {
  const index = call.arguments.indexOf(argument as ts.Expression);
  const { fn } = calleeOf(evaluator, call, undefined);
  const parameter = fn.kind === 'function' && index >= 0 ? fn.node.parameters[index] : undefined;
  if (fn.kind !== 'function' || !parameter || !ts.isIdentifier(parameter.name)) return [];
  const { text: name } = parameter.name;
  return (bindingsOf(fn.node.getSourceFile()).mentions.get(name) ?? []).flatMap((mention) => {
    const { parent } = mention;
    const calls = ts.isCallExpression(parent) && parent.expression === mention;
    return calls && resolveName(mention, name) === parameter ? [parent] : [];
  });
}

/** A place that names the callback: calls it, asks whether there is one, or hands it on. */
function mentionRounds(
  evaluator: Evaluator,
  mention: ts.Identifier,
  frame: Frame,
  seen: readonly ts.Node[],
): Round[] | undefined {
  const { parent } = mention;
  if (ts.isCallExpression(parent)) {
    if (parent.expression !== mention)
      return handedRounds(evaluator, parent, parent.arguments.indexOf(mention), frame, seen);
    // A callback that is told of an error and nothing else does not go on.
    if (isFailure(parent)) return [];
    return framesWithin(evaluator, parent, frame).map((inner) => ({
      args: argumentsOf(evaluator, parent, inner),
      always: true,
    }));
  }
  const asks =
    ts.isIfStatement(parent) ||
    ts.isTypeOfExpression(parent) ||
    ts.isPrefixUnaryExpression(parent) ||
    (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.AmpersandAmpersandToken);
  return asks ? [] : undefined;
}

/** `callback(error)`, `done(new HttpError())`. */
function isFailure({ arguments: [only, ...others] }: ts.CallExpression): boolean {
  if (!only || others.length > 0) return false;
  if (ts.isNewExpression(only)) return /(?:Error|Exception)$/.test(only.expression.getText());
  return ts.isIdentifier(only) && /^(?:e|ex|err|error|cause|reason)$/i.test(only.text);
}

// ------------------------------------------------------------------ frames

/** Places in nested loops are looked at as often as this; past it, all rounds are seen as one. */
export const MAX_FRAMES = 12;

/** The frames of a place: one for each round of the loops and inline callbacks around it in its function. */
export function framesWithin(
  evaluator: Evaluator,
  place: ts.Node,
  frame: Frame | undefined,
): readonly (Frame | undefined)[] {
  const around: ts.Node[] = [];
  for (let each = place.parent; each && each !== frame?.fn; each = each.parent)
    if (ts.isIterationStatement(each, false) || isFunctionLike(each)) around.unshift(each);
  let frames: readonly (Frame | undefined)[] = [frame];
  for (const node of around) {
    if (!runsInside(node, place)) continue;
    const next = frames.flatMap((outer): (Frame | undefined)[] => {
      const rounds = roundsOf(evaluator, node, outer);
      return rounds && rounds.length > 0
        ? rounds.map((round) => frameOfRound(evaluator, node, round, outer))
        : [outer];
    });
    if (next.length <= MAX_FRAMES) frames = next;
  }
  return frames;
}

/** Whether the place is in what is repeated, not in the list that is gone through. */
function runsInside(node: ts.Node, place: ts.Node): boolean {
  return ts.isIterationStatement(node, false)
    ? contains(node.statement, place)
    : isFunctionLike(node) && node.body !== undefined && contains(node.body, place);
}

/** A parameter of an inline callback, whichever round it is. */
export function inAnyRound(rounds: readonly Round[], index: number): readonly Value[] {
  return rounds.map(({ args }) => args[index] ?? UNDEFINED);
}
