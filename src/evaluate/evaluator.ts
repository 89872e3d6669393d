import { isFunctionLike, nameOf } from '../syntax/bindings.ts';
import type { ClassNode } from '../syntax/classes.ts';
import type { Project } from '../syntax/project.ts';
import { ts } from '../syntax/ts.ts';
import { apply, evaluateCall, evaluateNew } from './calls.ts';
import { isInstance, selfOf } from './classes.ts';
import type { ForeignImport } from './flow.ts';
import { Identities } from './identities.ts';
import { member } from './members.ts';
import { valueOfName } from './names.ts';
import { iterated, joinLists } from './natives/lists.ts';
import { keyOf, type Natives } from './natives/natives.ts';
import { hasKey } from './natives/objects.ts';
import { regexpValue } from './natives/regexp.ts';
import { calculated, equality, signed } from './operators.ts';
import {
  type ClassValue,
  choice,
  concat,
  type Entry,
  type Frame,
  type Gap,
  gapOf,
  isNullish,
  joinObjects,
  type Link,
  literalText,
  object,
  optionsOf,
  text,
  through,
  truthiness,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';
import type { Writes } from './writes.ts';

/** Work per call site; past it the rest is unknown. A step is one expression. */
const MAX_STEPS = 20_000;
const MAX_NESTING = 400;

const CARRIES_NAMES: ReadonlySet<Value['kind']> = new Set(['text', 'unknown', 'choice']);

/**
 * The abstract evaluator: expression → `Value`. Lazy, memoised, bounded; `README.md` beside it says what is
 * followed and where it stops.
 */
export class Evaluator {
  readonly project: Project;
  readonly natives: Natives;
  readonly identities = new Identities();
  /** The frames of calls, by what they are. */
  readonly frames = new Map<number, Frame>();
  /** What variables and fields hold at places, by the question. */
  readonly states = new Map<string, Value>();
  /** Whether what is done to a parameter may change it. */
  readonly changing = new Map<Writes, boolean>();
  readonly #memo = new WeakMap<ts.Node, Map<Frame | undefined, Value>>();
  readonly #running = new Map<ts.Node, (Frame | undefined)[]>();
  #steps = 0;
  #before = 0;
  #nesting = 0;

  constructor(project: Project, natives: Natives) {
    this.project = project;
    this.natives = natives;
  }

  /** Starts a new call site, or one more way to it: its steps are counted from zero. `cost` is added to the work. */
  reset(cost = 0): void {
    this.#before += this.#steps + cost;
    this.#steps = 0;
  }

  /** Steps since the beginning. */
  get work(): number {
    return this.#before + this.#steps;
  }

  /** Counts a step of work; false when the call site has had its share. */
  tick(): boolean {
    return ++this.#steps <= MAX_STEPS;
  }

  /** False when the call site has had its share: a result cut short is true only here. */
  get hasBudget(): boolean {
    return this.#steps <= MAX_STEPS;
  }

  evaluate(node: ts.Node, frame: Frame | undefined): Value {
    let memo = this.#memo.get(node);
    const known = memo?.get(frame);
    if (known) return known;
    if (!this.tick()) return unknown('too much to work out', nameOf(node) ?? 'value');
    if (this.#nesting > MAX_NESTING) return unknown('nested too deeply', nameOf(node) ?? 'value');
    const running = this.#running.get(node) ?? [];
    if (running.includes(frame)) return unknown('defined by itself', nameOf(node) ?? 'value', { node });
    this.#running.set(node, [...running, frame]);
    this.#nesting++;
    try {
      const value = this.#expression(node, frame);
      // A result cut short by the budget or by recursion is true only here, so it is not kept.
      if (this.#steps <= MAX_STEPS && running.length === 0 && this.#nesting < MAX_NESTING - 50) {
        if (!memo) {
          memo = new Map();
          this.#memo.set(node, memo);
        }
        memo.set(frame, value);
      }
      return value;
    } finally {
      this.#nesting--;
      if (running.length === 0) this.#running.delete(node);
      else this.#running.set(node, running);
    }
  }

  /** What the places that construct a class pass for a constructor's parameter; set by who knows them. */
  constructions: (fn: ts.FunctionLikeDeclaration, index: number) => Value | undefined = () => undefined;

  /** The imports, in other files, of what a declaration exports (or of the same package export); set by who knows the files. */
  foreignImports: (declaration: ts.Node) => readonly ForeignImport[] = () => [];

  /** Whether a function sends a request, so that what it answers is a response; set by who knows the clients. */
  sends: (fn: Value, node: ts.CallExpression) => boolean = () => false;

  /** The classes of the project that extend a class, directly. */
  subclasses: (node: ClassNode) => readonly ClassValue[] = () => [];

  /** The classes on whose prototypes the project lays an object. */
  mixedInto: (literal: ts.ObjectLiteralExpression) => readonly ClassValue[] = () => [];

  /** The classes that implement the interface that a type's name means. */
  implementations: (name: ts.EntityName) => readonly ClassValue[] = () => [];

  /** What a container for dependency injection gives for a token, or for the class that a type names. */
  provided: (token: ts.Expression | ClassValue) => Value | undefined = () => undefined;

  /** What a container has under a name. */
  named: (name: string) => Value | undefined = () => undefined;

  /** What a container passes for a parameter of a constructor or function that it calls. */
  injected: (fn: ts.FunctionLikeDeclaration, index: number) => Value | undefined = () => undefined;

  /** The boolean that a condition comes to, when the code decides it. */
  condition(node: ts.Expression, frame: Frame | undefined): boolean | undefined {
    return truthiness(this.evaluate(node, frame));
  }

  #expression(node: ts.Node, frame: Frame | undefined): Value {
    if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) {
      return this.evaluate(node.expression, frame);
    }
    if (ts.isSatisfiesExpression(node) || ts.isTypeAssertionExpression(node) || ts.isAwaitExpression(node)) {
      // A promise stands for the value it resolves to.
      return this.evaluate(node.expression, frame);
    }
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
      return text(node.text, origin(node));
    if (ts.isTemplateExpression(node)) return this.#template(node, frame);
    if (ts.isIdentifier(node)) return valueOfName(this, node, frame);
    if (ts.isPropertyAccessExpression(node)) {
      if (ts.isMetaProperty(node.expression) && node.name.text === 'env') {
        return { kind: 'external', module: '', path: ['process', 'env'] };
      }
      const container = this.evaluate(node.expression, frame);
      const value = member(this, container, node.name.text, node, frame);
      // The property's name tells what a value is for as much as a variable's does.
      if (!CARRIES_NAMES.has(value.kind)) return value;
      // And the object's: `config.fusionauth.url`. What is unknown has it already.
      const owner = container.kind === 'object' ? nameOfExpression(node.expression) : undefined;
      return through(
        owner === undefined ? value : through(value, owner, node.expression),
        node.name.text,
        node,
      );
    }
    if (ts.isElementAccessExpression(node)) return this.#element(node, frame);
    if (ts.isCallExpression(node)) return evaluateCall(this, node, frame);
    if (ts.isNewExpression(node)) return evaluateNew(this, node, frame);
    if (ts.isObjectLiteralExpression(node)) return this.#object(node, frame);
    if (ts.isArrayLiteralExpression(node)) return this.#array(node, frame);
    if (ts.isBinaryExpression(node)) return this.#binary(node, frame);
    if (ts.isConditionalExpression(node)) {
      const condition = this.condition(node.condition, frame);
      if (condition !== undefined) return this.evaluate(condition ? node.whenTrue : node.whenFalse, frame);
      return choice([this.evaluate(node.whenTrue, frame), this.evaluate(node.whenFalse, frame)]);
    }
    if (isFunctionLike(node)) return { kind: 'function', node, frame, self: undefined };
    if (ts.isClassLike(node)) return { kind: 'class', node, frame };
    if (ts.isNumericLiteral(node))
      return { kind: 'primitive', value: Number(node.text), trace: origin(node) };
    if (ts.isPrefixUnaryExpression(node)) return this.#prefix(node, frame);
    if (ts.isTaggedTemplateExpression(node)) {
      return this.#tagged(node, frame);
    }
    if (ts.isRegularExpressionLiteral(node)) {
      return regexpValue(node.text);
    }
    if (ts.isTypeOfExpression(node)) return typeOf(this.evaluate(node.expression, frame));
    if (ts.isMetaProperty(node)) return { kind: 'external', module: '', path: ['import.meta'] };
    switch (node.kind) {
      case ts.SyntaxKind.TrueKeyword:
        return { kind: 'primitive', value: true };
      case ts.SyntaxKind.FalseKeyword:
        return { kind: 'primitive', value: false };
      case ts.SyntaxKind.NullKeyword:
        return { kind: 'primitive', value: null };
      case ts.SyntaxKind.VoidExpression:
        return UNDEFINED;
      case ts.SyntaxKind.ThisKeyword:
        return selfOf(this, node, frame);
      default:
        return unknown(
          `an expression that is not followed (${ts.SyntaxKind[node.kind]})`,
          nameOf(node) ?? 'value',
          { node },
        );
    }
  }

  #template(node: ts.TemplateExpression, frame: Frame | undefined, written = cooked): Value {
    const parts: Value[] = [text(written(node.head), origin(node.head))];
    for (const span of node.templateSpans) {
      parts.push(this.evaluate(span.expression, frame), text(written(span.literal), origin(span.literal)));
    }
    return concat(parts, origin(node));
  }

  /** A tag of the project is called with the pieces of text and the values; any other may do anything. */
  #tagged(node: ts.TaggedTemplateExpression, frame: Frame | undefined): Value {
    const { template } = node;
    const tag = this.evaluate(node.tag, frame);
    if (tag.kind === 'external' && keyOf(tag) === '#String.raw')
      return ts.isTemplateExpression(template)
        ? this.#template(template, frame, raw)
        : text(raw(template), origin(template));
    if (tag.kind !== 'function')
      return unknown(`tagged template ${node.tag.getText()}`, nameOf(node) ?? 'template', { node });
    const spans = ts.isTemplateExpression(template) ? template.templateSpans : [];
    const pieces = ts.isTemplateExpression(template)
      ? [template.head, ...template.templateSpans.map((span) => span.literal)]
      : [template];
    const strings: Value = { kind: 'array', items: pieces.map((piece) => text(piece.text, origin(piece))) };
    const values = spans.map((span) => this.evaluate(span.expression, frame));
    return apply(this, tag, [strings, ...values], undefined, frame);
  }

  #element(node: ts.ElementAccessExpression, frame: Frame | undefined): Value {
    const container = this.evaluate(node.expression, frame);
    const key = this.evaluate(node.argumentExpression, frame);
    const name = literalText(key);
    if (name !== undefined) return member(this, container, name, node, frame);
    if (key.kind === 'choice') {
      const names = key.options.map(literalText);
      if (names.every((each) => each !== undefined))
        return choice(names.map((each) => member(this, container, each, node, frame)));
    }
    const any =
      container.kind === 'object' && container.type ? this.natives.member(this, container, '*') : undefined;
    if (any) return any;
    // A table indexed by something unknown: any of its entries.
    if (container.kind === 'object' && !container.open && !container.type && container.entries.size > 0) {
      const values = [...container.entries.values()].map((entry) => entry.value);
      if (values.length <= 12) return choice(values);
    }
    if (
      container.kind === 'array' &&
      !container.open &&
      container.items.length > 0 &&
      container.items.length <= 12
    ) {
      return choice(container.items);
    }
    if (container.kind === 'external' && container.path.join('.') === 'process.env') {
      return unknown('environment variable with a computed name', 'env', { node });
    }
    const gap = container.kind === 'unknown' ? container.gap : gapOf(key);
    return { kind: 'unknown', gap: { ...gap, name: nameOf(node) ?? gap.name } };
  }

  #object(node: ts.ObjectLiteralExpression, frame: Frame | undefined): Value {
    const entries = new Map<string, Entry>();
    const getters = new Map<string, ts.GetAccessorDeclaration>();
    let open: Gap | undefined;
    for (const property of node.properties) {
      if (ts.isSetAccessorDeclaration(property)) continue;
      if (ts.isSpreadAssignment(property)) {
        const merged = spread(entries, this.evaluate(property.expression, frame));
        open = merged ?? open;
        continue;
      }
      const key = this.#key(property.name, frame);
      if (typeof key !== 'string') {
        open = { ...key, reason: `a computed name (${key.reason})` };
        continue;
      }
      if (ts.isGetAccessorDeclaration(property)) getters.set(key, property);
      else entries.set(key, { value: this.#property(property, frame), always: true, name: property.name });
    }
    // A getter runs on the whole object, once it is there.
    const self = object(entries, { open, node });
    for (const [name, getter] of getters)
      entries.set(name, {
        value: apply(this, { kind: 'function', node: getter, frame, self }, [], self, frame),
        always: true,
      });
    return { kind: 'object', entries, open, node, trace: origin(node) };
  }

  #property(
    property: ts.PropertyAssignment | ts.ShorthandPropertyAssignment | ts.MethodDeclaration,
    frame: Frame | undefined,
  ): Value {
    if (ts.isPropertyAssignment(property)) return this.evaluate(property.initializer, frame);
    if (ts.isShorthandPropertyAssignment(property)) return this.evaluate(property.name, frame);
    return { kind: 'function', node: property, frame, self: undefined };
  }

  #key(name: ts.PropertyName, frame: Frame | undefined): string | Gap {
    if (ts.isComputedPropertyName(name)) {
      const value = this.evaluate(name.expression, frame);
      return literalText(value) ?? gapOf(value);
    }
    return name.text;
  }

  #array(node: ts.ArrayLiteralExpression, frame: Frame | undefined): Value {
    let items: Value[] = [];
    const lists: Value[] = [];
    for (const element of node.elements) {
      if (!ts.isSpreadElement(element)) {
        items.push(this.evaluate(element, frame));
        continue;
      }
      const value = this.evaluate(element.expression, frame);
      lists.push({ kind: 'array', items }, iterated(value) ?? unknownList(value));
      items = [];
    }
    return { ...joinLists([...lists, { kind: 'array', items }]), trace: origin(node) };
  }

  #binary(node: ts.BinaryExpression, frame: Frame | undefined): Value {
    const { left, right } = node;
    switch (node.operatorToken.kind) {
      case ts.SyntaxKind.PlusToken: {
        const [a, b] = [this.evaluate(left, frame), this.evaluate(right, frame)];
        if (isNumber(a) && isNumber(b)) return calculated(node.operatorToken.kind, a, b) ?? UNDEFINED;
        return concat([a, b], origin(node));
      }
      case ts.SyntaxKind.BarBarToken:
        return either(this.#lookedUp(left, frame), truthiness, () => this.evaluate(right, frame));
      case ts.SyntaxKind.QuestionQuestionToken:
        return either(this.#lookedUp(left, frame), present, () => this.evaluate(right, frame));
      case ts.SyntaxKind.AmpersandAmpersandToken: {
        const value = this.evaluate(left, frame);
        const holds = truthiness(value);
        if (holds === false) return value;
        const then = this.evaluate(right, frame);
        return holds ? then : choice([UNDEFINED, then]);
      }
      case ts.SyntaxKind.EqualsToken:
      case ts.SyntaxKind.CommaToken:
        return this.evaluate(right, frame);
      case ts.SyntaxKind.QuestionQuestionEqualsToken:
      case ts.SyntaxKind.BarBarEqualsToken:
        return either(this.evaluate(left, frame), truthiness, () => this.evaluate(right, frame));
      case ts.SyntaxKind.EqualsEqualsEqualsToken:
      case ts.SyntaxKind.EqualsEqualsToken:
        return equality(node, this.evaluate(left, frame), this.evaluate(right, frame), true);
      case ts.SyntaxKind.ExclamationEqualsToken: {
        // `!= null` holds for neither of the two.
        const value = this.evaluate(left, frame);
        if (isNullish(value) && isNullish(this.evaluate(right, frame)))
          return { kind: 'primitive', value: false };
        return equality(node, value, this.evaluate(right, frame), false);
      }
      case ts.SyntaxKind.ExclamationEqualsEqualsToken:
        return equality(node, this.evaluate(left, frame), this.evaluate(right, frame), false);
      case ts.SyntaxKind.InKeyword: {
        const holds = hasKey(this.evaluate(right, frame), this.evaluate(left, frame));
        return holds === undefined
          ? unknown('a condition', 'condition', { node })
          : { kind: 'primitive', value: holds };
      }
      case ts.SyntaxKind.InstanceOfKeyword: {
        const holds = isInstance(this, this.evaluate(left, frame), this.evaluate(right, frame));
        return holds === undefined
          ? unknown('a condition', 'condition', { node })
          : { kind: 'primitive', value: holds };
      }
      default:
        return (
          calculated(node.operatorToken.kind, this.evaluate(left, frame), this.evaluate(right, frame)) ??
          unknown('the result of a calculation', nameOf(node) ?? 'value', { node })
        );
    }
  }

  /** `urls[env]` behind which a fallback stands: with a key that is not known, the table may not have it. */
  #lookedUp(node: ts.Expression, frame: Frame | undefined): Value {
    const value = this.evaluate(node, frame);
    return this.#mayMiss(node, frame) ? choice([...optionsOf(value), UNDEFINED]) : value;
  }

  #mayMiss(node: ts.Expression, frame: Frame | undefined): boolean {
    if (ts.isPropertyAccessExpression(node)) return this.#mayMiss(node.expression, frame);
    if (!ts.isElementAccessExpression(node)) return false;
    const key = this.evaluate(node.argumentExpression, frame);
    const known = optionsOf(key).every((option) => literalText(option) !== undefined);
    return !known || this.#mayMiss(node.expression, frame);
  }

  #prefix(node: ts.PrefixUnaryExpression, frame: Frame | undefined): Value {
    if (node.operator === ts.SyntaxKind.ExclamationToken) {
      const value = truthiness(this.evaluate(node.operand, frame));
      return value === undefined
        ? unknown('a condition', 'condition', { node })
        : { kind: 'primitive', value: !value };
    }
    const negated = signed(node.operator, this.evaluate(node.operand, frame));
    if (negated) return negated;
    return unknown('the result of a calculation', nameOf(node) ?? 'value', { node });
  }
}

