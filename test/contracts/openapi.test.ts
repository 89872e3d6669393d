import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { contractFromOpenApi } from '../../src/contracts/openapi/contract.ts';
import { UsageError } from '../../src/errors.ts';

const schemes = {
  token: { type: 'http', scheme: 'bearer' },
  login: { type: 'http', scheme: 'basic' },
  oauth: { type: 'oauth2', flows: {} },
  key: { type: 'apiKey', in: 'header', name: 'X-Api-Key', description: 'The key of your app. Keep it.' },
  version: { type: 'apiKey', in: 'header', name: 'Api-Version' },
  client: { type: 'apiKey', in: 'header', name: 'Client-Id' },
  queryKey: { type: 'apiKey', in: 'query', name: 'key' },
  session: { type: 'apiKey', in: 'cookie', name: 'sid' },
};

const ok = { responses: { 200: { description: 'OK' } } };

function contractOf(document: Readonly<Record<string, unknown>>) {
  return contractFromOpenApi({
    openapi: '3.0.3',
    info: { title: 'Notes', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths: { '/notes': { get: ok } },
    components: { securitySchemes: schemes },
    ...document,
  });
}

function mistake(document: unknown): string {
  try {
    contractFromOpenApi(document);
  } catch (error) {
    assert.instance(error, UsageError);
    return (error as UsageError).message;
  }
  throw new Error('nothing was thrown');
}

const hostsOf = (...servers: readonly unknown[]) => contractOf({ servers }).hosts;
const operationsOf = (...servers: readonly unknown[]) => Object.keys(contractOf({ servers }).endpoints ?? {});

test('servers: hosts, and what stands before the paths', () => {
  assert.equal(hostsOf({ url: 'https://API.example.com:443/v1/' }, { url: 'http://localhost:8080' }), [
    'api.example.com',
    'localhost:8080',
  ]);
  assert.equal(operationsOf({ url: 'https://a.example.com/v1/' }), ['GET /v1/notes']);
  assert.equal(operationsOf({ url: 'https://a.example.com/v1' }, { url: 'https://b.example.com/v2' }), [
    'GET /v1/notes',
    'GET /v2/notes',
  ]);
  assert.equal(hostsOf({ url: '/v3' }), []);
  assert.equal(operationsOf({ url: '/v3' }), ['GET /v3/notes']);
  assert.equal(operationsOf(), ['GET /notes']);
});

test('servers: variables', () => {
  const url = 'https://{region}.example.com/{base}';
  const base = { default: 'v2' };
  assert.equal(hostsOf({ url, variables: { region: { enum: ['eu', 'us'], default: 'eu' }, base } }), [
    'eu.example.com',
    'us.example.com',
  ]);
  assert.equal(hostsOf({ url, variables: { region: { default: 'acme' }, base } }), ['*.example.com']);
  assert.equal(operationsOf({ url, variables: { region: { default: 'acme' }, base } }), ['GET /v2/notes']);
  const own = { scheme: { default: 'https' }, host: { default: 'notes.example.com' } };
  assert.equal(hostsOf({ url: '{scheme}://{host}/api', variables: own }), ['notes.example.com']);
  assert.equal(hostsOf({ url: 'https://a.{domain}', variables: { domain: { default: '' } } }), []);
});

test('servers of a path or an operation', () => {
  const files = { servers: [{ url: 'https://files.example.com/up' }], post: ok };
  const { hosts, endpoints } = contractOf({ paths: { '/notes': { get: ok }, '/files': files } });
  assert.equal(hosts, ['api.example.com', 'files.example.com']);
  assert.equal(Object.keys(endpoints ?? {}), ['GET /notes', 'POST /up/files']);
});

/** The headers that `GET /notes` must carry under this requirement, with what to send. */
function headersUnder(security: unknown): Record<string, string> {
  const { headers = {} } = contractOf({ security });
  return Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));
}

