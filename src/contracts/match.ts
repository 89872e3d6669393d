import { isMistyped } from '../nearest.ts';
import { type Field, fieldOf, literalOf, printText, type Request, type Text } from '../request.ts';
import type { AuthKind, Contract, Endpoint, HeaderClause, RetiredEndpoint } from './contract.ts';

/**
 * `endpoint` alone: the one operation that is meant. `ambiguous` alone: several could be, and they ask
 * for different things. Both: several could be, and `endpoint` says what they agree on (authentication
 * and required headers); its method is `*` when theirs differ, and its path is the request's own, unknown
 * parts in braces, when theirs differ. Neither: the contract has no such operation; `methods` then says
 * which ones the path takes instead, sorted, where the contract has the path.
 */
export interface EndpointMatch {
  readonly endpoint?: Endpoint;
  readonly ambiguous?: true;
  readonly methods?: readonly string[];
}

/** How a segment of a request meets one of a template; `guess`: an unknown one that could be the word. */
type Fit = 'exact' | 'parameter' | 'guess';

interface Candidate {
  readonly endpoint: Endpoint;
  readonly fits: readonly Fit[];
}

/**
 * The contract's operation that a request reaches, the most specific first: a word of the path stands
 * before a parameter, also where only other methods have it: `search` is no id. An unknown segment is a
 * parameter where a template has one there; only a segment that is named after a route (`path`, `action`) may
 * be a word of another template too.
 *
 * `basePath` counts the segments of a configured base URL. Where the host is unknown, the base URL may
 * hold part of the path as well, and so may unknown segments before the first known one.
 */
export function matchEndpoint(contract: Contract, request: Request, basePath = 0): EndpointMatch {
  const { method } = request;
  const takes = (endpoint: Endpoint) => meets(endpoint.method, method);
  const matches = pathsOf(request, basePath).map((path) =>
    request.pathOpen
      ? matchOpen(contract.endpoints.filter(takes), path)
      : matchPath(contract.endpoints, takes, path),
  );
  return (
    matches.find(({ endpoint, ambiguous }) => endpoint || ambiguous) ??
    matches.find(({ methods }) => methods) ??
    {}
  );
}

/**
 * The withdrawn operation that a request calls. A segment in the place of a retired id is one unless it
 * is, or by its name may be, a word of an operation that lives. An open path is never claimed.
 */
export function retiredEndpoint(
  contract: Contract,
  request: Request,
  basePath = 0,
): RetiredEndpoint | undefined {
  if (request.pathOpen || contract.retiredEndpoints.length === 0) return undefined;
  const { method } = request;
  const living = contract.endpoints.filter((each) => meets(each.method, method));
  for (const path of pathsOf(request, basePath)) {
    const retired = contract.retiredEndpoints.find(
      (each) =>
        (each.method === '*' || meets(each.method, method)) &&
        fit(path, each.path)?.includes('guess') === false &&
        !living.some((live) => mayBeLive(path, live.path)) &&
        ((each.kind === 'retired' && !living.some((live) => fit(path, live.path))) ||
          namesItsIds(path, each.path)),
    );
    if (retired) return retired;
  }
  return undefined;
}

function meets(operation: string, method: Request['method']): boolean {
  return typeof method !== 'string' || operation === method;
}

/**
 * Whether a request with this path, whatever its method, may call the service: living or withdrawn. The
 * template's first word must be written in the path, for an unknown path proves nothing.
 */
export function reachesPath(contract: Contract, request: Request): boolean {
  if (request.path.every((segment) => literalOf(segment) === undefined)) return false;
  const [start] = request.path;
  if (contract.prefix !== undefined && start && literalOf(start) === contract.prefix) return true;
  const templates = [...contract.endpoints, ...contract.retiredEndpoints].map(({ path }) => path);
  return pathsOf(request, 0).some((path) =>
    templates.some((template) => {
      const segments = segmentsOf(template);
      const first = segments.findIndex((segment) => !isParameter(segment));
      const text = path[first];
      if (!text || literalOf(text) !== segments[first]) return false;
      return request.pathOpen ? fitsOpen(path, template) : fit(path, template) !== undefined;
    }),
  );
}

/**
 * The headers that a call must carry. Undefined: cannot be told, because the operation is not known and
 * the contract's operations differ, or are all there is. Authorization is left out where the operation works without it.
 */
export function requiredHeaders(
  contract: Contract,
  endpoint: Endpoint | undefined,
): readonly HeaderClause[] | undefined {
  if (!endpoint)
    return !contract.complete && contract.endpoints.every(asksForAll) ? contract.headers : undefined;
  const names = endpoint.requiredHeaders;
  const without = endpoint.auth.includes('none') || endpoint.auth.includes('oauth-client');
  return [
    ...contract.headers.filter(
      ({ name }) => (names?.includes(name) ?? true) && !(without && name === 'authorization'),
    ),
    ...(endpoint.furtherHeaders ?? []),
  ];
}

