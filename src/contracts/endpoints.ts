import type { AuthKind, Endpoint, QueryParameter } from './contract.ts';

/**
 * Reads the compact endpoint lists of `data/`, one operation a line:
 *
 *     METHOD /path/{parameter} auth,auth word word
 *
 * Words: `headers=a,b` the required headers where they differ from the contract's own; `form` a body in
 * `application/x-www-form-urlencoded`; `tenant=needed|sometimes|forbidden`; `tenant-with=a,b` the
 * parameters with which it is needed sometimes; `query=a,b?` the parameters of the query, a question mark
 * behind the optional ones; `content-type` the vendor lists Content-Type as required. The last one stays in
 * the data only: clients set that header themselves when they send a body.
 */
export function parseEndpoints(list: string): readonly Endpoint[] {
  return list.trim().split('\n').map(parseEndpoint);
}

/** The same, read at the first call: most runs touch one contract or none, and start-up counts. */
export function lazyEndpoints(list: string): () => readonly Endpoint[] {
  let endpoints: readonly Endpoint[] | undefined;
  return () => {
    endpoints ??= parseEndpoints(list);
    return endpoints;
  };
}

function parseEndpoint(line: string): Endpoint {
  const [method = '', path = '', auth = '', ...words] = line.split(' ');
  const wordOf = (key: string) => words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1);
  const headers = wordOf('headers');
  const tenant = wordOf('tenant');
  const tenantWith = wordOf('tenant-with');
  const query = wordOf('query');
  return {
    method,
    path,
    auth: auth.split(',') as AuthKind[],
    ...(headers !== undefined && { requiredHeaders: headers.split(',') }),
    ...(words.includes('form') && { body: 'form' as const }),
    ...(tenant !== undefined && { tenant: tenant as NonNullable<Endpoint['tenant']> }),
    ...(tenantWith !== undefined && { tenantWith: tenantWith.split(',') }),
    ...(query !== undefined && { query: query.split(',').map(parseParameter) }),
  };
}

function parseParameter(word: string): QueryParameter {
  const optional = word.endsWith('?');
  return { name: optional ? word.slice(0, -1) : word, required: !optional };
}
