import { parseQueryText, parseUrl, resolveDots, type UrlPieces } from '../evaluate/url.ts';
import {
  concat,
  type Entry,
  type Gap,
  gapOf,
  type Link,
  last,
  literalText,
  type ObjectValue,
  optionsOf,
  type Part,
  placeOfText,
  text,
  toText,
  type Value,
} from '../evaluate/value.ts';
import {
  type Body,
  type Field,
  type FieldSet,
  type Location,
  literalOf,
  type Misplaced,
  fieldOf as namedField,
  type Origin,
  type Presence,
  type Request,
  type Step,
  samePlace,
  type Text,
  type TextPart,
  type Unknown,
} from '../request.ts';
import { nameOf } from '../syntax/bindings.ts';
import { locationOf } from '../syntax/location.ts';
import { ts } from '../syntax/ts.ts';
import type { Draft, Fate, Layer, Stray } from './client.ts';
import { symbolOf } from './places.ts';

/** Alternatives of URL and method that are judged one by one; past it the rest is left out. */
const MAX_REQUESTS = 12;

/**
 * The requests that drafts describe: one per alternative of URL and method. Headers, query and body are
 * joined over the drafts, which are the same call seen from several callers.
 */
export function requestsOf(drafts: readonly Draft[]): Request[] {
  const [first] = drafts;
  if (!first) return [];
  const sent = drafts.map(sentBy);
  const headers = { ...joinSets(sent.map((each) => each.headers)), sources: sourcesOf(drafts) };
  const body = joinBodies(sent.map((each) => each.body));
  const misplaced = misplacedIn(drafts);
  const requests = new Map<string, Request>();
  for (const draft of drafts) {
    const extra = fieldsOfLayers(draft.query, false);
    for (const url of optionsOf(draft.url)) {
      for (const method of optionsOf(draft.method)) {
        const printed = toText(url);
        for (const option of optionsOf(printed)) {
          if (requests.size >= MAX_REQUESTS) return [...requests.values()];
          const request = requestOf(draft, option, method, { headers, misplaced, body }, extra);
          const key = `${typeof request.method === 'string' ? request.method : '?'} ${JSON.stringify(request.url.parts)}`;
          if (!requests.has(key)) requests.set(key, request);
        }
      }
    }
  }
  return [...requests.values()];
}

/**
 * Alternatives that differ in nothing but their query have the query of all of them, so that what only one
 * of them sends, as where a loop sets parameters that are not undefined, is sent sometimes.
 */
export function withJoinedQueries(requests: readonly Request[]): Request[] {
  const placeOf = ({ method, url }: Request) => {
    const parts = url.parts.map((part) => ('literal' in part ? part.literal : `{${part.unknown.name}}`));
    return `${typeof method === 'string' ? method : '?'} ${parts.join('').split('?', 1)[0]}`;
  };
  return requests.map((request) => {
    const alike = requests.filter((other) => placeOf(other) === placeOf(request));
    return alike.length < 2 ? request : { ...request, query: joinSets(alike.map(({ query }) => query)) };
  });
}

/** Where the headers are written that every one of the drafts sends. */
function sourcesOf([first, ...others]: readonly Draft[]): Step[] {
  const common = first ? writtenAt(first) : [];
  const shared = common.filter((node) => others.every((each) => writtenAt(each).includes(node)));
  return shared.map((node) => ({ label: namesAround(node), location: locationOf(node) }));
}

function writtenAt({ headers, instance }: Draft): ts.Node[] {
  const layers = headers.map(({ value }) => value);
  const places = [...layers, instance].flatMap((value) =>
    value?.kind === 'object' && value.trace ? [last(value.trace).node] : [],
  );
  return [...new Set(places)].filter(
    (node) => ts.isObjectLiteralExpression(node) || ts.isNewExpression(node),
  );
}

function namesAround(node: ts.Node): string {
  return [symbolOf(node), nameOf(node)].filter((name) => name !== undefined && name !== '').join('.');
}

