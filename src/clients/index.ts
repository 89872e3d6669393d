import { adobeAuthToken } from './adobe-auth-token.ts';
import { adobeCloudManager } from './adobe-cloud-manager.ts';
import { adobeIms } from './adobe-ims.ts';
import { adobeJwtAuth } from './adobe-jwt-auth.ts';
import { axios } from './axios.ts';
import type { Client } from './client.ts';
import { fetch } from './fetch.ts';
import { fusionAuthClient } from './fusionauth-client.ts';

/** Every client, one file each. */
export const clients: readonly Client[] = [
  fetch,
  axios,
  fusionAuthClient,
  adobeAuthToken,
  adobeCloudManager,
  adobeIms,
  adobeJwtAuth,
];
