import type { Arrival, Wire } from '../../support/wire.ts';
import type { Subject } from './subject.ts';

/** What a call puts on the wire, in the words that a prediction has too. */
export interface Said {
  readonly host: string;
  readonly call: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What became of a snippet: nothing is said when nothing was sent. */
export interface Outcome {
  readonly said: Said | undefined;
  /** Without its parameters, such as a boundary. */
  readonly contentType: string | undefined;
  readonly error: unknown;
}

/** The code that fusionlint is shown. */
export function analysedCode({ origin }: Wire, { setup = '' }: Subject, code: string): string {
  return placed(origin, `${setup}\n${code}`);
}

export async function run(wire: Wire, subject: Subject, code: string): Promise<Outcome> {
  const { hidden = {}, language } = subject;
  const before = placed(wire.origin, hidden.before ?? '');
  const after = placed(wire.origin, hidden.after ?? '');
  const { arrivals, error } = await wire.run(
    `${before}\n${analysedCode(wire, subject, code)}\n${after}`,
    language,
  );
  const [arrival] = arrivals;
  const contentType = arrival?.headers['content-type']?.split(';')[0];
  return { said: arrival && arrived(wire.origin, arrival), contentType, error };
}

function placed(origin: string, code: string): string {
  return code.replaceAll('HOST', origin).replaceAll('PORT', new URL(origin).port);
}

/** Headers that a client adds by itself are left out of account: those of the snippets have these names. */
const OF_THE_SNIPPET = /^(?:x-(?!requested-with).*|authorization)$/;

function arrived(origin: string, { method, path, query, headers, body }: Arrival): Said {
  const own = Object.entries(headers).filter(([name]) => OF_THE_SNIPPET.test(name));
  return {
    host: new URL(origin).host,
    call: `${method} ${path}`,
    query: sorted(query),
    headers: sorted(own.map(([name, value]) => [name, String(value)])),
    body: kindOf(body),
  };
}

function kindOf(body: string): string {
  if (body === '') return 'none';
  if (body.startsWith('--')) return 'multipart';
  return body.startsWith('{') ? 'json' : /^\w+=/.test(body) ? 'form' : 'text';
}

export function sorted(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}
