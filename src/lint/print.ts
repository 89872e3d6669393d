import type { Contract } from '../contracts/contract.ts';
import { type Field, type HeaderReport, printText, type Request, type Text } from '../request.ts';
import { printMasked } from './mask.ts';

/** What a person sees of a request: unknown parts in braces, credentials masked. */

const SECRET_NAME = /secret|token|password|passwd|api[-_]?key|jwt|assertion|credential|cookie|authorization/i;

/** Where a field of a request stands. */
export type Position = Contract['credentials'][number]['in'];

/** The text of a field's value; masked when it is a credential. */
export function printValue(value: Text, name: string, position: Position, contract?: Contract): string {
  return holdsSecret(name, position, contract) ? printMasked(value) : printText(value);
}

/** Whether the contract, or its name alone, says that a field carries a credential. */
export function holdsSecret(name: string, position: Position, contract?: Contract): boolean {
  const known = contract?.credentials.some((each) => each.in === position && each.name === name) ?? false;
  return known || SECRET_NAME.test(name);
}

export function headerReport(field: Field, contract: Contract): HeaderReport {
  const [value] = field.values;
  const report = { presence: field.presence, trace: field.trace.map((step) => step.location) };
  return value ? { ...report, value: printValue(value, field.name, 'header', contract) } : report;
}

export function printUrl(request: Request, contract?: Contract): string {
  const [base = ''] = printText(request.url).split('?', 1);
  const fields = request.query.fields.filter(
    (field) => field.presence === 'always' || field.presence === 'sometimes',
  );
  const query = fields.map(
    ({ name, values: [value] }) => `${name}=${value ? printValue(value, name, 'query', contract) : ''}`,
  );
  const shown = base.replace(/\/\/[^/@{}]+@/, '//…@');
  return query.length > 0 ? `${shown}?${query.join('&')}` : shown;
}
