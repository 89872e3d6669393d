import type { RecognisedCall } from '../clients/recognise.ts';
import { byPlace, type CallSite, callSitesOf, type Finding, placeOf, type Unresolved } from '../request.ts';
import { type Changed, changedOf } from './changed.ts';
import { type ExaminedCall, examine, type JudgeOptions, whyUnresolved } from './examine.ts';
import { withOrdinals } from './fingerprint.ts';
import type { Code } from './fixes/code.ts';
import { mendingsOf } from './fixes/fixes.ts';
import { atSharedPlaces } from './shared.ts';

export interface Judgement {
  readonly callSites: readonly CallSite[];
  readonly findings: readonly Finding[];
  readonly unresolved: readonly Unresolved[];
  /** What of it the change has a part in; absent: everything counts. */
  readonly changed?: Changed;
}

/** Says of each recognised call whose it is, what the rules find, and what could not be told. */
export function judge(calls: readonly RecognisedCall[], options: JudgeOptions, code?: Code): Judgement {
  const examined = examine(calls, options);
  const mendings = code ? mendingsOf(examined, calls, code) : undefined;
  const sites = examined.flatMap((each) => each.sites);
  return {
    callSites: sites.map(({ site }) => site).sort(byPlace),
    findings: withOrdinals(oncePerPlace(atSharedPlaces(examined, mendings).sort(byPlace))),
    unresolved: examined.flatMap(unresolvedOf).sort(byPlace),
    ...(options.limit && { changed: changedOf(examined, options.limit) }),
  };
}

function unresolvedOf({ call, location, sites }: ExaminedCall): Unresolved[] {
  const reason = sites.length === 0 ? whyUnresolved(call) : undefined;
  return reason === undefined ? [] : [{ location, client: call.draft.client, reason }];
}

/** The same thing said of the same place is one finding; the other calls that lead there are related. */
function oncePerPlace(findings: readonly Finding[]): Finding[] {
  const kept = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.ruleId} ${placeOf(finding.location)} ${finding.message}`;
    const earlier = kept.get(key);
    if (!earlier) {
      kept.set(key, finding);
      continue;
    }
    const known = new Set(earlier.related.map((each) => placeOf(each.location)));
    kept.set(key, {
      ...earlier,
      callSites: [...new Set([...callSitesOf(earlier), ...callSitesOf(finding)])],
      related: [...earlier.related, ...finding.related.filter((each) => !known.has(placeOf(each.location)))],
    });
  }
  return [...kept.values()];
}
