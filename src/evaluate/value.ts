import type { ClassNode } from '../syntax/classes.ts';
import type { ts } from '../syntax/ts.ts';

/**
 * What an expression can be, as far as the code tells. Values are immutable; a change makes a new value.
 * Nothing is guessed: what can't be known is `unknown` and says why.
 */
export type Value =
  | PrimitiveValue
  | TextValue
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | ExternalValue
  | NativeValue
  | ModuleValue
  | ChoiceValue
  | UnknownValue;

interface Common {
  readonly trace?: Link | undefined;
}

/** One step of a value's way, outermost first; `next` leads towards the origin. */
export interface Link {
  readonly label: string;
  readonly node: ts.Node;
  readonly next: Link | undefined;
}

export interface PrimitiveValue extends Common {
  readonly kind: 'primitive';
  readonly value: undefined | null | boolean | number;
}

export interface TextValue extends Common {
  readonly kind: 'text';
  readonly parts: readonly Part[];
}

/** A literal piece with the way it came, or an unknown piece. Neighbours stay apart: each has its origin. */
export type Part = ({ readonly literal: string } | { readonly gap: Gap }) & {
  readonly trace?: Link | undefined;
};

/** Why something is not known. */
export interface Gap {
  readonly reason: string;
  /** What stands for it in print. */
  readonly name: string;
  readonly env?: string | undefined;
  /** Names it passed through, innermost first. */
  readonly names: readonly string[];
  /** Set when a function's parameter, not bound to a caller, is all that is missing. */
  readonly parameter?: Parameter | undefined;
  /** Query parameters that were made to text: `${new URLSearchParams({ … })}`. */
  readonly params?: ObjectValue | undefined;
  /** The code has made sure that it is neither undefined nor null. */
  readonly present?: boolean | undefined;
  /** It comes from a response of an HTTP client. */
  readonly response?: boolean | undefined;
  /** What would answer it throws in every case: nothing goes on with it, so it is no alternative to others. */
  readonly never?: boolean | undefined;
  readonly node?: ts.Node | undefined;
}

export interface Parameter {
  readonly fn: ts.FunctionLikeDeclaration;
  readonly index: number;
}

export interface Entry {
  readonly value: Value;
  /** False: only some paths set it. */
  readonly always: boolean;
  /** It stands in the text of a URL, where a `+` is a space. */
  readonly inUrl?: true;
  /** Where its name is written, if that is one place: the name of a property, or a text that holds it. */
  readonly name?: ts.Node | undefined;
}

export interface ObjectValue extends Common {
  readonly kind: 'object';
  readonly entries: ReadonlyMap<string, Entry>;
  /** There may be more entries than the code shows, and this is why. */
  readonly open?: Gap | undefined;
  /** A type with behaviour of its own: `Headers`, `URL`, `axios` …; see `natives.ts`. */
  readonly type?: string | undefined;
  readonly node?: ts.Node | undefined;
}

export interface ArrayValue extends Common {
  readonly kind: 'array';
  readonly items: readonly Value[];
  /** There may be more items than the code shows, or fewer, and this is why. */
  readonly open?: Gap | undefined;
  /** The places of items that only some paths have. With it, `open` says why: there are no other items. */
  readonly sometimes?: ReadonlySet<number> | undefined;
  /** Items from this place on stand behind something of unknown length: `[...others, last]`. */
  readonly shiftedFrom?: number | undefined;
}

export interface FunctionValue extends Common {
  readonly kind: 'function';
  readonly node: ts.FunctionLikeDeclaration;
  readonly frame: Frame | undefined;
  readonly self?: Value | undefined;
  /** Leading arguments fixed by `bind`. */
  readonly bound?: readonly Value[] | undefined;
}

export interface ClassValue extends Common {
  readonly kind: 'class';
  readonly node: ClassNode;
  readonly frame: Frame | undefined;
}

export interface InstanceValue extends Common {
  readonly kind: 'instance';
  readonly class: ClassValue;
  /** Constructor arguments; undefined when the place of construction is not known. */
  readonly args: readonly Value[] | undefined;
  /** Fields set from outside the class. */
  readonly overlay: ReadonlyMap<string, Entry>;
  /** It was made here, and all that is done to it is seen. One that others hold may have been changed by them. */
  readonly fresh?: boolean;
}

/** Something outside the project: a package's export (`axios`, path `['create']`) or a global (`''`). */
export interface ExternalValue extends Common {
  readonly kind: 'external';
  /** Package name, `node:` prefix removed; '' for a global. */
  readonly module: string;
  readonly path: readonly string[];
}

/** A file of the project as a namespace: `import * as api`, `await import()`. */
export interface ModuleValue extends Common {
  readonly kind: 'module';
  readonly source: ts.SourceFile;
}

