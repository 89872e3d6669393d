import {
  argumentOf,
  argumentsOf,
  type Callee,
  calleeName,
  calleeOf,
  type Invocation,
  invocationsOf,
  invoked,
  parameterOf,
  valueOfParameter,
} from '../evaluate/calls.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import { sameFrame } from '../evaluate/frames.ts';
import { language } from '../evaluate/natives/language.ts';
import { modules } from '../evaluate/natives/modules.ts';
import { keyOf, Natives } from '../evaluate/natives/natives.ts';
import { nuxt } from '../evaluate/natives/nuxt.ts';
import { web } from '../evaluate/natives/web.ts';
import { callsOfArgument, framesWithin, MAX_FRAMES } from '../evaluate/rounds.ts';
import { type Frame, type Gap, optionsOf, type Parameter, type Value } from '../evaluate/value.ts';
import { literalOf, type Request, type Step } from '../request.ts';
import { bindingsOf, enclosingFunction, nameOf, resolveName } from '../syntax/bindings.ts';
import { locationOf } from '../syntax/location.ts';
import { GLOBAL_FETCH, mocksOf } from '../syntax/mocks.ts';
import type { Project } from '../syntax/project.ts';
import { ts } from '../syntax/ts.ts';
import { describeCallee } from './callee.ts';
import { Callers } from './callers.ts';
import { ANY_NAME, CallIndex, type CallNode } from './calls.ts';
import type { Client, Draft, Form } from './client.ts';
import { type Made, madeOf } from './made.ts';
import {
  hasPath,
  missingHost,
  openParameters,
  segmentParameters,
  tellsHost,
  urlParameters,
} from './missing.ts';
import { Neighbours } from './neighbours.ts';
import { type Answered, type Making, outcomeOf, receiverAfter } from './outcome.ts';
import {
  baseOf,
  byPlace,
  handedOn,
  isDelegation,
  isSuperCall,
  isTest,
  isWithin,
  methodOf,
  symbolOf,
  throughOf,
  wrappersOf,
} from './places.ts';
import { containers, Providers } from './providers.ts';
import { requestsOf } from './request.ts';

/** A call of an HTTP client, as far as it could be worked out, at the place where its URL becomes known. */
export interface RecognisedCall {
  readonly node: ts.Node;
  /** Name of the enclosing function, method or class; '' at the top level. */
  readonly symbol: string;
  /** The wrapper functions between this place and the client, outermost first. */
  readonly through: readonly Step[];
  /** Those functions themselves, in the same order. */
  readonly wrappers: readonly (ts.Node | undefined)[];
  readonly draft: Pick<Draft, 'client' | 'library' | 'service' | 'constructs'>;
  readonly requests: readonly Request[];
  /** Where the code stands that made the requests; worked out when it is asked for. */
  readonly made: () => readonly Made[];
}

/** Names that fields and variables that hold a client's function go by. */
const MAY_BE_CLIENT = /fetch|request|http|axios|ajax|client/i;

/** Methods whose names say what they reach; their arguments are no addresses. */
const SDK_METHOD = /[a-z][A-Z]/;

/** The start of a route, as against an id. */
const ROUTE_WORD = /^\/?[a-z][a-z-]*(?:\/|$|\?)/;

/** Wrappers in wrappers. */
const MAX_CHAIN = 8;
/** Steps spent on the ways through wrappers to one call of a client; past it, what is not known stays so. */
const MAX_WORK = 1_000_000;
/** What looking at one more way costs at least. */
const WAY = 200;

/**
 * Finds every call of a known client in the files, works out its request, and follows wrappers: a call
 * whose URL is its function's parameter is judged at each caller.
 */
export class Recogniser {
  readonly #project: Project;
  readonly #evaluator: Evaluator;
  readonly #index = new CallIndex();
  readonly #forms = new Map<string, Form>();
  readonly #constructors = new Map<string, Form>();
  /** Those of services' own packages. */
  readonly #sdkForms = new Set<Form>();
  /** The modules that requests are sent with, and the global fetch. */
  readonly #transports: ReadonlySet<string>;
  /** Names under which a client is called. */
  readonly #formNames = new Set<string>([ANY_NAME, 'default', 'call', 'apply', 'super']);
  /** Names of the functions that make an instance that is called itself. */
  readonly #factories: readonly string[];
  readonly #callers: Callers;
  readonly #neighbours: Neighbours;
  readonly #providers: Providers;
  /** The file that puts a function of its own in the place of the global fetch. */
  #replacedFetch: string | undefined;
  #limit = 0;

