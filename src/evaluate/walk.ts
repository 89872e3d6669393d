import { enclosingFunction, isFunctionLike } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { afterWrite, countedName } from './effects.ts';
import type { Evaluator } from './evaluator.ts';
import {
  choice,
  type Frame,
  joinObjects,
  type ObjectValue,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';
import { contains, type Writes } from './writes.ts';

/**
 * Walks the code from a variable's start to a place of use and keeps what the variable holds, in source order.
 * A write under a condition that the place is not under gives alternatives; a branch that leaves the function
 * gives nothing.
 */

/** A longer list's loop is taken as one round that may or may not run. */
const MAX_ITEMS = 30;

/** What a variable or field holds at a place. */
export interface Question {
  readonly writes: Writes;
  /** The function, class member or file that owns the variable. */
  readonly owner: ts.Node;
  /** What it holds where the owner starts. */
  readonly start: Value;
  /** The declaration that gives it its first value on the way. */
  readonly declared?: { readonly node: ts.Node; readonly value: () => Value } | undefined;
  /** Without one: where the owner has run to its end. */
  readonly use?: ts.Node | undefined;
  readonly frame?: Frame | undefined;
}

/** Answers the question. */
export function stateAt(evaluator: Evaluator, question: Question): Value {
  const { owner, use } = question;
  // The functions between the owner and the use, outermost first.
  const chain: ts.Node[] = [];
  for (let fn = use && enclosingFunction(use); fn && fn !== owner; fn = enclosingFunction(fn))
    chain.unshift(fn);
  const walk = new Walk(evaluator, question, chain);
  if (!use || !contains(owner, use)) return walk.through(owner, undefined);
  // An inline callback runs where it stands; another closure runs once its owner has run to the end.
  let region = owner;
  for (const fn of chain) {
    walk.through(region, isInline(fn) ? fn : undefined);
    region = fn;
  }
  return walk.through(region, use);
}

class Walk {
  readonly #evaluator: Evaluator;
  readonly #question: Question;
  readonly #chain: readonly ts.Node[];
  /** Undefined behind a `return`, `throw`, `break` or `continue`: what follows is not reached. */
  #state: Value | undefined;
  #stop: ts.Node | undefined;
  #region: ts.Node;
  /** The question's frame, or within a loop one that binds the loop's variable. */
  #frame: Frame | undefined;
  /** States at the `return`s of the region. */
  #exits: (Value | undefined)[] = [];
  #done = false;

  constructor(evaluator: Evaluator, question: Question, chain: readonly ts.Node[]) {
    this.#evaluator = evaluator;
    this.#question = question;
    this.#chain = chain;
    this.#region = question.owner;
    this.#frame = question.frame;
    this.#state = question.start;
  }

  /** Walks a region from its start to `stop` (or its end) and answers the state there. */
  through(region: ts.Node, stop: ts.Node | undefined): Value {
    this.#region = region;
    this.#stop = stop;
    this.#done = false;
    this.#exits = [];
    const before = this.#state;
    if (isFunctionLike(region)) {
      for (const parameter of region.parameters) this.#visit(parameter);
      if (region.body) this.#visit(region.body);
    } else if (ts.isClassElement(region)) this.#visitChildren(region);
    else this.#visit(region);
    if (!this.#done) this.#state = this.#exits.reduce(merge, this.#state);
    if (region === this.#question.owner) this.#applyElsewhere();
    // A region that always leaves before its end still ran with what it had.
    this.#state ??= before;
    return this.#state ?? UNDEFINED;
  }

  /** Writes in functions that the use is not in: they may have run, or not. */
  #applyElsewhere(): void {
    const { owner, writes, frame } = this.#question;
    for (const write of writes.inFunctions) {
      if (!contains(owner, write.node) || !this.#isElsewhere(write.node)) continue;
      const after = afterWrite(this.#evaluator, write, this.#state ?? UNDEFINED, frame);
      this.#state = merge(this.#state, after);
    }
  }

  #isElsewhere(node: ts.Node): boolean {
    let fn = enclosingFunction(node);
    while (fn && fn !== this.#question.owner) {
      if (!this.#chain.includes(fn) && !isInline(fn)) return true;
      fn = enclosingFunction(fn);
    }
    return false;
  }

  #visit(node: ts.Node): void {
    if (this.#done) return;
    if (node === this.#stop) {
      this.#done = true;
      return;
    }
    const holdsStop = this.#holdsStop(node);
    if (!holdsStop && !this.#touches(node)) {
      if (alwaysLeaves(node)) this.#leave(node);
    } else if (isFunctionLike(node) && node !== this.#region) this.#function(node, holdsStop);
    else if (ts.isIfStatement(node)) this.#branch(node.expression, node.thenStatement, node.elseStatement);
    else if (ts.isConditionalExpression(node)) this.#branch(node.condition, node.whenTrue, node.whenFalse);
    else if (ts.isBinaryExpression(node) && isLazy(node.operatorToken.kind)) {
      this.#visit(node.left);
      this.#perhaps(node.right);
    } else if (ts.isIterationStatement(node, false)) this.#loop(node);
    else if (ts.isSwitchStatement(node)) this.#switch(node);
    else if (ts.isTryStatement(node)) this.#try(node);
    else {
      this.#visitChildren(node);
      if (this.#done) return;
      this.#effect(node);
      if (leaves(node)) this.#leave(node);
    }
  }

  #visitChildren(node: ts.Node): void {
    ts.forEachChild(node, (child) => this.#visit(child));
  }

  #holdsStop(node: ts.Node | undefined): boolean {
    return node !== undefined && this.#stop !== undefined && contains(node, this.#stop);
  }

  #touches(node: ts.Node): boolean {
    const { declared, writes } = this.#question;
    return (declared !== undefined && contains(node, declared.node)) || writes.isWithin(node);
  }

  #effect(node: ts.Node): void {
    const { declared, writes } = this.#question;
    if (node === declared?.node) {
      this.#state = declared.value();
      return;
    }
    if (this.#state === undefined) return;
    for (const write of writes.at(node))
      this.#state = afterWrite(this.#evaluator, write, this.#state, this.#frame);
  }

  /** Behind a statement that always leaves, nothing is reached. */
  #leave(node: ts.Node): void {
    if (returns(node) && enclosingFunction(node) === this.#region) this.#exits.push(this.#state);
    this.#state = undefined;
  }

  #function(node: ts.FunctionLikeDeclaration, holdsStop: boolean): void {
    if (!node.body) return;
    if (holdsStop) this.#visit(node.body);
    else if (isInline(node)) {
      // `then` callbacks and functions called at once run; for the others it depends.
      const before = this.#state;
      const list = forEachList(node);
      const items = list && this.#items(list);
      if (items) {
        this.#each(items, node, node.body);
        return;
      }
      this.#visit(node.body);
      this.#state = runsOnce(node) ? (this.#state ?? before) : merge(before, this.#state ?? before);
    }
  }

  #branch(condition: ts.Expression, whenTrue: ts.Node, whenFalse: ts.Node | undefined): void {
    this.#visit(condition);
    if (this.#done) return;
    const decided = this.#holdsStop(whenTrue)
      ? true
      : this.#holdsStop(whenFalse)
        ? false
        : this.#evaluator.condition(condition, this.#frame);
    const before = this.#state;
    if (decided !== false) this.#visit(whenTrue);
    if (decided === true) return;
    const first = this.#state;
    this.#state = before;
    if (whenFalse) this.#visit(whenFalse);
    if (decided === false) return;
    this.#state = merge(first, this.#state);
    const guarded = whenFalse ? undefined : absentKey(condition);
    if (guarded !== undefined && this.#state?.kind === 'object')
      this.#state = withPresent(this.#state, guarded);
  }

  /** Code that may run or not. */
  #perhaps(node: ts.Node): void {
    const before = this.#state;
    this.#visit(node);
    if (!this.#done) this.#state = merge(before, this.#state);
  }

  #loop(node: ts.IterationStatement): void {
    const incrementor = ts.isForStatement(node) ? node.incrementor : undefined;
    ts.forEachChild(node, (child) => {
      if (child !== node.statement && child !== incrementor) this.#visit(child);
    });
    // A variable that the loop counts with has no one value in it.
    const counter = this.#done ? undefined : this.#counterIn(incrementor ?? node.statement);
    if (counter) this.#state = unknown('a counter', countedName(counter));
    const items = ts.isForOfStatement(node) ? this.#items(node.expression) : undefined;
    if (items && !this.#done) this.#each(items, node, node.statement);
    else this.#perhaps(node.statement);
  }

  /** The first `i++`, `i += 2` of a loop on a variable that is a number when it begins. */
  #counterIn(node: ts.Node): ts.Node | undefined {
    if (this.#state?.kind !== 'primitive' || typeof this.#state.value !== 'number') return undefined;
    return this.#question.writes.all.find(
      (write) =>
        write.kind === 'assign' &&
        write.path.length === 0 &&
        write.operator !== ts.SyntaxKind.EqualsToken &&
        contains(node, write.node),
    )?.node;
  }

  /** The elements of a list that is known and short. */
  #items(list: ts.Expression): readonly Value[] | undefined {
    const value = this.#evaluator.evaluate(list, this.#frame);
    return value.kind === 'array' && !value.open && value.items.length <= MAX_ITEMS ? value.items : undefined;
  }

  /** A loop over a known list runs for each of its elements, unless the use is in one of its rounds. */
  #each(items: readonly Value[], owner: ts.Node, body: ts.Node): void {
    if (this.#holdsStop(body)) {
      this.#perhaps(body);
      return;
    }
    const outer = this.#frame;
    for (const item of items) {
      this.#frame = { fn: owner, args: [item], self: undefined, outer, depth: outer?.depth ?? 0 };
      this.#visit(body);
    }
    this.#frame = outer;
  }

  #switch(node: ts.SwitchStatement): void {
    this.#visit(node.expression);
    const before = this.#state;
    const ends: (Value | undefined)[] = [];
    let fallen: Value | undefined;
    for (const clause of node.caseBlock.clauses) {
      this.#state = fallen === undefined ? before : merge(before, fallen);
      const last = clause.statements.findIndex(ts.isBreakStatement);
      for (const statement of last < 0 ? clause.statements : clause.statements.slice(0, last)) {
        this.#visit(statement);
        if (this.#done) return;
      }
      fallen = last < 0 ? this.#state : undefined;
      if (last >= 0) ends.push(this.#state);
    }
    ends.push(fallen);
    if (!node.caseBlock.clauses.some(ts.isDefaultClause)) ends.push(before);
    this.#state = ends.reduce(merge, undefined);
  }

  #try(node: ts.TryStatement): void {
    const before = this.#state;
    this.#visit(node.tryBlock);
    if (this.#done) return;
    const after = this.#state;
    if (node.catchClause) {
      this.#state = merge(before, after);
      this.#visit(node.catchClause.block);
      if (this.#done) return;
      this.#state = merge(after, this.#state);
    }
    if (node.finallyBlock) this.#visit(node.finallyBlock);
  }
}

/** Two states that may both be; undefined is none, of code that is not reached. */
function merge(a: Value | undefined, b: Value | undefined): Value | undefined {
  return a && b ? eitherState(a, b) : (a ?? b);
}

/** Two states that may both be: objects are joined entry by entry, other values become alternatives. */
export function eitherState(a: Value, b: Value): Value {
  if (a === b) return a;
  if (a.kind === 'object' && b.kind === 'object' && a.type === b.type)
    return { ...joinObjects([a, b]), node: a.node };
  return choice([a, b]);
}

// ------------------------------------------------------------------ when functions run

/** A function that is called where it is written: an argument of a call, or called at once. */
function isInline(fn: ts.Node): boolean {
  const parent = callOf(fn);
  return ts.isCallExpression(parent) || ts.isNewExpression(parent);
}

function runsOnce(fn: ts.Node): boolean {
  const call = callOf(fn);
  if (!ts.isCallExpression(call)) return false;
  if (!call.arguments.some((argument) => argument === fn)) return true;
  return (
    ts.isPropertyAccessExpression(call.expression) &&
    ['then', 'finally', 'forEach'].includes(call.expression.name.text)
  );
}

/** The list of `list.forEach(fn)`. */
function forEachList(fn: ts.Node): ts.Expression | undefined {
  const { parent } = fn;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== fn) return undefined;
  const callee = parent.expression;
  return ts.isPropertyAccessExpression(callee) && callee.name.text === 'forEach'
    ? callee.expression
    : undefined;
}

/** What a function stands in: the call, if it is inline. */
function callOf(fn: ts.Node): ts.Node {
  let { parent } = fn;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return parent;
}

// ------------------------------------------------------------------ leaving

function alwaysLeaves(node: ts.Node): boolean {
  if (leaves(node)) return true;
  if (ts.isBlock(node)) return node.statements.some(alwaysLeaves);
  if (!ts.isIfStatement(node) || !node.elseStatement) return false;
  return alwaysLeaves(node.thenStatement) && alwaysLeaves(node.elseStatement);
}

function leaves(node: ts.Node): boolean {
  return (
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isBreakStatement(node) ||
    ts.isContinueStatement(node)
  );
}

function returns(node: ts.Node): boolean {
  return ts.isReturnStatement(node) || (!isFunctionLike(node) && (ts.forEachChild(node, returns) ?? false));
}

// ------------------------------------------------------------------ conditions

function isLazy(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

/** The key of `!headers.has('x')`, `!headers.x`, `!headers['x']`: what is not there is set, so then it is there. */
function absentKey(condition: ts.Expression): string | undefined {
  if (!ts.isPrefixUnaryExpression(condition) || condition.operator !== ts.SyntaxKind.ExclamationToken)
    return undefined;
  const { operand } = condition;
  if (ts.isPropertyAccessExpression(operand)) return operand.name.text;
  if (ts.isElementAccessExpression(operand)) return literalKey(operand.argumentExpression);
  if (!ts.isCallExpression(operand) || !ts.isPropertyAccessExpression(operand.expression)) return undefined;
  return ['has', 'get'].includes(operand.expression.name.text) ? literalKey(operand.arguments[0]) : undefined;
}

function literalKey(node: ts.Expression | undefined): string | undefined {
  return node && ts.isStringLiteral(node) ? node.text : undefined;
}

function withPresent(value: ObjectValue, key: string): ObjectValue {
  const name = value.type === 'Headers' ? key.toLowerCase() : key;
  const entry = value.entries.get(name);
  return entry ? { ...value, entries: new Map(value.entries).set(name, { ...entry, always: true }) } : value;
}
