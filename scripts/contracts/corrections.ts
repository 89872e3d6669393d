import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { QueryParameter } from '../../src/contracts/contract.ts';
import { type Operation, shapeOf } from './operation.ts';

/**
 * What the vendor says elsewhere than in the file that the data is made of, or has said since: entered by
 * hand in corrections/<service>.json, one entry a source.
 */
const CorrectionSchema = v.strictObject({
  /** Repository, file and commit, or package and version. */
  source: v.pipe(v.string(), v.minLength(10)),
  /** The day of the source; where it has none, the day on which it was read. YYYY-MM-DD. */
  date: v.pipe(v.string(), v.isoDate()),
  note: v.optional(v.string()),
  operations: v.optional(
    v.array(
      v.strictObject({
        methods: v.array(v.picklist(['GET', 'PUT', 'POST', 'DELETE', 'PATCH'])),
        /** The parameters' names don't count. */
        path: v.pipe(v.string(), v.startsWith('/')),
        auth: v.optional(v.array(v.string())),
        /** Needed when several tenants exist; optional when it only narrows. */
        tenant: v.optional(v.picklist(['needed', 'optional', 'forbidden'])),
        headers: v.optional(v.array(v.string())),
        /** Names of required parameters. */
        query: v.optional(v.array(v.string())),
        body: v.optional(v.literal('form')),
        /** The query parameter or the field of the body that makes the variant, where it decides of the tenant. */
        with: v.optional(v.string()),
        /** The variant of the operation that the line speaks of. For the reader. */
        when: v.optional(v.string()),
      }),
    ),
    [],
  ),
  /** Parameters of the vendor's file that the service does not know any more. */
  removedQuery: v.optional(
    v.array(
      v.strictObject({
        methods: v.array(v.string()),
        path: v.string(),
        name: v.string(),
        instead: v.optional(v.string()),
      }),
    ),
    [],
  ),
});

export type Correction = v.InferOutput<typeof CorrectionSchema>;

/** Reads corrections/<service>.json; throws when an entry has no source or date, or a word it can't have. */
export function readCorrections(service: string): readonly Correction[] {
  const file = new URL(`corrections/${service}.json`, import.meta.url);
  return v.parse(v.array(CorrectionSchema), JSON.parse(readFileSync(file, 'utf8')));
}

/**
 * The vendor's operations with the corrections. Several lines for one operation are its variants: it takes
 * every authentication that one of them takes. Where they speak of authentication or tenant, the vendor's
 * file does not count.
 */
export function correct(
  operations: readonly Operation[],
  corrections: readonly Correction[],
): readonly Operation[] {
  const corrected = new Map(operations.map((each) => [shapeOf(each), each]));
  for (const [shape, lines] of linesByShape(corrections)) {
    const [first] = lines;
    if (!first) continue;
    const { method, path } = first;
    const before: Operation = corrected.get(shape) ?? { method, path, auth: [] };
    const auth = [...new Set(lines.flatMap((line) => line.auth ?? []))].sort();
    const headers = lines.find((line) => line.headers)?.headers;
    const query = lines.find((line) => line.query)?.query;
    const tenant = tenantOf(lines.flatMap((line) => line.tenant ?? []));
    corrected.set(shape, {
      ...before,
      ...(auth.length > 0 && { auth }),
      ...(headers && { headers }),
      ...(query && { query: query.map((name) => ({ name, required: true })) }),
      ...(lines.some(({ body }) => body === 'form') && { body: 'form' as const }),
      ...(tenant && { tenant }),
      ...(tenant === 'sometimes' && { tenantWith: lines.flatMap((line) => line.with ?? []) }),
    });
  }
  for (const { methods, path, name } of corrections.flatMap(({ removedQuery }) => removedQuery)) {
    for (const method of methods) {
      const shape = shapeOf({ method, path });
      const before = corrected.get(shape);
      if (before?.query) corrected.set(shape, { ...before, query: without(before.query, name) });
    }
  }
  return [...corrected.values()];
}

/** Corrections that the vendor's file makes needless: it has not got what they remove. */
export function needless(
  operations: readonly Operation[],
  corrections: readonly Correction[],
): readonly string[] {
  const vendor = new Map(operations.map((each) => [shapeOf(each), each]));
  return corrections.flatMap(({ removedQuery }) =>
    removedQuery.flatMap(({ methods, path, name }) =>
      methods
        .filter((method) => !vendor.get(shapeOf({ method, path }))?.query?.some((each) => each.name === name))
        .map((method) => `${method} ${path} has no query parameter ${name} to remove`),
    ),
  );
}

type Line = Correction['operations'][number] & { readonly method: string };

function linesByShape(corrections: readonly Correction[]): Map<string, Line[]> {
  const found = new Map<string, Line[]>();
  for (const operation of corrections.flatMap(({ operations }) => operations)) {
    for (const method of operation.methods) {
      const line = { ...operation, method };
      const lines = found.get(shapeOf(line));
      if (lines) lines.push(line);
      else found.set(shapeOf(line), [line]);
    }
  }
  return found;
}

function tenantOf(kinds: readonly ('needed' | 'optional' | 'forbidden')[]): Operation['tenant'] {
  const [first, ...others] = new Set(kinds);
  if (others.length > 0) return 'sometimes';
  return first === 'optional' ? undefined : first;
}

function without(query: readonly QueryParameter[], name: string): readonly QueryParameter[] {
  return query.filter((each) => each.name !== name);
}
