import path from 'node:path';
import { resolveRoot } from '../discover/root.ts';
import type { ExplainOptions } from './arguments.ts';
import { useColor } from './color.ts';
import type { Surroundings } from './lint.ts';
import { checkOutput, deliver } from './output.ts';
import { sourceOf } from './reports.ts';

/** Explains one place, and answers with the exit code: 0, for there is always an answer. */
export async function explainPlace(
  { place, format, output, config, asOf, color }: ExplainOptions,
  surroundings: Surroundings,
): Promise<number> {
  const { cwd, env, stdout } = surroundings;
  const here = cwd();
  if (output !== undefined) checkOutput(here, output);
  const { explain } = await import('../explain.ts');
  const explanation = await explain({ cwd: here, place, config, asOf });

  const { printExplanation } = await import('../report/explanation.ts');
  const { root } = resolveRoot(here, [place.file]);
  const text =
    format === 'json'
      ? `${JSON.stringify(explanation, null, 2)}\n`
      : printExplanation(explanation, {
          color: useColor(color, { env, isTTY: output === undefined && stdout.isTTY === true }),
          sources: (file) => sourceOf(path.join(root, file)),
        });
  deliver(text, output, surroundings);
  return 0;
}
