import picocolors from 'picocolors';
import type {
  CallReference,
  ExplainedCall,
  ExplainedFields,
  ExplainedRequest,
  ExplainedRule,
  ExplainedService,
  Explanation,
  Piece,
} from '../lint/explanation.ts';
import type { Location, Trace } from '../request.ts';
import { type Colors, WIDTH } from './finding.ts';
import { frame, splitLines } from './frame.ts';
import { columns, escapeHidden, plural, wrap } from './text.ts';

export interface ExplanationOptions {
  readonly color: boolean;
  /** The text of a file, for code frames; undefined when there is none. */
  readonly sources: (file: string) => string | undefined;
}

/** An explanation for a person at a terminal. */
export function printExplanation(explanation: Explanation, options: ExplanationOptions): string {
  const colors = picocolors.createColors(options.color);
  const { place, notes, calls, partOf, others, nearby } = explanation;
  const blocks: string[][] = [];
  if (notes.length > 0) blocks.push(notes.flatMap((note) => wrap(escapeHidden(note), WIDTH)));
  for (const call of calls) blocks.push(callLines(call, options, colors));
  const where = escapeHidden(`${place.file}:${place.line}`);
  if (calls.length === 0) {
    blocks.push([
      colors.bold(`No call site stands at ${where}`),
      ...(others.length === 0 ? ['No call at all starts on this line.'] : []),
      ...others.flatMap(({ location, callee }) =>
        wrap(`  ${location.startLine}:${location.startColumn} calls ${escapeHidden(callee)}`, WIDTH),
      ),
    ]);
  }
  if (partOf.length > 0)
    blocks.push([
      `This line is a part of ${plural(partOf.length, 'call site')}:`,
      ...partOf.map((each) => reference(each, colors)),
    ]);
  if (nearby.length > 0)
    blocks.push(['The nearest call sites of this file:', ...nearby.map((each) => reference(each, colors))]);
  return blocks.map((lines) => lines.map((line) => `${line.trimEnd()}\n`).join('')).join('\n');
}

function reference({ method, url, location }: CallReference, colors: Colors): string {
  return `  ${colors.cyan(placeOf(location))}  ${escapeHidden(`${method} ${url}`)}`;
}

function placeOf({ file, startLine }: Location): string {
  return escapeHidden(`${file}:${startLine}`);
}

function callLines(call: ExplainedCall, options: ExplanationOptions, colors: Colors): string[] {
  const { location, client, through, requests, services, because } = call;
  const lines = splitLines(options.sources(location.file) ?? '');
  const digits = String(location.endLine + 1).length;
  const code = frame(lines, location, { width: WIDTH - digits - 5, suspects: [location] });
  return [
    colors.bold(`${placeOf(location)}:${location.startColumn}`),
    '',
    ...code.map(({ kind, number, text }) =>
      kind === 'gap'
        ? `  ${' '.repeat(digits)} ⋮`
        : `  ${String(number ?? '').padStart(digits)} │ ${kind === 'mark' ? colors.cyan(text) : text}`,
    ),
    '',
    ...(because === undefined
      ? []
      : wrap(escapeHidden(`A call of ${client}, but none of a service. ${because}`), WIDTH)),
    ...services.flatMap(({ title, confidence, evidence, sends, endpoint, withdrawn }) => [
      ...wrap(
        escapeHidden(`${sends ? 'A call of' : 'An SDK client of'} ${title}, ${confidence}: ${evidence}`),
        WIDTH,
      ),
      sends
        ? `Operation: ${endpoint ?? (withdrawn === undefined ? 'none that the contract knows' : `${withdrawn}, withdrawn`)}`
        : 'Nothing is sent here: its methods do that',
    ]),
    `Client: ${client}`,
    ...through.map(
      ({ label, location: at }) => `  through ${escapeHidden(label)}  ${colors.cyan(placeOf(at))}`,
    ),
    ...requestsLines(requests, colors),
    ...services.flatMap((service) => serviceLines(service, services.length, colors)),
  ];
}

// ------------------------------------------------------------------ requests

/** Each alternative that reads differently; what several in a row carry stands behind the last of them. */
function requestsLines(all: readonly ExplainedRequest[], colors: Colors): string[] {
  const requests = distinctBy(all, (request) =>
    [...addressLines(request, 0, 1, colors), ...carriedLines(request, colors)].join('\n'),
  );
  const carried = requests.map((request) => carriedLines(request, colors));
  return requests.flatMap((request, at) => {
    const address = addressLines(request, at, requests.length, colors);
    const same = carried[at + 1]?.join('\n') === carried[at]?.join('\n');
    if (!same) return [...address, ...(carried[at] ?? [])];
    return [...address, `    ${colors.dim('Headers and the rest as in the next alternative')}`];
  });
}

function distinctBy<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

