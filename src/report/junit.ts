import { type CallSite, callSitesOf, type Finding, type Location, placeOf, type Result } from '../request.ts';
import { groupBy } from './group.ts';
import { type ReportOptions, shownOf } from './index.ts';
import { type Element, element, printXml } from './xml.ts';

const TYPES = { error: 'error', warn: 'warning' } as const;

interface Case {
  readonly file: string;
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly child?: Element;
}

/**
 * JUnit's XML, in the form that Jenkins's xunit plugin describes (junit-10.xsd). A suite for each file, a
 * test for each finding, and one that passes for each call with none. What a comment accepts, what the
 * baseline knows and what could not be read is a test that was skipped.
 */
export function junit(result: Result, options: ReportOptions): string {
  const cases = casesOf(result, options);
  const files = groupBy(cases, ({ file }) => file);
  const seconds = (result.stats.durationMs / 1000).toFixed(3);
  return printXml(
    element(
      'testsuites',
      { name: 'fusionlint', time: seconds, ...countsOf(cases) },
      [...files].map(([name, each]) =>
        element(
          'testsuite',
          { name, ...countsOf(each), skipped: each.filter(({ outcome }) => outcome === 'skipped').length },
          each.map(({ name: test, file, child }) =>
            element('testcase', { name: test, classname: file }, child ? [child] : []),
          ),
        ),
      ),
    ),
  );
}

function casesOf(result: Result, options: ReportOptions): Case[] {
  const { known = [], suppressed = [], callSites, problems } = result;
  const shown = shownOf(result, options);
  const failed = shown.map(failure);
  const skipped = [
    ...known.map((finding) => skip(finding, 'known to the baseline')),
    ...suppressed.map((finding) => skip(finding, `suppressed: ${finding.suppression.reason}`)),
    ...problems.map(({ kind, message, location }) => ({
      file: location?.file ?? 'fusionlint',
      name: nameOf(kind, location),
      outcome: 'skipped' as const,
      child: element('skipped', { message }),
    })),
  ];
  const told = new Set([...shown, ...known, ...suppressed].flatMap(callSitesOf));
  const passed = callSites.filter(({ id }) => !told.has(id)).map(pass);
  const cases = [...failed, ...skipped, ...passed];
  // CI servers take a report without a test for a mistake.
  return cases.length > 0
    ? cases
    : [{ file: 'fusionlint', name: 'No call to any of the services was found', outcome: 'passed' }];
}

function failure({ ruleId, severity, message, location, related }: Finding): Case {
  const places = related.map((each) => `${each.message} ${placeOf(each.location)}`);
  const text = [placeOf(location), message, ...places].join('\n');
  const child = element('failure', { type: TYPES[severity], message }, [text]);
  return { file: location.file, name: nameOf(ruleId, location), outcome: 'failed', child };
}

function skip({ ruleId, message, location }: Finding, why: string): Case {
  const child = element('skipped', { message: `${why}. ${message}` });
  return { file: location.file, name: nameOf(ruleId, location), outcome: 'skipped', child };
}

function pass({ method, url, endpoint, location }: CallSite): Case {
  return { file: location.file, name: nameOf(endpoint ?? `${method} ${url}`, location), outcome: 'passed' };
}

function nameOf(what: string, location: Location | undefined): string {
  return location ? `${what} (${location.startLine}:${location.startColumn})` : what;
}

function countsOf(cases: readonly Case[]): Readonly<Record<'tests' | 'failures' | 'errors', number>> {
  const failures = cases.filter(({ outcome }) => outcome === 'failed').length;
  return { tests: cases.length, failures, errors: 0 };
}
