import type { Endpoint } from '../../src/contracts/contract.ts';

/** An operation of a service on its way from the vendor's file to the contract's data. */
export interface Operation extends Pick<Endpoint, 'method' | 'path' | 'query' | 'tenant' | 'tenantWith'> {
  /** How a call may be authenticated; the kinds of `AuthKind`, which the data's reader checks no further. */
  readonly auth: readonly string[];
  /** Lower-case names of required headers that differ from the service's own. */
  readonly headers?: readonly string[];
  /** The body is a form, or the vendor lists Content-Type as required. */
  readonly body?: 'form' | 'content-type';
}

/** Method and path without the parameters' names, so that differently named ones compare equal. */
export function shapeOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path.replace(/\{[^}]+\}/g, '{}').replace(/\/$/, '')}`;
}

/** The line of src/contracts/endpoints.ts; its words are explained there. */
export function lineOf({ method, path, auth, body, headers, tenant, tenantWith, query }: Operation): string {
  const words = [method, path, auth.join(',')];
  if (body !== undefined) words.push(body);
  if (headers !== undefined) words.push(`headers=${headers.join(',')}`);
  if (tenant !== undefined) words.push(`tenant=${tenant}`);
  if (tenantWith !== undefined && tenantWith.length > 0) words.push(`tenant-with=${tenantWith.join(',')}`);
  if (query !== undefined && query.length > 0) {
    words.push(`query=${query.map(({ name, required }) => name + (required ? '' : '?')).join(',')}`);
  }
  return words.join(' ');
}

/** By path, then by method, in code-unit order, so that the output does not depend on the locale. */
export function byPath(a: Operation, b: Operation): number {
  return compare(a.path, b.path) || compare(a.method, b.method);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
