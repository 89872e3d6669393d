import {
  adobePlaceholders,
  apiKeyClause,
  bearerClause,
  gatewayCredentials,
  imsOrganization,
} from './adobe.ts';
import type { Contract } from './contract.ts';
import data, { source } from './data/cloud-manager.ts';
import { lazyEndpoints } from './endpoints.ts';

const endpoints = lazyEndpoints(data);

/**
 * Operations: AdobeDocs/cloudmanager-api-docs, `swagger-specs/api.yaml`, 2026-03-31. `GET /api/programs`
 * is deprecated there but not withdrawn, and Adobe's own client still starts from it.
 */
export const cloudManager: Contract = {
  id: 'cloud-manager',
  title: 'Adobe Cloud Manager',
  docs: 'https://developer.adobe.com/experience-cloud/cloud-manager/docs',
  hosts: ['cloudmanager.adobe.io'],
  https: true,
  names: /cloud[-_]?manager/i,
  words: ['cloudmanager', 'cloud-manager', 'cloud_manager'],
  ownHeaders: [],
  // `guides/getting-started/authentication` and the specification, 2026-03-31: on all 106 operations.
  headers: [
    bearerClause,
    apiKeyClause,
    // Unlike Workfront Fusion: here the IMS organization is right. The vendor names no error code for it.
    {
      name: 'x-gw-ims-org-id',
      display: 'x-gw-ims-org-id',
      value: 'your IMS organization id (`…@AdobeOrg`)',
      format: imsOrganization,
      // The first is seen in github.com/adobe/generator-aio-app/pull/42.
      mistakenNames: ['x-org-id', 'x-gw-org-id'],
    },
  ],
  legacyHeaders: [],
  get endpoints() {
    return endpoints();
  },
  listing: {
    below: '/api',
    docs: 'https://developer.adobe.com/experience-cloud/cloud-manager/reference/api/',
    source,
  },
  retiredEndpoints: [],
  retiredQuery: [],
  queryClauses: [],
  // The specification's 400 of the operations that require some: "invalid parameters", "Missing JobType".
  queryAnswer: { status: 400 },
  retiredLibraries: [],
  credentials: gatewayCredentials,
  placeholders: adobePlaceholders,
  sampleKeys: [],
};
