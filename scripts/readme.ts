// Writes the generated parts of README.md, between `<!-- name -->` and `<!-- /name -->`: tables, options and
// the report on docs/example. Run with: node --import tsx scripts/readme.ts
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { rules } from '../rules/index.ts';
import { clients } from '../src/clients/index.ts';
import { help } from '../src/commands/help.ts';
import { defaultConfig } from '../src/config/config.ts';
import { contracts } from '../src/contracts/index.ts';
import { pageOf } from '../src/docs.ts';
import { explain, lint } from '../src/index.ts';
import { catalogOf } from '../src/lint/catalog.ts';
import { catalogTable } from '../src/report/catalog.ts';
import { printExplanation } from '../src/report/explanation.ts';
import { render } from '../src/report/index.ts';
import { table } from '../src/report/table.ts';

const README = new URL('../README.md', import.meta.url);
const EXAMPLE = fileURLToPath(new URL('../docs/example', import.meta.url));

const PARTS: Readonly<Record<string, () => string | Promise<string>>> = {
  report: async () => code('', await exampleReport()),
  explanation: async () => code('', await exampleExplanation()),
  options: () => code('', help),
  services: () =>
    table(
      ['service', 'hosts', 'operations'],
      contracts.map(({ id, title, docs, hosts, endpoints }) => [
        `[${title}](${docs}), \`${id}\``,
        hosts.map((host) => `\`${host}\``).join(', '),
        String(endpoints.length),
      ]),
    ),
  clients: () => clients.map(({ name }) => `\`${name}\``).join(', '),
  rules: () =>
    catalogTable(catalogOf(rules, defaultConfig({ services: contracts })).rules, ({ id }) => pageOf(id)),
};

/** The text of README.md with its generated parts as they should be now. */
export async function upToDate(readme: string): Promise<string> {
  let text = readme;
  for (const [name, part] of Object.entries(PARTS)) {
    const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [before, rest] = halves(text, open);
    const [, after] = halves(rest, close);
    text = `${before}${open}\n\n${(await part()).trimEnd()}\n\n${close}${after}`;
  }
  return text;
}

/** How long a run took is all that differs between two runs. */
export function withoutDuration(text: string): string {
  return text.replace(/, \d+(?:\.\d+)? m?s$/gm, ', … ms');
}

function halves(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  if (at < 0) throw new Error(`README.md has no ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

async function exampleReport(): Promise<string> {
  const result = await lint({ cwd: EXAMPLE, config: false });
  return render('pretty', result, { color: false, quiet: false, sources: exampleSource });
}

async function exampleExplanation(): Promise<string> {
  const place = { file: 'users.ts', line: 10 };
  const explanation = await explain({ cwd: EXAMPLE, config: false, place });
  return printExplanation(explanation, { color: false, sources: exampleSource });
}

function exampleSource(file: string): string {
  return readFileSync(path.join(EXAMPLE, file), 'utf8');
}

function code(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const readme = readFileSync(README, 'utf8');
  const wanted = await upToDate(readme);
  if (withoutDuration(wanted) !== withoutDuration(readme)) writeFileSync(README, wanted);
}
