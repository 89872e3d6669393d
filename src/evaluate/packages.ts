import { fileOf } from '../syntax/location.ts';
import type { ts } from '../syntax/ts.ts';
import type { Evaluator } from './evaluator.ts';
import { exportedValue } from './names.ts';
import type { ExternalValue, Value } from './value.ts';

/**
 * What a service's own package exports, where a file of its repository imports it by a path: tests, examples
 * and the like mean what others import by the package's name. In the package's own code, which is all that
 * its entry leads to, a path means what stands there.
 */
export function ofOwnPackage(
  evaluator: Evaluator,
  source: ts.SourceFile,
  name: string,
  importer: ts.SourceFile,
): Value | undefined {
  const { project, natives } = evaluator;
  const own = project.packageOf(fileOf(source));
  const known = own && natives.exportsOfSdk(own.name);
  if (!known) return undefined;
  const code = project.reachedFrom(own.entry);
  const entry = project.source(own.entry);
  if (!entry || !code.has(fileOf(source)) || code.has(fileOf(importer))) return undefined;
  const exported =
    entry === source ? exportOf(known, name) : sameExport(evaluator, entry, known, source, name);
  if (exported === undefined) return undefined;
  const external: ExternalValue = {
    kind: 'external',
    module: own.name,
    path: exported === '' ? [] : [exported],
  };
  return natives.resolve(external) ?? external;
}

/** Of the entry: the package itself, '', or what is known of it. */
function exportOf(known: ReadonlySet<string>, name: string): string | undefined {
  if (name === '*' || name === 'default') return '';
  return known.has(name) ? name : undefined;
}

/** The known export of the entry that is the same class or function as that of another file. */
function sameExport(
  evaluator: Evaluator,
  entry: ts.SourceFile,
  known: ReadonlySet<string>,
  source: ts.SourceFile,
  name: string,
): string | undefined {
  const node = nodeOf(exportedValue(evaluator, source, name));
  if (!node) return undefined;
  return [...known].find((each) => nodeOf(exportedValue(evaluator, entry, each || 'default')) === node);
}

function nodeOf(value: Value): ts.Node | undefined {
  return value.kind === 'class' || value.kind === 'function' ? value.node : undefined;
}
