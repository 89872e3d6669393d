import { argumentsOf, calleeOf, type Invocation, invocationsOf, invoked } from '../evaluate/calls.ts';
import { asClass } from '../evaluate/classes.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { choice, optionsOf, UNDEFINED, type Value } from '../evaluate/value.ts';
import { enclosingFunction, nameOf } from '../syntax/bindings.ts';
import { type ClassNode, classOfMember, constructorOf } from '../syntax/classes.ts';
import { ts } from '../syntax/ts.ts';
import { ANY_NAME, type CallIndex, type CallNode } from './calls.ts';
import { baseOf, byPlace, isSuperCall, isTest, isWithin } from './places.ts';

/** Callers of one wrapper that are looked at; more are a public function, not a wrapper. */
const MAX_CALLERS = 5000;
/** Names that the results of a function get; where it has more, it makes something for everybody. */
const MAX_NAMES = 20;
/** Classes below classes. */
const MAX_BASES = 8;
/** Places that construct a class, whose arguments become alternatives. */
const MAX_CONSTRUCTIONS = 12;

/** Who calls a function and who constructs a class, worked out when asked, by name first. */
export class Callers {
  readonly #index: CallIndex;
  readonly #evaluator: Evaluator;
  /** Names whose calls have been followed to their functions. */
  readonly #traced = new Set<string>();
  readonly #byFunction = new Map<ts.Node, Set<CallNode>>();
  readonly #answers = new Map<ts.Node, Map<number, Value | undefined>>();

  constructor(index: CallIndex, evaluator: Evaluator) {
    this.#index = index;
    this.#evaluator = evaluator;
  }

  /**
   * The calls of a function, in source order, but for those on the way already and its own. What tests
   * pass to the code is theirs. None when everything calls it: that is no wrapper to look through.
   */
  of(fn: ts.Node, chain: readonly CallNode[]): CallNode[] {
    for (const name of [...this.#namesOf(fn), ANY_NAME]) this.#trace(name);
    const outside = [...(this.#byFunction.get(fn) ?? [])].filter(
      (caller) => !chain.includes(caller) && !isWithin(caller, fn) && (!isTest(caller) || isTest(fn)),
    );
    return outside.length <= MAX_CALLERS ? outside.sort(byPlace) : [];
  }

  /** The names that a function is called by; one without a name goes by those of what returns it. */
  #namesOf(fn: ts.Node): readonly string[] {
    const name = nameOf(fn);
    if (name !== undefined) return this.#index.alsoNamed(name);
    const names: string[] = [];
    for (let maker = makerOf(fn); maker; maker = makerOf(maker))
      names.push(...this.#index.namesOfResults(nameOf(maker) ?? ''));
    return names.length > MAX_NAMES ? [] : names;
  }

  /** Finds out which functions the calls under a name reach. */
  #trace(name: string): void {
    if (this.#traced.has(name)) return;
    this.#traced.add(name);
    for (const node of this.#index.named(name)) {
      this.#evaluator.reset();
      // What the calls pass is asked of those alone that turn out to matter.
      for (const option of optionsOf(calleeOf(this.#evaluator, node, undefined).fn)) {
        const { fn } = invoked(option, undefined, []);
        if (fn.kind !== 'function') continue;
        const calls = this.#byFunction.get(fn.node);
        if (calls) calls.add(node);
        else this.#byFunction.set(fn.node, new Set([node]));
      }
    }
  }

  /** What the places that construct the class, or a class below it, pass for a parameter. */
  constructed(fn: ts.FunctionLikeDeclaration, index: number): Value | undefined {
    let answers = this.#answers.get(fn);
    if (!answers) {
      answers = new Map();
      this.#answers.set(fn, answers);
    }
    if (answers.has(index)) return answers.get(index);
    // Asked again while it is being worked out: the class constructs itself.
    answers.set(index, undefined);
    const cls = classOfMember(fn);
    const nodes = cls ? this.#constructionsOf(cls) : [];
    if (nodes.length === 0 || nodes.length > MAX_CONSTRUCTIONS) return undefined;
    const values = nodes.map((node) => this.#argumentsOf(node, fn)[index] ?? UNDEFINED);
    const answer = choice(values);
    answers.set(index, answer);
    return answer;
  }

  /** What a construction passes to the constructor; `Base.call(this, options)` names the instance first. */
  #argumentsOf(node: CallNode, fn: ts.Node): readonly Value[] {
    const called = ts.isNewExpression(node) || isSuperCall(node) ? undefined : this.#invocationOf(node, fn);
    return called?.args ?? argumentsOf(this.#evaluator, node, undefined);
  }

  #invocationOf(node: CallNode, fn: ts.Node): Invocation | undefined {
    return invocationsOf(this.#evaluator, node, undefined).find(
      (each) => each.fn.kind === 'function' && each.fn.node === fn,
    );
  }

  #constructionsOf(cls: ClassNode): CallNode[] {
    const classes = this.#constructedBy(cls);
    const names = new Set([...classes.map((each) => nameOf(each) ?? ANY_NAME), ANY_NAME]);
    const nodes = [...names].flatMap((name) => this.#index.constructing(name));
    const borrowing = ts.isClassLike(cls) ? [] : this.#index.named(nameOf(cls) ?? ANY_NAME);
    return [...new Set([...nodes, ...this.#index.named('super'), ...borrowing])].filter((node) => {
      if (isTest(node) && !isTest(cls)) return false;
      if (ts.isCallExpression(node) && !isSuperCall(node)) return this.#invocationOf(node, cls) !== undefined;
      const expression = ts.isNewExpression(node)
        ? node.expression
        : isSuperCall(node)
          ? baseOf(node)
          : undefined;
      if (!expression) return false;
      return optionsOf(this.#evaluator.evaluate(expression, undefined)).some((option) => {
        const made = asClass(option);
        return made !== undefined && classes.includes(made.node);
      });
    });
  }

  /** A class, and those below it that have no constructor of their own: its constructor gets their arguments. */
  #constructedBy(cls: ClassNode, depth = 0): ClassNode[] {
    const below = this.#evaluator.subclasses(cls).filter(({ node }) => !constructorOf(node));
    return [
      cls,
      ...(depth > MAX_BASES ? [] : below.flatMap(({ node }) => this.#constructedBy(node, depth + 1))),
    ];
  }
}

/** The function that returns a function, or what a call makes of it. */
function makerOf(fn: ts.Node): ts.Node | undefined {
  let node = fn;
  while (ts.isCallExpression(node.parent) || ts.isParenthesizedExpression(node.parent)) node = node.parent;
  const returned = ts.isReturnStatement(node.parent) || ts.isArrowFunction(node.parent);
  return returned ? enclosingFunction(node) : undefined;
}
