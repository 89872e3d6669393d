import type { Evaluator } from '../evaluate/evaluator.ts';
import { member } from '../evaluate/members.ts';
import type { Library } from '../evaluate/natives/natives.ts';
import {
  type Entry,
  joinObjects,
  type ObjectValue,
  optionsOf,
  UNDEFINED,
  type Value,
} from '../evaluate/value.ts';
import type { ts } from '../syntax/ts.ts';

/**
 * An HTTP client: how its calls look, and what each makes of its arguments. Semantics (merge order, fate of
 * `undefined`, how URLs are joined) are data of the draft; one file per client.
 */
export interface Client {
  /** As shown to users: `fetch`, `axios`. */
  readonly name: string;
  /** A service's own packages: their repositories import them by a path, and mean the same. */
  readonly sdk?: true;
  /** Objects and functions that the evaluator must know: instances, factories, helper classes. */
  readonly library?: Library;
  /** Call forms by what is called: `module#path` for an export or global, `Type.method` for instances. */
  readonly calls?: Readonly<Record<string, Form>>;
  /** The same for `new`: an SDK's client is a call site of its own, for it carries the credentials. */
  readonly constructors?: Readonly<Record<string, Form>>;
}

export interface FormCall {
  readonly evaluator: Evaluator;
  readonly args: readonly Value[];
  /** The receiver of a method call: the client instance. */
  readonly self: Value | undefined;
  readonly node: ts.CallExpression | ts.NewExpression;
  /** The object that the call answers, with all that is done to it before it is sent; see `outcome.ts`. */
  readonly outcome: () => Value;
  /** The receiver, as the next call of its method of this name leaves it: `xhr.send()`. */
  readonly receiverAfter: (method: string) => Value;
  /** Identifiers of a name in value position, in all files: settings that are made for every call. */
  readonly mentions: (name: string) => readonly ts.Identifier[];
}

/** What reading a value takes. */
export type Asking = Pick<FormCall, 'evaluator' | 'node'>;

export type Form = (call: FormCall) => Draft | undefined;

/** What becomes of a header or parameter whose value is `undefined` or `null` (or for axios `false`). */
export type Fate =
  | 'drop'
  /** Not sent, and that of an earlier layer neither. */
  | 'remove'
  | 'text'
  /** The name with nothing behind it. */
  | 'empty'
  /** The client refuses: no request is sent. */
  | 'throw';

/** One container of headers; later layers win. */
export interface Layer {
  readonly value: Value;
  readonly undefined: Fate;
  readonly null: Fate;
  /** Absent: `false` is sent as text. */
  readonly false?: Fate;
  /** A later layer that drops a name removes it from the earlier ones too (axios). */
  readonly removes?: boolean;
  /** Two spellings of a name in one container are sent together, not the last alone. */
  readonly combines?: boolean;
}

/** A container of headers that stands where it is not read; the words are those of `Misplaced`. */
export interface Stray {
  readonly value: Value;
  readonly where: string;
  readonly instead: string;
}

/** What a call says about its request, in values. */
export interface Draft {
  readonly client: string;
  /** The package that makes the call, and the service it is for: an SDK. */
  readonly library?: string;
  readonly service?: string;
  /** It only makes the client: no request is sent here, so none can lack anything. */
  readonly constructs?: true;
  /** The options that the instance which makes the call was made with. */
  readonly instance?: Value;
  /** Where the request is written, when that is not at the call. */
  readonly place?: ts.Node;
  /** Joined with the base URL already. */
  readonly url: Value;
  /** A text; `undefined` means GET. */
  readonly method: Value;
  readonly headers: readonly Layer[];
  /** Headers that the call gives in places where the client does not look for them; see `misplaced.ts`. */
  readonly misplaced?: readonly Stray[];
  /** Besides those in the URL. */
  readonly query: readonly Layer[];
  readonly body: Value;
  /** What a plain object as body becomes. */
  readonly objectBody: 'json' | 'form' | 'multipart' | 'text';
  /** A plain object is encoded as the content type says, if one is set. */
  readonly readsContentType?: true;
  /** The content type of a `FormData` is written over: only the client knows the boundary. */
  readonly writesBoundary?: true;
}

/** A property of an options value, whatever it is: object, alternatives, unknown. */
export function option(call: Asking, options: Value | undefined, ...names: readonly string[]): Value {
  if (!options) return UNDEFINED;
  for (const name of names) {
    const value = member(call.evaluator, options, name, call.node, undefined);
    if (!(value.kind === 'primitive' && value.value === undefined)) return value;
  }
  return UNDEFINED;
}

/** Alternatives of objects as one object, for merging; anything else is undefined. */
export function asObject(value: Value): ObjectValue | undefined {
  if (value.kind === 'object') return value;
  if (value.kind === 'choice' && optionsOf(value).some((each) => each.kind === 'object'))
    return joinObjects(value.options);
  return undefined;
}

export function entries(record: Readonly<Record<string, Value | undefined>>): [string, Entry][] {
  return Object.entries(record).flatMap(([name, value]) =>
    value ? [[name, { value, always: true }] as [string, Entry]] : [],
  );
}
