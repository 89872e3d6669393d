import {
  bindingsOf,
  enclosingFunction,
  hasModifier,
  isFunctionLike,
  nameOf,
  resolveName,
} from '../syntax/bindings.ts';
import { mocksOf } from '../syntax/mocks.ts';
import type { Project } from '../syntax/project.ts';
import { ts } from '../syntax/ts.ts';
import { callersArgument, parameterOf, valueOfParameter } from './calls.ts';
import { type Evaluator, nameOfExpression } from './evaluator.ts';
import { stateOfImport, stateOfVariable } from './flow.ts';
import { guarded } from './guards.ts';
import { member } from './members.ts';
import { ofOwnPackage } from './packages.ts';
import { keyOf, pathInPattern, rootOf } from './patterns.ts';
import { inAnyRound, roundsOf, valueInRound } from './rounds.ts';
import {
  choice,
  type Entry,
  type ExternalValue,
  each,
  type Frame,
  object,
  shared,
  through,
  UNDEFINED,
  unknown,
  type Value,
} from './value.ts';

/** What an identifier stands for at its place. */
export function valueOfName(
  evaluator: Evaluator,
  identifier: ts.Identifier,
  frame: Frame | undefined,
): Value {
  const name = identifier.text;
  // `{ ...headers, ... }` in an example.
  if (name === '') return unknown('an ellipsis in the example', '…', { node: identifier });
  const declaration = resolveName(identifier, name);
  if (!declaration) return argumentsObject(identifier, frame) ?? global(evaluator, name);
  const value = valueOfDeclaration(evaluator, declaration, name, identifier, frame);
  return through(guarded(value, identifier, declaration), name, nameNode(declaration));
}

/** `arguments`: what the function around it was called with. */
function argumentsObject(identifier: ts.Identifier, frame: Frame | undefined): Value | undefined {
  if (identifier.text !== 'arguments') return undefined;
  let fn = enclosingFunction(identifier);
  while (fn && ts.isArrowFunction(fn)) fn = enclosingFunction(fn);
  for (let scope = frame; scope; scope = scope.outer)
    if (scope.fn === fn) return scope.args && { kind: 'array', items: scope.args };
  return undefined;
}

/** What a declaration holds, at the place of use or (without one) when its module has been loaded. */
export function valueOfDeclaration(
  evaluator: Evaluator,
  declaration: ts.Node,
  name: string,
  use: ts.Node | undefined,
  callFrame: Frame | undefined,
): Value {
  const frame = frameOf(declaration, callFrame);
  if (
    ts.isVariableDeclaration(declaration) ||
    ts.isBindingElement(declaration) ||
    ts.isParameter(declaration)
  ) {
    return stateOfVariable(evaluator, declaration, name, use, frame, callFrame);
  }
  if (ts.isFunctionDeclaration(declaration) || ts.isFunctionExpression(declaration)) {
    return { kind: 'function', node: declaration, frame, self: undefined };
  }
  if (ts.isClassLike(declaration)) return { kind: 'class', node: declaration, frame };
  if (ts.isEnumDeclaration(declaration)) return enumValue(evaluator, declaration);
  if (ts.isEnumMember(declaration) && declaration.initializer)
    return evaluator.evaluate(declaration.initializer, undefined);
  if (ts.isModuleDeclaration(declaration)) return namespaceValue(evaluator, declaration);
  const imported = importOf(evaluator, declaration);
  if (imported)
    return imported.kind === 'object'
      ? stateOfImport(evaluator, declaration, name, imported, use, callFrame)
      : imported;
  if (ts.isImportEqualsDeclaration(declaration)) {
    const reference = declaration.moduleReference;
    if (ts.isExternalModuleReference(reference) && ts.isStringLiteral(reference.expression)) {
      return requiredValue(evaluator, reference.expression.text, declaration.getSourceFile());
    }
    return unknown('a namespace alias', name);
  }
  return unknown('a declaration that is not followed', name, { node: declaration });
}

function importOf(evaluator: Evaluator, declaration: ts.Node): Value | undefined {
  if (ts.isImportSpecifier(declaration)) {
    return importedValue(
      evaluator,
      declaration.parent.parent.parent,
      (declaration.propertyName ?? declaration.name).text,
    );
  }
  if (ts.isImportClause(declaration)) return importedValue(evaluator, declaration.parent, 'default');
  if (ts.isNamespaceImport(declaration)) return importedValue(evaluator, declaration.parent.parent, '*');
  return undefined;
}

