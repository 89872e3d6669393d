import type { CredentialPosition, HeaderClause, HeaderFormat } from './contract.ts';

// What the services behind Adobe's API gateway have in common.

/**
 * Both services want the client id of the Developer Console project. Answer: Workfront Fusion, API
 * Headers page, 2026-06-17; Cloud Manager stands behind the same gateway.
 */
export const apiKeyClause: HeaderClause = {
  name: 'x-api-key',
  display: 'x-api-key',
  value: 'the client id of your Adobe Developer Console project',
  answer: { status: 403, code: '403000' },
  // The authentication guides show 32 hexadecimal digits and promise nothing; it is no organization and no token.
  format: { pattern: /^(?!eyJ)[^@]*$/, words: 'a client id' },
};

/**
 * Answer: Workfront Fusion, API Headers page, 2026-06-17, for an expired or invalid token; the same code
 * from Cloud Manager is seen in github.com/adobe/aio-cli-plugin-cloudmanager/issues/274.
 */
export const bearerClause: HeaderClause = {
  name: 'authorization',
  display: 'Authorization',
  value: '`Bearer ` and an IMS access token',
  answer: { status: 401, code: '401013' },
  // An access token is a JSON Web Token (authentication guides); an organization in its place is no token.
  format: { pattern: /^[^@]*$/, words: 'an access token' },
  mistakenNames: ['bearer', 'authentication'],
};

/** Cloud Manager's API, Authentication, 2026-03-31; the headers of the specification say the same. */
export const imsOrganization: HeaderFormat = {
  pattern: /^[0-9A-Za-z]+@AdobeOrg$/,
  words: 'an IMS organization id (`…@AdobeOrg`)',
};

/** Adobe Developer Console, authentication guides, 2026-03-10: the API key and the client id are one value. */
export const gatewayCredentials: readonly CredentialPosition[] = [
  { in: 'header', name: 'authorization', what: 'access token' },
  { in: 'header', name: 'x-api-key', what: 'client id', public: true },
];

/** As printed in the Adobe Developer Console's authentication guides (2026-03-10) and in Adobe's samples. */
export const adobePlaceholders: readonly string[] = [
  '{CLIENT_ID}',
  '{CLIENT_SECRET}',
  '{SCOPE}',
  '{SCOPES}',
  '{ACCESS_TOKEN}',
  '{access_token}',
  '<your_client_id>',
  '<your_client_secret>',
  '<YOUR_CLIENT_ID>',
  '<YOUR_CLIENT_SECRET>',
  '{API_KEY}',
  '{SECRET}',
  '{JWT}',
  'YOUR-API-KEY-HERE',
  'yourExampleToken',
  'yourAccessToken',
  '<orgId>',
  '<valid auth token>',
  '1234567890ABCDEF@AdobeOrg',
  '1234567890ABCDEF12345678@AdobeOrg',
];
