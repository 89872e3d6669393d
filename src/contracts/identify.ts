import {
  type Confidence,
  fieldOf,
  literalOf,
  printText,
  type Request,
  type Text,
  type TextPart,
  type Unknown,
} from '../request.ts';
import type { Contract } from './contract.ts';
import { reachesPath } from './match.ts';

/** What the user has set of the services, by the contract's id. */
export type ServiceSettings = Readonly<
  Record<
    string,
    {
      readonly hosts?: readonly string[];
      readonly baseUrls?: readonly string[];
      readonly environment?: readonly string[];
    }
  >
>;

export interface Identification {
  readonly contract: Contract;
  readonly confidence: Confidence;
  /** Why, in words: `host fusion.adobe.io`. */
  readonly evidence: string;
  /** The host is one of the service's that take other headers: nothing is required there. */
  readonly otherHost?: true;
  /** The URL is a link of which only the server is presumed: no finding may rest on it. */
  readonly link?: true;
  /** Segments of the configured base URL, before the contract's paths; for `matchEndpoint`. */
  readonly basePath?: number;
  /** The request with its host and the whole of its path, where both rest on the evidence alone. */
  readonly reading?: Request;
}

/** An environment variable, and a URL (or a host) that a file of the project gives it. */
export interface VariableUrl {
  readonly name: string;
  readonly url: string;
  readonly file: string;
}

/**
 * The service that a request goes to. A host or the user's configuration makes it certain. Else it takes
 * two signs, or a header that only one service has, and that is likely: a path alone proves nothing, and
 * a known host that is somebody else's is never claimed by a name elsewhere in the request.
 */
export function identify(
  request: Request,
  contracts: readonly Contract[],
  services: ServiceSettings,
  variables: readonly VariableUrl[] = [],
): Identification | undefined {
  const certain = contracts.flatMap((each) => certainly(request, each, services[each.id] ?? {}) ?? []);
  const [first] = certain;
  // Where services share a host, the path tells them apart.
  if (first) return certain.length === 1 ? first : (certain.find((each) => covers(each, request)) ?? first);
  if (isRelative(request)) return undefined;
  const found = byVariable(request, contracts, services, variables);
  if (found) return found;
  const { host } = request;
  if (typeof host === 'string' && contracts.some((contract) => isVendorHost(contract, host)))
    return undefined;
  for (const contract of contracts) {
    const evidence =
      typeof host === 'string'
        ? signsOfKnownHost(request, contract, host)
        : signsOfUnknownHost(request, contract, host);
    if (evidence !== undefined) return { contract, confidence: 'likely', evidence };
  }
  return undefined;
}

/** A service of which no operations are known may have any. */
function covers({ contract }: Identification, request: Request): boolean {
  return contract.endpoints.length === 0 || reachesPath(contract, request);
}

/** Whether a URL that a variable has is one of a service, so that the variable's name is worth looking for. */
export function pointsToService(
  url: string,
  contracts: readonly Contract[],
  services: ServiceSettings,
): boolean {
  const { host } = placeOf(url);
  return contracts.some((contract) => {
    const { hosts, baseUrls } = services[contract.id] ?? {};
    if (isOneOf(hosts, host) || baseUrls?.some((each) => placeOf(each).host === host)) return true;
    if (isOneOf(contract.notHosts, host)) return false;
    if (isOneOf(contract.hosts, host) || isOneOf(contract.otherHosts, host)) return true;
    // Without a scheme it may be anything that has such a word or number in it.
    if (!contract.selfHosted || !url.includes('://')) return false;
    return contract.names?.test(host) === true || isPort(contract, host);
  });
}

/**
 * The service of a request whose host is an environment variable that files of the project give URLs of
 * one service. Another environment may give it another one, so this is likely, and the host stays unknown.
 */
function byVariable(
  request: Request,
  contracts: readonly Contract[],
  services: ServiceSettings,
  variables: readonly VariableUrl[],
): Identification | undefined {
  const [part, ...others] = authorityOf(request);
  if (!part || !('unknown' in part) || others.length > 0) return undefined;
  const name = variableOf(part.unknown);
  const found = variables
    .filter((each) => each.name === name)
    .flatMap(({ url, file }) => {
      const readings = readingsOf(request, url);
      const identified = readings.flatMap((reading) => {
        const identification = identify(reading, contracts, services);
        return identification ? [{ ...identification, reading }] : [];
      });
      const best =
        identified.find(({ contract, reading }) => reachesPath(contract, reading)) ?? identified[0];
      return best
        ? [{ ...best, confidence: 'likely' as const, evidence: `${name} is ${url} in ${file}` }]
        : [];
    });
  const several = new Set(found.map(({ contract }) => contract)).size > 1;
  return several ? undefined : found[0];
}

/** The environment variable that a value is, or the global that a bundler puts a value for. */
function variableOf({ env, name, reason }: Unknown): string | undefined {
  return env ?? (reason === `global ${name}` ? name : undefined);
}

