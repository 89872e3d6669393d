import type { Contract } from '../src/contracts/contract.ts';
import { schemesOf } from '../src/contracts/match.ts';
import { printMasked } from '../src/lint/mask.ts';
import { defineRule } from '../src/lint/rule.ts';
import { classifySecret, splitScheme } from '../src/lint/secrets.ts';
import { printAnswer } from '../src/lint/words.ts';
import { fieldOf, literalOf, type Text, type TextPart, type Trace } from '../src/request.ts';

export default defineRule({
  id: 'authorization-scheme',
  severity: 'error',
  summary:
    'An API key behind `Bearer`, a token without it, or another scheme that the operation does not take',
  messages: {
    key: '{service} {answer}: Authorization is `{value}`, and an API key has no scheme in front. Send the key alone.',
    bare: '{service} {answer}: Authorization is `{value}`, a token without a scheme in front. Send {wanted}.',
    other:
      '{service} {answer}: Authorization is `{value}`, and this operation takes no such scheme. Send {wanted}.',
    twice: '{service} {answer}: Authorization begins with its scheme twice. Send {wanted}.',
    joined:
      '{service} {answer}: Authorization is `{value}`, without a space after the scheme. Send {wanted}.',
  },
  check({ request, contract, endpoint, report }) {
    const schemes = schemesOf(contract, endpoint);
    if (schemes.size === 0) return;
    const optional = endpoint?.auth.includes('none') === true;
    const sent = fieldOf(request.headers, 'authorization');
    const clause = contract.headers.find(({ name }) => name === sent.name);
    const verdicts = sent.values.flatMap((text) => {
      const said = judge(text, schemes, contract);
      return said ? [{ text, said }] : [];
    });
    // Code that serves several operations has a value for each; which one goes where is not known then.
    const isSure = sent.presence === 'always' && verdicts.every(({ said }) => 'violation' in said);
    const told = new Set<string>();
    for (const { text, said } of verdicts) {
      if ('satisfied' in said) report.satisfied(said.satisfied);
      else if ('unknown' in said) report.unknown(said.unknown);
      else if (!isSure && !NEVER_RIGHT.has(said.violation))
        report.unknown('Authorization may be sent with another value, or not at all');
      else {
        const trace = traceOf(said.violation, text, sent.trace);
        // A key that has a fallback makes two values of one mistake.
        const mistake = `${said.violation} ${JSON.stringify(trace.at(-1)?.location)}`;
        if (told.has(mistake)) continue;
        told.add(mistake);
        const value = printMasked(text);
        const answer = optional
          ? 'does not read this credential'
          : `rejects this call${printAnswer(clause?.answer)}`;
        report.violation(
          said.violation,
          { service: contract.title, answer, value, wanted: wantedBy(schemes) },
          {
            trace,
            // A scheme is wrong where it is written, a missing one where it is sent.
            atOrigin: said.violation !== 'bare',
            subject: value,
            // Such an operation works without the credential too, only less of it.
            ...(optional && { severity: 'warn' as const }),
          },
        );
      }
    }
  },
});

type Said =
  | { readonly violation: 'key' | 'bare' | 'other' | 'twice' | 'joined' }
  | { readonly satisfied: string }
  | { readonly unknown: string };

type Parts = readonly TextPart[];

/** Where the scheme is written; a credential without one, and what came some other way, as a whole. */
function traceOf(violation: string, { trace, origins }: Text, header: Trace): Trace {
  const [scheme] = violation === 'bare' ? [] : (origins ?? []);
  return [scheme?.trace ?? [], trace, header].find((each) => each.length > 0) ?? [];
}

/** What no operation of any service takes. */
const NEVER_RIGHT: ReadonlySet<string> = new Set(['key', 'twice', 'joined']);

