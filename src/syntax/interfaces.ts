import { bindingsOf, resolveName } from './bindings.ts';
import type { Project } from './project.ts';
import { ts } from './ts.ts';

/** Which interface a type's name means. Interfaces hold no value, so the scopes of `bindings.ts` don't have them. */

/** A name for the interface that is the same wherever it is spoken of; undefined for anything else. */
export function interfaceOf(project: Project, name: ts.EntityName): string | undefined {
  if (!ts.isIdentifier(name)) return undefined;
  const source = name.getSourceFile();
  const declaration = resolveName(name, name.text);
  if (!declaration) return declaredIn(source).has(name.text) ? `${source.fileName}#${name.text}` : undefined;
  if (ts.isImportSpecifier(declaration)) {
    const { moduleSpecifier } = declaration.parent.parent.parent;
    if (!ts.isStringLiteral(moduleSpecifier)) return undefined;
    const target = project.imported(moduleSpecifier.text, source);
    return target && exported(project, target, (declaration.propertyName ?? declaration.name).text, []);
  }
  return undefined;
}

function exported(
  project: Project,
  source: ts.SourceFile,
  name: string,
  seen: readonly ts.SourceFile[],
): string | undefined {
  if (seen.includes(source) || source.fileName.endsWith('.json')) return undefined;
  if (declaredIn(source).has(name)) return `${source.fileName}#${name}`;
  const { exports } = bindingsOf(source);
  const forwarded = exports.forwarded.get(name);
  for (const specifier of forwarded ? [forwarded.specifier] : exports.stars) {
    const target = project.imported(specifier, source);
    const found = target && exported(project, target, forwarded?.name ?? name, [...seen, source]);
    if (found !== undefined) return found;
  }
  return undefined;
}

const declared = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** The names of a file's interfaces. */
function declaredIn(source: ts.SourceFile): ReadonlySet<string> {
  let names = declared.get(source);
  if (!names) {
    names = new Set(source.statements.filter(ts.isInterfaceDeclaration).map((each) => each.name.text));
    declared.set(source, names);
  }
  return names;
}
