import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CONFIG_FILES } from '../../config/load.ts';
import { messageOf, UsageError } from '../../errors.ts';
import { gitTop } from '../../git.ts';
import { replaceFiles } from '../../replace.ts';
import { plural } from '../../report/text.ts';
import type { InitOptions } from '../arguments.ts';
import type { Surroundings } from '../lint.ts';
import { CONFIG, configText } from './config.ts';
import { type Integration, integrationsOf } from './integrations.ts';
import { type Survey, surveyOf } from './survey.ts';

type Process = Surroundings & { readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean } };

/**
 * Looks at the code, writes a configuration, and offers files for the hooks and pipelines in use. Answers
 * with the exit code.
 *
 * @throws {UsageError} when there is a configuration, when nobody can be asked, or when a file can't be written
 */
export async function init(options: InitOptions, surroundings: Process): Promise<number> {
  const { cwd, stdout, stdin } = surroundings;
  const here = cwd();
  const say = (text = '') => stdout.write(`${text}\n`);
  const isAsked = !options.yes && !options.dryRun;
  if (isAsked && !(stdin.isTTY && stdout.isTTY))
    throw new UsageError(
      'init asks before it writes, and this is no terminal: --yes writes all that it offers, --dry-run shows it',
    );
  refuseSecond(here, options.force);

  const { run } = await import('../../run.ts');
  const survey = surveyOf(await run({ cwd: here, paths: ['.'], config: false, asOf: undefined }));
  for (const line of surveyLines(survey)) say(line);
  say();

  const top = gitTop(here);
  const offered = top === here ? integrationsOf(here) : [];
  if (top === undefined) say('This is no git repository: hooks, --staged and --since need one.\n');
  else if (top !== here) say(`For hooks and pipelines, run init at the top of the repository, ${top}\n`);

  const files: Integration[] = [{ what: 'a configuration', file: CONFIG, text: configText(survey) }];
  for (const each of offered) {
    const isThere = existsSync(path.join(here, each.file));
    if (each.add !== undefined || (isThere && !options.force)) show(each, say);
    else if (!isAsked || (await confirms(`Write ${each.what}, ${each.file}?`, surroundings)))
      files.push(each);
  }
  for (const each of files) {
    if (options.dryRun) say(`${each.file} would be written:\n\n${indented(each.text)}`);
    else {
      write(here, each);
      say(`${each.file} written`);
    }
  }
  say();
  for (const line of nextLines(survey)) say(line);
  return 0;
}

/** @throws {UsageError} when there is a configuration that counts, or would */
function refuseSecond(here: string, force: boolean): void {
  const found = CONFIG_FILES.find((file) => existsSync(path.join(here, file)));
  if (found === CONFIG && !force) throw new UsageError(`${found} exists; --force overwrites it`);
  if (found !== undefined && found !== CONFIG)
    throw new UsageError(`${found} exists: change it, or remove it and run init again`);
  if (hasKey(here)) throw new UsageError('package.json has a configuration, under the key "fusionlint"');
}

function hasKey(here: string): boolean {
  try {
    return JSON.parse(readFileSync(path.join(here, 'package.json'), 'utf8')).fusionlint !== undefined;
  } catch {
    return false;
  }
}

function surveyLines({ services, errors, warnings }: Survey): string[] {
  if (services.length === 0)
    return ['No call to any of the services was found. Hosts of your own go into the configuration.'];
  return [
    'Found:',
    ...services.flatMap(({ title, calls, hosts, environment }) => [
      `  ${title}: ${plural(calls, 'call')}`,
      ...(hosts.length > 0 ? [`    at ${hosts.join(', ')}`] : []),
      ...(environment.length > 0 ? [`    at what ${environment.join(', ')} holds`] : []),
    ]),
    `  ${plural(errors, 'error')}, ${plural(warnings, 'warning')}`,
  ];
}

function nextLines({ errors, warnings }: Survey): string[] {
  return [
    'Next:',
    '  npx fusionlint            what is wrong, and where',
    '  npx fusionlint --fix      repairs what has one right form',
    ...(errors + warnings > 0
      ? ['  npx fusionlint baseline   records what is wrong today: from then on only new mistakes fail']
      : []),
  ];
}

function show(
  { what, file, text, add = 'it exists, so it stays; this would be written' }: Integration,
  say: (text: string) => void,
): void {
  say(`For ${what}, ${file}: ${add}\n\n${indented(text)}`);
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '    ');
}

async function confirms(question: string, { stdin, stdout }: Process): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises');
  const asking = createInterface({ input: stdin, output: stdout });
  try {
    return !/^n/i.test((await asking.question(`${question} [Y/n] `)).trim());
  } finally {
    asking.close();
  }
}

/** @throws {UsageError} when the file can't be written */
function write(here: string, { file, text, executable }: Integration): void {
  const target = path.join(here, file);
  try {
    mkdirSync(path.dirname(target), { recursive: true });
    replaceFiles([{ file: target, text }]);
    if (executable) chmodSync(target, 0o755);
  } catch (error) {
    throw new UsageError(`${file} can't be written: ${messageOf(error)}`);
  }
}
