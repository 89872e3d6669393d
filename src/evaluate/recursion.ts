import type { ts } from '../syntax/ts.ts';
import { type Entry, type Frame, isNullish, literalText, optionsOf, type Value } from './value.ts';

/** Calls of a function within its own that tell it nothing new; the next one ends it. */
const MAX_ADRIFT = 1;

/**
 * Whether a function calls itself again and again with nothing that any of its conditions could end that by:
 * what is passed is not known, or what it has been before. Each such call would be worked out like the one
 * before it, and with two of them in the function their number doubles with every level.
 */
export function isAdrift(fn: ts.Node, args: readonly Value[], caller: Frame | undefined): boolean {
  let calls = 0;
  for (let each = caller; each; each = each.caller ?? each.outer)
    if (each.fn === fn && each.args && isOld(args, each.args) && ++calls > MAX_ADRIFT) return true;
  return false;
}

function isOld(args: readonly Value[], before: readonly Value[]): boolean {
  return args.every((arg, index) => tellsNothing(arg, before[index]));
}

/** A value that is not known, or has been the same before, whichever way it came. */
function tellsNothing(value: Value, before: Value | undefined): boolean {
  if (value === before || optionsOf(value).every(isNothing)) return true;
  switch (value.kind) {
    case 'primitive':
    case 'text': {
      const literal = literalText(value);
      return literal !== undefined && before?.kind === value.kind && literal === literalText(before);
    }
    case 'external':
      return before?.kind === 'external' && keyOf(value) === keyOf(before);
    case 'function':
    case 'class':
      return before?.kind === value.kind && value.node === before.node;
    case 'choice':
      return before?.kind === 'choice' && areOld(value.options, before.options);
    case 'array':
      return before?.kind === 'array' && areOld(value.items, before.items);
    case 'object':
      return (
        before?.kind === 'object' && value.type === before.type && haveOld(value.entries, before.entries)
      );
    default:
      return false;
  }
}

/** What decides no condition, or only whether it is there. */
function isNothing(value: Value): boolean {
  return value.kind === 'unknown' || isNullish(value);
}

function areOld(values: readonly Value[], before: readonly Value[]): boolean {
  return values.length === before.length && isOld(values, before);
}

function haveOld(entries: ReadonlyMap<string, Entry>, before: ReadonlyMap<string, Entry>): boolean {
  return (
    entries.size === before.size &&
    [...entries].every(([name, { value }]) => tellsNothing(value, before.get(name)?.value))
  );
}

function keyOf({ module, path }: Value & { kind: 'external' }): string {
  return [module, ...path].join('.');
}
