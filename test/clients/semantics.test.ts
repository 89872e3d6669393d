import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FieldSet, literalOf, type Request } from '../../src/request.ts';
import { callsIn } from '../support/calls.ts';
import { type Arrival, openWire } from '../support/wire.ts';
import { containers } from './semantics/containers.ts';
import { subjects } from './semantics/index.ts';
import type { Subject } from './semantics/subject.ts';

// Each snippet is used twice: it is run, with the real client, against a local server, and it is analysed.
// What arrives must be what was predicted. Headers that a client adds by itself are left out of account:
// those of the snippets are named x-… or authorization. A client's snippets are in its file in semantics/.

const wire = await openWire();
const test = suite('semantics');
test.after(() => wire.close());

const HOST = wire.origin;

for (const subject of subjects) {
  const { name: client, send, without = [], refuses = [], cases = {} } = subject;
  for (const [container, headers] of Object.entries(containers)) {
    if (without.includes(container)) continue;
    const code = send(`'HOST/path?q=1'`, headers);
    check(`${client}: headers as ${container}`, subject, code, refuses.includes(container));
  }
  for (const [name, code] of Object.entries(cases))
    check(`${client}: ${name}`, subject, code, refuses.includes(name));
}

function check(name: string, subject: Subject, code: string, refused: boolean): void {
  const { setup = '', hidden = {}, language = 'js' } = subject;
  const analysed = placed(`${setup}\n${code}`);
  const run = [hidden.before, analysed, hidden.after].map((part = '') => placed(part)).join('\n');
  test(name, async () => {
    const { arrivals, error } = await wire.run(run, language);
    const [arrival] = arrivals;
    assert.is(!arrival, refused, `it sends nothing: ${error}`);
    if (!arrival) return;
    const requests = callsIn({ [`main.${language}`]: analysed }).flatMap((call) => call.requests);
    assert.is(requests.length, 1, 'the number of requests that are predicted');
    assert.equal(predicted(requests[0] as Request), arrived(arrival));
  });
}

function placed(code: string): string {
  return code.replaceAll('HOST', HOST).replaceAll('PORT', new URL(HOST).port);
}

/** Said in the same words: what arrived, and what was predicted. */
interface Said {
  readonly host: string;
  readonly call: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const OF_THE_SNIPPET = /^(?:x-(?!requested-with).*|authorization)$/;

function arrived({ method, path, query, headers, body }: Arrival): Said {
  const own = Object.entries(headers).filter(([name]) => OF_THE_SNIPPET.test(name));
  return {
    host: HOST.replace('http://', ''),
    call: `${method} ${path}`,
    query: sorted(query),
    headers: sorted(own.map(([name, value]) => [name, String(value)])),
    body: kindOf(body),
  };
}

function kindOf(body: string): string {
  if (body === '') return 'none';
  if (body.startsWith('--')) return 'multipart';
  return body.startsWith('{') ? 'json' : /^\w+=/.test(body) ? 'form' : 'text';
}

function predicted({ host, method, path, query, headers, body }: Request): Said {
  return {
    host: String(host),
    call: `${method} /${path.map(literalOf).join('/')}`,
    query: fieldsOf(query),
    headers: Object.fromEntries(
      Object.entries(fieldsOf(headers)).filter(([name]) => !/^(?:host|content-type)$/.test(name)),
    ),
    body: body.kind,
  };
}

function fieldsOf({ fields, open }: FieldSet): Record<string, string> {
  const sent = fields.filter((field) => field.presence !== 'never');
  const printed = sent.map(({ name, presence, values }): [string, string] => [
    presence === 'always' ? name : `${name} (${presence})`,
    values.map(literalOf).join(' | '),
  ]);
  return sorted(open === undefined ? printed : [...printed, ['…', open]]);
}

function sorted(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

test.run();
