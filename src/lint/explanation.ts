import type { Confidence, Location, Presence, Severity, Step, Trace, Verdict } from '../request.ts';

/**
 * What `fusionlint explain` says of a place in the code, as data; credentials are masked in it. It has no
 * parts of the syntax tree, so that any report can be made of it.
 */
export interface Explanation {
  readonly schemaVersion: 1;
  readonly place: Place;
  /** What is to be known of the file before anything else: that a run leaves it out, that it does not parse. */
  readonly notes: readonly string[];
  /** The HTTP calls at the place. */
  readonly calls: readonly ExplainedCall[];
  /** Calls elsewhere that this place is a part of: a header that is built here, a wrapper that they go through. */
  readonly partOf: readonly CallReference[];
  /** The other calls of the line: why they are no call sites. */
  readonly others: readonly OtherCall[];
  /** The nearest call sites of the file, when the place has none and is part of none. */
  readonly nearby: readonly CallReference[];
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column?: number;
}

export interface CallReference {
  readonly service: string;
  readonly method: string;
  readonly url: string;
  readonly location: Location;
}

export interface OtherCall {
  readonly location: Location;
  /** What it calls, in words. */
  readonly callee: string;
}

export interface ExplainedCall {
  readonly location: Location;
  readonly client: string;
  /** The wrapper functions between this place and the HTTP client, outermost first. */
  readonly through: readonly Step[];
  /** The requests that it can make: several when the URL or the method has alternatives. */
  readonly requests: readonly ExplainedRequest[];
  readonly services: readonly ExplainedService[];
  /** Why it is no call of a service; absent when it is one. */
  readonly because?: string;
}

export interface ExplainedRequest {
  /** Upper-case, or `{name}`. */
  readonly method: string;
  readonly url: string;
  /** How the URL came about, up to its query. */
  readonly pieces: readonly Piece[];
  /** Why the method, the host or the path is not known. */
  readonly unknowns: readonly string[];
  readonly headers: ExplainedFields;
  readonly query: ExplainedFields;
  readonly body: ExplainedFields & { readonly kind: string };
}

export interface ExplainedFields {
  readonly fields: readonly ExplainedField[];
  /** Why there may be more. */
  readonly open?: string;
}

export interface ExplainedField {
  readonly name: string;
  readonly presence: Presence;
  /** Why it is `sometimes` or `unknown`. */
  readonly reason?: string;
  /** Alternatives. */
  readonly values: readonly { readonly shown: string; readonly pieces: readonly Piece[] }[];
  /** Where it is set, when no value says so. */
  readonly trace: Trace;
}

/** A piece of a text that stands at one place, and the way it came. */
export interface Piece {
  /** Unknown pieces in braces. */
  readonly shown: string;
  /** Why it is unknown. */
  readonly reason?: string;
  readonly trace: Trace;
}

export interface ExplainedService {
  readonly service: string;
  readonly title: string;
  readonly confidence: Confidence;
  readonly evidence: string;
  /** False where the code only makes an SDK's client. */
  readonly sends: boolean;
  /** `GET /api/v3/scenarios`, or null when the contract's operation is not known. */
  readonly endpoint: string | null;
  /** The withdrawn operation that it calls. */
  readonly withdrawn?: string;
  readonly rules: readonly ExplainedRule[];
}

export interface ExplainedRule {
  readonly ruleId: string;
  /** Absent: the rule has nothing to say of this call. */
  readonly verdict?: Verdict;
  /** Of a violation. */
  readonly severity?: Severity;
  readonly because: string;
}
