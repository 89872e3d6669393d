import type { RetiredEndpoint } from '../src/contracts/contract.ts';
import { defineRule } from '../src/lint/rule.ts';
import { literalOf, type Text } from '../src/request.ts';

export default defineRule({
  id: 'no-organization-id-in-route',
  severity: 'error',
  summary: 'The organization id as a segment of the path, where the service now reads it from a header',
  messages: {
    route:
      '{service} rejects the organization id in the path {path}{since}. Call {replacement} instead. {note}',
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
        {
          trace: request.url.trace,
          calendar: retired,
          subject: retired.path,
          change: retired.header ? { move: { path: retired.path }, toHeader: retired.header } : undefined,
        },
      );
      return;
    }
    const moved = contract.retiredEndpoints.filter((each) => each.kind === 'organization-in-route');
    if (!endpoint || !moved.some((each) => withoutParameters(each) === endpoint.path)) return;
    // `/activity-logs/{what}`: it may be the word of the route, or an id.
    if (literalOf(request.path.at(-1) ?? NOTHING) !== undefined)
      report.satisfied(`the path is ${endpoint.path}`);
    else report.unknown('the last segment of the path is not known');
  },
});

const NOTHING: Text = { parts: [], trace: [], names: [] };

/** The right form of the route: the same path without the id. */
function withoutParameters(retired: RetiredEndpoint): string {
  return retired.path.replace(/\/\{[^}]*\}/g, '');
}
