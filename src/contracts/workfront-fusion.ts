import { adobePlaceholders, apiKeyClause, bearerClause, gatewayCredentials } from './adobe.ts';
import type { Calendar, Contract } from './contract.ts';
import data, { source } from './data/workfront-fusion.ts';
import { lazyEndpoints } from './endpoints.ts';

const endpoints = lazyEndpoints(data);

/**
 * API Headers page, 2026-06-17: announced 2026-06-16 with two weeks' grace, "fail from July 1". The
 * version after 2026-09-02 says that route and query forms are no longer supported.
 */
const moveToHeader: Calendar = { warnFrom: '2026-06-16', failsFrom: '2026-07-01' };

/**
 * Operations: AdobeDocs/workfront-fusion-apis, `static/fusion.json`, 2026-06-17, and the changelog entry
 * of 2026-09-02; also those that only a newer specification names. The API is marked experimental, so a
 * path that is not listed here may exist.
 */
export const workfrontFusion: Contract = {
  id: 'workfront-fusion',
  title: 'Adobe Workfront Fusion',
  docs: 'https://developer.adobe.com/workfront-fusion-apis/getting-started/api_headers/',
  hosts: ['fusion.adobe.io'],
  https: true,
  // Region discovery, with Authorization only (API Headers page, after 2026-09-02), and the host of the UI.
  otherHosts: ['app.workfrontfusion.com', 'fusion.adobe.com'],
  // "fusion" alone says too little: FusionAuth and others have it too.
  names: /workfront[-_]?fusion|fusion[-_]?(?:api|base)/i,
  words: [
    'workfrontfusion',
    'workfront-fusion',
    'workfront_fusion',
    'fusion.adobe',
    'fusion-api',
    'fusion_api',
    'fusionapi',
    'fusion-base',
    'fusion_base',
    'fusionbase',
    'x-organization-id',
  ],
  ownHeaders: ['x-gw-region'],
  // API Headers page, 2026-06-17: all four on every call, with the error codes.
  headers: [
    bearerClause,
    apiKeyClause,
    {
      name: 'x-organization-id',
      display: 'x-organization-id',
      value: 'the number of your Fusion organization',
      answer: { status: 400, code: '400003' },
      // Before that day x-gw-ims-org-id was the fourth header (history of the API Headers page).
      since: '2026-06-16',
      // The same page and the specification: a number, unlike the IMS organization id that it replaces.
      format: { pattern: /^\d+$/, words: 'a number' },
      mistakenNames: ['x-org-id'],
    },
    {
      name: 'x-gw-region',
      display: 'x-gw-region',
      value: 'the region of your organization, such as `or2`',
      answer: { status: 400, code: '400003' },
    },
  ],
  legacyHeaders: [
    {
      name: 'x-gw-ims-org-id',
      display: 'x-gw-ims-org-id',
      replacedBy: 'x-organization-id',
      // API Headers page: one of the four headers from 2026-01-26, superseded on 2026-06-16. It does not
      // say that a call with both fails; a call with the old one alone lacks a required header.
      warnFrom: '2026-06-16',
      note: 'The value changes too: a Fusion organization has a number, and several may share one IMS organization (`…@AdobeOrg`).',
    },
  ],
  get endpoints() {
    return endpoints();
  },
  // The API reference marks it experimental (2026-06-17).
  listing: {
    below: '/api/v3',
    docs: 'https://developer.adobe.com/workfront-fusion-apis/api/',
    source,
    experimental: true,
  },
  // API Headers page, 2026-06-17; the old routes were last in the specification of 2026-02-17.
  retiredEndpoints: [
    {
      kind: 'organization-in-route',
      method: 'GET',
      path: '/api/v3/activity-logs/{orgId}',
      replacement: 'GET /api/v3/activity-logs',
      note: 'The organization goes in the header x-organization-id.',
      header: 'x-organization-id',
      ...moveToHeader,
    },
    {
      kind: 'organization-in-route',
      method: 'GET',
      path: '/api/v3/activity-logs/{orgId}/export',
      replacement: 'GET /api/v3/activity-logs/export',
      note: 'The organization goes in the header x-organization-id.',
      header: 'x-organization-id',
      ...moveToHeader,
    },
  ],
  retiredQuery: [
    {
      kind: 'organization-in-query',
      methods: ['GET'],
      paths: ['/api/v3/operations', '/api/v3/operations/summary'],
      name: 'organizationId',
      replacement: 'the header x-organization-id',
      header: 'x-organization-id',
      ...moveToHeader,
    },
  ],
  queryClauses: [
    // Changelog, 2026-06-17: "Removed parameter". What becomes of the old name is not said.
    {
      kind: 'renamed',
      operations: ['GET /api/v3/operations'],
      name: 'groupBy',
      to: 'groupby',
      warnFrom: '2026-06-17',
    },
    {
      kind: 'renamed',
      operations: ['GET /api/v3/operations', 'GET /api/v3/operations/summary'],
      name: 'orderBy',
      to: 'orderby',
      warnFrom: '2026-06-17',
    },
    // Specification, 2026-06-17: the 400 of both operations on logs.
    {
      kind: 'exactly-one',
      names: ['scenarioId', 'dlqId'],
      answer: { status: 400, title: 'exactly one of scenarioId or dlqId is required' },
    },
    // Specification, 2026-06-17: "Requires … to also be specified". The summary does not say so.
    { kind: 'dependent', operations: ['GET /api/v3/operations'], names: ['scenarioId'], needs: 'teamId' },
    { kind: 'dependent', operations: ['GET /api/v3/operations'], names: ['package'], needs: 'scenarioId' },
    // Usage notes, 2026-06-17: "`orderby` is required when using `start` or `limit`"; the answer is the
    // specification's, of the activity logs.
    {
      kind: 'dependent',
      names: ['start', 'limit'],
      needs: 'orderby',
      answer: { status: 400, title: 'Paging parameters require orderby to be specified' },
    },
    { kind: 'signed', name: 'orderby' },
  ],
  // Specification, 2026-06-17: the 400 of the operations that require parameters, "Validation failed".
  queryAnswer: { status: 400 },
  retiredLibraries: [],
  credentials: gatewayCredentials,
  placeholders: adobePlaceholders,
  sampleKeys: [],
};