/** A function with known behaviour: a method of a text, a `Headers`, an axios instance … */
export interface NativeValue extends Common {
  readonly kind: 'native';
  readonly name: string;
  readonly self: Value;
}

export interface ChoiceValue extends Common {
  readonly kind: 'choice';
  readonly options: readonly Value[];
}

export interface UnknownValue extends Common {
  readonly kind: 'unknown';
  readonly gap: Gap;
}

/** Parameters bound by one call. `args` undefined: called from a place we have not looked at. */
export interface Frame {
  /** The function; for field initialisers of a class without constructor, the class. */
  readonly fn: ts.Node;
  readonly args: readonly Value[] | undefined;
  readonly self: Value | undefined;
  readonly outer: Frame | undefined;
  readonly depth: number;
  /** Where the call stands. It makes no difference to what the call does. */
  readonly caller?: Frame | undefined;
  /** What a variable holds in this round of a loop: `url = url.replace(…)` goes on from the round before. */
  readonly held?: { readonly declaration: ts.Node; readonly value: Value } | undefined;
}

/** More alternatives than this become one unknown. */
export const MAX_ALTERNATIVES = 12;

export const UNDEFINED: PrimitiveValue = { kind: 'primitive', value: undefined };

export function text(literal: string, trace?: Link): TextValue {
  return { kind: 'text', parts: literal === '' ? [] : [{ literal, trace }], trace };
}

export function unknown(reason: string, name: string, more: Partial<Gap> = {}): UnknownValue {
  return { kind: 'unknown', gap: { reason, name, names: [], ...more } };
}

export function object(
  entries: Iterable<readonly [string, Entry]> = [],
  more: Partial<ObjectValue> = {},
): ObjectValue {
  return { ...more, kind: 'object', entries: new Map(entries) };
}

/** Joins alternatives: equal ones fall together, nested choices are laid flat. */
export function choice(values: readonly Value[]): Value {
  const options: Value[] = [];
  const seen = new Set<string>();
  for (const value of values) {
    for (const option of value.kind === 'choice' ? value.options : [value]) {
      const key = identity(option);
      if (option.kind === 'instance' && joinInstance(options, option)) continue;
      if (key !== undefined) {
        if (seen.has(key)) continue;
        seen.add(key);
      } else if (options.includes(option)) continue;
      options.push(option);
    }
  }
  const reached = options.filter((option) => !(option.kind === 'unknown' && option.gap.never));
  if (reached.length > 0 && reached.length < options.length) return choice(reached);
  if (options.length > MAX_ALTERNATIVES)
    return unknown(`more than ${MAX_ALTERNATIVES} alternatives`, 'value');
  const [only] = options;
  if (only && options.length === 1) return only;
  return options.length === 0 ? UNDEFINED : { kind: 'choice', options };
}

/** The same object changed on different paths is one object of which some fields may differ. */
function joinInstance(options: Value[], added: InstanceValue): boolean {
  const index = options.findIndex(
    (option) =>
      option.kind === 'instance' &&
      option.class.node === added.class.node &&
      option.args === added.args &&
      added.args !== undefined,
  );
  const earlier = options[index];
  if (earlier?.kind !== 'instance') return false;
  const overlay = new Map<string, Entry>();
  for (const name of new Set([...earlier.overlay.keys(), ...added.overlay.keys()])) {
    const found = [earlier.overlay.get(name), added.overlay.get(name)].filter((entry) => entry !== undefined);
    overlay.set(name, {
      value: choice(found.map((entry) => entry.value)),
      always: found.length === 2 && found.every((entry) => entry.always),
    });
  }
  options[index] = { ...earlier, overlay };
  return true;
}

/** A value that others may hold as well. */
export function shared(value: Value): Value {
  if (value.kind === 'choice' && value.options.some((each) => each.kind === 'instance' && each.fresh))
    return { ...value, options: value.options.map(shared) };
  return value.kind === 'instance' && value.fresh ? { ...value, fresh: false } : value;
}

/** Two options with the same identity need not both be kept. */
function identity(value: Value): string | undefined {
  switch (value.kind) {
    case 'primitive':
      return `p:${String(value.value)}`;
    case 'text': {
      const parts = value.parts.map((part) =>
        'literal' in part ? JSON.stringify(part.literal) : gapIdentity(part.gap),
      );
      return `t:${parts.join('')}`;
    }
    case 'unknown':
      return `u:${gapIdentity(value.gap)}`;
    case 'external':
      return `e:${value.module}:${value.path.join('.')}`;
    default:
      return undefined;
  }
}

function gapIdentity(gap: Gap): string {
  if (gap.params) return `{params ${[...gap.params.entries.keys()].join()}}`;
  return `{${gap.reason}|${gap.name}|${gap.node?.pos ?? ''}}`;
}

