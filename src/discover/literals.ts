/**
 * The object that a setting of a configuration file is written as (`env: { … }`), read from the text: the
 * names of its entries and the text of their values. This runs before anything is parsed, and it is only
 * to find URLs that are written there; what is put together by code is not read.
 */
export interface Entry {
  /** `public`, `authUrl`. */
  readonly path: readonly string[];
  readonly expression: string;
}

const COMMENT_OR_STRING = /(["'`])(?:\\.|(?!\1)[^\\])*\1|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*/g;
const TOKEN = /(["'`])(?:\\.|(?!\1)[^\\])*\1|[{}()[\],:]|[^\s{}()[\],:"'`]+/g;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

/** The entries of each object that stands behind the name. */
export function entriesOf(text: string, name: string): Entry[] {
  const code = text.replace(COMMENT_OR_STRING, (found) => (/^\//.test(found) ? ' ' : found));
  // The name is looked for outside of strings; it may be quoted itself.
  const outside = code.replace(COMMENT_OR_STRING, (found) =>
    /^\W\w+\W$/.test(found) ? found : ' '.repeat(found.length),
  );
  const entries: Entry[] = [];
  for (const match of outside.matchAll(new RegExp(`\\b${name}["']?\\s*:\\s*\\{`, 'g'))) {
    const tokens = code.slice(match.index + match[0].length).matchAll(TOKEN);
    readObject(tokens, [], entries);
  }
  return entries;
}

/** Reads up to the brace that closes the object. */
function readObject(tokens: IterableIterator<RegExpExecArray>, path: readonly string[], into: Entry[]): void {
  let key: string | undefined;
  let expression = '';
  const end = () => {
    if (key !== undefined && expression !== '') into.push({ path: [...path, key], expression });
    key = undefined;
    expression = '';
  };
  let before = '';
  for (let next = tokens.next(); !next.done; next = tokens.next()) {
    const [token] = next.value;
    if (token === '}') break;
    if (token === ',') end();
    else if (token === ':' && key === undefined && before !== '') key = before.replace(/^["'`]|["'`]$/g, '');
    else if (key === undefined) {
      // A computed name, or the rest of a method.
      if (CLOSING[token] !== undefined) skipped(tokens, token);
      before = CLOSING[token] === undefined ? token : '';
    } else if (token === '{' && expression === '') {
      readObject(tokens, [...path, key], into);
      key = undefined;
    } else expression += CLOSING[token] === undefined ? `${token} ` : skipped(tokens, token);
  }
  end();
}

/** The text from an opening bracket to its closing one. */
function skipped(tokens: IterableIterator<RegExpExecArray>, opening: string): string {
  let text = opening;
  for (let next = tokens.next(); !next.done; next = tokens.next()) {
    const [token] = next.value;
    if (CLOSING[token] !== undefined) text += skipped(tokens, token);
    else {
      text += `${token} `;
      if (token === CLOSING[opening]) break;
    }
  }
  return text;
}
