/**
 * A client under test. Its snippets are run with the real package, and analysed as they stand. In them, `HOST`
 * is the local server's origin and `PORT` its port.
 */
export interface Subject {
  readonly name: string;
  /** Its name in `src/clients`, if that is another. */
  readonly client?: string;
  /** The installed packages that are run; none for what Node brings. */
  readonly packages?: readonly string[];
  /** How it is imported: the beginning of each snippet. */
  readonly setup?: string;
  /** How it sends a GET with headers. Both arguments are code. */
  readonly send: (url: string, headers: string) => string;
  /** How it sends a GET with query parameters, and the option's name. */
  readonly query?: Option;
  /** How it sends a GET to a path below a base, and the option's name. */
  readonly join?: Option;
  /** Containers in a spelling of its own. */
  readonly containers?: Readonly<Record<string, string>>;
  /** What a reader of docs/client-semantics.md must know about its cells. */
  readonly note?: string;
  /** Code around a snippet that is run but not analysed: what a browser or a framework brings along. */
  readonly hidden?: { readonly before?: string; readonly after?: string };
  /** The language of its snippets, if it is not JavaScript. */
  readonly language?: 'ts';
  /** Containers (see `containers.ts`) that it has no place for. */
  readonly without?: readonly string[];
  /** Names of probes (see `probes.ts`) that it refuses: nothing is sent. */
  readonly refuses?: readonly string[];
  /** Instances, query parameters, addresses, bodies: name → code behind `setup`. */
  readonly cases?: Readonly<Record<string, string>>;
}

/** An option of a client; both arguments of `code` are code. */
export interface Option {
  readonly option: string;
  readonly code: (address: string, value: string) => string;
}

/** A call that calls back `done` or `fail`. */
export function answered(call: string): string {
  return `await new Promise((done, fail) => { ${call} });`;
}

/** The address of a module in `hosts/`, which a snippet's hidden code imports. */
export function host(name: string): string {
  return new URL(`./hosts/${name}.mjs`, import.meta.url).href;
}
