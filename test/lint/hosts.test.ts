import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Place, placeOfHost } from '../../src/lint/hosts.ts';

function all(place: Place, hosts: readonly string[]): void {
  for (const host of hosts) assert.is(placeOfHost(host), place, host);
}

test('local: this machine, and names and addresses of networks', () => {
  all('local', ['localhost', 'localhost:9011', 'auth.localhost', '127.0.0.1:9011', '127.1.2.3', '0.0.0.0']);
  all('local', ['[::1]', '[::1]:9011', '[fd12:3456::1]', '[fe80::1]:80', '[::ffff:127.0.0.1]']);
  all('local', ['10.0.0.7', '172.16.0.1', '172.31.255.1:9011', '192.168.1.20', '169.254.1.1', '100.64.0.1']);
  all('local', ['nas.local', 'auth.test', 'host.docker.internal:9011', 'AUTH.HOME.ARPA', 'auth.lan']);
  all('local', ['fusionauth', 'fusionauth:9011', 'fusion_auth:9011', 'auth.identity.svc']);
  all('local', ['fusionauth.identity.svc.cluster.local:9011']);
});

test('example: names and addresses that nobody has', () => {
  all('example', ['example.com', 'auth.example.com:9011', 'auth.example', 'none.invalid', '203.0.113.7']);
  all('example', ['<your-host>', 'your-domain.com', 'auth.your-company.com', 'yourdomain.com', '{host}']);
});

test('cluster: a service and a namespace, with a port', () => {
  all('cluster', ['fusionauth.identity:9011', 'auth.dev:8080']);
});

test('elsewhere: everything else', () => {
  all('elsewhere', [
    'fusion.adobe.io',
    'auth.acme.com:9011',
    'acme.io',
    'LOGIN.ACME.IO.',
    'notlocalhost.com',
  ]);
  all('elsewhere', ['34.120.7.9:9011', '172.32.0.1', '100.128.0.1', '[2001:4860:4860::8888]', '11.0.0.1']);
  all('elsewhere', ['localhost.acme.com', 'test.acme.com', 'example.com.acme.io', 'ourdomain.com']);
});

test.run();
