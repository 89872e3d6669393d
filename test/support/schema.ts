import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';

export function schemaText(name: string): string {
  return readFileSync(new URL(`schemas/${name}`, import.meta.url), 'utf8');
}

/** What a document breaks of a JSON Schema of draft 4 to 7, in words; empty when it is valid. */
export function validator(name: string): (document: unknown) => string[] {
  const { $schema, $id, id, ...schema } = JSON.parse(schemaText(name)) as Record<string, unknown>;
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
  const validate = ajv.compile(schema);
  return (document) => (validate(document) ? [] : (validate.errors ?? []).map(print));
}

const FORMATS = {
  uri: (text: string) => URL.canParse(text),
  'uri-reference': (text: string) => /^[!#-;=?-Z_a-z~[\]]*$/.test(text) && URL.canParse(text, 'file:///'),
  'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
};

function print({
  instancePath,
  message = '',
}: {
  instancePath: string;
  message?: string | undefined;
}): string {
  return `${instancePath} ${message}`;
}
