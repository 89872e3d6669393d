/** Files whose scripts stand between markup. */
export const EMBEDDING = /\.(?:vue|svelte|astro)$/;

const SCRIPT = /(<script\b(?:[^>"']|"[^"]*"|'[^']*')*>)([\s\S]*?)<\/script\s*>/gi;
/** Astro's component script: between two lines of three dashes at the top. */
const FRONT_MATTER = /^(\s*---\r?\n)([\s\S]*?)\n---/;

/**
 * The scripts of a single-file component as one text of the same length: everything else becomes spaces,
 * so that every line and column stays what it is. A script with a `src` or of another type (JSON, a
 * template) is left out.
 */
export function embeddedScripts(file: string, text: string): string {
  const blocks = [...text.matchAll(SCRIPT)].filter(([, tag = '']) => isScript(tag));
  const front = file.endsWith('.astro') ? FRONT_MATTER.exec(text) : null;
  const kept = [...(front ? [front] : []), ...blocks].map((match) => {
    const start = (match.index ?? 0) + (match[1]?.length ?? 0);
    return { start, end: start + (match[2]?.length ?? 0) };
  });
  let out = '';
  let at = 0;
  for (const { start, end } of kept.sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out += blank(text.slice(at, start)) + text.slice(start, end);
    at = end;
  }
  return out + blank(text.slice(at));
}

function isScript(tag: string): boolean {
  if (/\ssrc\s*=/i.test(tag)) return false;
  const type = /\stype\s*=\s*["']?([^"'\s>]+)/i.exec(tag)?.[1];
  return type === undefined || /^(?:module|(?:text|application)\/(?:java|type)script)$/i.test(type);
}

/** Spaces of the same length, on as many lines. */
export function blank(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}
