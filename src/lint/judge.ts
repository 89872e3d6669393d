import type { RecognisedCall } from '../clients/recognise.ts';
import type { Config } from '../config/config.ts';
import type { Contract, HeaderClause, RetiredEndpoint } from '../contracts/contract.ts';
import { type Identification, identify, identifyByHeaders } from '../contracts/identify.ts';
import { type EndpointMatch, matchEndpoint, retiredEndpoint } from '../contracts/match.ts';
import {
  type CallSite,
  type Confidence,
  type Finding,
  type HeaderReport,
  printText,
  type Request,
  type Unresolved,
} from '../request.ts';
import { locationOf } from '../syntax/location.ts';
import { type CheckedRequest, type CheckSettings, checkCallSite } from './check.ts';
import { withOrdinals } from './fingerprint.ts';
import { printMasked } from './mask.ts';
import type { Rule } from './rule.ts';

export interface Judgement {
  readonly callSites: readonly CallSite[];
  readonly findings: readonly Finding[];
  readonly unresolved: readonly Unresolved[];
}

export interface JudgeOptions {
  readonly contracts: readonly Contract[];
  readonly rules: readonly Rule[];
  readonly config: Config;
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** Whether a call in this file is reported. */
  readonly reported: (file: string) => boolean;
}

interface Identified {
  readonly request: Request;
  readonly identification: Identification;
  /** What of the contract the request reaches. */
  readonly match: EndpointMatch;
  readonly retired: RetiredEndpoint | undefined;
}

function identified(request: Request, identification: Identification): Identified {
  const { contract, basePath } = identification;
  return {
    request,
    identification,
    match: matchEndpoint(contract, request, basePath),
    retired: retiredEndpoint(contract, request, basePath),
  };
}

/** Says of each recognised call whose it is, what the rules find, and what could not be told. */
export function judge(calls: readonly RecognisedCall[], options: JudgeOptions): Judgement {
  const callSites: CallSite[] = [];
  const findings: Finding[] = [];
  const unresolved: Unresolved[] = [];
  const ids = new Set<string>();
  for (const call of together(calls)) {
    const location = locationOf(call.node);
    if (!options.reported(location.file)) continue;
    const requests = identifyCall(call, options);
    if (requests.length === 0) {
      const reason = whyUnresolved(call);
      if (reason !== undefined) unresolved.push({ location, client: call.draft.client, reason });
      continue;
    }
    // A place that may call two services is a call site of each.
    for (const group of byService(requests)) {
      const { site, found } = judgeCall(idOf(call, ids), call, group, options);
      callSites.push(site);
      findings.push(...found);
    }
  }
  return {
    callSites: callSites.sort(byPlace),
    findings: withOrdinals(oncePerPlace(findings.sort(byPlace))),
    unresolved: unresolved.sort(byPlace),
  };
}

