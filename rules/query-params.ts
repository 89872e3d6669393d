import type {
  Answer,
  DependentParameter,
  Endpoint,
  ExactlyOneParameter,
  QueryClause,
  RenamedParameter,
  SignedParameter,
} from '../src/contracts/contract.ts';
import { defineRule, type RuleContext } from '../src/lint/rule.ts';
import { list, printAnswer } from '../src/lint/words.ts';
import { type Field, fieldOf } from '../src/request.ts';

type Context = RuleContext<'missing' | 'renamed' | 'none' | 'several' | 'alone' | 'space'>;

export default defineRule({
  id: 'query-params',
  severity: 'error',
  summary:
    'A query parameter that the operation requires is missing, or one is sent in a way that it does not take',
  messages: {
    missing:
      '{service} rejects this call: {names} {are} not in the query of {operation}{answer}. Send {them}.',
    renamed:
      '{service} no longer takes the query parameter {name} on {operation}{since}; it is {to} now. Send {to} instead.',
    none: '{service} rejects this call: the query of {operation} has none of {names}{answer}. Send exactly one of them.',
    several:
      '{service} rejects this call: the query of {operation} has {names}{answer}. Send exactly one of them.',
    alone:
      '{service} rejects this call: {names} in the query of {operation} {need} {needs}{answer}. Send {needs} too.',
    space:
      '{service} reads the value of {name} as `{read}`: a + in the query of a URL is a space. Write %2B, or let URLSearchParams encode it.',
  },
  check(context) {
    const { contract, endpoint } = context;
    if (!endpoint) return;
    checkRequired(context, endpoint);
    for (const clause of contract.queryClauses.filter((each) => appliesTo(each, endpoint))) {
      if (clause.kind === 'renamed') checkRenamed(context, endpoint, clause);
      else if (clause.kind === 'exactly-one') checkExactlyOne(context, endpoint, clause);
      else if (clause.kind === 'dependent') checkDependent(context, endpoint, clause);
      else checkSigned(context, clause);
    }
  },
});

function appliesTo(clause: QueryClause, endpoint: Endpoint): boolean {
  if (clause.operations) return clause.operations.includes(nameOf(endpoint));
  return parametersOf(clause).every((name) => endpoint.query?.some((each) => each.name === name));
}

function parametersOf(clause: QueryClause): readonly string[] {
  if (clause.kind === 'renamed') return [clause.to];
  if (clause.kind === 'signed') return [clause.name];
  return clause.kind === 'dependent' ? [...clause.names, clause.needs] : clause.names;
}

function checkRequired({ request, contract, report }: Context, endpoint: Endpoint): void {
  const required = (endpoint.query ?? []).filter((each) => each.required).map(({ name }) => name);
  const missing = required.filter((name) => {
    const sent = fieldOf(request.query, name);
    if (sent.presence === 'always') report.satisfied(`${name} is in the query`);
    else if (sent.presence !== 'never') report.unknown(whether(sent));
    return sent.presence === 'never';
  });
  if (missing.length === 0) return;
  const [are, them] = missing.length === 1 ? ['is', 'it'] : ['are', 'them'];
  report.violation('missing', {
    ...clauseData(contract.title, endpoint, contract.queryAnswer),
    names: list(missing),
    are,
    them,
  });
}

function checkRenamed(
  { request, contract, report }: Context,
  endpoint: Endpoint,
  clause: RenamedParameter,
): void {
  const { name, to } = clause;
  const sent = fieldOf(request.query, name);
  // Who sends both names is on the way from one to the other, or serves two versions.
  if (sent.presence === 'never' || fieldOf(request.query, to).presence === 'always')
    report.satisfied(`${name} is not in the query, or ${to} is`);
  else if (sent.presence === 'unknown') report.unknown(whether(sent));
  else {
    const data = { service: contract.title, operation: nameOf(endpoint), name, to };
    const change = { rename: 'query', name, to } as const;
    report.violation('renamed', data, { trace: sent.trace, calendar: clause, subject: name, change });
  }
}

function checkExactlyOne(
  { request, contract, report }: Context,
  endpoint: Endpoint,
  clause: ExactlyOneParameter,
): void {
  const fields = clause.names.map((name) => fieldOf(request.query, name));
  const sent = fields.filter(isSent);
  const unclear = fields.find((field) => field.presence !== 'never' && !isSent(field));
  const data = clauseData(contract.title, endpoint, clause.answer);
  if (sent.length > 1) {
    const trace = sent.flatMap((each) => each.trace);
    report.violation('several', { ...data, names: list(sent.map(({ name }) => name)) }, { trace });
  } else if (unclear) report.unknown(whether(unclear));
  else if (sent.length === 0) report.violation('none', { ...data, names: list(clause.names) });
  else report.satisfied(`exactly one of ${list(clause.names)} is in the query`);
}

/** Always, with a value: what is undefined many clients leave out. */
function isSent({ presence, values, inUrl }: Field): boolean {
  return (
    presence === 'always' &&
    values.every(({ parts }) => (inUrl ? parts.length > 0 : parts.some((part) => 'literal' in part)))
  );
}

function checkDependent(
  { request, contract, report }: Context,
  endpoint: Endpoint,
  clause: DependentParameter,
): void {
  const needed = fieldOf(request.query, clause.needs);
  const fields = clause.names.map((name) => fieldOf(request.query, name));
  const sent = fields.filter(({ presence }) => presence === 'always' || presence === 'sometimes');
  const unclear = fields.find(({ presence }) => presence === 'unknown');
  if (needed.presence === 'always') report.satisfied(`${clause.needs} is in the query`);
  else if (sent.length > 0 && needed.presence === 'never') {
    const names = list(sent.map(({ name }) => name));
    const need = sent.length === 1 ? 'needs' : 'need';
    const data = { ...clauseData(contract.title, endpoint, clause.answer), names, need, needs: clause.needs };
    report.violation('alone', data, {
      trace: sent.flatMap((each) => each.trace),
      subject: `${names} ${clause.needs}`,
    });
  } else if (sent.length > 0) report.unknown(whether(needed));
  else if (unclear) report.unknown(whether(unclear));
  else report.satisfied(`${list(clause.names)} need no ${clause.needs}, for they are not sent`);
}

function checkSigned({ request, contract, report }: Context, { name }: SignedParameter): void {
  const { inUrl, values, trace } = fieldOf(request.query, name);
  for (const { parts } of inUrl ? values : []) {
    const [first] = parts;
    if (!first || !('literal' in first) || !first.literal.startsWith('+')) continue;
    const read = ` ${first.literal.slice(1)}${parts.length > 1 ? '…' : ''}`;
    report.violation(
      'space',
      { service: contract.title, name, read },
      { trace, severity: 'warn', subject: name, change: { encodePlus: name } },
    );
  }
}

function clauseData(service: string, endpoint: Endpoint, answer: Answer | undefined) {
  return { service, operation: nameOf(endpoint), answer: printAnswer(answer) };
}

function nameOf({ method, path }: Endpoint): string {
  return `${method} ${path}`;
}

function whether({ name, presence, reason = 'its value is not known' }: Field): string {
  return presence === 'sometimes'
    ? `only some paths have ${name} in the query: ${reason}`
    : `whether ${name} is in the query is not known: ${reason}`;
}
