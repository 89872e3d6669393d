import { UsageError } from '../../errors.ts';

/** An object of a document. What it holds is checked where it is read. */
export type Node = Readonly<Record<string, unknown>>;

export function nodeOf(value: unknown): Node | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function entriesOf(value: unknown): [key: string, value: unknown][] {
  return Object.entries(nodeOf(value) ?? {});
}

/** The text, on one line; undefined when it is none, or empty. */
export function textOf(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim().replace(/\s+/g, ' ') : '';
  return text === '' ? undefined : text;
}

const LONG = 100;

/** The first sentence, if it is short and has no markup. */
export function inShort(description: unknown): string | undefined {
  const [sentence] = (textOf(description) ?? '').split(/[.:](?:\s|$)/, 1);
  return sentence === undefined || sentence === '' || sentence.length > LONG || /[<>[\]]/.test(sentence)
    ? undefined
    : sentence;
}

/** An OpenAPI document whose references lead to other places of it. */
export class OpenApiDocument {
  readonly root: Node;

  /** @throws {UsageError} when it is no OpenAPI 3 document */
  constructor(value: unknown) {
    const root = nodeOf(value);
    if (!root) throw new UsageError('this is no OpenAPI document');
    if (root.swagger !== undefined)
      throw new UsageError(
        `this is Swagger ${String(root.swagger)}; convert it to OpenAPI 3 first, which fusionlint reads`,
      );
    if (root.openapi === undefined)
      throw new UsageError('this is no OpenAPI document: it has no key "openapi"');
    if (!/^3\./.test(String(root.openapi)))
      throw new UsageError(`this is OpenAPI ${String(root.openapi)}; fusionlint reads OpenAPI 3`);
    this.root = root;
  }

  /**
   * The object at a place of the document, or the one that it refers to.
   *
   * @param place how messages name it: `paths./v1/invoices.get`
   * @throws {UsageError} when the reference leads out of the document, nowhere, or in a circle
   */
  resolve(value: unknown, place: string): Node | undefined {
    const passed = new Set<string>();
    let node = nodeOf(value);
    while (typeof node?.$ref === 'string') {
      const reference = node.$ref;
      if (!reference.startsWith('#'))
        throw new UsageError(
          `"${place}" refers to ${reference}, which is another file; bundle the document into one file first`,
        );
      if (passed.has(reference)) throw new UsageError(`"${place}" refers to itself by ${reference}`);
      passed.add(reference);
      node = nodeOf(this.#at(reference));
      if (!node) throw new UsageError(`"${place}" refers to ${reference}, which is not in the document`);
    }
    return node;
  }

  /** RFC 6901, as the fragment of a URL. */
  #at(reference: string): unknown {
    let node: unknown = this.root;
    for (const token of reference.slice(1).split('/').slice(1)) {
      const key = unescaped(token).replaceAll('~1', '/').replaceAll('~0', '~');
      const within = Array.isArray(node) ? (node as unknown as Node) : nodeOf(node);
      if (!within || !Object.hasOwn(within, key)) return undefined;
      node = within[key];
    }
    return node;
  }
}

function unescaped(token: string): string {
  try {
    return decodeURIComponent(token);
  } catch {
    return token;
  }
}
