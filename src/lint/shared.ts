import { type Finding, type Location, placeOf, type Related, type Step, samePlace } from '../request.ts';
import { type ExaminedCall, type ExaminedSite, whyUnresolved } from './examine.ts';
import { fingerprint } from './fingerprint.ts';
import type { Mending } from './fixes/fixes.ts';

/**
 * One cause, one finding: calls that take their headers from one place (an object, a builder, an instance, a
 * wrapper) and all break a clause are mended there, so the finding stands there, once. It stays at the calls
 * when only some of them break it, when each breaks it in its own way, and when the place serves somebody
 * else too, to whom the header would go as well.
 */
export function atSharedPlaces(
  calls: readonly ExaminedCall[],
  mendings: ReadonlyMap<Finding, Mending> = new Map(),
): Finding[] {
  const moved = new Map<Finding, Finding>();
  for (const { source, sites } of placesOf(calls)) {
    for (const group of groupsOf(sites)) {
      if (group.length < 2 || group.some(({ finding }) => moved.has(finding))) continue;
      if (!calls.every((call) => allows(call, source.location, group))) continue;
      const [first] = group;
      const finding = { ...shared(source, group), ...(first && mendings.get(first.finding)) };
      for (const each of group) moved.set(each.finding, finding);
    }
  }
  const all = calls.flatMap(({ sites }) => sites.flatMap(({ checked }) => checked.findings));
  return [...new Set(all.map((each) => moved.get(each) ?? withMending(each, mendings.get(each))))];
}

function withMending(finding: Finding, mending: Mending | undefined): Finding {
  return mending ? { ...finding, ...mending } : finding;
}

interface Place {
  readonly source: Step;
  readonly sites: ExaminedSite[];
}

/** The places that headers come from, those that the most calls share first. */
function placesOf(calls: readonly ExaminedCall[]): Place[] {
  const places = new Map<string, Place>();
  for (const call of calls) {
    for (const source of sourcesOf(call)) {
      const key = placeOf(source.location);
      const place = places.get(key) ?? { source, sites: [] };
      places.set(key, place);
      place.sites.push(...call.sites);
    }
  }
  return [...places.values()].sort((a, b) => b.sites.length - a.sites.length);
}

/**
 * Whether a call has nothing against a change at a place: it takes no header from there, is one of those that
 * break the clause, or calls the same service and is not concerned.
 */
function allows(examined: ExaminedCall, place: Location, group: readonly Broken[]): boolean {
  const takes =
    sourcesOf(examined).some(({ location }) => samePlace(location, place)) ||
    examined.call.requests.some(({ headers }) =>
      headers.fields.some(({ trace }) => trace.some((step) => contains(place, step.location))),
    );
  if (!takes) return true;
  if (examined.sites.length === 0) return whyUnresolved(examined.call) !== undefined;
  const [{ finding, site }] = group as [Broken];
  return examined.sites.every((each) => {
    if (group.some((broken) => broken.site === each)) return true;
    const verdict = each.site.verdicts[finding.ruleId];
    return each.site.service === site.site.service && verdict !== 'satisfied' && verdict !== 'violation';
  });
}

/** Where a call's headers are written; for one that sends none, its client's call in the innermost wrapper. */
function sourcesOf({ call }: ExaminedCall): Step[] {
  const [first, ...others] = call.requests.map(({ headers }) => headers.sources ?? []);
  const common = (first ?? []).filter(({ location }) =>
    others.every((each) => each.some((source) => samePlace(source.location, location))),
  );
  return common.length > 0 ? common : call.through.slice(-1);
}

interface Broken {
  readonly site: ExaminedSite;
  readonly finding: Finding;
  readonly subject: string;
}

/** What several calls break in the same way. */
function groupsOf(sites: readonly ExaminedSite[]): Broken[][] {
  const groups = new Map<string, Broken[]>();
  for (const site of sites) {
    for (const [finding, subject] of site.checked.ofHeaders ?? []) {
      const key = `${finding.ruleId} ${finding.message}`;
      groups.set(key, [...(groups.get(key) ?? []), { site, finding, subject }]);
    }
  }
  return [...groups.values()];
}

/** The finding of the first call, said of the place. Which calls share it, and how many, is not its identity. */
function shared({ label, location }: Step, group: readonly Broken[]): Finding {
  const [first] = group as [Broken, ...Broken[]];
  const { finding, site, subject } = first;
  const inside = finding.related.find((each) => contains(location, each.location));
  return {
    ...finding,
    message: `${finding.message} A change here repairs ${group.length} calls.`,
    location: inside?.location ?? location,
    callSites: group.map((each) => each.site.site.id),
    related: distinct([
      ...group.map((each) => ({ message: 'the call', location: each.site.site.location })),
      ...finding.related.filter((each) => each !== inside),
    ]),
    fingerprint: fingerprint({
      ruleId: finding.ruleId,
      service: site.site.service,
      method: '',
      route: '',
      symbol: label,
      subject,
    }),
  };
}

function distinct(related: readonly Related[]): Related[] {
  return related.filter(
    (each, at) => related.findIndex(({ location }) => samePlace(location, each.location)) === at,
  );
}

function contains(outer: Location, inner: Location): boolean {
  if (outer.file !== inner.file || samePlace(outer, inner)) return false;
  const starts =
    outer.startLine < inner.startLine ||
    (outer.startLine === inner.startLine && outer.startColumn <= inner.startColumn);
  const ends =
    outer.endLine > inner.endLine || (outer.endLine === inner.endLine && outer.endColumn >= inner.endColumn);
  return starts && ends;
}
