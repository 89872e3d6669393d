import { defineRule } from '../src/lint/rule.ts';

export default defineRule({
  id: 'no-retired-endpoints',
  severity: 'error',
  summary: 'An operation, or a library for it, that the service has withdrawn',
  messages: {
    endpoint: '{service} rejects {what}{since}. Use {replacement} instead. {note}',
    library: '{what} calls what {service} rejects{since}. Use {replacement} instead. {note}',
  },
  check({ request, contract, retired, retiredLibrary, report }) {
    const service = contract.title;
    if (retiredLibrary) {
      const { package: what, replacement, note } = retiredLibrary;
      report.violation(
        'library',
        { service, what, replacement, note },
        { calendar: retiredLibrary, subject: what },
      );
      return;
    }
    if (retired?.kind === 'retired') {
      const { path, replacement, note } = retired;
      const what = retired.method === '*' ? path : `${retired.method} ${path}`;
      report.violation(
        'endpoint',
        { service, what, replacement, note },
        { trace: request.url.trace, calendar: retired, subject: what },
      );
      return;
    }
    if (!contract.retiredEndpoints.some((each) => each.kind === 'retired')) return;
    if (request.pathOpen) report.unknown('the path of the call is not known');
    else report.satisfied('the operation is not a withdrawn one');
  },
});
