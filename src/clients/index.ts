import { adobeJwtAuth } from './adobe-jwt-auth.ts';
import { axios } from './axios.ts';
import type { Client } from './client.ts';
import { fetch } from './fetch.ts';
import { fusionAuthClient } from './fusionauth-client.ts';

/** Every client, one file each. */
export const clients: readonly Client[] = [fetch, axios, fusionAuthClient, adobeJwtAuth];
