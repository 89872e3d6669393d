import type { Contract, HeaderClause } from '../src/contracts/contract.ts';
import { authorizationMayBeCookie, misnamed, requiredHeaders } from '../src/contracts/match.ts';
import { lostHeaders, TELLS_OF_LOST_HEADERS } from '../src/lint/lost-headers.ts';
import { isRightFor } from '../src/lint/right-value.ts';
import { defineRule, type Report, type ViolationOptions } from '../src/lint/rule.ts';
import { list, printAnswer } from '../src/lint/words.ts';
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
      const { title, complete } = contract;
      const why = complete
        ? `is none that is known of ${title}`
        : `is not known, and those of ${title} differ`;
      if (!retired) report.unknown(`the operation ${why}`);
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
    // Where the code gives a header in vain, to say so says more than that it is not sent.
    const lost = lostHeaders(request);
    const given = missing.filter(({ clause }) => lost.has(clause.name));
    say(contract, given, report, { toldBy: TELLS_OF_LOST_HEADERS });
    const rest = missing.filter((each) => !given.includes(each));
    const [only] = rest;
    const isRename =
      rest.length === 1 && only?.instead && isRightFor(only.clause, only.instead, contract, endpoint);
    const change = isRename
      ? ({ rename: 'header', name: only.instead.name, to: only.clause.display } as const)
      : undefined;
    say(contract, rest, report, { change });
  },
});

function say(
  { title: service }: Contract,
  missing: readonly Missing[],
  report: Report<'one' | 'misnamed' | 'several'>,
  more: ViolationOptions = {},
): void {
  const [first] = missing;
  if (!first) return;
  const options = { ...more, subject: missing.map(({ clause }) => clause.name).join(' '), ofHeaders: true };
  if (missing.length > 1) {
    const headers = list(missing.map(({ clause }) => clause.display + printAnswer(clause.answer)));
    report.violation('several', { service, headers, values: list(missing.map(valueFor)) }, options);
    return;
  }
  const { clause, instead } = first;
  const data = {
    service,
    headers: clause.display,
    answer: printAnswer(clause.answer),
    values: clause.value,
  };
  if (instead)
    report.violation('misnamed', { ...data, sent: instead.name }, { ...options, trace: instead.trace });
  else report.violation('one', data, options);
}

interface Missing {
  readonly clause: HeaderClause;
  /** What is sent in its place. */
  readonly instead: Field | undefined;
}

/** `your client id as x-api-key (now x-apikey)`. */
function valueFor({ clause, instead }: Missing): string {
  return `${clause.value} as ${clause.display}${instead ? ` (now ${instead.name})` : ''}`;
}
