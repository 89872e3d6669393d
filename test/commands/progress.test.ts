import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { startProgress } from '../../src/commands/progress.ts';

function terminal(isTTY = true) {
  const written: string[] = [];
  return { written, isTTY, columns: 20, write: (text: string) => written.push(text) };
}

test('nothing in the first second, then one line at a time, erased at the end', () => {
  const stream = terminal();
  let time = 0;
  const progress = startProgress(stream, () => time);
  time = 999;
  progress.update(1, 9, 'a.ts');
  assert.equal(stream.written, []);
  time = 1000;
  progress.update(2, 9, 'packages/with/a/long/name.ts');
  time = 1001;
  progress.update(3, 9, 'c.ts');
  progress.stop();
  progress.stop();
  assert.equal(stream.written, ['\r\x1b[K2/9 packages/with/a', '\r\x1b[K']);
});

test('a short run writes nothing at all', () => {
  const stream = terminal();
  const progress = startProgress(stream, () => 0);
  progress.update(1, 1, 'a.ts');
  progress.stop();
  assert.equal(stream.written, []);
});

test('nothing when it is not a terminal', () => {
  const stream = terminal(false);
  let time = 0;
  const progress = startProgress(stream, () => time);
  time = 5000;
  progress.update(1, 1, 'a.ts');
  progress.stop();
  assert.equal(stream.written, []);
});

test.run();
