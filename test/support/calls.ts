import { clients } from '../../src/clients/index.ts';
import { type RecognisedCall, Recogniser } from '../../src/clients/recognise.ts';
import { type FieldSet, printText, type Request } from '../../src/request.ts';
import { locationOf } from '../../src/syntax/location.ts';
import { Project } from '../../src/syntax/project.ts';

/** The calls in one source file, or in a project of several (path → text), in source order. */
export function callsIn(source: string | Readonly<Record<string, string>>): RecognisedCall[] {
  const files: Readonly<Record<string, string>> = typeof source === 'string' ? { 'main.ts': source } : source;
  const names = Object.keys(files);
  const project = new Project('/project', new Set(names), (file) => files[file]);
  return new Recogniser(project, clients).run(names.filter((name) => !name.endsWith('.json')));
}

/** `GET https://host/path?name=value`, unknown parts in braces; one line per alternative. */
export function printRequests({ requests }: RecognisedCall): string[] {
  return requests.map((request) => {
    const method = typeof request.method === 'string' ? request.method : '{method}';
    const query = request.query.fields.map(
      (field) => `${field.name}=${field.values.map(printText).join('|')}`,
    );
    const [url = ''] = printText(request.url).split('?', 1);
    return `${method} ${query.length > 0 ? `${url}?${query.join('&')}` : url}`;
  });
}

/**
 * Name → value, alternatives joined by `|`; a field that is not sent on every path has a `?` behind its
 * name, and what is open is an entry `…`.
 */
export function printFields({ fields, open }: FieldSet): Record<string, string> {
  const sent = fields.filter((field) => field.presence !== 'never');
  const entries = sent.map((field): [string, string] => [
    field.presence === 'always' ? field.name : `${field.name}?`,
    field.values.map(printText).join('|'),
  ]);
  return Object.fromEntries(open === undefined ? entries : [...entries, ['…', open]]);
}

/** `main.ts:3 GET https://host/path header other? …`, one line per request: what a program puts on the wire. */
export function printCalls(calls: readonly RecognisedCall[]): string[] {
  return calls.flatMap((call) => {
    const { file, startLine } = locationOf(call.node);
    return call.requests.map((request) => {
      const line = printRequests({ ...call, requests: [request] });
      return [`${file}:${startLine}`, ...line, ...Object.keys(printFields(request.headers))].join(' ');
    });
  });
}

/** The only request of a call. */
export function onlyRequest(call: RecognisedCall | undefined): Request {
  const [request, ...others] = call?.requests ?? [];
  if (!request || others.length > 0) throw new Error(`${call?.requests.length ?? 0} requests`);
  return request;
}
