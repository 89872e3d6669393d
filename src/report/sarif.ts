import type {
  ArtifactLocation,
  Log,
  Message,
  Notification,
  Region,
  ReportingDescriptor,
  Location as SarifLocation,
  Result as SarifResult,
} from 'sarif';
import { repository } from '../docs.ts';
import {
  type CallSite,
  callSitesOf,
  type Finding,
  type Fix,
  type Location,
  type Problem,
  type Related,
  type Result,
  type RuleInfo,
  type Suppression,
  samePlace,
} from '../request.ts';
import type { ReportOptions } from './index.ts';
import { document } from './json.ts';
import { printPage } from './page.ts';
import { escapeHidden, plural } from './text.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
/** The name that stands for the top of the repository. */
const ROOT = '%SRCROOT%';
/** The number says how a fingerprint is made: `lint/fingerprint.ts`. */
const FINGERPRINT = 'fusionlintFingerprint/v1';
const LEVELS = { error: 'error', warn: 'warning' } as const;

/**
 * What GitHub's code scanning takes: docs.github.com, "SARIF results exceed one or more limits". It refuses
 * a file with more results, and shows no more than so many places of one.
 */
export const MAX_RESULTS = 25_000;
const MAX_PLACES = 100;
/** Places of a message that can be followed; those behind are in the list of places only. */
const MAX_LINKS = 5;

/**
 * Rules whose findings GitHub lists as security alerts, with the score that it sorts them by (as CVSS:
 * 7.0 to 8.9 is high, 4.0 to 6.9 medium) and the weakness.
 */
const SECURITY: Readonly<Record<string, { readonly score: string; readonly cwe: string }>> = {
  'no-hardcoded-credentials': { score: '8.0', cwe: 'cwe-798' },
  'no-credentials-in-browser': { score: '8.0', cwe: 'cwe-522' },
  'require-https': { score: '5.9', cwe: 'cwe-319' },
};

/** SARIF 2.1.0 in the shape that GitHub's code scanning takes. Of a result all is in it, whatever is shown. */
export function sarif(result: Result, options: ReportOptions): string {
  const rules = rulesOf(result);
  const context: Context = {
    base: options.base ?? '',
    indexes: new Map(rules.map(({ id }, index) => [id, index])),
    callSites: new Map(result.callSites.map((callSite) => [callSite.id, callSite])),
  };
  const all = resultsOf(result, context);
  const results = all.length > MAX_RESULTS ? mostSevere(all) : all;
  const left = all.length - results.length;
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: result.tool.name,
            semanticVersion: result.tool.version,
            informationUri: repository,
            rules: rules.map((rule) => descriptorOf(rule, options)),
          },
        },
        automationDetails: { id: 'fusionlint/' },
        originalUriBaseIds: { [ROOT]: { description: { text: 'The top of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            ...(options.exitCode !== undefined && { exitCode: options.exitCode }),
            toolExecutionNotifications: [
              ...result.problems.map((problem) => notificationOf(problem, context)),
              ...(left > 0 ? [{ level: 'warning' as const, message: leftOut(left) }] : []),
            ],
          },
        ],
        results,
      },
    ],
  };
  return document(log);
}

interface Context {
  readonly base: string;
  readonly indexes: ReadonlyMap<string, number>;
  readonly callSites: ReadonlyMap<string, CallSite>;
}

// ------------------------------------------------------------------ rules

/** Those that the result knows of, and those that a document of an earlier version only reports. */
function rulesOf({ rules = [], findings, known = [], suppressed = [] }: Result): RuleInfo[] {
  const all = new Map<string, RuleInfo>(rules.map((rule) => [rule.id, rule]));
  for (const { ruleId: id, severity } of [...findings, ...known, ...suppressed])
    if (!all.has(id)) all.set(id, { id, severity, summary: id });
  return [...all.values()];
}

function descriptorOf(
  { id, severity, summary, docs }: RuleInfo,
  options: ReportOptions,
): ReportingDescriptor {
  const page = options.page?.(id);
  const text = `${escapeHidden(summary)}.`;
  const security = SECURITY[id];
  return {
    id,
    name: id.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text },
    fullDescription: { text },
    ...(docs !== undefined && { helpUri: docs }),
    help:
      page === undefined
        ? { text }
        : { text: printPage(page, { color: false, width: 80 }), markdown: withAddresses(page, docs) },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: security
      ? {
          tags: ['security', `external/cwe/${security.cwe}`],
          precision: 'very-high',
          'security-severity': security.score,
        }
      : {
          tags: ['correctness'],
          precision: 'very-high',
          'problem.severity': LEVELS[severity],
        },
  };
}

/** The page with its links made absolute: where it is shown, nothing is beside it. */
function withAddresses(page: string, docs: string | undefined): string {
  if (docs === undefined) return page;
  const absolute = (text: string) =>
    text.replace(/\]\((?!\w+:)([^)\s]+)\)/g, (_, link: string) => `](${new URL(link, docs).href})`);
  // Every second part is a block of code.
  const parts = page.split(/^(```.*?^```)/ms);
  return parts.map((part, at) => (at % 2 === 0 ? absolute(part) : part)).join('');
}

// ------------------------------------------------------------------ results

