import { ts } from '../syntax/ts.ts';
import { combined, computed, type Known, knownOf } from './natives/known.ts';
import { unknown, type Value } from './value.ts';

/** What operators make of values that are known. */
const OPERATORS: Readonly<Record<number, (a: number | string, b: number | string) => Known>> = {
  [ts.SyntaxKind.PlusToken]: (a, b) => Number(a) + Number(b),
  [ts.SyntaxKind.MinusToken]: (a, b) => Number(a) - Number(b),
  [ts.SyntaxKind.AsteriskToken]: (a, b) => Number(a) * Number(b),
  [ts.SyntaxKind.SlashToken]: (a, b) => Number(a) / Number(b),
  [ts.SyntaxKind.PercentToken]: (a, b) => Number(a) % Number(b),
  [ts.SyntaxKind.LessThanToken]: (a, b) => a < b,
  [ts.SyntaxKind.LessThanEqualsToken]: (a, b) => a <= b,
  [ts.SyntaxKind.GreaterThanToken]: (a, b) => a > b,
  [ts.SyntaxKind.GreaterThanEqualsToken]: (a, b) => a >= b,
};

/** A calculation or comparison of known numbers and texts; undefined where it can't be done. */
export function calculated(kind: ts.SyntaxKind, left: Value, right: Value): Value | undefined {
  const operator = OPERATORS[kind];
  if (!operator) return undefined;
  return computed([left, right], (a, b) => {
    if (!isOrdered(a) || !isOrdered(b)) throw new TypeError('not ordered');
    return operator(a, b);
  });
}

function isOrdered(known: Known): known is number | string {
  return typeof known === 'number' || typeof known === 'string';
}

/** `-n`, `+text`, `~text.indexOf('?')`. */
export function signed(operator: ts.PrefixUnaryOperator, operand: Value): Value | undefined {
  switch (operator) {
    case ts.SyntaxKind.MinusToken:
      return computed([operand], (it) => -Number(it));
    case ts.SyntaxKind.PlusToken:
      return computed([operand], (it) => Number(it));
    case ts.SyntaxKind.TildeToken:
      return computed([operand], (it) => ~Number(it));
    default:
      return undefined;
  }
}

/** `===`, `==` and their opposites (`same` false). */
export function equality(node: ts.BinaryExpression, left: Value, right: Value, same: boolean): Value {
  const { kind } = node.operatorToken;
  const loose = kind === ts.SyntaxKind.EqualsEqualsToken || kind === ts.SyntaxKind.ExclamationEqualsToken;
  return (
    combined([left, right], ([a, b]) => {
      const equal = a && b && areEqual(a, b, loose);
      return equal === undefined ? undefined : { kind: 'primitive', value: equal === same };
    }) ?? unknown('a condition', 'condition', { node })
  );
}

/** Kinds that are no primitive and no text, whatever they hold. */
const OBJECTS: ReadonlySet<Value['kind']> = new Set([
  'object',
  'array',
  'function',
  'class',
  'instance',
  'native',
]);

function areEqual(a: Value, b: Value, loose: boolean): boolean | undefined {
  const [known, other] = [knownOf(a), knownOf(b)];
  if (known && other)
    // biome-ignore lint/suspicious/noDoubleEquals: the code that is read compares so
    return loose ? known.is == other.is : known.is === other.is;
  // An object, a text with unknown parts or what was checked before is neither null nor undefined.
  const [empty, rest] = known ? [known, b] : other ? [other, a] : [];
  if (!empty || !rest || (empty.is !== undefined && empty.is !== null)) return undefined;
  if (rest.kind === 'unknown' && rest.gap.present) return false;
  return OBJECTS.has(rest.kind) || rest.kind === 'text' ? false : undefined;
}
