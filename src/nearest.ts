import levenshtein from 'fastest-levenshtein';

/** The candidate that `name` is probably a misspelling of; undefined when none is close. */
export function nearest(name: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const typed = name.toLowerCase();
  const lower = candidates.map((each) => each.toLowerCase());
  const best = levenshtein.closest(typed, lower);
  const allowed = Math.max(1, Math.floor(Math.max(typed.length, best.length) * 0.4));
  return levenshtein.distance(typed, best) <= allowed ? candidates[lower.indexOf(best)] : undefined;
}

/** `; did you mean "required-headers"?`, or nothing. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const best = nearest(name, candidates);
  return best === undefined ? '' : `; did you mean "${best}"?`;
}

/** Whether a name is another one mistyped: a letter or two, or what stands between the words. */
export function isMistyped(name: string, right: string): boolean {
  return name !== right && levenshtein.distance(lettersOf(name), lettersOf(right)) <= 2;
}

function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
