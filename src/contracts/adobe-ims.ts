import { adobePlaceholders } from './adobe.ts';
import type { Calendar, Contract } from './contract.ts';
import data from './data/adobe-ims.ts';
import { lazyEndpoints } from './endpoints.ts';

const endpoints = lazyEndpoints(data);

/**
 * Migration guide and FAQ (2025-06-27): deprecated 2023-05-01, no new credentials from 2024-06-03, end of
 * life 2025-06-30; every credential stopped on 2026-03-01 or when its certificate expired before.
 */
const jwtRetirement: Calendar = { warnFrom: '2023-05-01', failsFrom: '2026-03-01' };

const replacement = 'POST /ims/token/v3 with grant_type=client_credentials (OAuth Server-to-Server)';

const unchanged =
  'Client id, scopes and product profiles stay the same; the private key and the meta scopes go away.';

/**
 * Adobe Developer Console, authentication guides (AdobeDocs/adobe-dev-console, 2026-03-10); the older
 * token versions from the source of @adobe/aio-lib-ims 8.1.1, which uses them.
 */
export const adobeIms: Contract = {
  id: 'adobe-ims',
  title: 'Adobe IMS',
  docs: 'https://developer.adobe.com/developer-console/docs/guides/authentication/',
  hosts: ['ims-na1.adobelogin.com', 'ims-na1-stg1.adobelogin.com', 'ims-*.adobelogin.com'],
  https: true,
  // Loose, because every path starts with /ims/ and a name counts only together with a path.
  names: /ims|adobe/i,
  prefix: 'ims',
  words: ['adobelogin.com', '/ims/', 'aio-lib-ims', '@adobe/auth-token'],
  ownHeaders: [],
  // Only on userinfo (`bearer` in the data); the token endpoints take the client's id and secret. What
  // IMS answers without it is not documented.
  headers: [{ name: 'authorization', display: 'Authorization', value: '`Bearer ` and an IMS access token' }],
  legacyHeaders: [],
  get endpoints() {
    return endpoints();
  },
  retiredEndpoints: [
    {
      kind: 'retired',
      method: 'POST',
      path: '/ims/exchange/jwt',
      replacement,
      note: unchanged,
      ...jwtRetirement,
    },
  ],
  retiredQuery: [],
  queryClauses: [],
  // Both do nothing but call the exchange: 2.0.0 of 2023-03-13, and 5.0.2.
  retiredLibraries: [
    { package: '@adobe/jwt-auth', replacement, note: unchanged, ...jwtRetirement },
    { package: '@adobe/aio-lib-ims-jwt', replacement, note: unchanged, ...jwtRetirement },
  ],
  // ims.md, 2025-06-27. The other grants of the path take no secret from public clients.
  grants: [
    {
      path: '/ims/token/v3',
      grantType: 'client_credentials',
      parameters: ['client_id', 'client_secret', 'scope'],
    },
  ],
  // ims.md, 2025-06-27: parameters go in the body or the query.
  credentials: [
    { in: 'header', name: 'authorization', what: 'access token' },
    { in: 'form', name: 'client_secret', what: 'client secret' },
    { in: 'query', name: 'client_secret', what: 'client secret' },
    { in: 'form', name: 'client_id', what: 'client id', public: true },
    { in: 'query', name: 'client_id', what: 'client id', public: true },
  ],
  placeholders: adobePlaceholders,
  sampleKeys: [],
};
