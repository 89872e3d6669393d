import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { commonTo, type OpenApi, operationsOf, queryOf, requiredHeadersOf } from './openapi.ts';
import { type Operation, shapeOf } from './operation.ts';

/** Adobe Workfront Fusion: the four headers are security schemes there, all of them on every operation. */
export function workfrontFusion(document: OpenApi): readonly Operation[] {
  const { securitySchemes } = document.components;
  const found = operationsOf(document).map((operation) => {
    const schemes = operation.security ?? document.security.flatMap((each) => Object.keys(each));
    const ofSchemes = schemes.map((scheme) =>
      securitySchemes[scheme]?.type === 'http'
        ? 'authorization'
        : (securitySchemes[scheme]?.name ?? scheme).toLowerCase(),
    );
    const headers = [...new Set([...ofSchemes, ...requiredHeadersOf(operation)])].sort();
    return { operation, headers };
  });
  const own = commonTo(found.map(({ headers }) => headers));
  return found.map(({ operation, headers }) => ({
    method: operation.method,
    path: operation.path,
    auth: ['bearer'],
    ...(headers.length > own.length && { headers }),
    query: queryOf(operation),
  }));
}

/** Adobe Cloud Manager: the headers are parameters of each operation; Content-Type is only on some. */
export function cloudManager(document: OpenApi): readonly Operation[] {
  const found = operationsOf(document).map((operation) => ({
    operation,
    headers: requiredHeadersOf(operation).sort(),
  }));
  const own = commonTo(found.map(({ headers }) => headers));
  return found.map(({ operation, headers }) => {
    const others = headers.filter((name) => name !== 'content-type');
    return {
      method: operation.method,
      path: operation.path,
      auth: ['bearer'],
      ...(headers.includes('content-type') && { body: 'content-type' as const }),
      ...(others.length > own.length && { headers: others }),
      query: queryOf(operation),
    };
  });
}

/**
 * FusionAuth: the specification, and the definitions that the vendor generates its clients from. Those
 * have operations that the specification lacks and say which calls carry a key, where the specification
 * gives its global key to nearly all.
 */
export function fusionAuth(document: OpenApi, definitions: readonly ClientMethod[]): readonly Operation[] {
  const named = new Map<string, Route[]>();
  for (const route of definitions.flatMap(routesOf)) {
    named.set(shapeOf(route), [...(named.get(shapeOf(route)) ?? []), route]);
  }
  const own = document.security.flatMap((each) => Object.keys(each));
  const found = new Map<string, Operation>();
  for (const operation of operationsOf(document)) {
    const shape = shapeOf(operation);
    if (found.has(shape)) continue;
    const { method, path } = operation;
    const auth =
      authOf(named.get(shape)) ?? (operation.security ?? own).map((scheme) => SCHEMES[scheme] ?? scheme);
    found.set(shape, { method, path, auth: auth.toSorted(), query: queryOf(operation) });
  }
  for (const [shape, routes] of named) {
    const [first] = living(routes);
    if (!first || found.has(shape)) continue;
    found.set(shape, { method: first.method, path: first.path, auth: authOf(routes) ?? [] });
  }
  return [...found.values()];
}

const SCHEMES: Readonly<Record<string, string>> = { BearerAuth: 'jwt', ApiKeyAuth: 'api-key' };

const ClientMethodSchema = v.object({
  uri: v.string(),
  method: v.string(),
  anonymous: v.optional(v.boolean(), false),
  authorization: v.optional(v.string(), ''),
  /** Why it is: a text. */
  deprecated: v.optional(v.unknown()),
  params: v.optional(
    v.array(
      v.object({
        name: v.string(),
        type: v.string(),
        constant: v.optional(v.boolean(), false),
        value: v.optional(v.string(), ''),
        comments: v.optional(v.array(v.string()), []),
      }),
    ),
    [],
  ),
});

/** A method of the generated clients: src/main/api/<name>.json of FusionAuth/fusionauth-client-builder. */
export type ClientMethod = v.InferOutput<typeof ClientMethodSchema>;

/** Reads the folder; throws when a file is no definition of a method. */
export function readClientMethods(folder: string): readonly ClientMethod[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  if (names.length === 0) throw new Error(`${folder} has no client methods (*.json)`);
  return names.sort().map((name) => {
    const read = v.safeParse(ClientMethodSchema, JSON.parse(readFileSync(join(folder, name), 'utf8')));
    if (!read.success)
      throw new Error(`${join(folder, name)} is not a client method: ${read.issues[0].message}`);
    return read.output;
  });
}

interface Route {
  readonly method: string;
  readonly path: string;
  readonly sends: 'api-key' | 'jwt' | 'none';
  readonly deprecated: boolean;
  readonly form: boolean;
}

/** A segment that is optional makes two routes of one method. */
function routesOf(method: ClientMethod): readonly Route[] {
  let full = method.uri;
  let short = method.uri;
  for (const param of method.params.filter(({ type }) => type === 'urlSegment')) {
    const segment = param.constant ? `/${param.value.replaceAll('"', '')}` : `/{${param.name}}`;
    full += segment;
    if (param.constant || !param.comments[0]?.includes('(Optional)')) short += segment;
  }
  const anonymous = method.authorization.includes('Bearer') ? 'jwt' : 'none';
  return [...new Set([full, short])].map((path) => ({
    method: method.method.toUpperCase(),
    path,
    sends: method.anonymous ? anonymous : 'api-key',
    deprecated: Boolean(method.deprecated),
    form: method.params.some(({ type }) => type === 'form' || type === 'formBody'),
  }));
}

function authOf(routes: readonly Route[] | undefined): readonly string[] | undefined {
  if (!routes) return undefined;
  const live = living(routes);
  const isForm = live.some(({ form }) => form);
  const kinds = live.map(({ sends, path }) =>
    // The client's id and secret go in the form.
    sends === 'none' && isForm && path.startsWith('/oauth2/') ? 'oauth-client' : sends,
  );
  return [...new Set(kinds)].sort();
}

/** Those that are not deprecated, if there are such. */
function living(routes: readonly Route[]): readonly Route[] {
  const live = routes.filter(({ deprecated }) => !deprecated);
  return live.length > 0 ? live : routes;
}
