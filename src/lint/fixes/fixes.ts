import type { RecognisedCall } from '../../clients/recognise.ts';
import {
  type Edit,
  type Finding,
  type Fix,
  fieldOf,
  type Location,
  placeOf,
  printText,
  type Request,
  samePlace,
} from '../../request.ts';
import type { ts } from '../../syntax/ts.ts';
import type { Proposal } from '../check.ts';
import type { ExaminedCall } from '../examine.ts';
import type { Change } from '../rule.ts';
import { type Code, editOf, escaped, isTextPiece, nodeAt, onlyMatch } from './code.ts';
import { isConfinedTo } from './confined.ts';
import { moved, movedText } from './move.ts';
import { leadingPlus, type WrittenName, writtenName } from './names.ts';

/** What there is to do about a finding: an edit that is certainly right, or what to write and where. */
export type Mending = Pick<Finding, 'fix' | 'suggestion'>;

/**
 * Turns what the rules propose into edits, or into words where an edit could be wrong for somebody: a place
 * that other calls take something from is edited only when the change is right for all of them, and when
 * nothing but calls uses it. `calls` are all of the run, also those that are not reported.
 */
export function mendingsOf(
  examined: readonly ExaminedCall[],
  calls: readonly RecognisedCall[],
  code: Code,
): ReadonlyMap<Finding, Mending> {
  const proposals = examined.flatMap(({ call, sites }) =>
    sites.flatMap(({ checked }) =>
      [...(checked.changes ?? [])].map(([finding, proposed]) => ({ call, finding, proposed })),
    ),
  );
  const fixer = new Fixer(proposals, calls, code);
  return new Map(proposals.map((each) => [each.finding, fixer.mend(each)]));
}

interface Proposed {
  readonly call: RecognisedCall;
  readonly finding: Finding;
  readonly proposed: readonly Proposal[];
}

class Fixer {
  readonly #proposals: readonly Proposed[];
  readonly #calls: readonly RecognisedCall[];
  readonly #code: Code;
  readonly #renames = new Map<string, Edit | undefined>();

  constructor(proposals: readonly Proposed[], calls: readonly RecognisedCall[], code: Code) {
    this.#proposals = proposals;
    this.#calls = calls;
    this.#code = code;
  }

