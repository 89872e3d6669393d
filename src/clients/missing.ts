import { parseUrl, type UrlPieces } from '../evaluate/url.ts';
import { type Gap, gapOf, optionsOf, type Parameter, toText, type Value } from '../evaluate/value.ts';
import type { Draft, Layer } from './client.ts';

/** What a draft lacks that only the callers of the functions around it can tell. */

/** One of the URL's alternatives has a path that is known. */
export function hasPath(draft: Draft): boolean {
  return optionsOf(toText(draft.url)).some((option) => {
    if (option.kind !== 'text') return false;
    return isPathKnown(parseUrl(option.parts));
  });
}

function isPathKnown({ path, pathOpen }: Pick<UrlPieces, 'path' | 'pathOpen'>): boolean {
  return !pathOpen && path.some((segment) => segment.some((part) => 'literal' in part));
}

/** The unbound parameters that decide where the request goes. */
export function urlParameters(draft: Draft): Parameter[] {
  const found: Parameter[] = [];
  for (const option of optionsOf(toText(draft.url))) {
    if (option.kind === 'unknown' && option.gap.parameter) found.push(option.gap.parameter);
    if (option.kind !== 'text') continue;
    const pieces = parseUrl(option.parts);
    // With the path known, an unknown host is the callers' choice of server, not of request.
    if (isPathKnown(pieces)) continue;
    if (typeof pieces.host === 'object' && pieces.host.parameter) found.push(pieces.host.parameter);
    if (!pieces.pathOpen) continue;
    for (const part of option.parts) if ('gap' in part && part.gap.parameter) found.push(part.gap.parameter);
  }
  return found;
}

function gapsOf(value: Value): Gap[] {
  if (value.kind === 'unknown') return [value.gap];
  return value.kind === 'text' ? value.parts.flatMap((part) => ('gap' in part ? [part.gap] : [])) : [];
}

export function missingHost(draft: Draft): Parameter | undefined {
  for (const option of optionsOf(toText(draft.url))) {
    const { host } = option.kind === 'text' ? parseUrl(option.parts) : { host: undefined };
    if (typeof host === 'object' && host.parameter) return host.parameter;
  }
  return undefined;
}

/** More is known of the host than that a response or a caller has it. */
export function tellsHost(draft: Draft): boolean {
  return optionsOf(toText(draft.url)).some((option) => {
    const { host } = option.kind === 'text' ? parseUrl(option.parts) : { host: gapOf(option) };
    return typeof host !== 'object' || (!host.parameter && !host.response);
  });
}

/** Parameters that are a whole segment of the path. */
export function segmentParameters(draft: Draft): Parameter[] {
  return optionsOf(toText(draft.url)).flatMap((option) => {
    if (option.kind !== 'text') return [];
    const { path } = parseUrl(option.parts);
    return path.flatMap((segment) => {
      const [only] = segment;
      return segment.length === 1 && only && 'gap' in only && only.gap.parameter ? [only.gap.parameter] : [];
    });
  });
}

/** The unbound parameters that keep the host, the headers, the method or the body from being known. */
export function openParameters(draft: Draft): Parameter[] {
  const values = [
    draft.method,
    ...[...draft.headers, ...draft.query].map((layer: Layer) => layer.value),
    draft.body,
  ].flatMap(optionsOf);
  return [missingHost(draft), ...values.flatMap(parametersIn)].filter((each) => each !== undefined);
}

function parametersIn(value: Value): (Parameter | undefined)[] {
  if (value.kind === 'unknown') return [value.gap.parameter];
  if (value.kind !== 'object') return [];
  const given = [...value.entries.values()].flatMap(({ value: held }) => optionsOf(toText(held)));
  return [value.open?.parameter, ...given.flatMap(gapsOf).map((gap) => gap.parameter)];
}
