import type { ts } from '../../syntax/ts.ts';
import type { Evaluator } from '../evaluator.ts';
import type {
  ArrayValue,
  ExternalValue,
  Frame,
  InstanceValue,
  NativeValue,
  ObjectValue,
  TextValue,
  Value,
} from '../value.ts';

/** Where a native function is called. */
export interface Site {
  readonly node: ts.CallExpression;
  readonly frame: Frame | undefined;
  readonly self: Value | undefined;
}

export type Method = (
  evaluator: Evaluator,
  self: Value,
  args: readonly Value[],
  site: Site,
) => Value | undefined;

/** The behaviour of a kind of object that the language, the platform or a package brings. */
export interface TypeModel {
  /** Methods that answer something. */
  readonly methods?: Readonly<Record<string, Method>>;
  /** Methods that change the object: the object afterwards, or undefined when it stays as it was. */
  readonly mutators?: Readonly<
    Record<
      string,
      (evaluator: Evaluator, self: Value, args: readonly Value[], node: ts.Node) => Value | undefined
    >
  >;
  readonly get?: (self: ObjectValue, name: string, evaluator: Evaluator) => Value | undefined;
  /** An assignment to a property; undefined: as for any object. */
  readonly set?: (self: ObjectValue, name: string, value: Value | undefined) => Value | undefined;
}

/** A function of the project that a modelled function is given, and the parameter of it that is asked for. */
export interface Callback {
  /** Its name in the options that are given; undefined: it is itself an argument. */
  readonly name: string | undefined;
  readonly parameter: number;
  /** The call that it is given to, and the receiver of that. */
  readonly call: ts.CallExpression;
  readonly self: Value | undefined;
  readonly frame: Frame | undefined;
}

export type Call = (evaluator: Evaluator, args: readonly Value[], site: Site) => Value | undefined;

/**
 * What one library brings. Keys of `calls`, `constructors` and `values` are `module#path`: `#Object.assign`
 * for a global, `axios#create` for a package's export, `axios#` for the package itself.
 */
export interface Library {
  readonly types?: Readonly<Record<string, TypeModel>>;
  readonly calls?: Readonly<Record<string, Call>>;
  readonly constructors?: Readonly<
    Record<
      string,
      (evaluator: Evaluator, args: readonly Value[], node: ts.NewExpression) => Value | undefined
    >
  >;
  /** Exports that are objects with a type of their own. */
  readonly values?: Readonly<Record<string, () => Value>>;
  /** Parameters whose name alone says what is passed: `fetch`. */
  readonly injected?: Readonly<Record<string, () => Value>>;
  /** What a function, by its key in `calls` or as `Type.method`, passes to the functions that it is given. */
  readonly callbacks?: Readonly<
    Record<string, (evaluator: Evaluator, callback: Callback) => Value | undefined>
  >;
  /** What is passed to a function that stands in a configuration, by what stands around it. */
  readonly configured?: (evaluator: Evaluator, fn: ts.Node, parameter: number) => Value | undefined;
  /** What a parameter typed with the export is: `http: HttpService`. */
  readonly typed?: Readonly<Record<string, () => Value>>;
  /** What a call leaves in its first argument: `Object.assign(target, …)`. */
  readonly changes?: Readonly<Record<string, Call>>;
  /** Exports that are what their name says: `import { API_URL } from '$env/static/private'`. */
  readonly named?: (external: ExternalValue) => Value | undefined;
  /** Members that a class gets from a base class of a package. */
  readonly inherited?: (base: ExternalValue, name: string, instance: InstanceValue) => Value | undefined;
}

/** Globals whose functions leave what they get as it is. */
const READING_GLOBALS = new Set([
  'console',
  'JSON',
  'Object',
  'Array',
  'Promise',
  'fetch',
  'String',
  'Number',
  'Boolean',
  'structuredClone',
]);

export function keyOf(value: ExternalValue): string {
  return `${value.module}#${value.path.join('.')}`;
}

