import type { Contract, Endpoint, HeaderClause } from '../contracts/contract.ts';
import { schemesOf } from '../contracts/match.ts';
import { type Field, literalOf, type Text } from '../request.ts';
import { splitScheme } from './secrets.ts';

/**
 * Whether what a header sends under a wrong name is certainly right under the name of the clause, so that a
 * rename is all it takes. What is not known is right only behind a misspelling: who wrote `x-organisation-id`
 * meant the header, who wrote `x-org-id` may mean another id.
 */
export function isRightFor(
  clause: HeaderClause,
  { name, values }: Field,
  contract: Contract,
  endpoint: Endpoint | undefined,
): boolean {
  const isReplaced = contract.legacyHeaders.some((each) => each.name === name);
  const isMisspelt = !isReplaced && clause.mistakenNames?.includes(name) !== true;
  return values.every((text) => {
    if (clause.name === 'authorization') {
      const scheme = schemeOf(text);
      return scheme === undefined ? isMisspelt : schemesOf(contract, endpoint).has(scheme);
    }
    const value = literalOf(text);
    if (value === undefined || !clause.format) return isMisspelt;
    return clause.format.pattern.test(value);
  });
}

/** Lower-case, '' for none; undefined where the value begins with what is not known. */
function schemeOf({ parts: [first] }: Text): string | undefined {
  return first && 'literal' in first ? splitScheme(first.literal).scheme.trim().toLowerCase() : undefined;
}
