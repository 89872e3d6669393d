import type {
  Body,
  Field,
  FieldSet,
  Misplaced,
  Presence,
  Request,
  Text,
  TextPart,
  Unknown,
} from '../../src/request.ts';

/** A text in which braces stand for unknown parts, or a ready one (for literal braces, for names). */
export type TextLike = string | Text;

/** A value that is always sent, or a field in full. */
export type FieldLike =
  | TextLike
  | {
      readonly presence?: Presence;
      readonly values?: readonly TextLike[];
      readonly reason?: string;
      readonly inUrl?: true;
    };

export interface RequestLike {
  /** Default `GET`; `{method}` is unknown. */
  readonly method?: string;
  /** `https://fusion.adobe.io/api/v3/scenarios/{id}?x={y}`, `{BASE_URL}/api/user`, `/relative`. */
  readonly url: string;
  /** Names that the whole URL passed through. */
  readonly urlNames?: readonly string[];
  readonly headers?: Readonly<Record<string, FieldLike>>;
  /** Why there may be more headers. */
  readonly headersOpen?: string;
  /** Fields besides those written in the URL. */
  readonly query?: Readonly<Record<string, FieldLike>>;
  readonly queryOpen?: string;
  readonly body?: {
    readonly kind: Body['kind'];
    readonly fields?: Readonly<Record<string, FieldLike>>;
    readonly open?: string;
  };
  readonly misplaced?: readonly Misplaced[];
  readonly client?: string;
  /** Default: true when two unknown parts of the path touch, or one touches the host. */
  readonly pathOpen?: boolean;
}

/**
 * A request for tests. Braces in the URL and in values stand for unknown parts: `{id}`,
 * `{config.baseUrl}` (names `baseUrl` and `config`), `{BASE_URL}` (capitals: an environment variable).
 */
export function request(like: RequestLike): Request {
  const { base, path, query } = split(like.url);
  const method = text(like.method ?? 'GET').parts[0];
  const parts = text(base).parts;
  const known = parts.every((part) => 'literal' in part);
  const open = /\}\{/.test(path) || (base !== '' && path !== '' && !path.startsWith('/'));
  return {
    client: like.client ?? 'fetch',
    method: method && 'unknown' in method ? method.unknown : (like.method ?? 'GET'),
    url: text(like.url, like.urlNames),
    host: known ? base.replace(/^\w+:\/\//, '').toLowerCase() : hostOf(parts),
    path: path
      .split('/')
      .slice(path.startsWith('/') ? 1 : 0)
      .map((segment) => text(segment)),
    pathOpen: like.pathOpen ?? open,
    query: queryOf(query, like),
    headers: fieldSet(like.headers, like.headersOpen, true),
    misplaced: like.misplaced ?? [],
    body: { kind: like.body?.kind ?? 'none', fields: fieldSet(like.body?.fields, like.body?.open) },
  };
}

/** A text with its unknown parts in braces; see `request`. */
export function text(template: string, names: readonly string[] = []): Text {
  const parts: TextPart[] = [];
  for (const piece of template.split(/(\{[^}]*\})/)) {
    if (piece === '') continue;
    parts.push(piece.startsWith('{') ? { unknown: unknown(piece.slice(1, -1)) } : { literal: piece });
  }
  return { parts, trace: [], names };
}

/** A literal that keeps its braces. */
export function literal(value: string, names: readonly string[] = []): Text {
  return { parts: value === '' ? [] : [{ literal: value }], trace: [], names };
}

/** Something unknown; a name in capitals is an environment variable's. */
export function unknown(name: string): Unknown {
  const names = name.split('.').reverse();
  const env = names[0] ?? name;
  return /^[A-Z][A-Z0-9_]*$/.test(env)
    ? { reason: `environment variable ${env}`, name, env, names }
    : { reason: `parameter "${name}"`, name, names };
}

/**
 * Scheme and authority (or a leading unknown part), path, query without `?`. An unknown part right behind
 * a host is the path: `https://fusion.adobe.io{path}`.
 */
function split(url: string): { base: string; path: string; query: string } {
  const [beforeQuery = '', query = ''] = url.split(/\?(.*)/s, 2);
  const written = /^(?:\w+:\/\/[^/]*|\{[^}]*\}(?::\/\/[^/]*|[:.][^/]*)?)?/.exec(beforeQuery)?.[0] ?? '';
  const base = written.replace(/(?<=\w)\{[^}]*\}$/, '');
  return { base, path: beforeQuery.slice(base.length), query };
}

function hostOf(parts: readonly TextPart[]): Unknown {
  const unknowns = parts.flatMap((part) => ('unknown' in part ? [part.unknown] : []));
  const [only] = unknowns;
  if (only && parts.length === 1) return only;
  return {
    reason: only?.reason ?? 'unknown host',
    name: only?.name ?? 'host',
    names: unknowns.flatMap((each) => each.names),
  };
}

function queryOf(query: string, like: RequestLike): FieldSet {
  const pairs = query.split('&').filter((pair) => pair !== '');
  const written = pairs.filter((pair) => pair.includes('='));
  const open = written.length < pairs.length ? 'part of the query is not known' : undefined;
  const fields = Object.fromEntries(written.map((pair) => pair.split(/=(.*)/s, 2) as [string, string]));
  return fieldSet({ ...fields, ...like.query }, like.queryOpen ?? open);
}

function fieldSet(
  fields: Readonly<Record<string, FieldLike>> | undefined,
  open: string | undefined,
  lowerCase = false,
): FieldSet {
  const list = Object.entries(fields ?? {}).map(([name, value]) =>
    field(lowerCase ? name.toLowerCase() : name, value),
  );
  return open === undefined ? { fields: list } : { fields: list, open };
}

function field(name: string, like: FieldLike): Field {
  if (typeof like === 'string' || 'parts' in like) return field(name, { values: [like] });
  const values = (like.values ?? []).map((value) => (typeof value === 'string' ? text(value) : value));
  return {
    name,
    presence: like.presence ?? 'always',
    values,
    trace: [],
    ...(like.reason !== undefined && { reason: like.reason }),
    ...(like.inUrl && { inUrl: true }),
  };
}
