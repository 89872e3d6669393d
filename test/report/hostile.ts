import type { Finding, Result } from '../../src/request.ts';
import { at, sample } from '../support/result.ts';

/** What a name in somebody's code may try: markup, ends of blocks, commands, line breaks, hidden characters. */
export const HOSTILE =
  '<script>x</script>]]>--><!--&amp;"\' | `a|b` [l](j) @octocat #1 $x$\n::error::x\r%0A%25,:\u202e\u0000\u001b[31m\ufffe\ud800 ##[error]';

export const FILE = `src/${HOSTILE.replaceAll('/', '')}.ts`;

const finding: Finding = {
  ruleId: 'required-headers',
  severity: 'error',
  message: HOSTILE,
  location: at(FILE, 1, 2, 9),
  callSite: 'hostile',
  related: [{ message: HOSTILE, location: at(FILE, 3, 1, 2) }],
  fingerprint: 'abcdefabcdef0123',
  fix: { description: HOSTILE, edits: [{ location: at(FILE, 1, 2, 9), text: 'x' }] },
};

const [site] = sample.callSites;
if (!site) throw new Error('no sample');

/** Every text that comes from code is hostile. */
export const hostile: Result = {
  ...sample,
  callSites: [
    {
      ...site,
      id: 'hostile',
      service: HOSTILE,
      method: HOSTILE,
      url: HOSTILE,
      endpoint: null,
      location: finding.location,
      through: [{ label: HOSTILE, location: at(FILE, 5, 1, 2) }],
      verdicts: { 'header-format': 'unknown' },
      unknowns: { 'header-format': HOSTILE },
    },
  ],
  findings: [finding, { ...finding, ruleId: 'own-rule', severity: 'warn', fingerprint: 'abcdefabcdef0124' }],
  known: [{ ...finding, fingerprint: 'abcdefabcdef0125' }],
  suppressed: [
    {
      ...finding,
      fingerprint: 'abcdefabcdef0126',
      suppression: { reason: HOSTILE, until: '2027-01-31', location: at(FILE, 2, 1, 9) },
    },
  ],
  unresolved: [{ location: at(FILE, 1, 1, 2), client: 'fetch', reason: HOSTILE }],
  problems: [{ kind: 'syntax', message: HOSTILE, location: at(FILE, 7, 1, 2) }],
};
