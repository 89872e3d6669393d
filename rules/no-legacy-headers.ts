import { knownHeaders } from '../src/contracts/match.ts';
import { isRightFor } from '../src/lint/right-value.ts';
import { defineRule } from '../src/lint/rule.ts';
import { fieldOf } from '../src/request.ts';

export default defineRule({
  id: 'no-legacy-headers',
  severity: 'error',
  summary: 'A header that the service has replaced by another',
  messages: {
    always: '{service} has replaced the header {header} by {by}. {note}',
    sometimes: '{service} has replaced the header {header} by {by}, and some paths still send it. {note}',
  },
  check({ request, contract, endpoint, report }) {
    for (const legacy of contract.legacyHeaders) {
      const sent = fieldOf(request.headers, legacy.name);
      if (sent.presence === 'never') {
        report.satisfied(`${legacy.display} is not sent`);
      } else if (sent.presence === 'unknown') {
        report.unknown(`whether ${legacy.display} is sent is not known: ${sent.reason ?? 'no reason given'}`);
      } else {
        const by = knownHeaders(contract).find(({ display }) => display === legacy.replacedBy);
        const isRename =
          by &&
          fieldOf(request.headers, by.name).presence === 'never' &&
          isRightFor(by, sent, contract, endpoint);
        report.violation(
          sent.presence,
          { service: contract.title, header: legacy.display, by: legacy.replacedBy, note: legacy.note },
          {
            trace: sent.trace,
            calendar: legacy,
            subject: legacy.name,
            ofHeaders: true,
            change: isRename ? { rename: 'header', name: legacy.name, to: by.display } : undefined,
          },
        );
      }
    }
  },
});
