import { stripVTControlCharacters } from 'node:util';

/** Text for a terminal: made safe, measured, wrapped. */

/**
 * Characters that a terminal obeys or hides: controls, bidi and other format characters, line
 * separators, lone surrogates, noncharacters, and letters that show nothing. The emoji variation selector is harmless.
 */
const HIDDEN =
  /(?!\ufe0f)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const HALF_WIDTH = /[\uff61-\uffdc]/;
const MARK = /\p{M}/u;

/** The text with every character that a terminal would obey or hide as `\u{1b}`. */
export function escapeHidden(text: string): string {
  return text.replace(HIDDEN, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The text as a link that a terminal follows (OSC 8); as it is without an address of plain characters. */
export function hyperlink(text: string, address: string | undefined): string {
  if (address === undefined || !/^[!-~]+$/.test(address)) return text;
  return `\x1b]8;;${address}\x1b\\${text}\x1b]8;;\x1b\\`;
}

/** Columns that a text takes in a terminal; colours take none, and other hidden characters are not in it. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (character < '\u0300') sum += 1;
    else if (!MARK.test(character)) sum += WIDE.test(character) && !HALF_WIDTH.test(character) ? 2 : 1;
  }
  return sum;
}

/** The text in lines of at most `width` columns, broken at spaces only. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && columns(line) + 1 + columns(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  lines.push(line);
  return lines;
}

/** The text, or its beginning with `…` when it takes more than `width` columns. */
export function clip(text: string, width: number): string {
  if (columns(text) <= width) return text;
  let out = '';
  for (const character of text) {
    if (columns(out) + columns(character) > width - 1) break;
    out += character;
  }
  return `${out.trimEnd()}…`;
}

/** `1 call`, `2 calls`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