/** All libraries together, as the evaluator asks them. */
export class Natives {
  readonly #libraries: readonly Library[];
  readonly #types = new Map<string, TypeModel>();
  readonly #calls = new Map<string, Call>();
  readonly #constructors = new Map<string, NonNullable<Library['constructors']>[string]>();
  readonly #values = new Map<string, () => Value>();
  readonly #resolved = new Map<string, Value>();
  readonly #modules = new Set<string>();
  readonly #sdks = new Map<string, Set<string>>();
  /** Names of the methods that pass something to a function that they are given. */
  readonly #calling = new Set<string>();

  /** @param sdk keys `module#path` of what services' own packages export */
  constructor(libraries: readonly Library[], sdk: readonly string[] = []) {
    this.#libraries = libraries;
    for (const key of sdk) {
      const [module = '', path = ''] = key.split('#');
      const names = this.#sdks.get(module) ?? new Set();
      this.#sdks.set(module, names.add(path.split('.')[0] ?? ''));
    }
    for (const library of libraries) {
      const { calls, constructors, values, typed, callbacks } = library;
      for (const record of [calls, constructors, values, typed, callbacks]) {
        for (const key of Object.keys(record ?? {}))
          if (key.includes('#')) this.#modules.add(key.slice(0, key.indexOf('#')));
      }
      for (const key of Object.keys(callbacks ?? {})) this.#calling.add(key.split(/[#.]/).at(-1) ?? '');
      for (const [name, model] of Object.entries(library.types ?? {})) this.#types.set(name, model);
      for (const [name, call] of Object.entries(library.calls ?? {})) this.#calls.set(name, call);
      for (const [name, build] of Object.entries(library.constructors ?? {}))
        this.#constructors.set(name, build);
      for (const [name, value] of Object.entries(library.values ?? {})) this.#values.set(name, value);
    }
  }

  /** Whether this package's exports are modelled here. */
  knows(module: string): boolean {
    return this.#modules.has(module);
  }

  /** The exports that are modelled of a service's own package; '' stands for the package itself. */
  exportsOfSdk(module: string): ReadonlySet<string> | undefined {
    return this.#sdks.get(module);
  }

  /** A typed object for an export that is one. */
  resolve(external: ExternalValue): Value | undefined {
    const key = keyOf(external);
    let value = this.#resolved.get(key);
    if (!value) {
      value = this.#values.get(key)?.() ?? this.#first((library) => library.named?.(external));
      if (value) this.#resolved.set(key, value);
    }
    return value;
  }

  member(
    evaluator: Evaluator,
    value: TextValue | ArrayValue | ObjectValue | Value,
    name: string,
  ): Value | undefined {
    const type = typeName(value);
    const model = type === undefined ? undefined : this.#types.get(type);
    if (!model) return undefined;
    const held = value.kind === 'object' ? model.get?.(value, name, evaluator) : undefined;
    if (held) return held;
    if (has(model.methods, name) || has(model.mutators, name))
      return { kind: 'native', name: `${type}.${name}`, self: value };
    return undefined;
  }

  call(evaluator: Evaluator, fn: Value, args: readonly Value[], site: Site): Value | undefined {
    if (fn.kind === 'external') return this.#calls.get(keyOf(fn))?.(evaluator, args, site);
    if (fn.kind === 'native') return this.#callNative(evaluator, fn, args, site);
    if (fn.kind === 'object' && fn.type) return this.#method(fn.type, 'call')?.(evaluator, fn, args, site);
    return undefined;
  }

