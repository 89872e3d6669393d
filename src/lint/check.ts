import type { Calendar, Contract, Endpoint, RetiredEndpoint, RetiredLibrary } from '../contracts/contract.ts';
import type { UnlistedOperation } from '../contracts/unlisted.ts';
import { messageOf, UsageError } from '../errors.ts';
import {
  type Confidence,
  type Finding,
  type Location,
  literalOf,
  placeOf,
  type Related,
  type Request,
  type Runtime,
  type Severity,
  type Step,
  type Trace,
  type Verdict,
} from '../request.ts';
import { limitAt, lowered } from './calendar.ts';
import { fingerprint } from './fingerprint.ts';
import type { Change, Report, Rule, ViolationOptions } from './rule.ts';

/** One request of a call site, with what the contract knows of it. */
export interface CheckedRequest {
  readonly request: Request;
  readonly contract: Contract;
  readonly confidence: Confidence;
  readonly runtime: Runtime;
  /** The URL is a link that the code does not hold: nothing is reported of it. */
  readonly link?: true;
  readonly endpoint: Endpoint | undefined;
  readonly retired: RetiredEndpoint | undefined;
  readonly unlisted: UnlistedOperation | undefined;
  readonly retiredLibrary: RetiredLibrary | undefined;
  /** The user has said that the service has several tenants. */
  readonly multiTenant?: boolean;
}

export interface CheckedSite {
  readonly id: string;
  readonly location: Location;
  /** Name of the enclosing function, method or class; '' at the top level. */
  readonly symbol: string;
  /** The wrapper functions between the call and the HTTP client, outermost first. */
  readonly through: readonly Step[];
}

export interface CheckSettings {
  /** The severity the user configured; undefined leaves the rule's own. */
  severityOf(ruleId: string, serviceId: string): Severity | 'off' | undefined;
  /** The day the calendars are read at, YYYY-MM-DD. */
  readonly asOf: string;
}

export interface CheckInput {
  readonly site: CheckedSite;
  /** The alternatives: the requests this call site can make. */
  readonly requests: readonly CheckedRequest[];
  readonly rules: readonly Rule[];
  readonly settings: CheckSettings;
}

export interface CheckOutput {
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** For each rule whose verdict is `unknown`: why. */
  readonly unknowns: Readonly<Record<string, string>>;
  /** For each rule whose verdict is `satisfied`: why. */
  readonly satisfied: Readonly<Record<string, string>>;
  readonly findings: readonly Finding[];
  /** Those that the headers as a whole are to blame for, with what each is about; see `ViolationOptions`. */
  readonly ofHeaders?: ReadonlyMap<Finding, string>;
  /** What mends a finding, in each of the requests that have it. */
  readonly changes?: ReadonlyMap<Finding, readonly Proposal[]>;
}

export interface Proposal {
  readonly change: Change;
  readonly request: Request;
}

/**
 * Runs every rule on every request that a call site can make, and joins: a violation of one alternative
 * is a violation of the call, else one unknown makes it unknown. A rule that says nothing, or that is
 * off, is left out. Findings that several alternatives share are reported once.
 */
export function checkCallSite({ site, requests, rules, settings }: CheckInput): CheckOutput {
  const verdicts: Record<string, Verdict> = {};
  const unknowns: Record<string, string> = {};
  const satisfied: Record<string, string> = {};
  const findings = new Map<string, Finding>();
  const ofHeaders = new Map<Finding, string>();
  const changes = new Map<Finding, Proposal[]>();
  for (const rule of rules) {
    const said: Readonly<Record<Verdict, Set<string>>> = {
      violation: new Set(),
      unknown: new Set(),
      satisfied: new Set(),
    };
    for (const checked of requests) {
      const severity = settings.severityOf(rule.id, checked.contract.id) ?? rule.severity;
      if (severity === 'off') continue;
      const report: Report<string> = {
        satisfied: (because) => said.satisfied.add(because),
        unknown: (reason) => said.unknown.add(reason),
        violation(message, data, options = {}) {
          const template = templateOf(rule, message);
          if (checked.link) return report.unknown('the URL is a link that the code does not hold');
          const limit = lowered(severity, limitAt(options.calendar, settings.asOf), options.severity);
          // A clause that is not in force yet asks nothing of the call.
          if (limit === 'silent') return void said.satisfied.add('what it breaks is not in force yet');
          const { toldBy } = options;
          if (toldBy !== undefined && settings.severityOf(toldBy, checked.contract.id) !== 'off')
            return void said.violation.add(message);
          const finding = findingOf(site, checked, rule, template, data, options, limit, settings.asOf);
          said.violation.add(finding.message);
          const key = `${rule.id} ${placeOf(finding.location)} ${finding.message}`;
          const earlier = findings.get(key);
          const { change } = options;
          if (change) {
            const proposals = changes.get(earlier ?? finding) ?? [];
            changes.set(earlier ?? finding, [...proposals, { change, request: checked.request }]);
          }
          if (earlier) return;
          findings.set(key, finding);
          if (options.ofHeaders) ofHeaders.set(finding, subjectOf(options, data));
        },
      };
      runRule(rule.id, `the call at ${placeOf(site.location)}`, () =>
        rule.check({ multiTenant: false, ...checked, report }),
      );
    }
    const verdict = WORST_FIRST.find((each) => said[each].size > 0);
    if (verdict) verdicts[rule.id] = verdict;
    if (verdict === 'unknown') unknowns[rule.id] = [...said.unknown].join('; ');
    if (verdict === 'satisfied') satisfied[rule.id] = [...said.satisfied].join('; ');
  }
  return {
    verdicts,
    unknowns,
    satisfied,
    findings: [...findings.values()],
    ...(ofHeaders.size > 0 && { ofHeaders }),
    ...(changes.size > 0 && { changes }),
  };
}

