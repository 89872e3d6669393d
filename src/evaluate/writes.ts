import { bindingsOf, contains, enclosingFunction, nameOf, resolveName } from '../syntax/bindings.ts';
import { baseOf, type ClassNode, classOfMember, memberNames, methodsOf, partsOf } from '../syntax/classes.ts';
import { ts } from '../syntax/ts.ts';
import { writesThroughAlias, writesThroughAliases } from './aliases.ts';
import { usesOf, usesOfVariable } from './mentions.ts';

/**
 * Finds the places that may change a variable or a field, from its mentions: a question about one variable
 * then looks at no other code. What such a place does to the value is said in `effects.ts`.
 */

interface Place {
  /** The whole assignment, call or `delete`. */
  readonly node: ts.Node;
  /** The keys from the variable to what is written: `common`, `x` for `headers.common.x = 1`. */
  readonly path: Keys;
  /** What is written may be something else: `const h = own ? {} : headers; h.x = 1`. */
  readonly perhaps?: boolean | undefined;
}

/** The way from an object to something in it. */
export type Keys = readonly (string | ts.Expression)[];

/** `headers.x = value`, `total++`, `({ token } = value)`. */
export interface Assignment extends Place {
  readonly kind: 'assign';
  readonly operator: ts.SyntaxKind;
  /** Undefined for `++` and `--`. */
  readonly value: ts.Expression | undefined;
  /** The key that is taken from `value` by destructuring. */
  readonly key?: string | undefined;
}

export interface Deletion extends Place {
  readonly kind: 'delete';
}

/** `headers.set('x', 1)`: the method may change what it is called on. */
export interface MethodCall extends Place {
  readonly kind: 'call';
  readonly call: ts.CallExpression;
  readonly method: string;
  /** It is called on what the call before it answers, which may be another object: `request.set(a).set(b)`. */
  readonly chained?: boolean;
}

/** `sign(headers)`, `register({ headers })`: the function may change what it gets. */
export interface Passing extends Place {
  readonly kind: 'pass';
  readonly call: ts.CallExpression | ts.NewExpression;
  /** Which argument it is, or lies in. */
  readonly index: number;
  /** The way from that argument to it: `init`, `headers` in `register({ init: { headers } })`. */
  readonly within?: readonly string[] | undefined;
}

/** `Object.assign(this, options)`: what the options have under the field's name is laid over it. */
export interface Merge extends Place {
  readonly kind: 'merge';
  readonly call: ts.CallExpression;
  readonly field: string;
}

/** `this.login()`: the method may write the field. */
export interface Run extends Place {
  readonly kind: 'run';
  readonly call: ts.CallExpression;
  readonly method: string;
  readonly field: string;
}

/** A place that may change a value. */
export type Write = Assignment | Deletion | MethodCall | Passing | Merge | Run;

/** The writes to one variable or field, which lie in one file; quick to ask for those in a node. */
export class Writes {
  /** In the order of the mentions. */
  readonly all: readonly Write[];
  /** Those that lie in a function, which may run at another time than the code around it. */
  readonly inFunctions: readonly Write[];
  readonly #sorted: readonly ts.Node[];
  readonly #byNode = new Map<ts.Node, Write[]>();

