import { object, UNDEFINED, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, entries, type FormCall } from './client.ts';

const CLASSES = [
  '@fusionauth/typescript-client#FusionAuthClient',
  '@fusionauth/typescript-client#',
  '@fusionauth/node-client#FusionAuthClient',
  '@fusionauth/node-client#',
  'fusionauth-node-client#FusionAuthClient',
  'fusionauth-node-client#',
  'fusionauth-typescript-client#FusionAuthClient',
  // The browser build hangs its classes on one global.
  '#FusionAuth.FusionAuthClient',
];

/**
 * The vendor's client: `new FusionAuthClient(apiKey, host, tenantId?)` (FusionAuth/fusionauth-typescript-client
 * 1.69.0). The constructor is the call site of the credentials; a null key sends no Authorization.
 */
export const fusionAuthClient: Client = {
  name: 'FusionAuthClient',
  constructors: Object.fromEntries(
    CLASSES.map((key) => [key, (call: FormCall) => draftOf(call, key.split('#')[0] || 'FusionAuth')]),
  ),
  library: {
    constructors: Object.fromEntries(
      CLASSES.map((key) => [
        key,
        (_evaluator: unknown, [apiKey, host, tenantId]: readonly Value[]) =>
          object(entries({ apiKey, host, tenantId }), { type: 'FusionAuthClient' }),
      ]),
    ),
    types: { FusionAuthClient: {} },
  },
};

function draftOf({ args }: FormCall, library: string): Draft | undefined {
  const [apiKey = UNDEFINED, host = UNDEFINED, tenantId = UNDEFINED] = args;
  return {
    client: 'sdk:FusionAuthClient',
    library,
    service: 'fusionauth',
    constructs: true,
    url: host,
    method: { kind: 'unknown', gap: { reason: "the client's methods choose it", name: 'method', names: [] } },
    headers: [
      {
        value: object(entries({ authorization: apiKey, 'x-fusionauth-tenantid': tenantId })),
        undefined: 'drop',
        null: 'drop',
      },
    ],
    query: [],
    body: UNDEFINED,
    objectBody: 'json',
  };
}
