import type { RecognisedCall } from '../clients/recognise.ts';
import type { Runtime } from '../request.ts';
import { runtimeOf } from '../syntax/runtime.ts';

/**
 * Where a call runs: on a server as soon as one function on the way to the client stays there, which the
 * others then call from afar; in a browser when one of them ships to it.
 */
export function runtimeOfCall({ node, wrappers }: RecognisedCall): Runtime {
  const all = [node, ...wrappers.filter((each) => each !== undefined)].map(runtimeOf);
  return (
    all.find(({ kind }) => kind === 'server') ??
    all.find(({ kind }) => kind === 'browser') ?? { kind: 'unknown' }
  );
}
