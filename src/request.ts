/**
 * The one model of fusionlint: what a call site would put on the wire, with the proof of every part,
 * and what the rules said about it. Everything left of the rules produces these values, everything
 * right of them (reporters, exit code) is a pure function of `Result`.
 *
 * All values are immutable. Lines and columns count from 1; `file` is relative to the linted root and
 * has forward slashes.
 */

export interface Location {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where it starts: `src/api.ts:12:5`. */
export function placeOf({ file, startLine, startColumn }: Location): string {
  return `${file}:${startLine}:${startColumn}`;
}

export function samePlace(a: Location, b: Location): boolean {
  return placeOf(a) === placeOf(b);
}

/** For `sort`: by file, line and column. */
export function byPlace(a: { readonly location: Location }, b: { readonly location: Location }): number {
  const [x, y] = [a.location, b.location];
  if (x.file !== y.file) return x.file < y.file ? -1 : 1;
  return x.startLine - y.startLine || x.startColumn - y.startColumn;
}

/** One place that a value came through, outermost first: `x-api-key ← headers ← createClient`. */
export interface Step {
  /** What stands there, in a few words: a name (`headers`), a call (`buildHeaders()`), a role. */
  readonly label: string;
  readonly location: Location;
}

export type Trace = readonly Step[];

/** Something that cannot be known from the code, always with the reason, in words for a person. */
export interface Unknown {
  /** For example: `environment variable FUSION_KEY`, `parameter "id" of getUser()`. */
  readonly reason: string;
  /** The name that stands for the value where it is printed: `{FUSION_KEY}`. */
  readonly name: string;
  /** Set when the value is read from an environment variable: that variable's name. */
  readonly env?: string;
  /** Set when it comes from a response of an HTTP client, or is a parameter that no caller fills. */
  readonly from?: 'response' | 'parameter';
  /** Every name the value passed through, innermost first (variables, properties, environment names). */
  readonly names: readonly string[];
}

/** A piece of text: literal, or unknown with its reason. */
export type TextPart = { readonly literal: string } | { readonly unknown: Unknown };

/** A string of which some parts may be unknown. Fully known when it is one literal (or none: ''). */
export interface Text {
  readonly parts: readonly TextPart[];
  readonly trace: Trace;
  /** Every name that the text passed through, innermost first. */
  readonly names: readonly string[];
  /** How each piece came about, in the order of the text; worked out when it is read, for an explanation. */
  readonly origins?: readonly Origin[];
}

/** A piece of a text as it stands at one place of the code, and the way it came. */
export interface Origin {
  readonly part: TextPart;
  /** Outermost first: the last step is the place where the piece stands, or where the unknown begins. */
  readonly trace: Trace;
}

export type Presence = 'always' | 'sometimes' | 'never' | 'unknown';

/** A header, query parameter or body field of a request. `values` are alternatives (branches, `??`). */
export interface Field {
  /** Lower-cased for headers, as written for query parameters and body fields. */
  readonly name: string;
  readonly presence: Presence;
  readonly values: readonly Text[];
  readonly trace: Trace;
  /** Why the presence is `unknown` or `sometimes`. */
  readonly reason?: string;
  /** A query parameter whose values stand in the text of the URL: nothing encodes them, and a `+` is a space. */
  readonly inUrl?: true;
  /** Where the name is written, when that is one place: a property, or the text that holds it. */
  readonly written?: Location | undefined;
}

/** The fields the code shows. `open` tells why there may be more that the code does not show. */
export interface FieldSet {
  readonly fields: readonly Field[];
  readonly open?: string;
  /**
   * The places that fields are written at, by the names around them: an object of headers, that of an
   * instance, that of a builder. Only for headers, and only what every path goes through.
   */
  readonly sources?: readonly Step[];
}

export interface Body {
  readonly kind: 'form' | 'multipart' | 'json' | 'text' | 'none' | 'unknown';
  readonly fields: FieldSet;
}

/** Headers that the code gives the client in a place that it does not read them from: they are never sent. */
export interface Misplaced {
  /** Lower-case. */
  readonly names: readonly string[];
  /** Behind "they stand": `in the body of post()`. */
  readonly where: string;
  /** A sentence that says what to do. */
  readonly instead: string;
  readonly trace: Trace;
}

/** `likely` needs two signs, `possible` is one weak sign and is reported on request only. */
export type Confidence = 'certain' | 'likely' | 'possible';

/**
 * One request that a call site can make. A call site whose URL has several alternatives makes several;
 * header set, method and body are joined over the alternatives (a header that only some of them send
 * is `sometimes`). Rules see the query joined too, over those that differ in nothing else.
 */
export interface Request {
  readonly client: string;
  /** Upper-case, or unknown. */
  readonly method: string | Unknown;
  readonly url: Text;
  /** Host with port when it is known, lower-cased. */
  readonly host: string | Unknown;
  /** Path segments after the host, decoded from `url`; a segment is a text without `/`. */
  readonly path: readonly Text[];
  /** True when the path's structure is not known: an unknown part may hold several segments. */
  readonly pathOpen: boolean;
  readonly query: FieldSet;
  readonly headers: FieldSet;
  /** On every path; see `Misplaced`. */
  readonly misplaced: readonly Misplaced[];
  readonly body: Body;
}

/**
 * Where the code around a call runs, as far as that is certain. `browser`: it ships to browsers, even if a
 * server runs it too. `server`: it stays on one.
 */
export type Runtime =
  | { readonly kind: 'browser' | 'server' /** What says so. */; readonly sign: Step }
  | { readonly kind: 'unknown' };

export type Verdict = 'violation' | 'satisfied' | 'unknown';
export type Severity = 'error' | 'warn';

export interface Related {
  readonly message: string;
  readonly location: Location;
}

/** A place in the code that calls a service. */
export interface CallSite {
  readonly id: string;
  readonly service: string;
  readonly confidence: Confidence;
  /** Why the call is taken to be the service's, in words: `host fusion.adobe.io`. */
  readonly evidence: string;
  readonly client: string;
  /** False where the code only makes an SDK's client, which carries the credentials: nothing is sent there. */
  readonly sends: boolean;
  /** Upper-case, or `unknown`. */
  readonly method: string;
  /** Unknown parts stand in braces: `https://fusion.adobe.io/api/v3/scenarios/{scenarioId}`. */
  readonly url: string;
  /** The contract's operation, `GET /api/v3/scenarios/{scenarioId}`, or null when none was matched. */
  readonly endpoint: string | null;
  readonly location: Location;
  /** The wrapper functions between this place and the HTTP client, outermost first. */
  readonly through: readonly Step[];
  readonly headers: Readonly<Record<string, HeaderReport>>;
  readonly headersOpen: boolean;
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** For each rule whose verdict is `unknown`: why. */
  readonly unknowns: Readonly<Record<string, string>>;
}

export interface HeaderReport {
  readonly presence: Presence;
  /** Masked when the header carries a credential. */
  readonly value?: string;
  readonly trace: readonly Location[];
}

export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly message: string;
  readonly location: Location;
  /** `id` of the call site; absent where the finding is about a comment. */
  readonly callSite?: string;
  /** The `id`s of all call sites that it stands for, `callSite` first, when they are several. */
  readonly callSites?: readonly string[];
  /** The places that prove it. */
  readonly related: readonly Related[];
  /** Stable across moved lines; see `lint/fingerprint.ts`. */
  readonly fingerprint: string;
  /** An edit that is certainly right: after it, linting again does not give the finding. */
  readonly fix?: Fix;
  /** Where no edit is certainly right: what to write, or where. */
  readonly suggestion?: string;
}

