/**
 * A contract: what one service requires, as data. Facts carry their source; dates are ISO days. Rules
 * read contracts and never name a service.
 */

/** When a clause takes effect. Before `warnFrom` it is silent, before `failsFrom` a warning, then an error. */
export interface Calendar {
  readonly warnFrom?: string;
  /** Absent: the service still accepts it, so it never becomes an error. */
  readonly failsFrom?: string;
}

/** What the service answers to a request that breaks the clause. */
export interface Answer {
  readonly status: number;
  /** The service's own code, such as `403000`. */
  readonly code?: string;
  /** The service's own words. */
  readonly title?: string;
}

/** The form of a header's value, where the vendor states it. */
export interface HeaderFormat {
  /** What a right value matches, a scheme in front of it left out. */
  readonly pattern: RegExp;
  /** To stand behind "takes": `a number`. */
  readonly words: string;
}

export interface HeaderClause {
  /** Lower-case. */
  readonly name: string;
  /** As the vendor spells it. */
  readonly display: string;
  /** What to send, in a few words: `your Developer Console client id`. */
  readonly value: string;
  readonly answer?: Answer;
  /** The day from which the service asks for it, YYYY-MM-DD; absent: it always did. */
  readonly since?: string;
  readonly format?: HeaderFormat;
  /** Other names, lower-case, under which it is sent by mistake, besides misspellings. */
  readonly mistakenNames?: readonly string[];
}

export interface LegacyHeader extends Calendar {
  readonly name: string;
  readonly display: string;
  /** Display name of the header that replaces it. */
  readonly replacedBy: string;
  readonly note: string;
}

/**
 * How a call may be authenticated; the kinds of API-FACTS 2.1. `headers`: nothing is known but that the
 * required headers do it.
 */
export type AuthKind =
  | 'headers'
  | 'bearer'
  | 'api-key'
  | 'jwt'
  | 'basic-api-key'
  | 'client-credentials-jwt'
  | 'oauth-client'
  | 'none';

export interface Endpoint {
  readonly method: string;
  /** Path template: `/api/user/{userId}`. */
  readonly path: string;
  readonly auth: readonly AuthKind[];
  /** Lower-case names of those of the contract's headers that it requires; absent: all. */
  readonly requiredHeaders?: readonly string[];
  /** Headers that it requires besides the contract's. */
  readonly furtherHeaders?: readonly HeaderClause[];
  /** The body must be `application/x-www-form-urlencoded`; absent: JSON or none. */
  readonly body?: 'form';
  /**
   * With several tenants the call must name its tenant, because the service can't infer it: always
   * (`needed`), with some parameters (`sometimes`), or it must not (`forbidden`). Absent: not needed.
   */
  readonly tenant?: 'needed' | 'sometimes' | 'forbidden';
  /** For `sometimes`: the query parameters (GET), or the fields of the body, with one of which it is needed. */
  readonly tenantWith?: readonly string[];
  /** The parameters of the query that the vendor lists; there may be others. */
  readonly query?: readonly QueryParameter[];
}

export interface QueryParameter {
  readonly name: string;
  readonly required: boolean;
}

/** How a service that has several tenants is told which of them a call means. */
export interface Tenancy {
  /** Lower-case name of the header, one of the contract's optional ones. */
  readonly header: string;
  /** A field of the body that is taken for it, and does not replace it. */
  readonly field: string;
  /** To a call that must name its tenant and does not. */
  readonly missing: Answer;
  /** To a call that must not. */
  readonly forbidden: Answer;
}

/** A route, operation or library that the service has withdrawn or will withdraw. */
export interface RetiredEndpoint extends Calendar {
  /** Which rule speaks of it: a route with an id that moved to a header, or a retired operation. */
  readonly kind: 'organization-in-route' | 'retired';
  /** `*` stands for any method. */
  readonly method: string;
  readonly path: string;
  readonly replacement: string;
  readonly note: string;
  /** Where an id of the route goes instead: the name of a header, as the vendor spells it. */
  readonly header?: string;
}

export interface RetiredQuery extends Calendar {
  readonly kind: 'organization-in-query';
  readonly methods: readonly string[];
  readonly paths: readonly string[];
  readonly name: string;
  readonly replacement: string;
  /** The header that replaces it, as the vendor spells it. */
  readonly header?: string;
}

/**
 * What the service asks of the parameters of a query, besides those that an operation requires. It holds
 * for `operations` (`GET /api/v3/logs`); absent: for every one that lists all parameters that are named.
 */
export type QueryClause = (RenamedParameter | ExactlyOneParameter | DependentParameter | SignedParameter) & {
  readonly operations?: readonly string[];
};

/** A parameter that goes by another name now. */
export interface RenamedParameter extends Calendar {
  readonly kind: 'renamed';
  readonly name: string;
  readonly to: string;
}

