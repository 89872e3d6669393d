import path from 'node:path';
import { rules as builtInRules } from '../rules/index.ts';
import { type BaselineEntry, findBaseline, isThere, readBaseline } from './config/baseline.ts';
import type { Config } from './config/config.ts';
import { isDay } from './config/day.ts';
import { loadConfig } from './config/load.ts';
import type { Contract } from './contracts/contract.ts';
import { pointsToService } from './contracts/identify.ts';
import { contracts as builtInContracts } from './contracts/index.ts';
import { ownContract } from './contracts/own.ts';
import { type ChangedFiles, MANIFEST, readChange } from './discover/changes.ts';
import { discoverFiles } from './discover/files.ts';
import type { Resolve } from './discover/imports.ts';
import { changedPart, changedVariables } from './discover/limit.ts';
import { hasNeedle, needlesOf } from './discover/needles.ts';
import { reachableFrom, relevantFiles } from './discover/relevance.ts';
import { resolveRoot } from './discover/root.ts';
import { Sources } from './discover/sources.ts';
import { isSetFor, readVariables, type VariableUrl } from './discover/variables.ts';
import { UsageError } from './errors.ts';
import { type BaselineOptions, type Comparison, compareWithBaseline } from './lint/baseline.ts';
import { infoOf } from './lint/catalog.ts';
import type { Limit } from './lint/changed.ts';
import type { JudgeOptions } from './lint/examine.ts';
import type { Judgement } from './lint/judge.ts';
import type { Rule } from './lint/rule.ts';
import type { SuppressOptions } from './lint/suppressions.ts';
import { isWithin, MARKDOWN, slashed } from './paths.ts';
import {
  byPlace,
  type ChangeInfo,
  callSitesOf,
  type Finding,
  type Location,
  type Problem,
  type Result,
  type SuppressedFinding,
} from './request.ts';
import { awaiting, during } from './stages.ts';
import { createResolver } from './syntax/resolve.ts';
import { version } from './version.ts';

export interface RunOptions {
  /** Absolute; `paths` and `config` are relative to it. */
  readonly cwd: string;
  /** Files, folders and globs. */
  readonly paths: readonly string[];
  /** A config file, `false` for none, undefined to search for one. */
  readonly config?: string | false | undefined;
  /** The day to read the contracts' calendars at, YYYY-MM-DD; undefined: the config's, or today. */
  readonly asOf?: string | undefined;
  /** The file of known findings, `false` for none, undefined to search for one. */
  readonly baseline?: string | false | undefined;
  /** Whether to lint the code blocks of Markdown pages; undefined: as the config says. */
  readonly markdown?: boolean | undefined;
  /**
   * Judges what is staged, as the index has it, and reports only that of which something is staged. `paths` name
   * the changes that count.
   */
  readonly staged?: boolean | undefined;
  /** The same for all that differs from the commit that HEAD and this one, `origin/main`, have in common. */
  readonly since?: string | undefined;
  /** Texts that stand for those of the files on disk, by their paths relative to the linted root. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Called as files are analysed. */
  readonly onProgress?: (done: number, total: number, file: string) => void;
}

/**
 * Lints the paths: discover → scan for needles → parse → recognise and evaluate calls → judge → take away what
 * is suppressed or known.
 *
 * @param change what `staged` or `since` ask for, where it has been read already
 * @throws {UsageError} when a path does not exist, the configuration or the baseline is wrong, or git can't tell
 *   what changed
 */
export async function run(options: RunOptions, change?: ChangedFiles): Promise<Result> {
  const started = performance.now();
  const prepared = await prepare(options, change ?? (await readChange(options)));
  const result = await runWith(baselineOf(options, prepared), prepared, options);
  const durationMs = Math.round(performance.now() - started);
  return { ...result, stats: { ...result.stats, durationMs } };
}

