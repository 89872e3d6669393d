import { readFileSync } from 'node:fs';
import path from 'node:path';
import { slashed } from '../paths.ts';
import { type ChangedFiles, MANIFEST } from './changes.ts';
import { readVariables, type VariableUrl } from './variables.ts';

/**
 * The file of the configuration that changed, if one did: it may change every answer.
 *
 * @param parts of the configuration, absolute; what stands there is what the run goes by
 */
export async function changedPart(
  change: ChangedFiles,
  root: string,
  parts: readonly string[],
): Promise<string | undefined> {
  for (const part of parts) {
    const file = slashed(path.relative(root, part));
    if (!change.files.has(file)) continue;
    if (!MANIFEST.test(part)) return file;
    const [before, now] = [await change.before(file), readFileSync(part, 'utf8')].map(settingIn);
    if (before !== now) return file;
  }
  return undefined;
}

/** The configuration that a manifest holds, as text. */
function settingIn(manifest: string | undefined): string | undefined {
  try {
    return JSON.stringify(JSON.parse(manifest ?? '').fusionlint);
  } catch {
    return undefined;
  }
}

/**
 * The names of the environment variables that the change gives another URL.
 *
 * @param settings the files that may set variables
 * @param variables what they say now
 * @param read the text of a file now
 */
export async function changedVariables(
  change: ChangedFiles,
  settings: readonly string[],
  variables: readonly VariableUrl[],
  read: (file: string) => string | undefined,
): Promise<ReadonlySet<string>> {
  const changed = new Map<string, string | undefined>();
  for (const file of settings.filter((each) => change.files.has(each)))
    changed.set(file, await change.before(file));
  if (changed.size === 0) return new Set();
  const before = readVariables(settings, (file) => (changed.has(file) ? changed.get(file) : read(file)));
  const said = new Set(before.map(sayingOf));
  return new Set(variables.filter((each) => !said.has(sayingOf(each))).map(({ name }) => name));
}

function sayingOf({ name, url, file }: VariableUrl): string {
  return JSON.stringify([name, url, file]);
}