export interface ExactlyOneParameter {
  readonly kind: 'exactly-one';
  readonly names: readonly string[];
  readonly answer?: Answer;
}

/** Each of `names` needs another parameter beside it. */
export interface DependentParameter {
  readonly kind: 'dependent';
  readonly names: readonly string[];
  readonly needs: string;
  readonly answer?: Answer;
}

/** A parameter whose value starts with `+` or `-`. */
export interface SignedParameter {
  readonly kind: 'signed';
  readonly name: string;
}

/** A package whose whole purpose is an endpoint that the service has withdrawn. */
export interface RetiredLibrary extends Calendar {
  readonly package: string;
  readonly replacement: string;
  readonly note: string;
}

/** What a request for a token takes besides `grant_type`. HTTP Basic stands for the client's id and secret. */
export interface GrantClause {
  /** Path of the operation. */
  readonly path: string;
  readonly grantType: string;
  readonly parameters: readonly string[];
}

/** What the vendor lists of the service, to tell which requests reach nothing of it. */
export interface Listing {
  /** Every operation below this path is in `endpoints`; elsewhere there are pages, files and others. */
  readonly below: string;
  /** Paths below it of which only some are. */
  readonly except?: readonly string[];
  /** The vendor's page of the operations. */
  readonly docs: string;
  /** The vendor's file, with its version or day: `openapi.yaml 1.69.0 (2026-06-30)`. */
  readonly source: string;
  /** The vendor adds and changes operations at any time. */
  readonly experimental?: true;
  /** What the service answers to a method that a path does not take. */
  readonly wrongMethod?: Answer;
}

/** Where a credential of the service sits in a request. */
export interface CredentialPosition {
  readonly in: 'header' | 'form' | 'query';
  /** Lower-case for headers. */
  readonly name: string;
  /** What it is, for the message: `API key`, `client secret`. */
  readonly what: string;
  /** A client id is public by design: a literal one is a warning only. */
  readonly public?: boolean;
  /** The vendor lets one with few rights ship to browsers, after weighing that anyone can read it. */
  readonly shippable?: boolean;
}

export interface Contract {
  readonly id: string;
  readonly title: string;
  /** The vendor's page. */
  readonly docs: string;
  /**
   * Hosts that are the service's own, with port where it is not the scheme's default. A leading `*.`
   * stands for any one or more labels, a `*` elsewhere for any text without a dot.
   */
  readonly hosts: readonly string[];
  /** Anyone may run the service on a host of their own, so a host that is known can be the service's. */
  readonly selfHosted?: boolean;
  /** The vendor runs the hosts, and they answer https. */
  readonly https?: true;
  /** Hosts below a `*.` host that are not the API. */
  readonly notHosts?: readonly string[];
  /** Hosts of the service that take other headers; calls to them are recognised, nothing is required. */
  readonly otherHosts?: readonly string[];
  /** Names (variables, environment variables, config keys) that point to the service's base URL. */
  readonly names?: RegExp;
  /** First segment of every path, when no other service has it: a path below it reaches the service. */
  readonly prefix?: string;
  /** A port that, together with a path of the contract, points to the service. */
  readonly port?: string;
  /**
   * Words of which a file, or one that it imports, must hold one to be worth parsing; besides the hosts,
   * the own headers and the retired libraries. Compared without case.
   */
  readonly words: readonly string[];
  /** Headers that only this service has, lower-case. */
  readonly ownHeaders: readonly string[];
  readonly headers: readonly HeaderClause[];
  /** Headers that a call may carry, and that have a form of their own. */
  readonly optionalHeaders?: readonly HeaderClause[];
  readonly tenancy?: Tenancy;
  readonly legacyHeaders: readonly LegacyHeader[];
  readonly endpoints: readonly Endpoint[];
  /** `endpoints` is all there is: nothing is known of what a call to another path must carry. */
  readonly complete?: boolean;
  /** Absent: `endpoints` are some of the operations only. */
  readonly listing?: Listing;
  readonly retiredEndpoints: readonly RetiredEndpoint[];
  readonly retiredQuery: readonly RetiredQuery[];
  readonly queryClauses: readonly QueryClause[];
  /** What the service answers when a parameter that an operation requires is missing. */
  readonly queryAnswer?: Answer;
  readonly retiredLibraries: readonly RetiredLibrary[];
  /** Those whose parameters the vendor lists as mandatory for every client. */
  readonly grants?: readonly GrantClause[];
  readonly credentials: readonly CredentialPosition[];
  /** Words that stand for a credential in documentation; never findings. */
  readonly placeholders: readonly string[];
  /** Working keys printed in the vendor's documentation: known to everyone. */
  readonly sampleKeys: readonly string[];
}
