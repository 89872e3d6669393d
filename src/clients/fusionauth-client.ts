import { keyOf, type TypeModel } from '../evaluate/natives/natives.ts';
import { joinWithSlash } from '../evaluate/url.ts';
import {
  choice,
  concat,
  literalText,
  type ObjectValue,
  object,
  text,
  UNDEFINED,
  unknown,
  type Value,
} from '../evaluate/value.ts';
import { type Client, type Draft, entries, type Fate, type Form, type FormCall } from './client.ts';
import { nodeClient, typescriptClient } from './data/fusionauth-client.ts';
import {
  authorizationOf,
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

/** Methods that versions before 1.69.0 have (1.45.0, 1.57.0; `@fusionauth/node-client` 1.50.0). */
const EARLIER = `
retrieveUserCode GET /oauth2/device/user-code anonymous client_id={0} client_secret={1} user_code={2}
retrieveUserCodeUsingAPIKey GET /oauth2/device/user-code anonymous user_code={0}
retrieveUserUsingJWT GET /api/user Bearer:{0}
`;

interface Generation {
  /** The type of its instances. */
  readonly type: string;
  readonly methods: readonly Method[];
  /** What becomes of a query parameter that is not given: the newer client prints it. */
  readonly missing: Fate;
}

const CURRENT: Generation = {
  type: 'FusionAuthClient',
  methods: [...parseMethods(typescriptClient), ...parseMethods(EARLIER)],
  missing: 'text',
};
/** The client of 2019, which sends JWTs by the old scheme. */
const FIRST: Generation = {
  type: 'FusionAuthNodeClient',
  methods: parseMethods(nodeClient),
  missing: 'drop',
};
const GENERATIONS = [CURRENT, FIRST];

/** The class by the names it is imported under. */
const CLASSES: Readonly<Record<string, Generation>> = {
  '@fusionauth/typescript-client#FusionAuthClient': CURRENT,
  '@fusionauth/typescript-client#': CURRENT,
  '@fusionauth/typescript-client/build/src/FusionAuthClient#FusionAuthClient': CURRENT,
  '@fusionauth/typescript-client/build/src/FusionAuthClient#': CURRENT,
  '@fusionauth/node-client#FusionAuthClient': CURRENT,
  '@fusionauth/node-client#': CURRENT,
  'fusionauth-node-client#FusionAuthClient': FIRST,
  'fusionauth-node-client#': FIRST,
  // The browser build hangs its classes on one global.
  '#FusionAuth.FusionAuthClient': CURRENT,
};

const SETTERS: NonNullable<TypeModel['mutators']> = {
  setTenantId: (_, self, [tenantId = UNDEFINED]) =>
    self.kind === 'object'
      ? { ...self, entries: new Map([...self.entries, ['tenantId', { value: tenantId, always: true }]]) }
      : undefined,
};

/** Where an instance keeps the package it is of; no property has such a name. */
const PACKAGE = '(package)';

/**
 * The vendor's client: `new FusionAuthClient(apiKey, host, tenantId?)` (FusionAuth/fusionauth-typescript-client
 * 1.69.0). The constructor is the call site of the credentials, each method that of its request.
 */
export const fusionAuthClient: Client = {
  name: 'FusionAuthClient',
  sdk: true,
  constructors: forClasses((key) => (call: FormCall) => construction(call, packageOf(key))),
  calls: Object.fromEntries(
    GENERATIONS.flatMap((generation) =>
      generation.methods.map((method): [string, Form] => [
        `${generation.type}.${method.name}`,
        (call) => request(call, method, generation),
      ]),
    ),
  ),
  library: {
    constructors: forClasses(
      (key, generation) =>
        (_: unknown, [apiKey, host, tenantId]: readonly Value[]) =>
          instance(key, generation, { apiKey, host, tenantId }),
    ),
    typed: forClasses((key, generation) => () => madeElsewhere(key, generation)),
    types: Object.fromEntries(GENERATIONS.map((generation) => [generation.type, model(generation)])),
    inherited: (base, name) => {
      const key = keyOf(base);
      const generation = Object.hasOwn(CLASSES, key) ? CLASSES[key] : undefined;
      return generation && inherited(madeElsewhere(key, generation), generation, name);
    },
  },
};

function forClasses<T>(make: (key: string, generation: Generation) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(CLASSES).map(([key, generation]) => [key, make(key, generation)]));
}

function packageOf(key: string): string {
  return /^(?:@[^/]+\/)?[^/#]+/.exec(key)?.[0] ?? 'FusionAuth';
}

// ------------------------------------------------------------------ instances

function instance(
  key: string,
  { type }: Generation,
  fields: Readonly<Record<string, Value | undefined>>,
): ObjectValue {
  return object(entries({ ...fields, [PACKAGE]: text(packageOf(key)) }), { type });
}

/** A parameter or field of that type: the key and the host are given where it is made. */
function madeElsewhere(key: string, generation: Generation): ObjectValue {
  const field = (name: string) =>
    unknown(`the ${name} of a FusionAuthClient made elsewhere`, name, { names: [name] });
  return instance(key, generation, {
    apiKey: field('apiKey'),
    host: field('host'),
    tenantId: choice([UNDEFINED, field('tenantId')]),
  });
}

/** What a class that extends the client has of it. */
function inherited(self: ObjectValue, { type, methods }: Generation, name: string): Value | undefined {
  const known = Object.hasOwn(SETTERS, name) || methods.some((each) => each.name === name);
  return known ? { kind: 'native', name: `${type}.${name}`, self } : self.entries.get(name)?.value;
}

function model({ methods }: Generation): TypeModel {
  return {
    mutators: SETTERS,
    methods: {
      setRequestCredentials: (_, self) => self,
      // What they answer is a response.
      ...Object.fromEntries(methods.map(({ name }) => [name, () => undefined])),
    },
  };
}

// ------------------------------------------------------------------ requests

const CLIENT = 'sdk:FusionAuthClient';

function construction({ args }: FormCall, library: string): Draft {
  const [apiKey = UNDEFINED, host = UNDEFINED, tenantId = UNDEFINED] = args;
  return {
    client: CLIENT,
    library,
    service: 'fusionauth',
    constructs: true,
    url: host,
    method: unknown("the client's methods choose it", 'method'),
    headers: [headersOf({ authorization: apiKey, 'x-fusionauth-tenantid': tenantId })],
    query: [],
    body: UNDEFINED,
    objectBody: 'json',
  };
}

function request(call: FormCall, method: Method, generation: Generation): Draft | undefined {
  const self = receiverOf(call, generation.type);
  if (!self) return undefined;
  const [host, path] = [held(self, 'host'), pathOf(call, method)];
  return {
    client: CLIENT,
    library: literalText(held(self, PACKAGE)) ?? 'FusionAuth',
    service: 'fusionauth',
    url: generation === FIRST ? joinWithSlash(host, path) : concat([host, path]),
    method: text(method.method),
    headers: [
      headersOf({
        // A key that is null is not sent.
        authorization: authorizationOf(call, method, held(self, 'apiKey')),
        'x-fusionauth-tenantid': held(self, 'tenantId'),
        'content-type': contentTypeOf(method),
      }),
    ],
    query: [{ value: queryOf(call, method), undefined: generation.missing, null: generation.missing }],
    body: bodyOf(call, method, 'URLSearchParams'),
    objectBody: 'json',
  };
}
