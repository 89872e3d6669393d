import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { useHyperlinks } from '../../src/commands/hyperlinks.ts';

const TERMINAL = { isTTY: true };
const PIPE = { isTTY: false };

/** The library reads the environment of the process. */
async function inTerminal(name: string, ask: () => Promise<boolean>): Promise<boolean> {
  const before = { ...process.env };
  for (const key of [
    'CI',
    'TEAMCITY_VERSION',
    'VTE_VERSION',
    'TERM',
    'WT_SESSION',
    'NO_COLOR',
    'FORCE_COLOR',
  ])
    delete process.env[key];
  Object.assign(process.env, { TERM: 'xterm-256color', TERM_PROGRAM: name });
  try {
    return await ask();
  } finally {
    process.env = before;
  }
}

test('only a terminal that is known to show them, in color', async () => {
  if (process.platform === 'win32') return;
  assert.is(await inTerminal('ghostty', () => useHyperlinks(TERMINAL, true, {})), true);
  assert.is(await inTerminal('Apple_Terminal', () => useHyperlinks(TERMINAL, true, {})), false);
  assert.is(await inTerminal('ghostty', () => useHyperlinks(TERMINAL, false, {})), false);
  assert.is(await inTerminal('ghostty', () => useHyperlinks(PIPE, true, {})), false);
});

test('FORCE_HYPERLINK decides', async () => {
  assert.is(await useHyperlinks(PIPE, false, { FORCE_HYPERLINK: '1' }), true);
  assert.is(await useHyperlinks(PIPE, false, { FORCE_HYPERLINK: '' }), false);
  assert.is(
    await inTerminal('ghostty', () => useHyperlinks(TERMINAL, true, { FORCE_HYPERLINK: '0' })),
    false,
  );
});

test.run();
