import type { Contract } from '../contracts/contract.ts';
import { reachesPath } from '../contracts/match.ts';
import {
  type FieldSet,
  type Finding,
  type Origin,
  printText,
  type Request,
  type Step,
  type Text,
} from '../request.ts';
import { type ExaminedCall, type ExaminedSite, type JudgeOptions, whyUnresolved } from './examine.ts';
import type {
  CallReference,
  ExplainedCall,
  ExplainedFields,
  ExplainedRequest,
  ExplainedRule,
  ExplainedService,
  Piece,
  Place,
} from './explanation.ts';
import { maskParts } from './mask.ts';
import { holdsSecret, type Position, printUrl, printValue } from './print.ts';

/** The calls that stand at a place: those that start on its line, else the innermost one around it. */
export function callsAt(calls: readonly ExaminedCall[], place: Place): ExaminedCall[] {
  const around = calls.filter(({ location }) => covers(location, place));
  const starting = around.filter(({ location }) => location.startLine === place.line);
  if (starting.length > 0 && place.column === undefined) return starting;
  const [innermost] = around.toSorted(
    ({ location: a }, { location: b }) => b.startLine - a.startLine || b.startColumn - a.startColumn,
  );
  return innermost ? [innermost] : [];
}

export function explainCall({ call, location, sites }: ExaminedCall, options: JudgeOptions): ExplainedCall {
  const [first] = sites;
  const contract = first?.requests[0]?.identification.contract;
  return {
    location,
    client: call.draft.client,
    through: call.through,
    requests: call.requests.map((request) => explainRequest(request, contract)),
    services: sites.map((site) => explainService(site, options)),
    ...(first ? {} : { because: whyNoService(call.requests, whyUnresolved(call), options) }),
  };
}

export function referenceTo({ site }: ExaminedSite): CallReference {
  const { service, method, url, location } = site;
  return { service, method, url, location };
}

/** The call sites that go through the place without standing there. */
export function sitesThrough(calls: readonly ExaminedCall[], place: Place): ExaminedSite[] {
  return calls.flatMap(({ call, sites }) => {
    const passes = [...call.through, ...call.requests.flatMap(stepsOf)].some(({ location }) =>
      covers(location, place),
    );
    return passes ? sites : [];
  });
}

function stepsOf({ url, headers, query, body }: Request): Step[] {
  const fields = [headers, query, body.fields].flatMap((set) => set.fields);
  const texts = [url, ...fields.flatMap((field) => field.values)];
  return [
    ...fields.flatMap((field) => field.trace),
    ...texts.flatMap(originsOf).flatMap((origin) => origin.trace),
  ];
}

function covers(
  { file, startLine, startColumn, endLine, endColumn }: ExaminedCall['location'],
  { file: asked, line, column }: Place,
): boolean {
  if (file !== asked || line < startLine || line > endLine) return false;
  if (column === undefined) return true;
  return !((line === startLine && column < startColumn) || (line === endLine && column >= endColumn));
}

// ------------------------------------------------------------------ requests

function explainRequest(request: Request, contract: Contract | undefined): ExplainedRequest {
  const { method, host, pathOpen, headers, query, body } = request;
  const unknowns = [
    ...(typeof method === 'string' ? [] : [`the method is not known: ${method.reason}`]),
    ...(typeof host === 'string' ? [] : [`the host is not known: ${host.reason}`]),
    ...(pathOpen ? ['the structure of the path is not known'] : []),
  ];
  return {
    method: typeof method === 'string' ? method : `{${method.name}}`,
    url: printUrl(request, contract),
    pieces: piecesOfUrl(request.url),
    unknowns,
    headers: explainFields(headers, 'header', contract),
    query: explainFields(query, 'query', contract),
    body: { kind: body.kind, ...explainFields(body.fields, 'form', contract) },
  };
}

