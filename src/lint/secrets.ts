import type { Contract, CredentialPosition } from '../contracts/contract.ts';
import type { Field, Request } from '../request.ts';

export type SecretClass = 'placeholder' | 'sample' | 'secret' | 'not-a-secret';

/** Shorter values are no credentials of any service here. */
const MIN_LENGTH = 8;

const SCHEME = /^\s*(?:bearer|basic|jwt|token|api-?key|dpop)(?:\s+|$)/i;

/** What a request sends where the service expects a credential. */
export function credentialField(request: Request, position: CredentialPosition): Field | undefined {
  const sets = { header: request.headers, form: request.body.fields, query: request.query };
  return sets[position.in].fields.find((field) => field.name === position.name);
}

const PUBLIC_ID_NAME = /(?:client|application|app)[-_]?id$/i;

/** An application or client id sent as an API key does not work, but it gives nothing away. */
export function isPublicId(names: readonly string[]): boolean {
  return names.some((name) => PUBLIC_ID_NAME.test(name));
}

/** Splits `Bearer abc` into `Bearer ` and `abc`; the scheme is '' when there is none. */
export function splitScheme(value: string): { scheme: string; credential: string } {
  const scheme = SCHEME.exec(value)?.[0] ?? '';
  return { scheme, credential: value.slice(scheme.length).trim() };
}

/**
 * What a literal at the place of a credential is. The place decides: a FusionAuth API key can be any
 * text, so every value that is not plainly something else is a secret. Call it only for a value that
 * the request sends as a credential.
 */
export function classifySecret(value: string, contract: Contract): SecretClass {
  const { scheme, credential } = splitScheme(value);
  if (contract.sampleKeys.includes(credential)) return 'sample';
  if (scheme !== '' && credential === '') return 'not-a-secret';
  const known = contract.placeholders.some((each) => each.toLowerCase() === credential.toLowerCase());
  if (known || isPlaceholder(credential)) return 'placeholder';
  if (credential.length < MIN_LENGTH) return 'not-a-secret';
  const password = /^basic/i.test(scheme.trim()) ? basicPassword(credential) : undefined;
  return password === undefined ? 'secret' : classifySecret(password, contract);
}

/** The password in a Basic credential; undefined when it is not base64 of `user:password`. */
function basicPassword(credential: string): string | undefined {
  const decoded = Buffer.from(credential, 'base64').toString('latin1');
  return /^[\x20-\x7e]*?:([\x20-\x7e]*)$/.exec(decoded)?.[1];
}

const PLACEHOLDER_FORMS: readonly RegExp[] = [
  /^$/,
  /^\{.*\}$|^<.*>$|^\[.*\]$|^%.*%$|^__.*__$/,
  // An interpolation that a plain string never runs: '${process.env.KEY}'.
  /\$\{|process\.env/,
  /\.\.\.|…/,
  /^[x*.0_-]+$/i,
  // Blanked out: c811-------ea148.
  /-{4,}|\*{4,}|x{6,}/i,
  // Groups of one digit each, or counting: 12345678-1234-….
  /^(?:([0-9a-f])\1*-){2,}([0-9a-f])\2*$/i,
  /^(?:0?1234?5?6?7?8?9?0?1?2?-){2,}0?1234?5?6?7?8?9?0?1?2?$/,
  // The token that jwt.io shows: subject 1234567890.
  /^eyJ[\w-]+\.eyJzdWIiOiIxMjM0NTY3ODkw/,
  /^(.)\1*$/,
  // Counting up, as examples do: 1234567890abcdef.
  /^(?:0?1234?5?6?7?8?9?0?|abcd?e?f?g?h?|-)+$/i,
  /^your|[-_ ]here$|[a-z]Here$/i,
  /^my[-_ ].*(?:key|token|secret|password|id)$/i,
  // The name of a constant: FUSION_CLIENT_SECRET.
  /^[A-Z]+(?:_[A-Z]+)+$/,
  // `noapikeyneeded`, and a sentence in one word.
  /^no[-_ ]?(?:api)?[-_ ]?key|(?:needed|required|provided|necessary)$|^(?:not?|un)[-_ ]?used$/i,
  /^this[-_ ].*[-_ ](?:your|key|value|replace|change)/i,
  // A sentence.
  /^[a-z'’]+[,.!?:]?(?:\s+[a-z'’]+[,.!?:]?)+$/i,
];

/** Words that documentation and tests build stand-ins from. */
const STAND_IN_WORDS = new Set(
  `a an the from enter add env environment integration session anonymous lorem ipsum abcdef abcd abc apikey e2e ci dev development staging local playground session first second no not only shared root admin my your our some any this that is it not no me us here
   access api app application auth authorization bearer basic client code credential credentials id jwt key keys
   oauth org organization password pass passwd pw refresh secret secrets service string tenant text token user value
   adobe fusion fusionauth ims io workfront cloud manager
   bad change changeme correct default demo doesnt dont doesntmatter dummy empty example expired fake fill foo bar baz
   goes hidden hello in insert invalid irrelevant issued matter mock mocked new none null nil old placeholder
   please put random redacted removed replace replaceme sample stub super supersecret test testing tests todo undefined
   unused valid very whatever with world wrong`.split(/\s+/),
);

function isPlaceholder(credential: string): boolean {
  return PLACEHOLDER_FORMS.some((form) => form.test(credential)) || readsAsWords(credential);
}

/** `test-api-key`, `myAccessToken`, `dummy_secret_1`: only stand-in words and small numbers. */
function readsAsWords(credential: string): boolean {
  const words = credential
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+|(?<=[A-Za-z])(?=\d)/)
    .filter((word) => word !== '');
  return words.every((word) => STAND_IN_WORDS.has(word.toLowerCase()) || /^\d{1,5}$/.test(word));
}
