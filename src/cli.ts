#!/usr/bin/env node
import { enableCompileCache } from './compile-cache.ts';
import { messageOf, UsageError } from './errors.ts';

/** Runs the command and answers with its exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const { parseArguments } = await import('./commands/arguments.ts');
  const command = await parseArguments(argv);
  if (command.name === 'lint' || command.name === 'explain') enableCompileCache(process);
  switch (command.name) {
    case 'help':
      process.stdout.write((await import('./commands/help.ts')).helpOf(command.about));
      return 0;
    case 'version':
      process.stdout.write(`${(await import('./version.ts')).version}\n`);
      return 0;
    case 'explain':
      return (await import('./commands/explain.ts')).explainPlace(command.options, process);
    case 'explain-rule':
      return (await import('./commands/rules.ts')).explainRule(command.options, process);
    case 'rules':
      return (await import('./commands/rules.ts')).listRules(command.options, process);
    case 'contract':
      return (await import('./commands/contract.ts')).makeContract(command.options, process);
    case 'baseline':
      return (await import('./commands/baseline.ts')).writeBaseline(command.options, process);
    case 'suppress':
      return (await import('./commands/suppress.ts')).writeSuppressions(command.options, process);
    case 'init':
      return (await import('./commands/init/init.ts')).init(command.options, process);
    case 'lint':
      return (await import('./commands/lint.ts')).lint(command.options, process);
  }
}

function printError(error: unknown): string {
  const debug = process.env.FUSIONLINT_DEBUG === '1';
  const thrown = error instanceof UsageError ? error.cause : error;
  const stack = debug && thrown instanceof Error ? `${thrown.stack}\n` : '';
  if (error instanceof UsageError) return `fusionlint: ${error.message}\n${stack}`;
  const more = debug ? '' : ' (FUSIONLINT_DEBUG=1 shows where)';
  return `fusionlint: internal error: ${messageOf(error)}; please report it with the file it happens on${more}\n${stack}`;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader has gone (`| head`): the exit code is already set, there is nobody left to tell.
    if (error.code === 'EPIPE') process.exit();
    if (stream === process.stdout)
      process.stderr.write(`fusionlint: can't write the report: ${error.message}\n`);
    process.exit(2);
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = 2;
  process.stderr.write(printError(error));
}
