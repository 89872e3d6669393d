import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Packages that carry others inside. */
const CARRIED = { '@ts-morph/common': ['typescript'] };

/**
 * The licences of the packages that files in node_modules belong to, as one text.
 *
 * @param files paths as esbuild names them
 * @throws {Error} when a package comes without a licence
 */
export function licencesOf(files) {
  const folders = new Set(
    files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? []),
  );
  for (const [carrier, packages] of Object.entries(CARRIED)) {
    const folder = [...folders].find((each) => each.endsWith(`node_modules/${carrier}`));
    for (const each of packages) if (folder) folders.add(`${folder.slice(0, -carrier.length)}${each}`);
  }
  const texts = [...folders].sort().map(licenceOf);
  return `fusionlint holds code of these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|thirdparty)/i.test(file));
  if (files.length === 0) throw new Error(`${name} comes without the text of its licence`);
  const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}