export function optionsOf(value: Value): readonly Value[] {
  return value.kind === 'choice' ? value.options : [value];
}

/** Applies a function to each alternative. */
export function each(value: Value, apply: (option: Value) => Value): Value {
  return value.kind === 'choice' ? choice(value.options.map(apply)) : apply(value);
}

export function isNullish(value: Value): boolean {
  return value.kind === 'primitive' && (value.value === undefined || value.value === null);
}

/** The string when it is fully known. */
export function literalText(value: Value): string | undefined {
  if (value.kind === 'primitive')
    return value.value === undefined || value.value === null ? undefined : String(value.value);
  if (value.kind !== 'text') return undefined;
  let out = '';
  for (const part of value.parts) {
    if (!('literal' in part)) return undefined;
    out += part.literal;
  }
  return out;
}

/** True, false, or undefined when it depends on what is not known. */
export function truthiness(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'primitive':
      return Boolean(value.value);
    case 'text':
      return value.parts.some((part) => 'literal' in part && part.literal !== '')
        ? true
        : value.parts.some((part) => 'gap' in part && holdsParameters(part.gap))
          ? true
          : value.parts.length === 0
            ? false
            : undefined;
    case 'choice': {
      const answers = new Set(value.options.map(truthiness));
      return answers.size === 1 ? [...answers][0] : undefined;
    }
    case 'unknown':
    case 'external':
      return undefined;
    default:
      return true;
  }
}

function holdsParameters({ params }: Gap): boolean {
  return params !== undefined && [...params.entries.values()].some((entry) => entry.always);
}

/** How objects with a type of their own print; filled by `natives/`. */
export const stringifiers = new Map<string, (value: ObjectValue) => Value>();

/** What string concatenation and template literals make of a value. */
export function toText(value: Value): TextValue | ChoiceValue | UnknownValue {
  switch (value.kind) {
    case 'text':
      return value;
    case 'primitive':
      return text(String(value.value), value.trace);
    case 'unknown':
      return { kind: 'text', parts: [{ gap: value.gap, trace: value.trace }], trace: value.trace };
    case 'choice': {
      const joined = each(value, (option) => toText(option));
      return joined.kind === 'choice' || joined.kind === 'text'
        ? joined
        : { kind: 'text', parts: [{ gap: gapOf(joined) }] };
    }
    case 'object': {
      const printed = value.type === undefined ? undefined : stringifiers.get(value.type)?.(value);
      if (printed) return toText(printed);
      break;
    }
    case 'array': {
      if (value.open) break;
      const joined = join(value.items, ',');
      return joined.kind === 'choice' || joined.kind === 'text'
        ? joined
        : { kind: 'text', parts: [{ gap: gapOf(joined) }] };
    }
    default:
      break;
  }
  const gap = gapOf(value);
  return { kind: 'text', parts: [{ gap }], trace: value.trace };
}

/** Concatenates texts; alternatives are multiplied as long as they stay few. */
export function concat(values: readonly Value[], trace?: Link): Value {
  let results: Part[][] = [[]];
  for (const value of values) {
    const options = optionsOf(toText(defined(value)));
    if (results.length * options.length > MAX_ALTERNATIVES) {
      const gap: Gap = {
        reason: `one of ${options.length} alternatives`,
        name: nameOfLink(value.trace) ?? 'value',
        names: namesOf(value),
      };
      results = results.map((parts) => [...parts, { gap }]);
      continue;
    }
    results = results.flatMap((parts) =>
      options.map((option) => [
        ...parts,
        ...(option.kind === 'text' ? traced(option) : [{ gap: gapOf(option) }]),
      ]),
    );
  }
  return choice(results.map((parts) => ({ kind: 'text', parts, trace })));
}

/**
 * `https://host/${path}` where only some paths have given `path` a value: the others do not come here, as a
 * rule, for nobody means the word `undefined`.
 */
function defined(value: Value): Value {
  if (value.kind !== 'choice') return value;
  const given = value.options.filter(
    (option) => !(option.kind === 'primitive' && option.value === undefined),
  );
  return given.length > 0 && given.length < value.options.length ? choice(given) : value;
}

/** The text's parts, each knowing the way the whole text came before its own. */
function traced(value: TextValue): readonly Part[] {
  const { trace } = value;
  if (!trace) return value.parts;
  return value.parts.map((part) => ({ ...part, trace: chain(trace, part.trace) }));
}

/** `outer`, then `inner`, unless `outer` ends where `inner` does. */
function chain(outer: Link, inner: Link | undefined): Link {
  if (!inner || last(outer).node === last(inner).node) return outer;
  return { ...outer, next: outer.next ? chain(outer.next, inner) : inner };
}

export function last(link: Link): Link {
  let end = link;
  while (end.next) end = end.next;
  return end;
}