  mend(each: Proposed): Mending {
    const [first, ...others] = each.proposed;
    if (!first) return {};
    const { change, request } = first;
    const isOne = others.every((other) => isSame(other.change, change));
    const edits = isOne ? this.#edits(change, each) : undefined;
    if (edits?.every(({ location }) => this.#code.editable(location.file)))
      return { fix: { description: describe(change), edits } satisfies Fix };
    const suggestion = suggest(change, request, each.finding.location);
    return suggestion === undefined ? {} : { suggestion };
  }

  #edits(change: Change, { call, proposed }: Proposed): Edit[] | undefined {
    if ('move' in change) return moved(change, call, this.#code);
    if ('scheme' in change) return this.#https(proposed);
    const part = 'rename' in change && change.rename === 'header' ? 'headers' : 'query';
    const name = 'rename' in change ? change.name : change.encodePlus;
    const places = proposed.map(({ request }) => fieldOf(request[part], name).written);
    const [place] = places;
    if (!place || !places.every((each) => each && samePlace(each, place))) return undefined;
    const key = `${JSON.stringify(change)} ${placeOf(place)}`;
    if (!this.#renames.has(key)) this.#renames.set(key, this.#rename(change, part, name, place));
    const edit = this.#renames.get(key);
    return edit && [edit];
  }

  #rename(change: Change, part: 'headers' | 'query', name: string, place: Location): Edit | undefined {
    const written: WrittenName | undefined =
      'rename' in change ? writtenName(this.#code, place, name) : leadingPlus(this.#code, place, name);
    const users = written && this.#usersOf(change, part, name, place);
    if (!written || !users || !isConfinedTo(users, written.node, name.toLowerCase(), this.#code))
      return undefined;
    return written.rename('rename' in change ? change.to : '%2B');
  }

  /** The calls that take something from the place; undefined when the change is not right for one of them. */
  #usersOf(change: Change, part: 'headers' | 'query', name: string, place: Location) {
    const asking = this.#proposals.flatMap(({ call, proposed }) =>
      proposed.filter((each) => isSame(each.change, change)).map(() => call.node),
    );
    const calls = new Set<ts.Node>();
    const inner = new Set<ts.Node>();
    const nodes = new Map<ts.Node, number>();
    for (const call of this.#calls) {
      // What is sent under the name from a place that is not known may come from here.
      const using = call.requests.filter(
        (request) => uses(request, place) || isUnplaced(request, part, name),
      );
      if (using.length === 0) continue;
      nodes.set(call.node, (nodes.get(call.node) ?? 0) + using.length);
      calls.add(call.node);
      for (const { location } of call.through) {
        const node = nodeAt(this.#code, location);
        if (node) inner.add(node);
      }
    }
    for (const [node, count] of nodes)
      if (asking.filter((each) => each === node).length !== count) return undefined;
    return { calls, inner };
  }

  /** The scheme of a host that answers https, whoever else uses the text. */
  #https(proposed: readonly Proposal[]): Edit[] | undefined {
    const edits = proposed.map(({ request }) => {
      const [first] = request.url.origins ?? [];
      const place = first?.trace.at(-1)?.location;
      const node = place && textAt(this.#code, place);
      // Node's own module for http takes no other scheme.
      if (!node || typeof request.host !== 'string' || request.client === 'node:http') return undefined;
      const scheme = new RegExp(`(?<=^['"\`])http(?=://${escaped(request.host)}(?![\\w.:-]))`, 'gi');
      const match = onlyMatch(node, scheme);
      return match && editOf(node.getSourceFile(), match.start, match.end, 'https');
    });
    const [edit] = edits;
    return edit && edits.every((each) => each && samePlace(each.location, edit.location))
      ? [edit]
      : undefined;
  }
}

/** The text that stands there, or the beginning of the template. */
function textAt(code: Code, place: Location): ts.Node | undefined {
  const node = nodeAt(code, place);
  const head = (node as { readonly head?: ts.Node } | undefined)?.head ?? node;
  return head && isTextPiece(head) ? head : undefined;
}

function isSame(a: Change, b: Change): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function uses({ headers, query }: Request, place: Location): boolean {
  return [...headers.fields, ...query.fields].some(({ written }) => written && samePlace(written, place));
}

function isUnplaced(request: Request, part: 'headers' | 'query', name: string): boolean {
  const { presence, written } = fieldOf({ fields: request[part].fields }, name);
  return presence !== 'never' && written === undefined;
}

function describe(change: Change): string {
  if ('move' in change) return `Send it as the header ${change.toHeader} instead`;
  if ('scheme' in change) return 'Write https';
  if ('encodePlus' in change) return `Write %2B for the + of ${change.encodePlus}`;
  return change.rename === 'header'
    ? `Rename the header to ${change.to}`
    : `Rename the query parameter to ${change.to}`;
}

function suggest(change: Change, request: Request, at: Location): string | undefined {
  if ('move' in change) {
    const text = movedText(change.move, request);
    if (text?.parts.length !== 1) return undefined;
    const [part] = text.parts;
    const value = part && 'literal' in part ? `'${part.literal}'` : part?.unknown.name;
    return `take ${printText(text)} out of the URL and add '${change.toHeader}': ${value} to the headers`;
  }
  if (!('rename' in change)) return undefined;
  const place = fieldOf(change.rename === 'header' ? request.headers : request.query, change.name).written;
  if (!place || (place.file === at.file && place.startLine === at.startLine)) return undefined;
  return `the name stands at ${placeOf(place)}; rename it there if all that use it call this service`;
}
