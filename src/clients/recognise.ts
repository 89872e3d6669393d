import { argumentsOf, type Callee, calleeOf } from '../evaluate/calls.ts';
import { Evaluator } from '../evaluate/evaluator.ts';
import { language } from '../evaluate/natives/language.ts';
import { keyOf, Natives } from '../evaluate/natives/natives.ts';
import { web } from '../evaluate/natives/web.ts';
import { parseUrl } from '../evaluate/url.ts';
import {
  choice,
  type Frame,
  type FunctionValue,
  type Gap,
  optionsOf,
  type Parameter,
  toText,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import type { Request, Step } from '../request.ts';
import { bindingsOf, enclosingFunction, nameOf } from '../syntax/bindings.ts';
import { locationOf } from '../syntax/location.ts';
import type { Project } from '../syntax/project.ts';
import { ts } from '../syntax/ts.ts';
import type { Client, Draft, Form, Layer } from './client.ts';
import { requestsOf } from './request.ts';

/** A call of an HTTP client, as far as it could be worked out, at the place where its URL becomes known. */
export interface RecognisedCall {
  readonly node: ts.Node;
  /** Name of the enclosing function, method or class; '' at the top level. */
  readonly symbol: string;
  /** The wrapper functions between this place and the client, outermost first. */
  readonly through: readonly Step[];
  readonly draft: Pick<Draft, 'client' | 'library' | 'service' | 'constructs'>;
  readonly requests: readonly Request[];
}

type CallNode = ts.CallExpression | ts.NewExpression;

/** Wrappers in wrappers. */
const MAX_CHAIN = 8;
/** Callers of one wrapper that are looked at; more are a public function, not a wrapper. */
const MAX_CALLERS = 300;

/**
 * Finds every call of a known client in the files, works out its request, and follows wrappers: a call
 * whose URL is its function's parameter is judged at each caller.
 */
export function recogniseCalls(
  project: Project,
  files: readonly string[],
  clients: readonly Client[],
  onFile: (file: string) => void = () => {},
): RecognisedCall[] {
  return new Recogniser(project, clients).run(files, onFile);
}

class Recogniser {
  readonly #project: Project;
  readonly #evaluator: Evaluator;
  readonly #forms = new Map<string, Form>();
  readonly #constructors = new Map<string, Form>();
  /** Function → the calls that reach it. */
  readonly #callers = new Map<ts.Node, CallNode[]>();
  /** Class → `new` and `super(…)` calls of it. */
  readonly #constructions = new Map<ts.Node, CallNode[]>();
  readonly #answers = new Map<ts.ConstructorDeclaration, Map<number, Value | undefined>>();

  constructor(project: Project, clients: readonly Client[]) {
    this.#project = project;
    for (const client of clients) {
      for (const [key, form] of Object.entries(client.calls ?? {})) this.#forms.set(key, form);
      for (const [key, form] of Object.entries(client.constructors ?? {})) this.#constructors.set(key, form);
    }
    this.#evaluator = new Evaluator(
      project,
      new Natives([language, web, ...clients.flatMap((client) => client.library ?? [])]),
    );
    this.#evaluator.constructions = (fn, index) => this.#constructed(fn, index);
  }

  run(files: readonly string[], onFile: (file: string) => void): RecognisedCall[] {
    const sources = files.flatMap((file) => this.#project.source(file) ?? []);
    for (const source of sources) this.#findConstructions(source);
    const candidates: CallNode[] = [];
    for (const source of sources) {
      onFile(source.fileName.slice(1));
      for (const node of bindingsOf(source).calls) if (this.#classify(node)) candidates.push(node);
    }
    return candidates.flatMap((node) => {
      this.#evaluator.reset();
      return this.#expand(node, []);
    });
  }

  /** Notes who the call reaches; true when that may be a client. */
  #classify(node: CallNode): boolean {
    this.#evaluator.reset();
    const { fn } = calleeOf(this.#evaluator, node, undefined);
    let candidate = false;
    for (const option of optionsOf(fn)) {
      if (option.kind === 'function') push(this.#callers, option.node, node);
      else if (this.#formOf(option, node)) candidate = true;
      // A function that was passed in may be a client: its callers tell.
      else if (
        option.kind === 'unknown' &&
        option.gap.parameter &&
        ts.isCallExpression(node) &&
        isDirectParameter(option.gap)
      )
        candidate = true;
    }
    return candidate;
  }

  #formOf(fn: Value, node: CallNode): Form | undefined {
    if (ts.isNewExpression(node))
      return fn.kind === 'external' ? this.#constructors.get(keyOf(fn)) : undefined;
    if (fn.kind === 'external') return this.#forms.get(keyOf(fn));
    if (fn.kind === 'native') return this.#forms.get(fn.name);
    return fn.kind === 'object' && fn.type ? this.#forms.get(`${fn.type}.call`) : undefined;
  }

  // ---------------------------------------------------------------- constructions

  #findConstructions(source: ts.SourceFile): void {
    for (const node of bindingsOf(source).calls) {
      if (ts.isNewExpression(node)) {
        for (const option of optionsOf(this.#evaluator.evaluate(node.expression, undefined))) {
          if (option.kind === 'class') push(this.#constructions, option.node, node);
        }
      } else if (node.expression.kind === ts.SyntaxKind.SuperKeyword) {
        const base = baseOf(node);
        if (!base) continue;
        for (const option of optionsOf(this.#evaluator.evaluate(base, undefined))) {
          if (option.kind === 'class') push(this.#constructions, option.node, node);
        }
      }
    }
  }

  #constructed(fn: ts.ConstructorDeclaration, index: number): Value | undefined {
    let answers = this.#answers.get(fn);
    if (!answers) this.#answers.set(fn, (answers = new Map()));
    if (answers.has(index)) return answers.get(index);
    answers.set(index, undefined);
    const nodes = this.#constructions.get(fn.parent) ?? [];
    const values = nodes
      .slice(0, 12)
      .map(
        (node) =>
          argumentsOf(this.#evaluator, node, undefined)[index] ??
          unknown('an argument that is not given', 'argument'),
      );
    const answer = values.length > 0 && nodes.length <= 12 ? choice(values) : undefined;
    answers.set(index, answer);
    return answer;
  }

  // ---------------------------------------------------------------- wrappers

  #expand(node: CallNode, chain: readonly CallNode[]): RecognisedCall[] {
    const results: RecognisedCall[] = [];
    const frame = this.#frameOf(node, chain);
    const { fn, self } = calleeOf(this.#evaluator, node, frame);
    const drafts = this.#draftsOf(node, { fn, self }, frame);
    const injected = optionsOf(fn).flatMap((option) =>
      option.kind === 'unknown' && option.gap.parameter ? [option.gap.parameter] : [],
    )[0];
    const missing = injected ?? drafts.map((draft) => urlParameter(draft)).find((each) => each !== undefined);
    if (missing && chain.length < MAX_CHAIN) {
      const callers = this.#callersOf(missing.fn, chain);
      if (callers.length > 0) {
        for (const caller of callers) results.push(...this.#expand(node, [...chain, caller]));
        return results;
      }
    }
    const [first] = drafts;
    if (!first) return [];
    const settled = drafts.flatMap((draft) => this.#settle(node, chain, draft));
    const place = chain.at(-1) ?? node;
    return [
      {
        node: place,
        symbol: symbolOf(place),
        through: throughOf(node, chain),
        draft: first,
        requests: requestsOf(settled),
      },
    ];
  }

  /** The URL is known; headers, method or body that a caller gives are joined over the callers. */
  #settle(node: CallNode, chain: readonly CallNode[], draft: Draft): Draft[] {
    const missing = openParameter(draft);
    if (!missing || chain.length >= MAX_CHAIN) return [draft];
    const callers = this.#callersOf(missing.fn, chain);
    if (callers.length === 0 || callers.length > 40) return [draft];
    return callers.flatMap((caller) => {
      const longer = [...chain, caller];
      const frame = this.#frameOf(node, longer);
      const drafts = this.#draftsOf(node, calleeOf(this.#evaluator, node, frame), frame);
      return drafts.flatMap((each) => this.#settle(node, longer, each));
    });
  }

  #draftsOf(node: CallNode, { fn, self }: Callee, frame: Frame | undefined): Draft[] {
    const drafts: Draft[] = [];
    for (const option of optionsOf(fn)) {
      const form = this.#formOf(option, node);
      if (!form) continue;
      const receiver = option.kind === 'native' ? option.self : option.kind === 'object' ? option : self;
      const draft = form({
        evaluator: this.#evaluator,
        args: argumentsOf(this.#evaluator, node, frame),
        self: receiver,
        node,
      });
      if (draft) drafts.push(draft);
    }
    return drafts;
  }

  #callersOf(fn: ts.Node, chain: readonly CallNode[]): CallNode[] {
    const callers = this.#callers.get(fn) ?? [];
    // A function that calls itself, and one that everything calls, are no wrappers to look through.
    const outside = callers.filter((caller) => !chain.includes(caller) && !isWithin(caller, fn));
    return outside.length <= MAX_CALLERS ? outside : [];
  }

  /** The frame in which the client's call is evaluated: each function on the way bound by its caller. */
  #frameOf(node: CallNode, chain: readonly CallNode[]): Frame | undefined {
    let frame: Frame | undefined;
    for (let index = chain.length - 1; index >= 0; index--) {
      const caller = chain[index] as CallNode;
      const inner = index === 0 ? node : (chain[index - 1] as CallNode);
      frame = this.#bind(caller, inner, frame, chain.length - index) ?? frame;
    }
    return frame;
  }

  #bind(caller: CallNode, inner: CallNode, outer: Frame | undefined, depth: number): Frame | undefined {
    const { fn, self } = calleeOf(this.#evaluator, caller, outer);
    const target = optionsOf(fn).find(
      (option): option is FunctionValue => option.kind === 'function' && isWithin(inner, option.node),
    );
    if (!target) return undefined;
    return {
      fn: target.node,
      args: [...(target.bound ?? []), ...argumentsOf(this.#evaluator, caller, outer)],
      self: target.self ?? self,
      outer: target.frame,
      depth,
    };
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function isWithin(inner: ts.Node, outer: ts.Node): boolean {
  return inner.getSourceFile() === outer.getSourceFile() && outer.pos <= inner.pos && inner.end <= outer.end;
}

function isDirectParameter(gap: Gap): boolean {
  return gap.node !== undefined && gap.names.length === 1;
}

function baseOf(node: ts.Node): ts.Expression | undefined {
  let cls: ts.Node | undefined = node;
  while (cls && !ts.isClassLike(cls)) cls = cls.parent;
  return cls?.heritageClauses?.find((clause) => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]
    ?.expression;
}

/** The unbound parameter that decides where the request goes. */
function urlParameter(draft: Draft): Parameter | undefined {
  for (const option of optionsOf(toText(draft.url))) {
    if (option.kind === 'unknown') return option.gap.parameter;
    if (option.kind !== 'text') continue;
    const pieces = parseUrl(option.parts);
    // With the path known, an unknown host is the callers' choice of server, not of request.
    const pathKnown =
      !pieces.pathOpen && pieces.path.some((segment) => segment.some((part) => 'literal' in part));
    if (pathKnown) continue;
    if (typeof pieces.host === 'object' && pieces.host.parameter) return pieces.host.parameter;
    if (!pieces.pathOpen) continue;
    for (const part of option.parts) if ('gap' in part && part.gap.parameter) return part.gap.parameter;
  }
  return undefined;
}

/** The unbound parameter that keeps the host, the headers, the method or the body from being known. */
function openParameter(draft: Draft): Parameter | undefined {
  for (const option of optionsOf(toText(draft.url))) {
    const { host } = option.kind === 'text' ? parseUrl(option.parts) : { host: undefined };
    if (typeof host === 'object' && host.parameter) return host.parameter;
  }
  const values = [
    draft.method,
    ...[...draft.headers, ...draft.query].flatMap((layer: Layer) => optionsOf(layer.value)),
    ...optionsOf(draft.body),
  ];
  for (const value of values) {
    for (const option of optionsOf(value)) {
      if (option.kind === 'unknown' && option.gap.parameter) return option.gap.parameter;
      if (option.kind === 'object' && option.open?.parameter) return option.open.parameter;
    }
  }
  return undefined;
}

function throughOf(node: CallNode, chain: readonly CallNode[]): Step[] {
  // The client's call first, then each wrapper's call of the next; shown from the outside in.
  const inner = [node, ...chain.slice(0, -1)];
  return chain
    .map((_, index): Step => {
      const place = inner[index] as CallNode;
      const owner = enclosingFunction(place);
      const name = owner && nameOf(owner);
      return { label: name === undefined ? 'a function' : `${name}()`, location: locationOf(place) };
    })
    .reverse();
}

function symbolOf(node: ts.Node): string {
  const names: string[] = [];
  for (let each = node.parent; each; each = each.parent) {
    const named =
      ts.isClassLike(each) ||
      (each.kind !== ts.SyntaxKind.SourceFile && enclosingFunction(each.getChildAt(0) ?? each) === each);
    const name = named ? nameOf(each) : undefined;
    if (name !== undefined) names.unshift(name);
  }
  return names.join('.');
}
