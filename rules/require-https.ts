import { placeOfHost } from '../src/lint/hosts.ts';
import { defineRule } from '../src/lint/rule.ts';
import { printText, type Text, type TextPart, type Unknown } from '../src/request.ts';

export default defineRule({
  id: 'require-https',
  severity: 'error',
  summary: 'Plain http to a host that is not local',
  messages: {
    plain:
      '{service} is called at {host} over plain http: everyone on the way can read and change what is sent and what is answered, credentials included. Write https.',
  },
  check({ request, contract, report }) {
    const [first] = request.url.parts;
    // Where the scheme is not written, nothing is known of it.
    const scheme = first && 'literal' in first ? /^(https?):\/\//i.exec(first.literal)?.[1] : undefined;
    if (scheme === undefined) return;
    if (scheme.toLowerCase() === 'https') return report.satisfied('the URL begins with https');
    const authority = authorityOf(request.url);
    const known = knownEnd(authority);
    if (known === undefined) {
      const unknown = authority.findLast((part): part is { unknown: Unknown } => 'unknown' in part)?.unknown;
      if (unknown) report.unknown(`whether the host is local is not known: ${unknown.reason}`);
      return;
    }
    const host = printText({ parts: authority });
    const place = placeOfHost(known);
    if (place === 'local') report.satisfied(`${host} is local`);
    else if (place === 'cluster') report.unknown(`${host} may be a service in a cluster`);
    else if (place === 'elsewhere')
      report.violation(
        'plain',
        { service: contract.title, host },
        {
          // Where the scheme stands: a base URL is one finding, however many calls go there.
          trace: request.url.origins?.[0]?.trace ?? request.url.trace,
          atOrigin: true,
          subject: host,
          ...(contract.https && contract.hosts.includes(host) && { change: { scheme: 'https' } as const }),
          // Anyone runs it on a host of their own, which a name that looks public may hide from the public.
          ...(contract.selfHosted && { severity: 'warn' as const }),
        },
      );
  },
});

/** What stands between the scheme and the path, without a user's name and password. */
function authorityOf({ parts }: Text): readonly TextPart[] {
  const authority: TextPart[] = [];
  for (const [at, part] of parts.entries()) {
    if (!('literal' in part)) {
      authority.push(part);
      continue;
    }
    const text = at === 0 ? part.literal.slice(part.literal.indexOf('//') + 2) : part.literal;
    const [literal = ''] = text.split(/[/?#\\]/, 1);
    const user = literal.lastIndexOf('@');
    if (user >= 0) authority.length = 0;
    if (literal !== '') authority.push({ literal: literal.slice(user + 1) });
    if (literal.length < text.length) break;
  }
  return authority;
}

/**
 * The host as far as it decides where that is: the whole, or its end behind an unknown part when that holds
 * a domain (`{tenant}.example.com`). A port that is not known decides nothing.
 */
function knownEnd(authority: readonly TextPart[]): string | undefined {
  const [before, last] = authority.slice(-2);
  const isPort = last && 'unknown' in last && before && 'literal' in before && before.literal.endsWith(':');
  const host = isPort ? authority.slice(0, -1) : authority;
  const end = host.at(-1);
  if (!end || !('literal' in end)) return undefined;
  const literal = isPort ? `${end.literal}0` : end.literal;
  if (host.length === 1) return literal;
  return /^[\w-]*\.[\w-]+\.[a-z]/i.test(literal) ? `x${literal}` : undefined;
}