/** `fusionauth` of `config.fusionauth` and of `fusionauth`. */
export function nameOfExpression(node: ts.Expression): string | undefined {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node)) return node.name.text;
  return ts.isNonNullExpression(node) || ts.isAsExpression(node) || ts.isParenthesizedExpression(node)
    ? nameOfExpression(node.expression)
    : undefined;
}

/** Lays an object's entries over others, as `{...a, ...b}` does; answers the gap when there may be more. */
export function spread(entries: Map<string, Entry>, value: Value): Gap | undefined {
  if (value.kind === 'choice') {
    return spread(
      entries,
      joinObjects(value.options.map((option) => (isEmpty(option) ? UNDEFINED : option))),
    );
  }
  if (isEmpty(value)) return undefined;
  if (value.kind === 'object') {
    if (value.type && WITHOUT_OWN_PROPERTIES.has(value.type)) return undefined;
    if (value.open) mayOverride(entries, value.open);
    for (const [name, entry] of value.entries) {
      const earlier = entries.get(name);
      entries.set(
        name,
        entry.always || !earlier
          ? entry
          : { value: choice([earlier.value, entry.value]), always: earlier.always },
      );
    }
    return value.open;
  }
  const gap = gapOf(value);
  mayOverride(entries, gap);
  if (value.kind === 'instance') for (const [name, entry] of value.overlay) entries.set(name, entry);
  return gap;
}

