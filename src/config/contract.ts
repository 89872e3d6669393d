/**
 * The contract of a service of one's own, as it is written in a file or in the configuration;
 * `contract.schema.json` describes it. Days are written YYYY-MM-DD.
 */
export interface UserContract {
  readonly $schema?: string | undefined;
  /** How messages name the service. */
  readonly title: string;
  /** Where its documentation is. */
  readonly docs?: string | undefined;
  /**
   * Hosts that are the service's own, with the port where it is not the scheme's. A leading `*.` stands
   * for one or more labels, a `*` elsewhere for any text without a dot.
   */
  readonly hosts: readonly string[];
  /** Headers that every call must carry, by name. */
  readonly headers?: Readonly<Record<string, UserHeader>> | undefined;
  /** Headers that a call may carry, whose values have a form, by name. */
  readonly optionalHeaders?: Readonly<Record<string, UserHeader>> | undefined;
  /** Headers that the service has replaced, by name. */
  readonly legacyHeaders?: Readonly<Record<string, UserLegacyHeader>> | undefined;
  /** What stands in `Authorization`, of operations that say nothing else. */
  readonly auth?: UserAuth | undefined;
  /** Names of headers that no other service has: one of them tells a call to an unknown host. */
  readonly ownHeaders?: readonly string[] | undefined;
  /** The operations, by method and path: `GET /v1/invoices/{id}`. */
  readonly endpoints?: Readonly<Record<string, UserEndpoint>> | undefined;
  /** `endpoints` lists all operations: `headers` are required of no others. */
  readonly complete?: boolean | undefined;
  /** A path below which the service has no operation but those in `endpoints`; `/` for all. */
  readonly listedBelow?: string | undefined;
  /** Operations that the service has withdrawn, or will; `*` stands for any method. */
  readonly retiredEndpoints?: Readonly<Record<string, UserRetiredEndpoint>> | undefined;
  /** Where credentials stand in a request. */
  readonly credentials?: readonly UserCredential[] | undefined;
  /** Words that stand for a credential in documentation. */
  readonly placeholders?: readonly string[] | undefined;
}

export interface UserHeader {
  /** What to send, in a few words: `the API key of your team`. */
  readonly value: string;
  /** What the service answers to a call without it. */
  readonly answer?: { readonly status: number; readonly code?: string | undefined } | undefined;
  /** The day from which the service asks for it; before, nothing is reported. */
  readonly since?: string | undefined;
  /** The form of its value, a scheme in front of it left out. */
  readonly format?: UserFormat | undefined;
}

export interface UserFormat {
  /** A regular expression (without slashes) that every right value matches as a whole. */
  readonly pattern: string;
  /** To stand behind "takes": `a number`. */
  readonly words: string;
}

/** `bearer`: a token behind `Bearer`; `key`: a key without a scheme; `basic`; `none`: it is not read. */
export type UserAuth = 'bearer' | 'key' | 'basic' | 'none';

/** Silent before `warnFrom`, a warning until `failsFrom` (for ever without one), then an error. */
export interface UserCalendar {
  readonly warnFrom?: string | undefined;
  readonly failsFrom?: string | undefined;
}

export interface UserLegacyHeader extends UserCalendar {
  /** The name of the header to send in its place. */
  readonly replacedBy: string;
  /** A sentence for the message, such as what becomes of the value. */
  readonly note?: string | undefined;
}

export interface UserEndpoint {
  /** Headers that this operation requires besides the contract's, by name. */
  readonly headers?: Readonly<Record<string, UserHeader>> | undefined;
  /** Names of the contract's headers that it works without. */
  readonly without?: readonly string[] | undefined;
  readonly auth?: UserAuth | undefined;
  /** The parameters of its query, by name; there may be others. */
  readonly query?: Readonly<Record<string, UserParameter>> | undefined;
  /** The body must be `application/x-www-form-urlencoded`. */
  readonly body?: 'form' | undefined;
  /** The operation works, but its documentation advises against it. Nothing is reported. */
  readonly deprecated?: boolean | undefined;
}

export interface UserParameter {
  readonly required?: boolean | undefined;
  /** The name that it went by before; to go on sending that one is reported. */
  readonly replaces?: (UserCalendar & { readonly name: string }) | undefined;
}

export interface UserRetiredEndpoint extends UserCalendar {
  /** What to call in its place: `GET /v2/invoices`. */
  readonly replacement: string;
  readonly note?: string | undefined;
}

export interface UserCredential {
  readonly in: 'header' | 'form' | 'query';
  readonly name: string;
  /** What it is, for the message: `API key`. */
  readonly what: string;
  /** It is public by design, such as a client id. */
  readonly public?: boolean | undefined;
}
