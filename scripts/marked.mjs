// Parts of a page that a script writes stand between `<!-- name -->` and `<!-- /name -->`.

/** The text with another part of this name. */
export function withPart(text, name, part) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`there is no ${open} … ${close}`);
  return `${text.slice(0, start)}${open}\n\n${part.trimEnd()}\n\n${text.slice(end)}`;
}
