import type picocolors from 'picocolors';
import { type CallSite, type Finding, type Location, samePlace } from '../request.ts';
import { frame } from './frame.ts';
import { clip, columns, escapeHidden, hyperlink, plural, wrap } from './text.ts';

export type Colors = ReturnType<typeof picocolors.createColors>;

/** Columns that a line of the report may take. */
export const WIDTH = 100;

/** More places than this are counted, not listed. */
const MAX_PLACES = 8;
/** Longer labels do not push the others' places to the right. */
const MAX_LABEL = 40;

const WORDS = { error: 'error', warn: 'warning' } as const;

export interface FindingSource {
  /** The file's lines; empty to leave the code frame out. */
  readonly lines: readonly string[];
  /** Places of the file that may hold a credential. */
  readonly suspects: readonly Location[];
  /** Width of the line numbers. */
  readonly digits: number;
  readonly links: Links;
}

/** The addresses that a terminal can follow; undefined for none. */
export interface Links {
  readonly rule: (ruleId: string) => string | undefined;
  readonly place: (place: Location) => string | undefined;
}

/**
 * One finding: severity and rule, the message, then along one bar the place, the code there and the
 * places that the request's parts came through.
 */
export function findingLines(
  finding: Finding,
  callSites: readonly CallSite[],
  source: FindingSource,
  colors: Colors,
): string[] {
  const { links } = source;
  const color = finding.severity === 'error' ? colors.red : colors.yellow;
  const rule = hyperlink(colors.bold(escapeHidden(finding.ruleId)), links.rule(finding.ruleId));
  const out = [`  ${colors.bold(color(WORDS[finding.severity]))}  ${rule}`];
  out.push(...wrap(escapeHidden(finding.message), WIDTH - 2).map((line) => `  ${line}`));
  out.push(...mendingLines(finding, colors), '');

  const margin = ' '.repeat(source.digits + 5);
  const bar = colors.dim('│');
  const { file, startLine, startColumn } = finding.location;
  const code = frame(source.lines, finding.location, {
    width: WIDTH - margin.length - 2,
    suspects: source.suspects,
  });
  const places = placesOf(finding, callSites);
  const corner = code.length + places.length > 0 ? '╭─' : '──';
  const here = colors.cyan(escapeHidden(`${file}:${startLine}:${startColumn}`));
  out.push(`${margin}${colors.dim(corner)} ${hyperlink(here, links.place(finding.location))}`);

  const severalLines = code.filter(({ kind }) => kind === 'code').length > 1;
  for (const { kind, number, text } of code) {
    const label = String(number ?? '').padStart(source.digits);
    if (kind === 'mark') out.push(`${margin}${bar} ${color(text)}`);
    else if (kind === 'gap') out.push(`${margin}${colors.dim('⋮')}`);
    else if (kind === 'context') out.push(colors.dim(`    ${label} │ ${text}`));
    else out.push(`  ${severalLines ? color('>') : ' '} ${label} ${bar} ${text}`);
  }

  const available = WIDTH - margin.length - 3;
  const column = Math.max(
    0,
    ...places.map(({ label }) => columns(label)).filter((width) => width <= MAX_LABEL),
  );
  for (const [index, { label, where, location }] of places.entries()) {
    const branch = colors.dim(index === places.length - 1 ? '╰' : '├');
    const shown = clip(label, Math.max(MAX_LABEL, available - columns(where) - 2));
    const padding = ' '.repeat(Math.max(0, column - columns(shown)) + 2);
    const place = hyperlink(colors.cyan(where), location && links.place(location));
    out.push(`${margin}${branch} ${shown}${where === '' ? '' : padding + place}`);
  }
  return out;
}

/** What `--fix` does about it, or what to do by hand. */
function mendingLines({ fix, suggestion }: Finding, colors: Colors): string[] {
  const text = fix
    ? `--fix: ${fix.description.charAt(0).toLowerCase()}${fix.description.slice(1)}`
    : suggestion && `how: ${suggestion}`;
  if (!text) return [];
  return wrap(escapeHidden(text), WIDTH - 2).map((line) => `  ${colors.dim(line)}`);
}

interface Place {
  readonly label: string;
  /** `file:line`; '' when the line stands for several places. */
  readonly where: string;
  readonly location?: Location;
}

/** The places the parts came from, the calls when the finding stands elsewhere, and the wrappers they go through. */
function placesOf({ location, related }: Finding, callSites: readonly CallSite[]): Place[] {
  const calls = callSites.flatMap((site) => [site, ...site.through]);
  const steps = related
    .filter(({ location: place }) => !calls.some((each) => samePlace(each.location, place)))
    .map(({ message, location: place }) => ({ label: `← ${message}`, location: place }));
  for (const site of callSites)
    steps.push({ label: `in ${site.endpoint ?? `${site.method} ${site.url}`}`, location: site.location });
  for (const { label, location: place } of callSites.flatMap(({ through }) => through))
    steps.push({ label: `via ${label}`, location: place });

  const here = lineOf(location);
  const places = new Map<string, Place>();
  for (const step of steps) {
    const { location: at } = step;
    const place = { label: escapeHidden(step.label), where: lineOf(at), location: at };
    if (place.where !== here) places.set(`${place.label} ${place.where}`, place);
  }
  if (places.size <= MAX_PLACES) return [...places.values()];
  const rest = plural(places.size - MAX_PLACES + 1, 'more place');
  return [...[...places.values()].slice(0, MAX_PLACES - 1), { label: `and ${rest}`, where: '' }];
}

function lineOf({ file, startLine }: Location): string {
  return escapeHidden(`${file}:${startLine}`);
}