  constructor(project: Project, clients: readonly Client[]) {
    this.#project = project;
    for (const client of clients) {
      for (const [key, form] of Object.entries(client.calls ?? {})) this.#forms.set(key, form);
      for (const [key, form] of Object.entries(client.constructors ?? {})) this.#constructors.set(key, form);
    }
    const [sdks, transports] = [clients.filter(({ sdk }) => sdk), clients.filter(({ sdk }) => !sdk)];
    for (const form of sdks.flatMap(formsOf)) this.#sdkForms.add(form);
    this.#transports = new Set([
      GLOBAL_FETCH,
      ...transports.flatMap(exportsOf).map((key) => key.slice(0, key.indexOf('#'))),
    ]);
    // A package that is one function, or a global, is called by its own name.
    const values = clients.flatMap((client) => Object.keys(client.library?.values ?? {}));
    for (const key of [...this.#forms.keys(), ...this.#constructors.keys(), ...values]) {
      const name = key.split(/[#.]/).at(-1);
      if (name) this.#formNames.add(name);
    }
    this.#factories = factoriesOf(clients);
    this.#evaluator = new Evaluator(
      project,
      new Natives(
        [
          ...language,
          ...web,
          ...modules,
          nuxt,
          containers,
          ...clients.flatMap((client) => client.library ?? []),
        ],
        sdks.flatMap(exportsOf),
      ),
    );
    this.#neighbours = new Neighbours(project, this.#evaluator);
    this.#callers = new Callers(this.#index, this.#evaluator);
    this.#providers = new Providers(project, this.#evaluator, this.#index);
    this.#evaluator.constructions = (fn, index) => this.#callers.constructed(fn, index);
    this.#evaluator.foreignImports = (declaration) => this.#neighbours.foreignImports(declaration);
    this.#evaluator.subclasses = (node) => this.#neighbours.subclasses(node);
    this.#evaluator.mixedInto = (literal) => this.#neighbours.mixedInto(literal);
    this.#evaluator.implementations = (name) => this.#neighbours.implementations(name);
    this.#evaluator.provided = (token) => this.#providers.provided(token);
    this.#evaluator.injected = (fn, index) => this.#providers.argument(fn, index);
    this.#evaluator.named = (name) => this.#providers.named(name);
    this.#evaluator.sends = (fn, node) => this.#formOf(fn, node) !== undefined;
  }

  run(files: readonly string[], onFile: (file: string) => void = () => {}): RecognisedCall[] {
    const sources = files.flatMap((file) => this.#indexed(file) ?? []);
    // What a factory makes is called by the name that it is given: `export const api = got.extend(…)`.
    for (const node of this.#factories.flatMap((name) => this.#index.named(name))) {
      const name = nameOf(node);
      if (name !== undefined) this.#formNames.add(name);
    }
    this.#neighbours.sources = sources;
    this.#providers.sources = sources;
    this.#replacedFetch = sources
      .find((source) => bindingsOf(source).replacesFetch && !isTest(source))
      ?.fileName.slice(1);
    const candidates: CallNode[] = [];
    const seen = new Set<CallNode>();
    for (const name of this.#index.names()) {
      if (!this.#formNames.has(name) && !MAY_BE_CLIENT.test(name)) continue;
      for (const node of this.#index.named(name)) {
        if (seen.has(node)) continue;
        seen.add(node);
        if (this.#isCandidate(node)) candidates.push(node);
      }
    }
    const found: RecognisedCall[] = [];
    let file = '';
    for (const node of candidates.sort(byPlace)) {
      const current = node.getSourceFile().fileName.slice(1);
      if (current !== file) {
        file = current;
        onFile(file);
      }
      // A function that was passed in is seldom a client: it gets less.
      this.#limit = this.#evaluator.work + (this.#isClient(node) ? MAX_WORK : MAX_WORK / 20);
      try {
        found.push(...this.#expand(node, []));
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        const message = 'a call that is nested too deeply to be analysed';
        this.#project.problems.push({ kind: 'unreadable', message, location: locationOf(node) });
      }
    }
    return found;
  }

  /** What a call reaches, in words; undefined when it is an HTTP client. */
  describe(node: CallNode): string | undefined {
    this.#evaluator.reset();
    const options = optionsOf(this.#calleeOf(node, undefined).fn);
    if (options.some((option) => this.#formOf(option, node))) return undefined;
    return [...new Set(options.map(describeCallee))].join(', or ');
  }

  /** A file's tree, with its calls in the index; one that is nested beyond measure is told of and left out. */
  #indexed(file: string): ts.SourceFile | undefined {
    try {
      const source = this.#project.source(file);
      if (source) this.#index.add(source);
      return source;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.#project.problems.push({
        kind: 'unreadable',
        message: `${file}: nested too deeply to be analysed`,
      });
      return undefined;
    }
  }

  /** Whether the call reaches a client, or a function that was passed in and may be one. */
  #isCandidate(node: CallNode): boolean {
    this.#evaluator.reset();
    if (this.#isClient(node)) return true;
    if (this.#isOnHandedClient(node)) return true;
    if (!ts.isCallExpression(node) || node.arguments.length === 0) return false;
    const { fn } = this.#calleeOf(node, undefined);
    return optionsOf(fn).some((option) => option.kind === 'unknown' && isDirectParameter(option.gap));
  }

  /** `client.retrieveTenants()`, where the client is a parameter; methods that everything has tell by its name. */
  #isOnHandedClient({ expression }: CallNode): boolean {
    if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return false;
    const { expression: receiver, name } = expression;
    if (!SDK_METHOD.test(name.text) && !MAY_BE_CLIENT.test(receiver.text)) return false;
    const value = this.#evaluator.evaluate(receiver, undefined);
    return value.kind === 'unknown' && value.gap.parameter !== undefined && isDirectParameter(value.gap);
  }

  #isClient(node: CallNode): boolean {
    const { fn } = this.#calleeOf(node, undefined);
    return optionsOf(fn).some(
      (option) => this.#formOf(invoked(option, undefined, []).fn, node) !== undefined,
    );
  }

  /** What a call reaches; `super(…)` reaches the base class, which may be an SDK's. */
  #calleeOf(node: CallNode, frame: Frame | undefined): Callee {
    const base = isSuperCall(node) ? baseOf(node) : undefined;
    return base
      ? { fn: this.#evaluator.evaluate(base, undefined), self: undefined }
      : calleeOf(this.#evaluator, node, frame);
  }

  #formOf(fn: Value, node: CallNode): Form | undefined {
    const form = this.#formNamed(fn, node);
    return form && this.#sdkForms.has(form) && this.#mocksTransport(node) ? undefined : form;
  }

  #formNamed(fn: Value, node: CallNode): Form | undefined {
    if (ts.isNewExpression(node) || isSuperCall(node))
      return fn.kind === 'external' ? this.#constructors.get(keyOf(fn)) : undefined;
    if (fn.kind === 'external') return this.#forms.get(keyOf(fn));
    if (fn.kind === 'native') return this.#forms.get(fn.name);
    return fn.kind === 'object' && fn.type ? this.#forms.get(`${fn.type}.call`) : undefined;
  }

  /** Whether a test replaces what the package of a service would send its requests with. */
  #mocksTransport(node: CallNode): boolean {
    return [...mocksOf(node.getSourceFile())].some((module) => this.#transports.has(module));
  }

  #expand(node: CallNode, chain: readonly CallNode[]): RecognisedCall[] {
    this.#evaluator.reset(WAY);
    // Who hands in the client alone does not choose what is called.
    if (chain.length === 0 && this.#isOnHandedClient(node) && !this.#isAddressGiven(node))
      return callOf(node, this.#throughCallers(node, []));
    const frames = this.#framesOf(node, chain);
    const { fn } = this.#calleeOf(node, frames[0]);
    const drafts = this.#draftsIn(frames, node, chain);
    const injected = parameterAmong(fn);
    // A default that is a client says what the parameter is for; what tests pass is theirs.
    const place = chain.at(-1) ?? node;
    const asked = drafts.flatMap(urlParameters);
    const own = asked.find(({ fn }) => isWithin(place, fn));
    const throughSelf = own || injected ? undefined : this.#expandSelf(node, chain, drafts);
    if (throughSelf) return throughSelf;
    // A function that hands on all of its arguments is the client by another name.
    const alias = handedOn(node);
    const missing =
      (chain.length === 0 ? alias : undefined) ??
      (drafts.length === 0 ? injected : undefined) ??
      own ??
      asked[0] ??
      drafts.flatMap(segmentParameters).find((each) => this.#isWord(each, chain));
    if (missing && chain.length < MAX_CHAIN) {
      const callers = this.#callersBelow(place, missing.fn, chain);
      const results = this.#fromEach(callers, (caller) => this.#expand(node, [...chain, caller]));
      // A function that does more than delegate is named itself, unless its callers know more than it.
      const last = chain.length > (alias ? 1 : 0) ? chain.at(-1) : undefined;
      if (results.length > 0 && (!last || isDelegation(last) || results.some(isKnown))) return results;
    }
    const [first] = drafts;
    if (!first) return [];
    const settled = drafts.flatMap((draft) => this.#settle(node, chain, draft));
    const written = chain.length === 0 ? (first.place ?? place) : place;
    return [
      {
        node: written,
        symbol: symbolOf(written),
        through: throughOf(node, chain),
        wrappers: wrappersOf(node, chain),
        draft: first,
        requests: requestsOf(settled),
        made: () => [madeOf([node, ...chain], settled)],
      },
    ];
  }

  /** Whether the first argument, where most clients take the address, is all given by the caller. */
  #isAddressGiven(node: CallNode): boolean {
    const first = node.arguments?.[0];
    if (SDK_METHOD.test(calleeName(node) ?? '')) return false;
    const value = first && this.#evaluator.evaluate(first, undefined);
    return value?.kind === 'unknown' && value.gap.parameter !== undefined && isDirectParameter(value.gap);
  }

  /** What a call on a client that is handed in sends, for each client that a caller hands in. */
  #throughCallers(node: CallNode, chain: readonly CallNode[]): readonly Draft[] {
    this.#evaluator.reset(WAY);
    const frames = this.#framesOf(node, chain);
    const drafts = this.#draftsIn(frames, node, chain);
    const parameter = parameterAmong(this.#calleeOf(node, frames[0]).fn);
    if (drafts.length > 0 || !parameter || chain.length >= MAX_CHAIN) return drafts;
    const callers = this.#callersBelow(chain.at(-1) ?? node, parameter.fn, chain);
    return this.#fromEach(callers, (caller) => this.#throughCallers(node, [...chain, caller]));
  }

  /** A segment for which every caller gives words of a route, not ids: `list('teams')`. */
  #isWord({ fn, index }: Parameter, chain: readonly CallNode[]): boolean {
    const callers = this.#callersOf(fn, chain);
    return (
      callers.length > 0 &&
      callers.every((caller) => {
        const value = this.#given(caller, fn, index);
        const [first] = value?.kind === 'text' ? value.parts : [];
        return first !== undefined && 'literal' in first && ROUTE_WORD.test(first.literal);
      })
    );
  }

  /** A URL that fields of an unknown `this` hold may be known where the method is called: a builder. */
  #expandSelf(
    node: CallNode,
    chain: readonly CallNode[],
    drafts: readonly Draft[],
  ): RecognisedCall[] | undefined {
    const method = methodOf(chain.at(-1) ?? node);
    if (!method || chain.length >= MAX_CHAIN || drafts.length === 0 || drafts.some(hasPath)) return undefined;
    const callers = this.#callersOf(method, chain);
    const results = this.#fromEach(callers, (caller) => this.#expand(node, [...chain, caller]));
    return results.some(isKnown) ? results : undefined;
  }

  /** The URL is known; headers, method or body that a caller gives are joined over the callers. */
  #settle(node: CallNode, chain: readonly CallNode[], draft: Draft): Draft[] {
    // A parameter of a function that is not on the way (a setter's) is nobody's to give here.
    const missing = openParameters(draft).find(({ fn }) =>
      [node, ...chain].some((each) => isWithin(each, fn)),
    );
    if (!missing || chain.length >= MAX_CHAIN) return [draft];
    const callers = this.#callersOf(missing.fn, chain);
    if (callers.length === 0 || callers.length > 40) return [draft];
    const settled = this.#fromEach(callers, (caller) => {
      const longer = [...chain, caller];
      this.#evaluator.reset(WAY);
      const drafts = this.#draftsIn(this.#framesOf(node, longer), node, longer);
      // The callers are asked for what is missing; a URL that is known here stays as it reads here.
      const kept = drafts.map((each) =>
        missingHost(draft) && tellsHost(each) ? each : { ...each, url: draft.url },
      );
      return kept.flatMap((each) => this.#settle(node, longer, each));
    });
    return settled.length > 0 ? settled : [draft];
  }

  /** What a caller of a function gives for a parameter of it. */
  #given(caller: CallNode, fn: ts.Node, index: number): Value | undefined {
    const invocation = invocationsOf(this.#evaluator, caller, undefined).find((each) => reaches(each, fn));
    return invocation && argumentOf(invocation, index);
  }

  /** What each caller gives; nothing once the call has had its share of work. */
  #fromEach<T>(callers: readonly CallNode[], from: (caller: CallNode) => readonly T[]): T[] {
    const all: T[] = [];
    for (const caller of callers) {
      if (this.#evaluator.work > this.#limit) return [];
      all.push(...from(caller));
    }
    return all;
  }

  #draftsIn(
    frames: readonly (Frame | undefined)[],
    node: CallNode,
    chain: readonly CallNode[],
  ): readonly Draft[] {
    return frames.flatMap((frame) => this.#draftsOf(node, this.#calleeOf(node, frame), frame, chain));
  }

  #draftsOf(
    node: CallNode,
    { fn, self }: Callee,
    frame: Frame | undefined,
    chain: readonly CallNode[],
  ): Draft[] {
    const drafts: Draft[] = [];
    const given = argumentsOf(this.#evaluator, node, frame);
    for (const reached of optionsOf(fn)) {
      const { fn: option, self: own, args } = invoked(reached, self, given);
      const form = this.#formOf(option, node);
      if (!form) continue;
      const receiver = option.kind === 'native' ? option.self : option.kind === 'object' ? option : own;
      const making: Making = {
        evaluator: this.#evaluator,
        node,
        frame,
        callers: (fn) => this.#answered(fn, chain),
      };
      const draft = form({
        evaluator: this.#evaluator,
        args,
        self: receiver,
        node,
        outcome: () => outcomeOf(making),
        receiverAfter: (method) => receiverAfter(making, method),
        mentions: (name) => this.#index.mentions(name),
      });
      if (draft) drafts.push(isGlobalFetch(option) ? this.#asSent(draft, node, frame, chain) : draft);
    }
    return drafts;
  }

  /** What the global fetch stands for: itself, unless it is replaced or a caller hands in another one. */
  #asSent(draft: Draft, node: CallNode, frame: Frame | undefined, chain: readonly CallNode[]): Draft {
    if (this.#replacedFetch) return opened(draft, `the global fetch is replaced in ${this.#replacedFetch}`);
    const declaration = ts.isIdentifier(node.expression)
      ? resolveName(node, node.expression.text)
      : undefined;
    const parameter = declaration && parameterOf(declaration);
    // What this very caller hands in is known.
    if (!parameter || valueOfParameter(this.#evaluator, parameter, frame)?.kind === 'external') return draft;
    const others = this.#callersOf(parameter.fn, chain).some((caller) => {
      return this.#given(caller, parameter.fn, parameter.index)?.kind === 'function';
    });
    return others ? opened(draft, 'a caller hands in a function of its own as fetch') : draft;
  }

  /**
   * The callers of the innermost function around a place that has any, up to the one whose
   * parameter is missing: `resource('teams').list()` is called where list() is, not where resource() is.
   */
  #callersBelow(place: ts.Node, outermost: ts.Node, chain: readonly CallNode[]): CallNode[] {
    for (
      let fn: ts.Node | undefined = enclosingFunction(place);
      fn && fn !== outermost;
      fn = enclosingFunction(fn)
    ) {
      const callers = this.#callersOf(fn, chain);
      if (callers.length > 0) return callers;
    }
    // A class is made in one place, and its methods called in another.
    const inside = isWithin(place, outermost);
    const handed = inside ? [] : this.#handedCalls(place, chain).filter((call) => isWithin(call, outermost));
    if (handed.length > 0) return handed;
    const callers = this.#callersOf(outermost, chain).filter(
      (caller) => inside || ts.isCallExpression(caller),
    );
    return callers.length > 0 || !inside ? callers : this.#handedCallsOf(outermost, chain);
  }

  /** The calls of the parameters that the functions around a place are handed over as: `memoize((path) => fetch(path))`. */
  #handedCalls(place: ts.Node, chain: readonly CallNode[]): CallNode[] {
    for (let fn: ts.Node | undefined = enclosingFunction(place); fn; fn = enclosingFunction(fn)) {
      const calls = this.#handedCallsOf(fn, chain);
      if (calls.length > 0) return calls;
    }
    return [];
  }

  /** The same for one function, written where it is handed over or handed over by its name: `memoize(load)`. */
  #handedCallsOf(fn: ts.Node, chain: readonly CallNode[]): CallNode[] {
    const name = nameOf(fn);
    const written = ts.isCallExpression(fn.parent) ? [fn] : [];
    const named = name === undefined || ts.isClassElement(fn) ? [] : this.#index.mentions(name);
    const calls = [...written, ...named].flatMap((node) => {
      const { parent } = node;
      if (!ts.isCallExpression(parent) || parent.expression === node || isTest(parent)) return [];
      if (node !== fn && !this.#means(node, fn)) return [];
      return callsOfArgument(this.#evaluator, parent, node);
    });
    return [...new Set<CallNode>(calls)].filter((call) => !chain.includes(call) && !isWithin(call, fn));
  }

  #means(node: ts.Node, fn: ts.Node): boolean {
    return optionsOf(this.#evaluator.evaluate(node, undefined)).some(
      (option) => option.kind === 'function' && option.node === fn,
    );
  }

  /** The calls that are answered what the function returns: the one it was reached by, or all of them. */
  #answered(fn: ts.Node, chain: readonly CallNode[]): Answered[] {
    for (const [index, caller] of chain.entries()) {
      const [frame] = this.#framesOf(caller, chain.slice(index + 1));
      if (invocationsOf(this.#evaluator, caller, frame).some((each) => reaches(each, fn)))
        return [{ node: caller, frame }];
    }
    return this.#callersOf(fn, chain).map((caller) => ({ node: caller, frame: undefined }));
  }

  #callersOf(fn: ts.Node, chain: readonly CallNode[]): CallNode[] {
    return this.#evaluator.work > this.#limit ? [] : this.#callers.of(fn, chain);
  }

  /**
   * The frames in which the client's call is evaluated: each function on the way bound by its caller, each loop
   * around it by its rounds.
   */
  #framesOf(node: CallNode, chain: readonly CallNode[]): readonly (Frame | undefined)[] {
    let frames: readonly (Frame | undefined)[] = [undefined];
    for (let index = chain.length - 1; index >= 0; index--) {
      const caller = chain[index] as CallNode;
      const inner = index === 0 ? node : (chain[index - 1] as CallNode);
      frames = this.#rounds(caller, frames).flatMap((frame) => {
        const bound = this.#bind(caller, inner, frame, chain.length - index);
        return bound || !this.#isElsewhere(caller, inner, frame) ? [bound ?? frame] : [];
      });
    }
    return this.#rounds(node, frames);
  }

  /** Whether the call of a parameter, as this caller has filled it, reaches other functions than the one on the way. */
  #isElsewhere(caller: CallNode, inner: CallNode, frame: Frame | undefined): boolean {
    const { expression } = caller;
    const declaration = ts.isIdentifier(expression) && resolveName(expression, expression.text);
    if (!frame || !declaration || !parameterOf(declaration)) return false;
    const reached = invocationsOf(this.#evaluator, caller, frame).map(({ fn }) => fn);
    return reached.every((fn) =>
      fn.kind === 'function' ? !isWithin(inner, fn.node) : fn.kind === 'external' || fn.kind === 'native',
    );
  }

  #rounds(node: CallNode, frames: readonly (Frame | undefined)[]): readonly (Frame | undefined)[] {
    const all = frames.flatMap((frame) => framesWithin(this.#evaluator, node, frame));
    return all.length <= MAX_FRAMES ? all : frames;
  }

  #bind(caller: CallNode, inner: CallNode, outer: Frame | undefined, depth: number): Frame | undefined {
    for (const { fn, self, args } of invocationsOf(this.#evaluator, caller, outer)) {
      if (fn.kind !== 'function' || !isWithin(inner, fn.node)) continue;
      return sameFrame(this.#evaluator, {
        fn: fn.node,
        args: [...(fn.bound ?? []), ...args],
        self: fn.self ?? self,
        outer: fn.frame,
        depth,
      });
    }
    return undefined;
  }
}

