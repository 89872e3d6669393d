import type { CredentialPosition } from '../src/contracts/contract.ts';
import { publicVariable } from '../src/lint/public-variables.ts';
import { defineRule } from '../src/lint/rule.ts';
import { credentialField, isPublicId, splitScheme } from '../src/lint/secrets.ts';
import { literalOf, type Text, type Trace } from '../src/request.ts';

export default defineRule({
  id: 'no-credentials-in-browser',
  severity: 'error',
  summary: "A server's API key, client secret or token in code that ships to browsers",
  messages: {
    prefix:
      'The {what} for {service} is read from {variable}, and {builder} writes variables that begin with {prefix} into the code that users get, where anyone can read it and use it. Read it on a server, under a name without the prefix, and let the page call that server.',
    place:
      'The {what} for {service} ({variable}) is sent by code that ships to browsers, as {sign} shows, where anyone can read it and use it. Make this call on a server that holds it, and let the page call that server.',
  },
  check({ request, contract, runtime, report }) {
    for (const position of contract.credentials) {
      if (position.public) continue;
      for (const text of credentialField(request, position)?.values ?? []) {
        // What is written down is for no-hardcoded-credentials to tell, wherever it is sent from.
        if (literalOf(text) !== undefined) continue;
        const what = nameOf(position, text);
        const variables = variablesOf(text);
        for (const { variable, trace } of variables) {
          const data = { what, service: contract.title, variable };
          const about = { subject: `${position.name} ${variable}` };
          const exposed = publicVariable(variable);
          if (exposed) {
            // On a server nothing is out yet: the first page that reads the variable lets it out.
            const severity = position.shippable || runtime.kind === 'server' ? 'warn' : 'error';
            report.violation(
              'prefix',
              { ...data, ...exposed },
              { ...about, trace, atOrigin: true, severity },
            );
          } else if (runtime.kind === 'browser') {
            const { sign } = runtime;
            report.violation(
              'place',
              { ...data, sign: sign.label },
              {
                ...about,
                trace: [sign, ...trace],
                // Calls of one file that share the variable are mended together.
                atOrigin: trace.at(-1)?.location.file === sign.location.file,
                severity: position.shippable ? 'warn' : 'error',
              },
            );
          } else if (runtime.kind === 'server') {
            report.satisfied(`the ${what} stays on a server (${runtime.sign.label})`);
          }
        }
        // A scheme tells of a user's own token; without one, nothing tells whose it is.
        if (variables.length === 0 && runtime.kind === 'browser' && !hasScheme(text))
          report.unknown(`where the ${what}, which a browser sends, comes from`);
      }
    }
  },
});

/** The environment variables in a value, but for those that hold a public id. */
function variablesOf({ parts, origins, trace }: Text): { variable: string; trace: Trace }[] {
  const pieces = origins ?? parts.map((part) => ({ part, trace }));
  return pieces.flatMap(({ part, trace }) => {
    if ('literal' in part || part.unknown.env === undefined || isPublicId(part.unknown.names)) return [];
    return [{ variable: part.unknown.env, trace }];
  });
}

function nameOf({ what }: CredentialPosition, text: Text): string {
  return /^bearer /i.test(schemeOf(text)) ? 'access token' : what;
}

function hasScheme(text: Text): boolean {
  return schemeOf(text) !== '';
}

function schemeOf({ parts: [first] }: Text): string {
  return first && 'literal' in first ? splitScheme(first.literal).scheme : '';
}
