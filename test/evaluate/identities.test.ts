import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Identities } from '../../src/evaluate/identities.ts';
import { type Frame, object, text, unknown, type Value } from '../../src/evaluate/value.ts';
import { ts } from '../../src/syntax/ts.ts';

const test = suite('identities');

const source = ts.createSourceFile('a.ts', 'function send(headers) {}\nfunction get(headers) {}', 99, true);
const [send, get] = source.statements as unknown as [ts.FunctionDeclaration, ts.FunctionDeclaration];

const headers = (key: Value, more = {}) =>
  object([['x-api-key', { value: key, always: true }]], { node: send, ...more });
const call = (args: readonly Value[], more: Partial<Frame> = {}): Frame => ({
  fn: send,
  args,
  self: undefined,
  outer: undefined,
  depth: 1,
  ...more,
});

test('the same content that came the same way has the same number', () => {
  const ids = new Identities();
  const way = { label: 'key', node: send, next: undefined };
  const one = ids.ofFrame(call([headers(text('a', way))]));
  assert.is(ids.ofFrame(call([headers(text('a', { ...way }))], { depth: 7 })), one);
});

test('any difference makes another number', () => {
  const ids = new Identities();
  const way = { label: 'key', node: send, next: undefined };
  const frames = [
    call([headers(text('a', way))]),
    call([headers(text('b', way))]),
    call([headers(text('a', { ...way, label: 'other' }))]),
    call([headers(text('a', { ...way, node: get }))]),
    call([headers(text('a'))]),
    call([headers(unknown('parameter "key"', 'key'))]),
    call([headers(text('a', way), { open: { reason: 'a spread', name: 'rest', names: [] } })]),
    call([headers(text('a', way), { type: 'Headers' })]),
    call([]),
    call([headers(text('a', way))], { fn: get }),
    call([headers(text('a', way))], { self: headers(text('a', way)) }),
    call([headers(text('a', way))], { outer: call([]) }),
    call([headers(text('a', way))], { held: { declaration: get, value: text('a') } }),
  ];
  const numbers = frames.map((frame) => ids.ofFrame(frame));
  assert.is(new Set(numbers).size, frames.length, numbers.join());
});

test('texts that read alike and are made of other pieces are told apart', () => {
  const ids = new Identities();
  const joined: Value = { kind: 'text', parts: [{ literal: 'a,b' }] };
  const apart: Value = { kind: 'text', parts: [{ literal: 'a' }, { literal: 'b' }] };
  assert.is.not(ids.ofValue(joined), ids.ofValue(apart));
  assert.is(ids.ofValue(undefined), 0);
});

test.run();
