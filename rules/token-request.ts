import type { Contract, Endpoint } from '../src/contracts/contract.ts';
import { defineRule, type Report } from '../src/lint/rule.ts';
import { list } from '../src/lint/words.ts';
import { type Field, fieldOf, literalOf, type Request } from '../src/request.ts';

type Message = 'json' | 'mislabelled' | 'boundary' | 'query' | 'missing';

export default defineRule<Message>({
  id: 'token-request',
  severity: 'error',
  summary: 'A request for a token with the wrong encoding, without a parameter, or with a secret in its URL',
  messages: {
    json: '{service} reads a form at {path}, and this call sends JSON, in which it finds no parameter. Send `new URLSearchParams({ … })` as the body.',
    mislabelled:
      '{service} reads a form at {path}, and this call labels its form {type}. Leave the header Content-Type out: `new URLSearchParams({ … })` as the body brings the right one.',
    boundary:
      'This call of {service} sends FormData, which goes out as multipart, under the label {type}: nothing tells the boundary between the parts, without which {path} cannot read them. Send `new URLSearchParams({ … })` as the body, without the header Content-Type.',
    query:
      'The {what} for {service} is in the URL of this call, and URLs are written to logs. Send {name} in the body.',
    missing:
      '{service} rejects this call: {path} needs {names} for a request like this. Send {them} in the body.',
  },
  check({ request, contract, endpoint, report }) {
    if (endpoint?.body !== 'form' || !endpoint.auth.includes('oauth-client')) return;
    checkQuery(request, contract, report);
    if (checkBody(request, contract, endpoint, report)) checkParameters(request, contract, endpoint, report);
  },
});

/** A secret belongs into the body, where the service takes it there. */
function checkQuery({ query }: Request, { credentials, title }: Contract, report: Report<Message>): void {
  for (const { name, what, in: place, public: isPublic } of credentials) {
    if (place !== 'query' || isPublic) continue;
    const sent = fieldOf(query, name);
    // A query that is not known is no sign of a secret.
    if (sent.presence === 'always' || sent.presence === 'sometimes')
      report.violation(
        'query',
        { service: title, what, name },
        { trace: sent.trace, severity: 'warn', subject: name },
      );
  }
}

/** Whether the service can read the parameters, so that it makes sense to look at them. */
function checkBody(
  { body, query, headers }: Request,
  { title: service }: Contract,
  { path }: Endpoint,
  report: Report<Message>,
): boolean {
  const { kind, fields } = body;
  // Parameters may all be in the query, beside a body that has none of them: `axios.post(url, {}, { params })`.
  const carries = fields.fields.length > 0 || fields.open !== undefined;
  const elsewhere = fieldOf(query, 'grant_type').presence === 'always';
  if (!carries || (elsewhere && fieldOf(fields, 'grant_type').presence === 'never')) return true;
  const label = fieldOf(headers, 'content-type');
  const types = label.presence === 'always' ? label.values.map((value) => literalOf(value) ?? '') : [];
  // What is written for all alternatives; one that is not known may be right.
  const labelled = (type: RegExp) => types.length > 0 && types.every((each) => type.test(each));
  const data = { service, path, type: types[0]?.split(';')[0] ?? '' };
  if (kind === 'json') report.violation('json', data, { subject: kind });
  else if (kind === 'form' && labelled(/^(?:application\/json|multipart\/form-data)/i))
    report.violation('mislabelled', data, { trace: label.trace, subject: data.type });
  else if (kind === 'multipart' && labelled(/^application\/x-www-form-urlencoded/i))
    // Nobody says what the service makes of it.
    report.violation('boundary', data, { trace: label.trace, severity: 'warn', subject: 'boundary' });
  else if (kind === 'unknown' || kind === 'text')
    report.unknown(`how the body is encoded is not known: ${fields.open ?? 'one of several'}`);
  else {
    // FormData under its own label is not what the vendors document, but what their own code sends.
    report.satisfied(kind === 'form' ? 'the body is a form' : 'the body is FormData');
    return true;
  }
  return false;
}

function checkParameters(
  request: Request,
  { title: service, grants: known = [] }: Contract,
  { path }: Endpoint,
  report: Report<Message>,
): void {
  const grants = known.filter((each) => each.path === path);
  const names = [...new Set(['grant_type', ...grants.flatMap((each) => each.parameters)])];
  // Of a body that is not seen at all, such as one that is piped in, nothing can be missing.
  const seen = names.some((name) => parameter(request, name).values.length > 0);
  if (grants.length === 0 || !seen) return;
  const types = parameter(request, 'grant_type').values.map(literalOf);
  const needed = grants
    .filter(({ grantType }) => types.length > 0 && types.every((type) => type === grantType))
    .flatMap((each) => each.parameters);
  const missing = ['grant_type', ...needed].filter((name) => {
    const { presence, reason } = parameter(request, name);
    if (presence === 'always') report.satisfied(`${name} is sent`);
    else if (presence !== 'never')
      report.unknown(`${name} may be sent or not${reason === undefined ? '' : `: ${reason}`}`);
    return presence === 'never';
  });
  if (missing.length === 0) return;
  const them = missing.length === 1 ? 'it' : 'them';
  report.violation('missing', { service, path, names: list(missing), them }, { subject: missing.join(' ') });
}

/** A parameter in the body or in the query; Authorization may carry the client's id and secret. */
function parameter({ body, query, headers }: Request, name: string): Field {
  const places = [fieldOf(body.fields, name), fieldOf(query, name)];
  const basic = fieldOf(headers, 'authorization');
  if (name.startsWith('client_')) places.push(basic);
  return (
    places.find(({ presence }) => presence === 'always') ??
    places.find(({ presence }) => presence !== 'never') ??
    fieldOf(body.fields, name)
  );
}
