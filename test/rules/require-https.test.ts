import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/require-https.ts';
import type { Text } from '../../src/request.ts';
import { request, text } from '../support/request.ts';
import { at, contract, judge } from './judge.ts';

const call = (url: string) => judge(rule, { request: request({ url }) });

test('violation: http to a host that is not local', () => {
  const { verdicts, findings } = call('http://api.example.io/things');
  assert.is(verdicts[rule.id], 'violation');
  assert.equal(
    findings.map((finding) => [finding.severity, finding.message]),
    [
      [
        'error',
        'Things is called at api.example.io over plain http: everyone on the way can read and change what is sent and what is answered, credentials included. Write https.',
      ],
    ],
  );
});

test('the case of the scheme, a port, and a user name do not matter', () => {
  assert.is(call('HTTP://api.example.io/things').verdicts[rule.id], 'violation');
  assert.match(
    call('http://api.example.io:8080/things').findings[0]?.message ?? '',
    'at api.example.io:8080 ',
  );
  assert.match(call('http://me:word@api.example.io/things').findings[0]?.message ?? '', 'at api.example.io ');
});

test('a host whose end is known is known well enough', () => {
  assert.match(
    call('http://{tenant}.example.io/things').findings[0]?.message ?? '',
    'at {tenant}.example.io ',
  );
  assert.is(call('http://api.example.io:{PORT}/things').verdicts[rule.id], 'violation');
  assert.is(call('http://localhost:{PORT}/things').verdicts[rule.id], 'satisfied');
  assert.is(call('http://{name}.svc.cluster.local/things').verdicts[rule.id], 'satisfied');
});

test('a warning where anyone may run the service', () => {
  const selfHosted = { ...contract, selfHosted: true };
  const { findings } = judge(rule, {
    request: request({ url: 'http://api.example.io/things' }),
    contract: selfHosted,
  });
  assert.is(findings[0]?.severity, 'warn');
});

test('reported where the scheme stands, once for all calls', () => {
  const base: Text = text('http://api.example.io');
  const url = (path: string): Text => ({
    ...text(`http://api.example.io${path}`),
    origins: [{ part: base.parts[0] ?? { literal: '' }, trace: [{ label: 'BASE', location: at(7) }] }],
  });
  const like = request({ url: 'http://api.example.io/things' });
  const { findings } = judge(rule, [
    { request: { ...like, url: url('/things') } },
    { request: { ...like, url: url('/logs') } },
  ]);
  assert.equal(
    findings.map((finding) => finding.location.startLine),
    [7],
  );
});

test('satisfied: https, and http to what is local', () => {
  assert.is(call('https://api.example.io/things').verdicts[rule.id], 'satisfied');
  assert.equal(call('http://localhost:9011/things').satisfied, { [rule.id]: 'localhost:9011 is local' });
  assert.is(call('http://things:9011/things').verdicts[rule.id], 'satisfied');
});

test('unknown: a host that is not known, or looks like a service of a cluster', () => {
  const { verdicts, unknowns } = call('http://{AUTH_HOST}:9011/things');
  assert.is(verdicts[rule.id], 'unknown');
  assert.is(unknowns[rule.id], 'whether the host is local is not known: environment variable AUTH_HOST');
  assert.is(call('http://{name}.local/things').verdicts[rule.id], 'unknown');
  assert.is(call('http://auth-{stage}/things').verdicts[rule.id], 'unknown');
  assert.is(call('http://things.identity:9011/things').verdicts[rule.id], 'unknown');
});

test('silent where no scheme is written, and on names for examples', () => {
  assert.equal(call('{BASE_URL}/things').verdicts, {});
  assert.equal(call('/things').verdicts, {});
  assert.equal(call('//api.example.io/things').verdicts, {});
  assert.equal(call('{scheme}://api.example.io/things').verdicts, {});
  assert.equal(call('http://api.example.com/things').verdicts, {});
});

test.run();
