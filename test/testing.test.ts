import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { UsageError } from '../src/errors.ts';
import { defineRule } from '../src/lint/rule.ts';
import { type RuleTest, testRule } from '../src/testing.ts';

/** Users are to be read by id, and one of them not at all. */
const rule = defineRule({
  id: 'by-id',
  severity: 'warn',
  summary: 'A user that is not read by its id',
  messages: { nobody: '{service} has no user 0.' },
  check({ request, contract, endpoint, report }) {
    if (endpoint?.path !== '/api/user/{userId}') return;
    const [part] = request.path.at(-1)?.parts ?? [];
    if (!part || 'unknown' in part) report.unknown('the id is not known');
    else if (part.literal === '0') report.violation('nobody', { service: contract.title });
    else report.satisfied('it has an id');
  },
});

const call = (id: string) => `fetch('http://localhost:9011/api/user/${id}');`;
const VIOLATION = call('0');
const SATISFIED = call('1');
const UNKNOWN = "export const get = (id) => fetch('http://localhost:9011/api/user/' + id);";
const SILENT = "fetch('http://localhost:9011/api/tenant');";

async function wrong(cases: Partial<RuleTest>): Promise<string> {
  try {
    await testRule(rule, { violation: [VIOLATION], ...cases });
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

test('right cases', async () => {
  assert.is(
    await wrong({
      violation: [
        VIOLATION,
        { code: VIOLATION, says: 'no user 0' },
        { code: { 'a.js': VIOLATION, 'b.js': SATISFIED }, says: /^FusionAuth has/ },
      ],
      satisfied: [SATISFIED, SATISFIED + SILENT],
      unknown: [UNKNOWN, { code: UNKNOWN, says: 'id' }],
      silent: [SILENT, '', 'const a = 1;'],
    }),
    '',
  );
});

test('wrong cases, a line each, with what came out', async () => {
  assert.is(
    await wrong({
      violation: [SATISFIED, { code: VIOLATION, says: 'nothing' }, SILENT, '', 'fetch('],
      satisfied: [SATISFIED + VIOLATION],
      unknown: [UNKNOWN + VIOLATION, { code: UNKNOWN, says: /nothing/ }],
      silent: [SATISFIED],
    }),
    [
      'by-id, violation 1: expected violation, got satisfied',
      'by-id, violation 2: expected violation that says "nothing", got violation (FusionAuth has no user 0.)',
      'by-id, violation 3: expected violation, got silence',
      'by-id, violation 4: expected violation, got no call of a service',
      'by-id, violation 5: expected violation, got no call of a service',
      'by-id, satisfied 1: expected satisfied, got satisfied, violation (FusionAuth has no user 0.)',
      'by-id, unknown 1: expected unknown, got unknown (the id is not known), violation (FusionAuth has no user 0.)',
      'by-id, unknown 2: expected unknown that says /nothing/, got unknown (the id is not known)',
      'by-id, silent 1: expected silent, got satisfied',
    ].join('\n'),
  );
});

test('code that does not parse', async () => {
  assert.match(await wrong({ violation: [`${VIOLATION} const = ;`] }), /got code that does not parse: /);
});

test('services and the day', async () => {
  const gone = { replacement: 'GET /v2', failsFrom: '2026-01-01' };
  const services = {
    notes: {
      contract: { title: 'Notes', hosts: ['notes.example.com'], retiredEndpoints: { 'GET /v1': gone } },
    },
  };
  const old = defineRule({
    id: 'old',
    severity: 'error',
    summary: 'An operation of old',
    messages: { old: 'Old{since}.' },
    check({ retired, report }) {
      if (retired) report.violation('old', {}, { calendar: retired });
    },
  });
  const code = "fetch('https://notes.example.com/v1');";
  await testRule(old, { services, asOf: '2026-02-01', violation: [{ code, says: 'Old since 2026-01-01.' }] });
  await testRule(old, {
    services,
    asOf: '2025-02-01',
    violation: [{ code, says: 'Old from 2026-01-01 on.' }],
  });
});

test('what is no rule, service or day', async () => {
  const fails = async (promise: Promise<void>, message: RegExp) => {
    try {
      await promise;
    } catch (error) {
      assert.instance(error, UsageError);
      return assert.match((error as UsageError).message, message);
    }
    throw new Error('nothing was thrown');
  };
  await fails(
    testRule({ ...rule, id: 'By Id' }, { violation: [] }),
    /^the test: "customRules.0" is no rule: it must have an "id"/,
  );
  await fails(
    testRule(rule, { violation: [], services: { x: {} } }),
    /^the test: unknown service "services.x"/,
  );
  await fails(testRule(rule, { violation: [], asOf: 'x' }), /^the test: "asOf" must be a day/);
  const throwing = { ...rule, check: () => JSON.parse('{') };
  await fails(
    testRule(throwing, { violation: [VIOLATION] }),
    /^the rule "by-id" failed on the call at code\.ts:1:1: /,
  );
});

test.run();
