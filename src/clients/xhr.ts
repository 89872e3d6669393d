import type { Library } from '../evaluate/natives/natives.ts';
import { concat, literalText, object, text, toText, UNDEFINED, type Value } from '../evaluate/value.ts';
import type { Client, Draft, FormCall } from './client.ts';
import { headerLayers, lowerCase, partOf, pending, put, withPart } from './pending.ts';

const TYPE = 'XMLHttpRequest';
const CLASSES = [
  '#XMLHttpRequest',
  'xmlhttprequest#XMLHttpRequest',
  'xmlhttprequest-ssl#XMLHttpRequest',
  'xhr2#',
  'xhr2#XMLHttpRequest',
];

/**
 * XMLHttpRequest (xhr.spec.whatwg.org): a call site is `open(method, url)`, with the headers that are set until
 * `send`. A repeated header is combined; `undefined` and `null` are sent as text. GET and HEAD send no body.
 */
export const xhr: Client = {
  name: TYPE,
  calls: { [`${TYPE}.open`]: draft },
  library: {
    constructors: Object.fromEntries(
      CLASSES.map((key) => [key, (_evaluator, _args, node) => pending(TYPE, node)]),
    ),
    types: {
      [TYPE]: {
        mutators: {
          // Opening anew forgets what was set.
          open: (_, self) => withPart(self, 'headers', () => object()),
          setRequestHeader: (_, self, [name, value]) =>
            withPart(self, 'headers', (held) => added(held, name, value ?? UNDEFINED)),
          send: (_, self, [body]) => withPart(self, 'body', () => body ?? UNDEFINED),
        },
      },
    },
  } satisfies Library,
};

function added(held: Value, name: Value | undefined, value: Value): Value {
  const key = name && literalText(name)?.toLowerCase();
  const earlier = held.kind === 'object' && key !== undefined ? held.entries.get(key) : undefined;
  const sent = earlier ? concat([earlier.value, text(', '), value]) : toText(value);
  return put(held, name, sent.kind === 'unknown' ? value : sent, lowerCase);
}

function draft(call: FormCall): Draft | undefined {
  const [method, url] = call.args;
  if (!method || !url) return undefined;
  const made = call.receiverAfter('send');
  return {
    client: TYPE,
    url,
    method,
    headers: headerLayers(made, { undefined: 'text', null: 'text' }),
    query: [],
    body: /^(?:GET|HEAD)$/i.test(literalText(method) ?? '') ? UNDEFINED : partOf(made, 'body'),
    objectBody: 'text',
  };
}
