import type { Rule } from '../src/lint/rule.ts';
import authorizationScheme from './authorization-scheme.ts';
import headerFormat from './header-format.ts';
import knownEndpoint from './known-endpoint.ts';
import noCredentialsInBrowser from './no-credentials-in-browser.ts';
import noHardcodedCredentials from './no-hardcoded-credentials.ts';
import noLegacyHeaders from './no-legacy-headers.ts';
import noMisplacedHeaders from './no-misplaced-headers.ts';
import noOrganizationIdInQuery from './no-organization-id-in-query.ts';
import noOrganizationIdInRoute from './no-organization-id-in-route.ts';
import noRetiredEndpoints from './no-retired-endpoints.ts';
import noStaleSuppressions from './no-stale-suppressions.ts';
import queryParams from './query-params.ts';
import requireHttps from './require-https.ts';
import requireTenantId from './require-tenant-id.ts';
import requiredHeaders from './required-headers.ts';
import tokenRequest from './token-request.ts';

/** Every rule, in the order in which tables and pages list them. */
export const rules: readonly Rule[] = [
  requiredHeaders,
  authorizationScheme,
  headerFormat,
  requireTenantId,
  noMisplacedHeaders,
  noLegacyHeaders,
  noOrganizationIdInRoute,
  noOrganizationIdInQuery,
  noHardcodedCredentials,
  noCredentialsInBrowser,
  noRetiredEndpoints,
  requireHttps,
  tokenRequest,
  queryParams,
  knownEndpoint,
  noStaleSuppressions,
];
