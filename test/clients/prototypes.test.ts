import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, printCalls } from '../support/calls.ts';

/** Classes from before there were classes; the notation is that of `wrappers.test.ts`. */
const PROGRAMS: Readonly<
  Record<string, { readonly code: Parameters<typeof callsIn>[0]; readonly calls: readonly string[] }>
> = {
  'methods on a prototype, made and called in another file': {
    code: {
      'client.js': `function Client(options) {
  if (!(this instanceof Client)) return new Client(options);
  options = options || {};
  this.base = options.base || 'https://fusion.adobe.io/api/v3';
  this.headers = { 'x-api-key': options.key };
}
Client.prototype.request = function request(method, path) {
  var self = this;
  return token().then(function () { return fetch(self.base + path, { method: method, headers: self.headers }); });
};
Client.prototype.get = function (path) { return this.request('GET', path); };
module.exports = Client;`,
      'main.js': `const Client = require('./client');
const client = new Client({ key: 'k' });
client.get('/teams');
Client({ key: 'k' }).get('/users');`,
    },
    calls: [
      'main.js:3 GET https://fusion.adobe.io/api/v3/teams x-api-key',
      'main.js:4 GET https://fusion.adobe.io/api/v3/users x-api-key',
    ],
  },
  'a method that nobody calls': {
    code: {
      'main.js': `exports.Client = function (token) { this.headers = { authorization: token }; };
exports.Client.prototype.teams = function () { return fetch('https://fusion.adobe.io/api/v3/teams', { headers: this.headers }); };`,
    },
    calls: ['main.js:2 GET https://fusion.adobe.io/api/v3/teams authorization'],
  },
  'a prototype as one object, with a field and a getter': {
    code: {
      'main.js': `var Client = module.exports = function (key) { this.key = key; };
Client.prototype = {
  constructor: Client,
  host: 'https://fusion.adobe.io',
  get url() { return this.host + '/api/v3'; },
  headers: function () { return { 'x-api-key': this.key }; },
  teams() { return fetch(this.url + '/teams', { headers: this.headers() }); },
};
Object.defineProperty(Client.prototype, 'users', { get: function () { return fetch(this.url + '/users'); } });
Client.create = function (key) { return new this(key); };
Client.create('k').teams();`,
    },
    calls: [
      'main.js:7 GET https://fusion.adobe.io/api/v3/teams x-api-key',
      'main.js:9 GET https://fusion.adobe.io/api/v3/users',
    ],
  },
  'util.inherits': {
    code: {
      'base.js': `function Base(options) { this.options = options; this.headers = { 'x-api-key': options.key }; }
Base.prototype.url = function () { return this.options.host + this.prefix; };
Base.prototype.get = function (path) { return fetch(this.url() + path, { headers: this.headers }); };
module.exports = Base;`,
      'fusion.js': `var util = require('util');
var Base = require('./base');
function Fusion(options) {
  Base.call(this, Object.assign({}, options, { host: 'https://fusion.adobe.io' }));
  this.headers['x-gw-region'] = 'or2';
}
util.inherits(Fusion, Base);
Fusion.prototype.prefix = '/api/v3';
Fusion.prototype.teams = function () { return this.get('/teams'); };
exports.Fusion = Fusion;`,
      'cloud-manager.js': `var Base = require('./base');
var CloudManager = function () { Base.apply(this, arguments); };
CloudManager.prototype = Object.create(Base.prototype);
CloudManager.prototype.constructor = CloudManager;
CloudManager.prototype.prefix = '/api';
CloudManager.prototype.get = function (path) { return Base.prototype.get.call(this, '/program' + path); };
var cm = new CloudManager({ host: 'https://cloudmanager.adobe.io', key: 'k' });
cm.get('/1');`,
    },
    calls: [
      'cloud-manager.js:8 GET https://cloudmanager.adobe.io/api/program/1 x-api-key',
      'fusion.js:9 GET https://fusion.adobe.io/api/v3/teams x-api-key x-gw-region',
    ],
  },
  'mixins, and another name for the prototype': {
    code: {
      'methods.js': `module.exports = { teams: function () { return this.send('/teams'); }, users() { return this.send('/users'); } };`,
      'main.js': `function Client() { this.base = 'https://fusion.adobe.io/api/v3'; }
Object.assign(Client.prototype, require('./methods'), { roles: function () { return this.send('/roles'); } });
var proto = Client.prototype;
proto.send = function (path) { return fetch(this.base + path); };
proto['hooks'] = proto.webhooks = function () { return this.send('/hooks'); };
var client = new Client();
client.teams(); client.users(); client.roles(); client.webhooks();`,
    },
    calls: [
      'main.js:2 GET https://fusion.adobe.io/api/v3/roles',
      'main.js:5 GET https://fusion.adobe.io/api/v3/hooks',
      'methods.js:1 GET https://fusion.adobe.io/api/v3/teams',
      'methods.js:1 GET https://fusion.adobe.io/api/v3/users',
    ],
  },
  'methods that the constructor sets': {
    code: {
      'main.js': `function Client(base, key) {
  var that = this;
  this.headers = { 'x-api-key': key };
  this.get = function (path) { return fetch(base + path, { headers: this.headers }); };
  that.post = (path) => fetch(base + path, { method: 'POST', headers: that.headers });
}
var client = new Client('https://fusion.adobe.io/api/v3', 'k');
client.get('/teams');
client.post('/users');`,
    },
    calls: [
      'main.js:8 GET https://fusion.adobe.io/api/v3/teams x-api-key',
      'main.js:9 POST https://fusion.adobe.io/api/v3/users x-api-key',
    ],
  },
  'a function that answers an object, called with new': {
    code: {
      'main.js': `function Api(base) { return { get: function (path) { return fetch(base + path); } }; }
new Api('https://fusion.adobe.io/api/v3').get('/teams');`,
    },
    calls: ['main.js:2 GET https://fusion.adobe.io/api/v3/teams'],
  },
  'what a compiler makes of classes': {
    code: {
      'main.js': `var Base = (function () {
  function Base(key) { this.headers = { 'x-api-key': key }; }
  Base.prototype.get = function (path) { return fetch('https://fusion.adobe.io/api/v3' + path, { headers: this.headers }); };
  return Base;
}());
var Client = (function (_super) {
  __extends(Client, _super);
  function Client(key) {
    var _this = _super.call(this, key) || this;
    _this.headers.accept = 'application/json';
    return _this;
  }
  Client.prototype.teams = function () { return this.get('/teams'); };
  return Client;
}(Base));
new Client('k').teams();`,
    },
    calls: ['main.js:13 GET https://fusion.adobe.io/api/v3/teams x-api-key accept'],
  },
  'what is added to a class': {
    code: {
      'main.js': `class Client { constructor(key) { this.key = key; } }
Client.prototype.teams = function () { return fetch('https://fusion.adobe.io/api/v3/teams', { headers: { 'x-api-key': this.key } }); };
Client.instance = new Client('k');
Client.instance.teams();`,
    },
    calls: ['main.js:2 GET https://fusion.adobe.io/api/v3/teams x-api-key'],
  },
  'an instance that is made when it is first needed': {
    code: {
      'main.ts': `class Client {
  private static instance: Client | null = null;
  static get(key: string) { if (!Client.instance) Client.instance = new Client(key); return Client.instance; }
  constructor(private readonly key: string) {}
  teams() { return fetch('https://fusion.adobe.io/api/v3/teams', { headers: { 'x-api-key': this.key } }); }
}
Client.get('k').teams();`,
    },
    calls: ['main.ts:5 GET https://fusion.adobe.io/api/v3/teams x-api-key'],
  },
  'a module that every loader can load': {
    code: {
      'client.js': `(function (root, factory) {
  if (typeof define === 'function' && define.amd) { define(['superagent'], factory); }
  else if (typeof module === 'object' && module.exports) { module.exports = factory(require('superagent')); }
  else { root.Client = factory(root.superagent); }
}(this, function (superagent) {
  'use strict';
  var exports = function () { this.basePath = 'https://cloudmanager.adobe.io'; this.defaultHeaders = {}; };
  exports.prototype.callApi = function callApi(path, httpMethod, headerParams) {
    var _this = this;
    var request = superagent(httpMethod, _this.basePath + path);
    request.set(_this.defaultHeaders).set(headerParams);
    return request;
  };
  exports.instance = new exports();
  return exports;
}));`,
      'programs.js': `(function (root, factory) {
  if (typeof define === 'function' && define.amd) { define(['./client'], factory); }
  else if (typeof module === 'object' && module.exports) { module.exports = factory(require('./client')); }
  else { root.Programs = factory(root.Client); }
}(this, function (Client) {
  var exports = function (apiClient) {
    this.apiClient = apiClient || Client.instance;
    this.getPrograms = function (xApiKey) { return this.apiClient.callApi('/api/programs', 'GET', { 'x-api-key': xApiKey }); };
  };
  return exports;
}));`,
    },
    calls: ['programs.js:8 GET https://cloudmanager.adobe.io/api/programs x-api-key'],
  },
  'a function that borrows another this stays unknown': {
    code: {
      'main.js': `function teams() { return fetch(this.base + '/api/v3/teams', { headers: this.headers }); }
other.register(teams);`,
    },
    calls: ['main.js:1 GET {base}/api/v3/teams …'],
  },
};

for (const [name, { code, calls }] of Object.entries(PROGRAMS))
  test(name, () => {
    assert.equal(printCalls(callsIn(code)), calls);
  });

test.run();
