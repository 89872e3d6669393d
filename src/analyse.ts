import type { Resolve } from './discover/imports.ts';
import { hasNeedle, needlesOf } from './discover/needles.ts';
import { reachableFrom, relevantFiles } from './discover/relevance.ts';
import { isSetFor } from './discover/variables.ts';
import type { JudgeOptions } from './lint/examine.ts';
import type { Judgement } from './lint/judge.ts';
import type { SuppressOptions } from './lint/suppressions.ts';
import { MARKDOWN } from './paths.ts';
import { limitOf, type Prepared, type RunOptions, targetsOf } from './prepare.ts';
import { callSitesOf, type Finding, type Location, type Problem, type SuppressedFinding } from './request.ts';
import { awaiting, during } from './stages.ts';
import { createResolver } from './syntax/resolve.ts';

/** Files that are evaluated together, and of which calls in some are judged. */
export interface Group {
  readonly relevant: readonly string[];
  /** Undefined: those in any of them. */
  readonly page?: string;
}

/**
 * The sources, and each Markdown page by itself with what it imports: an example says nothing of the code
 * of the project, nor of the next page.
 *
 * @param alone whether findings of files that are not asked for matter to nobody
 */
export function groupsOf(prepared: Prepared, targets = targetsOf(prepared), alone = false): Group[] {
  if (targets.size === 0) return [];
  const { root, pages, known, sources } = prepared;
  const { read } = sources;
  const needles = wordsOf(prepared);
  let resolver: Resolve | undefined;
  const resolve = () => {
    resolver ??= createResolver(root, known, sources.peek);
    return resolver;
  };
  const code = [...known].filter((file) => !pages.includes(file));
  const groups: Group[] = [{ relevant: relevantFiles(code, needles, sources, resolve, targets, alone) }];
  for (const page of pages) {
    const reached = reachableFrom(page, read, (...asked) => resolve()(...asked));
    if (!reached.some((file) => targets.has(file))) continue;
    const texts = { read, peek: read, scan: read };
    groups.push({ relevant: relevantFiles(reached, needles, texts, resolve, new Set([page])), page });
  }
  return groups.filter(({ relevant }) => relevant.length > 0);
}

/** What is found in the files of a run. */
export interface Analysis extends Judgement {
  readonly suppressed: readonly SuppressedFinding[];
  /** Findings of other files only, which were judged with these. */
  readonly elsewhere: readonly Finding[];
  /** Those of them that are left out for the change alone. */
  readonly hidden: ReadonlySet<Finding>;
  readonly filesParsed: number;
  readonly blocksLeftOut?: number;
  readonly problems: readonly Problem[];
}

const nothing: Analysis = {
  filesParsed: 0,
  callSites: [],
  findings: [],
  suppressed: [],
  elsewhere: [],
  hidden: new Set(),
  unresolved: [],
  problems: [],
};

/** What the files of a run come to. */
export async function analysisOf(
  prepared: Prepared,
  onProgress?: RunOptions['onProgress'],
  alone = false,
): Promise<Analysis> {
  const targets = targetsOf(prepared);
  const groups = during('graph', () => groupsOf(prepared, targets, alone));
  const asked = prepared.files.filter((file) => targets.has(file));
  const read = [...new Set([...asked, ...groups.flatMap(({ relevant }) => relevant)])];
  const withDirectives = during('scan', () => read.filter((file) => prepared.sources.mentions(file)));
  if (groups.length === 0 && withDirectives.length === 0) return nothing;
  return analyse(prepared, groups, withDirectives, onProgress);
}

