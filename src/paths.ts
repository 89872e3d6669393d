import path from 'node:path';

/** The path with forward slashes, as findings and messages write it on every system. */
export function slashed(file: string): string {
  return path.sep === '/' ? file : file.split(path.sep).join('/');
}

/** How messages name a file: as seen from the working folder. Both absolute. */
export function nameOf(file: string, cwd: string): string {
  return slashed(path.relative(cwd, file)) || slashed(file);
}

/** Whether `file` is `folder` or lies below it; both absolute. */
export function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** Pages whose code blocks may be linted. */
export const MARKDOWN = /\.(?:md|mdx|markdown)$/i;
