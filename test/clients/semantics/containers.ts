/** What headers are given in, and what values they have; each client is given each of them. */
export const containers: Readonly<Record<string, string>> = {
  object: `{ 'X-A': 'one', 'x-b': 'two' }`,
  undefined: `{ 'X-A': 'one', 'X-B': undefined }`,
  null: `{ 'X-A': 'one', 'X-B': null }`,
  number: `{ 'X-A': 'one', 'X-B': 2 }`,
  true: `{ 'X-A': 'one', 'X-B': true }`,
  false: `{ 'X-A': 'one', 'X-B': false }`,
  'two spellings': `{ 'X-A': 'one', 'x-a': 'two' }`,
  Headers: `new Headers({ 'X-A': 'one', 'X-B': 'two' })`,
  'Headers with undefined': `new Headers({ 'X-A': 'one', 'X-B': undefined })`,
  'spread Headers': `{ ...new Headers({ 'X-A': 'one' }), 'X-B': 'two' }`,
  pairs: `[['X-A', 'one'], ['X-B', 'two']]`,
  flat: `['X-A', 'one', 'X-B', 'two']`,
  Map: `new Map([['X-A', 'one'], ['X-B', 'two']])`,
};
