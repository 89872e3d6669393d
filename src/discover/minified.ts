const LONG_LINE = 1000;

/**
 * Whether a source text is a minified bundle: nearly all of it stands in very long lines that are code,
 * not data (a picture in base64 has few commas and brackets).
 */
export function looksMinified(text: string): boolean {
  if (text.length < 2 * LONG_LINE) return false;
  let long = 0;
  let marks = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (end - start > LONG_LINE) {
      long += end - start;
      marks += text.slice(start, end).match(/[;,(){}]/g)?.length ?? 0;
    }
    start = end + 1;
  }
  return long > 0.8 * text.length && marks > 0.05 * long;
}