function formsOf({ calls, constructors }: Client): Form[] {
  return [...Object.values(calls ?? {}), ...Object.values(constructors ?? {})];
}

/** What a client knows of packages' exports, `module#path`; not of globals, nor of methods. */
function exportsOf({ calls, constructors, library = {} }: Client): string[] {
  return [calls, constructors, library.calls, library.constructors, library.typed, library.values]
    .flatMap((record) => Object.keys(record ?? {}))
    .filter((key) => key.indexOf('#') > 0);
}

/** `create`, `extend`, `promisify`: methods of instances that are called, and functions that answer one. */
function factoriesOf(clients: readonly Client[]): string[] {
  const names = clients.flatMap(({ calls = {}, library = {} }) => [
    ...Object.keys(library.calls ?? {}),
    ...Object.entries(library.types ?? {}).flatMap(([type, model]) =>
      `${type}.call` in calls
        ? Object.keys(model.methods ?? {}).filter((name) => !(`${type}.${name}` in calls))
        : [],
    ),
  ]);
  return [...new Set(names.flatMap((name) => name.split(/[#.]/).at(-1) || []))];
}

function isKnown({ requests }: RecognisedCall): boolean {
  return requests.some(
    (request) => !request.pathOpen && request.path.some((segment) => literalOf(segment) !== undefined),
  );
}

function isGlobalFetch(fn: Value): boolean {
  return fn.kind === 'external' && fn.module === '' && fn.path.join('.') === 'fetch';
}

function opened(draft: Draft, reason: string): Draft {
  const gap: Gap = { reason, name: 'fetch', names: [] };
  return {
    ...draft,
    headers: [...draft.headers, { value: { kind: 'unknown', gap }, undefined: 'text', null: 'text' }],
  };
}

function reaches({ fn }: Invocation, node: ts.Node): boolean {
  return fn.kind === 'function' && fn.node === node;
}

/** The parameter that a function is handed in as. */
function parameterAmong(fn: Value): Parameter | undefined {
  return optionsOf(fn).flatMap((option) =>
    option.kind === 'unknown' ? (option.gap.parameter ?? []) : [],
  )[0];
}

/** The call as it stands, with all that it may send. */
function callOf(node: CallNode, drafts: readonly Draft[]): RecognisedCall[] {
  const [draft] = drafts;
  if (!draft) return [];
  return [
    {
      node,
      symbol: symbolOf(node),
      through: [],
      wrappers: [],
      draft,
      requests: requestsOf(drafts),
      made: () => [madeOf([node], drafts)],
    },
  ];
}

function isDirectParameter(gap: Gap): boolean {
  return gap.node !== undefined && gap.names.length === 1;
}
