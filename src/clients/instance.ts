import type { TypeModel } from '../evaluate/natives/natives.ts';
import { object, optionsOf, text, unknown, type Value } from '../evaluate/value.ts';
import { type Client, type Draft, entries, type Form, type FormCall } from './client.ts';

/** What a client with instances is made of; see `instanceClient`. */
export interface InstanceClient {
  /** As shown to users, and the type of its instances. */
  readonly name: string;
  /** Exports and globals that are an instance: `got#`, `#$fetch`. */
  readonly exports: readonly string[];
  /** Exported types: what is typed with one is an instance made elsewhere. */
  readonly typed?: readonly string[];
  /** Method of an instance → HTTP method; undefined: the options say. */
  readonly verbs: Readonly<Record<string, string | undefined>>;
  /** Members that are called like the instance itself: `got.stream`. */
  readonly same?: readonly string[];
  /** Methods that make another instance: its options, from those of this one and the arguments. */
  readonly factories: Readonly<
    Record<string, (own: readonly Value[], args: readonly Value[]) => readonly Value[]>
  >;
  /** What a call sends; `options` are the instance's, the oldest first. */
  readonly draft: (call: FormCall, options: readonly Value[], method: Value | undefined) => Draft | undefined;
}

const OPTIONS = '(options)';

/**
 * A client whose package is an instance, whose instances make others with more options, and whose calls
 * lay their own over those: got, ky, ofetch, request.
 */
export function instanceClient(spec: InstanceClient): Client {
  const { name, verbs, factories, same = ['default'] } = spec;
  const drafted: InstanceClient['draft'] = (call, options, method) => {
    const [draft, instance] = [spec.draft(call, options, method), options.at(-1)];
    return draft && instance ? { ...draft, instance } : draft;
  };
  const form =
    (method: string | undefined): Form =>
    (call) =>
      drafted(call, optionsHeldBy(call.self), method === undefined ? undefined : text(method));
  const make = (options: readonly Value[]) =>
    object(entries({ [OPTIONS]: { kind: 'array', items: options } }), { type: name });
  const model: TypeModel = {
    get: (self, member) => (member === 'default' || same.includes(member) ? self : undefined),
    methods: {
      ...Object.fromEntries(['call', ...Object.keys(verbs)].map((verb) => [verb, () => undefined])),
      ...Object.fromEntries(
        Object.entries(factories).map(([factory, options]) => [
          factory,
          (_: unknown, self: Value, args: readonly Value[]) => make(options(optionsHeldBy(self), args)),
        ]),
      ),
    },
  };
  return {
    name,
    calls: {
      [`${name}.call`]: form(undefined),
      ...Object.fromEntries(Object.entries(verbs).map(([verb, method]) => [`${name}.${verb}`, form(method)])),
    },
    library: {
      types: { [name]: model },
      values: Object.fromEntries(spec.exports.map((key) => [key, () => make([])])),
      typed: Object.fromEntries(
        (spec.typed ?? []).map((key) => [
          key,
          () => make([unknown(`${name} instance made elsewhere`, name)]),
        ]),
      ),
    },
  };
}

/** The options that an instance was made with, the oldest first. */
export function optionsHeldBy(self: Value | undefined): readonly Value[] {
  const [instance] = self ? optionsOf(self).filter((each) => each.kind === 'object') : [];
  const held = instance?.entries.get(OPTIONS)?.value;
  return held?.kind === 'array' ? held.items : [];
}
