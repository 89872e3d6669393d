import type { Contract, HeaderClause } from '../src/contracts/contract.ts';
import { knownHeaders, misnamed, requiredHeaders, schemesOf } from '../src/contracts/match.ts';
import { maskSecret } from '../src/lint/mask.ts';
import { isRightFor } from '../src/lint/right-value.ts';
import { defineRule } from '../src/lint/rule.ts';
import { classifySecret, splitScheme } from '../src/lint/secrets.ts';
import { printAnswer } from '../src/lint/words.ts';
import { type Field, fieldOf, literalOf, type Text } from '../src/request.ts';

export default defineRule({
  id: 'header-format',
  severity: 'error',
  summary: 'A header whose written value cannot be right, or that is sent under a mistyped name',
  messages: {
    format: '{service} rejects this call{answer}: {header} is `{value}`, and it takes {form}. Send {wanted}.',
    empty: '{service} rejects this call{answer}: {header} is sent without a value. Send {wanted}.',
    nothing:
      '{service} rejects this call{answer}: {header} is the text `{value}`, which stands for a value that is missing. Send {wanted}.',
    characters:
      'The call fails before it is sent: the value of {header} holds a character that no header may hold ({character}). Send {wanted}.',
    name: '{service} does not read the header {sent}, so {header} is not sent. Rename it to {header}.',
  },
  check({ request, contract, endpoint, report }) {
    const required = requiredHeaders(contract, endpoint) ?? [];
    for (const clause of knownHeaders(contract)) {
      const data = {
        service: contract.title,
        header: clause.display,
        wanted: clause.value,
        answer: printAnswer(clause.answer),
      };
      const isRequired = required.includes(clause);
      // Of a required header, required-headers says so.
      const instead = isRequired ? undefined : misnamed(clause, request, contract);
      const isRead = clause.name !== 'authorization' || schemesOf(contract, endpoint).size > 0;
      if (instead && isRead)
        report.violation(
          'name',
          { ...data, sent: instead.name },
          {
            trace: instead.trace,
            subject: instead.name,
            severity: 'warn',
            change: isRightFor(clause, instead, contract, endpoint)
              ? { rename: 'header', name: instead.name, to: clause.display }
              : undefined,
          },
        );

      const sent = fieldOf(request.headers, clause.name);
      const isBlank = isRequired && sent.presence === 'always' && sent.values.every(isWrittenNothing);
      for (const text of sent.values) {
        const said = isBlank ? blank(text) : judge(text, clause, contract);
        if (!said) continue;
        if ('satisfied' in said) report.satisfied(said.satisfied);
        else if ('unknown' in said) report.unknown(said.unknown);
        else {
          const { violation, ...found } = said;
          report.violation(
            violation,
            { ...data, ...found },
            {
              trace: traceOf(text, sent),
              atOrigin: true,
              subject: `${clause.name} ${Object.values(found).join()}`,
              // Such a value may stand there to be filled by code that is not seen.
              ...(isBlank && { severity: 'warn' as const }),
            },
          );
        }
      }
    }
  },
});

type Said =
  | { readonly violation: 'format'; readonly value: string; readonly form: string }
  | { readonly violation: 'nothing'; readonly value: string }
  | { readonly violation: 'characters'; readonly character: string }
  | { readonly violation: 'empty' }
  | { readonly satisfied: string }
  | { readonly unknown: string };

/** Undefined where nothing is written, or nothing is asked of it. */
function judge(text: Text, clause: HeaderClause, contract: Contract): Said | undefined {
  if (saysNothing(text)) return undefined;
  const value = literalOf(text);
  const isStandIn = value !== undefined && classifySecret(value, contract) === 'placeholder';
  const character = text.parts
    .map((part) => ('literal' in part ? FORBIDDEN.exec(part.literal.trim())?.[0] : undefined))
    .find((each) => each !== undefined);
  if (character !== undefined && !isStandIn) return { violation: 'characters', character: nameOf(character) };
  const { format } = clause;
  const isWritten = text.parts.some(
    (part) => 'literal' in part && splitScheme(part.literal).credential !== '',
  );
  if (!format || !isWritten) return undefined;
  // Of what is not known, a digit stands in every form; that it fits says that the written part may.
  const whole = value ?? text.parts.map((part) => ('literal' in part ? part.literal : '0')).join('');
  const { credential } = splitScheme(whole);
  if (format.pattern.test(credential))
    return value === undefined
      ? undefined
      : { satisfied: `${clause.display} has the form of ${format.words}` };
  if (value === undefined)
    return { unknown: `only a part of the value of ${clause.display} is written in the code` };
  if (isStandIn) return { unknown: `a stand-in is written for the value of ${clause.display}` };
  return { violation: 'format', value: shown(value), form: format.words };
}

/** A value that is nothing but a sign that there is none. */
function blank(text: Text): Said {
  const { credential } = splitScheme(literalOf(text) ?? '');
  return credential === '' ? { violation: 'empty' } : { violation: 'nothing', value: literalOf(text) ?? '' };
}

function saysNothing(text: Text): boolean {
  const value = literalOf(text);
  return value !== undefined && NOTHING.test(splitScheme(value).credential);
}

/** `undefined` is what no-misplaced-headers speaks of. */
function isWrittenNothing(text: Text): boolean {
  return saysNothing(text) && !literalOf(text)?.endsWith('undefined');
}

/** Nothing at all, and what JavaScript makes of it as a text. */
const NOTHING = /^(?:undefined|null|NaN|\[object \w+\])?$/;

/**
 * Fetch Standard, "header value" and the conversion to ByteString; Node.js, `checkInvalidHeaderChar`: control
 * characters, and what is no Latin-1. Spaces and line breaks at the ends do no harm: they are trimmed.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const FORBIDDEN = /[\u0000-\u0008\u000a-\u001f\u007f\u0100-\uffff]/;

function nameOf(character: string): string {
  if (character === '\n' || character === '\r') return 'a line break';
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return character > '\u00ff' ? `${character}, U+${code}` : `U+${code}`;
}

/** Anything may be a secret in a wrong place, but for a URL and the name of an organization. */
function shown(value: string): string {
  return /^https?:\/\/[^@]*$|^\w+@\w+$/.test(value) ? value : maskSecret(value);
}

function traceOf(text: Text, { trace }: Field) {
  return text.trace.length > 0 ? text.trace : trace;
}