/** Runs what is prepared; findings that the baseline holds are known. */
export async function runWith(
  file: string | undefined,
  prepared: Prepared,
  { cwd, onProgress }: RunOptions,
): Promise<Result> {
  const entries = file === undefined ? [] : await readBaseline(file, cwd, prepared.root);
  const baseline = file === undefined ? undefined : { file, entries };
  return (await runAgainst(baseline, prepared, onProgress)).result;
}

/** The absolute path of the baseline that a run goes by; undefined without one. */
export function baselineOf({ cwd, baseline }: RunOptions, { root, config }: Prepared): string | undefined {
  return findBaseline({ cwd, root, baseline, configured: config.baseline });
}

/** A baseline that was read. */
export interface Baseline {
  /** Absolute. */
  readonly file: string;
  /** With files relative to the linted root. */
  readonly entries: readonly BaselineEntry[];
}

/** Runs what is prepared, and says how its findings compare with a baseline. */
export async function runAgainst(
  baseline: Baseline | undefined,
  prepared: Prepared,
  onProgress?: RunOptions['onProgress'],
): Promise<{ readonly result: Result; readonly comparison: Comparison }> {
  const { root, files, sources, asOf } = prepared;
  const started = performance.now();
  // What a change has a part in, and what is known, may stand in other files.
  const alone = baseline === undefined && prepared.limit === undefined;
  const analysis = await analysisOf(prepared, onProgress, alone);
  const problems = [...sources.problems(new Set(files)), ...analysis.problems];
  const comparison = compareWithBaseline(
    [...analysis.findings, ...analysis.elsewhere].sort(byPlace),
    baseline?.entries ?? [],
    baselineOptions(baseline, prepared, problems),
  );
  const here = new Set(analysis.findings);
  const findings = comparison.fresh.filter((finding) => here.has(finding));
  const hidden = comparison.fresh.filter((finding) => analysis.hidden.has(finding)).length;
  const result: Result = {
    schemaVersion: 1,
    tool: { name: 'fusionlint', version },
    root: '.',
    asOf,
    stats: {
      filesDiscovered: files.length,
      filesParsed: analysis.filesParsed,
      callSites: analysis.callSites.length,
      findings: findings.length,
      ...(analysis.blocksLeftOut !== undefined && { blocksLeftOut: analysis.blocksLeftOut }),
      durationMs: Math.round(performance.now() - started),
    },
    ...(prepared.limit && { change: changeInfo(prepared.limit, hidden) }),
    rules: prepared.rules.map((rule) => infoOf(rule, prepared.config)),
    callSites: analysis.callSites,
    findings,
    ...(analysis.suppressed.length > 0 && { suppressed: analysis.suppressed }),
    ...(baseline && {
      known: comparison.known.filter((finding) => here.has(finding)),
      baseline: { file: slashed(path.relative(root, baseline.file)), stale: comparison.stale },
    }),
    unresolved: analysis.unresolved,
    problems,
  };
  return { result, comparison };
}

function changeInfo({ change, widenedBy }: RunLimit, hidden: number): ChangeInfo {
  const { kind, base, files } = change;
  return {
    kind,
    ...(base !== undefined && { base }),
    files: files.size,
    hidden,
    ...(widenedBy !== undefined && { widenedBy }),
  };
}

/** An entry is judged where its file was, and its rule; that of a file that is gone when everything was looked at. */
function baselineOptions(
  baseline: Baseline | undefined,
  prepared: Prepared,
  problems: readonly Problem[],
): BaselineOptions {
  const { root, files, paths, sources } = prepared;
  const linted = new Set(files);
  const broken = new Set(problems.map(({ location }) => location?.file));
  const { isOff } = severitiesOf(prepared);
  const exists = (file: string) => linted.has(file) || isThere(root, file);
  const whole = baseline !== undefined && paths.includes('.') && isWithin(root, path.dirname(baseline.file));
  return {
    exists,
    judged: ({ file, rule }) => {
      // A limited run looks at a part of each file.
      if (isOff(rule) || limitOf(prepared)) return false;
      if (!exists(file)) return whole;
      return linted.has(file) && !broken.has(file) && sources.read(file) !== undefined;
    },
  };
}