/** Undefined: there is no credential. */
function judge(text: Text, schemes: ReadonlySet<string>, contract: Contract): Said | undefined {
  const { scheme, space, credential } = partsOf(text);
  if (scheme === '' || (!space && !schemes.has(scheme))) return judgeBare(text, schemes, contract);
  const [first] = credential;
  if (!first) return undefined;
  if (scheme === 'dpop') return { unknown: `what ${contract.title} makes of the scheme DPoP` };
  if (!space) return { violation: 'joined' };
  if ('literal' in first && first.literal.toLowerCase().startsWith(`${scheme} `))
    return { violation: 'twice' };
  if (!TOKEN_SCHEMES.has(scheme)) {
    return schemes.has(scheme) ? { satisfied: `the scheme is ${scheme}` } : { violation: 'other' };
  }
  if (schemes.has('') && isKey(credential, text, contract)) return { violation: 'key' };
  if (schemes.has(scheme)) return { satisfied: `the scheme is ${scheme}` };
  if (!schemes.has('')) return { violation: 'other' };
  return {
    unknown: `an API key goes without a scheme, and what stands behind ${scheme} may be one${because(first)}`,
  };
}

/** A value that begins with no scheme that is known. */
function judgeBare(text: Text, schemes: ReadonlySet<string>, contract: Contract): Said | undefined {
  const { parts } = text;
  const [first] = parts;
  const isToken = isJwt(parts) || isAnsweredToken(parts);
  if (isToken && schemes.has('bearer')) return { violation: 'bare' };
  if (!first) return undefined;
  if (schemes.has('')) {
    if (!isToken && ('literal' in first || isKey(parts, text, contract)))
      return { satisfied: 'the API key is sent without a scheme' };
  } else if (classOf(parts, contract) === 'secret') return { violation: 'bare' };
  return { unknown: `the scheme of Authorization is not known${because(first)}` };
}

/** Schemes behind which tokens are sent; one may hold an API key by mistake. */
const TOKEN_SCHEMES: ReadonlySet<string> = new Set(['bearer', 'jwt']);

interface ParsedValue {
  /** In lower case; '' where the value begins with none. */
  readonly scheme: string;
  /** Whether something stands between the scheme and the credential. */
  readonly space: boolean;
  readonly credential: Parts;
}

function partsOf({ parts }: Text): ParsedValue {
  const [first, ...rest] = parts;
  const head = first && 'literal' in first ? first.literal : '';
  const { scheme } = splitScheme(head);
  const behind = head.slice(scheme.length);
  return {
    scheme: scheme.trim().toLowerCase(),
    space: /\s$/.test(scheme),
    credential: behind === '' ? rest : [{ literal: behind }, ...rest],
  };
}

/** A JSON Web Token, which no API key is: base64 of `{"`, and two dots. */
function isJwt(parts: Parts): boolean {
  return /^eyJ[\w-]*\.[\w-]*\./.test(literalOf({ parts, trace: [], names: [] }) ?? '');
}

/** A token as a token endpoint answers it, without its scheme (RFC 6749, 5.1). */
function isAnsweredToken([first, ...rest]: Parts): boolean {
  if (!first || !('unknown' in first) || rest.length > 0) return false;
  return first.unknown.from === 'response' && first.unknown.names[0] === 'access_token';
}

/** Whether a credential is known to be an API key: by what is written there, or by the first of its names that tells. */
function isKey(parts: Parts, { names }: Text, contract: Contract): boolean {
  const [only, ...more] = parts;
  if (!only || more.length > 0 || isJwt(parts)) return false;
  if ('literal' in only) {
    const found = classOf(parts, contract);
    return found === 'sample' || found === 'secret' || KEY_NAME.test(only.literal);
  }
  const telling = [...only.unknown.names, ...names].find(
    (name) => KEY_NAME.test(name) || TOKEN_NAME.test(name),
  );
  return telling !== undefined && !TOKEN_NAME.test(telling);
}

const KEY_NAME = /api[-_ ]?key/i;
const TOKEN_NAME = /token|jwt|bearer|session/i;

function classOf(parts: Parts, contract: Contract) {
  const [first] = parts;
  return classifySecret(first && 'literal' in first ? first.literal : '', contract);
}

function because(part: TextPart): string {
  return 'unknown' in part ? `: ${part.unknown.reason}` : '';
}

function wantedBy(schemes: ReadonlySet<string>): string {
  const wanted = [
    ...(schemes.has('') ? ['the API key alone'] : []),
    ...(schemes.has('bearer') ? ['`Bearer` and the token'] : []),
    ...(schemes.has('basic') ? ['`Basic` and the credentials in base64'] : []),
  ];
  return wanted.join(', or ');
}