/**
 * Whether the cookie `access_token` may stand in for a missing Authorization: wherever a JWT is accepted
 * (fusionauth.io/docs/apis/authentication), unless the operation names the header as required.
 */
export function authorizationMayBeCookie(endpoint: Endpoint): boolean {
  return endpoint.auth.includes('jwt') && endpoint.requiredHeaders?.includes('authorization') !== true;
}

/** The headers that the service reads, required or not. */
export function knownHeaders({ headers, optionalHeaders = [] }: Contract): readonly HeaderClause[] {
  return [...headers, ...optionalHeaders];
}

/**
 * The header that a request sends in the place of this one: under a wrong name, while the right one is
 * not sent at all. A header that the service knows by that name is never taken for it.
 */
export function misnamed(clause: HeaderClause, request: Request, contract: Contract): Field | undefined {
  if (fieldOf(request.headers, clause.name).presence !== 'never') return undefined;
  const own = [...knownHeaders(contract), ...contract.legacyHeaders];
  return request.headers.fields.find(
    ({ name, presence }) =>
      (presence === 'always' || presence === 'sometimes') &&
      !own.some((each) => each.name === name) &&
      (clause.mistakenNames?.includes(name) === true || isMistyped(name, clause.name)),
  );
}

/**
 * The schemes that may stand before the credential in Authorization, lower-case, '' for none at all. Empty
 * where the header is not looked at, or where it can't be told because the operation is not known and the
 * contract's operations differ.
 */
export function schemesOf(contract: Contract, endpoint: Endpoint | undefined): ReadonlySet<string> {
  const [first] = contract.endpoints;
  const known = endpoint ?? (contract.endpoints.every(asksForAll) ? first : undefined);
  const kinds = known?.auth ?? [];
  // The client of a token call is named in its body; that it may be named in the header asks nothing of others.
  if (kinds.every((kind) => kind === 'none' || kind === 'oauth-client')) return new Set();
  return new Set(kinds.flatMap((kind) => SCHEMES[kind]));
}

/**
 * fusionauth.io/docs/apis/authentication (2026-06): a key alone, a JWT behind `Bearer`, Basic on a few
 * operations. That `JWT` goes on working where a JWT is taken, a maintainer says in
 * github.com/FusionAuth/fusionauth-site/pull/410 (2021-02-11). Adobe's gateway knows `Bearer` only
 * (API Headers page of Workfront Fusion, 2026-06-17; Cloud Manager, Authentication, 2026-03-31).
 */
const SCHEMES: Readonly<Record<AuthKind, readonly string[]>> = {
  bearer: ['bearer'],
  'api-key': [''],
  jwt: ['bearer', 'jwt'],
  'basic-api-key': ['basic'],
  'client-credentials-jwt': ['bearer'],
  'oauth-client': ['basic'],
  headers: [],
  none: [],
};

function asksForAll({ auth, requiredHeaders }: Endpoint): boolean {
  return auth.every((kind) => kind === 'bearer' || (kind === 'headers' && requiredHeaders === undefined));
}

/** The readings of a request's path: as it is, and without what may belong to an unknown base URL. */
export function pathsOf(request: Request, basePath: number): readonly (readonly Text[])[] {
  // A trailing slash, or two in a row, make an empty segment.
  const path = request.path.slice(basePath).filter((segment) => literalOf(segment) !== '');
  if (typeof request.host === 'string') return [path];
  const known = path.findIndex((segment) => literalOf(segment) !== undefined);
  return known > 0 ? [path, path.slice(known)] : [path];
}

function matchPath(
  endpoints: readonly Endpoint[],
  takes: (endpoint: Endpoint) => boolean,
  path: readonly Text[],
): EndpointMatch {
  const candidates: Candidate[] = [];
  for (const endpoint of endpoints) {
    const fits = fit(path, endpoint.path);
    if (fits) candidates.push({ endpoint, fits });
  }
  const sure = mostSpecific(candidates.filter(({ fits }) => !fits.includes('guess')));
  const meant = sure.filter(({ endpoint }) => takes(endpoint));
  const guesses = mostSpecific(
    candidates.filter(({ endpoint, fits }) => fits.includes('guess') && takes(endpoint)),
  );
  if (meant.length > 0) {
    const others = guesses.filter(({ fits }) =>
      fits.every((each, at) => each !== 'guess' || isRouteAt(path, at)),
    );
    // Where the other readings ask for the same, the natural one is as good as certain.
    return agree([...meant, ...others]) ? decide(meant, path) : decide([...meant, ...others], path);
  }
  if (guesses.length > 0 || sure.length === 0) return decide(guesses, path);
  return { methods: [...new Set(sure.map(({ endpoint }) => endpoint.method))].sort() };
}

