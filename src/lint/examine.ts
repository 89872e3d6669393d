import type { RecognisedCall } from '../clients/recognise.ts';
import { withJoinedQueries } from '../clients/request.ts';
import type { Config } from '../config/config.ts';
import type { Contract, HeaderClause, RetiredEndpoint } from '../contracts/contract.ts';
import { type Identification, identify, identifyByHeaders, type VariableUrl } from '../contracts/identify.ts';
import { type EndpointMatch, knownHeaders, matchEndpoint, retiredEndpoint } from '../contracts/match.ts';
import { unlistedOperation } from '../contracts/unlisted.ts';
import { type CallSite, type Confidence, type Location, placeOf, type Request } from '../request.ts';
import { fileOf, locationOf } from '../syntax/location.ts';
import type { Limit } from './changed.ts';
import { type CheckedRequest, type CheckOutput, type CheckSettings, checkCallSite } from './check.ts';
import { headerReport, printUrl } from './print.ts';
import type { Rule } from './rule.ts';
import { runtimeOfCall } from './runtime.ts';
import { Siblings } from './siblings.ts';

export interface JudgeOptions {
  readonly contracts: readonly Contract[];
  readonly rules: readonly Rule[];
  readonly config: Config;
  /** The URLs that environment variables have where a file is run. */
  readonly variables?: (file: string) => readonly VariableUrl[];
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** The change that a run is limited to; absent: everything counts. */
  readonly limit?: Limit | undefined;
}

/** A recognised call with what became of it. */
export interface ExaminedCall {
  readonly call: RecognisedCall;
  readonly location: Location;
  /** The services that it may call, each a call site; none when it calls none of them. */
  readonly sites: readonly ExaminedSite[];
}

export interface ExaminedSite {
  readonly site: CallSite;
  /** The requests that the call site can make. */
  readonly requests: readonly Identified[];
  readonly checked: CheckOutput;
}

/** A request, and whose it is. */
export interface Identified {
  readonly request: Request;
  readonly identification: Identification;
  /** What of the contract the request reaches. */
  readonly match: EndpointMatch;
  readonly retired: RetiredEndpoint | undefined;
}

function identified(request: Request, identification: Identification): Identified {
  const { contract, basePath, link, reading = request } = identification;
  if (link) return { request, identification, match: {}, retired: undefined };
  return {
    request,
    identification,
    match: matchEndpoint(contract, reading, basePath),
    retired: retiredEndpoint(contract, reading, basePath),
  };
}

/** Says of each recognised call whose it is and what the rules find. */
export function examine(calls: readonly RecognisedCall[], options: JudgeOptions): ExaminedCall[] {
  const ids = new Set<string>();
  const siblings = new Siblings(options.contracts);
  const known = together(calls).map((call) => ({ call, told: identifyCall(call, options) }));
  for (const { call, told } of known)
    siblings.add(
      call,
      told.map((each) => each.identification.contract),
    );
  return known.map(({ call, told }) => {
    const location = locationOf(call.node);
    const found = told.length === 0 ? siblings.identify(call) : undefined;
    const requests = found ? call.requests.map((request) => identified(request, found)) : told;
    // A place that may call two services is a call site of each.
    const sites = byService(requests).map((group) => examineSite(idOf(call, ids), call, group, options));
    return { call, location, sites };
  });
}

