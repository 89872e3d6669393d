import type { Hunk } from '../change.ts';

const HUNK = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/;

/** What a patch without lines of context changes, by file; files that are gone are left out. */
export function changedLines(patch: string): Map<string, Hunk[]> {
  const files = new Map<string, Hunk[]>();
  const lines = patch.split('\n');
  let hunks: Hunk[] | undefined;
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('diff --git ')) hunks = undefined;
    if (line.startsWith('+++ ')) {
      const file = fileOf(line.slice(4));
      hunks = file === undefined ? undefined : [];
      if (file !== undefined && hunks) files.set(file, hunks);
    }
    const [header, old = '1', start = '0', count = '1'] = HUNK.exec(line) ?? [];
    if (header === undefined) continue;
    // The lines of a hunk may look like anything, so they are counted off.
    const removed: string[] = [];
    for (let left = Number(old) + Number(count); left > 0 && at + 1 < lines.length; ) {
      at += 1;
      const text = lines[at] ?? '';
      if (text.startsWith('\\')) continue;
      left -= 1;
      if (text.startsWith('-')) removed.push(text.slice(1));
    }
    const first = Number(start) + (count === '0' ? 1 : 0);
    hunks?.push({ first, last: first + Number(count) - 1, removed: removed.join('\n') });
  }
  return files;
}

/** The name behind `+++ `, which git puts in quotes where it holds characters that would end it. */
function fileOf(name: string): string | undefined {
  const plain = name.startsWith('"')
    ? unquoted(name.replace(/\t$/, '').slice(1, -1))
    : name.replace(/\t$/, '');
  return plain === '/dev/null' ? undefined : plain.replace(/^b\//, '');
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function unquoted(text: string): string {
  return text.replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string = '') =>
    octal === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
