import { angular } from './angular.ts';
import { angularJs } from './angularjs.ts';
import { axios } from './axios.ts';
import { fetch, nodeFetch } from './fetch.ts';
import { got } from './got.ts';
import { jquery } from './jquery.ts';
import { ky } from './ky.ts';
import { needle } from './needle.ts';
import { nestAxios } from './nest-axios.ts';
import { nodeHttp } from './node-http.ts';
import { ofetch } from './ofetch.ts';
import { openapiFetch } from './openapi-fetch.ts';
import { playwright } from './playwright.ts';
import { request } from './request.ts';
import { rtkQuery } from './rtk-query.ts';
import type { Subject } from './subject.ts';
import { superagent } from './superagent.ts';
import { undiciClient, undiciFetch, undiciRequest } from './undici.ts';
import { wretch } from './wretch.ts';
import { xhr } from './xhr.ts';

/** Every client that can be run here, one file a package. */
export const subjects: readonly Subject[] = [
  fetch,
  nodeFetch,
  undiciFetch,
  axios,
  got,
  ky,
  ofetch,
  wretch,
  openapiFetch,
  rtkQuery,
  undiciRequest,
  undiciClient,
  request,
  needle,
  superagent,
  nodeHttp,
  playwright,
  angular,
  angularJs,
  nestAxios,
  jquery,
  xhr,
];
