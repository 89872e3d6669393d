import type { CallSite, Finding, Location, Result } from '../../src/request.ts';

/** A place in one line; the end column is the one after the last character. */
export function at(file: string, line: number, from: number, to: number, endLine = line): Location {
  return { file, startLine: line, startColumn: from, endLine, endColumn: to };
}

/** The place of `text` in a sample file, on the first line that has it. */
export function placeOf(file: string, text: string): Location {
  const source = sources(file) ?? '';
  const from = source.indexOf(text);
  if (from < 0) throw new Error(`${file} does not contain ${text}`);
  const start = lineAndColumn(source, from);
  const end = lineAndColumn(source, from + text.length);
  return { file, startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** The place from `start` up to the end of the first `end` behind it, without the last character. */
function between(file: string, start: string, end: string): Location {
  const source = sources(file) ?? '';
  const from = source.indexOf(start);
  return placeOf(file, source.slice(from, source.indexOf(end, from) + end.length - 1));
}

function lineAndColumn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const FILES: Readonly<Record<string, string>> = {
  'src/activity/list.ts': `import { request } from '../http.ts';

export function activityLogs(organizationId: string) {
  return request(\`/api/v3/activity-logs/\${organizationId}\`, { method: 'GET' });
}
`,
  'src/auth/users.ts': `import axios from 'axios';
import { FUSIONAUTH_URL } from '../config.ts';

const apiKey = 'fake-7c1f-not-a-real-key-0002';

export async function deleteUser(userId: string) {
\tawait axios.delete(\`\${FUSIONAUTH_URL}/api/user/\${userId}\`, {
\t\theaders: {
\t\t\tAuthorization: \`Bearer \${apiKey}\`,
\t\t},
\t});
}
`,
  'src/http.ts': `import { headers } from './headers.ts';

export async function request(path: string, init: RequestInit) {
  return fetch('https://fusion.adobe.io' + path, { ...init, headers });
}
`,
  'src/headers.ts': `export const headers = {
  Authorization: \`Bearer \${process.env.FUSION_TOKEN}\`,
  'x-gw-ims-org-id': process.env.ORG_ID,
};
`,
};

/** The text of a sample file. */
export function sources(file: string): string | undefined {
  return FILES[file];
}

const REQUEST = placeOf('src/http.ts', "fetch('https://fusion.adobe.io' + path, { ...init, headers })");
const HEADERS = placeOf('src/headers.ts', 'headers');
const ORG_HEADER = placeOf('src/headers.ts', "'x-gw-ims-org-id': process.env.ORG_ID");
const LIST = between('src/activity/list.ts', 'request(`/api', ');');
const USERS = between('src/auth/users.ts', 'axios.delete', ');');
const API_KEY = placeOf('src/auth/users.ts', "'fake-7c1f-not-a-real-key-0002'");

const list: CallSite = {
  id: 'c1',
  service: 'workfront-fusion',
  confidence: 'certain',
  evidence: 'host fusion.adobe.io',
  client: 'fetch',
  sends: true,
  method: 'GET',
  url: 'https://fusion.adobe.io/api/v3/activity-logs/{organizationId}',
  endpoint: 'GET /api/v3/activity-logs',
  location: LIST,
  through: [{ label: 'request()', location: REQUEST }],
  headers: {
    authorization: { presence: 'always', value: 'Bearer {FUSION_TOKEN}', trace: [HEADERS] },
    'x-api-key': { presence: 'never', trace: [] },
    'x-gw-ims-org-id': { presence: 'always', value: '{ORG_ID}', trace: [HEADERS, ORG_HEADER] },
  },
  headersOpen: false,
  verdicts: {
    'required-headers': 'violation',
    'no-legacy-headers': 'violation',
    'no-organization-id-in-route': 'violation',
    'query-params': 'satisfied',
    'header-format': 'unknown',
  },
  unknowns: { 'header-format': 'environment variable ORG_ID' },
};

const users: CallSite = {
  id: 'c2',
  service: 'fusionauth',
  confidence: 'likely',
  evidence: 'variable FUSIONAUTH_URL and path /api/user/{userId}',
  client: 'axios',
  sends: true,
  method: 'DELETE',
  url: '{FUSIONAUTH_URL}/api/user/{userId}',
  endpoint: 'DELETE /api/user/{userId}',
  location: USERS,
  through: [],
  headers: { authorization: { presence: 'always', value: 'Bearer fake…', trace: [API_KEY] } },
  headersOpen: false,
  verdicts: {
    'authorization-scheme': 'violation',
    'no-hardcoded-credentials': 'violation',
    'require-tenant-id': 'unknown',
    'require-https': 'unknown',
  },
  unknowns: {
    'require-tenant-id': 'environment variable FUSIONAUTH_URL',
    'require-https': 'environment variable FUSIONAUTH_URL',
  },
};

const other: CallSite = {
  ...users,
  id: 'c3',
  location: at('src/auth/roles.ts', 9, 3, 40),
  verdicts: { 'require-https': 'unknown' },
  unknowns: { 'require-https': 'environment variable FUSIONAUTH_URL' },
};

const findings: readonly Finding[] = [
  {
    ruleId: 'authorization-scheme',
    severity: 'error',
    message:
      'FusionAuth takes an API key without a scheme. Behind `Bearer` it is read as a JWT, and the call is answered with 401. Send the key alone: `Authorization: <key>`.',
    location: USERS,
    callSite: 'c2',
    related: [{ message: 'apiKey', location: API_KEY }],
    fingerprint: 'a1a1a1a1a1a1a1a1',
  },
  {
    ruleId: 'no-hardcoded-credentials',
    severity: 'warn',
    message:
      'A FusionAuth API key (fake…) stands in the code. Everyone who can read the repository can use it. Read it from the environment and revoke this one.',
    location: API_KEY,
    callSite: 'c2',
    related: [{ message: 'the call', location: USERS }],
    fingerprint: 'b2b2b2b2b2b2b2b2',
  },
  {
    ruleId: 'required-headers',
    severity: 'error',
    message:
      'This call sends no `x-api-key`. Workfront Fusion answers 403 (code 403000). Send your Developer Console client id in it.',
    location: LIST,
    callSite: 'c1',
    related: [
      { message: 'request()', location: REQUEST },
      { message: 'headers', location: HEADERS },
    ],
    fingerprint: 'c3c3c3c3c3c3c3c3',
  },
  {
    ruleId: 'no-legacy-headers',
    severity: 'warn',
    message:
      'Workfront Fusion has replaced `x-gw-ims-org-id` with `x-organization-id`. It still takes the old one; from 2026-03-01 on it will not. Rename the header.',
    location: LIST,
    callSite: 'c1',
    related: [
      { message: 'request()', location: REQUEST },
      { message: 'headers', location: HEADERS },
      { message: 'x-gw-ims-org-id', location: ORG_HEADER },
    ],
    fingerprint: 'd4d4d4d4d4d4d4d4',
  },
];

/**
 * Two services, four findings in two files, a wrapper, places in other files, unknown verdicts, a call
 * that could not be followed, a file with a syntax error.
 */
export const sample: Result = {
  schemaVersion: 1,
  tool: { name: 'fusionlint', version: '0.1.0' },
  root: '.',
  asOf: '2025-11-24',
  stats: { filesDiscovered: 214, filesParsed: 38, callSites: 3, findings: 4, durationMs: 1240 },
  rules: [
    {
      id: 'required-headers',
      severity: 'error',
      summary: 'A header that the service requires is not sent',
      docs: 'https://example.test/rules/required-headers.md',
    },
  ],
  callSites: [list, users, other],
  findings,
  unresolved: [
    { location: at('src/proxy.ts', 20, 10, 40), client: 'fetch', reason: 'parameter "url" of forward()' },
  ],
  problems: [{ kind: 'syntax', message: "',' expected.", location: at('src/broken.ts', 7, 12, 13) }],
};

/** Calls of which nothing is wrong, and nothing is unknown. */
export const clean: Result = {
  ...sample,
  stats: { filesDiscovered: 214, filesParsed: 38, callSites: 3, findings: 0, durationMs: 640 },
  callSites: [list, users, other].map((site) => ({
    ...site,
    verdicts: { 'required-headers': 'satisfied' },
    unknowns: {},
  })),
  findings: [],
  unresolved: [],
  problems: [],
};

/** No call to any service. */
export const empty: Result = {
  ...clean,
  stats: { filesDiscovered: 214, filesParsed: 0, callSites: 0, findings: 0, durationMs: 58 },
  callSites: [],
};
