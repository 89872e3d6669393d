/**
 * A mistake of the person who runs fusionlint (a wrong option, path or config), with a message meant for
 * them. The command prints the message alone and exits with code 2.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The message of whatever was thrown, on one line and without a stack. */
export function messageOf(thrown: unknown): string {
  const text = thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