/** Why a call's target is not known; undefined when it is known to be somebody else's. */
export function whyUnresolved(call: RecognisedCall): string | undefined {
  for (const { host, url } of call.requests) {
    if (typeof host === 'string') continue;
    const [first] = url.parts;
    if (first && 'literal' in first && !/^[a-z]+:\/\//i.test(first.literal)) continue;
    return host.reason;
  }
  return undefined;
}

/** The place; of two calls that start at the same one, as in `new Client().get()`, the second says where it ends. */
function idOf({ node }: RecognisedCall, taken: Set<string>): string {
  const location = locationOf(node);
  const { endLine, endColumn } = location;
  const place = placeOf(location);
  let id = taken.has(place) ? `${place}-${endLine}:${endColumn}` : place;
  while (taken.has(id)) id += '+';
  taken.add(id);
  return id;
}

/** A wrapper that calls its client in several places makes one call site of each of its callers. */
function together(calls: readonly RecognisedCall[]): RecognisedCall[] {
  const byNode = new Map<unknown, RecognisedCall>();
  for (const call of calls) {
    const earlier = byNode.get(call.node);
    const both = earlier && {
      ...earlier,
      requests: [...earlier.requests, ...call.requests],
      made: () => [...earlier.made(), ...call.made()],
    };
    byNode.set(call.node, both ?? call);
  }
  return [...byNode.values()];
}

function byService(identified: readonly Identified[]): Identified[][] {
  const groups = new Map<string, Identified[]>();
  for (const each of identified) {
    const { id } = each.identification.contract;
    groups.set(id, [...(groups.get(id) ?? []), each]);
  }
  const all = [...groups.values()];
  if (all.length < 2) return all;
  // A host of the one with a path of the other is an alternative that the code hardly means.
  const meant = all.filter((group) => group.some((each) => endpointName(each) !== null));
  return meant.length > 0 ? meant : all.slice(0, 1);
}

function identifyCall(call: RecognisedCall, { contracts, config, variables }: JudgeOptions): Identified[] {
  const { library, service } = call.draft;
  const contract = contracts.find((each) => each.id === service);
  if (contract) {
    const identification: Identification = {
      contract,
      confidence: 'certain',
      evidence: `client ${call.draft.client.replace(/^sdk:/, '')} of package ${library}`,
    };
    return call.requests.map((request) => identified(request, identification));
  }
  const known = variables?.(fileOf(call.node.getSourceFile()));
  return call.requests.flatMap((request) => {
    const identification =
      identify(request, contracts, config.services, known) ??
      identifyByHeaders(request, contracts, call.node.getSourceFile().text);
    return identification ? [identified(request, identification)] : [];
  });
}

function examineSite(
  id: string,
  call: RecognisedCall,
  identified: readonly Identified[],
  options: JudgeOptions,
): ExaminedSite {
  const location = locationOf(call.node);
  const checked = checkCallSite({
    site: { id, location, symbol: call.symbol, through: call.through },
    requests: surelyUnlisted(
      call,
      withJoinedQueries(identified.map(({ request }) => request)).map((request, at) =>
        checkedRequest(call, { ...(identified[at] as Identified), request }, options),
      ),
    ),
    rules: options.rules,
    settings: settingsOf(options),
  });
  // The alternative that is surest of its service, and reaches one of its operations, stands for the call.
  const [first] = [...identified].sort(
    (a, b) => rank(a) - rank(b) || Number(endpointName(a) === null) - Number(endpointName(b) === null),
  ) as [Identified];
  const { contract, evidence } = first.identification;
  const methods = new Set(
    identified.map(({ request }) => (typeof request.method === 'string' ? request.method : 'unknown')),
  );
  const { request } = first;
  return {
    requests: identified,
    checked,
    site: {
      id,
      service: contract.id,
      confidence: strongest(identified.map((each) => each.identification.confidence)),
      evidence,
      client: call.draft.client,
      sends: call.draft.constructs !== true,
      method: methods.size === 1 ? ([...methods][0] as string) : 'unknown',
      url: printUrl(request, contract),
      endpoint: endpointName(first),
      location,
      through: call.through,
      headers: Object.fromEntries(
        request.headers.fields.map((field) => [field.name, headerReport(field, contract)]),
      ),
      headersOpen: request.headers.open !== undefined,
      verdicts: checked.verdicts,
      unknowns: checked.unknowns,
    },
  };
}

function checkedRequest(
  call: RecognisedCall,
  { request, identification, match, retired }: Identified,
  { config, asOf }: JudgeOptions,
): CheckedRequest {
  const { confidence, otherHost, link, basePath } = identification;
  const contract = inForce(identification.contract, 'headers', asOf);
  const { library, constructs } = call.draft;
  const nothingRequired = otherHost === true || constructs === true;
  // What a client is made with, its methods send: it has its form already.
  const optionalHeaders = constructs ? knownHeaders(contract) : [];
  return {
    request,
    contract: nothingRequired
      ? { ...contract, headers: [], optionalHeaders, legacyHeaders: [], endpoints: [], retiredEndpoints: [] }
      : contract,
    confidence,
    runtime: runtimeOfCall(call),
    ...(link ? { link } : {}),
    endpoint: nothingRequired ? undefined : match.endpoint && inForce(match.endpoint, 'furtherHeaders', asOf),
    retired: nothingRequired ? undefined : retired,
    unlisted: nothingRequired || link ? undefined : unlistedOperation(contract, request, basePath),
    retiredLibrary: contract.retiredLibraries.find((each) => each.package === library),
    multiTenant: config.services[contract.id]?.multiTenant === true,
  };
}

/**
 * Of several alternatives, those that call nothing may be combinations that the code never makes, such as
 * a host of one table with a path of another: only when all of them call nothing, the call does.
 */
function surelyUnlisted(
  call: RecognisedCall,
  requests: readonly CheckedRequest[],
): readonly CheckedRequest[] {
  const all = requests.length === call.requests.length && requests.every(({ unlisted }) => unlisted);
  return all ? requests : requests.map((each) => ({ ...each, unlisted: undefined }));
}

/** Without the headers that the service does not ask for yet; the same object where it asks for all. */
function inForce<Key extends string, T extends { readonly [key in Key]?: readonly HeaderClause[] }>(
  of: T,
  key: Key,
  asOf: string,
): T {
  const clauses: readonly HeaderClause[] = of[key] ?? [];
  const asked = clauses.filter(({ since }) => since === undefined || since <= asOf);
  return asked.length === clauses.length ? of : { ...of, [key]: asked };
}

function settingsOf({ config, asOf }: JudgeOptions): CheckSettings {
  return {
    asOf,
    severityOf: (ruleId, serviceId) => config.services[serviceId]?.rules[ruleId] ?? config.rules[ruleId],
  };
}

function rank({ identification }: Identified): number {
  return CONFIDENCES.indexOf(identification.confidence);
}

const CONFIDENCES: readonly Confidence[] = ['certain', 'likely', 'possible'];

function strongest(confidences: readonly Confidence[]): Confidence {
  return CONFIDENCES.find((each) => confidences.includes(each)) ?? 'possible';
}

function endpointName({ match, retired }: Identified): string | null {
  const { endpoint, ambiguous } = match;
  return endpoint && !ambiguous && !retired ? `${endpoint.method} ${endpoint.path}` : null;
}
