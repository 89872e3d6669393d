import type {
  UserContract,
  UserCredential,
  UserEndpoint,
  UserHeader,
  UserRetiredEndpoint,
} from '../../config/contract.ts';
import { UsageError } from '../../errors.ts';
import { nodeOf, OpenApiDocument, textOf } from './document.ts';
import { type Operation, readOperations } from './operations.ts';
import { credentialOf } from './security.ts';

/**
 * Reads an OpenAPI 3 document as a contract: hosts from its servers, required headers from its security
 * and its header parameters, operations from its paths. An operation that it deprecates still works, so
 * that is noted without effect; only with the day on which it ends (`x-sunset`) it is a withdrawn one.
 *
 * @throws {UsageError} when it is no OpenAPI 3 document, or refers to what it does not hold
 */
export function contractFromOpenApi(value: unknown): UserContract {
  const document = new OpenApiDocument(value);
  const operations = readOperations(document);
  if (operations.length === 0) throw new UsageError('the document has no operation below "paths"');
  const known = clausesOf(operations);
  // What most operations ask for is the contract's own, and the others say that they work without it.
  const common = [...known.values()].filter(({ times }) => times * 2 > operations.length);
  const credentials = [...new Set(operations.flatMap(({ schemes }) => schemes))].flatMap(
    (name) => credentialOf(document, name) ?? [],
  );
  const endpoints = operations.filter(({ sunset }) => sunset === undefined);
  const retired = operations.filter(({ sunset }) => sunset !== undefined);
  return withoutEmpty({
    title: textOf(nodeOf(document.root.info)?.title) ?? 'The service',
    docs: textOf(nodeOf(document.root.externalDocs)?.url),
    hosts: [...new Set(operations.flatMap(({ servers }) => servers.hosts))],
    headers: headersOf(common),
    endpoints: byPlace(endpoints, (operation) => endpointOf(operation, known, common)),
    complete: true,
    retiredEndpoints: byPlace(retired, retiredOf),
    credentials: unique(credentials),
  });
}

interface Clause {
  /** As it is spelt where it is first read. */
  readonly name: string;
  readonly header: UserHeader;
  /** The number of operations that require it. */
  readonly times: number;
}

/** The required headers of all operations, by name in lower case. */
function clausesOf(operations: readonly Operation[]): Map<string, Clause> {
  const known = new Map<string, Clause>();
  for (const [name, header] of operations.flatMap(({ headers }) => [...headers])) {
    const key = name.toLowerCase();
    const earlier = known.get(key);
    // What some operations document of the answer is the answer of all.
    const told = earlier?.header.answer ? earlier.header : { ...(earlier?.header ?? header), ...header };
    known.set(key, { name: earlier?.name ?? name, header: told, times: (earlier?.times ?? 0) + 1 });
  }
  return known;
}

function endpointOf(
  { headers, query, form, deprecated }: Operation,
  known: ReadonlyMap<string, Clause>,
  common: readonly Clause[],
): UserEndpoint {
  const keys = new Set([...headers.keys()].map((name) => name.toLowerCase()));
  const clauses = [...keys].flatMap((key) => known.get(key) ?? []);
  const further = headersOf(clauses.filter((clause) => !common.includes(clause)));
  const without = common.filter((clause) => !clauses.includes(clause)).map(({ name }) => name);
  return {
    ...(Object.keys(further).length > 0 && { headers: further }),
    ...(without.length > 0 && { without }),
    ...(Object.keys(query).length > 0 && { query }),
    ...(form && { body: 'form' }),
    ...(deprecated && { deprecated }),
  };
}

function retiredOf({ sunset }: Operation): UserRetiredEndpoint {
  return { replacement: 'the operation that its documentation names', failsFrom: sunset };
}

function headersOf(clauses: readonly Clause[]): Record<string, UserHeader> {
  return Object.fromEntries(clauses.map(({ name, header }) => [name, header]));
}

function byPlace<T>(operations: readonly Operation[], of: (operation: Operation) => T): Record<string, T> {
  return Object.fromEntries(
    operations.flatMap((operation) =>
      operation.servers.bases.map((base) => [`${operation.method} ${base}${operation.path}`, of(operation)]),
    ),
  );
}

function unique(credentials: readonly UserCredential[]): UserCredential[] {
  const byPosition = new Map(credentials.map((each) => [`${each.in} ${each.name.toLowerCase()}`, each]));
  return [...byPosition.values()];
}

/** Without what the document does not tell; `hosts` stays, for it must be there. */
function withoutEmpty(contract: UserContract): UserContract {
  const told = Object.entries(contract).filter(
    ([key, value]) => key === 'hosts' || value === true || Object.keys(value ?? {}).length > 0,
  );
  return Object.fromEntries(told) as unknown as UserContract;
}
