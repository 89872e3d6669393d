import type { Text, TextPart } from '../request.ts';
import { splitScheme } from './secrets.ts';

/** Below this length even four characters would give away too much. */
const SHORT = 12;

/**
 * The one place that masks secrets: at most the first four characters, nothing of a short value. A
 * scheme in front (`Bearer `) is no secret and stays.
 */
export function maskSecret(value: string): string {
  const { scheme, credential } = splitScheme(value);
  const shown = credential.length < SHORT ? '' : credential.slice(0, 4);
  return `${scheme}${shown}…`;
}

/**
 * A credential for a person: unknown parts in braces, literal parts masked; only the first one shows
 * any characters.
 */
export function printMasked({ parts }: Text): string {
  return maskParts(parts).join('');
}

/** The same, part by part. */
export function maskParts(parts: readonly TextPart[]): string[] {
  let started = false;
  return parts.map((part) => {
    const isLiteral = 'literal' in part;
    const first = !started;
    if (isLiteral && splitScheme(part.literal).credential === '') return part.literal;
    started = true;
    if (!isLiteral) return `{${part.unknown.name}}`;
    return first ? maskSecret(part.literal) : '…';
  });
}
