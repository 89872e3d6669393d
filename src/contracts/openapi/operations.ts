import type { UserFormat, UserHeader, UserParameter } from '../../config/contract.ts';
import { isDay } from '../../config/day.ts';
import { entriesOf, inShort, listOf, type Node, nodeOf, type OpenApiDocument, textOf } from './document.ts';
import { readSecurity } from './security.ts';
import { readServers, type Servers } from './servers.ts';

/** An operation of a document, as far as a contract speaks of it. */
export interface Operation {
  /** Upper-case. */
  readonly method: string;
  readonly path: string;
  readonly servers: Servers;
  /** The headers that it requires, by name. */
  readonly headers: ReadonlyMap<string, UserHeader>;
  /** The names of the security schemes that it takes. */
  readonly schemes: readonly string[];
  /** The required parameters of its query. */
  readonly query: Readonly<Record<string, UserParameter>>;
  /** It takes nothing but a form as its body. */
  readonly form: boolean;
  readonly deprecated: boolean;
  /** The day on which it ends, YYYY-MM-DD. */
  readonly sunset?: string;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Set by clients, or for them to choose: https://spec.openapis.org/oas/v3.1.0#fixed-fields-9 ignores them. */
const NOT_PARAMETERS = ['accept', 'content-type'];

export function readOperations(document: OpenApiDocument): Operation[] {
  const { root } = document;
  return entriesOf(root.paths).flatMap(([path, value]) => {
    const item = document.resolve(value, `paths.${path}`);
    if (!item || !path.startsWith('/')) return [];
    return METHODS.flatMap((method) => {
      const place = `paths.${path}.${method}`;
      const operation = document.resolve(item[method], place);
      return operation ? [readOperation(document, operation, { item, method, path, place })] : [];
    });
  });
}

interface Where {
  readonly item: Node;
  readonly method: string;
  readonly path: string;
  readonly place: string;
}

function readOperation(document: OpenApiDocument, operation: Node, where: Where): Operation {
  const { item, method, path, place } = where;
  const { root } = document;
  const security = readSecurity(document, operation.security ?? root.security, operation.responses);
  const headers = new Map(security.headers);
  const parameters = parametersOf(document, operation, where);
  for (const [name, header] of requiredHeadersOf(parameters))
    if (![...headers.keys()].some((known) => known.toLowerCase() === name.toLowerCase()))
      headers.set(name, header);
  const body = document.resolve(operation.requestBody, `${place}.requestBody`);
  const types = entriesOf(body?.content).map(([type]) => type.split(';', 1)[0]);
  const sunset = dayOf(operation['x-sunset']);
  return {
    method: method.toUpperCase(),
    path: path.replace(/[?#].*$/s, '').replace(/\s/g, '%20'),
    servers: readServers(operation.servers ?? item.servers ?? root.servers),
    headers,
    schemes: security.schemes,
    query: requiredQueryOf(parameters),
    form: types.length > 0 && types.every((type) => type === 'application/x-www-form-urlencoded'),
    deprecated: operation.deprecated === true,
    ...(sunset !== undefined && { sunset }),
  };
}

interface Parameter {
  readonly in: 'header' | 'query';
  readonly name: string;
  readonly node: Node;
}

/** The parameters in headers and in the query; those of the operation stand before those of its path. */
function parametersOf(document: OpenApiDocument, operation: Node, { item, path, place }: Where): Parameter[] {
  const found = new Map<string, Parameter>();
  const lists = [
    { list: operation.parameters, at: place },
    { list: item.parameters, at: `paths.${path}` },
  ];
  for (const { list, at } of lists) {
    for (const [index, value] of listOf(list).entries()) {
      const node = document.resolve(value, `${at}.parameters.${index}`);
      const name = textOf(node?.name);
      const position = node?.in;
      if (!node || name === undefined || (position !== 'header' && position !== 'query')) continue;
      const key = position === 'header' ? `header ${name.toLowerCase()}` : `query ${name}`;
      if (!found.has(key)) found.set(key, { in: position, name, node });
    }
  }
  return [...found.values()];
}

function requiredHeadersOf(parameters: readonly Parameter[]): [name: string, header: UserHeader][] {
  return parameters
    .filter((each) => each.in === 'header' && each.node.required === true)
    .filter(({ name }) => !NOT_PARAMETERS.includes(name.toLowerCase()))
    .map(({ name, node }) => {
      const format = formatOf(nodeOf(node.schema));
      return [name, { value: whatToSend(node, name), ...(format && { format }) }];
    });
}

/**
 * What is required; of other parameters there is nothing to say. One that is an object or a list is written
 * in several ways, so its name alone may not be sent.
 */
function requiredQueryOf(parameters: readonly Parameter[]): Record<string, UserParameter> {
  return Object.fromEntries(
    parameters
      .filter((each) => each.in === 'query' && each.node.required === true && !each.node.content)
      .filter(({ node }) => !/^(?:object|array)$/.test(String(nodeOf(node.schema)?.type)))
      .map(({ name }) => [name, { required: true }]),
  );
}

/** What a schema says of the form, where it says it in words that every vendor means alike; a `pattern` is often wrong. */
function formatOf(schema: Node | undefined): UserFormat | undefined {
  if (schema?.format === 'uuid')
    return { pattern: '[\\da-fA-F]{8}(?:-[\\da-fA-F]{4}){3}-[\\da-fA-F]{12}', words: 'a UUID' };
  if (schema?.type === 'integer') return { pattern: '-?\\d+', words: 'a whole number' };
  return undefined;
}

/** What to send, in a few words of the document. */
function whatToSend(parameter: Node, name: string): string {
  const schema = nodeOf(parameter.schema);
  const values = listOf(schema?.enum);
  const only = schema?.const ?? (values.length === 1 ? values[0] : undefined);
  if (typeof only === 'string') return `\`${only}\``;
  return inShort(parameter.description) ?? `a value for ${name}`;
}

/** A day, also of a date with time. */
function dayOf(value: unknown): string | undefined {
  // YAML knows dates of its own.
  const text = value instanceof Date ? value.toISOString() : String(value ?? '');
  const day = text.slice(0, 10);
  return isDay(day) ? day : undefined;
}