function requestOf(
  draft: Draft,
  url: Value,
  method: Value,
  sent: Pick<Request, 'headers' | 'misplaced' | 'body'>,
  extra: FieldSet,
): Request {
  const parts = url.kind === 'text' ? resolveDots(url.parts) : [{ gap: gapOf(url) }];
  const pieces = parseUrl(parts);
  const written = fieldsOf(pieces.query, { undefined: 'text', null: 'text' }, false);
  return {
    client: draft.client,
    method: methodOf(method),
    url: textOf({ kind: 'text', parts, trace: url.trace }),
    host: hostOf(pieces),
    path: pieces.path.map((segment) => textOf({ kind: 'text', parts: segment })),
    pathOpen: pieces.pathOpen,
    query: overlay(written, extra),
    ...sent,
  };
}

function methodOf(value: Value): string | Unknown {
  if (value.kind === 'primitive') return 'GET';
  return literalText(value)?.toUpperCase() ?? unknownOf(gapOf(value));
}

function hostOf({ host }: UrlPieces): string | Unknown {
  if (host === undefined) return '';
  return typeof host === 'string' ? host : unknownOf(host);
}

// ------------------------------------------------------------------ fields

function fieldsOfLayers(layers: readonly Layer[], lowerCase: boolean): FieldSet {
  return layers.map((layer) => layerFields(layer, lowerCase)).reduce<FieldSet>(overlay, { fields: [] });
}

interface Fates {
  readonly undefined: Fate;
  readonly null: Fate;
  readonly false?: Fate;
  readonly removes?: boolean;
  readonly combines?: boolean;
}

/** What a `Headers` or `URLSearchParams` holds became text when it was set. */
const AS_TEXT: Fates = { undefined: 'text', null: 'text' };
const TEXT_TYPES: ReadonlySet<string | undefined> = new Set(['Headers', 'URLSearchParams']);

function layerFields(layer: Layer, lowerCase: boolean): FieldSet {
  const { value } = layer;
  if (value.kind === 'choice')
    return joinSets(value.options.map((option) => layerFields({ ...layer, value: option }, lowerCase)));
  if (value.kind === 'primitive') return { fields: [] };
  if (value.kind === 'object')
    return fieldsOf(value, TEXT_TYPES.has(value.type) ? AS_TEXT : layer, lowerCase);
  if (value.kind === 'array') return fieldsOfPairs(value.items, value.open, layer, lowerCase);
  if (value.kind === 'text') return fieldsOf(parseQueryText(value.parts), layer, lowerCase);
  return { fields: [], open: gapOf(value).reason };
}

function fieldsOfPairs(
  items: readonly Value[],
  open: Gap | undefined,
  fates: Fates,
  lowerCase: boolean,
): FieldSet {
  let set: FieldSet = open ? { fields: [], open: open.reason } : { fields: [] };
  for (const item of items) {
    const [key, value] = item.kind === 'array' ? item.items : [];
    const name = key && literalText(key);
    if (name === undefined || !value)
      set = { fields: set.fields, open: set.open ?? gapOf(key ?? item).reason };
    else {
      const entry = { value, always: true, name: placeOfText(key) };
      set = overlay(set, { fields: fieldOf(lowerCase ? name.toLowerCase() : name, entry, fates) });
    }
  }
  return set;
}

function fieldsOf(container: ObjectValue, fates: Fates, lowerCase: boolean): FieldSet {
  let set: FieldSet = { fields: [] };
  const spelled = new Map<string, Value>();
  for (const [name, entry] of container.entries) {
    const key = lowerCase ? name.toLowerCase() : name;
    const earlier = fates.combines ? spelled.get(key) : undefined;
    const value = earlier ? concat([earlier, text(', '), entry.value]) : entry.value;
    spelled.set(key, value);
    const sent = { ...entry, value, name: earlier ? undefined : entry.name };
    const fields = fieldOf(key, sent, fates);
    set = overlay(set, { fields: entry.inUrl ? fields.map((field) => ({ ...field, inUrl: true })) : fields });
  }
  return container.open ? { fields: set.fields, open: container.open.reason } : set;
}

