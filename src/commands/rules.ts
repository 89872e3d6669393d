import { readFileSync } from 'node:fs';
import { pageOf } from '../docs.ts';
import { WIDTH } from '../report/finding.ts';
import type { ExplainRuleOptions, RulesOptions } from './arguments.ts';
import { useColor } from './color.ts';
import type { Surroundings } from './lint.ts';
import { checkOutput, deliver } from './output.ts';

/**
 * Lists the rules, and answers with the exit code.
 *
 * @throws {UsageError} when the configuration is wrong
 */
export async function listRules(options: RulesOptions, surroundings: Surroundings): Promise<number> {
  const { format, output, config } = options;
  if (output !== undefined) checkOutput(surroundings.cwd(), output);
  const { catalog } = await import('../catalog.ts');
  const { catalogTable, printCatalog } = await import('../report/catalog.ts');
  const found = await catalog(surroundings.cwd(), config);
  const print = {
    pretty: () => printCatalog(found, terminalOf(options, surroundings)),
    json: () => `${JSON.stringify(found, null, 2)}\n`,
    markdown: () => `${catalogTable(found.rules, ({ docs }) => docs)}\n`,
  };
  deliver(print[format](), output, surroundings);
  return 0;
}

/**
 * Prints the page of a rule, or what there is to tell of one of the user's own, and answers with the exit code.
 *
 * @throws {UsageError} when there is no such rule, or when the configuration is wrong
 */
export async function explainRule(options: ExplainRuleOptions, surroundings: Surroundings): Promise<number> {
  const { rule, format, output, config } = options;
  if (output !== undefined) checkOutput(surroundings.cwd(), output);
  const { ruleTold } = await import('../catalog.ts');
  const { pageOfMessages, printPage } = await import('../report/page.ts');
  const { info, messages } = await ruleTold(rule, surroundings.cwd(), config);
  const page = messages ? pageOfMessages(info, messages) : readPage(rule);
  const place = info.docs === undefined ? 'A rule of your own (customRules)' : `Page: ${info.docs}`;
  const print = {
    pretty: () =>
      `${printPage(page, terminalOf(options, surroundings))}\nSeverity: ${info.severity}, or as configured (fusionlint rules)\n${place}\n`,
    json: () => `${JSON.stringify({ schemaVersion: 1, ...info, page }, null, 2)}\n`,
    markdown: () => page,
  };
  deliver(print[format](), output, surroundings);
  return 0;
}

/** The pages are in the package as they are; the package finds itself by its name, built or not. */
export function readPage(rule: string): string {
  return readFileSync(new URL(pageOf(rule), import.meta.resolve('fusionlint/package.json')), 'utf8');
}

function terminalOf(
  { output, color }: RulesOptions | ExplainRuleOptions,
  { env, stdout }: Surroundings,
): { color: boolean; width: number } {
  const isTTY = output === undefined && stdout.isTTY === true;
  // Some pseudo-terminals say 0.
  const width = isTTY ? Math.min(stdout.columns || WIDTH, WIDTH) : WIDTH;
  return { color: useColor(color, { env, isTTY }), width };
}
