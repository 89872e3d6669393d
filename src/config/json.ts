import { messageOf, UsageError } from '../errors.ts';

/**
 * Parses a JSON file; `file` is how the message names it.
 *
 * @throws {UsageError} naming file and line of the first mistake
 */
export function parseJson(text: string, file: string): unknown {
  const json = text.replace(/^\uFEFF/, '');
  try {
    return JSON.parse(json);
  } catch (error) {
    const line = json.slice(0, mistakeAt(json)).split('\n').length;
    throw new UsageError(`${file}:${line}: not valid JSON: ${messageOf(error)}`);
  }
}

const TOKEN =
  /\s*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/uy;

/**
 * Offset of the first token that cannot stand where it stands. JSON.parse knows it too, but not every
 * one of its messages tells.
 */
function mistakeAt(json: string): number {
  const open: string[] = [];
  let expected = 'value';
  let at = 0;
  while (true) {
    TOKEN.lastIndex = at;
    const start = at + (/^\s*/.exec(json.slice(at))?.[0].length ?? 0);
    const match = TOKEN.exec(json);
    if (!match) return start;
    const [, mark, string] = match;
    const inObject = open.at(-1) === '{';
    const closes = inObject ? '}' : ']';
    if (mark === '{' || mark === '[') {
      if (!expected.includes('value')) return start;
      open.push(mark);
      expected = mark === '{' ? 'key or end' : 'value or end';
    } else if (mark === '}' || mark === ']') {
      if (open.length === 0 || mark !== closes || !expected.includes('end')) return start;
      open.pop();
      expected = open.length === 0 ? 'nothing' : 'comma or end';
    } else if (mark === ',') {
      if (!expected.includes('comma')) return start;
      expected = inObject ? 'key' : 'value';
    } else if (mark === ':') {
      if (expected !== 'colon') return start;
      expected = 'value';
    } else if (expected.includes('key')) {
      if (string === undefined) return start;
      expected = 'colon';
    } else {
      if (!expected.includes('value')) return start;
      expected = open.length === 0 ? 'nothing' : 'comma or end';
    }
    at = TOKEN.lastIndex;
  }
}
