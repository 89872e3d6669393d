import { apply, callersArgument } from '../evaluate/calls.ts';
import { asClass } from '../evaluate/classes.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { instanceOf } from '../evaluate/instances.ts';
import { declarationOfExport } from '../evaluate/names.ts';
import type { Library } from '../evaluate/natives/natives.ts';
import {
  type ClassValue,
  choice,
  type Entry,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import { bindingsOf, nameOf, parametersOf, resolveName } from '../syntax/bindings.ts';
import { classOfMember, constructorOf } from '../syntax/classes.ts';
import type { Project } from '../syntax/project.ts';
import { ts } from '../syntax/ts.ts';
import type { CallIndex } from './calls.ts';
import { isTest } from './places.ts';

/**
 * What the project tells its containers for dependency injection to give for a token: the providers of Nest
 * and Angular (`{ provide, useClass }`), tsyringe's `container.register`, Inversify's `bind(…).to(…)`, and the
 * names of awilix. A token that is given twice has alternatives. What tests provide is theirs.
 */
export class Providers {
  sources: readonly ts.SourceFile[] = [];
  readonly #project: Project;
  readonly #evaluator: Evaluator;
  readonly #index: CallIndex;
  #known: Map<Token, (() => Value)[]> | undefined;
  readonly #names = new Map<string, (() => Value)[]>();
  /** The classes and functions that awilix makes and calls, and what it gives them besides. */
  readonly #consumers = new Map<ts.Node, ObjectValue>();
  readonly #running = new Set<unknown>();

  constructor(project: Project, evaluator: Evaluator, index: CallIndex) {
    this.#project = project;
    this.#evaluator = evaluator;
    this.#index = index;
  }

  /** What a token stands for: `inject(Client)`, `@Inject('CLIENT')`. */
  provided(token: ts.Expression | ClassValue): Value | undefined {
    const registrations = this.#registrations();
    if (registrations.size === 0) return undefined;
    const key = isExpression(token) ? this.#tokenOf(token) : token.node;
    return key === undefined ? undefined : this.#first(key, registrations.get(key));
  }

  /** What awilix passes to a constructor or function that it is told of. */
  argument(fn: ts.FunctionLikeDeclaration, index: number): Value | undefined {
    this.#registrations();
    if (this.#consumers.size === 0) return undefined;
    const given = this.#consumers.get(classOfMember(fn) ?? fn);
    return given && this.#argumentsFor(fn, given)[index];
  }

  /** What awilix gives under a name. */
  named(name: string): Value | undefined {
    this.#registrations();
    return this.#first(name, this.#names.get(name));
  }

  /** The alternatives that are given for a key; one that asks for itself is not known. */
  #first(key: unknown, makers: readonly (() => Value)[] | undefined): Value | undefined {
    if (!makers || this.#running.has(key)) return undefined;
    this.#running.add(key);
    try {
      return choice(makers.map((make) => make()));
    } finally {
      this.#running.delete(key);
    }
  }

  // ---------------------------------------------------------------- tokens

  /** The same for all expressions that mean one token; undefined when it is not known which. */
  #tokenOf(expression: ts.Expression): Token | undefined {
    const node = unwrapped(expression);
    const value = this.#evaluator.evaluate(node, undefined);
    const cls = asClass(value);
    return cls?.node ?? literalText(value) ?? this.#pathOf(node);
  }

  /** `TYPES.Client` by the declaration of `TYPES`: what a symbol is made of does not matter. */
  #pathOf(node: ts.Expression, path: readonly string[] = []): Token | undefined {
    if (ts.isPropertyAccessExpression(node)) return this.#pathOf(node.expression, [node.name.text, ...path]);
    const declaration = ts.isIdentifier(node) ? this.#declarationOf(node) : undefined;
    if (!declaration) return undefined;
    return path.length === 0
      ? declaration
      : `${declaration.getSourceFile().fileName}:${declaration.pos}.${path.join('.')}`;
  }

  #declarationOf(node: ts.Identifier): ts.Node | undefined {
    const declaration = resolveName(node, node.text);
    const binding = bindingsOf(node.getSourceFile()).imports.find((each) => each.declaration === declaration);
    if (!binding) return declaration && ts.isVariableDeclaration(declaration) ? declaration : undefined;
    const source = this.#project.imported(binding.specifier, node.getSourceFile());
    return source && declarationOfExport(this.#project, source, binding.name);
  }

  // ---------------------------------------------------------------- registrations

  #registrations(): ReadonlyMap<Token, (() => Value)[]> {
    if (this.#known) return this.#known;
    const known = new Map<Token, (() => Value)[]>();
    // Asked again while they are being collected: those that are known by then.
    this.#known = known;
    const add = (token: ts.Expression | undefined, make: () => Value) => {
      const key = token && this.#tokenOf(token);
      if (key !== undefined) append(known, key, make);
    };
    for (const source of this.sources) {
      if (isTest(source) || !/\buse(?:Class|Value|Factory|Existing)\b/.test(source.text)) continue;
      for (const literal of providersIn(source)) {
        const make = this.#makerOf(literal);
        if (make) add(initializerOf(literal, 'provide'), make);
      }
    }
    for (const name of ['register', 'registerSingleton', 'registerInstance', 'registerType'])
      for (const call of this.#callsOf(name)) this.#readRegister(name, call, add);
    for (const name of ['bind', 'rebind'])
      for (const call of this.#callsOf(name)) this.#readBinding(call, add);
    for (const { parent, arguments: [, options] = [] } of this.#index.constructing('InjectionToken')) {
      const factory = options && ts.isObjectLiteralExpression(options) && initializerOf(options, 'factory');
      if (factory && !known.has(parent)) append(known, parent, () => this.#made(factory, undefined));
    }
    return known;
  }

  #callsOf(name: string): ts.CallExpression[] {
    return this.#index
      .named(name)
      .filter(ts.isCallExpression)
      .filter((call) => !isTest(call));
  }

  /** `{ useClass: X }`, `{ useFactory, inject }` … */
  #makerOf(literal: ts.ObjectLiteralExpression): (() => Value) | undefined {
    const [cls, value, factory, existing] = [
      initializerOf(literal, 'useClass'),
      initializerOf(literal, 'useValue'),
      initializerOf(literal, 'useFactory'),
      initializerOf(literal, 'useExisting') ?? initializerOf(literal, 'useToken'),
    ];
    if (cls) return () => this.#instance(cls);
    if (value) return () => this.#evaluator.evaluate(value, undefined);
    if (existing) return () => this.#resolved(existing);
    const tokens = initializerOf(literal, 'inject') ?? initializerOf(literal, 'deps');
    return factory && (() => this.#made(factory, tokens));
  }

  /** tsyringe's and awilix's `container.register(…)`. */
  #readRegister(
    name: string,
    call: ts.CallExpression,
    add: (token: ts.Expression | undefined, make: () => Value) => void,
  ): void {
    const [first, second] = call.arguments;
    if (!first) return;
    if (name === 'register' && ts.isObjectLiteralExpression(first)) {
      for (const property of first.properties)
        if (ts.isPropertyAssignment(property)) this.#readNamed(nameOf(property), property.initializer);
    } else if (!second) return;
    else if (name === 'registerSingleton' || name === 'registerType')
      add(first, () => this.#instance(second));
    else if (name === 'registerInstance') add(first, () => this.#evaluator.evaluate(second, undefined));
    else if (ts.isObjectLiteralExpression(second)) {
      const make = this.#makerOf(second);
      if (make) add(first, make);
    } else if (ts.isStringLiteralLike(first)) this.#readNamed(first.text, second);
  }

  /** Inversify's `bind(TYPES.Client).to(Client)`. */
  #readBinding(
    call: ts.CallExpression,
    add: (token: ts.Expression | undefined, make: () => Value) => void,
  ): void {
    const access = call.parent;
    const [token, ...others] = call.arguments;
    if (!token || others.length > 0 || !ts.isPropertyAccessExpression(access)) return;
    const [given] = ts.isCallExpression(access.parent) ? access.parent.arguments : [];
    const make = this.#boundBy(access.name.text, token, given);
    if (make) add(token, make);
  }

  #boundBy(
    method: string,
    token: ts.Expression,
    given: ts.Expression | undefined,
  ): (() => Value) | undefined {
    if (method === 'toSelf') return () => this.#instance(token);
    if (!given) return undefined;
    switch (method) {
      case 'to':
        return () => this.#instance(given);
      case 'toConstantValue':
        return () => this.#evaluator.evaluate(given, undefined);
      case 'toDynamicValue':
        return () => this.#made(given, undefined);
      case 'toService':
        return () => this.#resolved(given);
      default:
        return undefined;
    }
  }

  /** awilix: `asClass(Client).singleton()`, `asFunction(makeClient)`, `asValue(settings)`. */
  #readNamed(name: string | undefined, expression: ts.Expression): void {
    const registration = innermost(expression);
    const [given] = registration?.arguments ?? [];
    if (name === undefined || !registration || !given) return;
    const kind = ts.isIdentifier(registration.expression) ? registration.expression.text : '';
    if (kind === 'asValue') append(this.#names, name, () => this.#evaluator.evaluate(given, undefined));
    if (kind !== 'asClass' && kind !== 'asFunction') return;
    const cradle = this.#cradle(expression);
    const maker = this.#evaluator.evaluate(given, undefined);
    const node =
      kind === 'asClass' ? asClass(maker)?.node : maker.kind === 'function' ? maker.node : undefined;
    if (node) this.#consumers.set(node, cradle);
    append(this.#names, name, () => this.#consumed(kind, maker, cradle));
  }

  #consumed(kind: string, maker: Value, cradle: ObjectValue): Value {
    const cls = kind === 'asClass' ? asClass(maker) : undefined;
    if (cls) {
      const ctor = constructorOf(cls.node);
      const args = ctor && this.#argumentsFor(ctor, cradle);
      return args ? { kind: 'instance', class: cls, args, overlay: new Map() } : instanceOf(cls);
    }
    return maker.kind === 'function'
      ? apply(this.#evaluator, maker, this.#argumentsFor(maker.node, cradle), undefined, undefined)
      : unknown('what a container makes', 'instance');
  }

  /** One object to take all from, or, in awilix's classic mode, each by the name of its parameter. */
  #argumentsFor(fn: ts.FunctionLikeDeclaration, cradle: ObjectValue): Value[] {
    const parameters = parametersOf(fn);
    return parameters.map((each, index) => {
      const name = ts.isIdentifier(each.name) ? each.name.text : undefined;
      const value = name === undefined ? undefined : (cradle.entries.get(name)?.value ?? this.named(name));
      return (
        value ??
        (index === 0 && parameters.length === 1
          ? cradle
          : unknown(`parameter "${name ?? 'argument'}", which the container fills`, name ?? 'argument'))
      );
    });
  }

  /** What a registration is given besides: `.inject(() => ({ baseUrl }))`. */
  #cradle(expression: ts.Expression): ObjectValue {
    const entries: [string, Entry][] = [];
    for (let node = expression; ts.isCallExpression(node); ) {
      const { expression: callee } = node;
      if (!ts.isPropertyAccessExpression(callee)) break;
      const [given] = node.arguments;
      const fn =
        given && callee.name.text === 'inject' ? this.#evaluator.evaluate(given, undefined) : undefined;
      const more = fn?.kind === 'function' ? apply(this.#evaluator, fn, [], undefined, undefined) : undefined;
      if (more?.kind === 'object') entries.push(...more.entries);
      node = callee.expression;
    }
    const open = { reason: 'what the container is not told of in the project', name: 'container', names: [] };
    return object(entries, { type: CRADLE, open });
  }

  // ---------------------------------------------------------------- what is made

  #instance(expression: ts.Expression): Value {
    const value = this.#evaluator.evaluate(unwrapped(expression), undefined);
    return choice(
      optionsOf(value).map((option) => {
        const cls = asClass(option);
        if (cls) return instanceOf(cls);
        const typed = option.kind === 'external' ? this.#evaluator.natives.typed(option) : undefined;
        return typed ?? unknown('an instance of a class outside of the project', 'instance');
      }),
    );
  }

  /** What another token stands for; a class that nothing is said of stands for itself. */
  #resolved(token: ts.Expression): Value {
    return this.provided(token) ?? this.#instance(token);
  }

  /** What a factory answers, given what it asks for by token or, without that, by type. */
  #made(factory: ts.Expression, tokens: ts.Expression | undefined): Value {
    const fn = this.#evaluator.evaluate(factory, undefined);
    if (fn.kind !== 'function') return unknown('what a factory makes', 'instance');
    const listed = tokens && ts.isArrayLiteralExpression(tokens) ? tokens.elements : [];
    const args = parametersOf(fn.node).map((node, index) => {
      const token = listed[index];
      const place = { fn: fn.node, index, node };
      return token && !ts.isObjectLiteralExpression(token)
        ? this.#resolved(token)
        : callersArgument(this.#evaluator, place, fn.frame);
    });
    return apply(this.#evaluator, fn, args, undefined, undefined);
  }
}

