import type { UserCredential, UserHeader } from '../../config/contract.ts';
import { entriesOf, inShort, listOf, type Node, nodeOf, type OpenApiDocument, textOf } from './document.ts';

export interface Security {
  /** The headers that every way to authenticate needs, by name. */
  readonly headers: ReadonlyMap<string, UserHeader>;
  readonly schemes: readonly string[];
}

/**
 * What the alternatives of a security requirement have in common: a header that only one of them needs is
 * not required, and where one needs nothing, none is.
 */
export function readSecurity(document: OpenApiDocument, requirement: unknown, responses: unknown): Security {
  const alternatives = listOf(requirement).map((each) => Object.keys(nodeOf(each) ?? {}));
  const answer = nodeOf(responses)?.['401'] === undefined ? {} : { answer: { status: 401 } };
  const needed = alternatives.map((names) => {
    const headers = names.map((name) => headerOf(schemeOf(document, name)));
    return new Map(headers.filter((each) => each !== undefined));
  });
  const [first = new Map<string, string>(), ...others] = needed;
  const shared = [...first].filter(([name]) => others.every((each) => each.has(name)));
  return {
    headers: new Map(
      shared.map(([name, value]) => {
        const values = new Set(needed.map((each) => each.get(name) ?? value));
        return [name, { value: [...values].join(', or '), ...answer }];
      }),
    ),
    schemes: [...new Set(alternatives.flat())],
  };
}

/** Where the credentials of a scheme stand. */
export function credentialOf(document: OpenApiDocument, name: string): UserCredential | undefined {
  const scheme = schemeOf(document, name);
  if (scheme?.type === 'apiKey') {
    const position = scheme.in;
    const key = textOf(scheme.name);
    if (key === undefined || (position !== 'header' && position !== 'query')) return undefined;
    // Documents call other headers keys too.
    if (/version/i.test(key)) return undefined;
    if (/client[-_]?id$/i.test(key)) return { in: position, name: key, what: 'client id', public: true };
    return { in: position, name: key, what: 'API key' };
  }
  const [header] = headerOf(scheme) ?? [];
  if (header === undefined) return undefined;
  const basic = /^basic$/i.test(String(scheme?.scheme));
  return { in: 'header', name: header, what: basic ? 'password' : 'access token' };
}

function schemeOf(document: OpenApiDocument, name: string): Node | undefined {
  const schemes = nodeOf(document.root.components)?.securitySchemes;
  const found = entriesOf(schemes).find(([key]) => key === name)?.[1];
  return document.resolve(found, `components.securitySchemes.${name}`);
}

/** The header that carries a scheme's credential, and what to send. */
function headerOf(scheme: Node | undefined): [name: string, value: string] | undefined {
  switch (scheme?.type) {
    case 'apiKey': {
      const name = textOf(scheme.name);
      return scheme.in === 'header' && name !== undefined
        ? [name, inShort(scheme.description) ?? 'your API key']
        : undefined;
    }
    case 'oauth2':
    case 'openIdConnect':
      return ['Authorization', '`Bearer ` and an access token'];
    case 'http': {
      const kind = textOf(scheme.scheme)?.toLowerCase();
      if (kind === 'basic') return ['Authorization', '`Basic ` and user and password in base64'];
      if (kind === undefined || kind === 'bearer') return ['Authorization', '`Bearer ` and an access token'];
      return ['Authorization', `the credential of the scheme ${kind}`];
    }
    default:
      return undefined;
  }
}
