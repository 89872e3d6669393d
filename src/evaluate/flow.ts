import { bindingsOf, enclosingFunction, isFunctionLike, nameOf, resolveName } from '../syntax/bindings.ts';
import { ts } from '../syntax/ts.ts';
import { calleeOf, effectOfCall } from './calls.ts';
import { type Evaluator, spread } from './evaluator.ts';
import { member, setMember } from './members.ts';
import { initialValue } from './names.ts';
import { keyOf as keyOfExternal } from './natives/natives.ts';
import {
  choice,
  concat,
  type Frame,
  type Gap,
  gapOf,
  joinObjects,
  literalText,
  type ObjectValue,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';

/**
 * What a variable (or a field of `this`) holds at a place: its initial value, then everything that was
 * written to it on the way there, in source order. A write under a condition that the place is not under
 * gives alternatives; a branch that leaves the function gives nothing.
 */

/** A write, found from a mention of the variable: `headers.x = 1`, `headers.set('x', 1)`, `delete headers.x`. */
interface Write {
  readonly node: ts.Node;
  readonly kind: 'assign' | 'call' | 'delete' | 'pass';
  readonly path: readonly (string | ts.Expression)[];
  readonly operator: ts.SyntaxKind;
  readonly value: ts.Expression | undefined;
  /** For a destructuring assignment: the key taken from `value`. */
  readonly key: string | undefined;
  /** For `call` and `pass`. */
  readonly call: ts.CallExpression | ts.NewExpression | undefined;
  readonly method: string | undefined;
  readonly index: number;
}

const cache = new WeakMap<ts.Node, readonly Write[]>();

export function stateOfVariable(
  evaluator: Evaluator,
  declaration: ts.Node,
  name: string,
  use: ts.Node | undefined,
  frame: Frame | undefined,
  callFrame: Frame | undefined,
): Value {
  const writes = writesToVariable(declaration, name);
  const initial = () => initialValue(evaluator, declaration, frame);
  const foreign = enclosingFunction(declaration) ? [] : evaluator.foreignImports(declaration);
  if (foreign.length > 0) {
    const own =
      writes.length === 0
        ? initial()
        : ownState(evaluator, declaration, writes, initial, use, callFrame ?? frame);
    return afterForeignWrites(evaluator, own, foreign);
  }
  if (writes.length === 0) return initial();
  return ownState(evaluator, declaration, writes, initial, use, callFrame ?? frame);
}

/** An import of the value in another file, and the name it has there. */
export interface ForeignImport {
  readonly declaration: ts.Node;
  readonly name: string;
}

/** What other files that import an object do to it: set-up code is taken to have run. */
function afterForeignWrites(evaluator: Evaluator, value: Value, imports: readonly ForeignImport[]): Value {
  if (value.kind !== 'object' && value.kind !== 'instance' && value.kind !== 'choice') return value;
  let state: Value = value;
  for (const { declaration, name } of imports) {
    const writes = writesToVariable(declaration, name);
    if (writes.length === 0) continue;
    const before = state;
    const question = {
      writes,
      owner: declaration.getSourceFile(),
      declaration: undefined,
      initial: () => before,
      use: undefined,
      frame: undefined,
    };
    state = stateAt(evaluator, question);
  }
  return state;
}

function ownState(
  evaluator: Evaluator,
  declaration: ts.Node,
  writes: readonly Write[],
  initial: () => Value,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): Value {
  const root = rootDeclaration(declaration);
  const owner = ts.isParameter(root) ? root.parent : (enclosingFunction(root) ?? root.getSourceFile());
  return stateAt(evaluator, {
    writes,
    owner,
    declaration: ts.isParameter(root) ? undefined : root,
    initial,
    use,
    frame,
  });
}

/** An imported object that this file changes: `axios.defaults.baseURL = …`. */
export function stateOfImport(
  evaluator: Evaluator,
  declaration: ts.Node,
  name: string,
  value: Value,
  use: ts.Node | undefined,
  frame: Frame | undefined,
): Value {
  const writes = writesToVariable(declaration, name);
  const others = evaluator.foreignImports(declaration);
  if (others.length > 0) {
    const before = afterForeignWrites(evaluator, value, others);
    if (writes.length === 0) return before;
    const question = {
      writes,
      owner: declaration.getSourceFile(),
      declaration: undefined,
      initial: () => before,
      use,
      frame,
    };
    return stateAt(evaluator, question);
  }
  if (writes.length === 0) return value;
  return stateAt(evaluator, {
    writes,
    owner: declaration.getSourceFile(),
    declaration: undefined,
    initial: () => value,
    use,
    frame,
  });
}

/** The object that a function leaves in its parameter when it returns: what a helper did to its argument. */
export function effectOnParameter(
  evaluator: Evaluator,
  fn: ts.FunctionLikeDeclaration,
  index: number,
  value: Value,
  frame: Frame,
): Value {
  const parameter = fn.parameters[index];
  if (!parameter || !ts.isIdentifier(parameter.name)) return value;
  const writes = writesToVariable(parameter, parameter.name.text);
  if (writes.length === 0) return value;
  return stateAt(evaluator, {
    writes,
    owner: fn,
    declaration: undefined,
    initial: () => value,
    use: undefined,
    frame,
  });
}

/** The state of `this.field`: from the field's initial value through the constructor, then up to `use`. */
export function stateOfField(
  evaluator: Evaluator,
  members: readonly ts.ClassLikeDeclaration[],
  field: string,
  initial: Value,
  use: ts.Node | undefined,
  frameFor: (fn: ts.Node) => Frame | undefined,
): Value {
  let state = initial;
  const useOwner = use ? methodOf(use) : undefined;
  const methods: ts.Node[] = [];
  // Base classes first: their constructors run first.
  for (const declaration of [...members].reverse()) {
    const writes = writesToField(declaration, field);
    const owners = [...new Set(writes.map((write) => methodOf(write.node)))].filter(
      (each) => each !== undefined,
    );
    const ctor = owners.find(ts.isConstructorDeclaration);
    if (ctor) {
      const before = state;
      state = stateAt(evaluator, {
        writes,
        owner: ctor,
        declaration: undefined,
        initial: () => before,
        use: useOwner === ctor ? use : undefined,
        frame: frameFor(ctor),
      });
      if (useOwner === ctor) return state;
    }
    methods.push(...owners.filter((owner) => owner !== ctor));
  }
  for (const method of methods) {
    if (method === useOwner) continue;
    const before = state;
    const after = stateAt(evaluator, {
      writes: writesToField(method.parent as ts.ClassLikeDeclaration, field),
      owner: method,
      declaration: undefined,
      initial: () => before,
      use: undefined,
      frame: frameFor(method),
    });
    // A field that starts out empty is used once a method has set it.
    state =
      before.kind === 'primitive' && before.value === undefined ? after : (merge(before, after) ?? before);
  }
  if (useOwner && methods.includes(useOwner)) {
    const before = state;
    state = stateAt(evaluator, {
      writes: writesToField(useOwner.parent as ts.ClassLikeDeclaration, field),
      owner: useOwner,
      declaration: undefined,
      initial: () => before,
      use,
      frame: frameFor(useOwner),
    });
  }
  return state;
}

/** The class member that holds the node. */
function methodOf(node: ts.Node): ts.Node | undefined {
  for (let each: ts.Node | undefined = node; each; each = each.parent) {
    if (each.parent && ts.isClassLike(each.parent) && ts.isClassElement(each)) return each;
  }
  return undefined;
}

// ------------------------------------------------------------------ finding writes

function writesToVariable(declaration: ts.Node, name: string): readonly Write[] {
  let writes = cache.get(declaration);
  if (!writes) {
    const mentions = bindingsOf(declaration.getSourceFile()).mentions.get(name) ?? [];
    writes = mentions
      .filter((mention) => resolveName(mention, name) === declaration)
      .flatMap((mention) => {
        const write = writeAt(mention);
        return write ? [write] : writesThroughAlias(mention, declaration);
      });
    cache.set(declaration, writes);
  }
  return writes;
}

/** `const same = headers`, `const h = config.headers`: what is written to the other name is written here. */
function writesThroughAlias(mention: ts.Node, declaration: ts.Node): Write[] {
  const { node, path } = memberChain(mention);
  const { parent } = node;
  const alias =
    ts.isVariableDeclaration(parent) && parent.initializer === node && ts.isIdentifier(parent.name)
      ? parent
      : undefined;
  if (!alias || alias === declaration) return [];
  // Marked as known first: two names for each other end here.
  if (!cache.has(declaration)) cache.set(declaration, []);
  return writesToVariable(alias, (alias.name as ts.Identifier).text)
    .filter((write) => write.path.length > 0 || write.kind !== 'assign')
    .map((write) => ({ ...write, path: [...path, ...write.path] }));
}

const fieldWrites = new WeakMap<ts.Node, Map<string, Write[]>>();

/** Every write to `this.field` within the class. */
function writesToField(declaration: ts.ClassLikeDeclaration, field: string): readonly Write[] {
  let fields = fieldWrites.get(declaration);
  if (!fields) {
    fields = new Map();
    fieldWrites.set(declaration, fields);
    for (const self of bindingsOf(declaration.getSourceFile()).selves) {
      const { parent } = self;
      if (self.pos < declaration.pos || self.end > declaration.end) continue;
      if (!ts.isPropertyAccessExpression(parent)) continue;
      const write = writeAt(parent);
      if (!write) continue;
      const list = fields.get(parent.name.text);
      if (list) list.push(write);
      else fields.set(parent.name.text, [write]);
    }
  }
  return fields.get(field) ?? [];
}

const membersFields = new WeakMap<ts.Node, readonly string[]>();

/** The fields that a class member writes. */
export function fieldsWrittenIn(member: ts.Node): readonly string[] {
  if (!member.parent || !ts.isClassLike(member.parent)) return [];
  const known = membersFields.get(member);
  if (known) return known;
  writesToField(member.parent, '');
  const within = (write: Write) => member.pos <= write.node.pos && write.node.end <= member.end;
  const fields = [...(fieldWrites.get(member.parent) ?? [])].flatMap(([field, writes]) =>
    writes.some(within) ? [field] : [],
  );
  membersFields.set(member, fields);
  return fields;
}

export function isFieldWritten(declaration: ts.ClassLikeDeclaration, field: string): boolean {
  return writesToField(declaration, field).some((write) => write.kind === 'assign');
}

/** The longest access that starts with a mention: `headers.common['x']`, and the keys on the way. */
function memberChain(mention: ts.Node): { node: ts.Node; path: (string | ts.Expression)[] } {
  const path: (string | ts.Expression)[] = [];
  let node = mention;
  for (;;) {
    const { parent } = node;
    if (ts.isNonNullExpression(parent) || ts.isParenthesizedExpression(parent) || ts.isAsExpression(parent))
      node = parent;
    else if (ts.isPropertyAccessExpression(parent) && parent.expression === node) {
      path.push(parent.name.text);
      node = parent;
    } else if (ts.isElementAccessExpression(parent) && parent.expression === node) {
      path.push(parent.argumentExpression);
      node = parent;
    } else return { node, path };
  }
}

function writeAt(mention: ts.Node): Write | undefined {
  const { node, path } = memberChain(mention);
  const { parent } = node;
  const write = {
    path,
    operator: ts.SyntaxKind.EqualsToken,
    value: undefined,
    key: undefined,
    call: undefined,
    method: undefined,
    index: 0,
  };
  if (ts.isBinaryExpression(parent) && parent.left === node && isAssignment(parent.operatorToken.kind)) {
    return {
      ...write,
      node: parent,
      kind: 'assign',
      operator: parent.operatorToken.kind,
      value: parent.right,
    };
  }
  if (ts.isCallExpression(parent) && parent.expression === node) {
    const method = path.at(-1);
    if (typeof method !== 'string') return undefined;
    return { ...write, node: parent, kind: 'call', path: path.slice(0, -1), method, call: parent };
  }
  if (ts.isDeleteExpression(parent)) return { ...write, node: parent, kind: 'delete' };
  if (
    (ts.isCallExpression(parent) || ts.isNewExpression(parent)) &&
    parent.arguments?.includes(node as ts.Expression)
  ) {
    return {
      ...write,
      node: parent,
      kind: 'pass',
      call: parent,
      index: parent.arguments.indexOf(node as ts.Expression),
    };
  }
  const call = holderCall(node);
  if (call) return { ...write, node: call, kind: 'pass', call, index: -1 };
  if (
    ts.isPostfixUnaryExpression(parent) ||
    (ts.isPrefixUnaryExpression(parent) &&
      parent.operator !== ts.SyntaxKind.ExclamationToken &&
      parent.operator !== ts.SyntaxKind.MinusToken)
  ) {
    return { ...write, node: parent, kind: 'assign', operator: ts.SyntaxKind.PlusPlusToken };
  }
  return destructuringWrite(node, write);
}

/** The call that an object literal is given to which holds the value: `register({ headers })`. */
function holderCall(node: ts.Node): ts.CallExpression | undefined {
  const property = node.parent;
  const holds =
    ts.isShorthandPropertyAssignment(property) ||
    (ts.isPropertyAssignment(property) && property.initializer === node);
  const literal = property.parent;
  if (!holds || !ts.isObjectLiteralExpression(literal)) return undefined;
  const call = literal.parent;
  return ts.isCallExpression(call) && call.arguments.includes(literal) ? call : undefined;
}

/** `({ token } = await login())`, `[a, b] = pair`. */
function destructuringWrite(node: ts.Node, write: Omit<Write, 'node' | 'kind'>): Write | undefined {
  const { parent } = node;
  const key = ts.isShorthandPropertyAssignment(parent)
    ? parent.name.text
    : ts.isPropertyAssignment(parent) && parent.initializer === node
      ? nameOf(parent)
      : ts.isArrayLiteralExpression(parent)
        ? String(parent.elements.indexOf(node as ts.Expression))
        : undefined;
  if (key === undefined) return undefined;
  const literal = ts.isArrayLiteralExpression(parent) ? parent : parent.parent;
  const assignment = literal.parent;
  if (
    !ts.isBinaryExpression(assignment) ||
    assignment.left !== literal ||
    !isAssignment(assignment.operatorToken.kind)
  )
    return undefined;
  return { ...write, node: assignment, kind: 'assign', value: assignment.right, key };
}

function isAssignment(kind: ts.SyntaxKind): boolean {
  return kind >= ts.SyntaxKind.FirstAssignment && kind <= ts.SyntaxKind.LastAssignment;
}

function rootDeclaration(declaration: ts.Node): ts.Node {
  let node = declaration;
  while (ts.isBindingElement(node)) node = node.parent.parent;
  return node;
}

/** The way from a destructuring pattern's root to one of its names. */
export function pathInPattern(element: ts.BindingElement): {
  key: string | undefined;
  initializer: ts.Expression | undefined;
  rest: readonly string[] | undefined;
}[] {
  const steps: {
    key: string | undefined;
    initializer: ts.Expression | undefined;
    rest: readonly string[] | undefined;
  }[] = [];
  for (let node: ts.Node = element; ts.isBindingElement(node); node = node.parent.parent) {
    const pattern = node.parent;
    let key: string | undefined;
    let rest: readonly string[] | undefined;
    if (ts.isArrayBindingPattern(pattern)) key = String(pattern.elements.indexOf(node));
    else if (node.dotDotDotToken)
      rest = pattern.elements.filter((each) => each !== node).map((each) => keyOf(each) ?? '');
    else key = keyOf(node);
    steps.unshift({ key, initializer: node.initializer, rest });
  }
  return steps;
}

/** The property that an element of a pattern takes. */
export function keyOf(element: ts.BindingElement): string | undefined {
  const name = element.propertyName ?? element.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : undefined;
}

// ------------------------------------------------------------------ walking

interface Question {
  readonly writes: readonly Write[];
  /** The function (or file) that owns the variable. */
  readonly owner: ts.Node;
  /** The declaration to pass on the way; undefined when the value is there from the start. */
  readonly declaration: ts.Node | undefined;
  readonly initial: () => Value;
  readonly use: ts.Node | undefined;
  readonly frame: Frame | undefined;
}

function stateAt(evaluator: Evaluator, question: Question): Value {
  const { owner, use } = question;
  // The functions between the owner and the use, outermost first.
  const chain: ts.Node[] = [];
  for (let fn = use && enclosingFunction(use); fn && fn !== owner; fn = enclosingFunction(fn))
    chain.unshift(fn);
  const inOwner = use && contains(owner, use);
  const walk = new Walk(evaluator, question, chain);
  if (!inOwner) return walk.through(owner, undefined);
  // An inline callback runs where it stands; another closure runs once its owner has run to the end.
  let region = owner;
  for (const fn of chain) {
    walk.through(region, isInline(fn) ? fn : undefined);
    region = fn;
  }
  return walk.through(region, use);
}

/** A function that is called where it is written: an argument of a call, or called at once. */
function isInline(fn: ts.Node): boolean {
  let { parent } = fn;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  return ts.isCallExpression(parent) || ts.isNewExpression(parent);
}

/** A longer list's loop is taken as one round that may or may not run. */
const MAX_ITEMS = 30;

class Walk {
  readonly #evaluator: Evaluator;
  readonly #question: Question;
  readonly #chain: readonly ts.Node[];
  #state: Value | undefined;
  #stop: ts.Node | undefined;
  #region: ts.Node;
  /** The question's frame, or within a loop one that binds the loop's variable. */
  #frame: Frame | undefined;
  /** States at the `return`s of a region that is walked to its end. */
  #exits: (Value | undefined)[] = [];
  #done = false;
  #elsewhere = false;

  constructor(evaluator: Evaluator, question: Question, chain: readonly ts.Node[]) {
    this.#evaluator = evaluator;
    this.#question = question;
    this.#chain = chain;
    this.#region = question.owner;
    this.#frame = question.frame;
    this.#state = question.declaration ? UNDEFINED : question.initial();
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
    } else if (ts.isClassElement(region)) ts.forEachChild(region, (child) => this.#visit(child));
    else this.#visit(region);
    if (!this.#done) this.#state = this.#exits.reduce((a, b) => merge(a, b), this.#state);
    if (region === this.#question.owner && !this.#elsewhere) {
      this.#elsewhere = true;
      this.#applyElsewhere();
    }
    // A region that always leaves before its end still ran with what it had.
    this.#state ??= before;
    return this.#state ?? UNDEFINED;
  }

  /** Writes in functions that the use is not in: they may have run, or not. */
  #applyElsewhere(): void {
    for (const write of this.#question.writes) {
      if (!contains(this.#question.owner, write.node)) continue;
      const fn = this.#foreignFunction(write.node);
      if (fn) this.#state = merge(this.#state, this.#apply(write, this.#state ?? UNDEFINED));
    }
  }

  #foreignFunction(node: ts.Node): ts.Node | undefined {
    for (
      let fn: ts.Node | undefined = enclosingFunction(node);
      fn && fn !== this.#question.owner;
      fn = enclosingFunction(fn)
    ) {
      if (!this.#chain.includes(fn) && !isInline(fn)) return fn;
    }
    return undefined;
  }

  #visit(node: ts.Node): void {
    if (this.#done) return;
    if (node === this.#stop) {
      this.#done = true;
      return;
    }
    const holdsStop = this.#stop !== undefined && contains(node, this.#stop);
    if (!holdsStop && !this.#touches(node)) {
      if (alwaysLeaves(node)) this.#leaveThrough(node);
      return;
    }
    if (isFunctionLike(node) && node !== this.#region) this.#function(node, holdsStop);
    else if (ts.isIfStatement(node)) this.#branch(node.expression, node.thenStatement, node.elseStatement);
    else if (ts.isConditionalExpression(node)) this.#branch(node.condition, node.whenTrue, node.whenFalse);
    else if (ts.isBinaryExpression(node) && isLazy(node.operatorToken.kind)) {
      this.#visit(node.left);
      this.#perhaps(node.right);
    } else if (ts.isIterationStatement(node, false)) this.#loop(node);
    else if (ts.isSwitchStatement(node)) this.#switch(node);
    else if (ts.isTryStatement(node)) this.#try(node);
    else {
      ts.forEachChild(node, (child) => this.#visit(child));
      if (this.#done) return;
      this.#effect(node);
      this.#leave(node);
    }
  }

  /** A statement that touches nothing and always leaves. */
  #leaveThrough(node: ts.Node): void {
    if (returns(node) && enclosingFunction(node) === this.#region) this.#exits.push(this.#state);
    this.#state = undefined;
  }

  #leave(node: ts.Node): void {
    if (!leaves(node)) return;
    if (ts.isReturnStatement(node) && enclosingFunction(node) === this.#region) this.#exits.push(this.#state);
    this.#state = undefined;
  }

  #effect(node: ts.Node): void {
    if (node === this.#question.declaration) {
      this.#state = this.#question.initial();
      return;
    }
    if (this.#state === undefined) return;
    for (const write of this.#question.writes)
      if (write.node === node) this.#state = this.#apply(write, this.#state);
  }

  #touches(node: ts.Node): boolean {
    const { declaration, writes } = this.#question;
    return (
      (declaration !== undefined && contains(node, declaration)) ||
      writes.some((write) => contains(node, write.node))
    );
  }

  #function(node: ts.FunctionLikeDeclaration, holdsStop: boolean): void {
    if (!node.body) return;
    if (holdsStop) this.#visit(node.body);
    else if (isInline(node)) {
      // `then` callbacks and functions called at once run; for the others it depends.
      const before = this.#state;
      const list = forEachList(node);
      const items = list && this.#items(list);
      if (items) return void this.#each(items, node, node.body);
      this.#visit(node.body);
      this.#state = runsOnce(node) ? (this.#state ?? before) : merge(before, this.#state ?? before);
    }
  }

  #branch(condition: ts.Expression, whenTrue: ts.Node, whenFalse: ts.Node | undefined): void {
    this.#visit(condition);
    if (this.#done) return;
    if (this.#stop && contains(whenTrue, this.#stop)) return void this.#visit(whenTrue);
    if (this.#stop && whenFalse && contains(whenFalse, this.#stop)) return void this.#visit(whenFalse);
    const decided = this.#evaluator.condition(condition, this.#frame);
    if (decided === true) return void this.#visit(whenTrue);
    if (decided === false) {
      if (whenFalse) this.#visit(whenFalse);
      return;
    }
    const before = this.#state;
    this.#visit(whenTrue);
    const first = this.#state;
    this.#state = before;
    if (whenFalse) this.#visit(whenFalse);
    this.#state = merge(first, this.#state);
    const guarded = whenFalse ? undefined : absentKey(condition);
    if (guarded !== undefined && this.#state?.kind === 'object')
      this.#state = withPresent(this.#state, guarded);
  }

  #perhaps(node: ts.Node): void {
    const before = this.#state;
    this.#visit(node);
    if (!this.#done) this.#state = merge(before, this.#state);
  }

  #loop(node: ts.IterationStatement): void {
    ts.forEachChild(node, (child) => {
      if (child !== node.statement && !(ts.isForStatement(node) && child === node.incrementor))
        this.#visit(child);
    });
    // A variable that the loop counts with has no one value in it.
    if (ts.isForStatement(node) && node.incrementor && this.#touches(node.incrementor) && !this.#done) {
      this.#state = unknown('a counter', nameOfTarget(node.incrementor));
    }
    const items = ts.isForOfStatement(node) ? this.#items(node.expression) : undefined;
    if (items && !this.#done) this.#each(items, node, node.statement);
    else this.#perhaps(node.statement);
  }

  /** The elements of a list that is known, short, and not what the place of use lies in. */
  #items(list: ts.Expression): readonly Value[] | undefined {
    const value = this.#evaluator.evaluate(list, this.#frame);
    return value.kind === 'array' && !value.open && value.items.length <= MAX_ITEMS ? value.items : undefined;
  }

  /** A loop over a known list runs for each of its elements. */
  #each(items: readonly Value[], owner: ts.Node, body: ts.Node): void {
    if (this.#stop && contains(body, this.#stop)) return void this.#perhaps(body);
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
    let complete = false;
    let fallen: Value | undefined;
    for (const clause of node.caseBlock.clauses) {
      complete ||= ts.isDefaultClause(clause);
      this.#state = fallen === undefined ? before : merge(before, fallen);
      let broken = false;
      for (const statement of clause.statements) {
        if (ts.isBreakStatement(statement)) {
          broken = true;
          break;
        }
        this.#visit(statement);
        if (this.#done) return;
      }
      fallen = broken ? undefined : this.#state;
      if (broken) ends.push(this.#state);
    }
    ends.push(fallen);
    if (!complete) ends.push(before);
    this.#state = ends.reduce((a, b) => merge(a, b), undefined);
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

  #apply(write: Write, state: Value): Value {
    const evaluator = this.#evaluator;
    if (!evaluator.tick()) return unknown('too much to work out', 'value');
    const frame = this.#frame;
    const path = write.path.map((key) =>
      typeof key === 'string' ? key : keyValue(evaluator.evaluate(key, frame)),
    );
    const at = (value: Value): Value =>
      path.reduce<Value>(
        (held, key) =>
          typeof key === 'string'
            ? member(evaluator, held, key, write.node, frame)
            : unknown(key.reason, key.name),
        value,
      );
    switch (write.kind) {
      case 'assign': {
        const value = this.#assigned(write, () => at(state));
        return path.length === 0 ? value : setMember(evaluator, state, path, value);
      }
      case 'delete':
        return setMember(evaluator, state, path, undefined);
      case 'call': {
        if (!write.call || write.method === undefined) return state;
        const changed = effectOfCall(
          evaluator,
          at(state),
          write.method,
          write.call as ts.CallExpression,
          frame,
        );
        if (changed === undefined) return state;
        return path.length === 0 ? changed : setMember(evaluator, state, path, changed);
      }
      case 'pass': {
        const held = at(state);
        const changed = this.#passed(write, held);
        if (changed === held) return state;
        return path.length === 0 ? changed : setMember(evaluator, state, path, changed);
      }
    }
  }

  #assigned(write: Write, current: () => Value): Value {
    const evaluator = this.#evaluator;
    const frame = this.#frame;
    if (!write.value) return unknown('a counter', nameOfTarget(write.node));
    let value = evaluator.evaluate(write.value, frame);
    if (write.key !== undefined) value = member(evaluator, value, write.key, write.node, frame);
    switch (write.operator) {
      case ts.SyntaxKind.EqualsToken:
        return value;
      case ts.SyntaxKind.PlusEqualsToken: {
        const held = current();
        const counts = held.kind === 'primitive' && value.kind === 'primitive';
        return counts ? unknown('a counter', nameOfTarget(write.node)) : concat([held, value]);
      }
      case ts.SyntaxKind.BarBarEqualsToken:
      case ts.SyntaxKind.QuestionQuestionEqualsToken: {
        const held = current();
        if (held.kind === 'primitive' && !held.value) return value;
        return held.kind === 'object' || held.kind === 'instance' ? held : choice([held, value]);
      }
      default:
        return choice([current(), value]);
    }
  }

  /** An object passed to a function may come back changed. */
  #passed(write: Write, held: Value): Value {
    const mutable = held.kind === 'object' || held.kind === 'instance' || held.kind === 'array';
    if (!mutable || !write.call) return held;
    const evaluator = this.#evaluator;
    const frame = this.#frame;
    const { fn, self } = calleeOf(evaluator, write.call, frame);
    if (fn.kind === 'external' && ASSIGNS.has(keyOfExternal(fn))) {
      if (write.index !== 0 || held.kind !== 'object') return held;
      const entries = new Map(held.entries);
      let open: Gap | undefined = held.open;
      for (const source of write.call.arguments?.slice(1) ?? [])
        open = spread(entries, evaluator.evaluate(source, frame)) ?? open;
      return { ...held, entries, open };
    }
    if (fn.kind === 'function' && write.index >= 0) {
      const inner: Frame = {
        fn: fn.node,
        args: undefined,
        self: self ?? fn.self,
        outer: fn.frame,
        depth: (frame?.depth ?? 0) + 1,
      };
      if (inner.depth > 12) return held;
      return effectOnParameter(evaluator, fn.node, write.index, held, inner);
    }
    // An outside function by a name that says it changes what it gets may have added anything.
    const name = nameOfCallee(write.call);
    if (held.kind !== 'object' || !name || fn.kind === 'function' || evaluator.natives.reads(fn)) return held;
    if (!CHANGES.test(name) && held.type !== 'axios') return held;
    return {
      ...held,
      open: held.open ?? { reason: `passed to ${name}(), which may change it`, name, names: [] },
    };
  }
}

/** Functions that lay their other arguments over the first one. */
const ASSIGNS = new Set([
  '#Object.assign',
  'lodash#assign',
  'lodash#merge',
  'lodash#extend',
  'lodash#assignIn',
  'jquery#extend',
  '#$.extend',
]);

const CHANGES =
  /^(?:sign|auth|add|set|apply|attach|append|decorat|enrich|inject|prepare|intercept|extend|with|merge|assign|defaults|register|install)/i;

function nameOfCallee(call: ts.CallExpression | ts.NewExpression): string | undefined {
  if (ts.isIdentifier(call.expression)) return call.expression.text;
  return ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : undefined;
}

function nameOfTarget(node: ts.Node): string {
  const target = ts.isBinaryExpression(node)
    ? node.left
    : ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)
      ? node.operand
      : node;
  return ts.isIdentifier(target) ? target.text : 'value';
}

/** The key of `!headers.has('x')`, `!headers.x`, `!headers['x']`: what is not there is set, so then it is there. */
function absentKey(condition: ts.Expression): string | undefined {
  if (!ts.isPrefixUnaryExpression(condition) || condition.operator !== ts.SyntaxKind.ExclamationToken)
    return undefined;
  const { operand } = condition;
  if (ts.isPropertyAccessExpression(operand)) return operand.name.text;
  if (ts.isElementAccessExpression(operand) && ts.isStringLiteral(operand.argumentExpression))
    return operand.argumentExpression.text;
  if (!ts.isCallExpression(operand) || !ts.isPropertyAccessExpression(operand.expression)) return undefined;
  const [key] = operand.arguments;
  const asks = ['has', 'get'].includes(operand.expression.name.text);
  return asks && key && ts.isStringLiteral(key) ? key.text : undefined;
}

function withPresent(value: ObjectValue, key: string): ObjectValue {
  const name = value.type === 'Headers' ? key.toLowerCase() : key;
  const entry = value.entries.get(name);
  return entry
    ? { ...value, entries: new Map([...value.entries, [name, { ...entry, always: true }]]) }
    : value;
}

function keyValue(value: Value): string | Gap {
  return literalText(value) ?? gapOf(value);
}

/** The list of `list.forEach(fn)`. */
function forEachList(fn: ts.Node): ts.Expression | undefined {
  const { parent } = fn;
  if (
    !ts.isCallExpression(parent) ||
    parent.arguments[0] !== fn ||
    !ts.isPropertyAccessExpression(parent.expression)
  )
    return undefined;
  return parent.expression.name.text === 'forEach' ? parent.expression.expression : undefined;
}

function runsOnce(fn: ts.Node): boolean {
  let { parent } = fn;
  while (ts.isParenthesizedExpression(parent)) parent = parent.parent;
  if (!ts.isCallExpression(parent)) return false;
  if (parent.arguments.includes(fn as ts.Expression)) {
    return (
      ts.isPropertyAccessExpression(parent.expression) &&
      ['then', 'finally', 'forEach'].includes(parent.expression.name.text)
    );
  }
  return true;
}

function isLazy(kind: ts.SyntaxKind): boolean {
  return (
    kind === ts.SyntaxKind.AmpersandAmpersandToken ||
    kind === ts.SyntaxKind.BarBarToken ||
    kind === ts.SyntaxKind.QuestionQuestionToken
  );
}

function alwaysLeaves(node: ts.Node): boolean {
  if (leaves(node)) return true;
  if (ts.isBlock(node)) return node.statements.some(alwaysLeaves);
  if (!ts.isIfStatement(node) || !node.elseStatement) return false;
  return alwaysLeaves(node.thenStatement) && alwaysLeaves(node.elseStatement);
}

function returns(node: ts.Node): boolean {
  return ts.isReturnStatement(node) || (!isFunctionLike(node) && (ts.forEachChild(node, returns) ?? false));
}

function leaves(node: ts.Node): boolean {
  return (
    ts.isReturnStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isBreakStatement(node) ||
    ts.isContinueStatement(node)
  );
}

function contains(outer: ts.Node, inner: ts.Node): boolean {
  return (
    outer.pos <= inner.pos &&
    inner.end <= outer.end &&
    (outer.pos !== inner.pos || outer.end !== inner.end || outer === inner || isAncestor(outer, inner))
  );
}

function isAncestor(outer: ts.Node, inner: ts.Node): boolean {
  for (let each: ts.Node | undefined = inner; each; each = each.parent) if (each === outer) return true;
  return false;
}

/** Two states that may both be: objects are joined entry by entry, other values become alternatives. */
function merge(a: Value | undefined, b: Value | undefined): Value | undefined {
  if (a === undefined || a === b) return b;
  if (b === undefined) return a;
  if (a.kind === 'object' && b.kind === 'object' && a.type === b.type)
    return { ...joinObjects([a, b]), node: a.node };
  return choice([a, b]);
}