  #callNative(evaluator: Evaluator, fn: NativeValue, args: readonly Value[], site: Site): Value | undefined {
    const dot = fn.name.lastIndexOf('.');
    const type = fn.name.slice(0, dot);
    const name = fn.name.slice(dot + 1);
    const method = this.#method(type, name);
    if (method) return method(evaluator, fn.self, args, site);
    const model = this.#types.get(type);
    const mutate = has(model?.mutators, name) ? model?.mutators?.[name] : undefined;
    // Mutators answer the changed object: `headers.set(…)` in a chain, `params.append(…)`.
    return mutate?.(evaluator, fn.self, args, site.node);
  }

  #method(type: string, name: string): Method | undefined {
    const methods = this.#types.get(type)?.methods;
    return has(methods, name) ? methods?.[name] : undefined;
  }

  /** Whether a function is known to change its first argument. */
  changes(fn: Value): boolean {
    return fn.kind === 'external' && this.#libraries.some((library) => has(library.changes, keyOf(fn)));
  }

  /** What a call of such a function leaves in it. */
  changed(evaluator: Evaluator, fn: Value, args: readonly Value[], site: Site): Value | undefined {
    if (fn.kind !== 'external') return undefined;
    return this.#first((library) => library.changes?.[keyOf(fn)]?.(evaluator, args, site));
  }

  construct(
    evaluator: Evaluator,
    fn: ExternalValue,
    args: readonly Value[],
    node: ts.NewExpression,
  ): Value | undefined {
    return this.#constructors.get(keyOf(fn))?.(evaluator, args, node);
  }

  mutate(
    evaluator: Evaluator,
    self: Value,
    name: string,
    args: () => readonly Value[],
    node: ts.Node,
  ): Value | undefined {
    const type = typeName(self);
    const mutators = type === undefined ? undefined : this.#types.get(type)?.mutators;
    return has(mutators, name) ? mutators?.[name]?.(evaluator, self, args(), node) : undefined;
  }

  set(_evaluator: Evaluator, self: ObjectValue, name: string, value: Value | undefined): Value | undefined {
    return self.type === undefined ? undefined : this.#types.get(self.type)?.set?.(self, name, value);
  }

  injected(name: string): Value | undefined {
    return this.#first((library) => (has(library.injected, name) ? library.injected?.[name]?.() : undefined));
  }

  /** Whether a method of this name may pass something to a function that it is given. */
  calls(method: string): boolean {
    return this.#calling.has(method);
  }

  /** What a function passes to one that it is given. */
  callback(evaluator: Evaluator, fn: Value, callback: Callback): Value | undefined {
    const key = fn.kind === 'external' ? keyOf(fn) : fn.kind === 'native' ? fn.name : undefined;
    if (key === undefined) return undefined;
    return this.#first((library) =>
      has(library.callbacks, key) ? library.callbacks?.[key]?.(evaluator, callback) : undefined,
    );
  }

  configured(evaluator: Evaluator, fn: ts.Node, parameter: number): Value | undefined {
    return this.#first((library) => library.configured?.(evaluator, fn, parameter));
  }

  typed(external: ExternalValue): Value | undefined {
    const key = keyOf(external);
    return this.#first((library) => (has(library.typed, key) ? library.typed?.[key]?.() : undefined));
  }

  inherited(base: Value, name: string, instance: InstanceValue): Value | undefined {
    return base.kind === 'external'
      ? this.#first((library) => library.inherited?.(base, name, instance))
      : undefined;
  }

  /** True for functions that are known to leave their arguments as they are. */
  reads(fn: Value): boolean {
    if (fn.kind !== 'external') return fn.kind === 'native';
    const [first = ''] = fn.path;
    return this.#calls.has(keyOf(fn)) || (fn.module === '' && READING_GLOBALS.has(first));
  }

  #first(ask: (library: Library) => Value | undefined): Value | undefined {
    for (const library of this.#libraries) {
      const value = ask(library);
      if (value) return value;
    }
    return undefined;
  }
}

function typeName(value: Value): string | undefined {
  switch (value.kind) {
    case 'object':
      return value.type ?? 'Object';
    case 'text':
      return 'String';
    case 'primitive':
      return typeof value.value === 'number' || typeof value.value === 'boolean' ? 'Number' : undefined;
    case 'array':
      return 'Array';
    case 'function':
      return 'Function';
    case 'native':
      return 'Function';
    default:
      return undefined;
  }
}

/** Own properties only: a header or method named `constructor` is none of ours. */
function has(record: object | undefined, name: string): boolean {
  return record !== undefined && Object.hasOwn(record, name);
}
