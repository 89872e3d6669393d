import type { UserAuth, UserCalendar, UserContract, UserEndpoint, UserHeader } from '../config/contract.ts';
import type { AuthKind, Calendar, Contract, Endpoint, HeaderClause, RenamedParameter } from './contract.ts';

/** The contract of a service of one's own, as the pipeline knows contracts. */
export function ownContract(id: string, user: UserContract): Contract {
  const headers = clausesOf(user.headers);
  return {
    id,
    title: user.title,
    docs: user.docs ?? '',
    hosts: user.hosts,
    words: [],
    ownHeaders: (user.ownHeaders ?? []).map(lower),
    headers,
    optionalHeaders: clausesOf(user.optionalHeaders),
    legacyHeaders: Object.entries(user.legacyHeaders ?? {}).map(([name, { replacedBy, note, ...dates }]) => ({
      name: lower(name),
      display: name,
      replacedBy,
      note: note ?? '',
      ...calendarOf(dates),
    })),
    endpoints: Object.entries(user.endpoints ?? {}).map(([operation, endpoint]) => ({
      ...placeOf(operation),
      ...demandsOf(endpoint, headers, user.auth),
    })),
    ...(user.complete && { complete: true }),
    ...(user.listedBelow !== undefined && {
      listing: {
        below: user.listedBelow,
        docs: user.docs ?? 'the documentation of the service',
        source: 'the contract in the configuration',
      },
    }),
    retiredEndpoints: Object.entries(user.retiredEndpoints ?? {}).map(
      ([operation, { replacement, note, ...dates }]) => ({
        kind: 'retired',
        ...placeOf(operation),
        replacement,
        note: note ?? '',
        ...calendarOf(dates),
      }),
    ),
    retiredQuery: [],
    queryClauses: Object.entries(user.endpoints ?? {}).flatMap(([operation, { query }]) =>
      renamedIn(operation, query),
    ),
    retiredLibraries: [],
    credentials: (user.credentials ?? []).map(({ in: position, name, what, public: isPublic }) => ({
      in: position,
      name: position === 'header' ? lower(name) : name,
      what,
      ...(isPublic && { public: true }),
    })),
    placeholders: user.placeholders ?? [],
    sampleKeys: [],
  };
}

function clausesOf(headers: Readonly<Record<string, UserHeader>> = {}): HeaderClause[] {
  return Object.entries(headers).map(([name, { value, answer, since, format }]) => ({
    name: lower(name),
    display: name,
    value,
    ...(answer && {
      answer: { status: answer.status, ...(answer.code !== undefined && { code: answer.code }) },
    }),
    ...(since !== undefined && { since }),
    ...(format && { format: { pattern: new RegExp(`^(?:${format.pattern})$`, 'u'), words: format.words } }),
  }));
}

function demandsOf(
  { headers, without = [], auth, query, body }: UserEndpoint,
  common: readonly HeaderClause[],
  commonAuth: UserAuth | undefined,
): Omit<Endpoint, 'method' | 'path'> {
  const left = new Set(without.map(lower));
  // Without the header, there is no scheme to speak of.
  const kind = auth ?? (left.has('authorization') ? undefined : commonAuth);
  return {
    auth: [kind === undefined ? 'headers' : AUTH[kind]],
    ...(query && {
      query: Object.entries(query).map(([name, { required = false }]) => ({ name, required })),
    }),
    ...(left.size > 0 && {
      requiredHeaders: common.map(({ name }) => name).filter((name) => !left.has(name)),
    }),
    ...(headers && { furtherHeaders: clausesOf(headers) }),
    ...(body && { body }),
  };
}

const AUTH: Readonly<Record<UserAuth, AuthKind>> = {
  bearer: 'bearer',
  key: 'api-key',
  basic: 'basic-api-key',
  none: 'none',
};

function renamedIn(
  operation: string,
  query: UserEndpoint['query'] = {},
): (RenamedParameter & { operations: string[] })[] {
  return Object.entries(query).flatMap(([to, { replaces }]) => {
    if (!replaces) return [];
    const { name, ...dates } = replaces;
    return [{ kind: 'renamed' as const, name, to, operations: [operation], ...calendarOf(dates) }];
  });
}

/** Method and path of `GET /v1/invoices/{id}`. */
function placeOf(operation: string): { method: string; path: string } {
  const [method = '', path = ''] = operation.split(' ');
  return { method, path };
}

function calendarOf({ warnFrom, failsFrom }: UserCalendar): Calendar {
  return { ...(warnFrom !== undefined && { warnFrom }), ...(failsFrom !== undefined && { failsFrom }) };
}

function lower(name: string): string {
  return name.toLowerCase();
}
