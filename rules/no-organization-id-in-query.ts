import { defineRule } from '../src/lint/rule.ts';
import { fieldOf } from '../src/request.ts';

export default defineRule({
  id: 'no-organization-id-in-query',
  severity: 'error',
  summary: 'The organization id as a query parameter, where the service now reads it from a header',
  messages: {
    always: '{service} rejects the query parameter {name} on {path}{since}. Send {replacement} instead.',
    sometimes:
      '{service} rejects the query parameter {name} on {path}{since}, and some paths of the code still send it. Send {replacement} instead.',
  },
  check({ request, contract, endpoint, report }) {
    if (!endpoint) return;
    for (const retired of contract.retiredQuery) {
      if (!retired.methods.includes(endpoint.method) || !retired.paths.includes(endpoint.path)) continue;
      const sent = fieldOf(request.query, retired.name);
      if (sent.presence === 'never') {
        report.satisfied(`${retired.name} is not in the query`);
      } else if (sent.presence === 'unknown') {
        report.unknown(
          `whether ${retired.name} is in the query is not known: ${sent.reason ?? 'no reason given'}`,
        );
      } else {
        report.violation(
          sent.presence,
          {
            service: contract.title,
            name: retired.name,
            path: endpoint.path,
            replacement: retired.replacement,
          },
          {
            trace: sent.trace,
            calendar: retired,
            subject: retired.name,
            change: retired.header ? { move: { query: retired.name }, toHeader: retired.header } : undefined,
          },
        );
      }
    }
  },
});
