import { contains, enclosingFunction } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { alwaysLeaves, isInline, leaversIn, targetOf } from './order.ts';
import type { Frame } from './value.ts';
import type { Question } from './walk.ts';
import type { Writes } from './writes.ts';

/**
 * Between two writes a variable holds the same everywhere, so all places there ask the same question. Here a
 * place of use is brought forward to the earliest one with the same answer, and its frame to what the writes on
 * the way can see of it: what is asked in ten places of ten closures is then walked to once.
 */

/** How far a walk goes: through these functions within the owner, outermost first, in the last one up to `stop`. */
export interface Way {
  readonly chain: readonly ts.Node[];
  /** Undefined: to the end. */
  readonly stop: ts.Node | undefined;
}

type Variable = Pick<Question, 'writes' | 'declared'>;

const TO_THE_END: Way = { chain: [], stop: undefined };

const ways = new WeakMap<Writes, Map<ts.Node, Way>>();

/** The way from the start of the owner to the place of use; which owner it is follows from the place. */
export function wayTo({ use, owner, writes, declared }: Question): Way {
  if (!use || !contains(owner, use)) return TO_THE_END;
  let known = ways.get(writes);
  if (!known) {
    known = new Map();
    ways.set(writes, known);
  }
  let way = known.get(use);
  if (!way) {
    way = shortest(use, owner, { writes, declared });
    known.set(use, way);
  }
  return way;
}

/** The frame without those of functions and loops in the owner that hold none of the writes. */
export function frameFor({ frame, owner, writes, declared }: Question): Frame | undefined {
  let seen = frame;
  while (seen && seen.fn !== owner && isAround(owner, seen.fn) && !touches(seen.fn, { writes, declared }))
    seen = seen.outer;
  return seen;
}

/** The frame without those of functions and loops in the owner that the node does not lie in. */
export function frameAround(node: ts.Node, frame: Frame | undefined, owner: ts.Node): Frame | undefined {
  let seen = frame;
  while (seen && !isAround(seen.fn, node) && isAround(owner, seen.fn)) seen = seen.outer;
  return seen;
}

/** As `contains`, for nodes that may be of different files. */
function isAround(outer: ts.Node, node: ts.Node): boolean {
  for (let each: ts.Node | undefined = node; each; each = each.parent) if (each === outer) return true;
  return false;
}

function touches(node: ts.Node, { writes, declared }: Variable): boolean {
  return (declared !== undefined && contains(node, declared.node)) || writes.isWithin(node);
}

function shortest(use: ts.Node, owner: ts.Node, variable: Variable): Way {
  const chain: ts.Node[] = [];
  for (let fn = enclosingFunction(use); fn && fn !== owner; fn = enclosingFunction(fn)) chain.unshift(fn);
  let stop: ts.Node | undefined = use;
  // A function without a write finds what there is where it is called.
  for (let fn = chain.at(-1); fn && !touches(fn, variable); fn = chain.at(-1)) {
    chain.pop();
    // An inline callback runs where it stands; another closure runs once its owner has run to the end.
    stop = isInline(fn) ? fn : undefined;
  }
  return { chain, stop: stop && earliest(stop, chain.at(-1) ?? owner, variable) };
}

/** The earliest place in the region that is reached with the same state. */
function earliest(stop: ts.Node, region: ts.Node, variable: Variable): ts.Node {
  // In the rounds of a loop it matters under which conditions a place is.
  for (let each = stop; each !== region; each = each.parent)
    if (ts.isIterationStatement(each, false) && touches(each, variable)) return stop;
  let place = stop;
  for (let next = earlier(place, region, variable); next; next = earlier(place, region, variable))
    place = next;
  return place;
}

/** A place before this one: a statement before it, or what it lies in, if nothing changes on the way from there. */
function earlier(place: ts.Node, region: ts.Node, variable: Variable): ts.Node | undefined {
  const { parent } = place;
  const statements = statementsOf(parent);
  const index = statements.indexOf(place as ts.Statement);
  const last = statements.slice(0, Math.max(0, index)).findLastIndex((each) => mayChange(each, variable));
  if (last + 1 < index) return statements[last + 1];
  if (last >= 0 || parent === region) return undefined;
  return holderOf(place, variable);
}

/** What a place lies in, if it is reached with the same state. */
function holderOf(place: ts.Node, variable: Variable): ts.Node | undefined {
  const { parent } = place;
  // What leaves the other blocks of a `try` does not come here, or only comes here.
  if (ts.isTryStatement(parent)) return parent.tryBlock === place ? parent : undefined;
  if (ts.isCatchClause(parent))
    return parent.block === place && !touches(parent.parent, variable) ? parent.parent : undefined;
  if (ts.isCaseOrDefaultClause(parent)) {
    const whole = parent.parent.parent;
    return ts.isStatement(place) && !touches(whole, variable) ? whole : undefined;
  }
  if (ts.isForStatement(parent) && parent.incrementor === place) return undefined;
  return touchedBefore(place, variable) ? undefined : parent;
}

/** Whether something that runs before it in the same node is a write or holds one. */
function touchedBefore(place: ts.Node, variable: Variable): boolean {
  const { parent } = place;
  if (ts.isIfStatement(parent)) return place !== parent.expression && touches(parent.expression, variable);
  if (ts.isConditionalExpression(parent))
    return place !== parent.condition && touches(parent.condition, variable);
  const found = ts.forEachChild(parent, (child) =>
    child === place || touches(child, variable) ? child : undefined,
  );
  return found !== place;
}

function statementsOf(node: ts.Node): readonly ts.Statement[] {
  const holds =
    ts.isBlock(node) || ts.isSourceFile(node) || ts.isModuleBlock(node) || ts.isCaseOrDefaultClause(node);
  return holds ? node.statements : [];
}

/** Whether what is known of the variable may be another thing behind a statement. */
function mayChange(statement: ts.Statement, variable: Variable): boolean {
  if (touches(statement, variable) || alwaysLeaves(statement)) return true;
  return leaversIn(statement).some((each) => {
    const target = targetOf(each);
    return !ts.isReturnStatement(each) && target !== undefined && !isAround(statement, target);
  });
}
