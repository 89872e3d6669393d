import { joinWithSlash, mergeLiterals, splitQuery } from '../evaluate/url.ts';
import {
  type ArrayValue,
  choice,
  concat,
  type Entry,
  each,
  type Gap,
  gapOf,
  literalText,
  object,
  optionsOf,
  text,
  toText,
  UNDEFINED,
  type Value,
} from '../evaluate/value.ts';
import { type Asking, type Layer, option } from './client.ts';

export function isUndefined(value: Value | undefined): boolean {
  return value === undefined || (value.kind === 'primitive' && value.value === undefined);
}

/** What may hold options: not a text, not a callback. */
export function isOptions(value: Value | undefined): value is Value {
  return value !== undefined && optionsOf(value).some(mayHoldOptions);
}

function mayHoldOptions(value: Value): boolean {
  if (value.kind === 'unknown') return !CALLBACK_NAME.test(value.gap.name);
  return value.kind === 'object' || value.kind === 'instance' || value.kind === 'module';
}

const CALLBACK_NAME =
  /^(?:cb|fn|done|next|resolve|reject|callback|handler|on[A-Z]\w*)$|(?:Callback|Handler|Cb)$/;

/** A text, a URL, or something unknown whose name does not speak of options. */
export function isUrl(value: Value | undefined): value is Value {
  if (value === undefined) return false;
  return optionsOf(value).some(
    (each) =>
      each.kind === 'text' ||
      (each.kind === 'object' && (each.type === 'URL' || each.type === 'Request')) ||
      (each.kind === 'unknown' && !/opt|conf|param|init|setting|^re?q/i.test(each.gap.name)),
  );
}

/** An option of several objects laid over each other, the last first; what may be undefined lets the one below through. */
export function given(
  call: Asking,
  layers: readonly (Value | undefined)[],
  ...names: readonly string[]
): Value {
  return layers.reduce<Value>((below, layer) => over(option(call, layer, ...names), below), UNDEFINED);
}

function over(own: Value, below: Value): Value {
  if (isUndefined(own)) return below;
  if (isUndefined(below)) return own;
  if (own.kind === 'unknown') return choice([own, below]);
  if (own.kind !== 'choice' || !own.options.some(isUndefined)) return own;
  return choice([...own.options.filter((each) => !isUndefined(each)), below]);
}

/**
 * `(address)`, `(options)`, `(address, options)`, each with a callback behind: the signature of most clients.
 * Nothing follows an object of options.
 */
export function addressAndOptions(args: readonly Value[]): {
  address: Value | undefined;
  options: Value | undefined;
} {
  const [first, second] = args;
  const follows = isOptions(second) && !(first?.kind === 'object' && !isUrl(first)) ? second : undefined;
  if (isUrl(first) || follows) return { address: first, options: follows };
  return { address: undefined, options: isOptions(first) ? first : undefined };
}

/** A container that each of several objects may hold, as layers. */
export function layersOf(
  call: Asking,
  holders: readonly (Value | undefined)[],
  names: readonly string[],
  fates: Omit<Layer, 'value'>,
  read: (container: Value) => Value = (container) => container,
): Layer[] {
  return holders
    .map((holder) => option(call, holder, ...names))
    .filter((container) => !isUndefined(container))
    .map((container) => ({ ...fates, value: each(container, read) }));
}

/** Own enumerable properties are all that is read: a `Headers` or a `Map` gives none, a list no names. */
export function ownProperties(container: Value): Value {
  const none = container.kind === 'array' || (container.kind === 'object' && container.type !== undefined);
  return none ? object() : container;
}

/** A plain object without the names whose value is left out: `undefined`, or `null` too. */
export function withoutValues(container: Value, isLeftOut: (value: Value) => boolean): Value {
  if (container.kind !== 'object' || container.type !== undefined) return container;
  const kept = [...container.entries].flatMap(([name, entry]): [string, Entry][] => {
    const options = optionsOf(entry.value);
    const values = options.filter((option) => !isLeftOut(option));
    const always = entry.always && values.length === options.length;
    return values.length === 0 ? [] : [[name, { ...entry, value: choice(values), always }]];
  });
  return { ...container, entries: new Map(kept) };
}

/** `[name, value, name, value]` as pairs. */
export function flatPairs(container: Value): Value {
  if (container.kind !== 'array' || container.items[0]?.kind === 'array') return container;
  const items: ArrayValue[] = [];
  for (let index = 0; index + 1 < container.items.length; index += 2)
    items.push({ kind: 'array', items: container.items.slice(index, index + 2) });
  return { ...container, items };
}

// ------------------------------------------------------------------ URLs

/** The text of a URL that may be a parsed one. */
export function urlText(call: Asking, url: Value): Value {
  return each(url, (option_) =>
    option_.kind === 'object' && option_.type === undefined ? option(call, option_, 'href') : option_,
  );
}

/**
 * Lays a base before a path. A base that is not known at all, for it would come from options that are not
 * known, is laid only before a path that cannot stand alone.
 */
export function withBase(base: Value, path: Value, join = joinWithSlash): Value {
  return each(base, (option) => {
    const absent = option.kind === 'primitive' || literalText(option) === '';
    if (absent || (option.kind === 'unknown' && !isRelative(path))) return path;
    return join(option, path);
  });
}

function isRelative(path: Value): boolean {
  const printed = toText(path);
  if (printed.kind !== 'text') return false;
  const [first] = mergeLiterals(printed.parts);
  return first === undefined || ('literal' in first && !/^[a-z][a-z\d+.-]*:/i.test(first.literal));
}

/** The URL without the query that is written in it: a client whose parameters stand for all. */
export function withoutQuery(url: Value): Value {
  const printed = toText(url);
  return each(printed, (option) =>
    option.kind === 'text' ? { ...option, parts: splitQuery(option.parts).base } : option,
  );
}

// ------------------------------------------------------------------ credentials

/** `Basic …` of a name and a password; literal when both are. */
export function basicAuthorization(user: Value, password: Value): Value {
  const [name, secret] = [user, isUndefined(password) ? text('') : password].map(literalText);
  const trace = password.trace ?? user.trace;
  if (name !== undefined && secret !== undefined)
    return text(`Basic ${Buffer.from(`${name}:${secret}`, 'utf8').toString('base64')}`, trace);
  const unknown = [user, password].find((value) => literalText(value) === undefined) ?? user;
  const gap: Gap = { ...gapOf(unknown), name: 'credentials' };
  return concat([text('Basic '), { kind: 'text', parts: [{ gap }] }], trace);
}

export function bearerAuthorization(token: Value): Value {
  return concat([text('Bearer '), token], token.trace);
}

/** An Authorization that the client writes itself; one that is not known at all may be none. */
export function authorizationLayer(value: Value): Layer[] {
  if (isUndefined(value)) return [];
  const entry = { value, always: value.kind !== 'unknown' };
  return [{ value: object([['authorization', entry]]), undefined: 'drop', null: 'drop' }];
}