/** The services that calls are looked for of. */
export function contractsOf(config: Config): Contract[] {
  const own = Object.entries(config.contracts).map(([id, contract]) => ownContract(id, contract));
  // What the user says of a host is stronger than what is built in.
  return [...own, ...builtInContracts];
}

/** The day that the calendars are read at, YYYY-MM-DD. */
export function dayOf({ asOf }: Config): string {
  return asOf ?? new Date().toISOString().slice(0, 10);
}

/** Everything that is known before the first file is parsed. */
export interface Prepared {
  readonly root: string;
  /** Relative to the root. */
  readonly paths: readonly string[];
  readonly config: Config;
  /** The services that calls are looked for of: the user's own, and those built in. */
  readonly contracts: readonly Contract[];
  /** Those built in, and the user's own. */
  readonly rules: readonly Rule[];
  /** YYYY-MM-DD. */
  readonly asOf: string;
  /** What is linted, Markdown pages included. */
  readonly files: readonly string[];
  readonly pages: readonly string[];
  /** What an import may lead to. */
  readonly known: ReadonlySet<string>;
  readonly sources: Pick<Sources, 'read' | 'peek' | 'scan' | 'mentions' | 'problems'>;
  /** URLs of services that files of the project give environment variables. */
  readonly variables: readonly VariableUrl[];
  /** Absent: everything is reported. */
  readonly limit?: RunLimit;
}

interface RunLimit extends Limit {
  readonly change: ChangedFiles;
  /** The changed file of the configuration for which everything is reported after all. */
  readonly widenedBy: string | undefined;
}

/** What keeps something from being reported. */
function limitOf({ limit }: Prepared): RunLimit | undefined {
  return limit?.widenedBy === undefined ? limit : undefined;
}

/** @throws {UsageError} when a path does not exist or the configuration is wrong */
export async function prepare(
  options: Omit<RunOptions, 'onProgress'>,
  change?: ChangedFiles,
): Promise<Prepared> {
  if (options.asOf !== undefined && !isDay(options.asOf))
    throw new UsageError(`asOf is not a day (YYYY-MM-DD): ${options.asOf}`);
  const { root, paths } = resolveRoot(options.cwd, options.paths);
  const config = await loadConfig({
    cwd: options.cwd,
    root,
    config: options.config,
    known: { rules: builtInRules, services: builtInContracts },
  });
  const contracts = contractsOf(config);
  const snapshot = await awaiting('list', async () => change?.snapshot());
  const { files, pages, settings, known } = await awaiting('list', () =>
    discoverFiles({
      root,
      listed: snapshot?.files,
      // A change in one file may concern the calls in another.
      paths: change ? ['.'] : paths,
      include: config.include,
      exclude: config.exclude,
      base: config.base,
      markdown: options.markdown ?? config.markdown,
    }),
  );
  const asOf = options.asOf ?? dayOf(config);
  const disk = new Sources(root, options.texts);
  const sources = snapshot?.over(disk) ?? disk;
  // Only what points to a service is kept: such files hold secrets.
  const variables = readVariables(settings, sources.peek).filter(({ url }) =>
    pointsToService(url, contracts, config.services),
  );
  return {
    root,
    paths,
    config,
    contracts,
    rules: [...builtInRules, ...config.customRules],
    asOf,
    files,
    pages,
    known: new Set([...known, ...pages]),
    sources,
    variables,
    ...(change && {
      limit: {
        change,
        variables: await changedVariables(change, settings, variables, sources.peek),
        widenedBy: await changedPart(change, root, config.parts),
      },
    }),
  };
}

/** The files whose calls are asked for; what no import connects with one of them is left out. */
function targetsOf(prepared: Prepared): ReadonlySet<string> {
  const limit = limitOf(prepared);
  if (!limit || limit.variables.size > 0) return new Set(prepared.files);
  return new Set([...limit.change.files.keys()].filter((file) => !MANIFEST.test(file)));
}

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
function severitiesOf({ config }: Prepared): Pick<SuppressOptions, 'severityOf' | 'isOff'> {
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
