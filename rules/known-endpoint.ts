import type { Endpoint, Listing } from '../src/contracts/contract.ts';
import { defineRule } from '../src/lint/rule.ts';
import { list, printAnswer } from '../src/lint/words.ts';

export default defineRule({
  id: 'known-endpoint',
  // The vendor's list may be older than the service that the code talks to.
  severity: 'warn',
  summary: 'No operation that the vendor lists has this method and path',
  messages: {
    method:
      '{service} has no {operation}: the path takes {methods} only{answer}. Send one of these, or correct the path. {source}',
    near: '{service} has no operation {operation}. Correct it: the nearest one is {nearest}. {source}',
    none: '{service} has no operation {operation}, nor one near it. Look for the right one in {docs}. {source}',
  },
  check({ request, contract, confidence, endpoint, retired, retiredLibrary, unlisted, report }) {
    const { listing } = contract;
    // Withdrawn operations have rules of their own. A host that is only likely the service's may be another's.
    if (!listing || retired || retiredLibrary || confidence !== 'certain') return;
    const name = endpoint && `${endpoint.method} ${endpoint.path}`;
    // What several operations agree on is none of them.
    if (contract.endpoints.some((each) => `${each.method} ${each.path}` === name))
      report.satisfied(`the vendor lists ${name}`);
    else if (request.pathOpen) report.unknown('the structure of the path is not known');
    if (!unlisted) return;
    const { method, path, others, nearest } = unlisted;
    const operation = method === undefined ? path : `${method} ${path}`;
    const data = { service: contract.title, operation, source: sourceOf(listing) };
    const options = {
      trace: request.url.trace,
      subject: operation,
      ...(listing.experimental && { severity: 'warn' as const }),
    };
    if (others.length > 0)
      report.violation(
        'method',
        { ...data, methods: methodsOf(others), answer: printAnswer(listing.wrongMethod) },
        options,
      );
    else if (nearest)
      report.violation('near', { ...data, nearest: `${nearest.method} ${nearest.path}` }, options);
    else report.violation('none', { ...data, docs: listing.docs }, options);
  },
});

function methodsOf(endpoints: readonly Endpoint[]): string {
  return list([...new Set(endpoints.map(({ method }) => method))].sort());
}

/** The vendor may have more by now, so the message says what was asked. */
function sourceOf({ source, experimental }: Listing): string {
  return `As listed in ${source}${experimental ? '; the API is experimental, so there may be more by now' : ''}.`;
}
