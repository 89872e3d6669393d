import { type ObjectValue, object, optionsOf, type Value } from '../evaluate/value.ts';
import { asObject, type FormCall, type Stray } from './client.ts';

/** Spellings of the option that nothing reads. */
const SPELLINGS = ['header', 'Header', 'Headers', 'HEADERS'];

/**
 * Headers that stand in a call's options, but not where the client reads them: under another key, one level
 * too deep, or among the options themselves.
 */
export function misplacedInOptions(options: Value | undefined): Stray[] {
  const own = options && asObject(options);
  if (!own) return [];
  const headers = own.entries.get('headers')?.value;
  const nested = headers && plainIn(headers, 'headers');
  const misspelled = SPELLINGS.flatMap((name): Stray[] => {
    const value = plainIn(own, name);
    const where = `under \`${name}\`, an option that does not exist`;
    return value ? [{ value, where, instead: 'Name the option `headers`.' }] : [];
  });
  return [
    ...misspelled,
    ...(nested
      ? [
          {
            value: nested,
            where: 'in `headers` within `headers`',
            instead: 'Leave one of the two levels out.',
          },
        ]
      : []),
    {
      value: {
        ...own,
        type: undefined,
        entries: new Map([...own.entries].filter(([, { value }]) => mayBeHeader(value))),
      },
      where: 'among the options',
      instead: 'Put them into the option `headers`.',
    },
  ];
}

/** `post(url, { headers })`, where the data is expected. */
export function misplacedInBody(data: Value | undefined, method: string): Stray[] {
  const value = data?.kind === 'object' && data.type === undefined ? plainIn(data, 'headers') : undefined;
  if (!value) return [];
  const where = `in the second argument of ${method}(), which is sent as the body`;
  return [{ value, where, instead: `Give them in the third: \`${method}(url, data, { headers })\`.` }];
}

/** Options behind the last argument that is read. `signature` is the call as it has to be. */
export function misplacedBehind({ args }: Pick<FormCall, 'args'>, read: number, signature: string): Stray[] {
  return args.slice(read).flatMap((argument, index): Stray[] => {
    const value = plainIn(argument, 'headers');
    const where = `in the ${ORDINALS[read + index] ?? 'last'} argument, which is not read`;
    return value ? [{ value, where, instead: `Write \`${signature}\`.` }] : [];
  });
}

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'];

/** A `Headers` where only the object's own properties are read, of which it has none. */
export function misplacedInHeaders(headers: Value): Stray[] {
  const options = optionsOf(headers);
  if (!options.every((each) => each.kind === 'object' && each.type === 'Headers')) return [];
  return options.slice(0, 1).map((value) => ({
    value,
    where: 'in a `Headers`, in which this client finds nothing',
    instead: 'Give a plain object: `Object.fromEntries(headers)`.',
  }));
}

/** What an option holds when that is an object of names and values. */
function plainIn(options: Value, name: string): ObjectValue | undefined {
  const value = asObject(options)?.entries.get(name)?.value;
  const held = value && asObject(value);
  return held && held.entries.size > 0 ? { ...object(held.entries), trace: held.trace } : undefined;
}

/** A text or a name for one; no switch, no nested options. */
function mayBeHeader(value: Value): boolean {
  return optionsOf(value).every((each) => each.kind === 'text' || each.kind === 'unknown');
}