  constructor(all: readonly Write[]) {
    this.all = all;
    this.inFunctions = all.filter((write) => enclosingFunction(write.node));
    this.#sorted = all.map((write) => write.node).sort((a, b) => a.pos - b.pos);
    for (const write of all) append(this.#byNode, write.node, write);
  }

  /** The writes that this very node makes. */
  at(node: ts.Node): readonly Write[] {
    return this.#byNode.get(node) ?? [];
  }

  /** Whether the node makes a write or holds one. */
  isWithin(node: ts.Node): boolean {
    const sorted = this.#sorted;
    let from = 0;
    for (let to = sorted.length; from < to; ) {
      const middle = (from + to) >> 1;
      if ((sorted[middle]?.pos ?? 0) < node.pos) from = middle + 1;
      else to = middle;
    }
    for (let each = sorted[from]; each; each = sorted[++from]) {
      if (contains(node, each)) return true;
      // Nodes lie in each other or apart: this one and all later ones start behind the end.
      if (each.pos > node.pos) return false;
    }
    return false;
  }
}

export const NO_WRITES = new Writes([]);

const variables = new WeakMap<ts.Node, Writes>();

/** Every write to a variable, also those that go through another name for the same object. */
export function writesToVariable(declaration: ts.Node, name: string): Writes {
  let writes = variables.get(declaration);
  if (!writes) {
    const own = usesOfVariable(declaration, name).writes;
    const chained = own.flatMap(chainedTo).filter(({ node }) => !own.some((each) => each.node === node));
    const found = [...own, ...chained, ...writesThroughAliases(declaration, name)];
    writes = found.length > 0 ? new Writes(found) : NO_WRITES;
    variables.set(declaration, writes);
  }
  return writes;
}

/** The calls behind a call of a method: `.set(b)` of `request.set(a).set(b)`. */
function chainedTo(write: Write): Write[] {
  const found: Write[] = [];
  if (write.kind !== 'call') return found;
  for (let { call } = write; ; ) {
    const access = call.parent;
    if (!ts.isPropertyAccessExpression(access) || access.expression !== call) return found;
    if (!ts.isCallExpression(access.parent) || access.parent.expression !== access) return found;
    call = access.parent;
    found.push({ ...write, node: call, call, method: access.name.text, chained: true });
  }
}

/** The writes to a class's fields. */
interface FieldWrites {
  readonly byName: ReadonlyMap<string, readonly Write[]>;
  /** The calls of `Object.assign(this, …)`, which may write any. */
  readonly merges: readonly ts.CallExpression[];
  /** The calls of methods on `this`. */
  readonly runs: readonly { readonly call: ts.CallExpression; readonly method: string }[];
  /** Those to one field, merges and runs among them. */
  readonly known: Map<string, Writes>;
  /** The same, with the calls of methods that a base class has, which may write any. */
  readonly inherited: Map<string, Writes>;
}

const fields = new WeakMap<ts.Node, FieldWrites>();

/** Every write to a field of `this` within the class. */
function writesToFields(declaration: ClassNode): FieldWrites {
  let writes = fields.get(declaration);
  if (!writes) {
    const byName = new Map<string, Write[]>();
    const merges: ts.CallExpression[] = [];
    const runs: { call: ts.CallExpression; method: string }[] = [];
    for (const self of selvesIn(declaration)) {
      if (isMergeInto(self.parent, self)) merges.push(self.parent);
      const { writes: own, aliases } = usesOf(self);
      const others = aliases.flatMap(writesThroughAlias).filter((write) => !isSending(write));
      for (const write of [...own, ...others]) {
        const [field, ...path] = write.path;
        if (write.kind === 'call' && field === undefined)
          runs.push({ call: write.call, method: write.method });
        else if (typeof field === 'string') append(byName, field, { ...write, path });
      }
    }
    writes = { byName, merges, runs, known: new Map(), inherited: new Map() };
    fields.set(declaration, writes);
  }
  return writes;
}

/**
 * `const client = this.client; client.get(…)`: the method sends and changes nothing. Classes that are made by
 * a generator have hundreds of these, and each would be asked what it leaves in the field.
 */
function isSending(write: Write): boolean {
  return (
    write.kind === 'call' && /^(?:get|head|options|post|put|patch|request|fetch|send)$/.test(write.method)
  );
}

/** `this` in a class, under this and any other name: `const self = this`. */
function selvesIn(declaration: ClassNode): ts.Node[] {
  const { selves, mentions } = bindingsOf(declaration.getSourceFile());
  const parts = partsOf(declaration);
  const own = selves.filter((self) => parts.some((part) => contains(part, self)));
  const others = own.flatMap((self) => {
    const holder = holderOf(self);
    return ts.isVariableDeclaration(holder) && ts.isIdentifier(holder.name)
      ? (mentions.get(holder.name.text) ?? []).filter(
          (mention) => resolveName(mention, mention.text) === holder,
        )
      : [];
  });
  return [...own, ...others].sort((a, b) => a.pos - b.pos);
}

/** What `this` is put into; compilers write `var _this = _super.call(this) || this`. */
function holderOf({ parent }: ts.Node): ts.Node {
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.BarBarToken
    ? parent.parent
    : parent;
}

/** `Object.assign(self, …)`. */
function isMergeInto(node: ts.Node, self: ts.Node): node is ts.CallExpression {
  if (!ts.isCallExpression(node) || node.arguments[0] !== self) return false;
  const { expression } = node;
  return (
    ts.isPropertyAccessExpression(expression) &&
    ts.isIdentifier(expression.expression) &&
    /^(?:Object\.assign|_\.(?:assign|extend|merge))$/.test(
      `${expression.expression.text}.${expression.name.text}`,
    )
  );
}

/**
 * Every write to `this.field` within the class; `inherited`: and every call of a method that a base class
 * has, which may write it.
 */
export function writesToField(declaration: ClassNode, field: string, inherited = false): Writes {
  const kept = writesToFields(declaration);
  const known = inherited ? kept.inherited : kept.known;
  let writes = known.get(field);
  if (!writes) {
    const merged = kept.merges.map((call): Merge => ({ kind: 'merge', node: call, path: [], call, field }));
    const own = [...(kept.byName.get(field) ?? []), ...merged];
    const writers = writingMethods(declaration, own, inherited);
    const run = kept.runs
      .filter(({ method }) => writers.has(method))
      .map(({ call, method }): Run => ({ kind: 'run', node: call, path: [], call, method, field }));
    const all = [...own, ...(run.length > MAX_RUNS ? [] : run)].sort((a, b) => a.node.pos - b.node.pos);
    writes = all.length > 0 ? new Writes(all) : NO_WRITES;
    known.set(field, writes);
  }
  return writes;
}

/** Calls on `this` of methods that write one field; where there are more, none is followed. */
const MAX_RUNS = 12;

/** The names of the methods that write a field, themselves or through others. */
function writingMethods(
  declaration: ClassNode,
  own: readonly Write[],
  inherited: boolean,
): ReadonlySet<string> {
  const { runs } = writesToFields(declaration);
  const names = new Set<string>();
  if (runs.length === 0 || (own.length === 0 && !inherited)) return names;
  const methods = methodsOf(declaration);
  for (let before = -1; before < names.size; ) {
    before = names.size;
    for (const method of methods) {
      const name = nameOf(method);
      if (name === undefined || names.has(name)) continue;
      const writes =
        own.some(({ node }) => contains(method, node)) ||
        runs.some((run) => names.has(run.method) && contains(method, run.call));
      if (writes) names.add(name);
    }
  }
  if (inherited && baseOf(declaration)) {
    const defined = new Set(memberNames(declaration));
    for (const { method } of runs) if (!defined.has(method)) names.add(method);
  }
  return names;
}

/** Whether the class lays what it is given over itself. */
export function isMerged(declaration: ClassNode): boolean {
  return writesToFields(declaration).merges.length > 0;
}

const membersFields = new WeakMap<ts.Node, readonly string[]>();

/** The fields that a class member writes. */
export function fieldsWrittenIn(member: ts.Node): readonly string[] {
  let names = membersFields.get(member);
  if (!names) {
    const owner = classOfMember(member);
    names = owner ? writtenIn(member, owner) : [];
    membersFields.set(member, names);
  }
  return names;
}

function writtenIn(member: ts.Node, owner: ClassNode): readonly string[] {
  const { byName, merges } = writesToFields(owner);
  const declared =
    ts.isClassLike(owner) && merges.some((merge) => contains(member, merge))
      ? owner.members.filter(ts.isPropertyDeclaration).flatMap((each) => nameOf(each) ?? [])
      : [];
  return [...new Set([...byName.keys(), ...declared])].filter((field) =>
    writesToField(owner, field).isWithin(member),
  );
}

/** Whether the class assigns to the field anywhere. */
export function isFieldWritten(declaration: ClassNode, field: string): boolean {
  return writesToField(declaration, field).all.some((write) => write.kind === 'assign');
}

function append<K, V>(lists: Map<K, V[]>, key: K, item: V): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
