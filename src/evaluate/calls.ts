import { enclosingFunction, isFunctionLike, nameOf, parametersOf, resolveName } from '../syntax/bindings.ts';
import { isConstructorFunction } from '../syntax/classes.ts';
import { ts } from '../syntax/ts.ts';
import { asClass, baseMethod } from './classes.ts';
import type { Evaluator } from './evaluator.ts';
import { sameFrame } from './frames.ts';
import { effectOfMethod, instanceOf } from './instances.ts';
import { member } from './members.ts';
import { frameOf, requiredValue, withDefault } from './names.ts';
import { checkedEnvironment } from './natives/environment.ts';
import { isAdrift } from './recursion.ts';
import { inAnyRound, roundsOf } from './rounds.ts';
import { implementedValue, typedValue } from './typed.ts';
import {
  choice,
  each,
  type Frame,
  type FunctionValue,
  gapOf,
  literalText,
  optionsOf,
  through,
  truthiness,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';

/** Calls inside calls; a wrapper six deep with helpers at each level fits well within. */
const MAX_DEPTH = 24;

export interface ParameterPlace {
  readonly fn: ts.FunctionLikeDeclaration;
  readonly index: number;
  readonly node: ts.ParameterDeclaration;
}

/** The parameter that a declaration is, or is taken out of. */
export function parameterOf(declaration: ts.Node): ParameterPlace | undefined {
  let node = declaration;
  while (ts.isBindingElement(node)) node = node.parent.parent;
  if (!ts.isParameter(node) || !isFunctionLike(node.parent)) return undefined;
  return { fn: node.parent, index: parametersOf(node.parent).indexOf(node), node };
}

/** The bound value of a parameter; undefined when no frame binds it. */
export function valueOfParameter(
  evaluator: Evaluator,
  parameter: ParameterPlace,
  frame: Frame | undefined,
): Value | undefined {
  for (let scope = frame; scope; scope = scope.outer) {
    if (scope.fn !== parameter.fn || !scope.args) continue;
    if (parameter.node.dotDotDotToken) return { kind: 'array', items: scope.args.slice(parameter.index) };
    const value = scope.args[parameter.index] ?? UNDEFINED;
    const { initializer } = parameter.node;
    return initializer ? withDefault(value, () => evaluator.evaluate(initializer, scope)) : value;
  }
  return undefined;
}

/** What can be said of a parameter without knowing the caller. */
export function callersArgument(
  evaluator: Evaluator,
  parameter: ParameterPlace,
  frame: Frame | undefined,
): Value {
  const inferred =
    onlyArgument(evaluator, parameter, frame) ??
    callbackArgument(evaluator, parameter, frame) ??
    packagesArgument(evaluator, parameter, frame) ??
    evaluator.natives.configured(evaluator, parameter.fn, parameter.index) ??
    typedValue(evaluator, parameter.node);
  if (inferred) return inferred;
  if (ts.isConstructorDeclaration(parameter.fn) || isConstructorFunction(parameter.fn)) {
    const built = evaluator.constructions(parameter.fn, parameter.index);
    const { initializer } = parameter.node;
    if (built) return initializer ? withDefault(built, () => evaluator.evaluate(initializer, frame)) : built;
  }
  const handed = evaluator.injected(parameter.fn, parameter.index);
  if (handed) return handed;
  const implemented = ts.isConstructorDeclaration(parameter.fn)
    ? implementedValue(evaluator, parameter.node)
    : undefined;
  if (implemented) return implemented;
  const name = nameOf(parameter.node) ?? 'argument';
  const injected = evaluator.natives.injected(name);
  if (injected) return injected;
  const owner = nameOf(parameter.fn);
  const value = unknown(`parameter "${name}" of ${owner ? `${owner}()` : 'a function'}`, name, {
    parameter: { fn: parameter.fn, index: parameter.index },
    node: parameter.node,
    names: parameter.node.name && ts.isIdentifier(parameter.node.name) ? [name] : [],
  });
  const { initializer } = parameter.node;
  return initializer ? choice([value, evaluator.evaluate(initializer, frame)]) : value;
}

/** The argument of a function that is called where it is written, and nowhere else: `(function (root) { … })(this)`. */
function onlyArgument(
  evaluator: Evaluator,
  { fn, index, node }: ParameterPlace,
  frame: Frame | undefined,
): Value | undefined {
  let written: ts.Node = fn;
  while (ts.isParenthesizedExpression(written.parent)) written = written.parent;
  const call = written.parent;
  const anonymous = ts.isArrowFunction(fn) || (ts.isFunctionExpression(fn) && !fn.name);
  if (!anonymous || node.dotDotDotToken || !ts.isCallExpression(call) || call.expression !== written)
    return undefined;
  const given = call.arguments.slice(0, index + 1);
  if (given.some(ts.isSpreadElement)) return undefined;
  const value = given[index] ? evaluator.evaluate(given[index], frameOf(call, frame)) : UNDEFINED;
  const { initializer } = node;
  return initializer ? withDefault(value, () => evaluator.evaluate(initializer, frame)) : value;
}

/** The argument of an inline callback: of `list.map(cb)`, `promise.then(cb)`, or of a function of the project. */
function callbackArgument(
  evaluator: Evaluator,
  parameter: ParameterPlace,
  frame: Frame | undefined,
): Value | undefined {
  const rounds = parameter.node.dotDotDotToken ? undefined : roundsOf(evaluator, parameter.fn, frame);
  return rounds && rounds.length > 0 ? choice(inAnyRound(rounds, parameter.index)) : undefined;
}

/** The argument of a callback that a package's function is given, itself or in an object of options. */
function packagesArgument(
  evaluator: Evaluator,
  { fn, index }: ParameterPlace,
  frame: Frame | undefined,
): Value | undefined {
  const property = ts.isPropertyAssignment(fn.parent)
    ? fn.parent
    : ts.isMethodDeclaration(fn)
      ? fn
      : undefined;
  const given: ts.Node = property ? property.parent : fn;
  const call = given.parent;
  if (!ts.isCallExpression(call) || !call.arguments.some((each) => each === given)) return undefined;
  if (ts.isPropertyAccessExpression(call.expression) && !evaluator.natives.calls(call.expression.name.text))
    return undefined;
  const name = property && nameOf(property);
  const callee = calleeOf(evaluator, call, frame);
  return evaluator.natives.callback(evaluator, callee.fn, {
    name,
    parameter: index,
    call,
    self: callee.fn.kind === 'native' ? callee.fn.self : callee.self,
    frame,
  });
}

// ------------------------------------------------------------------ calls

export interface Callee {
  readonly fn: Value;
  readonly self: Value | undefined;
}

export function calleeOf(
  evaluator: Evaluator,
  call: ts.CallExpression | ts.NewExpression,
  frame: Frame | undefined,
): Callee {
  let callee: ts.Expression = call.expression;
  while (ts.isParenthesizedExpression(callee) || ts.isNonNullExpression(callee) || ts.isAsExpression(callee))
    callee = callee.expression;
  if (ts.isPropertyAccessExpression(callee) && callee.expression.kind === ts.SyntaxKind.SuperKeyword) {
    return baseMethod(evaluator, callee, frame);
  }
  if (ts.isPropertyAccessExpression(callee) || ts.isElementAccessExpression(callee)) {
    const self = evaluator.evaluate(callee.expression, frame);
    return { fn: evaluator.evaluate(callee, frame), self };
  }
  return { fn: evaluator.evaluate(callee, frame), self: undefined };
}

/** A call as the function that it reaches sees it. */
export interface Invocation extends Callee {
  readonly args: readonly Value[];
}

/** `f.call(self, a)` and `f.apply(self, [a])` are calls of f, with the receiver and the arguments that they hand on. */
export function invoked(fn: Value, self: Value | undefined, args: readonly Value[]): Invocation {
  const [receiver, ...rest] = args;
  if (fn.kind !== 'native') return { fn, self, args };
  if (fn.name === 'Function.call') return invoked(withSelf(fn.self, receiver), receiver, rest);
  if (fn.name === 'Function.apply')
    return invoked(withSelf(fn.self, receiver), receiver, rest[0] ? itemsOf(rest[0]) : []);
  return { fn, self, args };
}

/** A function that is given another receiver than the object that it was read from. */
function withSelf(fn: Value, receiver: Value | undefined): Value {
  return fn.kind === 'function' && receiver && receiver.kind !== 'primitive' ? { ...fn, self: receiver } : fn;
}

/** A call of each function that the expression may reach. */
export function invocationsOf(
  evaluator: Evaluator,
  node: ts.CallExpression | ts.NewExpression,
  frame: Frame | undefined,
): Invocation[] {
  const { fn, self } = calleeOf(evaluator, node, frame);
  const args = argumentsOf(evaluator, node, frame);
  return optionsOf(fn).map((option) => invoked(option, self, args));
}

/** What an invocation gives for a parameter of a function of the project. */
export function argumentOf({ fn, args }: Invocation, index: number): Value | undefined {
  const bound = fn.kind === 'function' ? (fn.bound ?? []) : [];
  return index < bound.length ? bound[index] : args[index - bound.length];
}

export function argumentsOf(
  evaluator: Evaluator,
  call: ts.CallExpression | ts.NewExpression,
  frame: Frame | undefined,
): Value[] {
  const args: Value[] = [];
  for (const argument of call.arguments ?? []) {
    if (!ts.isSpreadElement(argument)) {
      args.push(evaluator.evaluate(argument, frame));
      continue;
    }
    args.push(...itemsOf(evaluator.evaluate(argument.expression, frame), MAX_SPREAD - args.length));
  }
  return args;
}

/** How many arguments a list that is not known stands for; clients look at no more. */
const MAX_SPREAD = 4;

/** The arguments that a list spreads to. */
function itemsOf(list: Value, unknowns = MAX_SPREAD): Value[] {
  if (list.kind === 'array' && !list.open) return [...list.items];
  const gap = gapOf(list);
  return Array.from({ length: Math.max(0, unknowns) }, () => ({ kind: 'unknown', gap }));
}

export function evaluateCall(evaluator: Evaluator, node: ts.CallExpression, frame: Frame | undefined): Value {
  const { expression } = node;
  const [first] = node.arguments;
  if (expression.kind === ts.SyntaxKind.SuperKeyword) return UNDEFINED;
  const loads =
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require' && !resolveName(expression, 'require'));
  if (loads && first) {
    const specifier = literalText(evaluator.evaluate(first, frame));
    return specifier === undefined
      ? unknown('a module with a computed name', 'module')
      : requiredValue(evaluator, specifier, node.getSourceFile());
  }
  const { fn, self } = calleeOf(evaluator, node, frame);
  const settled = self && settledPromise(evaluator, self, node, frame);
  if (settled) return settled;
  const args = argumentsOf(evaluator, node, frame);
  const name = calleeName(node);
  // Each alternative of the receiver answers with its own method.
  const value =
    self?.kind === 'choice' && name !== undefined
      ? each(self, (option) =>
          call(evaluator, member(evaluator, option, name, node, frame), args, option, node, frame),
        )
      : call(evaluator, fn, args, self, node, frame);
  return name === undefined ? value : through(value, `${name}()`, node);
}

/** `promise.then(f)` is what f returns; a promise stands for its value. */
function settledPromise(
  evaluator: Evaluator,
  self: Value,
  node: ts.CallExpression,
  frame: Frame | undefined,
): Value | undefined {
  const name = calleeName(node);
  if (name === 'catch' || name === 'finally')
    return self.kind === 'object' || self.kind === 'instance' ? undefined : self;
  const [callback] = node.arguments;
  if (name !== 'then' || !callback) return undefined;
  const fn = evaluator.evaluate(callback, frame);
  return fn.kind === 'function' ? apply(evaluator, fn, [self], undefined, frame) : undefined;
}

/** Text methods that leave an unknown text the same unknown, as far as its meaning goes. */
const SAME_TEXT = new Set([
  'replace',
  'replaceAll',
  'trim',
  'trimEnd',
  'trimStart',
  'toString',
  'toJSON',
  'toLowerCase',
  'valueOf',
  'normalize',
  'unref',
]);

export function call(
  evaluator: Evaluator,
  fn: Value,
  args: readonly Value[],
  self: Value | undefined,
  node: ts.CallExpression,
  frame: Frame | undefined,
): Value {
  switch (fn.kind) {
    case 'choice':
      return each(fn, (option) => call(evaluator, option, args, self, node, frame));
    case 'function':
      return apply(evaluator, fn, args, self, frame);
    case 'external':
    case 'native':
    case 'object':
      return (
        evaluator.natives.call(evaluator, fn, args, { node, frame, self }) ??
        outsideResult(evaluator, fn, args, self, node)
      );
    default:
      return outsideResult(evaluator, fn, args, self, node);
  }
}

/** `base.slice(0, -1)`, `base.substring(0, base.length - 1)`: without its last character it is for the same. */
function dropsEnd(method: string, [from, to]: readonly Value[]): boolean {
  if ((method !== 'slice' && method !== 'substring') || !to || !from || literalText(from) !== '0')
    return false;
  return to.kind === 'unknown' || (to.kind === 'primitive' && Number(to.value) < 0);
}

/** The result of a function that is not in the project: unknown, under the best name the call offers. */
function outsideResult(
  evaluator: Evaluator,
  fn: Value,
  args: readonly Value[],
  self: Value | undefined,
  node: ts.CallExpression,
): Value {
  const callee = calleeName(node) ?? 'a function';
  const resolved = RESOLVES.has(callee) ? fromContainer(evaluator, args, node) : undefined;
  if (resolved) return resolved;
  if (self?.kind === 'unknown' && (SAME_TEXT.has(callee) || dropsEnd(callee, args))) return self;
  // A package's check of `process.env`; a global such as `Object.keys` answers something else.
  const environment = fn.kind === 'external' && fn.module === '' ? undefined : checkedEnvironment(args);
  if (environment) return environment;
  const key = args.length > 0 && args[0] ? literalText(args[0]) : undefined;
  // `config.get('FUSIONAUTH_URL')`: the key names the value.
  const named =
    key !== undefined &&
    /^[A-Za-z_][\w.:-]*$/.test(key) &&
    /get|env|config|require|read|secret|load/i.test(callee);
  const parameter = fn.kind === 'unknown' ? fn.gap.parameter : undefined;
  const names = named ? [key] : self?.kind === 'unknown' ? [...self.gap.names] : [];
  return unknown(`the result of ${callee}()`, named ? key : callee, {
    node,
    names,
    parameter,
    response: answersResponse(evaluator, fn, self, node),
  });
}

/** Methods that ask a container, by the name that most of them have for it. */
const RESOLVES = new Set(['get', 'resolve', 'inject']);

/** `container.resolve(Client)`, `app.get(TOKEN)`: what is provided for it, or for a class an instance. */
function fromContainer(
  evaluator: Evaluator,
  [given]: readonly Value[],
  { arguments: [token] }: ts.CallExpression,
): Value | undefined {
  const provided = token && evaluator.provided(token);
  if (provided) return provided;
  if (given?.kind === 'class') return instanceOf(given);
  const name = given && literalText(given);
  return name === undefined ? undefined : evaluator.named(name);
}

/** A client's call answers a response, and so does everything that is asked of one: `(await fetch(url)).json()`. */
function answersResponse(
  evaluator: Evaluator,
  fn: Value,
  self: Value | undefined,
  node: ts.CallExpression,
): boolean | undefined {
  if (fn.kind === 'unknown') return fn.gap.response;
  if (self?.kind === 'unknown') return self.gap.response;
  return evaluator.sends(fn, node) || undefined;
}

export function calleeName(node: ts.CallExpression | ts.NewExpression): string | undefined {
  const { expression } = node;
  if (ts.isIdentifier(expression)) return expression.text;
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return undefined;
}

/** Runs a function of the project: the alternatives that it may return. A promise stands for its value. */
export function apply(
  evaluator: Evaluator,
  fn: FunctionValue,
  args: readonly Value[],
  self: Value | undefined,
  caller: Frame | undefined,
): Value {
  const depth = (caller?.depth ?? 0) + 1;
  const name = nameOf(fn.node) ?? 'a function';
  if (depth > MAX_DEPTH) return unknown(`calls nested more than ${MAX_DEPTH} deep`, name);
  if (isAdrift(fn.node, args, caller)) return unknown(`${name}(), which calls itself`, name);
  if (!fn.node.body) return unknown(`${name}(), which has no body here`, name);
  if (fn.node.asteriskToken) return unknown(`${name}(), a generator`, name);
  const response = responses.get(fn.node);
  if (response) return response;
  const frame = sameFrame(evaluator, {
    fn: fn.node,
    args: fn.bound ? [...fn.bound, ...args] : args,
    self: ts.isArrowFunction(fn.node) ? undefined : (fn.self ?? self),
    outer: fn.frame,
    depth,
    caller,
  });
  const value = resultOf(evaluator, fn.node.body, frame);
  const isResponse = value.kind === 'unknown' && value.gap.response && !value.gap.parameter;
  if (isResponse && endsInCallOf(fn.node.body)) responses.set(fn.node, value);
  return value;
}

function resultOf(evaluator: Evaluator, body: ts.ConciseBody, frame: Frame): Value {
  if (!ts.isBlock(body)) return evaluator.evaluate(body, frame);
  const returned: Value[] = [];
  const ended = collectReturns(evaluator, body, frame, returned);
  if (returned.length === 0) {
    const name = nameOf(frame.fn) ?? 'a function';
    return ended ? unknown(`${name}(), which always throws`, name, { never: true }) : UNDEFINED;
  }
  return choice(ended ? returned : [...returned, UNDEFINED]);
}

/** What functions answer that end by sending a request: a response, whatever they are given. */
const responses = new WeakMap<ts.Node, Value>();

/** A body with no other way out than `return fetch(…)`, of which the arguments do not choose what is called. */
function endsInCallOf(body: ts.ConciseBody): boolean {
  let end: ts.Node | undefined = body;
  if (ts.isBlock(body)) {
    const last = body.statements.at(-1);
    if (!last || !ts.isReturnStatement(last) || body.statements.slice(0, -1).some(hasReturn)) return false;
    end = last.expression;
  }
  while (end && (ts.isAwaitExpression(end) || ts.isParenthesizedExpression(end))) end = end.expression;
  if (!end || !ts.isCallExpression(end)) return false;
  let callee: ts.Node = end.expression;
  while (ts.isPropertyAccessExpression(callee)) callee = callee.expression;
  if (!ts.isIdentifier(callee)) return false;
  const declaration = resolveName(callee, callee.text);
  return declaration === undefined || enclosingFunction(declaration) === undefined;
}

/** Gathers what a statement returns; answers whether it always leaves the function. */
function collectReturns(evaluator: Evaluator, node: ts.Statement, frame: Frame, into: Value[]): boolean {
  if (ts.isReturnStatement(node)) {
    into.push(node.expression ? evaluator.evaluate(node.expression, frame) : UNDEFINED);
    return true;
  }
  if (ts.isThrowStatement(node)) return true;
  if (ts.isBlock(node))
    return node.statements.some((statement) => collectReturns(evaluator, statement, frame, into));
  if (ts.isIfStatement(node)) {
    const decided = hasReturn(node) ? evaluator.condition(node.expression, frame) : undefined;
    if (decided === true) return collectReturns(evaluator, node.thenStatement, frame, into);
    if (decided === false)
      return node.elseStatement ? collectReturns(evaluator, node.elseStatement, frame, into) : false;
    const first = collectReturns(evaluator, node.thenStatement, frame, into);
    const second = node.elseStatement ? collectReturns(evaluator, node.elseStatement, frame, into) : false;
    return first && second;
  }
  if (ts.isSwitchStatement(node)) return collectSwitch(evaluator, node, frame, into);
  if (ts.isTryStatement(node)) {
    const tried = collectReturns(evaluator, node.tryBlock, frame, into);
    const caught = node.catchClause ? collectReturns(evaluator, node.catchClause.block, frame, into) : true;
    const last = node.finallyBlock ? collectReturns(evaluator, node.finallyBlock, frame, into) : false;
    return last || (tried && caught);
  }
  if (ts.isIterationStatement(node, false)) {
    collectReturns(evaluator, node.statement, frame, into);
    const forever =
      ts.isWhileStatement(node) && truthiness(evaluator.evaluate(node.expression, frame)) === true;
    return forever || (ts.isForStatement(node) && !node.condition);
  }
  if (ts.isLabeledStatement(node)) return collectReturns(evaluator, node.statement, frame, into);
  return false;
}

function collectSwitch(evaluator: Evaluator, node: ts.SwitchStatement, frame: Frame, into: Value[]): boolean {
  const subject = literalText(evaluator.evaluate(node.expression, frame));
  const { clauses } = node.caseBlock;
  const chosen =
    subject === undefined
      ? -1
      : clauses.findIndex(
          (clause) =>
            ts.isCaseClause(clause) && literalText(evaluator.evaluate(clause.expression, frame)) === subject,
        );
  const start = subject === undefined ? 0 : chosen >= 0 ? chosen : clauses.findIndex(ts.isDefaultClause);
  if (start < 0) return false;
  let ended = false;
  for (const clause of clauses.slice(start)) {
    ended = clause.statements.some((statement) => collectReturns(evaluator, statement, frame, into));
    if (subject !== undefined && (ended || clause.statements.some(ts.isBreakStatement))) return ended;
  }
  return ended && clauses.some(ts.isDefaultClause);
}

function hasReturn(node: ts.Node): boolean {
  return (
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    (!isFunctionLike(node) && (ts.forEachChild(node, hasReturn) ?? false))
  );
}

/** What a method call leaves in its receiver; undefined when it leaves it as it was. */
export function effectOfCall(
  evaluator: Evaluator,
  self: Value,
  method: string,
  node: ts.CallExpression,
  frame: Frame | undefined,
): Value | undefined {
  if (self.kind === 'choice') {
    let changed = false;
    const options = self.options.map((option) => {
      const after = effectOfCall(evaluator, option, method, node, frame);
      changed ||= after !== undefined;
      return after ?? option;
    });
    return changed ? choice(options) : undefined;
  }
  if (self.kind === 'instance') {
    const fn = member(evaluator, self, method, node, frame);
    if (fn.kind !== 'function') return undefined;
    return effectOfMethod(evaluator, self, fn, () => argumentsOf(evaluator, node, frame), frame);
  }
  if (self.kind !== 'object' && self.kind !== 'array') return undefined;
  return evaluator.natives.mutate(evaluator, self, method, () => argumentsOf(evaluator, node, frame), node);
}

// ------------------------------------------------------------------ new

export function evaluateNew(evaluator: Evaluator, node: ts.NewExpression, frame: Frame | undefined): Value {
  const ctor = evaluator.evaluate(node.expression, frame);
  const args = () => argumentsOf(evaluator, node, frame);
  const build = (option: Value): Value => {
    const cls = asClass(option);
    if (cls) {
      const given = args();
      return (
        returnedObject(evaluator, option, given, frame) ?? {
          kind: 'instance',
          class: cls,
          args: given,
          overlay: new Map(),
          fresh: true,
        }
      );
    }
    if (option.kind === 'external') {
      const built = evaluator.natives.construct(evaluator, option, args(), node);
      if (built) return built;
    }
    const name = nameOfType(node) ?? 'object';
    return unknown(`a new ${name}`, name, { node });
  };
  const value = optionsOf(ctor).length > 1 ? each(ctor, build) : build(ctor);
  const name = nameOfType(node);
  return name === undefined ? value : through(value, `new ${name}()`, node);
}

/** What a function that is called with `new` answers in place of the instance: an object that it always returns. */
function returnedObject(
  evaluator: Evaluator,
  fn: Value,
  args: readonly Value[],
  caller: Frame | undefined,
): Value | undefined {
  if (fn.kind !== 'function' || !fn.node.body || !ts.isBlock(fn.node.body)) return undefined;
  const last = fn.node.body.statements.at(-1);
  if (!last || !ts.isReturnStatement(last) || !last.expression) return undefined;
  const returned = apply(evaluator, fn, args, undefined, caller);
  return optionsOf(returned).every((option) => option.kind === 'object') ? returned : undefined;
}

function nameOfType(node: ts.NewExpression): string | undefined {
  if (ts.isIdentifier(node.expression)) return node.expression.text;
  return ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : undefined;
}