/** The initial value of a variable, before anything is written to it. */
export function initialValue(evaluator: Evaluator, declaration: ts.Node, frame: Frame | undefined): Value {
  const parameter = parameterOf(declaration);
  if (parameter) {
    const bound = valueOfParameter(evaluator, parameter, frame);
    const injected =
      bound || !ts.isBindingElement(declaration)
        ? undefined
        : evaluator.natives.injected(keyOf(declaration) ?? '');
    if (injected) return injected;
    const value = bound ?? callersArgument(evaluator, parameter, frame);
    return ts.isParameter(declaration) ? value : destructured(evaluator, value, declaration, frame);
  }
  if (ts.isVariableDeclaration(declaration)) return variableValue(evaluator, declaration, frame);
  if (ts.isBindingElement(declaration)) {
    const root = rootOf(declaration);
    if (ts.isVariableDeclaration(root)) {
      const value = destructured(evaluator, variableValue(evaluator, root, frame), declaration, frame);
      const owner = root.initializer && nameOfExpression(root.initializer);
      const named =
        owner !== undefined && (value.kind === 'text' || value.kind === 'unknown' || value.kind === 'choice');
      return named ? through(value, owner, root) : value;
    }
  }
  return unknown('a declaration that is not followed', nameOf(declaration) ?? 'value', { node: declaration });
}

function variableValue(
  evaluator: Evaluator,
  declaration: ts.VariableDeclaration,
  frame: Frame | undefined,
): Value {
  if (declaration.initializer) return evaluator.evaluate(declaration.initializer, frame);
  const name = nameOf(declaration) ?? 'value';
  if (hasModifier(declaration.parent.parent, ts.SyntaxKind.DeclareKeyword)) {
    return unknown(`"${name}", declared here and set elsewhere`, name, { names: [name] });
  }
  const loop = declaration.parent.parent;
  if (ts.isForOfStatement(loop) || ts.isForInStatement(loop)) {
    const bound = valueInRound(loop, frame);
    if (bound) return bound;
    const rounds = roundsOf(evaluator, loop, frame);
    if (rounds && rounds.length > 0) return choice(inAnyRound(rounds, 0));
    return ts.isForOfStatement(loop)
      ? unknown('an element of a list', nameOf(declaration) ?? 'element', { node: declaration })
      : unknown('a key of an object', nameOf(declaration) ?? 'key', { node: declaration });
  }
  if (ts.isCatchClause(declaration.parent)) return unknown('a caught error', nameOf(declaration) ?? 'error');
  return UNDEFINED;
}

function destructured(evaluator: Evaluator, root: Value, element: ts.Node, frame: Frame | undefined): Value {
  if (!ts.isBindingElement(element)) return root;
  let value = root;
  for (const step of pathInPattern(element)) {
    if (step.rest) return restOf(value, step.rest, step.from ?? 0);
    value =
      step.key === undefined
        ? unknown('a computed key', 'value')
        : member(evaluator, value, step.key, element, frame);
    if (step.initializer)
      value = withDefault(value, () => evaluator.evaluate(step.initializer as ts.Expression, frame));
  }
  return value;
}

/** `...rest`: the properties that are not taken by name, the items behind those that are taken. */
function restOf(value: Value, names: readonly string[], from: number): Value {
  if (value.kind === 'choice') return each(value, (option) => restOf(option, names, from));
  if (value.kind === 'array' && !value.open) return { ...value, items: value.items.slice(from) };
  return value.kind === 'object' ? without(value, names) : value;
}

function without(value: Value & { kind: 'object' }, names: readonly string[]): Value {
  // A computed name may be any of them.
  const always = !names.includes('');
  const kept = [...value.entries].filter(([name]) => !names.includes(name));
  const entries = kept.map(([name, entry]): [string, Entry] => [
    name,
    { ...entry, always: entry.always && always },
  ]);
  return { ...value, entries: new Map(entries) };
}

