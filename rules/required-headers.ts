import type { HeaderClause } from '../src/contracts/contract.ts';
import { authorizationMayBeCookie, misnamed, requiredHeaders } from '../src/contracts/match.ts';
import { defineRule, printAnswer } from '../src/lint/rule.ts';
import { type Field, fieldOf } from '../src/request.ts';

export default defineRule({
  id: 'required-headers',
  severity: 'error',
  summary: 'A header that the service, or this operation, requires is not sent',
  messages: {
    one: '{service} rejects this call: {headers} is not sent{answer}. Send {values}.',
    misnamed:
      '{service} rejects this call: {headers} is not sent{answer}, only {sent}, which it does not read. Rename that header to {headers}.',
    several: '{service} rejects this call: {headers} are not sent. Send {values}.',
  },
  check({ request, contract, endpoint, retired, report }) {
    const required = requiredHeaders(contract, endpoint);
    if (!required) {
      // A withdrawn operation is known, and asks for nothing any more.
      if (!retired) report.unknown(`the operation is not known, and those of ${contract.title} differ`);
      return;
    }
    const missing: Missing[] = [];
    for (const clause of required) {
      const instead = misnamed(clause, request, contract);
      const sent = fieldOf(request.headers, clause.name);
      const because = sent.reason === undefined ? '' : `: ${sent.reason}`;
      if (sent.presence === 'always') report.satisfied(`${clause.display} is sent`);
      else if (sent.presence === 'sometimes')
        report.unknown(`only some paths send ${clause.display}${because}`);
      else if (sent.presence === 'unknown') report.unknown(`${clause.display} may be sent or not${because}`);
      else if (!instead && clause.name === 'authorization' && endpoint && authorizationMayBeCookie(endpoint))
        report.unknown('Authorization is not sent, but the access_token cookie may stand in for it');
      else missing.push({ clause, instead });
    }
    const [first] = missing;
    if (!first) return;
    const subject = missing.map(({ clause }) => clause.name).join(' ');
    const service = contract.title;
    if (missing.length === 1) {
      const { clause, instead } = first;
      const data = {
        service,
        headers: clause.display,
        answer: printAnswer(clause.answer),
        values: clause.value,
      };
      if (instead)
        report.violation(
          'misnamed',
          { ...data, sent: instead.name },
          { subject, trace: instead.trace, ofHeaders: true },
        );
      else report.violation('one', data, { subject, ofHeaders: true });
    } else {
      const headers = list(missing.map(({ clause }) => clause.display + printAnswer(clause.answer)));
      report.violation(
        'several',
        { service, headers, values: list(missing.map(valueFor)) },
        { subject, ofHeaders: true },
      );
    }
  },
});

interface Missing {
  readonly clause: HeaderClause;
  /** What is sent in its place. */
  readonly instead: Field | undefined;
}

/** `your client id as x-api-key (now x-apikey)`. */
function valueFor({ clause, instead }: Missing): string {
  return `${clause.value} as ${clause.display}${instead ? ` (now ${instead.name})` : ''}`;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
