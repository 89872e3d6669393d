import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PAGE, pageOf } from '../../scripts/client-semantics.ts';
import { type FieldSet, fieldOf, literalOf, type Request } from '../../src/request.ts';
import { callsIn } from '../support/calls.ts';
import { openWire } from '../support/wire.ts';
import { subjects } from './semantics/index.ts';
import { nameOf, type Probe, probesOf } from './semantics/probes.ts';
import { analysedCode, run, type Said, sorted } from './semantics/run.ts';
import type { Subject } from './semantics/subject.ts';

// Each snippet is used twice: it is run, with the real client, against a local server, and it is analysed.
// What arrives must be what was predicted. A client's snippets are in its file in semantics/, those that all
// clients are asked for in semantics/probes.ts.

const wire = await openWire();
const outcomes = new Map(subjects.map((subject) => [subject, new Map<string, Said | undefined>()]));
const test = suite('semantics');
test.after(() => wire.close());

for (const subject of subjects)
  for (const probe of probesOf(subject)) test(`${subject.name}: ${probe.name}`, () => check(subject, probe));

test('docs/client-semantics.md shows what was sent', () => {
  const fresh = pageOf(outcomes) === readFileSync(PAGE, 'utf8');
  assert.ok(
    fresh,
    'docs/client-semantics.md is out of date. Write it anew: node --import tsx scripts/client-semantics.ts',
  );
});

test('what is refused, or has no place, is the name of something', () => {
  const surplus = subjects.flatMap(({ refuses = [], without = [], ...subject }) => {
    const probes = new Set(probesOf(subject).map(({ name }) => name));
    return [...refuses, ...without.map(nameOf.headers)].filter((name) => !probes.has(name));
  });
  assert.equal(surplus, []);
});

async function check(subject: Subject, { name, code, refused }: Probe): Promise<void> {
  const { said, contentType, error } = await run(wire, subject, code);
  outcomes.get(subject)?.set(name, said);
  assert.is(said === undefined, refused, `it sends nothing: ${error}`);
  if (!said) return;
  const files = { [`main.${subject.language ?? 'js'}`]: analysedCode(wire, subject, code) };
  const [request, ...others] = callsIn(files).flatMap((call) => call.requests);
  if (!request || others.length > 0) return assert.unreachable('one request is to be predicted');
  // A prediction's path has no empty segments.
  const call = said.call.replace(/\/{2,}/g, '/');
  assert.equal(predicted(request), { ...said, call });
  // Clients add a content type by themselves, which is not always predicted.
  const type = fieldOf(request.headers, 'content-type');
  if (type.presence === 'always') assert.is(type.values.map(literalOf).join().split(';')[0], contentType);
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

test.run();
