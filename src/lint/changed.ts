import { type Change, takesFrom, touches } from '../change.ts';
import type { RecognisedCall } from '../clients/recognise.ts';
import { callSitesOf, type Finding, type Location, placeOf, samePlace } from '../request.ts';
import { locationOf } from '../syntax/location.ts';
import type { ExaminedCall } from './examine.ts';

/** What a run reports: only that of which something is changed. */
export interface Limit {
  readonly change: Pick<Change, 'files'>;
  /** Environment variables of which the project's files now say another URL. */
  readonly variables: ReadonlySet<string>;
}

/** What of a judgement a change has a part in. */
export interface Changed {
  /** Their `id`s. */
  readonly callSites: ReadonlySet<string>;
  place(location: Location): boolean;
  finding(finding: Finding): boolean;
}

/**
 * A finding is the change's when one of its places is, or one that made the request of its call: the call, its
 * wrappers, what URL, headers and query came through. One about a value, reported where that stands, is no
 * matter of what else the request is made of.
 */
export function changedOf(examined: readonly ExaminedCall[], limit: Limit): Changed {
  const callSites = new Set(
    examined
      .filter(({ call, sites }) => sites.length > 0 && isChanged(call, limit))
      .flatMap(({ sites }) => sites.map(({ site }) => site.id)),
  );
  const ofValues = new Set(
    examined.flatMap(({ location, sites }) =>
      sites.flatMap(({ checked }) =>
        checked.findings.filter((each) => !samePlace(each.location, location)).map(keyOf),
      ),
    ),
  );
  const place = (location: Location) => touches(limit.change, location);
  return {
    callSites,
    place,
    finding: (each) =>
      [each, ...each.related].some(({ location }) => place(location)) ||
      (!ofValues.has(keyOf(each)) && callSitesOf(each).some((id) => callSites.has(id))),
  };
}

function isChanged({ node, through, requests, made }: RecognisedCall, { change, variables }: Limit): boolean {
  const named = requests.flatMap(({ url }) => url.parts);
  if (named.some((part) => 'unknown' in part && variables.has(part.unknown.env ?? ''))) return true;
  if ([locationOf(node), ...through.map(({ location }) => location)].some((each) => touches(change, each)))
    return true;
  return made().some(
    ({ places, surroundings }) =>
      places.some((each) => touches(change, each)) || surroundings.some((each) => takesFrom(change, each)),
  );
}

/** The same before and after findings of several calls are joined. */
function keyOf({ ruleId, location, message }: Finding): string {
  return `${ruleId} ${placeOf(location)} ${message}`;
}
