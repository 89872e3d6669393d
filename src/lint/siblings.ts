import { classOf } from '../clients/places.ts';
import type { RecognisedCall } from '../clients/recognise.ts';
import type { Contract } from '../contracts/contract.ts';
import type { Identification } from '../contracts/identify.ts';
import { reachesPath } from '../contracts/match.ts';
import type { Request } from '../request.ts';
import { locationOf } from '../syntax/location.ts';
import type { ts } from '../syntax/ts.ts';

/**
 * Calls to URLs that the code does not hold, such as a link that a response brought, and calls of one of a
 * service's paths at a host that is not known. Where every other call through the same wrapper function, or in
 * the same class, goes to one service, such a call goes there too: that is likely. No finding rests on a link.
 */
export class Siblings {
  readonly #contracts: readonly Contract[];
  /** What the calls through a function, or in a class, are known to reach. */
  readonly #known = new Map<ts.Node, Reached>();

  constructor(contracts: readonly Contract[]) {
    this.#contracts = contracts;
  }

  /** `contracts` are the services of the call's requests; none when it goes elsewhere. */
  add(call: RecognisedCall, contracts: readonly Contract[]): void {
    if (isLink(call) || (contracts.length === 0 && this.#mayReach(call).length > 0)) return;
    for (const node of sharedBy(call)) {
      const reached = this.#known.get(node) ?? { calls: [], others: false };
      for (const contract of contracts) reached.calls.push({ call, contract });
      reached.others ||= contracts.length === 0;
      this.#known.set(node, reached);
    }
  }

  /** The service of a call of which nothing else is known. The narrowest thing that it shares decides. */
  identify(call: RecognisedCall): Identification | undefined {
    const link = isLink(call);
    const reaching = link ? this.#contracts : this.#mayReach(call);
    if (reaching.length === 0) return undefined;
    for (const node of sharedBy(call)) {
      // What tests call through the code is theirs.
      const reached = this.#known.get(node);
      if (!reached) continue;
      const [first] = reached.calls;
      const alone =
        first && !reached.others && reached.calls.every((each) => each.contract === first.contract);
      if (!alone || !reaching.includes(first.contract)) return undefined;
      const { file, startLine } = locationOf(first.call.node);
      const evidence = `${nameOfShared(call, node)} calls ${first.contract.title} elsewhere (${file}:${startLine})`;
      const found = { contract: first.contract, confidence: 'likely' as const };
      if (link) return { ...found, evidence, link };
      return { ...found, evidence: `a path of ${first.contract.title}, and ${evidence}` };
    }
    return undefined;
  }

  /** The services that anyone may run whose paths the call has, at a host that is not known. */
  #mayReach({ draft, requests }: RecognisedCall): Contract[] {
    const open = draft.service === undefined && requests.length > 0 && requests.every(hasOpenHost);
    return open
      ? this.#contracts.filter(
          (each) => each.selfHosted && requests.every((request) => reachesPath(each, request)),
        )
      : [];
  }
}

/** The host is no environment variable, whose name would say whose it is. */
function hasOpenHost({ host, url }: Request): boolean {
  const [first] = url.parts;
  return typeof host !== 'string' && host.env === undefined && first !== undefined && !('literal' in first);
}

interface Reached {
  readonly calls: { readonly call: RecognisedCall; readonly contract: Contract }[];
  /** Some go elsewhere, or nobody knows where. */
  others: boolean;
}

/** Every URL of the call comes from a response, or from a parameter that no caller fills. */
function isLink({ requests, draft }: RecognisedCall): boolean {
  return draft.service === undefined && requests.length > 0 && requests.every(isLinked);
}

function isLinked({ host, url }: Request): boolean {
  if (typeof host === 'string' || host.from === undefined) return false;
  const [first] = url.parts;
  if (!first || 'literal' in first) return false;
  // A path behind a parameter is a path of whatever server the caller means.
  const rest = url.parts.slice(1).map((part) => ('literal' in part ? part.literal : ' '));
  return host.from === 'response' || /^[?&]|^$/.test(rest.join(''));
}

/** What a call may have in common with others, from the narrowest: the outermost wrapper first. */
function sharedBy(call: RecognisedCall): ts.Node[] {
  const { node, wrappers } = call;
  const classes = [node, ...wrappers.slice(-1)].map((each) => each && classOf(each));
  return [...new Set([...wrappers, ...classes].filter((each) => each !== undefined))];
}

function nameOfShared({ wrappers, through }: RecognisedCall, node: ts.Node): string {
  const step = through[wrappers.indexOf(node)];
  const { name } = node as { readonly name?: ts.Node };
  return step?.label ?? `class ${name?.getText() ?? ''}`.trim();
}
