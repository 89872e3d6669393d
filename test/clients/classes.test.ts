import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, printCalls } from '../support/calls.ts';

/** How code hides a call in classes; the notation is that of `wrappers.test.ts`. */
const PROGRAMS: Readonly<
  Record<string, { readonly code: Parameters<typeof callsIn>[0]; readonly calls: readonly string[] }>
> = {
  'three levels, abstract methods, headers from super': {
    code: {
      'base.ts': `export abstract class BaseClient {
  constructor(protected readonly baseUrl: string, protected readonly token: string) {}
  protected headers(): Record<string, string> { return { authorization: \`Bearer \${this.token}\` }; }
  protected abstract prefix(): string;
  protected request(method: string, path: string) {
    return fetch(\`\${this.baseUrl}\${this.prefix()}\${path}\`, { method, headers: this.headers() });
  }
}`,
      'adobe.ts': `import { BaseClient } from './base';
export abstract class AdobeClient extends BaseClient {
  constructor(host: string, token: string, private readonly apiKey: string) { super(\`https://\${host}\`, token); }
  protected override headers() { return { ...super.headers(), 'x-api-key': this.apiKey }; }
}`,
      'cloud-manager.ts': `import { AdobeClient } from './adobe';
export class CloudManager extends AdobeClient {
  constructor(token: string, key: string, private org: string) { super('cloudmanager.adobe.io', token, key); }
  protected prefix() { return '/api'; }
  protected override headers() { return { ...super.headers(), 'x-gw-ims-org-id': this.org }; }
  program(id: string) { return this.request('GET', \`/program/\${id}\`); }
}`,
      'fusion.ts': `import { AdobeClient } from './adobe';
export class Fusion extends AdobeClient {
  constructor(token: string, key: string) { super('fusion.adobe.io', token, key); }
  protected prefix() { return '/api/v3'; }
  teams() { return this.request('GET', '/teams'); }
}`,
    },
    calls: [
      'cloud-manager.ts:6 GET https://cloudmanager.adobe.io/api/program/{id} authorization x-api-key x-gw-ims-org-id',
      'fusion.ts:5 GET https://fusion.adobe.io/api/v3/teams authorization x-api-key',
    ],
  },
  'private fields, accessors and statics': {
    code: `class FusionAuth {
  static BASE = 'https://auth.fusionauth.io';
  static readonly instance = new FusionAuth(process.env.KEY);
  #key;
  constructor(key) { this.#key = key; }
  get #headers() { return { authorization: this.#key }; }
  get url() { return \`\${FusionAuth.BASE}/api\`; }
  static ping() { return fetch(\`\${this.BASE}/api/status\`); }
  #send(path) { return fetch(this.url + path, { headers: this.#headers }); }
  user(id) { return this.#send(\`/user/\${id}\`); }
}
await FusionAuth.instance.user(1);`,
    calls: [
      'main.ts:8 GET https://auth.fusionauth.io/api/status',
      'main.ts:10 GET https://auth.fusionauth.io/api/user/{id} authorization',
    ],
  },
  'Object.assign(this, options)': {
    code: `class CloudManager {
  base = 'https://cloudmanager.adobe.io';
  headers = {};
  constructor(options) { const self = this; Object.assign(self, { timeout: 3 }, options); }
  programs() { return fetch(\`\${this.base}/api/programs\`, { headers: this.headers }); }
}
new CloudManager({ headers: { 'x-api-key': 'k' } }).programs();`,
    calls: ['main.ts:5 GET https://cloudmanager.adobe.io/api/programs x-api-key'],
  },
  'Object.assign(this, options), of callers that are not known': {
    code: `export class CloudManager {
  headers = { accept: 'application/json' };
  constructor(options) { Object.assign(this, options); }
  programs() { return fetch('https://cloudmanager.adobe.io/api/programs', { headers: this.headers }); }
}`,
    calls: ['main.ts:4 GET https://cloudmanager.adobe.io/api/programs accept? …'],
  },
  'a method that sets headers before the call': {
    code: `class CloudManager {
  headers = { 'x-api-key': 'k' };
  async login() { this.headers.authorization = await token(); }
  async programs() { await this.login(); return fetch('https://cloudmanager.adobe.io/api/programs', { headers: this.headers }); }
  async tenants() {
    if (!this.headers.authorization) await this.login();
    return fetch('https://cloudmanager.adobe.io/api/tenants', { headers: this.headers });
  }
}`,
    calls: [
      'main.ts:4 GET https://cloudmanager.adobe.io/api/programs x-api-key authorization',
      'main.ts:7 GET https://cloudmanager.adobe.io/api/tenants x-api-key authorization',
    ],
  },
  'a constructor that calls a method': {
    code: `class CloudManager {
  constructor(options) { this.options = options; this.init(); }
  init() { this.base = this.options.base; this.headers = { 'x-api-key': this.options.key }; }
  get(path) { return fetch(this.base + path, { headers: this.headers }); }
}
new CloudManager({ base: 'https://cloudmanager.adobe.io', key: 'k' }).get('/api/programs');`,
    calls: ['main.ts:6 GET https://cloudmanager.adobe.io/api/programs x-api-key'],
  },
  'a builder': {
    code: `class Builder {
  url = ''; method = 'GET'; headers = {};
  get(path) { return this.to(path, 'GET'); }
  post(path) { return this.to(path, 'POST'); }
  to(path, method) { this.url = \`https://fusion.adobe.io/api/v3\${path}\`; this.method = method; return this; }
  header(name, value) { this.headers[name] = value; return this; }
  auth(token) { this.header('authorization', token); return this; }
  send() { return fetch(this.url, { method: this.method, headers: this.headers }); }
}
await new Builder().get('/teams').header('x-api-key', 'k').auth('t').send();
const request = new Builder();
request.post('/users');
request.header('x-api-key', 'k');
await request.send();`,
    calls: [
      'main.ts:10 GET https://fusion.adobe.io/api/v3/teams x-api-key authorization',
      'main.ts:14 POST https://fusion.adobe.io/api/v3/users x-api-key',
    ],
  },
  'a builder with a base class': {
    code: `class Request {
  headers = {};
  header(name, value) { this.headers[name] = value; return this; }
  send() { return fetch(this.url, { headers: this.headers }); }
}
class Fusion extends Request {
  to(path) { this.url = \`https://fusion.adobe.io/api/v3\${path}\`; return this; }
  auth(token) { this.header('authorization', token); return this; }
}
await new Fusion().to('/teams').header('x-api-key', 'k').auth('t').send();`,
    calls: ['main.ts:10 GET https://fusion.adobe.io/api/v3/teams x-api-key authorization'],
  },
  'a builder that leaves out what is not given, and a query behind a word': {
    code: `class Rest {
  headers = {}; parameters = {};
  constructor(host) { this.host = host; }
  withAuthorization(key) { if (key === null) { return this; } this.withHeader('Authorization', key); return this; }
  withHeader(name, value) { this.headers[name] = value; return this; }
  withUri(uri) { this.uri = uri; return this; }
  queryString() { let text = ''; for (const name in this.parameters) text = join(text, name); return text; }
  go() { return fetch(this.host + this.uri + this.queryString(), { headers: this.headers }); }
}
class Client {
  constructor(key, host) { this.key = key; this.host = host; }
  status() { return this.start().withUri('/api/status').go(); }
  start() { return new Rest(this.host).withHeader('X-FusionAuth-TenantId', '1').withAuthorization(this.key); }
}`,
    calls: ['main.ts:12 GET {host}/api/status x-fusionauth-tenantid authorization?'],
  },
  'a builder that makes another': {
    code: `class Request {
  constructor(state) { this.state = state; }
  static to(url) { return new Request({ url, headers: {} }); }
  with(name, value) { return new Request({ ...this.state, headers: { ...this.state.headers, [name]: value } }); }
  send() { return fetch(this.state.url, { headers: this.state.headers }); }
}
await Request.to('https://fusion.adobe.io/api/v3/teams').with('x-api-key', 'k').send();`,
    calls: ['main.ts:7 GET https://fusion.adobe.io/api/v3/teams x-api-key'],
  },
  'an object that others may have changed': {
    code: {
      'api.js': `class Api {
  headers = {};
  set(name, value) { this.headers[name] = value; return this; }
  get(path) { return fetch('https://fusion.adobe.io/api/v3' + path, { headers: this.headers }); }
}
module.exports = new Api();`,
      'login.js': `require('./api').set('authorization', 't');`,
      'main.js': `const api = require('./api');
api.set('x-api-key', 'k').get('/users');`,
    },
    calls: ['main.js:2 GET https://fusion.adobe.io/api/v3/users x-api-key …'],
  },
  'mixins and singletons': {
    code: `const WithKey = (Base) => class extends Base { keys() { return { 'x-api-key': 'k' }; } };
class Base { base = 'https://cloudmanager.adobe.io'; }
class CloudManager extends WithKey(Base) {
  static #one;
  static getInstance() { return (this.#one ??= new CloudManager()); }
  get(path) { return fetch(this.base + path, { headers: this.keys() }); }
}
CloudManager.getInstance().get('/api/programs');`,
    calls: ['main.ts:8 GET https://cloudmanager.adobe.io/api/programs x-api-key'],
  },
  'an object literal with this': {
    code: `const api = { headers() { return { authorization: this.key }; }, get(path) { return fetch(this.base + path, { headers: this.headers() }); } };
api.base = 'https://auth.fusionauth.io';
api.key = process.env.KEY;
api.get('/api/user');
export const make = (extra) => extend({ get(path) { return fetch(this.base + path); }, user() { return this.get('/api/user'); } }, extra);`,
    calls: [
      'main.ts:4 GET https://auth.fusionauth.io/api/user authorization',
      'main.ts:5 GET {base}/api/user',
    ],
  },
};

for (const [name, { code, calls }] of Object.entries(PROGRAMS))
  test(name, () => {
    assert.equal(printCalls(callsIn(code)), calls);
  });

test.run();
