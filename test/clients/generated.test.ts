import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, printCalls } from '../support/calls.ts';

/**
 * What generators of API clients emit, shortened and in our own words: openapi-generator 7 (typescript-axios,
 * typescript-fetch) and 4 (javascript), swagger-typescript-api 13, orval 7. The notation is that of `wrappers.test.ts`.
 */
const CLIENTS: Readonly<
  Record<string, { readonly code: Readonly<Record<string, string>>; readonly calls: readonly string[] }>
> = {
  'typescript-axios': {
    code: {
      'base.ts': `import type { Configuration } from './configuration';
import type { AxiosPromise, AxiosInstance, RawAxiosRequestConfig } from 'axios';
import globalAxios from 'axios';
export const BASE_PATH = "https://cloudmanager.adobe.io".replace(/\\/+$/, "");
export interface RequestArgs { url: string; options: RawAxiosRequestConfig; }
export class BaseAPI {
  protected configuration: Configuration | undefined;
  constructor(configuration?: Configuration, protected basePath: string = BASE_PATH, protected axios: AxiosInstance = globalAxios) {
    if (configuration) { this.configuration = configuration; this.basePath = configuration.basePath ?? basePath; }
  }
};`,
      'configuration.ts': `export interface ConfigurationParameters { basePath?: string; apiKey?: string; baseOptions?: any; }
export class Configuration {
  apiKey?: string; basePath?: string; baseOptions?: any;
  constructor(param: ConfigurationParameters = {}) { this.apiKey = param.apiKey; this.basePath = param.basePath; this.baseOptions = { ...param.baseOptions, headers: { ...param.baseOptions?.headers } }; }
}`,
      'common.ts': `import type { Configuration } from './configuration';
import type { RequestArgs } from './base';
import type { AxiosInstance } from 'axios';
export const DUMMY_BASE_URL = 'https://example.com';
export const assertParamExists = function (functionName: string, paramName: string, paramValue: unknown) { if (paramValue === null || paramValue === undefined) throw new Error(paramName); };
export const setApiKeyToObject = async function (object: any, keyParamName: string, configuration?: Configuration) {
  if (configuration && configuration.apiKey) { const value = typeof configuration.apiKey === 'function' ? await configuration.apiKey(keyParamName) : await configuration.apiKey; object[keyParamName] = value; } };
export const setSearchParams = function (url: URL, ...objects: any[]) { const searchParams = new URLSearchParams(url.search); setFlattenedQueryParams(searchParams, objects); url.search = searchParams.toString(); };
function setFlattenedQueryParams(p: URLSearchParams, parameter: any, key: string = ""): void { }
export const toPathString = function (url: URL) { return url.pathname + url.search + url.hash };
export const createRequestFunction = function (axiosArgs: RequestArgs, globalAxios: AxiosInstance, BASE_PATH: string, configuration?: Configuration) {
  return <T = unknown, R = any>(axios: AxiosInstance = globalAxios, basePath: string = BASE_PATH) => {
    const axiosRequestArgs = { ...axiosArgs.options, url: (axios.defaults.baseURL ? '' : configuration?.basePath ?? basePath) + axiosArgs.url };
    return axios.request<T, R>(axiosRequestArgs);
  };
};`,
      'api.ts': `import type { Configuration } from './configuration';
import globalAxios from 'axios';
import { DUMMY_BASE_URL, assertParamExists, setApiKeyToObject, setSearchParams, toPathString, createRequestFunction } from './common';
import { BASE_PATH, BaseAPI, type RequestArgs } from './base';
export const ProgramsApiAxiosParamCreator = function (configuration?: Configuration) {
  return {
    getProgram: async (programId: string, xGwImsOrgId: string, authorization: string, xApiKey: string, options: any = {}): Promise<RequestArgs> => {
      assertParamExists('getProgram', 'programId', programId)
      const localVarPath = \`/api/program/{programId}\`.replace(\`{\${"programId"}}\`, encodeURIComponent(String(programId)));
      const localVarUrlObj = new URL(localVarPath, DUMMY_BASE_URL);
      let baseOptions;
      if (configuration) { baseOptions = configuration.baseOptions; }
      const localVarRequestOptions = { method: 'GET', ...baseOptions, ...options};
      const localVarHeaderParameter = {} as any;
      const localVarQueryParameter = {} as any;
      if (xGwImsOrgId != null) { localVarHeaderParameter['x-gw-ims-org-id'] = String(xGwImsOrgId); }
      if (authorization != null) { localVarHeaderParameter['Authorization'] = String(authorization); }
      if (xApiKey != null) { localVarHeaderParameter['x-api-key'] = String(xApiKey); }
      setSearchParams(localVarUrlObj, localVarQueryParameter);
      let headersFromBaseOptions = baseOptions && baseOptions.headers ? baseOptions.headers : {};
      localVarRequestOptions.headers = {...localVarHeaderParameter, ...headersFromBaseOptions, ...options.headers};
      return { url: toPathString(localVarUrlObj), options: localVarRequestOptions };
    },
  }
};
export const ProgramsApiFp = function(configuration?: Configuration) {
  const localVarAxiosParamCreator = ProgramsApiAxiosParamCreator(configuration)
  return {
    async getProgram(programId: string, xGwImsOrgId: string, authorization: string, xApiKey: string, options?: any) {
      const localVarAxiosArgs = await localVarAxiosParamCreator.getProgram(programId, xGwImsOrgId, authorization, xApiKey, options);
      return (axios, basePath) => createRequestFunction(localVarAxiosArgs, globalAxios, BASE_PATH, configuration)(axios, basePath);
    },
  }
};
export class ProgramsApi extends BaseAPI {
  public getProgram(programId: string, xGwImsOrgId: string, authorization: string, xApiKey: string, options?: any) {
    return ProgramsApiFp(this.configuration).getProgram(programId, xGwImsOrgId, authorization, xApiKey, options).then((request) => request(this.axios, this.basePath));
  }
}`,
      'main.ts': `import { ProgramsApi } from './api'; import { Configuration } from './configuration';
const api = new ProgramsApi(new Configuration({ basePath: 'https://cloudmanager.adobe.io' }));
await api.getProgram('4', 'o', 't', 'k');`,
    },
    calls: [
      'api.ts:31 GET /api/program/4 x-gw-ims-org-id authorization x-api-key',
      'api.ts:31 GET https://cloudmanager.adobe.io/api/program/4 x-gw-ims-org-id authorization x-api-key',
    ],
  },
  javascript: {
    code: {
      'ApiClient.js': `import superagent from 'superagent';
class ApiClient {
  constructor() {
    this.basePath = 'https://cloudmanager.adobe.io'.replace(/\\/+$/, '');
    this.authentications = { token: { type: 'bearer' } };
    this.defaultHeaders = { 'User-Agent': 'client' };
    this.cache = true;
  }
  paramToString(param) {
    if (param == undefined || param == null) { return ''; }
    if (param instanceof Date) { return param.toJSON(); }
    return param.toString();
  }
  buildUrl(path, pathParams, apiBasePath) {
    if (!path.match(/^\\//)) { path = '/' + path; }
    var url = this.basePath + path;
    if (apiBasePath !== null && apiBasePath !== undefined) { url = apiBasePath + path; }
    return url.replace(/\\{([\\w-]+)\\}/g, (fullMatch, key) => {
      var value;
      if (pathParams.hasOwnProperty(key)) { value = this.paramToString(pathParams[key]); } else { value = fullMatch; }
      return encodeURIComponent(value);
    });
  }
  normalizeParams(params) {
    var newParams = {};
    for (var key in params) {
      if (params.hasOwnProperty(key) && params[key] != undefined && params[key] != null) {
        var value = params[key];
        if (Array.isArray(value)) { newParams[key] = value; } else { newParams[key] = this.paramToString(value); }
      }
    }
    return newParams;
  }
  callApi(path, httpMethod, pathParams, queryParams, headerParams, apiBasePath) {
    var url = this.buildUrl(path, pathParams, apiBasePath);
    var request = superagent(httpMethod, url);
    request.query(this.normalizeParams(queryParams));
    request.set(this.defaultHeaders).set(this.normalizeParams(headerParams));
    return request;
  }
}
ApiClient.instance = new ApiClient();
export default ApiClient;`,
      'api/PipelinesApi.js': `import ApiClient from '../ApiClient';
export default class PipelinesApi {
  constructor(apiClient) { this.apiClient = apiClient || ApiClient.instance; }
  getPipeline(programId, pipelineId, xApiKey) {
    if (programId === undefined || programId === null) { throw new Error('programId'); }
    if (pipelineId === undefined || pipelineId === null) { throw new Error('pipelineId'); }
    if (xApiKey === undefined || xApiKey === null) { throw new Error('xApiKey'); }
    let pathParams = { 'programId': programId, 'pipelineId': pipelineId };
    let headerParams = { 'x-api-key': xApiKey };
    return this.apiClient.callApi('/api/program/{programId}/pipeline/{pipelineId}', 'GET', pathParams, {}, headerParams, null);
  }
}`,
    },
    calls: [
      'api/PipelinesApi.js:10 GET https://cloudmanager.adobe.io/api/program/{programId}/pipeline/{pipelineId} user-agent x-api-key',
    ],
  },
  'typescript-fetch': {
    code: {
      'runtime.ts': `export const BASE_PATH = "https://cloudmanager.adobe.io".replace(/\\/+$/, "");
export interface ConfigurationParameters { basePath?: string; apiKey?: string; headers?: HTTPHeaders; middleware?: any[]; fetchApi?: FetchAPI }
export class Configuration {
  constructor(private configuration: ConfigurationParameters = {}) {}
  get basePath(): string { return this.configuration.basePath != null ? this.configuration.basePath : BASE_PATH; }
  get fetchApi(): FetchAPI | undefined { return this.configuration.fetchApi; }
  get middleware() { return this.configuration.middleware || []; }
  get apiKey(): ((name: string) => string) | undefined { const apiKey = this.configuration.apiKey; if (apiKey) { return typeof apiKey === 'function' ? apiKey : () => apiKey; } return undefined; }
  get headers(): HTTPHeaders | undefined { return this.configuration.headers; }
}
export const DefaultConfig = new Configuration();
export class BaseAPI {
  private middleware: any[];
  constructor(protected configuration = DefaultConfig) { this.middleware = configuration.middleware; }
  protected async request(context: RequestOpts, initOverrides?: RequestInit): Promise<Response> {
    const { url, init } = await this.createFetchParams(context, initOverrides);
    const response = await this.fetchApi(url, init);
    if (response && response.status >= 200 && response.status < 300) return response;
    throw new ResponseError(response, 'Response returned an error code');
  }
  private async createFetchParams(context: RequestOpts, initOverrides?: any) {
    let url = this.configuration.basePath + context.path;
    if (context.query !== undefined && Object.keys(context.query).length !== 0) { url += '?' + querystring(context.query); }
    const headers = Object.assign({}, this.configuration.headers, context.headers);
    Object.keys(headers).forEach(key => headers[key] === undefined ? delete headers[key] : {});
    const initOverrideFn = typeof initOverrides === "function" ? initOverrides : async () => initOverrides;
    const initParams = { method: context.method, headers, body: context.body, credentials: 'include' };
    const overriddenInit = { ...initParams, ...(await initOverrideFn({ init: initParams, context })) };
    const init: RequestInit = { ...overriddenInit, body: JSON.stringify(overriddenInit.body) };
    return { url, init };
  }
  private fetchApi = async (url: string, init: RequestInit) => {
    let fetchParams = { url, init };
    for (const middleware of this.middleware) { if (middleware.pre) { fetchParams = await middleware.pre({ fetch: this.fetchApi, ...fetchParams }) || fetchParams; } }
    let response: Response | undefined = undefined;
    try { response = await (this.configuration.fetchApi || fetch)(fetchParams.url, fetchParams.init); } catch (e) { throw e; }
    return response;
  }
}
export function querystring(params: HTTPQuery, prefix: string = ''): string { return Object.keys(params).map(key => \`\${key}=\${params[key]}\`).join('&'); }`,
      'apis/ProgramsApi.ts': `import * as runtime from '../runtime';
export class ProgramsApi extends runtime.BaseAPI {
  async getProgramRaw(requestParameters: GetProgramRequest, initOverrides?: RequestInit | runtime.InitOverrideFunction) {
    const queryParameters: any = {};
    const headerParameters: runtime.HTTPHeaders = {};
    if (requestParameters['xGwImsOrgId'] != null) { headerParameters['x-gw-ims-org-id'] = String(requestParameters['xGwImsOrgId']); }
    if (this.configuration && this.configuration.apiKey) { headerParameters["x-api-key"] = await this.configuration.apiKey("x-api-key"); }
    const response = await this.request({ path: \`/api/program/{programId}\`.replace(\`{\${"programId"}}\`, encodeURIComponent(String(requestParameters['programId']))), method: 'GET', headers: headerParameters, query: queryParameters }, initOverrides);
    return new runtime.JSONApiResponse(response);
  }
  async getProgram(requestParameters: GetProgramRequest, initOverrides?: RequestInit) { const response = await this.getProgramRaw(requestParameters, initOverrides); return await response.value(); }
}`,
      'main.ts': `import { ProgramsApi } from './apis/ProgramsApi'; import { Configuration } from './runtime';
const api = new ProgramsApi(new Configuration({ apiKey: 'k' }));
await api.getProgram({ programId: '4', xGwImsOrgId: 'o' });`,
    },
    calls: [
      'apis/ProgramsApi.ts:8 GET https://cloudmanager.adobe.io/api/program/{programId} x-gw-ims-org-id x-api-key',
    ],
  },
  'swagger-typescript-api': {
    code: {
      'http-client.ts': `export class HttpClient<S = unknown> {
  public baseUrl: string = "https://cloudmanager.adobe.io";
  private securityData: S | null = null;
  private securityWorker?: any;
  private abortControllers = new Map();
  private customFetch = (...fetchParams: Parameters<typeof fetch>) => fetch(...fetchParams);
  private baseApiParams: any = { credentials: "same-origin", headers: {}, redirect: "follow" };
  constructor(apiConfig: any = {}) { Object.assign(this, apiConfig); }
  public setSecurityData = (data: S | null) => { this.securityData = data; };
  protected mergeRequestParams(params1: any, params2?: any) { return { ...this.baseApiParams, ...params1, ...(params2 || {}), headers: { ...(this.baseApiParams.headers || {}), ...(params1.headers || {}), ...((params2 && params2.headers) || {}) } }; }
  public request = async <T = any>({ body, secure, path, type, query, format, baseUrl, cancelToken, ...params }: any): Promise<T> => {
    const secureParams = ((typeof secure === "boolean" ? secure : this.baseApiParams.secure) && this.securityWorker && (await this.securityWorker(this.securityData))) || {};
    const requestParams = this.mergeRequestParams(params, secureParams);
    const queryString = query && this.toQueryString(query);
    return this.customFetch(\`\${baseUrl || this.baseUrl || ""}\${path}\${queryString ? \`?\${queryString}\` : ""}\`, { ...requestParams, headers: { ...(requestParams.headers || {}), ...(type ? { "Content-Type": type } : {}) }, body }).then(async (response) => response);
  };
  toQueryString(q: any) { return 'a'; }
}`,
      'Api.ts': `import { HttpClient } from './http-client';
export class Api<S = unknown> extends HttpClient<S> {
  program = {
    getProgram: (programId: string, params: any = {}) => this.request({ path: \`/api/program/\${programId}\`, method: "GET", format: "json", ...params }),
  };
}`,
      'main.ts': `import { Api } from './Api';
const api = new Api({ baseApiParams: { headers: { 'x-api-key': 'k' } } });
await api.program.getProgram('4');`,
    },
    calls: ['main.ts:3 GET https://cloudmanager.adobe.io/api/program/4 x-api-key'],
  },
  'orval-fetch': {
    code: {
      'fetch.ts': `export const customFetch = async <T>(url: string, options: RequestInit): Promise<T> => { const requestUrl = getUrl(url); const requestHeaders = getHeaders(options.headers); const requestInit: RequestInit = { ...options, headers: requestHeaders }; const response = await fetch(requestUrl, requestInit); return response.json(); };
const getUrl = (contextUrl: string): string => { const url = new URL(contextUrl); const pathname = url.pathname; const search = url.search; const baseUrl = process.env.NODE_ENV === 'production' ? 'https://cloudmanager.adobe.io' : 'http://localhost:3000'; const requestUrl = new URL(\`\${baseUrl}\${pathname}\${search}\`); return requestUrl.toString(); };
const getHeaders = (headers?: HeadersInit): HeadersInit => { return { ...headers, Authorization: 'token' }; };`,
      'programs.ts': `import { customFetch } from './fetch';
export const getGetProgramUrl = (programId: string) => { return \`https://cloudmanager.adobe.io/api/program/\${programId}\` };
export const getProgram = async (programId: string, options?: RequestInit): Promise<Program> => { return customFetch<Program>(getGetProgramUrl(programId), { ...options, method: 'GET' }); };`,
    },
    calls: [
      'programs.ts:3 GET https://cloudmanager.adobe.io/api/program/{programId} authorization …',
      'programs.ts:3 GET http://localhost:3000/api/program/{programId} authorization …',
    ],
  },
};

for (const [name, { code, calls }] of Object.entries(CLIENTS))
  test(name, () => {
    assert.equal(printCalls(callsIn(code)), calls);
  });

test.run();
