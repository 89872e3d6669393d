import { host, type Subject } from './subject.ts';

/** A call of the app, behind what its module sets up. */
function called(call: string, setup = ''): string {
  return `${setup}\nawait run(function ($http) { return ${call}; });`;
}

export const angularJs: Subject = {
  name: '$http',
  packages: ['angular', 'jsdom'],
  query: {
    option: 'params',
    code: (url, params) => called(`$http.get(${url}, { params: ${params} })`),
  },
  hidden: {
    before: `import { angularJs } from '${host('angularjs')}';\nconst { angular, run } = angularJs('HOST');`,
  },
  setup: `angular.module('app', ['ng']).config(function ($httpProvider) { $httpProvider.useApplyAsync(false); });`,
  send: (url, headers) => called(`$http.get(${url}, { headers: ${headers} })`),
  cases: {
    'a config': called(`$http({ method: 'PUT', url: 'HOST/a', data: { a: 1 }, headers: { 'X-A': 'one' } })`),
    'a config without a method': called(`$http({ url: 'HOST/a' })`),
    get: called(`$http.get('HOST/a', { headers: { 'X-A': 'one', 'X-B': undefined } })`),
    null: called(`$http.get('HOST/a', { headers: { 'X-A': null } })`),
    post: called(`$http.post('HOST/a', { a: 1 }, { headers: { 'X-A': 'one' } })`),
    'params of undefined and null': called(
      `$http.get('HOST/a?z=9', { params: { a: 1, b: undefined, c: null } })`,
    ),
    'defaults of a run block': called(
      `$http.get('HOST/a', { headers: { 'x-b': 'two' } })`,
      `angular.module('app').run(function ($http) {
  $http.defaults.headers.common['X-A'] = 'one';
  $http.defaults.headers.get = { 'X-B': 'one' };
  $http.defaults.headers.post['X-C'] = 'one';
});`,
    ),
    'undefined keeps a default away': called(
      `$http.delete('HOST/a', { headers: { 'X-A': undefined } })`,
      `angular.module('app').run(['$http', function ($http) {
  $http.defaults.headers.common = { 'X-A': 'one', 'X-B': 'one' };
}]);`,
    ),
    'defaults of the method over common ones': called(
      `$http.get('HOST/a')`,
      `angular.module('app').run(function ($http) {
  $http.defaults.headers.get = { 'X-A': 'two' };
  $http.defaults.headers.common['X-A'] = 'one';
});`,
    ),
    'defaults of a config block': called(
      `$http.get('HOST/a')`,
      `angular.module('app').config(function ($httpProvider) {
  $httpProvider.defaults.headers.common['X-A'] = 'one';
});`,
    ),
  },
};
