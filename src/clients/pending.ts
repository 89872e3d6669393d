import {
  choice,
  type Entry,
  type Gap,
  gapOf,
  joinObjects,
  literalText,
  type ObjectValue,
  object,
  optionsOf,
  placeOfText,
  UNDEFINED,
  type Value,
} from '../evaluate/value.ts';
import type { ts } from '../syntax/ts.ts';
import { entries, type Layer } from './client.ts';

/**
 * A request that is made first, changed, and sent later. What is set is kept under names that no property
 * has; what the code reads from the object is the response, which is not known.
 */
export function pending(type: string, node: ts.Node, start: Partial<Record<Part, Value>> = {}): ObjectValue {
  const { headers = object(), query = object(), body = UNDEFINED } = start;
  return object(entries({ '(headers)': headers, '(query)': query, '(body)': body }), {
    type,
    node,
    open: { reason: 'the response', name: 'response', names: [], response: true },
  });
}

export type Part = 'headers' | 'query' | 'body';

/** What is held under a part, over the alternatives of the object. */
export function partOf(self: Value, part: Part): Value {
  return choice(
    optionsOf(self).map((each) => {
      if (each.kind !== 'object') return { kind: 'unknown', gap: gapOf(each) };
      return each.entries.get(`(${part})`)?.value ?? UNDEFINED;
    }),
  );
}

export function withPart(self: Value, part: Part, change: (value: Value) => Value): Value | undefined {
  if (self.kind !== 'object') return undefined;
  const value = choice(optionsOf(partOf(self, part)).map(change));
  return { ...self, entries: new Map([...self.entries, [`(${part})`, { value, always: true }]]) };
}

/** The object when more may have been set than is seen. */
export function touchedElsewhere(self: Value, reason: string): Value {
  const gap: Gap = { reason, name: 'request', names: [] };
  return choice(
    optionsOf(self).map(
      (each) =>
        withPart(each, 'headers', (held) =>
          held.kind === 'object' ? { ...held, open: held.open ?? gap } : held,
        ) ?? each,
    ),
  );
}

export function headerLayers(self: Value, fates: Omit<Layer, 'value'>): Layer[] {
  return [{ ...fates, value: partOf(self, 'headers') }];
}

// ------------------------------------------------------------------ containers

/** A container with one more name; `spell` says how names are compared. */
export function put(
  container: Value,
  name: Value | undefined,
  value: Value,
  spell = (key: string) => key,
): Value {
  if (container.kind !== 'object') return container;
  const key = name && literalText(name);
  if (key === undefined) {
    const gap = gapOf(name ?? UNDEFINED);
    return { ...container, open: container.open ?? { ...gap, reason: `a computed name (${gap.reason})` } };
  }
  return {
    ...container,
    entries: new Map([...container.entries, [spell(key), { value, always: true, name: placeOfText(name) }]]),
  };
}

export function without(container: Value, name: Value | undefined, spell = (key: string) => key): Value {
  const key = name && literalText(name);
  if (container.kind !== 'object' || key === undefined) return container;
  return { ...container, entries: new Map([...container.entries].filter(([each]) => each !== spell(key))) };
}

/** A container with all of another laid over it. */
export function putAll(container: Value, more: Value, spell = (key: string) => key): Value {
  if (container.kind !== 'object') return container;
  const over = asContainer(more, spell);
  const result = new Map<string, Entry>(container.entries);
  for (const [name, entry] of over.entries) {
    const earlier = result.get(name);
    result.set(
      name,
      entry.always || !earlier
        ? entry
        : { value: choice([earlier.value, entry.value]), always: earlier.always },
    );
  }
  return { ...container, entries: result, open: container.open ?? over.open };
}

/** Whatever holds names and values as one object: alternatives joined, what is not known left open. */
export function asContainer(value: Value, spell = (key: string) => key): ObjectValue {
  if (value.kind === 'choice')
    return joinObjects(
      value.options.map((each) => (each.kind === 'primitive' ? each : asContainer(each, spell))),
    );
  if (value.kind === 'object')
    return object(
      [...value.entries].map(([name, entry]) => [spell(name), entry] as const),
      { open: value.open },
    );
  return value.kind === 'primitive' ? object() : object([], { open: gapOf(value) });
}

export function lowerCase(name: string): string {
  return name.toLowerCase();
}
