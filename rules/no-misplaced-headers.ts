import type { Contract } from '../src/contracts/contract.ts';
import { requiredHeaders } from '../src/contracts/match.ts';
import { TELLS_OF_LOST_HEADERS } from '../src/lint/lost-headers.ts';
import { defineRule } from '../src/lint/rule.ts';
import { list, printAnswer } from '../src/lint/words.ts';
import { fieldOf, literalOf, type Request } from '../src/request.ts';

export default defineRule({
  id: TELLS_OF_LOST_HEADERS,
  severity: 'error',
  summary: 'A header that the code gives the client, but not so that it is sent',
  messages: {
    one: '{headers} never reaches {service}{answer}: it stands {where}. {instead}',
    several: '{headers} never reach {service}: they stand {where}. {instead}',
    dropped:
      '{headers} never reaches {service}{answer}: it has no value here, and {client} then sends nothing, not even a default. Give it one, or leave the name out.',
    text: '{headers} goes to {service} as the text `{value}`: the code has no value for it here. Give it one.',
  },
  check({ request, contract, endpoint, report }) {
    const { headers, client } = request;
    const service = contract.title;
    const known = namesOf(contract);
    const required = new Set(requiredHeaders(contract, endpoint)?.map(({ name }) => name));
    for (const { names, where, instead, trace } of request.misplaced) {
      const wanted = names.filter((name) => known.has(name));
      const open = wanted.filter((name) => isOpen(request, name));
      const lost = wanted.filter((name) => fieldOf(headers, name).presence === 'never');
      const [first] = lost;
      if (open.length > 0)
        report.unknown(
          `${list(open)} stand${open.length === 1 ? 's' : ''} ${where}, and may be sent otherwise: ${headers.open ?? 'on some paths'}`,
        );
      if (first === undefined) continue;
      const data = { service, where, instead };
      const options = { trace, subject: lost.join(' ') };
      if (lost.length === 1)
        report.violation(
          'one',
          { ...data, headers: displayOf(contract, first), answer: answer(contract, first) },
          options,
        );
      else {
        const written = lost.map((name) => displayOf(contract, name) + answer(contract, name));
        report.violation('several', { ...data, headers: list(written) }, options);
      }
    }
    for (const { name, presence, values, trace } of headers.fields) {
      if (!known.has(name)) continue;
      const data = { service, client, headers: displayOf(contract, name), answer: answer(contract, name) };
      const texts = values.map((value) => literalOf(value) ?? '');
      // Where the service does not ask for it, a default is left out on purpose.
      if (presence === 'never' && required.has(name))
        report.violation('dropped', data, { trace, subject: `dropped ${name}` });
      else if (presence === 'always' && texts.length > 0 && texts.every((text) => NOTHING.test(text)))
        // Code that is not seen may still fill it.
        report.violation(
          'text',
          { ...data, value: texts[0] ?? '' },
          { trace, severity: 'warn', subject: `text ${name}` },
        );
      else if (presence === 'always') report.satisfied(`${displayOf(contract, name)} is sent as a header`);
    }
  },
});

/** What `undefined` becomes in a text. `null` is left alone: it stands for what another file fills later. */
const NOTHING = /^(?:\S+ )?undefined$/;

/** The headers that mean something to the service; of others it is not known what they are for. */
function namesOf({ headers, ownHeaders, legacyHeaders }: Contract): ReadonlySet<string> {
  return new Set(['authorization', ...ownHeaders, ...[...headers, ...legacyHeaders].map(({ name }) => name)]);
}

function isOpen({ headers }: Request, name: string): boolean {
  const { presence } = fieldOf(headers, name);
  return presence === 'unknown' || presence === 'sometimes';
}

function displayOf({ headers, legacyHeaders }: Contract, name: string): string {
  const clause = [...headers, ...legacyHeaders].find((each) => each.name === name);
  return clause?.display ?? (name === 'authorization' ? 'Authorization' : name);
}

function answer({ headers }: Contract, name: string): string {
  const clause = headers.find((each) => each.name === name);
  return printAnswer(clause?.answer);
}
