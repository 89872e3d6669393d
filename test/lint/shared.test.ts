import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { rules } from '../../rules/index.ts';
import { contracts } from '../../src/contracts/index.ts';
import { judge } from '../../src/lint/judge.ts';
import type { Finding } from '../../src/request.ts';
import { callsIn } from '../support/calls.ts';

const FUSION = 'https://fusion.adobe.io/api/v3';

function lint(source: string | Readonly<Record<string, string>>): readonly Finding[] {
  return judge(callsIn(source), {
    contracts,
    rules: rules.filter(({ id }) => ['required-headers', 'no-legacy-headers'].includes(id)),
    config: { rules: {}, services: {} } as never,
    asOf: '2026-11-24',
  }).findings;
}

/** `line:number of calls rule`. */
const said = (source: string | Readonly<Record<string, string>>) =>
  lint(source).map(
    ({ location, callSites, ruleId }) => `${location.startLine}:${callSites?.length ?? 1} ${ruleId}`,
  );

const builder = `const headersFor = (token) => ({
  Authorization: \`Bearer \${token}\`, 'x-api-key': ID, 'x-organization-id': '4711',
});
export const teams = (t) => fetch('${FUSION}/teams', { headers: headersFor(t) });
export const scenarios = (t) => fetch('${FUSION}/scenarios', { headers: headersFor(t) });
`;

test('a builder that all calls share is where the header is missing', () => {
  const [finding, ...others] = lint(builder);
  assert.equal(others, []);
  assert.is(finding?.location.startLine, 1);
  assert.is(finding?.callSite, 'main.ts:4:29');
  assert.equal(finding?.callSites, ['main.ts:4:29', 'main.ts:5:33']);
  assert.match(finding?.message ?? '', 'x-gw-region is not sent');
  assert.match(finding?.message ?? '', 'A change here repairs 2 calls.');
  assert.equal(
    finding?.related.map(({ message, location }) => `${message} ${location.startLine}`),
    ['the call 4', 'the call 5'],
  );
});

test('a single call is reported where it stands', () => {
  const [finding] = lint(builder.split('\n').slice(0, 4).join('\n'));
  assert.is(finding?.location.startLine, 4);
  assert.is(finding?.callSites, undefined);
});

test('stays at the calls when one of them sends what the others lack', () => {
  const more = `export const one = (t) => fetch('${FUSION}/hooks', { headers: { ...headersFor(t), 'x-gw-region': 'or2' } });`;
  assert.equal(said(builder + more), ['4:1 required-headers', '5:1 required-headers']);
});

test('stays at a call whose own literal supplies the headers', () => {
  const own = `export const a = (t) => fetch('${FUSION}/teams', { headers: { Authorization: t, 'x-api-key': 'a' } });
export const b = (t) => fetch('${FUSION}/teams', { headers: { Authorization: t, 'x-api-key': 'b' } });`;
  assert.equal(said(own), ['1:1 required-headers', '2:1 required-headers']);
});

test('stays at the calls when somebody else gets the headers too', () => {
  const source = (other: string) => `const JSON_ONLY = { Accept: 'application/json' };
export const a = () => fetch('http://localhost:9011/api/application', { headers: JSON_ONLY });
export const b = () => fetch('http://localhost:9011/api/theme', { headers: JSON_ONLY });
export const c = () => fetch('${other}', { headers: JSON_ONLY });`;
  assert.equal(said(source('https://example.org/weather')), ['2:1 required-headers', '3:1 required-headers']);
  // A public operation of the service asks for nothing, and takes no harm.
  assert.equal(said(source('http://localhost:9011/api/health')), ['1:2 required-headers']);
});

test('an instance: at its headers, or at its options when it has none', () => {
  const source = (options: string) => `import axios from 'axios';
const api = axios.create({ baseURL: 'http://localhost:9011',
  ${options}
});
export const a = () => api.get('/api/application');
export const b = () => api.get('/api/theme');`;
  assert.equal(said(source("headers: { Accept: 'application/json' },")), ['3:2 required-headers']);
  assert.equal(said(source('timeout: 500,')), ['2:2 required-headers']);
});

test('an instance of ky', () => {
  const source = `import ky from 'ky';
const api = ky.extend({ prefixUrl: 'http://localhost:9011', headers: { Accept: 'application/json' } });
export const a = () => api.get('api/application');
export const b = () => api.get('api/theme');`;
  assert.equal(said(source), ['2:2 required-headers']);
});

test('a wrapper that sends no header: at its call of the client', () => {
  const source = `async function request(path, init = {}) {
  return fetch(\`http://localhost:9011\${path}\`, { ...init });
}
export const a = () => request('/api/application');
export const b = () => request('/api/theme', { method: 'POST' });`;
  assert.equal(said(source), ['2:2 required-headers']);
});

test('a class: at the headers of its method', () => {
  const source = `export class Client {
  request(path) {
    return fetch('http://localhost:9011' + path, {
      headers: { Accept: 'application/json' },
    });
  }
  a() { return this.request('/api/application'); }
  b() { return this.request('/api/theme'); }
}`;
  assert.equal(said(source), ['4:2 required-headers']);
});

test('a legacy header: at its line in what the calls share', () => {
  const source = `const HEADERS = {
  Authorization: TOKEN, 'x-api-key': ID, 'x-organization-id': '4711', 'x-gw-region': 'or2',
  'x-gw-ims-org-id': process.env.ORG,
};
export const a = () => fetch('${FUSION}/teams', { headers: HEADERS });
export const b = () => fetch('${FUSION}/scenarios', { headers: HEADERS });`;
  assert.equal(said(source), ['3:2 no-legacy-headers']);
});

test('the fingerprint does not depend on which calls share the place, nor on how many', () => {
  const more = `export const hooks = (t) => fetch('${FUSION}/hooks', { headers: headersFor(t) });`;
  const [two] = lint(builder);
  const [three] = lint(`\n${builder.replace('/teams', '/hooks')}${more}`);
  assert.is(three?.callSites?.length, 3);
  assert.is(three?.fingerprint, two?.fingerprint);
  const [renamed] = lint(builder.replaceAll('headersFor', 'otherHeaders'));
  assert.is.not(renamed?.fingerprint, two?.fingerprint);
});

test.run();
