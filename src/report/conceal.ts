import { splitScheme } from '../lint/secrets.ts';

/**
 * Code frames print source text, so secrets are masked here a second time. Characters are replaced one
 * for one, which keeps every column in its place. It masks too much rather than too little.
 */

const NAME = String.raw`(?:(?<=[\w-])key|secret|token|passw(?:or)?d|pwd|passphrase|authorization|credential)[\w$-]*`;
const STRING = String.raw`(?<quote>["'\x60])(?<value>(?:\\.|(?!\k<quote>)[^\\])*)`;

/** `apiKey: '…'`, `'x-api-key', '…'`, `process.env.TOKEN ?? '…'` */
const NAMED = new RegExp(
  String.raw`${NAME}["'\x60]?\]?\s*(?::\s*string\s*=|\?\?=?|\|\|=?|[:=,])\s*${STRING}`,
  'dgi',
);
/** `?client_secret=…` */
const IN_QUERY = new RegExp(String.raw`["'\x60?&][\w-]*${NAME}=(?<value>[^&"'\x60\s#]+)`, 'dgi');
/** The password in `https://user:…@host` */
const IN_HOST = /:\/\/[^\s:/@"'`]+:(?<value>[^\s/@"'`]+)@/dg;
const JWT = /(?<value>eyJ[\w-]{8,}(?:\.[\w-]*)*)/dg;
const LONG_RUN = /(?<value>[A-Za-z0-9+/=]{40,}|[\w+=-]{20,})/dg;
/** A string that is not a property name. */
const ANY_STRING = new RegExp(String.raw`${STRING}\k<quote>(?!\s*[:\]])`, 'dg');
/** A URL or its path, something built from a base URL, a media type, the name of a header. */
const HARMLESS =
  /^[a-z][a-z+.-]*:\/\/|^\/|^\$\{|^[a-z]+\/[a-z.+-]+$|^x-[a-z-]+$|^(?:authorization|content-type|accept)$/i;

/** As short as no credential is; the same bound as in `lint/secrets.ts`. */
const MIN_LENGTH = 8;
/** Below this length even four characters would give away too much; as in `lint/mask.ts`. */
const SHORT = 12;

/** A part of a line, as offsets from 0. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The line with what looks like a credential masked after its first four characters. `suspects` are the
 * parts of the line that a finding about a credential points to: every string there counts.
 */
export function conceal(line: string, suspects: readonly Span[] = []): string {
  let out = line;
  for (const { value, span } of matches(out, NAMED)) {
    if (!HARMLESS.test(value)) out = cover(out, value, span);
  }
  if (suspects.length > 0) {
    for (const { value, span } of matches(out, ANY_STRING)) {
      const inside = suspects.some(({ from, to }) => span.from > from && span.to < to);
      const meant = suspects.some(({ from, to }) => span.from === from + 1 && span.to === to - 1);
      const harmless = meant ? value.includes('://') : value.length < MIN_LENGTH || HARMLESS.test(value);
      if (inside && !harmless) out = cover(out, value, span);
    }
  }
  for (const pattern of [IN_QUERY, IN_HOST, JWT]) {
    for (const { value, span } of matches(out, pattern)) out = cover(out, value, span);
  }
  for (const { value, span } of matches(out, LONG_RUN)) {
    if (/[A-Za-z]/.test(value) && /(?:\d.*){3}/.test(value)) out = cover(out, value, span);
  }
  return out;
}

function* matches(line: string, pattern: RegExp): Generator<{ value: string; span: Span }> {
  for (const match of line.matchAll(pattern)) {
    const value = match.groups?.value;
    const place = match.indices?.groups?.value;
    if (value !== undefined && place) yield { value, span: { from: place[0], to: place[1] } };
  }
}

/** Replaces the literal parts of a credential; a scheme in front and `${…}` are no secret and stay. */
function cover(line: string, value: string, span: Span): string {
  const { credential } = splitScheme(value);
  if (credential === '') return line;
  const start = value.indexOf(credential);
  let shown = credential.length < SHORT ? 0 : 4;
  let masked = value.slice(0, start);
  for (const part of value.slice(start).split(/(\$\{[^}]*\})/)) {
    masked += part.startsWith('${')
      ? part
      : part.slice(0, shown) + '•'.repeat(Math.max(0, part.length - shown));
    if (part !== '') shown = 0;
  }
  return line.slice(0, span.from) + masked + line.slice(span.to);
}
