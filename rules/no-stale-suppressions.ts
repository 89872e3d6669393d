import { defineRule } from '../src/lint/rule.ts';
import { list } from '../src/lint/words.ts';

export default defineRule({
  id: 'no-stale-suppressions',
  severity: 'warn',
  summary: 'A comment that suppresses nothing, or no longer, or without a reason',
  messages: {
    unused:
      'There is no finding of {rules} where this comment suppresses it, and a new one would go unseen. Delete {what}.',
    expired:
      'The suppression of {rules} ended with {until}, so its findings are reported again. Repair the call, or write a later day behind `until`.',
    malformed:
      '"{until}" is no day, so this comment suppresses nothing. Write the last day on which it holds as YYYY-MM-DD: `until 2027-01-31`.',
    unreasoned:
      'The suppression of {rules} gives no reason, so it suppresses nothing. Write why the finding is accepted behind two dashes: `{directive} {first} -- reason`.',
    blanket:
      'This comment names no rule, so it suppresses nothing. Name the rules whose findings are accepted: `{directive} RULE, RULE -- reason`.',
    missing:
      'There is no rule {rule}, so nothing is suppressed under that name. {instead} (`fusionlint rules` lists the rules).',
    mistyped: 'There is no directive {directive}, so this comment suppresses nothing. Write {meant}.',
    idle: 'Nothing is suppressed here that {directive} could end{of}. Delete the comment, or the rule in it.',
  },
  // It is about comments, not about requests.
  check() {},
  checkSuppression({ directive, meant, enables, rules, reason, until, lasts, report }) {
    if (meant !== undefined) return report('mistyped', { directive, meant });
    for (const { id, state, meant: rule } of rules)
      if (state === 'missing')
        report('missing', { rule: id, instead: rule === undefined ? 'Delete it' : `Write ${rule}` });

    const unused = rules.filter(({ state }) => state === 'unused').map(({ id }) => id);
    if (enables) {
      if (rules.length === 0) return report('idle', { directive, of: '' });
      if (unused.length > 0) report('idle', { directive, of: ` for ${list(unused)}` });
      return;
    }
    if (rules.length === 0) return report('blanket', { directive });
    if (unused.length > 0)
      report('unused', {
        rules: list(unused),
        what: unused.length === rules.length ? 'the comment' : `${list(unused)} from it`,
      });

    const used = rules.filter(({ state }) => state === 'used').map(({ id }) => id);
    const [first] = used;
    if (first === undefined) return;
    if (lasts === 'malformed') report('malformed', { until: until ?? '' });
    else if (reason === '') report('unreasoned', { rules: list(used), directive, first });
    else if (lasts === 'expired') report('expired', { rules: list(used), until: until ?? '' });
  },
});
