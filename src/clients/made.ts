import type { Lines, Surroundings } from '../change.ts';
import { type Gap, type Link, last, optionsOf, type Value } from '../evaluate/value.ts';
import { enclosingFunction, nameOf } from '../syntax/bindings.ts';
import { locationOf } from '../syntax/location.ts';
import { ts } from '../syntax/ts.ts';
import type { CallNode } from './calls.ts';
import type { Draft } from './client.ts';

/** Where the code stands that made a request, for the question whether a change of it concerns the request. */
export interface Made {
  /** Where the URL, the method, the headers and the query are written, and every name and call on their way. */
  readonly places: readonly Lines[];
  /** Where a header or a part of the URL may have stood that is gone: nothing else tells of it. */
  readonly surroundings: readonly Surroundings[];
}

/** @param calls the client's call, and each wrapper's caller on the way out */
export function madeOf(calls: readonly CallNode[], drafts: readonly Draft[]): Made {
  const nodes = new Set<ts.Node>();
  const values = drafts.flatMap(({ url, method, headers, query, misplaced = [] }) => [
    url,
    method,
    ...[...headers, ...query, ...misplaced].map((layer) => layer.value),
  ]);
  collect(values, nodes);
  const containers = new Set(drafts.flatMap(containersOf));
  return {
    places: [...nodes, ...containers].map((node) => locationOf(node)),
    surroundings: [
      ...[...containers].map((node) => behind(node, calls)),
      ...calls.flatMap((call) => before(call)),
    ],
  };
}

/** The nodes that the values were written at or came through. */
function collect(values: readonly Value[], nodes: Set<ts.Node>): void {
  const seen = new Set<Value>();
  const follow = (link: Link | undefined) => {
    for (let each = link; each; each = each.next) nodes.add(each.node);
  };
  const open = (gap: Gap | undefined) => {
    if (gap?.node) nodes.add(gap.node);
    if (gap?.params) visit(gap.params);
  };
  const visit = (value: Value) => {
    if (seen.has(value)) return;
    seen.add(value);
    follow(value.trace);
    if (value.kind === 'choice') value.options.forEach(visit);
    if (value.kind === 'unknown') open(value.gap);
    if (value.kind === 'array') value.items.forEach(visit);
    if (value.kind === 'object') for (const entry of value.entries.values()) visit(entry.value);
    if (value.kind === 'object' || value.kind === 'array') open(value.open);
    if (value.kind !== 'text') return;
    for (const part of value.parts) {
      follow(part.trace);
      if ('gap' in part) open(part.gap);
    }
  };
  values.forEach(visit);
}

/** The objects of headers, and the options of the instance that makes the call. */
function containersOf({ headers, instance }: Draft): ts.Node[] {
  const values = [...headers.map(({ value }) => value), ...(instance ? [instance] : [])].flatMap(optionsOf);
  return values.flatMap((value) => (value.kind === 'object' && value.trace ? [last(value.trace).node] : []));
}

/** From an object on, as far as the code can still change it before it is sent. */
function behind(node: ts.Node, calls: readonly CallNode[]): Surroundings {
  const fn = enclosingFunction(node);
  const { file, startLine, endLine } = locationOf(node);
  if (fn) {
    const call = calls.find((each) => enclosingFunction(each) === fn);
    return { lines: { file, startLine, endLine: Math.max(endLine, locationOf(call ?? fn).endLine) } };
  }
  const name = nameOf(node);
  const names = new Set(name === undefined ? [] : [name]);
  return { lines: { file, startLine, endLine: Number.POSITIVE_INFINITY }, names };
}

/** The function up to a call, in which the arguments are made. */
function before(call: CallNode): Surroundings[] {
  const fn = enclosingFunction(call);
  if (!fn) return [];
  const { file, startLine } = locationOf(fn);
  return [{ lines: { file, startLine, endLine: locationOf(call).endLine }, names: namesIn(call) }];
}

/** The variables that the arguments of a call are made of. */
function namesIn(call: CallNode): Set<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    else if (ts.isPropertyAccessExpression(node)) visit(node.expression);
    else if (ts.isPropertyAssignment(node)) visit(node.initializer);
    else ts.forEachChild(node, visit);
  };
  call.arguments?.forEach(visit);
  return names;
}