/** A class or the declaration of a symbol; for a name or a member of a table, a text. */
export type Token = ts.Node | string;

const CRADLE = 'awilix cradle';

/** The object of which awilix's constructors and functions take what they need by name. */
export const containers: Library = {
  types: { [CRADLE]: { get: (_, name, evaluator) => evaluator.named(name) } },
};

function isExpression(token: ts.Expression | ClassValue): token is ts.Expression {
  return typeof token.kind === 'number';
}

/** The objects of a file that provide something: `{ provide: X, useClass: Y }`. */
function providersIn(source: ts.SourceFile): ts.ObjectLiteralExpression[] {
  const found: ts.ObjectLiteralExpression[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node) && initializerOf(node, 'provide')) found.push(node);
    ts.forEachChild(node, look);
  };
  look(source);
  return found;
}

function initializerOf(literal: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = literal.properties.find((each) => nameOf(each) === name);
  if (property && ts.isPropertyAssignment(property)) return property.initializer;
  if (property && ts.isShorthandPropertyAssignment(property)) return property.name;
  return property && ts.isMethodDeclaration(property) ? (property as ts.Node as ts.Expression) : undefined;
}

/** `forwardRef(() => Client)` is `Client`. */
function unwrapped(node: ts.Expression): ts.Expression {
  if (!ts.isCallExpression(node) || !ts.isIdentifier(node.expression)) return node;
  const [fn] = node.arguments;
  const forwards = node.expression.text === 'forwardRef' || node.expression.text === 'delay';
  return forwards && fn && ts.isArrowFunction(fn) && !ts.isBlock(fn.body) ? fn.body : node;
}

/** `asClass(Client)` of `asClass(Client).inject(…).singleton()`. */
function innermost(node: ts.Expression): ts.CallExpression | undefined {
  if (!ts.isCallExpression(node)) return undefined;
  return ts.isPropertyAccessExpression(node.expression) ? innermost(node.expression.expression) : node;
}

function append<K>(lists: Map<K, (() => Value)[]>, key: K, make: () => Value): void {
  const list = lists.get(key);
  if (list) list.push(make);
  else lists.set(key, [make]);
}
