import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { callsIn, onlyRequest, printRequests } from '../support/calls.ts';

// What can be run is in semantics/angularjs.ts. Here is what is predicted of code that can't stand alone.

test('where no file sets it up, there may be more', () => {
  const [call] = callsIn(
    `export function Users($http) { this.list = () => $http.get('https://h.example/a'); }`,
  );
  assert.equal(call && printRequests(call), ['GET https://h.example/a']);
  assert.type(onlyRequest(call).headers.open, 'string');
});

test('an interceptor may send more', () => {
  const [call] = callsIn(`angular.module('app', []).config(function ($httpProvider) {
  $httpProvider.interceptors.push('signing');
}).factory('users', ['$http', function ($http) { return { list: () => $http.get('https://h.example/a') }; }]);`);
  assert.is(onlyRequest(call).headers.open, 'an interceptor of $http');
});

test.run();
