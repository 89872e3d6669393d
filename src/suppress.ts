import path from 'node:path';
import { isDay } from './config/day.ts';
import { UsageError } from './errors.ts';
import type { Commenter } from './lint/commenter.ts';
import { didYouMean } from './nearest.ts';
import { prepare, type RunOptions } from './prepare.ts';
import { callSitesOf, type Finding, type Location, type Result } from './request.ts';
import { baselineOf, runWith } from './run.ts';

export interface SuppressOptions extends RunOptions {
  readonly rules: readonly string[];
  readonly reason: string;
  /** YYYY-MM-DD; the comments hold for ever without it. */
  readonly until?: string | undefined;
}

/** A file with the comments in it. Nothing is written. */
export interface CommentedFile {
  /** Absolute. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface Commented {
  readonly files: readonly CommentedFile[];
  /** What the comments suppress. */
  readonly suppressed: readonly Finding[];
  /** Findings of which no comment can stand near. */
  readonly left: readonly Finding[];
  /** Of the run before. */
  readonly result: Result;
}

/**
 * Works out the comments that suppress today's findings of some rules.
 *
 * @throws {UsageError} when a rule, the reason or the day can't be, or the run can't be made
 */
export async function commentOn({ rules, reason, until, ...options }: SuppressOptions): Promise<Commented> {
  const prepared = await prepare(options);
  checkRules(rules, prepared.rules);
  const acceptance = { reason: checkedReason(reason), until: checkedDay(until, prepared.asOf) };
  const result = await runWith(baselineOf(options, prepared), prepared, options);
  const findings = result.findings.filter(({ ruleId }) => rules.includes(ruleId));
  if (findings.length === 0) return { files: [], suppressed: [], left: [], result };

  const [lint, { Project }] = await Promise.all([
    import('./lint/commenter.ts'),
    import('./syntax/project.ts'),
  ]);
  const { root, sources } = prepared;
  const parse = (file: string) => (text: string) => {
    const project = new Project(root, new Set([file]), () => text);
    const source = project.source(file);
    return source && { text, source, mistakes: project.problems.length + project.blocksLeftOut };
  };
  const commenters = new Map<string, Commenter | undefined>();
  const suppress = (ruleId: string, place: Location): boolean => {
    const { file } = place;
    if (!commenters.has(file)) commenters.set(file, lint.Commenter.of(file, sources.read(file), parse(file)));
    return commenters.get(file)?.suppress(ruleId, place, acceptance) ?? false;
  };
  const sites = new Map(result.callSites.map(({ id, location }) => [id, location]));
  const suppressed = new Set(
    findings.filter((finding) => {
      if (suppress(finding.ruleId, finding.location)) return true;
      // Where it stands no comment can, such as in JSON; at its one call it counts too.
      const [call, ...others] = callSitesOf(finding).map((id) => sites.get(id));
      return call !== undefined && others.length === 0 && suppress(finding.ruleId, call);
    }),
  );
  const files = [...commenters].flatMap(([file, commenter]) => {
    const before = sources.read(file);
    if (commenter === undefined || before === undefined || commenter.text === before) return [];
    return [{ file: path.join(root, file), before, after: commenter.text }];
  });
  return {
    files,
    suppressed: [...suppressed],
    left: findings.filter((each) => !suppressed.has(each)),
    result,
  };
}

function checkRules(
  named: readonly string[],
  rules: readonly { readonly id: string; readonly checkSuppression?: unknown }[],
): void {
  const ids = rules.map(({ id }) => id);
  for (const id of named) {
    if (!ids.includes(id))
      throw new UsageError(`there is no rule "${id}"${didYouMean(id, ids)} (fusionlint rules lists them)`);
    if (rules.some((rule) => rule.id === id && rule.checkSuppression))
      throw new UsageError(`${id} is about suppressions: correct or delete the comments that it finds`);
  }
}

function checkedReason(reason: string): string {
  const words = reason.replace(/\s+/g, ' ').trim();
  if (words === '') throw new UsageError('--reason must say why the findings are accepted');
  if (/\*\/|--!?>/.test(words)) throw new UsageError('--reason must not hold what ends a comment: */ or -->');
  return words;
}

function checkedDay(until: string | undefined, asOf: string): string | undefined {
  if (until !== undefined && !isDay(until)) throw new UsageError(`until is not a day (YYYY-MM-DD): ${until}`);
  if (until !== undefined && until < asOf) throw new UsageError(`--until ${until} is over, as of ${asOf}`);
  return until;
}
