import type { Calendar, Contract, Endpoint, RetiredEndpoint, RetiredLibrary } from '../contracts/contract.ts';
import type { UnlistedOperation } from '../contracts/unlisted.ts';
import type { Confidence, Request, Runtime, Severity, Trace } from '../request.ts';

/** What a rule sees. Never a syntax node. */
export interface RuleContext<Message extends string = string> {
  readonly request: Request;
  readonly contract: Contract;
  readonly confidence: Confidence;
  /** Where the call runs. */
  readonly runtime: Runtime;
  /** The operation this request reaches; undefined when none or more than one could be meant. */
  readonly endpoint: Endpoint | undefined;
  /** The withdrawn operation whose path and method the request has. */
  readonly retired: RetiredEndpoint | undefined;
  /** What the request calls instead, where it can't be an operation that the vendor lists. */
  readonly unlisted: UnlistedOperation | undefined;
  /** The withdrawn library that makes the call. */
  readonly retiredLibrary: RetiredLibrary | undefined;
  /** The user has said that the service has several tenants. */
  readonly multiTenant: boolean;
  readonly report: Report<Message>;
}

/**
 * What mends a violation, in the request's terms. It becomes edits of the code where they are certainly right,
 * for every call that the place of the edit serves.
 */
export type Change =
  /** Another name for a header or a query parameter, whose value stays. */
  | { readonly rename: 'header' | 'query'; readonly name: string; readonly to: string }
  /** A `+` that begins the value of this parameter, written so that it arrives. */
  | { readonly encodePlus: string }
  | { readonly scheme: 'https' }
  /** A query parameter, or the parameter of a withdrawn path, goes; its value is sent as a header. */
  | { readonly move: { readonly query: string } | { readonly path: string }; readonly toHeader: string };

export interface ViolationOptions {
  /** What mends it, if an edit can. */
  readonly change?: Change | undefined;
  /** The places that prove it; shown and linked. */
  readonly trace?: Trace;
  /** When the clause takes effect; without it, it always was in force. */
  readonly calendar?: Calendar;
  /** Report at the last place of the trace (where the value stands) instead of at the call. */
  readonly atOrigin?: boolean;
  /**
   * The headers are at fault: where several calls take them from one place, and all of them break the clause
   * there, that place is reported, once.
   */
  readonly ofHeaders?: boolean;
  /** The rule that reports the same cause. Where it is on, the finding is its own; the verdict stands. */
  readonly toldBy?: string;
  /** Lower than the rule's own severity. */
  readonly severity?: Severity;
  /**
   * What the violation is about (header names, a masked value), for its fingerprint; without it, the
   * data. Give it when the data holds wording, so that a new wording does not make a new finding.
   */
  readonly subject?: string;
}

/** A rule says one of the three for each clause; the worst of them is the rule's verdict on the call. */
export interface Report<Message extends string> {
  violation(message: Message, data: Readonly<Record<string, string>>, options?: ViolationOptions): void;
  /** `because` is a short sentence without its full stop: `x-api-key is sent`. */
  satisfied(because: string): void;
  unknown(reason: string): void;
}

export interface Rule<Message extends string = string> {
  readonly id: string;
  readonly severity: Severity;
  /** One line for tables. */
  readonly summary: string;
  /**
   * What is wrong, what the service answers, what to do. `{name}` is filled from the data, `{since}` with
   * the day of the violation's calendar (` since 2026-07-01`, ` from 2026-07-01 on`, or nothing).
   */
  readonly messages: Readonly<Record<Message, string>>;
  check(context: RuleContext<Message>): void;
  /** For a rule about the comments that suppress findings of others: it is run on each of them. */
  checkSuppression?(context: SuppressionContext<Message>): void;
}

/** What a rule sees of a comment that suppresses findings. */
export interface SuppressionContext<Message extends string = string> {
  /** Its first word, as written: `fusionlint-disable-next-line`. */
  readonly directive: string;
  /** Where that is no directive: the one that is probably meant. */
  readonly meant: string | undefined;
  /** It ends the suppressions that others began. */
  readonly enables: boolean;
  readonly rules: readonly NamedRule[];
  /** '' when it gives none. */
  readonly reason: string;
  /** What stands behind `until`; undefined when it does not say it. */
  readonly until: string | undefined;
  /** What `until` makes of it on the day of the run. */
  readonly lasts: 'on' | 'expired' | 'malformed';
  /** Each is a finding where the comment stands. */
  readonly report: (message: Message, data: Readonly<Record<string, string>>) => void;
}

/** A rule that a comment names, and what it has there. */
export interface NamedRule {
  readonly id: string;
  /**
   * `used`: findings where the comment suppresses it; `unused`: none. `unjudged`: nobody knows, such as when it
   * is off.
   */
  readonly state: 'used' | 'unused' | 'unjudged' | 'missing';
  /** Where it is `missing`: the rule that is probably meant, if there is one. */
  readonly meant: string | undefined;
}

/** Types a rule; the identity function. */
export function defineRule<const Message extends string>(rule: Rule<Message>): Rule<Message> {
  return rule;
}