/** The `id`s of the call sites that a finding stands for. */
export function callSitesOf({ callSite, callSites }: Finding): readonly string[] {
  return callSites ?? (callSite === undefined ? [] : [callSite]);
}

/** A text that replaces what stands at a place; an insertion where the place is empty. */
export interface Edit {
  readonly location: Location;
  readonly text: string;
}

export interface Fix {
  /** What it does, as an order: `Rename the header to x-organization-id`. */
  readonly description: string;
  /** They don't overlap; all of them or none. */
  readonly edits: readonly Edit[];
}

/** A comment in the code that says why a finding is accepted. */
export interface Suppression {
  readonly reason: string;
  /** The last day that it holds, YYYY-MM-DD. */
  readonly until?: string;
  /** Where the comment stands. */
  readonly location: Location;
}

export interface SuppressedFinding extends Finding {
  readonly suppression: Suppression;
}

/** A call of an HTTP client whose target could not be worked out. */
export interface Unresolved {
  readonly location: Location;
  readonly client: string;
  readonly reason: string;
}

/** Something that kept a file from being linted as it should. */
export interface Problem {
  readonly kind: 'syntax' | 'unreadable';
  readonly message: string;
  readonly location?: Location;
}

export interface Stats {
  readonly filesDiscovered: number;
  readonly filesParsed: number;
  readonly callSites: number;
  readonly findings: number;
  /** Code blocks of Markdown pages that don't parse; absent when no such page was parsed. */
  readonly blocksLeftOut?: number;
  /** Findings that this run has fixed; absent without. */
  readonly fixed?: number;
  /** Milliseconds; the only part of a result that differs between two runs over the same input. */
  readonly durationMs: number;
}

