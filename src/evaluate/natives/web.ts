import { apply } from '../calls.ts';
import { type ObjectValue, object, stringifiers, UNDEFINED, unknown, type Value } from '../value.ts';
import { encodings } from './encodings.ts';
import type { Library, Method } from './natives.ts';
import { headersObject, queries } from './query.ts';
import { urlObjects } from './url-objects.ts';

const same: Method = (_, self) => self;

/** `Request` and the rest of what the platform brings. */
const requests: Library = {
  types: {
    Request: {
      methods: { clone: same },
      get: (self, name) => {
        if (name === 'headers') return headersObject(requestInit(self, 'headers'));
        return name === 'url' ? self.entries.get('input')?.value : undefined;
      },
    },
  },
  constructors: {
    '#Request': (_, args) => requestObject(args),
    'node-fetch#Request': (_, args) => requestObject(args),
    'cross-fetch#Request': (_, args) => requestObject(args),
    'undici#Request': (_, args) => requestObject(args),
  },
  calls: {
    'react#useCallback': (_, [fn]) => fn,
    'react#useMemo': (evaluator, [fn], { frame }) =>
      fn?.kind === 'function' ? apply(evaluator, fn, [], undefined, frame) : undefined,
    'react#useRef': (_, [value]) => object([['current', { value: value ?? UNDEFINED, always: true }]]),
  },
};

stringifiers.set('JSON', () => unknown('JSON text', 'json'));

/** `URL`, `URLSearchParams`, `Headers`, `FormData`, `Request` and encodings: the platform. */
export const web: readonly Library[] = [urlObjects, queries, requests, encodings];

function requestObject([input, init]: readonly Value[]): Value {
  // A request made from another one keeps what the init does not replace.
  if (input?.kind === 'object' && input.type === 'Request') {
    const own = input.entries.get('init')?.value;
    const entries = new Map([
      ...(own?.kind === 'object' ? own.entries : []),
      ...(init?.kind === 'object' ? init.entries : []),
    ]);
    const open = init?.kind === 'unknown' ? init.gap : own?.kind === 'object' ? own.open : undefined;
    const joined: ObjectValue = { kind: 'object', entries, open };
    const kept = new Map(input.entries).set('init', { value: joined, always: true });
    // What was set on the headers of the first one, which the init of the second replaces.
    if (init?.kind === 'object' && init.entries.has('headers')) kept.delete('headers');
    return { ...input, entries: kept };
  }
  return object(
    [
      ['input', { value: input ?? UNDEFINED, always: true }],
      ['init', { value: init ?? UNDEFINED, always: true }],
    ],
    { type: 'Request' },
  );
}

function requestInit(self: ObjectValue, name: string): Value {
  const init = self.entries.get('init')?.value;
  return init?.kind === 'object' ? (init.entries.get(name)?.value ?? UNDEFINED) : (init ?? UNDEFINED);
}