/** One entry: what of it is sent. A dropped value of a layer that removes is a field that is never sent. */
function fieldOf(name: string, entry: Entry, fates: Fates): Field[] {
  const { value, always } = entry;
  const kept: Value[] = [];
  let dropped = false;
  let removed = fates.removes === true;
  let refused = false;
  for (const option of optionsOf(value)) {
    const fate = option.kind === 'primitive' ? fateOf(option.value, fates) : 'text';
    removed ||= fate === 'remove';
    if (fate === 'drop' || fate === 'remove') dropped = true;
    else if (fate === 'throw') refused = true;
    else if (fate === 'empty') kept.push(text('', option.trace));
    else kept.push(option);
  }
  const trace = traceOf(value.trace);
  if (refused && kept.length === 0)
    return [{ name, presence: 'unknown', values: [], trace, reason: 'the client refuses its value' }];
  if (kept.length === 0)
    return removed && dropped
      ? [{ name, presence: 'never', values: [], trace, reason: 'its value is undefined' }]
      : [];
  const values = kept.flatMap((option) => optionsOf(toText(option))).map(textOf);
  const field = { name, values, trace, ...(entry.name && { written: locationOf(entry.name) }) };
  if (always && !dropped) return [{ ...field, presence: 'always' }];
  return [{ ...field, presence: 'sometimes', reason: 'it is sent on some paths only' }];
}

function fateOf(value: unknown, fates: Fates): Fate {
  if (value === undefined) return fates.undefined;
  if (value === null) return fates.null;
  return value === false ? (fates.false ?? 'text') : 'text';
}

/** Lays one set over another: a later field of a name wins, one that is only sometimes there adds to it. */
function overlay(under: FieldSet, over: FieldSet): FieldSet {
  const fields = new Map(under.fields.map((field) => [field.name, field]));
  for (const field of over.fields) {
    const earlier = fields.get(field.name);
    if (field.presence !== 'sometimes' || !earlier) fields.set(field.name, field);
    else
      fields.set(field.name, {
        ...field,
        presence: earlier.presence === 'always' ? 'always' : 'sometimes',
        values: [...earlier.values, ...field.values],
        written: undefined,
      });
  }
  const open = over.open ?? under.open;
  return open === undefined ? { fields: [...fields.values()] } : { fields: [...fields.values()], open };
}

/** The sets of alternatives as one: a field that not all of them always have is there sometimes. */
function joinSets(sets: readonly FieldSet[]): FieldSet {
  const [first] = sets;
  if (first && sets.length === 1) return first;
  const names = new Set(sets.flatMap((set) => set.fields.map((field) => field.name)));
  const fields = [...names].map((name): Field => {
    const found = sets.flatMap((set) => set.fields.filter((field) => field.name === name));
    const everywhere = sets.every(
      (set) => set.fields.some((field) => field.name === name) || set.open !== undefined,
    );
    const presences = new Set(found.map((field) => field.presence));
    const complete = everywhere && found.length === sets.length;
    const presence: Presence =
      complete && presences.size === 1
        ? ([...presences][0] ?? 'never')
        : everywhere && !complete && presences.size === 1 && presences.has('always')
          ? 'unknown'
          : 'sometimes';
    const reason = sets.find((set) => set.open !== undefined)?.open ?? 'it is sent on some paths only';
    const seen = new Set<string>();
    const values = found
      .flatMap((field) => field.values)
      .filter((value) => {
        const key = JSON.stringify(value.parts);
        return seen.has(key) ? false : seen.add(key);
      });
    const inUrl = found.every((field) => field.inUrl);
    const trace = found[0]?.trace ?? [];
    const written = onePlace(found.map((field) => field.written));
    const joined = { name, presence, values, trace, ...(inUrl && { inUrl }), ...(written && { written }) };
    return presence === 'always' || presence === 'never' ? joined : { ...joined, reason };
  });
  const open = sets.find((set) => set.open !== undefined)?.open;
  return open === undefined ? { fields } : { fields, open };
}

function onePlace([first, ...others]: readonly (Location | undefined)[]): Location | undefined {
  return first && others.every((each) => each && samePlace(each, first)) ? first : undefined;
}