/**
 * The request as it goes out when the variable has this URL: the URL's path stands before the request's,
 * unless the code resolves an absolute path against it (`new URL('/api/user', base)`).
 */
function readingsOf(request: Request, url: string): readonly Request[] {
  const { host, path } = placeOf(url);
  const base = path.map((literal): Text => ({ parts: [{ literal }], trace: [], names: [] }));
  const whole = { ...request, host, path: [...base, ...request.path] };
  return base.length === 0 ? [whole] : [whole, { ...request, host }];
}

/** Host and path of a URL, or of a host alone. */
function placeOf(url: string): { host: string; path: readonly string[] } {
  const [host = '', ...path] = url.replace(/^\w+:\/\//, '').split('/');
  return { host: plain(host), path: path.filter((segment) => segment !== '') };
}

/**
 * The service of a request to a host that cannot be known (a link from a response, an event's URL): it
 * carries every header that the service wants, the service wants more than credentials, and the file
 * speaks of the service. Such a request lacks nothing, so no finding rests on this.
 */
export function identifyByHeaders(
  request: Request,
  contracts: readonly Contract[],
  fileText: string,
): Identification | undefined {
  if (typeof request.host === 'string' || isRelative(request)) return undefined;
  const contract = contracts.find(
    (each) =>
      each.headers.length >= 3 &&
      each.headers.every(({ name }) => fieldOf(request.headers, name).presence === 'always') &&
      each.names?.test(fileText),
  );
  if (!contract) return undefined;
  return {
    contract,
    confidence: 'likely',
    evidence: `the headers of ${contract.title}, in a file that speaks of it`,
  };
}

function certainly(
  request: Request,
  contract: Contract,
  settings: ServiceSettings[string],
): Identification | undefined {
  const certain = { contract, confidence: 'certain' as const };
  for (const baseUrl of settings.baseUrls ?? []) {
    const basePath = segmentsAfter(baseUrl, request);
    if (basePath !== undefined) return { ...certain, evidence: `configured base URL ${baseUrl}`, basePath };
  }
  if (typeof request.host !== 'string') {
    const variable = hostNames(request, request.host).find((name) => settings.environment?.includes(name));
    return variable === undefined
      ? undefined
      : { ...certain, evidence: `configured environment variable ${variable}` };
  }
  const host = plain(request.host);
  if (isOneOf(settings.hosts, host)) return { ...certain, evidence: `configured host ${host}` };
  if (isOneOf(contract.notHosts, host)) return undefined;
  if (isOneOf(contract.hosts, host)) return { ...certain, evidence: `host ${host}` };
  if (isOneOf(contract.otherHosts, host)) return { ...certain, evidence: `host ${host}`, otherHost: true };
  return undefined;
}

/** A known host can only be the service's when anyone may run the service. */
function signsOfKnownHost(request: Request, contract: Contract, host: string): string | undefined {
  if (!contract.selfHosted || !reachesPath(contract, request)) return undefined;
  const path = printPath(request);
  if (contract.names?.test(host)) return `host ${host} and path ${path}`;
  if (isPort(contract, host)) return `port ${contract.port} and path ${path}`;
  const name = request.url.names.find((each) => contract.names?.test(each));
  if (name !== undefined) return `name ${name} and path ${path}`;
  const header = ownHeader(contract, request);
  return header === undefined ? undefined : `header ${header} and path ${path}`;
}

function signsOfUnknownHost(request: Request, contract: Contract, host: Unknown): string | undefined {
  if (reachesPath(contract, request)) {
    const path = printPath(request);
    const authority = printText({ parts: authorityOf(request) });
    const literal = authorityOf(request)
      .map((part) => ('literal' in part ? part.literal : ' '))
      .join('');
    if (contract.selfHosted && contract.names?.test(literal)) return `host ${authority} and path ${path}`;
    if (contract.hosts.some((pattern) => endsLike(literal, pattern)))
      return `host ${authority} and path ${path}`;
    if (isPort(contract, literal)) return `port ${contract.port} and path ${path}`;
    const names = [...hostNames(request, host), ...request.url.names];
    const name = names.find((each) => contract.names?.test(each));
    if (name !== undefined) return `name ${name} and path ${path}`;
  }
  const header = ownHeader(contract, request);
  return header === undefined ? undefined : `header ${header}`;
}

function ownHeader(contract: Contract, request: Request): string | undefined {
  return contract.ownHeaders.find((name) => {
    // One that may be sent, with a value that the code gives it, is a sign as well.
    const { presence, values } = fieldOf(request.headers, name);
    return presence === 'always' || presence === 'sometimes' || (presence === 'unknown' && values.length > 0);
  });
}

function isPort(contract: Contract, host: string): boolean {
  return contract.port !== undefined && host.endsWith(`:${contract.port}`);
}

/** Hosts of the vendor, API or not: no other sign makes them something else. */
function isVendorHost(contract: Contract, host: string): boolean {
  const { hosts, notHosts, otherHosts } = contract;
  return [hosts, notHosts, otherHosts].some((patterns) => isOneOf(patterns, plain(host)));
}

/** The names that the unknown parts of the host went by. */
function hostNames(request: Request, host: Unknown): readonly string[] {
  const unknowns = authorityOf(request).flatMap((part) => ('unknown' in part ? [part.unknown] : []));
  return [host, ...unknowns].flatMap(({ env, name, names }) => [
    ...(env === undefined ? [] : [env]),
    name,
    ...names,
  ]);
}

/**
 * The part of the URL between `://` and the path. Of a URL that starts with an unknown part, only that
 * part counts, with what is written right behind it as a host goes on (`{host}:9011`, `{x}.example.com`).
 */
function authorityOf(request: Request): readonly TextPart[] {
  const [first, ...rest] = withoutScheme(request.url.parts);
  if (!first) return [];
  const started = request.url.parts[0] === first && 'unknown' in first;
  const authority: TextPart[] = [];
  for (const part of [first, ...rest]) {
    if ('unknown' in part) {
      const previous = authority.at(-1);
      if (started && previous && 'unknown' in previous) break;
      authority.push(part);
      continue;
    }
    if (started && authority.length === 1 && !/^[:.-]/.test(part.literal)) break;
    const [literal = ''] = part.literal.split(/[/?#]/, 1);
    if (literal !== '') authority.push({ literal });
    if (literal.length < part.literal.length) break;
  }
  return authority;
}

/** The parts behind `://`, which may itself follow an unknown scheme; all parts when there is none. */
function withoutScheme(parts: readonly TextPart[]): readonly TextPart[] {
  let read = '';
  for (const [at, part] of parts.entries()) {
    read += 'literal' in part ? part.literal : 'x';
    const end = read.indexOf('//');
    if (end < 0) continue;
    // A scheme, or nothing: `//host`. Anything else is two slashes in a path.
    if (!/^(?:[a-z]+:)?$/i.test(read.slice(0, end))) return parts;
    return [{ literal: read.slice(end + 2) }, ...parts.slice(at + 1)];
  }
  return parts;
}

/** A URL without a host: the code's own server, as far as the code tells. */
function isRelative(request: Request): boolean {
  if (typeof request.host === 'string') return request.host === '';
  const [first] = request.url.parts;
  return first !== undefined && 'literal' in first && withoutScheme(request.url.parts) === request.url.parts;
}

/** The number of path segments of a base URL that the request starts with. */
function segmentsAfter(baseUrl: string, request: Request): number | undefined {
  if (typeof request.host !== 'string' || !URL.canParse(baseUrl)) return undefined;
  const { host, pathname } = new URL(baseUrl);
  if (plain(host) !== plain(request.host)) return undefined;
  const segments = pathname.split('/').filter((segment) => segment !== '');
  const starts = segments.every((segment, at) => {
    const text = request.path[at];
    return text !== undefined && literalOf(text) === segment;
  });
  return starts ? segments.length : undefined;
}

/** Lower-case, without the root's dot and the schemes' own ports. */
function plain(host: string): string {
  return host
    .toLowerCase()
    .replace(/:(?:80|443)$/, '')
    .replace(/\.$/, '');
}

function isOneOf(patterns: readonly string[] | undefined, host: string): boolean {
  return (patterns ?? []).some((pattern) => isLike(pattern, host));
}

const expressions = new Map<string, RegExp>();

/** `*.example.com` stands for one or more labels, with or without a port; see `Contract.hosts`. */
function isLike(pattern: string, host: string): boolean {
  if (!pattern.includes('*')) return pattern.toLowerCase() === host;
  let expression = expressions.get(pattern);
  if (!expression) {
    const labels = pattern.startsWith('*.') ? '(?:[^.:]+\\.)+' : '';
    const rest = labels === '' ? pattern : pattern.slice(2);
    const source = labels + rest.replaceAll('.', '\\.').replaceAll('*', '[^.:]*');
    expression = new RegExp(`^${source}${pattern.includes(':') ? '' : '(?::\\d+)?'}$`, 'i');
    expressions.set(pattern, expression);
  }
  return expression.test(host);
}

/** Whether a host of which only the end is known (unknown parts are spaces) can be of the pattern. */
function endsLike(literal: string, pattern: string): boolean {
  const [start = '', end] = pattern.split('*');
  if (end === undefined || !literal.includes(' ')) return false;
  const known = literal.replace(/:\d+$/, '');
  const head = known.slice(0, known.indexOf(' '));
  return known.endsWith(end) && (head.startsWith(start) || start.startsWith(head));
}

function printPath(request: Request): string {
  return `/${request.path.map(printText).join('/')}`;
}
