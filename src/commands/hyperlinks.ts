/**
 * Whether a terminal makes a link of an OSC 8 sequence. FORCE_HYPERLINK decides where it is set; without
 * colors there are no links; else the terminal must be known to show them. Never in a file.
 */
export async function useHyperlinks(
  stream: Pick<NodeJS.WriteStream, 'isTTY'>,
  color: boolean,
  env: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const forced = env.FORCE_HYPERLINK;
  if (forced !== undefined && forced !== '') return Number(forced) !== 0;
  if (!color || stream.isTTY !== true) return false;
  const { createSupportsHyperlinks } = await import('supports-hyperlinks');
  return createSupportsHyperlinks(stream);
}
