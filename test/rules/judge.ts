import type { Contract } from '../../src/contracts/contract.ts';
import { type CheckedRequest, type CheckOutput, checkCallSite } from '../../src/lint/check.ts';
import type { Rule } from '../../src/lint/rule.ts';
import type { Location, Text } from '../../src/request.ts';
import { request } from '../support/request.ts';

/** A place in a made-up file. */
export function at(startLine: number, file = 'src/call.ts'): Location {
  return { file, startLine, startColumn: 1, endLine: startLine, endColumn: 2 };
}

/** The text, written on this line. */
export function writtenAt(startLine: number, text: Text): Text {
  return { ...text, trace: [...text.trace, { label: 'value', location: at(startLine) }] };
}

/** A made-up service that has one of everything. */
export const contract: Contract = {
  id: 'things',
  title: 'Things',
  docs: 'https://example.test/docs',
  hosts: ['api.example.test'],
  words: [],
  ownHeaders: [],
  headers: [
    {
      name: 'authorization',
      display: 'Authorization',
      value: 'Bearer and an access token',
      answer: { status: 401 },
    },
    { name: 'x-key', display: 'X-Key', value: 'your client id', answer: { status: 403, code: '403000' } },
    { name: 'x-region', display: 'X-Region', value: 'your region' },
  ],
  legacyHeaders: [
    {
      name: 'x-old',
      display: 'X-Old',
      replacedBy: 'X-New',
      note: 'The value is a number now.',
      warnFrom: '2026-06-16',
      failsFrom: '2026-07-01',
    },
  ],
  endpoints: [
    { method: 'GET', path: '/things', auth: ['bearer'] },
    { method: 'GET', path: '/logs', auth: ['bearer'] },
  ],
  listing: {
    below: '/',
    docs: 'https://example.test/docs/operations',
    source: 'things.yaml 1.2 (2026-06-30)',
    wrongMethod: { status: 405 },
  },
  retiredEndpoints: [
    {
      kind: 'organization-in-route',
      method: 'GET',
      path: '/logs/{orgId}',
      replacement: 'GET /logs with X-New',
      note: 'Announced on 2026-06-16.',
      warnFrom: '2026-06-16',
      failsFrom: '2026-07-01',
    },
    {
      kind: 'retired',
      method: '*',
      path: '/exchange',
      replacement: 'POST /token',
      note: 'It ended on 2026-03-01.',
      failsFrom: '2026-03-01',
    },
  ],
  retiredQuery: [
    {
      kind: 'organization-in-query',
      methods: ['GET'],
      paths: ['/things'],
      name: 'organizationId',
      replacement: 'the header X-New',
      warnFrom: '2026-06-16',
      failsFrom: '2026-07-01',
    },
  ],
  queryClauses: [
    { kind: 'renamed', operations: ['GET /things'], name: 'sortBy', to: 'sort', warnFrom: '2026-06-17' },
    { kind: 'exactly-one', names: ['thingId', 'boxId'], answer: { status: 400, title: 'one of the two' } },
    { kind: 'dependent', operations: ['GET /things'], names: ['part'], needs: 'thingId' },
    {
      kind: 'dependent',
      names: ['start', 'limit'],
      needs: 'sort',
      answer: { status: 400, title: 'paging needs sort' },
    },
    { kind: 'signed', name: 'sort' },
  ],
  queryAnswer: { status: 400 },
  retiredLibraries: [
    {
      package: 'old-auth',
      replacement: 'new-auth',
      note: 'It ended on 2026-03-01.',
      failsFrom: '2026-03-01',
    },
  ],
  grants: [
    {
      path: '/token',
      grantType: 'client_credentials',
      parameters: ['client_id', 'client_secret', 'scope'],
    },
  ],
  credentials: [
    { in: 'header', name: 'authorization', what: 'API key', shippable: true },
    { in: 'header', name: 'x-key', what: 'client id', public: true },
    { in: 'form', name: 'client_secret', what: 'client secret' },
    { in: 'query', name: 'client_secret', what: 'client secret' },
  ],
  placeholders: ['Example-of-the-docs-9'],
  sampleKeys: ['Fake-documented-key-7'],
};

export const endpoint = (path: string, method = 'GET') => ({ method, path, auth: ['bearer'] as const });

/** What a rule says of one or more alternative requests. */
export function judge(
  rule: Rule,
  alternatives: Partial<CheckedRequest> | readonly Partial<CheckedRequest>[],
  asOf = '2026-11-22',
): CheckOutput {
  const each = Array.isArray(alternatives) ? alternatives : [alternatives];
  return checkCallSite({
    site: { id: 'call', location: at(1), symbol: 'load', through: [] },
    requests: each.map((alternative: Partial<CheckedRequest>) => ({
      request: request({ url: 'https://api.example.test/things' }),
      contract,
      confidence: 'certain',
      runtime: { kind: 'unknown' },
      endpoint: endpoint('/things'),
      retired: undefined,
      unlisted: undefined,
      retiredLibrary: undefined,
      ...alternative,
    })),
    rules: [rule],
    settings: { severityOf: () => undefined, asOf },
  });
}