/** What every draft misplaces in the same way. */
function misplacedIn(drafts: readonly Draft[]): Misplaced[] {
  const [first, ...others] = drafts.map(({ misplaced = [] }) => misplaced.flatMap(misplacedBy));
  return (first ?? []).filter((each) =>
    others.every((list) =>
      list.some(({ where, names }) => where === each.where && names.join() === each.names.join()),
    ),
  );
}

function misplacedBy({ value, where, instead }: Stray): Misplaced[] {
  const { fields } = layerFields({ value, undefined: 'drop', null: 'drop' }, true);
  const names = fields.filter(({ presence }) => presence === 'always').map(({ name }) => name);
  return names.length === 0 ? [] : [{ names, where, instead, trace: traceOf(value.trace) }];
}

// ------------------------------------------------------------------ bodies

/** Headers and body of a draft, which depend on each other where the client reads the one for the other. */
function sentBy(draft: Draft): { headers: FieldSet; body: Body } {
  const headers = fieldsOfLayers(draft.headers, true);
  const { objectBody, readsContentType, writesBoundary } = draft;
  const body = bodyOf(draft.body, readsContentType ? byContentType(headers, objectBody) : objectBody);
  if (body.kind !== 'multipart' || !writesBoundary) return { headers, body };
  return {
    headers: { ...headers, fields: headers.fields.filter(({ name }) => name !== CONTENT_TYPE) },
    body,
  };
}

const CONTENT_TYPE = 'content-type';

function byContentType(headers: FieldSet, otherwise: Body['kind']): Body['kind'] {
  const { presence, values } = namedField(headers, CONTENT_TYPE);
  if (presence === 'never') return otherwise;
  const kinds = new Set(values.map((value) => kindOfType(literalOf(value) ?? '', otherwise)));
  const [kind] = kinds;
  return presence === 'always' && kinds.size === 1 && kind ? kind : 'unknown';
}

function kindOfType(type: string, otherwise: Body['kind']): Body['kind'] {
  if (type === '') return 'unknown';
  if (/^application\/x-www-form-urlencoded/i.test(type)) return 'form';
  return /^multipart\/form-data/i.test(type) ? 'multipart' : otherwise;
}

/** One body of the alternatives. What may be left out altogether says nothing of the rest. */
function bodyOf(body: Value, objectBody: Body['kind']): Body {
  const options = optionsOf(body);
  const sent = options.filter((each) => each.kind !== 'primitive');
  if (sent.length === 0) return { kind: 'none', fields: { fields: [] } };
  // Fields that one of them has count for what is written in the code, so an unknown one opens nothing.
  const known = sent.filter((each) => each.kind === 'object' || each.kind === 'text');
  const bodies = (known.length > 0 ? known : sent).map((each) => bodyOfOne(each, objectBody));
  const joined = joinBodies(bodies);
  return known.length < sent.length ? { ...joined, kind: 'unknown' } : joined;
}

function bodyOfOne(option: Value, objectBody: Body['kind']): Body {
  const fates: Fates = { undefined: 'drop', null: 'text' };
  if (option.kind === 'text') {
    if (looksLikeForm(option.parts[0]))
      return { kind: 'form', fields: fieldsOf(parseQueryText(option.parts), fates, false) };
    return { kind: 'text', fields: { fields: [], open: 'a body given as text' } };
  }
  if (option.kind !== 'object')
    return { kind: 'unknown', fields: { fields: [], open: gapOf(option).reason } };
  const fields = fieldsOf(option, fates, false);
  switch (option.type) {
    case 'URLSearchParams':
      return { kind: 'form', fields };
    case 'FormData':
      return { kind: 'multipart', fields };
    case 'JSON':
      return { kind: 'json', fields };
    default:
      return { kind: objectBody, fields };
  }
}

function looksLikeForm(first: Part | undefined): boolean {
  if (!first) return false;
  return 'literal' in first ? /^[\w.-]+=/.test(first.literal) : first.gap.params !== undefined;
}

function joinBodies(bodies: readonly Body[]): Body {
  const [first] = bodies;
  const kinds = new Set(bodies.map((body) => body.kind));
  return {
    kind: first && kinds.size === 1 ? first.kind : 'unknown',
    fields: joinSets(bodies.map((body) => body.fields)),
  };
}

// ------------------------------------------------------------------ texts and traces

