import ignore, { type Ignore } from 'ignore';

/**
 * Matches paths against patterns in gitignore syntax, with two additions that people write out of habit:
 * `{a,b}` and a leading `./`.
 */
export function patterns(lines: readonly string[]): Ignore {
  return ignore({ ignorecase: false }).add(
    lines.flatMap((line) => expandBraces(line.replace(/^(!?)\.\//, '$1/'))),
  );
}

/** `*.{js,ts}` → `*.js`, `*.ts`. */
export function expandBraces(pattern: string): string[] {
  const braces = /\{([^{}]*,[^{}]*)\}/.exec(pattern);
  if (!braces) return [pattern];
  const before = pattern.slice(0, braces.index);
  const after = pattern.slice(braces.index + braces[0].length);
  return (braces[1] ?? '').split(',').flatMap((choice) => expandBraces(before + choice + after));
}

/**
 * The rules of several `.gitignore` files as one. `files` maps the folder of each (relative, '' for the
 * top) to its text.
 */
export function gitignores(files: ReadonlyMap<string, string>): Ignore {
  const rules = ignore({ ignorecase: false });
  // Deeper files are stronger, and the last match decides.
  const folders = [...files.keys()].sort((a, b) => depth(a) - depth(b));
  for (const folder of folders) {
    const lines = (files.get(folder) ?? '').split(/\r?\n/);
    rules.add(folder === '' ? lines : lines.map((line) => within(folder, line)));
  }
  return rules;
}

function depth(folder: string): number {
  return folder === '' ? 0 : folder.split('/').length;
}

/** A line of a nested `.gitignore`, rewritten for the top folder. */
function within(folder: string, line: string): string {
  if (line.trim() === '' || line.startsWith('#')) return '';
  const [, not = '', rule = ''] = /^(!?)(.*)$/.exec(line) ?? [];
  const place = `/${folder.replace(/[\\*?[\]!# ]/g, '\\$&')}`;
  // A pattern with a slash before its end is anchored to its own folder.
  const anchored = /\/./.test(rule);
  return anchored ? `${not}${place}/${rule.replace(/^\//, '')}` : `${not}${place}/**/${rule}`;
}
