import * as v from 'valibot';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { Known, UserConfig } from './config.ts';
import { configSchema } from './schema.ts';

/**
 * Checks what a config file holds; `file` is how messages name it.
 *
 * @throws {UsageError} with one line for each wrong key or value, and the nearest right name
 */
export function checkConfig(value: unknown, known: Known, file: string): UserConfig {
  const schema = configSchema(known);
  if (value === undefined) throw new UsageError(`${file}: there is no configuration in this file`);
  if (Array.isArray(value)) throw new UsageError(`${file}: the configuration must be an object, not a list`);
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  throw new UsageError(result.issues.map((issue) => `${file}: ${explain(issue, schema)}`).join('\n'));
}

function explain(issue: v.BaseIssue<unknown>, schema: unknown): string {
  const path = (issue.path ?? []) as readonly { readonly key?: unknown; readonly input?: unknown }[];
  const keys = path.map((item) => String(item.key));
  if (keys.length === 0) return `the configuration ${issue.message}, not ${show(issue.input)}`;
  const key = keys.join('.');
  if (issue.type !== 'strict_object' || issue.expected !== 'never') {
    return `"${key}" ${issue.message}, not ${show(issue.input)}`;
  }
  const parents = keys.slice(0, -1);
  if (Array.isArray(path.at(-1)?.input)) return `"${parents.join('.')}" must be an object, not a list`;
  const kind = parents.at(-1) === 'rules' ? 'rule' : parents.at(-1) === 'services' ? 'service' : 'key';
  return `unknown ${kind} "${key}"${didYouMean(keys.at(-1) ?? '', keysAt(schema, parents))}`;
}

/** The keys that the schema allows in the object at `path`. */
function keysAt(schema: unknown, path: readonly string[]): string[] {
  let entries = entriesOf(schema);
  for (const key of path) entries = entriesOf(entries[key]);
  return Object.keys(entries);
}

function entriesOf(schema: unknown): Record<string, unknown> {
  const node = schema as { wrapped?: unknown; entries?: Record<string, unknown> } | undefined;
  return node?.wrapped === undefined ? (node?.entries ?? {}) : entriesOf(node.wrapped);
}

function show(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'number' ||
    typeof value === 'boolean'
  ) {
    const text = JSON.stringify(value);
    return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
  }
  return value === undefined ? 'undefined' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
