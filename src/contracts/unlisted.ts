import levenshtein from 'fastest-levenshtein';
import { literalOf, printText, type Request, type Text } from '../request.ts';
import type { Contract, Endpoint } from './contract.ts';
import { isAt, isNamedId, isParameter, isRouteAt, mayFit, pathsOf, segmentsOf } from './match.ts';

/** What a request calls that no operation of the contract can be. */
export interface UnlistedOperation {
  /** Upper-case; undefined when it is not known, and no method would do. */
  readonly method: string | undefined;
  /** As it is written, unknown parts in braces. */
  readonly path: string;
  /** The operations of this very path, with other methods. */
  readonly others: readonly Endpoint[];
  /** The operation whose path differs in one segment, by a slip or by its absence. */
  readonly nearest: Endpoint | undefined;
}

/**
 * Undefined where the request reaches an operation, may reach one, or calls something that the vendor does
 * not list: an unknown segment that is not named an id may stand for any number of segments, and a path that
 * is open for anything.
 */
export function unlistedOperation(
  contract: Contract,
  request: Request,
  basePath = 0,
): UnlistedOperation | undefined {
  const { listing, endpoints } = contract;
  const method = typeof request.method === 'string' ? request.method : undefined;
  // Answered for every path that has a GET, or by what stands before the service.
  if (!listing || request.pathOpen || method === 'HEAD' || method === 'OPTIONS') return undefined;
  const [path = [], ...others] = pathsOf(request, basePath).map((reading) => reading.map(asId));
  if (!isBelow(path, listing.below)) return undefined;
  if (listing.except?.some((each) => isBelow(path, each))) return undefined;
  const mayMean = endpoints.filter((each) => method === undefined || each.method === method);
  for (const reading of [path, ...others]) {
    if (mayMean.some((each) => mayFit(reading, each.path))) return undefined;
    if (contract.retiredEndpoints.some((each) => mayFit(reading, each.path))) return undefined;
  }
  return {
    method,
    path: `/${path.map(printText).join('/')}`,
    others: endpoints.filter((each) => isAt(path, each.path)),
    nearest: nearestOf(path, mayMean) ?? nearestOf(path, endpoints),
  };
}

/** What is named an id is one segment, and no word of a route. */
function asId(text: Text, at: number, path: readonly Text[]): Text {
  return isNamedId(text) && !isRouteAt(path, at) ? { ...text, parts: [{ literal: printText(text) }] } : text;
}

/** Whether the path is written to go on behind this one. */
function isBelow(path: readonly Text[], parent: string): boolean {
  const segments = segmentsOf(parent);
  return (
    path.length > segments.length && segments.every((each, at) => path[at] && literalOf(path[at]) === each)
  );
}

function nearestOf(path: readonly Text[], endpoints: readonly Endpoint[]): Endpoint | undefined {
  let nearest: Endpoint | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const endpoint of endpoints) {
    const distance = distanceOf(path, segmentsOf(endpoint.path));
    if (distance < least) [nearest, least] = [endpoint, distance];
  }
  return nearest;
}

/** What one segment that is missing or too many weighs, in letters. */
const SEGMENT = 4;

/** The letters in which one segment differs, when all others are the same; else infinite. */
function distanceOf(path: readonly Text[], segments: readonly string[]): number {
  const [text] = path;
  const [segment] = segments;
  if (!text || segment === undefined)
    return path.length + segments.length <= 1
      ? SEGMENT * (path.length + segments.length)
      : Number.POSITIVE_INFINITY;
  if (isSame(text, segment)) return distanceOf(path.slice(1), segments.slice(1));
  const rest = (by: number, from: readonly Text[], to: readonly string[]) =>
    isEqual(from, to) ? by : Number.POSITIVE_INFINITY;
  return Math.min(
    rest(lettersBetween(text, segment), path.slice(1), segments.slice(1)),
    rest(SEGMENT, path.slice(1), segments),
    // A word that stands where an id goes is no sign that another word is missing before it.
    isParameter(segment) || isParameter(literalOf(text) ?? '{}')
      ? rest(SEGMENT, path, segments.slice(1))
      : Number.POSITIVE_INFINITY,
  );
}

function isEqual(path: readonly Text[], segments: readonly string[]): boolean {
  return path.length === segments.length && path.every((text, at) => isSame(text, segments[at] ?? ''));
}

/** An id stands where the template has a parameter, a word where it has the word. */
function isSame(text: Text, segment: string): boolean {
  return isParameter(segment) || literalOf(text) === segment;
}

/** Infinite when a word is no slip of the other one. */
function lettersBetween(text: Text, word: string): number {
  const written = literalOf(text);
  if (written === undefined) return Number.POSITIVE_INFINITY;
  const letters = levenshtein.distance(written.toLowerCase(), word.toLowerCase());
  const allowed = Math.max(1, Math.floor(Math.max(written.length, word.length) * 0.4));
  return letters <= allowed ? letters : Number.POSITIVE_INFINITY;
}