function explainFields(set: FieldSet, position: Position, contract: Contract | undefined): ExplainedFields {
  const fields = set.fields.map(({ name, presence, reason, values, trace }) => ({
    name,
    presence,
    ...(reason === undefined ? {} : { reason }),
    values: values.map((value) => ({
      shown: printValue(value, name, position, contract),
      pieces: pieces(originsOf(value), holdsSecret(name, position, contract)),
    })),
    trace,
  }));
  return set.open === undefined ? { fields } : { fields, open: set.open };
}

/** The pieces before the query, which is told of field by field. */
function piecesOfUrl(url: Text): Piece[] {
  const kept: Origin[] = [];
  for (const { part, trace } of originsOf(url)) {
    const [before = '', query] = 'literal' in part ? part.literal.split(/\?(.*)/s, 2) : [];
    if (!('literal' in part)) kept.push({ part, trace });
    else if (before !== '') kept.push({ part: { literal: before.replace(/\/\/[^/@]+@/, '//…@') }, trace });
    if (query !== undefined) break;
  }
  return pieces(kept, false);
}

function originsOf({ origins, parts, trace }: Text): readonly Origin[] {
  return origins ?? parts.map((part) => ({ part, trace }));
}

function pieces(origins: readonly Origin[], secret: boolean): Piece[] {
  const parts = origins.map(({ part }) => part);
  const shown = secret ? maskParts(parts) : parts.map((part) => printText({ parts: [part] }));
  return origins.map(({ part, trace }, at) => ({
    shown: shown[at] ?? '',
    ...('unknown' in part ? { reason: part.unknown.reason } : {}),
    trace,
  }));
}

// ------------------------------------------------------------------ services and rules

function explainService(
  { site, requests, checked }: ExaminedSite,
  { contracts, rules }: JudgeOptions,
): ExplainedService {
  const { service, confidence, evidence, sends, endpoint, verdicts, unknowns } = site;
  const retired = requests.find((each) => each.retired)?.retired;
  return {
    service,
    title: contracts.find(({ id }) => id === service)?.title ?? service,
    confidence,
    evidence,
    sends,
    endpoint,
    ...(retired && { withdrawn: `${retired.method === '*' ? site.method : retired.method} ${retired.path}` }),
    // What is about comments is silent about every call.
    rules: rules
      .filter(({ id, checkSuppression }) => !checkSuppression || verdicts[id])
      .map(({ id }): ExplainedRule => {
        const verdict = verdicts[id];
        if (verdict === undefined) return { ruleId: id, because: 'it has nothing to say of this call' };
        if (verdict !== 'violation')
          return {
            ruleId: id,
            verdict,
            because: (verdict === 'unknown' ? unknowns : checked.satisfied)[id] ?? '',
          };
        const found = checked.findings.filter(({ ruleId }) => ruleId === id);
        return {
          ruleId: id,
          verdict,
          severity: severityOf(found),
          because: found.map(({ message }) => message).join(' '),
        };
      }),
  };
}

function severityOf(findings: readonly Finding[]): Finding['severity'] {
  return findings.some(({ severity }) => severity === 'error') ? 'error' : 'warn';
}

/** Why a call is none of a service's. */
function whyNoService(
  requests: readonly Request[],
  unresolved: string | undefined,
  { contracts }: JudgeOptions,
): string {
  const [request] = requests;
  const host = requests.map((each) => each.host).find((each) => typeof each === 'string' && each !== '');
  const known = contracts.find(
    (each) => each.selfHosted && requests.some((request) => reachesPath(each, request)),
  );
  const sign = known
    ? ` Its path is one of ${known.title}'s, but a path alone proves nothing: a host of your own goes into services.${known.id}.hosts of the config, an environment variable into services.${known.id}.environment.`
    : '';
  if (typeof host === 'string')
    return `It goes to ${host}, which is no host of a service that fusionlint knows.${sign}`;
  if (unresolved !== undefined) return `Its host is not known: ${unresolved}.${sign}`;
  if (request) return 'Its URL is relative: it goes to the server that the code itself comes from.';
  return 'Nothing is known of its request.';
}