/** `undefined` takes the default; what may be undefined takes it as an alternative. */
export function withDefault(value: Value, fallback: () => Value): Value {
  if (value.kind === 'primitive' && value.value === undefined) return fallback();
  if (value.kind === 'unknown') return value.gap.present ? value : choice([value, fallback()]);
  if (value.kind === 'choice') {
    const kept = value.options.filter(
      (option) => !(option.kind === 'primitive' && option.value === undefined),
    );
    if (kept.length < value.options.length) return choice([...kept, fallback()]);
  }
  return value;
}

/** The innermost frame whose function holds the declaration: what a closure sees. */
export function frameOf(declaration: ts.Node, frame: Frame | undefined): Frame | undefined {
  for (let each = frame; each; each = each.outer) {
    for (let fn: ts.Node | undefined = declaration; fn; fn = fn.parent) if (fn === each.fn) return each;
  }
  return undefined;
}

function nameNode(declaration: ts.Node): ts.Node {
  return (declaration as { name?: ts.Node }).name ?? declaration;
}

const GLOBAL_OBJECTS = new Set(['window', 'globalThis', 'self', 'global']);

function global(evaluator: Evaluator, name: string): Value {
  if (name === 'undefined') return UNDEFINED;
  const value: ExternalValue = { kind: 'external', module: '', path: GLOBAL_OBJECTS.has(name) ? [] : [name] };
  return evaluator.natives.resolve(value) ?? value;
}

// ------------------------------------------------------------------ modules

function importedValue(evaluator: Evaluator, node: ts.Node, name: string): Value {
  const specifier = (node as ts.ImportDeclaration).moduleSpecifier;
  if (!specifier || !ts.isStringLiteral(specifier)) return unknown('an import that is not followed', name);
  const importer = node.getSourceFile();
  return moduleMember(evaluator, specifier.text, importer, name);
}

/** `require('x')`, `import('x')`: the whole module. */
export function requiredValue(evaluator: Evaluator, specifier: string, importer: ts.SourceFile): Value {
  return moduleMember(evaluator, specifier, importer, '*');
}

function moduleMember(evaluator: Evaluator, specifier: string, importer: ts.SourceFile, name: string): Value {
  if (mocksOf(importer).has(specifier))
    return unknown(`module ${specifier}, which the test replaces`, name === '*' ? specifier : name);
  // A package that we know is what we know of it, also inside the repository that it comes from.
  const known = !specifier.startsWith('.') && evaluator.natives.knows(specifier.replace(/^node:/, ''));
  const source = known ? undefined : evaluator.project.imported(specifier, importer);
  if (source) return shared(importedExport(evaluator, source, name, importer));
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    return unknown(`module ${specifier}, which is not in the project`, name === '*' ? specifier : name, {
      names: [specifier],
    });
  }
  const module = specifier.replace(/^node:/, '');
  if (module === 'process') {
    return {
      kind: 'external',
      module: '',
      path: name === '*' || name === 'default' ? ['process'] : ['process', name],
    };
  }
  const external: ExternalValue = {
    kind: 'external',
    module,
    path: name === '*' || name === 'default' ? [] : [name],
  };
  return evaluator.natives.resolve(external) ?? external;
}

/** An export of a file of the project, as another file sees it. */
export function importedExport(
  evaluator: Evaluator,
  source: ts.SourceFile,
  name: string,
  importer: ts.SourceFile,
  seen: readonly ts.SourceFile[] = [],
): Value {
  return ofOwnPackage(evaluator, source, name, importer) ?? exportedValue(evaluator, source, name, seen);
}

/** An export of a file of the project; `*` is the whole module. */
export function exportedValue(
  evaluator: Evaluator,
  source: ts.SourceFile,
  name: string,
  seen: readonly ts.SourceFile[] = [],
): Value {
  if (source.fileName.endsWith('.json')) return jsonValue(evaluator, source, name);
  if (seen.includes(source)) return unknown('modules that re-export each other', name);
  const { exports } = bindingsOf(source);
  const path = [...seen, source];
  const local = exports.local.get(name);
  if (local) return localExport(evaluator, local, name);
  const forwarded = exports.forwarded.get(name);
  if (forwarded) return forward(evaluator, forwarded.specifier, source, forwarded.name, path);
  const commonJs = exports.assigned !== undefined || exports.properties.size > 0;
  if (name === '*' || (name === 'default' && commonJs)) {
    if (exports.assigned && exports.properties.size === 0)
      return evaluator.evaluate(exports.assigned, undefined);
    return { kind: 'module', source };
  }
  const property = exports.properties.get(name);
  if (property) return evaluator.evaluate(property, undefined);
  if (exports.assigned)
    return member(
      evaluator,
      evaluator.evaluate(exports.assigned, undefined),
      name,
      exports.assigned,
      undefined,
    );
  for (const specifier of name === 'default' ? [] : exports.stars) {
    const value = forward(evaluator, specifier, source, name, path);
    if (value.kind !== 'unknown' || value.gap.reason !== missing(name)) return value;
  }
  return unknown(missing(name), name);
}

