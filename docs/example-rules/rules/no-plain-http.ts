import { defineRule } from 'fusionlint';

export default defineRule({
  id: 'no-plain-http',
  severity: 'error',
  summary: 'A call to a service over http, where everybody on the way can read it',
  messages: {
    plain:
      '{service} is called over http, so everybody on the way can read the credentials. Call https://{host}.',
  },
  check({ request, contract, report }) {
    const [start] = request.url.parts;
    if (!start || 'unknown' in start || typeof request.host !== 'string') {
      report.unknown('how the URL starts is not known');
    } else if (/^https:/i.test(start.literal)) {
      report.satisfied('the URL starts with https');
    } else if (!/^(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(request.host)) {
      report.violation(
        'plain',
        { service: contract.title, host: request.host },
        { trace: request.url.trace },
      );
    }
  },
});
