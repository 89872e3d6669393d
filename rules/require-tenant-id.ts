import type { Endpoint } from '../src/contracts/contract.ts';
import { knownHeaders, misnamed } from '../src/contracts/match.ts';
import { defineRule } from '../src/lint/rule.ts';
import { printAnswer } from '../src/lint/words.ts';
import { fieldOf, type Presence, type Request } from '../src/request.ts';

export default defineRule({
  id: 'require-tenant-id',
  severity: 'error',
  summary: 'With several tenants: a call that does not name its tenant where the service cannot infer it',
  messages: {
    missing:
      '{service} rejects this call{answer}: {header} is not sent, and with several tenants {operation} does not tell which one is meant. Send {value}.',
    body: '{service} rejects this call{answer}: {header} is not sent, and the field {field} of the body does not replace it. Send {value} in the header too.',
    forbidden:
      '{service} rejects {operation} with {header}{answer}: it goes over all tenants. Leave the header out.',
  },
  check({ request, contract, endpoint, multiTenant, report }) {
    const { tenancy } = contract;
    const clause = knownHeaders(contract).find(({ name }) => name === tenancy?.header);
    if (!multiTenant || !tenancy || !clause || !endpoint?.tenant) return;
    const { presence, reason, trace } = fieldOf(request.headers, clause.name);
    const data = {
      service: contract.title,
      header: clause.display,
      operation: `${endpoint.method} ${endpoint.path}`,
      value: clause.value,
      field: tenancy.field,
    };
    const isForbidden = endpoint.tenant === 'forbidden';
    const need = isForbidden ? 'always' : needOf(endpoint, request);
    if (need === 'never' || presence === (isForbidden ? 'never' : 'always'))
      return report.satisfied(
        `${clause.display} is ${presence === 'always' ? 'sent' : 'not sent, and not needed'}`,
      );
    if (presence === 'sometimes' || presence === 'unknown')
      return report.unknown(
        `${clause.display} may be sent or not${reason === undefined ? '' : `: ${reason}`}`,
      );
    if (isForbidden)
      return report.violation(
        'forbidden',
        { ...data, answer: printAnswer(tenancy.forbidden) },
        { trace, subject: clause.name },
      );
    // Under a mistyped name it is sent, and header-format says so.
    if (misnamed(clause, request, contract)) return;
    if (need !== 'always')
      return report.unknown(
        `${clause.display} is needed with ${endpoint.tenantWith?.join(', ')}, which may be sent or not`,
      );
    const inBody = fieldOf(request.body.fields, tenancy.field).presence === 'always';
    report.violation(
      inBody ? 'body' : 'missing',
      { ...data, answer: printAnswer(tenancy.missing) },
      { subject: clause.name },
    );
  },
});

/** Whether the call must name its tenant: as sure as one of the parameters that make it so is sent. */
function needOf({ method, tenant, tenantWith = [] }: Endpoint, { query, body }: Request): Presence {
  if (tenant === 'needed') return 'always';
  const given = tenantWith.map((name) => fieldOf(method === 'GET' ? query : body.fields, name).presence);
  return (['always', 'sometimes', 'unknown'] as const).find((each) => given.includes(each)) ?? 'never';
}
