import { fieldOf, type Request } from '../request.ts';

/** The rule that says of the headers below how they were lost. */
export const TELLS_OF_LOST_HEADERS = 'no-misplaced-headers';

/** Headers that the code gives the client and that are not sent: misplaced, or dropped for their value. */
export function lostHeaders({ misplaced, headers }: Request): ReadonlySet<string> {
  const given = misplaced.flatMap(({ names }) => names);
  const dropped = headers.fields.map(({ name }) => name);
  return new Set([...given, ...dropped].filter((name) => fieldOf(headers, name).presence === 'never'));
}