/** A value as the model's text. */
export function textOf(value: Value): Text {
  if (value.kind !== 'text')
    return {
      parts: [{ unknown: unknownOf(gapOf(value)) }],
      trace: traceOf(value.trace),
      names: namesOfLink(value.trace),
      get origins() {
        return [originOf({ gap: gapOf(value) }, value.trace)];
      },
    };
  const parts: TextPart[] = [];
  const links: (Link | undefined)[] = [];
  for (const part of value.parts) {
    for (const piece of expand(part)) {
      if ('literal' in piece) {
        const before = parts.at(-1);
        if (piece.literal === '') continue;
        links.push(piece.trace);
        if (before && 'literal' in before)
          parts[parts.length - 1] = { literal: before.literal + piece.literal };
        else parts.push({ literal: piece.literal });
      } else parts.push({ unknown: unknownOf(piece.gap) });
    }
  }
  // The names that a URL's literal beginning went by tell whose it is; the end of the last literal's way
  // is where a written-down credential stands.
  const [start] = links;
  const end = links.findLast((link) => link !== undefined);
  const names = [...new Set([...namesOfLink(start), ...namesOfLink(value.trace)])];
  return {
    parts,
    trace: traceOf(
      value.trace && end && last(value.trace).node !== last(end).node
        ? append(value.trace, end)
        : (value.trace ?? end),
    ),
    names,
    get origins() {
      return originsOf(value.parts.flatMap(expand), value.trace);
    },
  };
}

/** The pieces of a text that came by `whole`; what has no place of its own, such as the slash of a join, goes with the piece before it. */
function originsOf(parts: readonly Part[], whole: Link | undefined): Origin[] {
  const pieces: Part[] = [];
  for (const part of parts) {
    const before = pieces.at(-1);
    const joins = 'literal' in part && part.trace === undefined && before && 'literal' in before;
    if (joins) pieces[pieces.length - 1] = { ...before, literal: before.literal + part.literal };
    else if (!('literal' in part) || part.literal !== '') pieces.push(part);
  }
  return pieces.map((part) => originOf(part, whole));
}

function originOf(part: Part, whole: Link | undefined): Origin {
  const way = traceOf(part.trace ?? whole);
  if ('literal' in part) return { part: { literal: part.literal }, trace: way };
  const { gap } = part;
  const begins = gap.node ? [{ label: '', location: locationOf(gap.node) }] : [];
  return { part: { unknown: unknownOf(gap) }, trace: [...way, ...begins] };
}

function append(outer: Link, inner: Link): Link {
  return { ...outer, next: outer.next ? append(outer.next, inner) : inner };
}

/** Query parameters that were made to text are written out. */
function expand(part: Part): Part[] {
  if ('literal' in part || !part.gap.params) return [part];
  const pieces: Part[] = [];
  for (const [name, entry] of part.gap.params.entries) {
    if (!entry.always) continue;
    if (pieces.length > 0) pieces.push({ literal: '&' });
    const value = toText(entry.value);
    pieces.push(
      { literal: `${name}=` },
      ...(value.kind === 'text' ? value.parts.flatMap(expand) : [{ gap: { ...gapOf(value), name } }]),
    );
  }
  return pieces;
}

export function unknownOf(gap: Gap): Unknown {
  const from = gap.response ? 'response' : gap.parameter ? 'parameter' : undefined;
  return {
    reason: gap.reason,
    name: gap.name,
    names: [...new Set(gap.names)],
    ...(gap.env === undefined ? {} : { env: gap.env }),
    ...(from === undefined ? {} : { from }),
  };
}

function namesOfLink(link: Link | undefined): string[] {
  const names: string[] = [];
  for (let each = link; each; each = each.next) if (each.label !== '') names.unshift(each.label);
  return names;
}

/** The way of a value as steps, outermost first; each place once. */
export function traceOf(link: Link | undefined): Step[] {
  const steps: Step[] = [];
  let before: Link | undefined;
  for (let each = link; each; each = each.next) {
    if (each.node !== before?.node) steps.push({ label: each.label, location: locationOf(each.node) });
    before = each;
  }
  return steps;
}
