import type { Entry, Frame, Gap, Link, Part, Value } from './value.ts';

type Content = readonly (string | number | boolean | undefined)[];

/**
 * Numbers for values and frames: the same number for what is the same through and through (content, reasons,
 * and the way it came). What has been worked out with the one then holds for the other. Each is looked at once;
 * 0 stands for nothing.
 */
export class Identities {
  readonly #byContent = new Map<string, number>();
  readonly #known = new WeakMap<object, number>();
  #last = 0;

  /** How deep a call is nested makes no difference to what it does. */
  ofFrame(frame: Frame | undefined): number {
    return this.#of(frame, ({ fn, args, self, outer, held }) => [
      'frame',
      this.ofThing(fn),
      args && this.#values(args),
      this.ofValue(self),
      this.ofFrame(outer),
      this.ofThing(held?.declaration),
      this.ofValue(held?.value),
    ]);
  }

  ofValue(value: Value | undefined): number {
    return this.#of(value, (each) => [each.kind, this.#way(each.trace), ...this.#content(each)]);
  }

  /** What is the same only as itself, such as a node. */
  ofThing(thing: object | undefined): number {
    if (!thing) return 0;
    let id = this.#known.get(thing);
    if (id === undefined) {
      id = ++this.#last;
      this.#known.set(thing, id);
    }
    return id;
  }

  #of<T extends object>(item: T | undefined, content: (item: T) => Content): number {
    if (!item) return 0;
    let id = this.#known.get(item);
    if (id === undefined) {
      const key = JSON.stringify(content(item));
      id = this.#byContent.get(key) ?? ++this.#last;
      this.#byContent.set(key, id);
      this.#known.set(item, id);
    }
    return id;
  }

  #content(value: Value): Content {
    switch (value.kind) {
      case 'primitive':
        return [typeof value.value, String(value.value)];
      case 'text':
        return value.parts.map((part) => this.#part(part));
      case 'unknown':
        return [this.#gap(value.gap)];
      case 'external':
        return [value.module, ...value.path];
      case 'native':
        return [value.name, this.ofValue(value.self)];
      case 'module':
        return [this.ofThing(value.source)];
      case 'choice':
        return [this.#values(value.options)];
      case 'array': {
        const { items, open, sometimes, shiftedFrom } = value;
        return [this.#values(items), this.#gap(open), shiftedFrom, [...(sometimes ?? [])].join()];
      }
      case 'object': {
        const { type, node, open, entries } = value;
        return [type, this.ofThing(node), this.#gap(open), ...this.#entries(entries)];
      }
      case 'function': {
        const { node, frame, self, bound } = value;
        return [this.ofThing(node), this.ofFrame(frame), this.ofValue(self), bound && this.#values(bound)];
      }
      case 'class':
        return [this.ofThing(value.node), this.ofFrame(value.frame)];
      case 'instance': {
        const { args, overlay, fresh } = value;
        return [this.ofValue(value.class), args && this.#values(args), fresh, ...this.#entries(overlay)];
      }
    }
  }

  #values(values: readonly Value[]): string {
    return values.map((value) => this.ofValue(value)).join();
  }

  #entries(entries: ReadonlyMap<string, Entry>): Content {
    return [...entries].flatMap(([name, { value, always }]) => [name, always, this.ofValue(value)]);
  }

  #part(part: Part): number {
    return this.#of(part, (each) =>
      'literal' in each
        ? ['literal', this.#way(each.trace), each.literal]
        : ['gap', this.#way(each.trace), this.#gap(each.gap)],
    );
  }

  #gap(gap: Gap | undefined): number {
    return this.#of(gap, ({ reason, name, env, names, parameter, params, present, response, node }) => [
      'why',
      reason,
      name,
      env,
      this.ofThing(parameter?.fn),
      parameter?.index,
      this.ofValue(params),
      present,
      response,
      this.ofThing(node),
      ...names,
    ]);
  }

  #way(link: Link | undefined): number {
    return this.#of(link, ({ label, node, next }) => ['way', label, this.ofThing(node), this.#way(next)]);
  }
}
