/**
 * Compiles the words that a file must have one of to be worth parsing (hosts, header names, package
 * names, names of environment variables) into one expression. A leading `*.` of a host is dropped.
 * Without any word it matches nothing.
 */
export function needlesOf(words: readonly string[]): RegExp {
  const plain = new Set(
    words.map((word) => word.toLowerCase().replace(/^\*?\./, '')).filter((word) => word !== ''),
  );
  // A word that holds another one adds nothing.
  const shortest = [...plain].filter(
    (word) => ![...plain].some((other) => other !== word && word.includes(other)),
  );
  if (shortest.length === 0) return /(?!)/;
  return new RegExp(shortest.sort().map(escaped).join('|'), 'i');
}

/** The same for a text of which each byte is a character: it matches where the needles do, and seldom else. */
export function inBytes(needles: RegExp): RegExp {
  return new RegExp(needles.source.replace(/[\u0080-\uffff]+/g, '[\\u0080-\\uffff]+'), needles.flags);
}

/** Whether one of the needles stands anywhere in the text, in upper or lower case. */
export function hasNeedle(text: string, needles: RegExp): boolean {
  return needles.test(text);
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