function resultsOf({ findings, known, suppressed = [] }: Result, context: Context): SarifResult[] {
  // Either all results have a state, or none has.
  const state = (baselineState: 'new' | 'unchanged') => (known === undefined ? {} : { baselineState });
  return [
    ...findings.map((finding) => ({ ...resultOf(finding, context), ...state('new') })),
    ...(known ?? []).map((finding) => ({ ...resultOf(finding, context), ...state('unchanged') })),
    ...suppressed.map((finding) => ({
      ...resultOf(finding, context),
      ...state('new'),
      suppressions: [suppressionOf(finding.suppression, context)],
    })),
  ];
}

function resultOf(finding: Finding, context: Context): SarifResult {
  const { ruleId, severity, message, location, fingerprint, fix } = finding;
  const sites = callSitesOf(finding).flatMap((id) => context.callSites.get(id) ?? []);
  const places = placesOf(finding, sites).slice(0, MAX_PLACES);
  const flow = flowOf(finding, sites[0]);
  return {
    ruleId,
    ruleIndex: context.indexes.get(ruleId) ?? -1,
    level: LEVELS[severity],
    message: { text: withLinks(message, places) },
    locations: [locationOf(location, context)],
    ...(places.length > 0 && {
      relatedLocations: places.map((place, at) => ({
        id: at + 1,
        ...locationOf(place.location, context),
        message: { text: escapeHidden(place.message) },
      })),
    }),
    ...(flow.length > 1 && {
      codeFlows: [
        {
          threadFlows: [
            {
              locations: flow.slice(0, MAX_PLACES).map((step) => ({
                location: {
                  ...locationOf(step.location, context),
                  message: { text: escapeHidden(step.message) },
                },
              })),
            },
          ],
        },
      ],
    }),
    partialFingerprints: { [FINGERPRINT]: fingerprint },
    ...(fix && { fixes: [fixOf(fix, context)] }),
  };
}

/** The places that prove it, and the calls that stand elsewhere. */
function placesOf({ location, related }: Finding, sites: readonly CallSite[]): Related[] {
  const calls = sites.filter((site) => !samePlace(site.location, location));
  return [...related, ...calls.map((site) => ({ message: nameOf(site), location: site.location }))];
}

/** The way of the request: where its parts come from, the call, and the wrappers to the HTTP client. */
function flowOf({ related }: Finding, site: CallSite | undefined): Related[] {
  if (!site) return [...related];
  const way = [
    { message: nameOf(site), location: site.location },
    ...site.through.map(({ label, location }) => ({ message: label, location })),
  ];
  const before = related.filter(({ location }) => !way.some((each) => samePlace(each.location, location)));
  return [...before, ...way];
}

function nameOf({ endpoint, method, url }: CallSite): string {
  return endpoint ?? `${method} ${url}`;
}

/**
 * The message, and links to the places, which GitHub shows only where a message links them. Braces stay as
 * they are: without `arguments` there is no placeholder, and readers show doubled ones doubled.
 */
function withLinks(message: string, places: readonly Related[]): string {
  const text = escapeHidden(message).replaceAll('](', '] (');
  if (places.length === 0) return text;
  const links = places
    .slice(0, MAX_LINKS)
    .map((place, at) => `[${escapeHidden(place.message).replace(/[\\[\]]/g, '\\$&')}](${at + 1})`);
  const more = places.length - links.length;
  return `${text} See ${links.join(', ')}${more > 0 ? ` and ${plural(more, 'more place')}` : ''}.`;
}

function fixOf({ description, edits }: Fix, { base }: Context): NonNullable<SarifResult['fixes']>[number] {
  const files = new Map<string, Fix['edits'][number][]>();
  for (const edit of edits) files.set(edit.location.file, [...(files.get(edit.location.file) ?? []), edit]);
  return {
    description: { text: escapeHidden(description) },
    artifactChanges: [...files].map(([file, each]) => ({
      artifactLocation: artifactOf(file, base),
      replacements: each.map(({ location, text }) => ({
        deletedRegion: regionOf(location),
        insertedContent: { text },
      })),
    })),
  };
}

function suppressionOf(
  { reason, until, location }: Suppression,
  context: Context,
): NonNullable<SarifResult['suppressions']>[number] {
  const justification = until === undefined ? reason : `${reason} (until ${until})`;
  return {
    kind: 'inSource',
    status: 'accepted',
    justification: escapeHidden(justification),
    location: locationOf(location, context),
  };
}

function mostSevere(results: readonly SarifResult[]): SarifResult[] {
  const errors = results.filter(({ level }) => level === 'error');
  const others = results.filter(({ level }) => level !== 'error');
  return [...errors, ...others].slice(0, MAX_RESULTS);
}

function leftOut(count: number): Message {
  return {
    text: `${plural(count, 'result')} left out: GitHub refuses a file with more than ${MAX_RESULTS}.`,
  };
}

function notificationOf({ kind, message, location }: Problem, context: Context): Notification {
  return {
    level: 'warning',
    descriptor: { id: kind },
    message: { text: escapeHidden(message) },
    ...(location && { locations: [locationOf(location, context)] }),
  };
}

// ------------------------------------------------------------------ places

function locationOf(location: Location, { base }: Pick<Context, 'base'>): SarifLocation {
  return {
    physicalLocation: { artifactLocation: artifactOf(location.file, base), region: regionOf(location) },
  };
}

function artifactOf(file: string, base: string): ArtifactLocation {
  return { uri: uriOf(base + file), uriBaseId: ROOT };
}

/** A lone surrogate has no place in a URI. */
function uriOf(file: string): string {
  return file
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

function regionOf({ startLine, startColumn, endLine, endColumn }: Location): Region {
  return { startLine, startColumn, endLine, endColumn };
}
