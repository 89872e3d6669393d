/**
 * A client under test. Its snippets are run with the real package, and analysed as they stand. In them, `HOST`
 * is the local server's origin and `PORT` its port.
 */
export interface Subject {
  readonly name: string;
  /** How it is imported: the beginning of each snippet. */
  readonly setup?: string;
  /** How it sends a GET with headers. Both arguments are code. */
  readonly send: (url: string, headers: string) => string;
  /** Code around a snippet that is run but not analysed: what a browser or a framework brings along. */
  readonly hidden?: { readonly before?: string; readonly after?: string };
  /** The language of its snippets, if it is not JavaScript. */
  readonly language?: 'ts';
  /** Containers (see `containers.ts`) that it has no place for. */
  readonly without?: readonly string[];
  /** Containers and cases that it refuses: nothing is sent. */
  readonly refuses?: readonly string[];
  /** Instances, query parameters, addresses, bodies: name → code behind `setup`. */
  readonly cases?: Readonly<Record<string, string>>;
}

/** A call that calls back `done` or `fail`. */
export function answered(call: string): string {
  return `await new Promise((done, fail) => { ${call} });`;
}

/** The address of a module in `hosts/`, which a snippet's hidden code imports. */
export function host(name: string): string {
  return new URL(`./hosts/${name}.mjs`, import.meta.url).href;
}