/** The place; of two calls that start at the same one, as in `new Client().get()`, the second says where it ends. */
function idOf({ node }: RecognisedCall, taken: Set<string>): string {
  const { file, startLine, startColumn, endLine, endColumn } = locationOf(node);
  const place = `${file}:${startLine}:${startColumn}`;
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
    byNode.set(call.node, earlier ? { ...earlier, requests: [...earlier.requests, ...call.requests] } : call);
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

function identifyCall(call: RecognisedCall, { contracts, config }: JudgeOptions): Identified[] {
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
  return call.requests.flatMap((request) => {
    const identification =
      identify(request, contracts, config.services) ??
      identifyByHeaders(request, contracts, call.node.getSourceFile().text);
    return identification ? [identified(request, identification)] : [];
  });
}

function judgeCall(
  id: string,
  call: RecognisedCall,
  identified: readonly Identified[],
  options: JudgeOptions,
): { site: CallSite; found: readonly Finding[] } {
  const location = locationOf(call.node);
  const checked = identified.map((each) => checkedRequest(call, each, options.asOf));
  const { verdicts, unknowns, findings } = checkCallSite({
    site: { id, location, symbol: call.symbol, through: call.through },
    requests: checked,
    rules: options.rules,
    settings: settingsOf(options),
  });
  // The alternative that is surest of its service stands for the call.
  const [first] = [...identified].sort((a, b) => rank(a) - rank(b)) as [Identified];
  const { contract, evidence } = first.identification;
  const methods = new Set(
    identified.map(({ request }) => (typeof request.method === 'string' ? request.method : 'unknown')),
  );
  const { request } = first;
  return {
    found: findings,
    site: {
      id,
      service: contract.id,
      confidence: strongest(identified.map((each) => each.identification.confidence)),
      evidence,
      client: call.draft.client,
      method: methods.size === 1 ? ([...methods][0] as string) : 'unknown',
      url: printUrl(request, contract),
      endpoint: endpointName(first),
      location,
      through: call.through,
      headers: Object.fromEntries(
        request.headers.fields.map((field) => [field.name, headerReport(field, contract)]),
      ),
      headersOpen: request.headers.open !== undefined,
      verdicts,
      unknowns,
    },
  };
}

function checkedRequest(
  call: RecognisedCall,
  { request, identification, match, retired }: Identified,
  asOf: string,
): CheckedRequest {
  const { confidence, otherHost } = identification;
  const { headers } = identification.contract;
  const inForce = headers.every((each) => isInForce(each, asOf));
  const contract = inForce
    ? identification.contract
    : { ...identification.contract, headers: headers.filter((each) => isInForce(each, asOf)) };
  const { library, constructs } = call.draft;
  const nothingRequired = otherHost === true || constructs === true;
  return {
    request,
    contract: nothingRequired ? { ...contract, headers: [], legacyHeaders: [], endpoints: [] } : contract,
    confidence,
    endpoint: constructs ? undefined : match.endpoint,
    retired: constructs ? undefined : retired,
    retiredLibrary: contract.retiredLibraries.find((each) => each.package === library),
  };
}

function isInForce({ since }: HeaderClause, asOf: string): boolean {
  return since === undefined || since <= asOf;
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

function headerReport(field: Request['headers']['fields'][number], contract: Contract): HeaderReport {
  const secret = contract.credentials.some((each) => each.in === 'header' && each.name === field.name);
  const [value] = field.values;
  const report = { presence: field.presence, trace: field.trace.map((step) => step.location) };
  return value
    ? { ...report, value: secret || SECRET_NAME.test(field.name) ? printMasked(value) : printText(value) }
    : report;
}

const SECRET_NAME = /secret|token|password|passwd|api[-_]?key|jwt|assertion|credential|cookie|authorization/i;

/** The URL for a person: unknown parts in braces, values of secret parameters masked. */
function printUrl(request: Request, contract: Contract): string {
  const [base = ''] = printText(request.url).split('?', 1);
  const fields = request.query.fields.filter(
    (field) => field.presence === 'always' || field.presence === 'sometimes',
  );
  const query = fields.map((field) => {
    const secret =
      SECRET_NAME.test(field.name) ||
      contract.credentials.some((each) => each.in === 'query' && each.name === field.name);
    const [value] = field.values;
    return `${field.name}=${value ? (secret ? printMasked(value) : printText(value)) : ''}`;
  });
  const shown = base.replace(/\/\/[^/@{}]+@/, '//…@');
  return query.length > 0 ? `${shown}?${query.join('&')}` : shown;
}

/** Why a call's target is not known; undefined when it is known to be somebody else's. */
function whyUnresolved(call: RecognisedCall): string | undefined {
  for (const { host, url } of call.requests) {
    if (typeof host === 'string') continue;
    const [first] = url.parts;
    if (first && 'literal' in first && !/^[a-z]+:\/\//i.test(first.literal)) continue;
    return host.reason;
  }
  return undefined;
}

/** The same thing said of the same place is one finding; the other calls that lead there are related. */
function oncePerPlace(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.ruleId} ${placeOf(finding)} ${finding.message}`;
    const earlier = kept.get(key);
    if (!earlier) {
      kept.set(key, finding);
      continue;
    }
    const known = new Set(earlier.related.map((each) => placeOf(each)));
    kept.set(key, {
      ...earlier,
      related: [...earlier.related, ...finding.related.filter((each) => !known.has(placeOf(each)))],
    });
  }
  return [...kept.values()];
}

interface Placed {
  readonly location: { readonly file: string; readonly startLine: number; readonly startColumn: number };
}

function placeOf({ location }: Placed): string {
  return `${location.file}:${location.startLine}:${location.startColumn}`;
}

function byPlace(a: Placed, b: Placed): number {
  const [x, y] = [a.location, b.location];
  if (x.file !== y.file) return x.file < y.file ? -1 : 1;
  return x.startLine - y.startLine || x.startColumn - y.startColumn;
}