/** `{...headersInstance}` is empty: what these hold are not own enumerable properties. */
const WITHOUT_OWN_PROPERTIES = new Set([
  'Headers',
  'URL',
  'URLSearchParams',
  'FormData',
  'Map',
  'Request',
  'Buffer',
  'RegExp',
]);

/** What is spread behind an entry and not known may bring another value of the same name. */
function mayOverride(entries: Map<string, Entry>, gap: Gap): void {
  for (const [name, entry] of entries)
    entries.set(name, { ...entry, value: choice([entry.value, { kind: 'unknown', gap }]) });
}

function isEmpty(value: Value): boolean {
  return value.kind === 'primitive' || value.kind === 'text' || value.kind === 'function';
}

function present(value: Value): boolean | undefined {
  if (value.kind === 'unknown') return value.gap.present;
  if (value.kind === 'external') return undefined;
  if (value.kind === 'choice') return value.options.some(isNullish) ? undefined : true;
  return !isNullish(value);
}

/** `a || b`, `a ?? b`: the options of `a` that pass, and `b` where one may not. */
function either(left: Value, test: (value: Value) => boolean | undefined, right: () => Value): Value {
  const kept = optionsOf(left).filter((option) => test(option) !== false);
  if (kept.length > 0 && optionsOf(left).every((option) => test(option) === true)) return left;
  return choice([...kept, right()]);
}

/** A template's piece as it counts, and as it is written. */
function cooked(piece: ts.TemplateLiteralLikeNode): string {
  return piece.text;
}

function raw(piece: ts.TemplateLiteralLikeNode): string {
  return piece.rawText ?? piece.text;
}

function isNumber(value: Value): boolean {
  return value.kind === 'primitive' && typeof value.value === 'number';
}

function unknownList(value: Value): Value {
  return { kind: 'array', items: [], open: gapOf(value) };
}

function typeOf(value: Value): Value {
  if (value.kind === 'text') return text('string');
  if (value.kind === 'function' || value.kind === 'class') return text('function');
  if (value.kind === 'object' || value.kind === 'array' || value.kind === 'instance') return text('object');
  if (value.kind === 'primitive') return text(value.value === null ? 'object' : typeof value.value);
  return unknown('the type of an unknown value', 'type');
}

export function origin(node: ts.Node): Link {
  return { label: '', node, next: undefined };
}