function matchOpen(endpoints: readonly Endpoint[], path: readonly Text[]): EndpointMatch {
  const candidates = endpoints.filter((endpoint) => fitsOpen(path, endpoint.path));
  return decide(
    candidates.map((endpoint) => ({ endpoint, fits: [] })),
    path,
  );
}

function decide(candidates: readonly Candidate[], path: readonly Text[]): EndpointMatch {
  const [first] = candidates;
  if (!first) return {};
  const { endpoint } = first;
  if (candidates.length === 1) return { endpoint };
  if (!agree(candidates)) return { ambiguous: true };
  const same = (key: 'method' | 'path') => candidates.every((each) => each.endpoint[key] === endpoint[key]);
  return {
    endpoint: {
      method: same('method') ? endpoint.method : '*',
      path: same('path') ? endpoint.path : `/${path.map(printText).join('/')}`,
      auth: endpoint.auth,
      ...(endpoint.requiredHeaders && { requiredHeaders: endpoint.requiredHeaders }),
      ...(endpoint.furtherHeaders && { furtherHeaders: endpoint.furtherHeaders }),
    },
    ambiguous: true,
  };
}

function agree(candidates: readonly Candidate[]): boolean {
  const demands = candidates.map(({ endpoint: { auth, requiredHeaders, furtherHeaders } }) =>
    [auth, requiredHeaders, furtherHeaders?.map(({ name }) => name)].join(' '),
  );
  return new Set(demands).size <= 1;
}

/** Of the candidates that guess the same words (or none), those with the most words of their own. */
function mostSpecific(candidates: readonly Candidate[]): readonly Candidate[] {
  const best = new Map<string, readonly Fit[]>();
  const guessed = ({ endpoint, fits }: Candidate) =>
    segmentsOf(endpoint.path)
      .map((word, at) => (fits[at] === 'guess' ? word : ''))
      .join('/');
  for (const candidate of candidates) {
    const rival = best.get(guessed(candidate));
    if (!rival || bySpecificity(candidate.fits, rival) < 0) best.set(guessed(candidate), candidate.fits);
  }
  return candidates.filter((each) => bySpecificity(each.fits, best.get(guessed(each)) ?? each.fits) === 0);
}

/** Negative when `a` is more specific: the first difference from the left decides. */
function bySpecificity(a: readonly Fit[], b: readonly Fit[]): number {
  const at = a.findIndex((fit, index) => fit !== b[index]);
  if (at < 0) return 0;
  return a[at] === 'exact' ? -1 : 1;
}

function fit(path: readonly Text[], template: string): readonly Fit[] | undefined {
  const segments = segmentsOf(template);
  if (segments.length !== path.length) return undefined;
  const fits: Fit[] = [];
  for (const [at, segment] of segments.entries()) {
    const text = path[at];
    const one = text && fitSegment(text, segment);
    if (!one) return undefined;
    fits.push(one);
  }
  return fits;
}

function fitSegment(text: Text, segment: string): Fit | undefined {
  const literal = literalOf(text);
  if (isParameter(segment)) {
    // Some text at the place of each unknown part shows whether the rest is as the template has it.
    const sample = literal ?? text.parts.map((part) => ('literal' in part ? part.literal : 'x')).join('');
    if (shapeOf(segment).test(sample)) return 'parameter';
    return literal === undefined && mayEndLike(text, segment) ? 'guess' : undefined;
  }
  if (literal !== undefined) return literal === segment ? 'exact' : undefined;
  return mayBe(text, segment) ? 'guess' : undefined;
}

/** Whether the path can be one of the template, however much of it is not known. */
export function mayFit(path: readonly Text[], template: string): boolean {
  return spans(path, segmentsOf(template));
}

/** Whether the path is one of the template, its words as the code writes them. */
export function isAt(path: readonly Text[], template: string): boolean {
  return fit(path, template)?.includes('guess') === false;
}

/** Like `fit`, where each segment with an unknown part may stand for several, or for none. */
function fitsOpen(path: readonly Text[], template: string): boolean {
  const closed = path.every((segment) => literalOf(segment) !== undefined);
  return spans(closed ? [...path, ANYTHING] : path, segmentsOf(template));
}

