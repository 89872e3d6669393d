import { choice, literalText, MAX_ALTERNATIVES, optionsOf, text, type Value } from '../value.ts';
import type { Method } from './natives.ts';

/** What a value is when the code tells all of it. */
export type Known = string | number | boolean | null | undefined;

/** The text, number or other primitive that a value is known to be; undefined when it is not known. */
export function knownOf(value: Value | undefined): { readonly is: Known } | undefined {
  if (!value) return { is: undefined };
  if (value.kind === 'primitive') return { is: value.value };
  const literal = literalText(value);
  return literal === undefined ? undefined : { is: literal };
}

/** The number that a value is known to be. */
export function numberOf(value: Value | undefined): number | undefined {
  return value?.kind === 'primitive' && typeof value.value === 'number' ? value.value : undefined;
}

export function valueFrom(known: Known, from?: Value): Value {
  if (typeof known === 'string') return text(known, from?.trace);
  return { kind: 'primitive', value: known, trace: from?.trace };
}

/** Every combination of the alternatives; undefined when they are too many. */
function combinations(values: readonly Value[]): Value[][] | undefined {
  let found: Value[][] = [[]];
  for (const value of values) {
    found = found.flatMap((before) => optionsOf(value).map((option) => [...before, option]));
    if (found.length > MAX_ALTERNATIVES) return undefined;
  }
  return found;
}

/** Applies what takes single values to each combination of alternatives; undefined where it can't tell. */
export function combined(
  values: readonly Value[],
  apply: (values: readonly Value[]) => Value | undefined,
): Value | undefined {
  const results = combinations(values)?.map(apply);
  if (!results?.every((result) => result !== undefined)) return undefined;
  return choice(results);
}

/** A function of known values alone is what it computes; undefined when one is not known. */
export function computed(
  values: readonly Value[],
  compute: (...known: Known[]) => Known,
  from?: Value,
): Value | undefined {
  return combined(values, (options) => {
    const known = options.map(knownOf);
    if (!known.every((each) => each !== undefined)) return undefined;
    try {
      return valueFrom(compute(...known.map((each) => each.is)), from);
    } catch {
      return undefined;
    }
  });
}

/** A method that is a function of the known text and its known arguments; else what `otherwise` says. */
export function literally(compute: (self: string, ...args: Known[]) => Known, otherwise?: Method): Method {
  return (evaluator, self, args, site) =>
    computed([self, ...args], (literal, ...known) => compute(String(literal), ...known), self) ??
    otherwise?.(evaluator, self, args, site);
}
