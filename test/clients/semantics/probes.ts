import { containers } from './containers.ts';
import type { Subject } from './subject.ts';

/** A snippet of a client: run, and analysed behind the client's `setup`. */
export interface Probe {
  readonly name: string;
  readonly code: string;
  readonly refused: boolean;
}

/** An address, and the query parameters that it is sent to with. */
export const parameters: Readonly<Record<string, readonly [address: string, params: string]>> = {
  undefined: ['HOST/a', '{ a: 1, b: undefined }'],
  null: ['HOST/a', '{ a: 1, b: null }'],
  'an address with a query': ['HOST/a?z=9', '{ a: 1 }'],
};

/** Base and path; the last stands alone. */
export const joints: Readonly<Record<string, readonly [base: string, path: string]>> = {
  'v1 + a': ['HOST/v1', 'a'],
  'v1 + /a': ['HOST/v1', '/a'],
  'v1/ + a': ['HOST/v1/', 'a'],
  'v1/ + /a': ['HOST/v1/', '/a'],
  'v1 + an address': ['HOST/v1', 'HOST/a'],
};

export const nameOf = {
  headers: (container: string) => `headers as ${container}`,
  query: (values: string) => `query of ${values}`,
  join: (joint: string) => `base ${joint}`,
};

/** What is asked of every client, as far as it has a place for it, and its own cases. */
export function probesOf(subject: Subject): Probe[] {
  const { send, query, join, cases = {}, refuses = [] } = subject;
  const asked: [string, string][] = [
    ...containersOf(subject).map(([container, headers]): [string, string] => [
      nameOf.headers(container),
      send(`'HOST/path?q=1'`, headers),
    ]),
    ...Object.entries(query ? parameters : {}).map(([values, [address, params]]): [string, string] => [
      nameOf.query(values),
      query?.code(`'${address}'`, params) ?? '',
    ]),
    ...Object.entries(join ? joints : {}).map(([joint, [base, path]]): [string, string] => [
      nameOf.join(joint),
      join?.code(`'${base}'`, `'${path}'`) ?? '',
    ]),
    ...Object.entries(cases),
  ];
  return asked.map(([name, code]) => ({ name, code, refused: refuses.includes(name) }));
}

function containersOf({ containers: own = {}, without = [] }: Subject): [string, string][] {
  return Object.entries({ ...containers, ...own }).filter(([container]) => !without.includes(container));
}