test('security: what all alternatives need', () => {
  assert.equal(headersUnder([{ token: [] }]), { Authorization: '`Bearer ` and an access token' });
  assert.equal(headersUnder([{ key: [] }]), { 'X-Api-Key': 'The key of your app' });
  assert.equal(Object.keys(headersUnder([{ token: [], key: [] }])), ['Authorization', 'X-Api-Key']);
  assert.equal(headersUnder([{ oauth: ['read'] }, { login: [] }]), {
    Authorization: '`Bearer ` and an access token, or `Basic ` and user and password in base64',
  });
  for (const none of [
    [],
    [{}],
    [{ token: [] }, {}],
    [{ token: [] }, { queryKey: [] }],
    [{ session: [] }],
    undefined,
  ])
    assert.equal(headersUnder(none), {}, JSON.stringify(none));
});

test('the answer to a call without credentials, where an operation documents it', () => {
  const denied = { responses: { 200: {}, 401: { description: 'No' } } };
  const paths = { '/notes': { get: ok, post: denied } };
  assert.equal(contractOf({ security: [{ token: [] }], paths }).headers?.Authorization?.answer, {
    status: 401,
  });
  assert.is(contractOf({ security: [{ token: [] }] }).headers?.Authorization?.answer, undefined);
});

test('credentials: where they stand', () => {
  const security = Object.keys(schemes).map((name) => ({ [name]: [] }));
  assert.equal(contractOf({ security }).credentials, [
    { in: 'header', name: 'Authorization', what: 'access token' },
    { in: 'header', name: 'X-Api-Key', what: 'API key' },
    { in: 'header', name: 'Client-Id', what: 'client id', public: true },
    { in: 'query', name: 'key', what: 'API key' },
  ]);
  assert.is(contractOf({}).credentials, undefined);
});

const header = (name: string, more: object = {}) => ({ in: 'header', name, required: true, ...more });

test('required header parameters: of most operations, of one, of all but one', () => {
  const team = header('X-Team', { description: 'The id of your team. Ask for it.' });
  const document = {
    paths: {
      '/notes': {
        parameters: [
          { $ref: '#/components/parameters/team' },
          header('Accept'),
          header('X-Maybe', { required: false }),
        ],
        get: ok,
        post: {
          ...ok,
          parameters: [header('X-Once', { schema: { enum: ['yes'] } }), header('Content-Type')],
        },
        delete: { ...ok, parameters: [header('x-team', { required: false })] },
      },
      '/open': { get: { ...ok, parameters: [{ in: 'query', name: 'X-Team', required: true }] } },
      '/notes/{id}': { get: { ...ok, parameters: [team] } },
    },
    components: { parameters: { team } },
  };
  const { headers, endpoints } = contractOf(document);
  assert.equal(headers, { 'X-Team': { value: 'The id of your team' } });
  assert.equal(endpoints, {
    'GET /notes': {},
    'POST /notes': { headers: { 'X-Once': { value: '`yes`' } } },
    'DELETE /notes': { without: ['X-Team'] },
    'GET /open': { without: ['X-Team'], query: { 'X-Team': { required: true } } },
    'GET /notes/{id}': {},
  });
});

test('the form of a header, where the schema tells it in a word', () => {
  const formatOf = (schema: object) =>
    contractOf({ paths: { '/notes': { get: { ...ok, parameters: [header('X-Team', { schema })] } } } })
      .headers?.['X-Team']?.format;
  assert.is(formatOf({ type: 'string', format: 'uuid' })?.words, 'a UUID');
  const integer = formatOf({ type: 'integer' });
  assert.is(integer?.words, 'a whole number');
  assert.match('-12', new RegExp(`^(?:${integer?.pattern})$`));
  assert.not.match('1.5', new RegExp(`^(?:${integer?.pattern})$`));
  assert.is(formatOf({ type: 'string', pattern: '^[a-z]$' }), undefined);
});

test('the query: what is required and written in one way', () => {
  const query = (name: string, more: object = {}) => ({ in: 'query', name, required: true, ...more });
  const parameters = [
    query('from'),
    query('limit', { required: false }),
    query('filter', { schema: { type: 'object' } }),
    query('ids', { schema: { type: 'array' } }),
    query('where', { content: { 'application/json': {} } }),
  ];
  const paths = { '/notes': { parameters, get: { ...ok, parameters: [query('to')] } } };
  assert.equal(contractOf({ paths }).endpoints?.['GET /notes']?.query, {
    to: { required: true },
    from: { required: true },
  });
});

