import type { RetiredEndpoint } from '../src/contracts/contract.ts';
import { defineRule } from '../src/lint/rule.ts';

export default defineRule({
  id: 'no-organization-id-in-route',
  severity: 'error',
  summary: 'The organization id as a segment of the path, where the service now reads it from a header',
  messages: {
    route:
      '{service} no longer takes the organization id in the path {path}. Call {replacement} instead. {note}',
  },
  check({ request, contract, endpoint, retired, report }) {
    if (retired?.kind === 'organization-in-route') {
      report.violation(
        'route',
        {
          service: contract.title,
          path: retired.path,
          replacement: retired.replacement,
          note: retired.note,
        },
        { trace: request.url.trace, calendar: retired, subject: retired.path },
      );
      return;
    }
    const moved = contract.retiredEndpoints.filter((each) => each.kind === 'organization-in-route');
    if (endpoint && moved.some((each) => withoutParameters(each) === endpoint.path)) report.satisfied();
  },
});

/** The right form of the route: the same path without the id. */
function withoutParameters(retired: RetiredEndpoint): string {
  return retired.path.replace(/\/\{[^}]*\}/g, '');
}
