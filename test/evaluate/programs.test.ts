import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import { testRuns } from '../support/programs.ts';

/** Small programs, a blank line between them. Each is run and read: both must come to the same requests. */
const folder = new URL('programs/', import.meta.url);

for (const file of readdirSync(folder).sort())
  testRuns(
    readFileSync(new URL(file, folder), 'utf8')
      .trim()
      .split(/\n{2,}/),
  );

test.run();
