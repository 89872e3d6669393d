import type { Severity } from '../../src/request.ts';

/**
 * What a fixture says of its own lines, in comments:
 *
 *     const teams = await fetch(url); // expect: required-headers (x-gw-region), no-legacy-headers warn
 *     // call: GET https://fusion.adobe.io/api/v3/teams
 *     // unknown: required-headers
 *     const users = await fetch(url, options);
 *     // unresolved: parameter "url" of load()
 *     await load(url);
 *
 * `expect:` names what must be reported on the line; words in parentheses must stand in the message, and
 * the severity is `error` unless it says `warn`. `call:` names method and URL of a call site that starts
 * on the line. `unknown:` names rules that can't tell. `unresolved:` tells, in words of its reason, that a
 * client's call on the line could not be followed to a host. A comment on a line of its own speaks of the next
 * line that is more than such a comment.
 */
export interface Annotations {
  readonly findings: readonly ExpectedFinding[];
  readonly calls: readonly ExpectedCall[];
  readonly unknowns: readonly ExpectedUnknown[];
  readonly unresolved: readonly ExpectedUnresolved[];
}

export interface ExpectedFinding {
  readonly line: number;
  readonly ruleId: string;
  readonly severity: Severity;
  readonly words: readonly string[];
}

export interface ExpectedCall {
  readonly line: number;
  /** `GET https://fusion.adobe.io/api/v3/teams`. */
  readonly call: string;
}

export interface ExpectedUnknown {
  readonly line: number;
  readonly ruleId: string;
}

export interface ExpectedUnresolved {
  readonly line: number;
  /** What must stand in the reason. */
  readonly words: string;
}

const CLAUSE =
  /(?:\/\/|\/\*)\s*(expect|call|unknown|unresolved):\s*(.*?)\s*(?=\*\/|\s\/\/\s*(?:expect|call|unknown|unresolved):|$)/g;
const FINDING = /^([a-z-]+)(?: \(([^)]+)\))?(?: (warn))?$/;

/**
 * Reads the annotations of a source text.
 *
 * @throws {Error} for a clause that can't be read, or a rule that isn't in `ruleIds`
 */
export function annotationsOf(text: string, ruleIds: ReadonlySet<string>): Annotations {
  const findings: ExpectedFinding[] = [];
  const calls: ExpectedCall[] = [];
  const unknowns: ExpectedUnknown[] = [];
  const unresolved: ExpectedUnresolved[] = [];
  const lines = text.split('\n');
  const rule = (id: string, line: number): string => {
    if (!ruleIds.has(id)) throw new Error(`line ${line + 1}: there is no rule "${id}"`);
    return id;
  };
  for (const [at, source] of lines.entries()) {
    const line = subjectOf(lines, at) + 1;
    for (const [, kind, content = ''] of source.matchAll(CLAUSE)) {
      if (kind === 'call') {
        if (!/^[A-Za-z]+ \S+$/.test(content))
          throw new Error(`line ${at + 1}: "${content}" is not a method and a URL`);
        calls.push({ line, call: content });
        continue;
      }
      if (kind === 'unresolved') {
        unresolved.push({ line, words: content });
        continue;
      }
      for (const item of content.split(/,\s*(?![^(]*\))/)) {
        const [, id, words = '', warn] = FINDING.exec(item) ?? [];
        if (id === undefined) throw new Error(`line ${at + 1}: "${item}" can't be read`);
        const ruleId = rule(id, at);
        if (kind === 'unknown') unknowns.push({ line, ruleId });
        else
          findings.push({
            line,
            ruleId,
            severity: warn ? 'warn' : 'error',
            words: words.split(/,\s*/).filter((word) => word !== ''),
          });
      }
    }
  }
  return { findings, calls, unknowns, unresolved };
}

/** The line (from 0) that an annotation on line `at` speaks of. */
function subjectOf(lines: readonly string[], at: number): number {
  let line = at;
  while (line < lines.length - 1 && isOnlyAnnotation(lines[line] ?? '')) line++;
  return line;
}

function isOnlyAnnotation(line: string): boolean {
  return /^[\s>]*\{?\s*(?:\/\/|\/\*)\s*(?:expect|call|unknown|unresolved):/.test(line);
}
