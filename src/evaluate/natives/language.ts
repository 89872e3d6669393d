import { call, invoked } from '../calls.ts';
import type { Evaluator } from '../evaluator.ts';
import { resolvedTo } from '../rounds.ts';
import { choice, type Entry, object, text, truthiness, UNDEFINED, type Value } from '../value.ts';
import { arrays } from './arrays.ts';
import type { Library, Site } from './natives.ts';
import { objects } from './objects.ts';
import { regexp } from './regexp.ts';
import { strings } from './strings.ts';

/** Functions, promises and the rest of what the language itself brings. */
const functions: Library = {
  types: {
    Function: {
      methods: {
        call: (evaluator, self, args, site) => callThrough(evaluator, 'Function.call', self, args, site),
        apply: (evaluator, self, args, site) => callThrough(evaluator, 'Function.apply', self, args, site),
        bind: (_, self, [receiver, ...args]) => {
          if (self.kind !== 'function') return self;
          return {
            ...self,
            self: receiver && receiver.kind !== 'primitive' ? receiver : self.self,
            bound: [...(self.bound ?? []), ...args],
          };
        },
      },
    },
  },
  constructors: {
    '#Promise': (evaluator, [executor]) => resolvedTo(evaluator, executor),
  },
  calls: {
    '#Promise.allSettled': (_, [value]) =>
      value?.kind === 'array'
        ? { ...value, items: value.items.map((item) => object(settled(item))) }
        : undefined,
    '#Promise.resolve': (_, [value]) => value ?? UNDEFINED,
    '#Promise.all': (_, [value]) => value,
    '#Promise.race': (_, [value]) => (value?.kind === 'array' ? choice(value.items) : value),
    '#Promise.any': (_, [value]) => (value?.kind === 'array' ? choice(value.items) : value),
    '#Promise.reject': () => undefined,
    '#Boolean': (_, [value]) => {
      const known = value && truthiness(value);
      return known === undefined ? undefined : { kind: 'primitive', value: known };
    },
  },
};

function callThrough(
  evaluator: Evaluator,
  name: string,
  function_: Value,
  given: readonly Value[],
  { node, frame }: Site,
): Value {
  const { fn, self, args } = invoked({ kind: 'native', name, self: function_ }, undefined, given);
  return call(evaluator, fn, args, self, node, frame);
}

function settled(value: Value): [string, Entry][] {
  return [
    ['status', { value: text('fulfilled'), always: true }],
    ['value', { value, always: true }],
  ];
}

export const language: readonly Library[] = [strings, regexp, arrays, objects, functions];