function addressLines(
  { method, url, pieces, unknowns }: ExplainedRequest,
  index: number,
  count: number,
  colors: Colors,
): string[] {
  const why = unknowns.flatMap((each) => wrap(`? ${escapeHidden(each)}`, WIDTH - 4));
  return [
    '',
    colors.bold(count === 1 ? 'Request' : `Request, alternative ${index + 1} of ${count}`),
    `  ${escapeHidden(`${method} ${url}`)}`,
    ...pieceLines(pieces, 4, colors),
    ...why.map((line) => `    ${colors.yellow(line)}`),
  ];
}

function carriedLines({ headers, query, body }: ExplainedRequest, colors: Colors): string[] {
  return [
    ...fieldLines('Headers', headers, colors),
    ...(query.fields.length > 0 || query.open !== undefined ? fieldLines('Query', query, colors) : []),
    ...(body.kind === 'none' ? [] : fieldLines(`Body (${body.kind})`, body, colors)),
  ];
}

function fieldLines(title: string, { fields, open }: ExplainedFields, colors: Colors): string[] {
  const out = ['', colors.bold(title)];
  const width = Math.max(0, ...fields.map(({ name }) => columns(escapeHidden(name))));
  for (const { name, presence, reason, values, trace } of fields) {
    const shown = values.map((value) => escapeHidden(value.shown)).join(' | ');
    const label = escapeHidden(name).padEnd(width);
    out.push(`  ${label}  ${presence}${shown === '' ? '' : `  ${shown}`}`);
    if (reason !== undefined && presence !== 'always')
      out.push(...wrap(escapeHidden(reason), WIDTH - 4).map((line) => `    ${colors.yellow(line)}`));
    const pieces = values.flatMap((value) => value.pieces);
    out.push(...(pieces.length > 0 ? pieceLines(pieces, 4, colors) : traceLines(trace, 4, colors)));
  }
  const rest = fields.length === 0 ? 'None are sent' : 'No others are sent';
  out.push(
    ...wrap(open === undefined ? rest : `There may be others: ${escapeHidden(open)}`, WIDTH - 2).map(
      (line) => `  ${colors.dim(line)}`,
    ),
  );
  return out;
}

/** Each piece with the places it came by, the last one first: where it stands, then where it passed. */
function pieceLines(pieces: readonly Piece[], indent: number, colors: Colors): string[] {
  const out: string[] = [];
  const seen = new Set<string>();
  for (const { shown, reason, trace } of pieces) {
    const why = reason === undefined ? '' : `  ${escapeHidden(reason)}`;
    const line = `${' '.repeat(indent)}${escapeHidden(shown)}${colors.yellow(why)}${wayOf(trace, colors)}`;
    if (!seen.has(line)) out.push(line);
    seen.add(line);
  }
  return out;
}

function traceLines(trace: Trace, indent: number, colors: Colors): string[] {
  const way = wayOf(trace, colors);
  return way === '' ? [] : [`${' '.repeat(indent)}${way.trimStart()}`];
}

/** ` ← main.ts:4 ← url main.ts:2`: the way back from the call to the place where the text stands. */
function wayOf(trace: Trace, colors: Colors): string {
  const steps = trace.map(({ label, location }) => ({
    label: escapeHidden(label),
    where: placeOf(location),
  }));
  const kept = steps.filter(({ label, where }, at) => {
    const before = steps[at - 1];
    return where !== before?.where || (label !== '' && label !== before.label);
  });
  return kept
    .map(({ label, where }, at) => {
      const repeated = kept[at - 1]?.where === where;
      return `  ${colors.dim('←')} ${label}${label === '' || repeated ? '' : ' '}${repeated ? '' : colors.cyan(where)}`;
    })
    .join('')
    .replace(/^ {2}/, '  ');
}

// ------------------------------------------------------------------ rules

const MARKS: Readonly<Record<NonNullable<ExplainedRule['verdict']>, string>> = {
  violation: '✗',
  satisfied: '✓',
  unknown: '?',
};

function serviceLines({ title, rules }: ExplainedService, services: number, colors: Colors): string[] {
  const paints = { violation: colors.red, satisfied: colors.green, unknown: colors.yellow };
  const out = ['', colors.bold(services === 1 ? 'Rules' : `Rules for ${title}`)];
  const silent: string[] = [];
  for (const { ruleId, verdict, severity, because } of rules) {
    if (verdict === undefined) {
      silent.push(escapeHidden(ruleId));
      continue;
    }
    const paint = severity === 'warn' ? colors.yellow : paints[verdict];
    out.push(`  ${paint(MARKS[verdict])} ${colors.bold(escapeHidden(ruleId))}  ${paint(verdict)}`);
    out.push(...wrap(escapeHidden(because), WIDTH - 4).map((line) => `    ${line}`));
  }
  if (silent.length > 0)
    out.push(
      ...wrap(`Nothing to say of this call: ${silent.join(', ')}`, WIDTH - 2).map(
        (line) => `  ${colors.dim(line)}`,
      ),
    );
  return out;
}
