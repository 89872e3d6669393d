const MAGIC = /[*?[\]{}!]/;

/** Whether a path that does not exist is meant as a pattern. */
export function isGlob(path: string): boolean {
  return MAGIC.test(path);
}

/** The folder before the first part with magic characters: `src` of `src/*.ts`. */
export function globFolder(glob: string): string {
  const parts = glob.split('/');
  return parts.slice(0, parts.findIndex(isGlob)).join('/') || (glob.startsWith('/') ? '/' : '.');
}
