import type { UserCalendar, UserContract, UserEndpoint, UserHeader } from '../config/contract.ts';
import type { Calendar, Contract, Endpoint, HeaderClause } from './contract.ts';

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
    legacyHeaders: Object.entries(user.legacyHeaders ?? {}).map(([name, { replacedBy, note, ...dates }]) => ({
      name: lower(name),
      display: name,
      replacedBy,
      note: note ?? '',
      ...calendarOf(dates),
    })),
    endpoints: Object.entries(user.endpoints ?? {}).map(([operation, endpoint]) => ({
      ...placeOf(operation),
      ...demandsOf(endpoint, headers),
    })),
    ...(user.complete && { complete: true }),
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
    queryClauses: [],
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
  return Object.entries(headers).map(([name, { value, answer, since }]) => ({
    name: lower(name),
    display: name,
    value,
    ...(answer && {
      answer: { status: answer.status, ...(answer.code !== undefined && { code: answer.code }) },
    }),
    ...(since !== undefined && { since }),
  }));
}

function demandsOf(
  { headers, without = [], body }: UserEndpoint,
  common: readonly HeaderClause[],
): Omit<Endpoint, 'method' | 'path'> {
  const left = new Set(without.map(lower));
  return {
    auth: ['headers'],
    ...(left.size > 0 && {
      requiredHeaders: common.map(({ name }) => name).filter((name) => !left.has(name)),
    }),
    ...(headers && { furtherHeaders: clausesOf(headers) }),
    ...(body && { body }),
  };
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