/**
 * Runs the function of a rule. `on` is what it is run on, in words.
 *
 * @throws {UsageError} when it throws: the other rules could be trusted, but the run would lack one
 */
export function runRule(ruleId: string, on: string, check: () => unknown): void {
  try {
    const answer = check();
    if (!(answer instanceof Promise)) return;
    // What becomes of it is known too late to be told.
    answer.catch(() => {});
    throw new Error('"check" must not be asynchronous');
  } catch (error) {
    throw new UsageError(
      `the rule "${ruleId}" failed on ${on}: ${messageOf(error)} (FUSIONLINT_DEBUG=1 shows where)`,
      { cause: error },
    );
  }
}

const WORST_FIRST: readonly Verdict[] = ['violation', 'unknown', 'satisfied'];

function findingOf(
  site: CheckedSite,
  checked: CheckedRequest,
  rule: Rule,
  template: string,
  data: Readonly<Record<string, string>>,
  options: ViolationOptions,
  severity: Severity,
  asOf: string,
): Finding {
  const trace = options.trace ?? [];
  const origin = options.atOrigin ? trace.at(-1)?.location : undefined;
  const location = origin ?? site.location;
  return {
    ruleId: rule.id,
    severity,
    message: fill(template, {
      ...data,
      since: sinceOf(options.calendar, asOf),
    }).trim(),
    location,
    callSite: site.id,
    related: relatedTo(location, site, trace),
    fingerprint: fingerprint({
      ruleId: rule.id,
      service: checked.contract.id,
      method: typeof checked.request.method === 'string' ? checked.request.method : 'unknown',
      route: routeOf(checked),
      symbol: site.symbol,
      subject: subjectOf(options, data),
    }),
  };
}

function subjectOf({ subject }: ViolationOptions, data: Readonly<Record<string, string>>): string {
  return subject ?? JSON.stringify(data);
}

/** The call (when the finding stands elsewhere), its wrappers and the places that prove the finding. */
function relatedTo(location: Location, site: CheckedSite, trace: Trace): Related[] {
  const steps = [{ label: 'the call', location: site.location }, ...site.through, ...trace];
  const seen = new Set([placeOf(location)]);
  const related: Related[] = [];
  for (const step of steps) {
    const place = placeOf(step.location);
    // A step without a name is where the text itself stands; the names before it say more.
    if (step.label === '' || seen.has(place)) continue;
    seen.add(place);
    related.push({ message: step.label, location: step.location });
  }
  return related;
}

/** Names of parameters do not matter to a finding's identity, so they go. */
function routeOf({ request, endpoint, retired }: CheckedRequest): string {
  const template = endpoint?.path ?? retired?.path;
  if (template !== undefined) return template.replace(/\{[^}]*\}/g, '{}');
  return request.path.map((segment) => `/${literalOf(segment) ?? '{}'}`).join('');
}

/** ` since 2026-07-01`, or ` from 2026-07-01 on` before that day; '' for what has no day. */
function sinceOf(calendar: Calendar | undefined, asOf: string): string {
  const day = calendar?.failsFrom;
  if (day === undefined) return '';
  return day <= asOf ? ` since ${day}` : ` from ${day} on`;
}

/** @throws {Error} when the rule has no such message */
export function templateOf({ messages }: Rule, message: string): string {
  const template = Object.hasOwn(messages, message) ? messages[message] : undefined;
  if (template === undefined) throw new Error(`it reports "${message}", which is none of its messages`);
  return template;
}

/** The template with its `{name}`s filled from the data. */
export function fill(template: string, data: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => data[name] ?? whole);
}
