import { createHash } from 'node:crypto';
import type { Finding, Result } from '../request.ts';
import { type ReportOptions, shownOf } from './index.ts';
import { document } from './json.ts';
import { escapeHidden } from './text.ts';

/** Of GitLab's scale, which also has `info`, `critical` and `blocker`. */
const SEVERITIES = { error: 'major', warn: 'minor' } as const;

/**
 * GitLab's code quality report: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format".
 * Those that the baseline knows are in it, for GitLab compares the report with that of the target branch.
 */
export function gitlab(result: Result, options: ReportOptions): string {
  const findings = [
    ...shownOf(result, options),
    ...shownOf({ ...result, findings: result.known ?? [] }, options),
  ];
  return document(findings.map((finding) => issue(finding, options.base ?? '')));
}

function issue({ ruleId, severity, message, location, fingerprint }: Finding, base: string) {
  const path = base + location.file;
  return {
    type: 'issue',
    check_name: ruleId,
    description: escapeHidden(message),
    // GitLab shows one of those that are equal: a finding's own fingerprint tells apart within its file only.
    fingerprint: createHash('sha256').update(`${path}\n${fingerprint}`).digest('hex').slice(0, 32),
    severity: SEVERITIES[severity],
    location: { path, lines: { begin: location.startLine, end: location.endLine } },
  };
}
