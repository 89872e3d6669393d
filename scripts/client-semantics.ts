// Writes docs/client-semantics.md: what really arrives at a server when each client is given the same things.
// Run with: node --import tsx scripts/client-semantics.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { clients } from '../src/clients/index.ts';
import { table } from '../src/report/table.ts';
import { subjects } from '../test/clients/semantics/index.ts';
import { joints, nameOf, probesOf } from '../test/clients/semantics/probes.ts';
import { run, type Said } from '../test/clients/semantics/run.ts';
import type { Subject } from '../test/clients/semantics/subject.ts';
import { openWire } from '../test/support/wire.ts';

export const PAGE = new URL('../docs/client-semantics.md', import.meta.url);

/** What a client's probes sent, by their names; `undefined` where the client refused. */
export type Outcomes = ReadonlyMap<string, Said | undefined>;

/** The page, from what was sent. */
export function pageOf(outcomes: ReadonlyMap<Subject, Outcomes>): string {
  const rows = (
    columns: readonly ((subject: Subject, sent: Outcomes) => string)[],
    among: readonly Subject[] = subjects,
  ) =>
    among.map((subject) => {
      const sent: Outcomes = outcomes.get(subject) ?? new Map();
      return [`\`${subject.name}\``, ...columns.map((column) => column(subject, sent))];
    });
  const cell =
    (probe: string, print: (said: Said) => string) =>
    (_subject: Subject, sent: Outcomes): string => {
      if (!sent.has(probe)) return '–';
      const said = sent.get(probe);
      return said ? print(said) : 'refused';
    };
  const option = (name: 'query' | 'join') => (subject: Subject) => `\`${subject[name]?.option}\``;

  return `${INTRODUCTION}

## Containers of headers

Two headers, in each of the containers that code keeps them in. \`{ ...headers }\` spreads a \`Headers\`, which has no properties of its own, beside the second header.

${table(
  [
    'client',
    '`{ }`',
    '`new Headers()`',
    '`[[name, value]]`',
    '`[name, value, …]`',
    '`new Map()`',
    '`{ ...headers }`',
  ],
  rows(
    ['object', 'Headers', 'pairs', 'flat', 'Map', 'spread Headers'].map((container) =>
      cell(nameOf.headers(container), namesSent),
    ),
  ),
)}

## Values of headers

What arrives of a header whose value is not a text, and of a name that stands in the object in two spellings, \`{ 'X-A': 'one', 'x-a': 'two' }\`.

${table(
  ['client', '`undefined`', '`null`', '`false`', '`2`', 'two spellings'],
  rows([
    ...['undefined', 'null', 'false', 'number'].map((value) =>
      cell(nameOf.headers(value), ({ headers }) => valueSent(headers['x-b'])),
    ),
    cell(nameOf.headers('two spellings'), spellingSent),
  ]),
)}

## Query parameters

What arrives of a parameter that is \`undefined\` or \`null\`, and of \`?z=9\` in an address that gets \`{ a: 1 }\` besides.

${table(
  ['client', 'option', '`undefined`', '`null`', 'query of the address'],
  rows(
    [
      option('query'),
      ...['undefined', 'null'].map((value) => cell(nameOf.query(value), ({ query }) => valueSent(query.b))),
      cell(nameOf.query('an address with a query'), ({ query }) => addressQuerySent(query.z)),
    ],
    subjects.filter(({ query }) => query),
  ),
)}

## Base and path

The path that arrives.

${table(
  ['client', 'option', ...Object.values(joints).map(([base, path]) => `${shown(base)} and ${shown(path)}`)],
  rows(
    [
      option('join'),
      ...Object.keys(joints).map((joint) =>
        cell(nameOf.join(joint), ({ call, host }) => pathSent(call, host)),
      ),
    ],
    subjects.filter(({ join }) => join),
  ),
)}

## Notes

${subjects.flatMap(({ name, note }) => (note ? [`- \`${name}\`: ${note}`] : [])).join('\n')}

## What was run

${table(
  ['client', 'packages'],
  rows([({ packages = [] }) => packages.map(installed).join(', ') || 'of Node.js itself']),
)}

Not run here, but read from their sources: ${notRun().join(', ')}.
`;
}

const INTRODUCTION = `<!-- Written by scripts/client-semantics.ts -->

# What HTTP clients make of what they are given

The same headers do not arrive in the same way from every client. One leaves \`undefined\` out, another sends the word, a third refuses the call. fusionlint has to know, for it decides whether a required header is sent.

Each cell is what a local server received from the real package, in the version [named below](#what-was-run). The same calls are the [tests](../test/clients/semantics.test.ts) of fusionlint's own predictions, which must say the same, and they fail when this page is out of date. To write it anew:

\`\`\`sh
node --import tsx scripts/client-semantics.ts
\`\`\`

In the tables, *refused* means that the client threw and nothing was sent, and – that there is no such thing for this client. The calls behind the tables, and more (defaults, instances, interceptors, bodies), are in [test/clients/semantics](../test/clients/semantics), a file a client.`;

function namesSent({ headers }: Said): string {
  const names = Object.keys(headers);
  if (names.length === 0) return 'nothing';
  return names.length > 1 ? 'both' : `\`${names.join()}\` alone`;
}

function valueSent(value: string | undefined): string {
  if (value === undefined) return 'left out';
  return value === '' ? 'empty' : `\`${value}\``;
}

function addressQuerySent(value: string | undefined): string {
  if (value === undefined) return 'replaced';
  return value === '9' ? 'kept' : `spoiled: \`z=${value}\``;
}

function spellingSent({ headers }: Said): string {
  const value = headers['x-a'];
  return value === 'two' ? 'the last' : value === 'one' ? 'the first' : `both, as ${valueSent(value)}`;
}

function pathSent(call: string, host: string): string {
  return `\`${call.replace(/^\w+ /, '').replace(host, '…')}\``;
}

function shown(address: string): string {
  return `\`${address.replace('HOST', 'http://…')}\``;
}

function installed(name: string): string {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL(`../node_modules/${name}/package.json`, import.meta.url), 'utf8'),
  );
  const { version } = manifest as { readonly version: string };
  return `${name} ${version}`;
}

/** Clients that need a host of their own, and SDKs. */
function notRun(): string[] {
  const run = new Set(subjects.map(({ name, client = name }) => client));
  return clients.filter(({ name }) => !run.has(name)).map(({ name }) => `\`${name}\``);
}

/** Runs what every client is asked for. */
async function outcomesOf(): Promise<ReadonlyMap<Subject, Outcomes>> {
  const wire = await openWire();
  const outcomes = new Map<Subject, Outcomes>();
  for (const subject of subjects) {
    const { cases = {} } = subject;
    const sent = new Map<string, Said | undefined>();
    for (const { name, code } of probesOf(subject))
      if (!(name in cases)) sent.set(name, (await run(wire, subject, code)).said);
    outcomes.set(subject, sent);
  }
  wire.close();
  return outcomes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(PAGE, pageOf(await outcomesOf()));
