import { fileURLToPath } from 'node:url';
import { createJiti } from 'jiti';

/** The default export of a module in JavaScript or TypeScript, which is run. */
export function importModule(file: string): Promise<unknown> {
  const jiti = createJiti(import.meta.url, {
    fsCache: false,
    moduleCache: false,
    // The fusionlint that runs, wherever the module lies and whatever is installed there.
    alias: { fusionlint: fileURLToPath(import.meta.resolve('fusionlint')) },
  });
  return jiti.import(file, { default: true });
}
