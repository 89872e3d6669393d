import { test } from 'uvu';
import * as assert from 'uvu/assert';
import rule from '../../rules/no-stale-suppressions.ts';
import type { NamedRule, SuppressionContext } from '../../src/lint/rule.ts';

type Given = Partial<Omit<SuppressionContext, 'report' | 'rules'>> & {
  readonly rules?: readonly (Partial<NamedRule> & Pick<NamedRule, 'state'>)[];
};

/** The messages that the rule reports of a comment, by their names, with their data. */
function judge({ rules = [{ state: 'used' }], ...given }: Given): [message: string, data: object][] {
  const said: [string, object][] = [];
  rule.checkSuppression?.({
    directive: 'fusionlint-disable-line',
    meant: undefined,
    enables: false,
    rules: rules.map((each) => ({ id: 'require-https', meant: undefined, ...each })),
    reason: 'a local service',
    until: undefined,
    lasts: 'on',
    report: (message, data) => said.push([message, data]),
    ...given,
  });
  return said;
}

test('a comment that suppresses something, with a reason, is right', () => {
  assert.equal(judge({}), []);
  assert.equal(judge({ until: '2027-01-31' }), []);
  assert.equal(judge({ rules: [{ state: 'used' }, { state: 'unjudged' }] }), []);
});

test('nothing is suppressed: the comment goes, or the rule in it', () => {
  assert.equal(judge({ rules: [{ state: 'unused' }] }), [
    ['unused', { rules: 'require-https', what: 'the comment' }],
  ]);
  assert.equal(judge({ rules: [{ id: 'one', state: 'unused' }, { state: 'used' }] }), [
    ['unused', { rules: 'one', what: 'one from it' }],
  ]);
});

test('a comment of which nothing is left needs no reason, and no day', () => {
  const rules = [{ state: 'unused' as const }];
  assert.equal(
    judge({ rules, reason: '', lasts: 'expired' }).map(([message]) => message),
    ['unused'],
  );
});

test('a rule of which nobody knows makes a comment neither used nor stale', () => {
  assert.equal(judge({ rules: [{ state: 'unjudged' }], reason: '', lasts: 'expired' }), []);
});

test('a rule that there is not, with the one that is meant', () => {
  assert.equal(judge({ rules: [{ id: 'requir-https', state: 'missing', meant: 'require-https' }] }), [
    ['missing', { rule: 'requir-https', instead: 'Write require-https' }],
  ]);
  assert.equal(judge({ rules: [{ id: 'x', state: 'missing' }, { state: 'used' }] }), [
    ['missing', { rule: 'x', instead: 'Delete it' }],
  ]);
});

test('no reason, no rule, no day, a day that is over', () => {
  const name = (given: Given) => judge(given).map(([message]) => message);
  assert.equal(name({ reason: '' }), ['unreasoned']);
  assert.equal(name({ rules: [] }), ['blanket']);
  assert.equal(name({ until: 'June', lasts: 'malformed' }), ['malformed']);
  assert.equal(name({ until: '2026-06-30', lasts: 'expired' }), ['expired']);
});

test('a directive that there is not', () => {
  const given = { directive: 'fusionlint-disable-lines', meant: 'fusionlint-disable-line' };
  assert.equal(judge(given), [['mistyped', given]]);
});

test('an end of what nothing began', () => {
  const enable = { directive: 'fusionlint-enable', enables: true, reason: '' };
  assert.equal(judge({ ...enable, rules: [] }), [['idle', { directive: 'fusionlint-enable', of: '' }]]);
  assert.equal(judge({ ...enable, rules: [{ state: 'unused' }] }), [
    ['idle', { directive: 'fusionlint-enable', of: ' for require-https' }],
  ]);
  assert.equal(judge(enable), []);
});

test('every message is reported of some comment, and of no request', () => {
  const said = [
    { rules: [{ state: 'unused' as const }] },
    { rules: [{ state: 'missing' as const }] },
    { reason: '' },
    { rules: [] },
    { lasts: 'malformed' as const },
    { lasts: 'expired' as const },
    { meant: 'fusionlint-disable' },
    { enables: true, rules: [] },
  ].flatMap((given) => judge(given).map(([message]) => message));
  assert.equal(said.sort(), Object.keys(rule.messages).sort());
});

test.run();