/** Where the text of a value is written. */
export function placeOfText(value: Value | undefined): ts.Node | undefined {
  return value?.kind === 'text' && value.trace ? last(value.trace).node : undefined;
}

/** `list.join(separator)`: what is `undefined` or `null` adds nothing. */
export function join(values: readonly Value[], separator: string): Value {
  const parts: Value[] = [];
  values.forEach((value, index) => {
    if (index > 0) parts.push(text(separator));
    parts.push(each(value, (option) => (isNullish(option) ? text('') : option)));
  });
  return concat(parts);
}

/** The reason a value can't be used as what was asked for. */
export function gapOf(value: Value): Gap {
  if (value.kind === 'unknown') return value.gap;
  const name =
    nameOfLink(value.trace) ?? (value.kind === 'external' ? (value.path.at(-1) ?? value.module) : value.kind);
  return { reason: describe(value), name, names: namesOf(value) };
}

function describe(value: Value): string {
  switch (value.kind) {
    case 'external':
      return value.module === ''
        ? `global ${value.path.join('.')}`
        : `${[value.module, ...value.path].join('.')} of package ${value.module}`;
    case 'choice':
      return `one of ${value.options.length} alternatives`;
    case 'instance':
      return `an instance of ${value.class.node.name?.text ?? 'a class'}`;
    case 'native':
      return `a function (${value.name})`;
    default:
      return `a value of kind ${value.kind}`;
  }
}

function nameOfLink(link: Link | undefined): string | undefined {
  for (let each = link; each; each = each.next) if (each.label !== '') return each.label.replace(/\(\)$/, '');
  return undefined;
}

/** Every name the value passed through, innermost first. */
export function namesOf(value: Value): string[] {
  const names: string[] = [];
  for (let link = value.trace; link; link = link.next) if (link.label !== '') names.unshift(link.label);
  if (value.kind === 'unknown') names.unshift(...value.gap.names);
  return names;
}

/** The value as seen through one more name or call. */
export function through<V extends Value>(value: V, label: string, node: ts.Node): V {
  const trace: Link = { label, node, next: value.trace };
  if (value.kind === 'choice') {
    return { ...value, options: value.options.map((option) => through(option, label, node)), trace };
  }
  if (value.kind === 'unknown') {
    const { gap } = value;
    return {
      ...value,
      gap: { ...gap, names: gap.names.at(-1) === label ? gap.names : [...gap.names, label] },
      trace,
    };
  }
  if (value.kind === 'text') {
    const parts = value.parts.map(
      (part): Part =>
        'gap' in part ? { ...part, gap: { ...part.gap, names: [...part.gap.names, label] } } : part,
    );
    return { ...value, parts, trace };
  }
  return { ...value, trace };
}

/**
 * Merges objects as alternatives of one object: an entry that all of them always have stays `always`, the
 * others become `sometimes`. Options that are not objects open the result, nullish ones add nothing.
 */
export function joinObjects(options: readonly Value[]): ObjectValue {
  const entries = new Map<string, Entry>();
  let open: Gap | undefined;
  const objects: ObjectValue[] = [];
  let nothing = 0;
  for (const option of options) {
    if (option.kind === 'object') objects.push(option);
    else if (option.kind === 'primitive') nothing++;
    else open = gapOf(option);
  }
  for (const each of objects) {
    open ??= each.open;
    for (const [name, entry] of each.entries) {
      const earlier = entries.get(name);
      entries.set(name, {
        value: earlier ? choice([earlier.value, entry.value]) : entry.value,
        always: earlier ? earlier.always && entry.always : entry.always,
      });
    }
  }
  for (const [name, entry] of entries) {
    const everywhere = nothing === 0 && objects.every((each) => each.entries.has(name));
    if (entry.always && !everywhere) entries.set(name, { value: entry.value, always: false });
  }
  const [first] = objects;
  return { kind: 'object', entries, open, type: first?.type, trace: first?.trace };
}

/** Two states that may both be: objects are joined entry by entry, other values become alternatives. */
export function eitherState(a: Value, b: Value): Value {
  if (a === b) return a;
  if (a.kind === 'object' && b.kind === 'object' && a.type === b.type)
    return { ...joinObjects([a, b]), node: a.node };
  if (a.kind !== 'choice' || b.kind !== 'choice') return choice([a, b]);
  // The same objects, of which some have changed since, are as many as before.
  const rest = [...b.options];
  const joined = a.options.map((option) => {
    const at = rest.findIndex((other) => isSameObject(option, other));
    const [other] = at < 0 ? [] : rest.splice(at, 1);
    return other ? eitherState(option, other) : option;
  });
  return choice([...joined, ...rest]);
}

function isSameObject(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== 'object' || b.kind !== 'object' || a.type !== b.type) return false;
  return a.node === b.node && a.trace === b.trace && (a.node ?? a.trace) !== undefined;
}
