import { mergeLiterals, parseUrl, splitQuery } from '../evaluate/url.ts';
import { choice, type Gap, type Part, text, toText, UNDEFINED, type Value } from '../evaluate/value.ts';

/** The pieces of an address under the names that `url.parse()` and node's options give them. */
export interface UrlPieces {
  readonly href: Value;
  readonly protocol: Value;
  readonly host: Value;
  readonly hostname: Value;
  readonly port: Value;
  readonly pathname: Value;
  readonly search: Value;
  /** `pathname` and `search`. */
  readonly path: Value;
}

/** One set of pieces per alternative of the address. */
export function urlPieces(url: Value): UrlPieces[] {
  const printed = toText(url);
  if (printed.kind === 'choice') return printed.options.flatMap(urlPieces);
  const parts = mergeLiterals(printed.kind === 'text' ? printed.parts : [{ gap: printed.gap }]);
  const { scheme, host } = parseUrl(parts);
  const rest = afterHost(parts);
  const trace = printed.trace;
  const [pathname, search] = [splitQuery(rest).base, behindMark(rest)];
  const [name, port] = typeof host === 'string' ? host.split(':') : [];
  const known = name !== undefined;
  return [
    {
      href: printed,
      protocol: scheme === undefined ? gap(host, 'protocol') : text(`${scheme}:`, trace),
      host: known ? text(host as string, trace) : gap(host, 'host'),
      hostname: known ? text(name, trace) : gap(host, 'hostname'),
      port:
        port === undefined
          ? known
            ? { kind: 'primitive', value: null }
            : gap(host, 'port')
          : text(port, trace),
      pathname: pathname.length === 0 ? text('/') : { kind: 'text', parts: pathname, trace },
      search: search.length === 0 ? text('') : { kind: 'text', parts: search, trace },
      path: rest.length === 0 ? text('/') : { kind: 'text', parts: rest, trace },
    },
  ];
}

function gap(host: string | Gap | undefined, name: string): Value {
  if (typeof host === 'object')
    return { kind: 'unknown', gap: name === 'host' || name === 'hostname' ? host : { ...host, name } };
  return UNDEFINED;
}

/** What follows the host; of an address that begins with something unknown, what follows that. */
function afterHost(parts: readonly Part[]): readonly Part[] {
  const [first, ...rest] = parts;
  if (!first) return [];
  if ('gap' in first) return rest;
  const start = /^(?:[a-z][a-z\d+.-]*:)?\/\//i.exec(first.literal)?.[0].length ?? 0;
  if (start === 0) return parts;
  let skipped = start;
  for (const [index, part] of parts.entries()) {
    if (!('literal' in part)) continue;
    const at = part.literal.slice(skipped).search(/[/?]/);
    if (at >= 0) return [{ ...part, literal: part.literal.slice(skipped + at) }, ...parts.slice(index + 1)];
    skipped = 0;
  }
  return [];
}

function behindMark(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  for (const part of parts) {
    const mark = found.length === 0 && 'literal' in part ? part.literal.indexOf('?') : -1;
    if (found.length > 0 || ('gap' in part && part.gap.params)) found.push(part);
    else if (mark >= 0 && 'literal' in part) found.push({ ...part, literal: part.literal.slice(mark) });
  }
  return found;
}

/** One piece over the alternatives of the address. */
export function urlPiece(url: Value, name: keyof UrlPieces): Value {
  return choice(urlPieces(url).map((pieces) => pieces[name]));
}