test('what a header is for, where the description is none to quote', () => {
  const told = (description: string) =>
    contractOf({ paths: { '/notes': { get: { ...ok, parameters: [header('X-Team', { description })] } } } })
      .headers?.['X-Team']?.value;
  assert.is(told('Your\n  team'), 'Your team');
  for (const description of ['', 'See [teams](https://example.com)', 'Very long '.repeat(20)])
    assert.is(told(description), 'a value for X-Team');
});

test('deprecated operations work; those with a day end on it', () => {
  const gone = { ...ok, deprecated: true };
  const { endpoints, retiredEndpoints } = contractOf({
    paths: {
      '/notes': { get: gone },
      '/drafts': {
        get: { ...gone, 'x-sunset': '2027-01-31' },
        put: { ...ok, 'x-sunset': new Date('2027-02-01') },
      },
      '/old': { get: { ...gone, 'x-sunset': 'soon' } },
    },
  });
  assert.equal(endpoints, { 'GET /notes': { deprecated: true }, 'GET /old': { deprecated: true } });
  const replacement = 'the operation that its documentation names';
  assert.equal(retiredEndpoints, {
    'GET /drafts': { replacement, failsFrom: '2027-01-31' },
    'PUT /drafts': { replacement, failsFrom: '2027-02-01' },
  });
});

test('a form as the only body', () => {
  const body = (...types: string[]) => ({
    ...ok,
    requestBody: { content: Object.fromEntries(types.map((type) => [type, {}])) },
  });
  const form = 'application/x-www-form-urlencoded';
  const { endpoints } = contractOf({
    paths: { '/token': { post: body(form), put: body(form, 'application/json'), patch: body() } },
  });
  assert.equal(endpoints, { 'POST /token': { body: 'form' }, 'PUT /token': {}, 'PATCH /token': {} });
});

test('references within the document', () => {
  const paths = { '/a~b/{id}': { $ref: '#/components/pathItems/a~1b~0c' } };
  const pathItems = {
    'a/b~c': { get: { ...ok, requestBody: { $ref: '#/components/requestBodies/form%20only' } } },
  };
  const requestBodies = { 'form only': { content: { 'application/x-www-form-urlencoded': {} } } };
  assert.equal(contractOf({ paths, components: { pathItems, requestBodies } }).endpoints, {
    'GET /a~b/{id}': { body: 'form' },
  });
});

test('what cannot be read', () => {
  const notes = { get: { parameters: [{ $ref: 'shared.yaml#/team' }] } };
  const document = (paths: unknown, more: object = {}) => ({ openapi: '3.1.0', paths, ...more });
  for (const [wrong, message] of [
    [undefined, 'this is no OpenAPI document'],
    [[], 'this is no OpenAPI document'],
    [{ swagger: '2.0' }, 'this is Swagger 2.0; convert it to OpenAPI 3 first, which fusionlint reads'],
    [{ title: 'x' }, 'this is no OpenAPI document: it has no key "openapi"'],
    [{ openapi: 4 }, 'this is OpenAPI 4; fusionlint reads OpenAPI 3'],
    [document({}), 'the document has no operation below "paths"'],
    [document(undefined), 'the document has no operation below "paths"'],
    [
      document({ '/notes': notes }),
      '"paths./notes.get.parameters.0" refers to shared.yaml#/team, which is another file; bundle the document into one file first',
    ],
    [
      document({ '/notes': { $ref: '#/components/pathItems/x' } }),
      '"paths./notes" refers to #/components/pathItems/x, which is not in the document',
    ],
    [
      document({ '/notes': { $ref: '#/components/x' } }, { components: { x: { $ref: '#/components/x' } } }),
      '"paths./notes" refers to itself by #/components/x',
    ],
  ] as const)
    assert.is(mistake(wrong), message);
});

test.run();
