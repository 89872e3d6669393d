import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LINES = 120;

/**
 * A git work tree of so many TypeScript files, about 4 KB each, of which a part calls a service.
 *
 * @param relevant the part of the files that do, 0 to 1
 * @returns its folder, to be removed by the caller
 */
export function makeTree(files, relevant) {
  const folder = mkdtempSync(path.join(tmpdir(), 'fusionlint-bench-'));
  // Spread over the tree, and as many as the part says.
  const callsIn = (at) => Math.floor((at + 1) * relevant) > Math.floor(at * relevant);
  for (let at = 0; at < files; at++) {
    const place = path.join(folder, 'src', `part${Math.floor(at / 50)}`);
    mkdirSync(place, { recursive: true });
    // A file that calls a service is imported by nobody: what it costs is its own.
    const isAlone = at % 50 === 0 || callsIn(at) || callsIn(at - 1);
    writeFileSync(path.join(place, `module${at}.ts`), moduleOf(at, callsIn(at), isAlone));
  }
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "bench", "private": true }\n');
  const git = (...words) => execFileSync('git', words, { cwd: folder, stdio: 'ignore' });
  git('init');
  git('add', '--all');
  return folder;
}

/** Imports the file before it in its folder unless it is alone, and may call a service. */
function moduleOf(at, calls, isAlone) {
  const before = isAlone ? '' : `import { value${at - 1} } from './module${at - 1}';\n`;
  const body = Array.from(
    { length: LINES },
    (_, line) => `export const item${line} = { id: ${line}, at: ${at} };`,
  );
  const call = `export const teams${at} = (token: string) =>
  fetch('https://fusion.adobe.io/api/v3/teams', { headers: { Authorization: \`Bearer \${token}\` } });`;
  const value = `export const value${at} = ${before === '' ? at : `value${at - 1} + 1`};`;
  return `${before}${body.join('\n')}\n${calls ? call : ''}\n${value}\n`;
}
