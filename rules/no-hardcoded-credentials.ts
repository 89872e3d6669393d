import type { Contract, CredentialPosition } from '../src/contracts/contract.ts';
import { knownHeaders } from '../src/contracts/match.ts';
import { maskSecret } from '../src/lint/mask.ts';
import { defineRule } from '../src/lint/rule.ts';
import { classifySecret, credentialField, isPublicId, splitScheme } from '../src/lint/secrets.ts';
import { literalOf, type Text } from '../src/request.ts';

type Kind = 'secret' | 'sample' | 'public';

export default defineRule({
  id: 'no-hardcoded-credentials',
  severity: 'error',
  summary: 'An API key, client secret, token or password that stands in the code',
  messages: {
    secret:
      'The {what} for {service} stands in the code ({masked}); whoever can read the code can use it. Read it from the environment or a secret store, and replace this one at the service.',
    shipped:
      'The {what} for {service} stands in code that ships to browsers, as {sign} shows ({masked}); whoever has the page can use it. Replace it at the service, keep the new one on a server, and let the page call that server.',
    sample:
      'The {what} for {service} is one that its documentation prints ({masked}), so everyone knows it. Read the key from the environment, and keep this one off every server that others can reach.',
    public:
      'The {what} for {service} stands in the code ({masked}). It is not secret, but it ties the code to one project; read it from the configuration.',
  },
  check({ request, contract, runtime, report }) {
    for (const position of contract.credentials) {
      const field = credentialField(request, position);
      for (const text of field?.values ?? []) {
        const value = literalOf(text) ?? '';
        const kind = kindOf(value, text, position, contract);
        if (!kind) {
          const given = position.public ? undefined : givenBy(text);
          if (given !== undefined) report.unknown(`the value of ${position.name} is not known: ${given}`);
          else if (literalOf(text) === undefined)
            report.satisfied(`the value of ${position.name} comes from outside of the code`);
          else report.satisfied(`the value of ${position.name} does not look like a credential`);
          continue;
        }
        const masked = maskSecret(value);
        const data = {
          what: isToken(value) ? 'access token' : position.what,
          service: contract.title,
          masked,
        };
        const trace = text.trace.length > 0 ? text.trace : (field?.trace ?? []);
        // The environment is no better place for what a browser gets.
        const sign = kind === 'secret' && runtime.kind === 'browser' ? runtime.sign : undefined;
        report.violation(sign ? 'shipped' : kind, sign ? { ...data, sign: sign.label } : data, {
          trace: sign && trace.length > 0 ? [sign, ...trace] : trace,
          atOrigin: true,
          subject: `${position.name} ${masked}`,
          ...(kind !== 'secret' && { severity: 'warn' as const }),
        });
      }
    }
  },
});

/** The parameter that a part of the text is, where no caller is known: a literal may be handed to it. */
function givenBy({ parts }: Text): string | undefined {
  for (const part of parts)
    if ('unknown' in part && part.unknown.from === 'parameter') return part.unknown.reason;
  return undefined;
}

/** Undefined when the value is no finding; a text with an unknown part comes in as ''. */
function kindOf(
  value: string,
  text: Text,
  position: CredentialPosition,
  contract: Contract,
): Kind | undefined {
  const clause = knownHeaders(contract).find(
    ({ name }) => position.in === 'header' && name === position.name,
  );
  // A URL in the place of a key, or whatever else cannot be the credential, is not one; header-format tells.
  if (clause?.format && !clause.format.pattern.test(splitScheme(value).credential)) return undefined;
  const found = classifySecret(value, contract);
  if (found !== 'secret' && found !== 'sample') return undefined;
  if (position.public) return CLIENT_ID.test(value) ? 'public' : undefined;
  return isPublicId(text.names) ? undefined : found;
}

/** An Adobe client id; other texts at its place are most often examples. */
const CLIENT_ID = /^[0-9a-f]{32}$/;

/** Every JSON Web Token starts with the base64 of `{"`. */
function isToken(value: string): boolean {
  return /^eyJ[\w-]+\.[\w-]+\./.test(splitScheme(value).credential);
}
