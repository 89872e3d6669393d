import { fix } from '../fix.ts';
import type { RunOptions } from '../prepare.ts';
import { plural } from '../report/text.ts';
import type { Outcome } from './lint.ts';

/**
 * Lints and makes the fixes, or works out the diff that they are.
 *
 * @throws {UsageError} when a file cannot be written
 */
export async function runWithFixes(
  options: RunOptions,
  how: 'write' | 'dry-run',
  stderr: Pick<NodeJS.WriteStream, 'write'>,
): Promise<Outcome> {
  const { result, fixed, files } = await fix({ ...options, dryRun: how === 'dry-run' });
  if (how === 'write') return { result };
  stderr.write(`fusionlint: --fix repairs ${plural(fixed, 'finding')}; ${result.findings.length} are left\n`);
  return {
    result,
    patch: async () => {
      const { createTwoFilesPatch } = await import('diff');
      return files
        .map(({ file, before, after }) =>
          createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, { context: 3 }),
        )
        .map((each) => each.replace(/^=+\n/, ''))
        .join('');
    },
  };
}
