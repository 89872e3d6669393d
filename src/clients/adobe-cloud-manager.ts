import {
  concat,
  each,
  type ObjectValue,
  object,
  text,
  truthiness,
  UNDEFINED,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import { type Client, type Draft, entries, type Form, type FormCall } from './client.ts';
import {
  bodyOf,
  contentTypeOf,
  headersOf,
  held,
  type Method,
  parseMethods,
  pathOf,
  queryOf,
  receiverOf,
} from './methods.ts';

const PACKAGE = '@adobe/aio-lib-cloudmanager';
const TYPE = 'CloudManagerAPI';

/**
 * What each method is for, from the library's source (3.1.2). Most walk from `GET /api/programs` along the
 * links that the service answers, and their last request goes to one of these.
 */
const METHODS = parseMethods(`
addIpAllowlistBinding POST {ipAllowlistBindings} json:{body}
advanceCurrentExecution PUT {advance} json:{body}
cancelContentFlow DELETE /api/program/{0}/contentFlow/{1}
cancelCurrentExecution PUT {cancel} json:{body}
createContentFlow POST /api/program/{0}/environment/{1}/contentFlow json:{2}
createContentSet POST /api/program/{0}/contentSets json:{1}
createExecution PUT {execution} ?pipelineExecutionMode={2}
createIpAllowlist POST {ipAllowlists} json:{body}
deleteContentSet DELETE /api/program/{0}/contentSet/{1}
deleteEnvironment DELETE {environment}
deleteIpAllowlist DELETE {ipAllowlist}
deletePipeline DELETE {pipeline}
deleteProgram DELETE {program}
downloadLogs GET {logsDownload}
getContentFlow GET /api/program/{0}/contentFlow/{1}
getContentSet GET /api/program/{0}/contentSet/{1}
getCurrentExecution GET {execution}
getDeveloperConsoleUrl GET {environments}
getEnvironmentVariables GET {variables}
getExecution GET {execution}
getExecutionStepLog GET {stepLogs}
getPipelineVariables GET {variables}
getQualityGateResults GET {metrics}
invalidatePipelineCache DELETE {pipelineCache}
listAvailableLogOptions GET {environments}
listContentFlows GET /api/program/{0}/contentFlows
listContentSets GET /api/program/{0}/contentSets
listEnvironments GET {environments}
listExecutions GET {executions}
listIpAllowlists GET {ipAllowlists}
listPipelines GET {pipelines}
listPrograms GET /api/programs
removeIpAllowlistBinding DELETE {ipAllowlistBinding}
setEnvironmentVariables PATCH {variables} json:{2}
setPipelineVariables PATCH {variables} json:{2}
startExecution PUT {execution} ?pipelineExecutionMode={2}
tailExecutionStepLog GET {stepLogs}
tailLog GET {logs}
updateContentSet PUT /api/program/{0}/contentSet/{1} json:{2}
updateIpAllowlist PUT {ipAllowlist} json:{body}
updatePipeline PATCH {pipeline} json:{body}
`);

/**
 * `@adobe/aio-lib-cloudmanager`: `init(orgId, apiKey, accessToken, baseUrl?)` answers the client. It is the
 * call site of the credentials, each method that of its request.
 */
export const adobeCloudManager: Client = {
  name: PACKAGE,
  sdk: true,
  calls: {
    [`${PACKAGE}#init`]: (call) => ({
      ...draft(instanceOf(call.args)),
      constructs: true,
      method: unknown("the client's methods choose it", 'method'),
    }),
    ...Object.fromEntries(
      METHODS.map((method): [string, Form] => [`${TYPE}.${method.name}`, (call) => request(call, method)]),
    ),
  },
  library: {
    calls: { [`${PACKAGE}#init`]: (_, args) => instanceOf(args) },
    typed: { [`${PACKAGE}#${TYPE}`]: madeElsewhere },
    // What the methods answer is a response.
    types: { [TYPE]: { methods: Object.fromEntries(METHODS.map(({ name }) => [name, () => undefined])) } },
  },
};

function instanceOf([
  orgId = UNDEFINED,
  apiKey = UNDEFINED,
  accessToken = UNDEFINED,
  baseUrl = UNDEFINED,
]: readonly Value[]): ObjectValue {
  const host = each(baseUrl, (option) =>
    truthiness(option) === false ? text('https://cloudmanager.adobe.io') : option,
  );
  return object(entries({ orgId, apiKey, accessToken, baseUrl: host }), { type: TYPE });
}

/** A parameter or field of that type: all is given where it is made. */
function madeElsewhere(): ObjectValue {
  return instanceOf(
    ['orgId', 'apiKey', 'accessToken', 'baseUrl'].map((name) =>
      unknown(`the ${name} of a ${TYPE} made elsewhere`, name, { names: [name] }),
    ),
  );
}

function request(call: FormCall, method: Method): Draft | undefined {
  const self = receiverOf(call, TYPE);
  if (!self) return undefined;
  const base = draft(self);
  return {
    ...base,
    url: concat([base.url, pathOf(call, method)]),
    method: text(method.method),
    headers: [
      ...base.headers,
      headersOf({ accept: text('application/json'), 'content-type': contentTypeOf(method) }),
    ],
    query: [{ value: queryOf(call, method), undefined: 'drop', null: 'drop' }],
    body: bodyOf(call, method, 'URLSearchParams'),
  };
}

/** What all requests of a client have in common. */
function draft(self: ObjectValue): Draft {
  return {
    client: `sdk:${PACKAGE}`,
    library: PACKAGE,
    service: 'cloud-manager',
    url: held(self, 'baseUrl'),
    method: UNDEFINED,
    headers: [
      headersOf({
        'x-gw-ims-org-id': held(self, 'orgId'),
        'x-api-key': held(self, 'apiKey'),
        authorization: concat([text('Bearer '), held(self, 'accessToken')]),
      }),
    ],
    query: [],
    body: UNDEFINED,
    objectBody: 'json',
  };
}
