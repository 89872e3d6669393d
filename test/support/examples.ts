import { rules } from '../../rules/index.ts';
import { lint } from '../../src/index.ts';
import type { Result, Verdict } from '../../src/request.ts';
import { codeBlocks } from '../../src/syntax/fences.ts';
import { annotationsOf } from './annotations.ts';
import { AS_OF, differences } from './fixtures.ts';
import { folderWith } from './folder.ts';

/** An example of a page, as a project of its own. */
export interface Example {
  /** The heading that it stands under. */
  readonly heading: string;
  /** The file of the example itself; it has its lines where the page has them. */
  readonly file: string;
  /** Path → text, with the files that the page gives to every example behind them. */
  readonly files: Readonly<Record<string, string>>;
}

const CODE = /^(?:[cm]?[jt]s|[jt]sx|vue|svelte|astro)$/;

/**
 * The examples of a page: its fenced blocks of code. The info string may name the file (`jsx
 * file=app/page.jsx`). A block that names its file and is no code (`json file=fusionlint.config.json`), or
 * is marked as `part`, is no example but a file of every example behind it.
 */
export function examplesOf(page: string): Example[] {
  const shared: Record<string, string> = {};
  const examples: Example[] = [];
  for (const { at, info, lines } of codeBlocks(page, 'markdown')) {
    const before = page.slice(0, at);
    const [language = '', ...words] = info.split(/\s+/);
    const named = words.find((word) => word.startsWith('file='))?.slice('file='.length);
    const code = lines.map(({ start, end }) => `${page.slice(start, end)}\n`).join('');
    if (CODE.test(language) && !(named !== undefined && words.includes('part'))) {
      const line = before.split('\n').length;
      const file = named ?? `line-${line}.${language}`;
      const heading = [...before.matchAll(/^## (.*)$/gm)].at(-1)?.[1] ?? '';
      examples.push({ heading, file, files: { ...shared, [file]: '\n'.repeat(line) + code } });
    } else if (named !== undefined) {
      shared[named] = code;
    }
  }
  return examples;
}

/** The headings whose examples show what a rule says, and what it then says of one of their calls. */
const VERDICTS: Readonly<Record<string, Verdict>> = {
  Wrong: 'violation',
  Right: 'satisfied',
  'Cannot tell': 'unknown',
};

const ruleIds: ReadonlySet<string> = new Set(rules.map(({ id }) => id));

/**
 * What differs between a rule's page and what its examples give, a line each. Under `Wrong`, each has a
 * violation of the rule, under `Right` a call that satisfies it, under `Cannot tell` one of which it is
 * unknown. Nothing else is found in them but what they announce.
 */
export async function checkExamples(ruleId: string, page: string): Promise<string[]> {
  const examples = examplesOf(page);
  const found = Object.keys(VERDICTS)
    .filter((heading) => !examples.some((each) => each.heading === heading))
    .map((heading) => `no example under "${heading}"`);
  for (const example of examples) {
    const verdict = VERDICTS[example.heading];
    if (verdict !== undefined) found.push(...(await differencesOf(example, ruleId, verdict)));
  }
  return found;
}

const aboutComments: ReadonlySet<string> = new Set(
  rules.filter(({ checkSuppression }) => checkSuppression).map(({ id }) => id),
);

/** What a rule about suppressions makes of an example: right are those that suppress a finding. */
function verdictOnComments({ findings, suppressed = [] }: Result, ruleId: string): Verdict {
  if (findings.some((each) => each.ruleId === ruleId)) return 'violation';
  return suppressed.length > 0 ? 'satisfied' : 'unknown';
}

async function differencesOf(
  { heading, file, files }: Example,
  ruleId: string,
  verdict: Verdict,
): Promise<string[]> {
  const announced = Object.entries(files).map(
    ([name, text]) => [name, annotationsOf(text, ruleIds)] as const,
  );
  const result = await lint({ cwd: folderWith(files), asOf: AS_OF });
  const verdicts = aboutComments.has(ruleId)
    ? [verdictOnComments(result, ruleId)]
    : result.callSites.map((site) => site.verdicts[ruleId] ?? 'nothing');
  const right = verdicts.includes(verdict)
    ? []
    : [`${file} under "${heading}": ${ruleId} says ${verdicts.join(', ') || 'nothing'}, not ${verdict}`];
  // A wrong example need not announce what it is there for; if it does, it must be that.
  const isMeant = announced.some(([, { findings }]) => findings.some((each) => each.ruleId === ruleId));
  const findings = result.findings.filter(
    (each) => each.ruleId !== ruleId || verdict !== 'violation' || isMeant,
  );
  const expected = new Map(announced.map(([name, said]) => [name, { ...said, unknowns: [], calls: [] }]));
  return [...right, ...differences(expected, { ...result, findings, callSites: [] })];
}