/** The part that needs the analyzer; loaded only when a file is relevant. */
export async function analyse(
  prepared: Prepared,
  groups: readonly Group[],
  withDirectives: readonly string[],
  onProgress: RunOptions['onProgress'],
): Promise<Analysis> {
  const { root, files, known, sources, rules, asOf } = prepared;
  const [{ Project }, { Recogniser }, { clients }, { judge }, { suppress }, { fileOf }] = await awaiting(
    'load',
    () =>
      Promise.all([
        import('./syntax/project.ts'),
        import('./clients/recognise.ts'),
        import('./clients/index.ts'),
        import('./lint/judge.ts'),
        import('./lint/suppressions.ts'),
        import('./syntax/location.ts'),
      ]),
  );
  const project = new Project(root, known, sources.read);
  let done = 0;
  const total = groups.reduce((sum, { relevant }) => sum + relevant.length, 0);
  const calls = during('evaluate', () =>
    groups.flatMap(({ relevant, page }) => {
      const found = new Recogniser(project, clients).run(relevant, (file) =>
        onProgress?.(++done, total, file),
      );
      return page === undefined ? found : found.filter(({ node }) => fileOf(node.getSourceFile()) === page);
    }),
  );
  // Also the calls of files that are not asked for: what a finding is, and where it stands, must not depend on
  // the paths of a run.
  const linted = new Set(files);
  const needles = wordsOf(prepared);
  const {
    callSites,
    findings: found,
    unresolved,
    changed,
  } = during('evaluate', () =>
    judge(calls, settingsOf(prepared), {
      source: (file) => project.source(file),
      sources: () => project.sources(),
      isFollowed: (file) => hasNeedle(sources.read(file) ?? '', needles),
      editable: (file) => linted.has(file) && !MARKDOWN.test(file),
    }),
  );
  const isHere = ({ location }: { readonly location?: Location }) =>
    location === undefined || linted.has(location.file);
  const readFile = (file: string) => {
    const [text, source] = [sources.read(file), project.source(file)];
    return text === undefined || source === undefined ? undefined : { text, source };
  };
  const { findings, suppressed } = suppress(found, {
    callSites,
    rules,
    asOf,
    ...severitiesOf(prepared),
    files: withDirectives,
    read: readFile,
    // A file may be read for its comments only, so its mistakes are known late.
    judged: (file) => linted.has(file) && !project.problems.some(({ location }) => location?.file === file),
  });
  const sites = callSites.filter(isHere);
  const ids = new Set(sites.map(({ id }) => id));
  const isAsked = (finding: Finding) =>
    finding.callSite === undefined ? isHere(finding) : callSitesOf(finding).some((id) => ids.has(id));
  const concerns = (finding: Finding) => isAsked(finding) && (changed?.finding(finding) ?? true);
  const told = findings.filter(concerns);
  const named = new Set([...told, ...suppressed.filter(concerns)].flatMap(callSitesOf));
  const limit = limitOf(prepared);
  const hasPages = groups.some(({ page }) => page !== undefined);
  return {
    callSites: sites.filter(({ id }) => !changed || changed.callSites.has(id) || named.has(id)),
    findings: told,
    suppressed: suppressed.filter(concerns),
    elsewhere: findings.filter((each) => !concerns(each)),
    hidden: new Set(findings.filter((each) => isAsked(each) && !concerns(each))),
    unresolved: unresolved.filter((each) => isHere(each) && (changed?.place(each.location) ?? true)),
    filesParsed: project.parsedFiles,
    ...(hasPages && { blocksLeftOut: project.blocksLeftOut }),
    // Of a limited run, only what is wrong with a changed file.
    problems: project.problems.filter(
      (each) => isHere(each) && (!limit || !each.location || limit.change.files.has(each.location.file)),
    ),
  };
}

/** What the configuration makes of rules, whatever the service. */
export function severitiesOf({ config }: Prepared): Pick<SuppressOptions, 'severityOf' | 'isOff'> {
  const settings = [config, ...Object.values(config.services)];
  return {
    severityOf: (ruleId) => config.rules[ruleId],
    isOff: (ruleId) => settings.some(({ rules }) => rules[ruleId] === 'off'),
  };
}

/** What the judge goes by. */
export function settingsOf(prepared: Prepared): JudgeOptions {
  const { config, contracts, rules, asOf, variables } = prepared;
  return {
    contracts,
    rules,
    config,
    variables: (file) => variables.filter((each) => isSetFor(each, file)),
    asOf,
    limit: limitOf(prepared),
  };
}

function wordsOf(prepared: Prepared): RegExp {
  return needlesOf([...words(prepared), ...prepared.variables.map(({ word }) => word)]);
}

/** The words that make a file worth parsing. */
function words({ config, contracts }: Prepared): string[] {
  return contracts.flatMap((contract) => {
    const settings = config.services[contract.id];
    return [
      ...contract.words,
      ...contract.hosts.map(fixedPart),
      ...(contract.otherHosts ?? []),
      ...contract.ownHeaders,
      ...contract.legacyHeaders.map((header) => header.name),
      ...contract.retiredLibraries.map((library) => library.package),
      ...(settings?.hosts ?? []),
      ...(settings?.baseUrls ?? []).map((url) => url.replace(/^\w+:\/\//, '').replace(/\/$/, '')),
      ...(settings?.environment ?? []),
    ];
  });
}

/** What every host of a pattern has: its longest piece without a `*`. */
function fixedPart(host: string): string {
  const [longest = ''] = host.split('*').toSorted((a, b) => b.length - a.length);
  return longest;
}
