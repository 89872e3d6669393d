// How long the built command takes on trees of several sizes, beside `node -e 0` and, where it is installed,
// `rg` with the words of the services. Commands take turns, so that a machine whose speed drifts treats
// them alike; compare the ratios.
//
//   npm run bench                        trees of 100, 1,000 and 10,000 files
//   npm run bench -- --sizes 50000       of other sizes
//   npm run bench -- --runs 9 FOLDER     a tree that is there
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeTree } from './bench-trees.mjs';

const { values, positionals } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,10000' },
    parts: { type: 'string', default: '0,1,5' },
    runs: { type: 'string', default: '5' },
  },
  allowPositionals: true,
});

const WORDS =
  'fusionauth|localhost:9011|127\\.0\\.0\\.1:9011|fusion\\.adobe\\.io|cloudmanager\\.adobe\\.io|adobelogin\\.com|x-gw-ims-org-id|ims/exchange/jwt';
const commands = {
  fusionlint: [process.execPath, path.resolve(import.meta.dirname, '../dist/cli.js'), '.'],
  node: [process.execPath, '-e', '0'],
  rg: ['rg', '-l', '-i', '-e', WORDS, '-g', '*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}', '.'],
};
if (spawnSync('rg', ['--version']).error) delete commands.rg;

/** Seconds, and megabytes at the peak where the system tells (GNU time). */
function once([program, ...words], cwd) {
  const started = performance.now();
  const { stderr, error } = spawnSync('/usr/bin/time', ['-f', '%M', program, ...words], {
    cwd,
    encoding: 'utf8',
  });
  if (error) {
    const bare = performance.now();
    spawnSync(program, words, { cwd, stdio: 'ignore' });
    return { seconds: (performance.now() - bare) / 1000, megabytes: Number.NaN };
  }
  const kilobytes = Number(stderr.trim().split('\n').at(-1));
  return { seconds: (performance.now() - started) / 1000, megabytes: kilobytes / 1024 };
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function bench(name, folder) {
  const runs = Object.fromEntries(Object.keys(commands).map((each) => [each, []]));
  for (let run = 0; run <= Number(values.runs); run++)
    for (const [each, words] of Object.entries(commands)) {
      const figures = once(words, folder);
      // The first one warms up.
      if (run > 0) runs[each].push(figures);
    }
  const seconds = (each) => runs[each].map((run) => run.seconds);
  const ratio = (each) =>
    runs[each]
      ? median(runs.fusionlint.map((run, at) => run.seconds / runs[each][at].seconds)).toFixed(2)
      : '–';
  const cells = [
    name,
    median(seconds('fusionlint')).toFixed(2),
    `${Math.round(median(runs.fusionlint.map((run) => run.megabytes)))}`,
    median(seconds('node')).toFixed(2),
    ratio('node'),
    runs.rg ? median(seconds('rg')).toFixed(2) : '–',
    ratio('rg'),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

console.log(
  `Node.js ${process.version}, ${os.availableParallelism()} processors, medians of ${values.runs} runs\n`,
);
console.log('| tree | fusionlint, s | peak, MB | node -e 0, s | × node | rg, s | × rg |');
console.log('| --- | --- | --- | --- | --- | --- | --- |');
for (const folder of positionals) bench(path.basename(path.resolve(folder)), folder);
if (positionals.length === 0)
  for (const size of values.sizes.split(',').map(Number))
    for (const part of values.parts.split(',').map(Number)) {
      const folder = makeTree(size, part / 100);
      try {
        bench(`${size.toLocaleString('en')} files, ${part} % relevant`, folder);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    }