/** The declaration behind an export, through re-exports; undefined when it is an expression or not found. */
export function declarationOfExport(
  project: Project,
  source: ts.SourceFile,
  name: string,
  seen: readonly ts.SourceFile[] = [],
): ts.Node | undefined {
  if (seen.includes(source) || source.fileName.endsWith('.json')) return undefined;
  const { exports } = bindingsOf(source);
  const local = exports.local.get(name);
  if (local && ts.isExportSpecifier(local))
    return resolveName(source, (local.propertyName ?? local.name).text);
  if (local && ts.isIdentifier(local)) return resolveName(source, local.text);
  if (local) return local;
  const forwarded = exports.forwarded.get(name);
  const specifiers = forwarded ? [forwarded.specifier] : exports.stars;
  for (const specifier of specifiers) {
    const target = project.imported(specifier, source);
    const found = target && declarationOfExport(project, target, forwarded?.name ?? name, [...seen, source]);
    if (found) return found;
  }
  return undefined;
}

function missing(name: string): string {
  return `an export that was not found (${name})`;
}

function forward(
  evaluator: Evaluator,
  specifier: string,
  source: ts.SourceFile,
  name: string,
  seen: readonly ts.SourceFile[],
): Value {
  const target = evaluator.project.imported(specifier, source);
  if (target) return importedExport(evaluator, target, name, source, seen);
  return moduleMember(evaluator, specifier, source, name);
}

function localExport(evaluator: Evaluator, node: ts.Node, name: string): Value {
  if (ts.isExportSpecifier(node)) {
    const local = (node.propertyName ?? node.name).text;
    const declaration = resolveName(node.getSourceFile(), local);
    if (!declaration) return unknown(missing(local), local);
    return valueOfDeclaration(evaluator, declaration, local, undefined, undefined);
  }
  if (ts.isExpression(node) && !isFunctionLike(node) && !ts.isClassLike(node)) {
    if (ts.isIdentifier(node)) {
      const declaration = resolveName(node, node.text);
      if (declaration) return valueOfDeclaration(evaluator, declaration, node.text, undefined, undefined);
    }
    return evaluator.evaluate(node, undefined);
  }
  return valueOfDeclaration(evaluator, node, name, undefined, undefined);
}

function jsonValue(evaluator: Evaluator, source: ts.SourceFile, name: string): Value {
  const [statement] = source.statements;
  if (!statement || !ts.isExpressionStatement(statement))
    return unknown('a JSON file that does not parse', name);
  const value = evaluator.evaluate(statement.expression, undefined);
  return name === '*' || name === 'default' ? value : member(evaluator, value, name, statement, undefined);
}

// ------------------------------------------------------------------ enums and namespaces

function enumValue(evaluator: Evaluator, declaration: ts.EnumDeclaration): Value {
  let next = 0;
  return object(
    declaration.members.map((each): [string, Entry] => {
      const name = (each.name as ts.Identifier).text;
      const value: Value = each.initializer
        ? evaluator.evaluate(each.initializer, undefined)
        : { kind: 'primitive', value: next };
      if (value.kind === 'primitive' && typeof value.value === 'number') next = value.value + 1;
      return [name, { value, always: true }];
    }),
  );
}

function namespaceValue(evaluator: Evaluator, declaration: ts.ModuleDeclaration): Value {
  const entries: [string, Entry][] = [];
  if (declaration.body && ts.isModuleBlock(declaration.body)) {
    const names =
      bindingsOf(declaration.getSourceFile()).scopes.get(declaration.body) ?? new Map<string, ts.Node>();
    for (const [name, node] of names) {
      entries.push([
        name,
        { value: valueOfDeclaration(evaluator, node, name, undefined, undefined), always: true },
      ]);
    }
  }
  return object(entries);
}
