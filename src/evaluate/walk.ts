import { contains, enclosingFunction, isFunctionLike } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { calleeName } from './calls.ts';
import { afterWrite, countedName, type Repeated } from './effects.ts';
import type { Evaluator } from './evaluator.ts';
import type { Identities } from './identities.ts';
import {
  alwaysLeaves,
  callOf,
  holdsStatements,
  isInline,
  isLazy,
  leaversIn,
  leaves,
  targetOf,
} from './order.ts';
import { frameAround, frameFor, type Way, wayTo } from './places.ts';
import { frameOfRound, type Round, roundsOf } from './rounds.ts';
import {
  eitherState,
  type Frame,
  literalText,
  type ObjectValue,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';
import type { Write, Writes } from './writes.ts';

/**
 * Walks the code from a variable's start to a place of use and keeps what the variable holds, in source order.
 * A write under a condition that the place is not under gives alternatives; a branch that leaves the function
 * gives nothing.
 */

/** A declaration with a first value, and the frame in which that is worked out. */
interface Declared {
  readonly node: ts.Node;
  readonly value: () => Value;
  readonly frame: Frame | undefined;
}

/** What a variable or field holds at a place. */
export interface Question {
  readonly writes: Writes;
  /** The function, class member or file that owns the variable. */
  readonly owner: ts.Node;
  /** What it holds where the owner starts. */
  readonly start: Value;
  /** The declaration that gives it its first value on the way. */
  readonly declared?: Declared | undefined;
  /** The variable itself, so that rounds of a loop can go on from each other. */
  readonly declaration?: ts.Node | undefined;
  /** Without one: where the owner has run to its end. */
  readonly use?: ts.Node | undefined;
  readonly frame?: Frame | undefined;
}

/** Answers the question, once for all who ask the same. */
export function stateAt(evaluator: Evaluator, asked: Question): Value {
  if (!asked.declared && asked.writes.all.length === 0) return asked.start;
  const way = wayTo(asked);
  const frame = frameFor(asked);
  const question = { ...asked, frame };
  const key = keyOf(evaluator.identities, question, way);
  const known = evaluator.states.get(key);
  if (known) return known;
  // A function that calls itself with the same changes nothing more.
  evaluator.states.set(key, question.declared ? unknown('defined by itself', 'value') : question.start);
  let state: Value | undefined;
  try {
    state = walked(evaluator, question, way);
    return state;
  } finally {
    if (state && evaluator.hasBudget) evaluator.states.set(key, state);
    else evaluator.states.delete(key);
  }
}

function keyOf(ids: Identities, { writes, owner, start, declared, frame }: Question, way: Way): string {
  const place = `${ids.ofThing(owner)},${ids.ofThing(way.chain.at(-1))},${ids.ofThing(way.stop)}`;
  const first = `${ids.ofThing(declared?.node)},${ids.ofFrame(declared?.frame)},${ids.ofValue(start)}`;
  return `${ids.ofThing(writes)},${place},${first},${ids.ofFrame(frame)}`;
}

function walked(evaluator: Evaluator, question: Question, { chain, stop }: Way): Value {
  const walk = new Walk(evaluator, question, chain);
  // An inline callback runs where it stands; another closure runs once its owner has run to the end.
  let region = question.owner;
  for (const fn of chain) {
    walk.through(region, isInline(fn) ? fn : undefined);
    region = fn;
  }
  return walk.through(region, stop);
}

/** What is known at the places that end a round before its last line. */
interface Ending {
  /** The loop, or the inline function. */
  readonly owner: ts.Node;
  /** At `continue`, or `return` from the function. */
  readonly next: (Value | undefined)[];
  /** At `break`. */
  readonly out: (Value | undefined)[];
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
  /** At the start of the rounds of a loop that the place of use is in, when they lead to each other. */
  #begun: Value | undefined;
  /** In a loop whose rounds are not known one by one. */
  #repeated: Repeated | undefined;
  /** The loops and inline functions that are walked through now, outermost first. */
  readonly #endings: Ending[] = [];

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
    this.#begun = undefined;
    const before = this.#state;
    if (isFunctionLike(region)) {
      for (const parameter of region.parameters) this.#visit(parameter);
      if (region.body) this.#visit(region.body);
    } else if (ts.isClassElement(region)) this.#visitChildren(region);
    else this.#visit(region);
    if (!this.#done) this.#state = this.#exits.reduce(merge, this.#state);
    if (region === this.#question.owner) this.#applyElsewhere();
    // A region that always leaves before its end still ran with what it had.
    this.#state ??= this.#begun ?? before;
    return this.#state ?? UNDEFINED;
  }

  /** Writes in functions that the use is not in: they may have run, or not. */
  #applyElsewhere(): void {
    const { owner, writes, frame } = this.#question;
    let added = false;
    for (const write of writes.inFunctions) {
      if (!contains(owner, write.node) || !this.#isElsewhere(write.node)) continue;
      // What one `+=` adds, however often, stands for what the next ones add.
      if (write.kind === 'assign' && write.operator === ts.SyntaxKind.PlusEqualsToken) {
        if (added) continue;
        added = true;
      }
      const own = frameAround(write.node, frame, owner);
      const after = afterWrite(this.#evaluator, write, this.#state ?? UNDEFINED, own, 'elsewhere');
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
    if (!holdsStop && !this.#touches(node) && !this.#mayEnd(node)) {
      if (alwaysLeaves(node)) this.#leave(node);
    } else if (isFunctionLike(node) && node !== this.#region) this.#function(node, holdsStop);
    else if (ts.isIfStatement(node)) this.#branch(node.expression, node.thenStatement, node.elseStatement);
    else if (ts.isConditionalExpression(node)) this.#branch(node.condition, node.whenTrue, node.whenFalse);
    else if (ts.isBinaryExpression(node) && isLazy(node.operatorToken.kind)) {
      this.#visit(node.left);
      if (this.#done || this.#holdsStop(node.right) || !this.#isDecidedBy(node)) this.#perhaps(node.right);
    } else if (ts.isIterationStatement(node, false)) this.#loop(node);
    else if (ts.isSwitchStatement(node)) this.#switch(node);
    else if (ts.isTryStatement(node)) this.#try(node);
    else if (ts.isLabeledStatement(node)) this.#labelled(node);
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
    for (const write of writes.at(node)) {
      const after = afterWrite(this.#evaluator, write, this.#state, this.#frameAt(node), this.#repeated);
      this.#state = write.perhaps ? eitherState(this.#state, after) : after;
    }
  }

  /** The frame of this moment: in a round of a loop, the variable is what the rounds before have made of it. */
  #frameAt(node: ts.Node): Frame | undefined {
    const { declaration, owner } = this.#question;
    const frame = frameAround(node, this.#frame, owner);
    if (!frame || frame !== this.#frame || frame === this.#question.frame) return frame;
    if (!declaration || !this.#state) return frame;
    return { ...frame, held: { declaration, value: this.#state } };
  }

  /** Behind a statement that always leaves, nothing is reached; what it leaves goes on with the state here. */
  #leave(node: ts.Node): void {
    const state = this.#state;
    for (const each of leaversIn(node)) {
      const target = targetOf(each);
      if (ts.isReturnStatement(each) && target === this.#region) this.#exits.push(state);
      const ending = this.#endings.findLast(({ owner }) => owner === target);
      if (!ending) continue;
      if (ts.isBreakStatement(each)) ending.out.push(state);
      else ending.next.push(state);
    }
    this.#state = undefined;
  }

  /** Whether a statement may end the round or the region that is walked to its end: `if (!token) return`. */
  #mayEnd(node: ts.Node): boolean {
    if (!holdsStatements(node) || alwaysLeaves(node)) return false;
    return leaversIn(node).some((each) => {
      const target = targetOf(each);
      if (ts.isReturnStatement(each) && target === this.#region && !this.#stop) return true;
      return this.#endings.some(({ owner }) => owner === target);
    });
  }

  #function(node: ts.FunctionLikeDeclaration, holdsStop: boolean): void {
    if (!node.body) return;
    if (holdsStop) this.#visit(node.body);
    else if (isInline(node)) {
      // `then` callbacks and functions called at once run; for the others it depends.
      const before = this.#state;
      const rounds = isForEach(node) ? roundsOf(this.#evaluator, node, this.#frame) : undefined;
      if (rounds) {
        this.#each(rounds, node, node.body);
        return;
      }
      this.#once(node, node.body);
      if (!runsOnce(node)) this.#state = merge(before, this.#state);
    }
  }

  #branch(condition: ts.Expression, whenTrue: ts.Node, whenFalse: ts.Node | undefined): void {
    this.#visit(condition);
    if (this.#done) return;
    const decided = this.#holdsStop(whenTrue)
      ? true
      : this.#holdsStop(whenFalse)
        ? false
        : this.#evaluator.condition(condition, this.#frameAt(condition));
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

  /** Whether the left side is all that runs: `headers || (headers = {})` where there are headers. */
  #isDecidedBy({ left, operatorToken: { kind } }: ts.BinaryExpression): boolean {
    const truthy = this.#evaluator.condition(left, this.#frameAt(left));
    return kind === ts.SyntaxKind.AmpersandAmpersandToken ? truthy === false : truthy === true;
  }

  /** Code that may run or not. */
  #perhaps(node: ts.Node, owner = node): void {
    const before = this.#state;
    this.#once(owner, node);
    if (!this.#done) this.#state = merge(before, this.#state);
  }

  /** One round of a loop, or one run of an inline function: also ended by what leaves it. */
  #once(owner: ts.Node, body: ts.Node): boolean {
    const ending: Ending = { owner, next: [], out: [] };
    this.#endings.push(ending);
    this.#visit(body);
    this.#endings.pop();
    if (this.#done) return false;
    const next = ending.next.reduce(merge, this.#state);
    this.#state = ending.out.reduce(merge, next);
    return next !== undefined;
  }

  #loop(node: ts.IterationStatement): void {
    const incrementor = ts.isForStatement(node) ? node.incrementor : undefined;
    ts.forEachChild(node, (child) => {
      if (child !== node.statement && child !== incrementor) this.#visit(child);
    });
    // A variable that the loop counts with has no one value in it.
    const counter = this.#done ? undefined : this.#counterIn(incrementor ?? node.statement);
    if (counter) this.#state = unknown('a counter', countedName(counter));
    if (this.#done) return;
    if (this.#isForLaterRounds(node)) this.#earlierRound(node);
    const rounds = counter ? undefined : roundsOf(this.#evaluator, node, this.#frame);
    if (rounds) this.#each(rounds, node, node.statement);
    else {
      const outer = this.#repeated;
      if (!ts.isDoStatement(node)) this.#repeated = 'here';
      if (isEndless(node)) this.#untilLeft(node);
      else if (this.#runsAtLeastOnce(node)) this.#once(node, node.statement);
      else this.#perhaps(node.statement, node);
      this.#repeated = outer;
    }
  }

  /** Whether the place of use may be reached in later rounds only, with what the earlier ones set. */
  #isForLaterRounds(node: ts.IterationStatement): boolean {
    const { declared, writes } = this.#question;
    // What the loop declares is another one in each round.
    if (!this.#stop || (declared && contains(node, declared.node))) return false;
    const { statement } = node;
    if (
      !this.#holdsStop(statement) ||
      !writes.all.some((write) => sets(write) && contains(statement, write.node))
    )
      return false;
    return isConditional(this.#stop, node);
  }

  /** The round that the place of use is in may be the first one, or have others before it. */
  #earlierRound(node: ts.IterationStatement): void {
    const [first, stop, outer] = [this.#state, this.#stop, this.#repeated];
    this.#stop = undefined;
    this.#repeated = 'here';
    this.#once(node, node.statement);
    this.#stop = stop;
    this.#repeated = outer;
    this.#state = merge(first, this.#state);
    this.#begun = this.#state;
  }

  #runsAtLeastOnce(node: ts.IterationStatement): boolean {
    if (ts.isDoStatement(node)) return true;
    return ts.isWhileStatement(node) && this.#evaluator.condition(node.expression, this.#frame) === true;
  }

  /** `while (true)` is left from within only, in its first round or in one that the rounds before lead to. */
  #untilLeft(node: ts.IterationStatement): void {
    const outer = this.#frame;
    const ending: Ending = { owner: node, next: [], out: [] };
    this.#endings.push(ending);
    for (let round = 0; round < 2 && this.#state && !this.#done; round++) {
      this.#visit(node.statement);
      if (this.#done) break;
      this.#state = ending.next.splice(0).reduce(merge, this.#state);
      this.#frame = frameOfRound(this.#evaluator, node, { args: [], always: true }, outer);
    }
    this.#endings.pop();
    this.#frame = outer;
    if (!this.#done) this.#state = ending.out.reduce(merge, undefined);
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

  /** A loop over a known list runs for each of its elements, unless the use is in one of its rounds. */
  #each(rounds: readonly Round[], owner: ts.Node, body: ts.Node): void {
    if (this.#holdsStop(body)) {
      this.#perhaps(body, owner);
      return;
    }
    const outer = this.#frame;
    const left: (Value | undefined)[] = [];
    for (const round of rounds) {
      const before = this.#state;
      const ending: Ending = { owner, next: [], out: [] };
      this.#frame = frameOfRound(this.#evaluator, owner, round, outer);
      this.#endings.push(ending);
      this.#visit(body);
      this.#endings.pop();
      left.push(...ending.out);
      this.#state = ending.next.reduce(merge, this.#state);
      if (!round.always) this.#state = merge(before, this.#state);
      if (this.#state === undefined) break;
    }
    this.#frame = outer;
    this.#state = left.reduce(merge, this.#state);
  }

  #switch(node: ts.SwitchStatement): void {
    this.#visit(node.expression);
    const before = this.#state;
    const ending: Ending = { owner: node, next: [], out: [] };
    this.#endings.push(ending);
    const first = this.#clauseOf(node);
    let fallen: Value | undefined;
    for (const clause of node.caseBlock.clauses) {
      const entered = !first || first === clause || this.#holdsStop(clause);
      this.#state = merge(entered ? before : undefined, fallen);
      for (const statement of clause.statements) this.#visit(statement);
      if (this.#done) break;
      fallen = this.#state;
    }
    this.#endings.pop();
    if (this.#done) return;
    const skipped = first || node.caseBlock.clauses.some(ts.isDefaultClause) ? undefined : before;
    this.#state = ending.out.reduce(merge, merge(fallen, skipped));
  }

  /** The clause that a `switch` goes to, when all that it compares is known. */
  #clauseOf({ expression, caseBlock: { clauses } }: ts.SwitchStatement): ts.CaseOrDefaultClause | undefined {
    const keyIn = (node: ts.Expression) => keyOfCase(this.#evaluator.evaluate(node, this.#frameAt(node)));
    const subject = keyIn(expression);
    if (subject === undefined) return undefined;
    for (const clause of clauses) {
      if (ts.isDefaultClause(clause)) continue;
      const value = keyIn(clause.expression);
      if (value === undefined || value === subject) return value === undefined ? undefined : clause;
    }
    return clauses.find(ts.isDefaultClause);
  }

  /** `done: { … break done; … }`. */
  #labelled(node: ts.LabeledStatement): void {
    const ending: Ending = { owner: node, next: [], out: [] };
    this.#endings.push(ending);
    this.#visit(node.statement);
    this.#endings.pop();
    if (!this.#done) this.#state = ending.out.reduce(merge, this.#state);
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

// ------------------------------------------------------------------ when functions run

function runsOnce(fn: ts.Node): boolean {
  const call = callOf(fn);
  if (!ts.isCallExpression(call)) return false;
  if (!call.arguments.some((argument) => argument === fn)) return true;
  return (
    ts.isPropertyAccessExpression(call.expression) &&
    ['then', 'finally', 'forEach'].includes(call.expression.name.text)
  );
}

/** The function of `list.forEach(fn)`, `list.map(fn)`: it runs for each element, at once. */
function isForEach(fn: ts.Node): boolean {
  const { parent } = fn;
  if (!ts.isCallExpression(parent) || parent.arguments[0] !== fn) return false;
  const callee = parent.expression;
  return ts.isPropertyAccessExpression(callee) && ['forEach', 'map'].includes(callee.name.text);
}

// ------------------------------------------------------------------ loops

/** Whether a write is one by what it says; other calls may be, and are not worth walking a round for. */
function sets(write: Write): boolean {
  if (write.kind === 'pass') return calleeName(write.call) === 'assign';
  if (write.kind === 'call') return /^(?:set|append|add|push|delete)/.test(write.method);
  return write.kind !== 'run';
}

/** Whether a round of the loop may pass by a place in it: under a condition, or behind a `continue`. */
function isConditional(place: ts.Node, loop: ts.IterationStatement): boolean {
  for (let node = place; node !== loop.statement; node = node.parent) {
    const { parent } = node;
    if ((ts.isIfStatement(parent) || ts.isSwitchStatement(parent)) && node !== parent.expression) return true;
    if (ts.isConditionalExpression(parent) && node !== parent.condition) return true;
    if (ts.isBinaryExpression(parent) && node === parent.right && isLazy(parent.operatorToken.kind))
      return true;
    if (ts.isCatchClause(parent)) return true;
    const passes = (statement: ts.Statement) =>
      statement.end <= node.pos &&
      leaversIn(statement).some((each) => ts.isContinueStatement(each) && targetOf(each) === loop);
    if (ts.isBlock(parent) && parent.statements.some(passes)) return true;
  }
  return false;
}

/** `while (true)`, `for (;;)`. */
function isEndless(node: ts.IterationStatement): boolean {
  if (ts.isForStatement(node)) return node.condition === undefined;
  return ts.isWhileStatement(node) && node.expression.kind === ts.SyntaxKind.TrueKeyword;
}

// ------------------------------------------------------------------ conditions

/** What two values that `===` takes for the same have in common; undefined when it is not known. */
function keyOfCase(value: Value): string | undefined {
  if (value.kind === 'primitive') return `${typeof value.value} ${String(value.value)}`;
  const text = value.kind === 'text' ? literalText(value) : undefined;
  return text === undefined ? undefined : `text ${text}`;
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