/** What there is to know of a rule, whatever it said. */
export interface RuleInfo {
  readonly id: string;
  /** The highest that it reports at, when the configuration sets no other. */
  readonly severity: Severity;
  readonly summary: string;
  /** The address of its page; a rule of the user's own has none. */
  readonly docs?: string;
}

/** What there is to say of the baseline; the findings that it holds are in `Result.known`. */
export interface BaselineReport {
  /** Relative to the linted root. */
  readonly file: string;
  /** What it holds and what is not there any more. */
  readonly stale: readonly StaleEntry[];
}

export interface StaleEntry {
  /** Relative to the linted root. */
  readonly file: string;
  readonly rule: string;
  readonly fingerprint: string;
  readonly count: number;
}

/** What a run was limited to. */
export interface ChangeInfo {
  /** What is staged for a commit, or all that differs from the commit that a branch grew from. */
  readonly kind: 'staged' | 'since';
  /** That commit; absent for `staged`. */
  readonly base?: string;
  /** Changed files that a request can depend on. */
  readonly files: number;
  /** Findings of the code around the change that are left out, for it has no part in them. */
  readonly hidden: number;
  /** The changed file of the configuration for which nothing is left out. */
  readonly widenedBy?: string;
}

/** The result document, schema version 1; its JSON Schema is `report/result.schema.json`. */
export interface Result {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: string; readonly version: string };
  readonly root: '.';
  /** The date the contracts' calendars were read at, YYYY-MM-DD. */
  readonly asOf: string;
  readonly stats: Stats;
  /** What the run was limited to; absent when everything is reported. */
  readonly change?: ChangeInfo;
  /** Every rule that there is. A document of an earlier version may lack them. */
  readonly rules?: readonly RuleInfo[];
  readonly callSites: readonly CallSite[];
  /** Those that count: neither suppressed nor known to the baseline. */
  readonly findings: readonly Finding[];
  /** Those that a comment in the code accepts; absent when there are none. */
  readonly suppressed?: readonly SuppressedFinding[];
  /** Those that the baseline holds already; absent without a baseline. */
  readonly known?: readonly Finding[];
  /** Absent without one. */
  readonly baseline?: BaselineReport;
  readonly unresolved: readonly Unresolved[];
  readonly problems: readonly Problem[];
}

/** The whole text when every part is known. */
export function literalOf(text: Text): string | undefined {
  let out = '';
  for (const part of text.parts) {
    if (!('literal' in part)) return undefined;
    out += part.literal;
  }
  return out;
}

/** The text for a person: unknown parts in braces. */
export function printText(text: { readonly parts: readonly TextPart[] }): string {
  return text.parts.map((part) => ('literal' in part ? part.literal : `{${part.unknown.name}}`)).join('');
}

/**
 * The field of this name; a set that does not show it answers `never`, or `unknown` when it is open.
 * `name` must be lower-case for headers.
 */
export function fieldOf(set: FieldSet, name: string): Field {
  const field = set.fields.find((each) => each.name === name);
  if (field) return field;
  return set.open === undefined
    ? { name, presence: 'never', values: [], trace: [] }
    : { name, presence: 'unknown', values: [], trace: [], reason: set.open };
}