/** Whether each segment with an unknown part may stand for one, several or no segments of the template. */
function spans(path: readonly Text[], segments: readonly string[]): boolean {
  const [text, ...rest] = path;
  if (!text) return segments.length === 0;
  const [segment] = segments;
  if (segment !== undefined && fitSegment(text, segment) && spans(rest, segments.slice(1))) return true;
  if (literalOf(text) !== undefined) return false;
  for (let count = 0; count <= segments.length; count++) {
    if (count !== 1 && mayHold(text, segments.slice(0, count)) && spans(rest, segments.slice(count)))
      return true;
  }
  return false;
}

/** Whether a text with unknown parts may hold several segments, or none: its ends must be those. */
function mayHold(text: Text, segments: readonly string[]): boolean {
  const first = text.parts[0];
  const last = text.parts.at(-1);
  const head = first && 'literal' in first ? first.literal : '';
  const tail = last && 'literal' in last ? last.literal : '';
  const start = segments[0] ?? '';
  const end = segments.at(-1) ?? '';
  return (isParameter(start) || start.startsWith(head)) && (isParameter(end) || end.endsWith(tail));
}

/** Whether a text with unknown parts may begin and end as a template that is a parameter in part does. */
function mayEndLike(text: Text, segment: string): boolean {
  const known = text.parts.map((part) => ('literal' in part ? part.literal : '{}')).join('');
  const [head = '', start = ''] = [known, segment].map((each) => each.slice(0, each.indexOf('{')));
  const [tail = '', end = ''] = [known, segment].map((each) => each.slice(each.lastIndexOf('}') + 1));
  return (head.startsWith(start) || start.startsWith(head)) && (tail.endsWith(end) || end.endsWith(tail));
}

const ANYTHING: Text = {
  parts: [{ unknown: { reason: 'the path goes on', name: '…', names: [] } }],
  trace: [],
  names: [],
};

/** Whether a text with unknown parts can be this word. */
function mayBe(text: Text, word: string): boolean {
  const pattern = text.parts.map((part) => ('literal' in part ? escaped(part.literal) : '.*')).join('');
  return new RegExp(`^${pattern}$`).test(word);
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Whether the path is, or may be, a living operation's. A wholly unknown segment is not taken for a word
 * of it: where a withdrawn route had an id, it is the id, unless its name says that it is a route.
 */
function mayBeLive(path: readonly Text[], live: string): boolean {
  const fits = fit(path, live);
  if (!fits) return false;
  return fits.every((each, at) => each !== 'guess' || !isWhollyUnknown(path, at) || isRouteAt(path, at));
}

/** An unknown segment in the place of an id is one when its own name says so; `what` proves nothing. */
function namesItsIds(path: readonly Text[], template: string): boolean {
  return segmentsOf(template).every((segment, at) => {
    if (!isParameter(segment) || !isWhollyUnknown(path, at)) return true;
    const text = path[at];
    return text !== undefined && isNamedId(text);
  });
}

/** Whether a part that is not known goes by the name of an id. */
export function isNamedId({ parts }: Text): boolean {
  return parts.some(
    (part) =>
      'unknown' in part && [part.unknown.name, ...part.unknown.names].some((name) => ID_NAME.test(name)),
  );
}

const ID_NAME = /org|tenant|company|account|(?:^|[^a-z])ids?$|[a-z]Ids?$|_ID$|number$/i;

function isWhollyUnknown(path: readonly Text[], at: number): boolean {
  return path[at]?.parts.every((part) => 'unknown' in part) === true;
}

/** The last word of names that stand for a part of a route rather than for an id. */
const ROUTE_NAME =
  /(?:^|[^a-z]|(?<=[a-z])(?=[A-Z]))(?:action|command|endpoint|operation|path|pathname|resource|route|segment|subpath|suffix|uri|url)$/i;

export function isRouteAt(path: readonly Text[], at: number): boolean {
  return (path[at]?.parts ?? []).some(
    (part) =>
      'unknown' in part &&
      [part.unknown.name, part.unknown.names[0] ?? ''].some((name) => ROUTE_NAME.test(name)),
  );
}

/** `{id}`, and what is partly one: `{id}.json`, `v{version}`. */
export function isParameter(segment: string): boolean {
  return segment.includes('{');
}

const shapes = new Map<string, RegExp>();

/** What a segment of a template can be in a path. */
function shapeOf(segment: string): RegExp {
  const known = shapes.get(segment);
  if (known) return known;
  const pieces = segment.split(/\{[^}]*\}/).map(escaped);
  const shape = new RegExp(`^${pieces.join('.+')}$`, 's');
  shapes.set(segment, shape);
  return shape;
}

const templates = new Map<string, readonly string[]>();

export function segmentsOf(template: string): readonly string[] {
  const known = templates.get(template);
  if (known) return known;
  const segments = template.split('/').filter((segment) => segment !== '');
  templates.set(template, segments);
  return segments;
}
