import * as v from 'valibot';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import type { Known, UserConfig } from './config.ts';
import type { UserContract } from './contract.ts';
import { contractSchema } from './contract-schema.ts';
import { configSchema } from './schema.ts';

/**
 * Checks what a config file holds; `file` is how messages name it.
 *
 * @throws {UsageError} with one line for each wrong key or value, and the nearest right name
 */
export function checkConfig(value: unknown, known: Known, file: string): UserConfig {
  return check(value, configSchema(known), { file, what: 'configuration', above: [] });
}

/**
 * Checks a contract that stands in a file of its own, or in another one below the keys `above`.
 *
 * @throws {UsageError} with one line for each wrong key or value, and the nearest right name
 */
export function checkContract(value: unknown, file: string, above: readonly string[] = []): UserContract {
  if (typeof value === 'object' && value !== null && ('openapi' in value || 'swagger' in value))
    throw new UsageError(
      `${file}: this is an OpenAPI document; \`fusionlint contract\` makes a contract of one`,
    );
  const contract = check(value, contractSchema, { file, what: 'contract', above });
  const names = Object.keys(contract.headers ?? {});
  for (const [operation, { without = [] }] of Object.entries(contract.endpoints ?? {})) {
    const at = without.findIndex((each) => !names.some((name) => name.toLowerCase() === each.toLowerCase()));
    const key = [...above, 'endpoints', operation, 'without', at].join('.');
    if (at >= 0)
      throw new UsageError(
        `${file}: "${key}" is none of the contract's "headers"${didYouMean(without[at] ?? '', names)}`,
      );
  }
  return contract;
}

interface Where {
  readonly file: string;
  readonly what: string;
  readonly above: readonly string[];
}

function check<T>(value: unknown, schema: v.GenericSchema<unknown, T>, where: Where): T {
  const { file, what, above } = where;
  if (value === undefined) throw new UsageError(`${file}: there is no ${what} in this file`);
  if (Array.isArray(value)) {
    const named = above.length === 0 ? `the ${what}` : `"${above.join('.')}"`;
    throw new UsageError(`${file}: ${named} must be an object, not a list`);
  }
  const result = v.safeParse(schema, value, { abortPipeEarly: true });
  if (result.success) return result.output;
  const lines = result.issues.map((issue) => `${file}: ${explain(issue, schema, where)}`);
  throw new UsageError([...new Set(lines)].join('\n'));
}

function explain(issue: v.BaseIssue<unknown>, schema: unknown, { what, above }: Where): string {
  const path = (issue.path ?? []) as readonly {
    readonly key?: unknown;
    readonly input?: unknown;
    readonly origin?: unknown;
  }[];
  const below = path.map((item) => String(item.key));
  const keys = [...above, ...below];
  if (keys.length === 0) return `the ${what} ${issue.message}, not ${show(issue.input)}`;
  const key = keys.join('.');
  const last = below.at(-1) ?? '';
  const parents = below.slice(0, -1);
  if (isUnknown(issue)) {
    if (Array.isArray(path.at(-1)?.input))
      return `"${keys.slice(0, -1).join('.')}" must be an object, not a list`;
    const kind = parents.at(-1) === 'rules' ? 'rule' : 'key';
    return `unknown ${kind} "${key}"${didYouMean(last, keysAt(schema, parents))}`;
  }
  if (isMissing(issue)) {
    if (what !== 'configuration' || last !== 'contract') return `"${key}" is missing`;
    const hint = didYouMean(parents.at(-1) ?? '', keysAt(schema, parents.slice(0, -1)));
    return `unknown service "${parents.join('.')}"${hint || '; a service of your own needs its "contract"'}`;
  }
  // A record's key, as opposed to what stands there.
  if (path.at(-1)?.origin === 'key') return `"${key}": the key ${issue.message}`;
  return `"${key}" ${issue.message}, not ${show(issue.input)}`;
}

/** An object has a key that the schema does not. */
function isUnknown({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected === 'never';
}

/** An object lacks a key. */
function isMissing({ type, expected }: v.BaseIssue<unknown>): boolean {
  return type === 'strict_object' && expected !== 'never' && expected !== 'Object';
}

/** The keys that the schema allows in the object at `path`. */
function keysAt(schema: unknown, path: readonly string[]): string[] {
  let node = schema as Node | undefined;
  for (const key of path) node = childOf(node, key);
  return Object.keys(unwrapped(node)?.entries ?? {});
}

/** What schemas are made of, as far as the way to a key leads through it. */
interface Node {
  readonly wrapped?: Node;
  readonly entries?: Readonly<Record<string, Node>>;
  /** What other keys of an object hold, a record or a list. */
  readonly rest?: Node;
  readonly value?: Node;
  readonly item?: Node;
}

function childOf(node: Node | undefined, key: string): Node | undefined {
  const inner = unwrapped(node);
  const entry = inner?.entries && Object.hasOwn(inner.entries, key) ? inner.entries[key] : undefined;
  return entry ?? inner?.rest ?? inner?.value ?? inner?.item;
}

function unwrapped(node: Node | undefined): Node | undefined {
  return node?.wrapped === undefined ? node : unwrapped(node.wrapped);
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
