import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { checkContract } from '../config/check.ts';
import { parseJson } from '../config/json.ts';
import { contractFromOpenApi } from '../contracts/openapi/contract.ts';
import { messageOf, UsageError } from '../errors.ts';
import type { ContractOptions } from './arguments.ts';
import type { Surroundings } from './lint.ts';
import { checkOutput, deliver } from './output.ts';

/** Makes a contract of an OpenAPI document, and answers with the exit code. */
export async function makeContract(
  { file, output, force }: ContractOptions,
  { cwd, stdout, stderr }: Pick<Surroundings, 'cwd' | 'stdout' | 'stderr'>,
): Promise<number> {
  const here = cwd();
  if (output !== undefined) {
    checkOutput(here, output);
    if (!force && statSync(path.resolve(here, output), { throwIfNoEntry: false })?.isFile())
      throw new UsageError(`--output ${output}: this file exists; --force overwrites it`);
  }
  const document = await parse(read(path.resolve(here, file), file), file);
  const contract = inFile(file, () => contractFromOpenApi(document));
  const text = `${JSON.stringify(contract, null, 2)}\n`;
  // What is printed is what a configuration takes.
  checkContract(JSON.parse(text), `the contract of ${file}`);
  if (contract.hosts.length === 0)
    stderr.write(
      `fusionlint: ${file} names no host: write it into "hosts", or set "hosts" or "environment" of the service\n`,
    );
  deliver(text, output, { cwd, stdout });
  return 0;
}

function read(target: string, file: string): string {
  if (!statSync(target, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`there is no file ${file}`);
  try {
    return readFileSync(target, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} can't be read: ${messageOf(error)}`);
  }
}

/** JSON is read as such for the sake of its messages; everything else as YAML. */
async function parse(text: string, file: string): Promise<unknown> {
  if (path.extname(file).toLowerCase() === '.json') return parseJson(text, file);
  const { parse: parseYaml, YAMLParseError } = await import('yaml');
  try {
    return parseYaml(text, { merge: true, logLevel: 'error', prettyErrors: false });
  } catch (error) {
    const at = error instanceof YAMLParseError ? `:${text.slice(0, error.pos[0]).split('\n').length}` : '';
    throw new UsageError(`${file}${at}: not valid YAML: ${messageOf(error)}`);
  }
}

function inFile<T>(file: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${file}: ${error.message}`);
    throw error;
  }
}
