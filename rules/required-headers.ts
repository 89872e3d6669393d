import type { HeaderClause } from '../src/contracts/contract.ts';
import { authorizationMayBeCookie, requiredHeaders } from '../src/contracts/match.ts';
import { defineRule } from '../src/lint/rule.ts';
import { fieldOf } from '../src/request.ts';

export default defineRule({
  id: 'required-headers',
  severity: 'error',
  summary: 'A header that the service, or this operation, requires is not sent',
  messages: {
    one: '{service} rejects this call: {headers} is not sent{answer}. Send {values}.',
    several: '{service} rejects this call: {headers} are not sent. Send {values}.',
  },
  check({ request, contract, endpoint, retired, report }) {
    const required = requiredHeaders(contract, endpoint);
    if (!required) {
      // A withdrawn operation is known, and asks for nothing any more.
      if (!retired) report.unknown(`the operation is not known, and those of ${contract.title} differ`);
      return;
    }
    const missing: HeaderClause[] = [];
    for (const clause of required) {
      const sent = fieldOf(request.headers, clause.name);
      const because = sent.reason === undefined ? '' : `: ${sent.reason}`;
      if (sent.presence === 'always') report.satisfied(`${clause.display} is sent`);
      else if (sent.presence === 'sometimes')
        report.unknown(`only some paths send ${clause.display}${because}`);
      else if (sent.presence === 'unknown') report.unknown(`${clause.display} may be sent or not${because}`);
      else if (clause.name === 'authorization' && endpoint && authorizationMayBeCookie(endpoint))
        report.unknown('Authorization is not sent, but the access_token cookie may stand in for it');
      else missing.push(clause);
    }
    const [first] = missing;
    if (!first) return;
    const subject = missing.map((clause) => clause.name).join(' ');
    const service = contract.title;
    if (missing.length === 1) {
      const data = { service, headers: first.display, answer: answerOf(first), values: first.value };
      report.violation('one', data, { subject });
    } else {
      const headers = list(missing.map((clause) => clause.display + answerOf(clause)));
      const values = list(missing.map((clause) => `${clause.value} as ${clause.display}`));
      report.violation('several', { service, headers, values }, { subject });
    }
  },
});

/** ` (403, error 403000)`; '' when the vendor does not say. */
function answerOf({ answer }: HeaderClause): string {
  if (!answer) return '';
  return answer.code === undefined ? ` (${answer.status})` : ` (${answer.status}, error ${answer.code})`;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
