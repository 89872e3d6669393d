import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { parse } from 'yaml';

/** What the converters read of an OpenAPI 3 or Swagger 2 document; everything else is left alone. */
const ParameterSchema = v.object({
  name: v.string(),
  in: v.string(),
  required: v.optional(v.boolean(), false),
});
const SecuritySchema = v.array(v.record(v.string(), v.array(v.string())));
const OperationSchema = v.object({
  parameters: v.optional(v.array(ParameterSchema), []),
  security: v.optional(SecuritySchema),
});
const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'] as const;
const PathSchema = v.object({
  parameters: v.optional(v.array(ParameterSchema), []),
  ...v.entriesFromList(METHODS, v.optional(OperationSchema)),
});
const DocumentSchema = v.object({
  info: v.object({ version: v.union([v.string(), v.number()]) }),
  paths: v.record(v.string(), PathSchema),
  security: v.optional(SecuritySchema, []),
  components: v.optional(
    v.object({
      securitySchemes: v.optional(
        v.record(v.string(), v.object({ type: v.string(), name: v.optional(v.string()) })),
        {},
      ),
    }),
    {},
  ),
});

export type OpenApi = v.InferOutput<typeof DocumentSchema>;

export interface OpenApiOperation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly v.InferOutput<typeof ParameterSchema>[];
  /** The names of the security schemes; undefined when the document's own hold. */
  readonly security: readonly string[] | undefined;
}

/** Reads YAML or JSON (which is YAML too). Throws an Error that says what is wrong with the file. */
export function readOpenApi(path: string): OpenApi {
  return parseOpenApi(readFileSync(path, 'utf8'), path);
}

export function parseOpenApi(text: string, path: string): OpenApi {
  // JSON by its own reader: YAML's takes seconds for the same.
  const read = v.safeParse(DocumentSchema, path.endsWith('.json') ? JSON.parse(text) : parse(text));
  if (!read.success) {
    const [issue] = read.issues;
    throw new Error(
      `${path} is not the OpenAPI document expected: ${v.getDotPath(issue) ?? ''} ${issue.message}`,
    );
  }
  if (Object.keys(read.output.paths).length === 0) throw new Error(`${path} has no operations`);
  return read.output;
}

export function operationsOf(document: OpenApi): readonly OpenApiOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      if (!operation) return [];
      return {
        method: method.toUpperCase(),
        path,
        parameters: [...item.parameters, ...operation.parameters],
        security: operation.security?.flatMap((each) => Object.keys(each)),
      };
    }),
  );
}

/** The parameters of the query, in the document's order. */
export function queryOf({ parameters }: OpenApiOperation): { name: string; required: boolean }[] {
  return parameters.filter((each) => each.in === 'query').map(({ name, required }) => ({ name, required }));
}

/** Lower-case names of the headers that an operation lists as required. */
export function requiredHeadersOf({ parameters }: OpenApiOperation): string[] {
  return parameters
    .filter((each) => each.in === 'header' && each.required)
    .map(({ name }) => name.toLowerCase());
}

/** The headers that every operation requires. */
export function commonTo(headers: readonly (readonly string[])[]): string[] {
  const [first = [], ...rest] = headers;
  return first.filter((name) => rest.every((each) => each.includes(name)));
}
