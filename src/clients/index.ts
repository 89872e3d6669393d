import { adobeAuthToken } from './adobe-auth-token.ts';
import { adobeCloudManager } from './adobe-cloud-manager.ts';
import { adobeIms } from './adobe-ims.ts';
import { adobeJwtAuth } from './adobe-jwt-auth.ts';
import { angular } from './angular.ts';
import { angularJs } from './angularjs.ts';
import { apolloRest } from './apollo-rest.ts';
import { axios } from './axios.ts';
import type { Client } from './client.ts';
import { fetch } from './fetch.ts';
import { fusionAuthClient } from './fusionauth-client.ts';
import { fusionAuthSdk } from './fusionauth-sdk.ts';
import { got } from './got.ts';
import { jquery } from './jquery.ts';
import { k6 } from './k6.ts';
import { ky } from './ky.ts';
import { n8n } from './n8n.ts';
import { needle } from './needle.ts';
import { nestAxios } from './nest-axios.ts';
import { nodeHttp } from './node-http.ts';
import { ofetch } from './ofetch.ts';
import { openapiFetch } from './openapi-fetch.ts';
import { playwright } from './playwright.ts';
import { request } from './request-package.ts';
import { rtkQuery } from './rtk-query.ts';
import { superagent } from './superagent.ts';
import { undici } from './undici.ts';
import { wretch } from './wretch.ts';
import { xhr } from './xhr.ts';

/** Every client, one file each. */
export const clients: readonly Client[] = [
  fetch,
  axios,
  request,
  nodeHttp,
  got,
  ky,
  undici,
  ofetch,
  needle,
  superagent,
  angular,
  nestAxios,
  jquery,
  xhr,
  wretch,
  openapiFetch,
  rtkQuery,
  apolloRest,
  playwright,
  k6,
  n8n,
  angularJs,
  fusionAuthClient,
  fusionAuthSdk,
  adobeAuthToken,
  adobeCloudManager,
  adobeIms,
  adobeJwtAuth,
];
