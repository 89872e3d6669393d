import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import manifest from '../package.json' with { type: 'json' };

// Who may import whom. docs/architecture.md says why; a new folder needs its line in both.

const ROOT = path.resolve(import.meta.dirname, '..');

/** The rooms in the order in which data flows, each with the rooms that it may look into. */
const ROOMS: Readonly<Record<string, readonly string[]>> = {
  config: [],
  discover: [],
  syntax: [],
  evaluate: ['syntax'],
  clients: ['syntax', 'evaluate'],
  contracts: ['config'],
  lint: ['config', 'syntax', 'clients', 'contracts'],
  report: ['lint'],
  commands: [
    'config',
    'discover',
    'contracts',
    'report',
    'prepare.ts',
    'run.ts',
    'fix.ts',
    'explain.ts',
    'catalog.ts',
    'baseline.ts',
    'suppress.ts',
  ],
};

/** What a rule may know: the model, the contract and the words to say something about them. */
const FOR_RULES = [
  'src/request.ts',
  'src/lint/rule.ts',
  'src/lint/hosts.ts',
  'src/lint/lost-headers.ts',
  'src/lint/mask.ts',
  'src/lint/public-variables.ts',
  'src/lint/right-value.ts',
  'src/lint/secrets.ts',
  'src/lint/words.ts',
  'src/contracts/contract.ts',
  'src/contracts/match.ts',
];

/** Modules that only some places may use. Nothing here opens a connection, so those have no place at all. */
const RESTRICTED: readonly [modules: RegExp, places: RegExp][] = [
  [/^ts-morph$/, /^src\/syntax\//],
  [/^typescript$|^@ts-morph\//, /(?!)/],
  [/^node:fs/, /^src\/(?:config|discover|commands)\/|^src\/(?:compile-cache|fix|git|replace|version)\.ts$/],
  [/^node:child_process$/, /^src\/git\.ts$/],
  [/^node:(?:https?|http2|net|tls|dgram|dns|inspector|worker_threads|cluster)\b/, /(?!)/],
  [/^node:vm$/, /^src\/compile-cache\.ts$/],
];

interface Import {
  readonly from: string;
  /** A file of the project, relative to its root, or the name of a package. */
  readonly to: string;
  readonly package: boolean;
  /** `import()`: loaded when it is reached. */
  readonly lazy: boolean;
  readonly typeOnly: boolean;
}

const shipped = [...sourcesIn('src'), ...sourcesIn('rules')];
const imports = shipped.flatMap(importsOf);

function sourcesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.posix.join(folder, file.replaceAll('\\', '/')))
    .sort();
}

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const found: Import[] = [];
  const add = (node: ts.Expression, lazy: boolean, typeOnly: boolean) => {
    if (!ts.isStringLiteral(node)) throw new Error(`${file} imports a computed name`);
    const own = node.text.startsWith('.');
    const to = own ? path.posix.join(path.posix.dirname(file), node.text) : node.text;
    found.push({ from: file, to, package: !own, lazy, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, false, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    if (ts.isExportDeclaration(node) && node.moduleSpecifier)
      add(node.moduleSpecifier, false, node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [name] = node.arguments;
      // A config file's path is the one name that is computed.
      if (name && (ts.isStringLiteral(name) || file !== 'src/config/load.ts')) add(name, true, false);
    }
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal as ts.StringLiteral, false, true);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return found;
}

/** `evaluate` for a file of src/evaluate, `run.ts` for src/run.ts, `rules` for a rule. */
function roomOf(file: string): string {
  return file.startsWith('src/') ? (file.split('/')[1] ?? file) : (file.split('/')[0] ?? file);
}

function print({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

test('every folder of src/ has its place in the order, and looks to its left only', () => {
  const order = Object.keys(ROOMS);
  const folders = new Set(shipped.filter((file) => /^src\/.+\//.test(file)).map(roomOf));
  assert.equal([...folders].sort(), [...order].sort());
  for (const [at, room] of order.entries()) {
    for (const other of ROOMS[room] ?? []) {
      if (!other.endsWith('.ts')) assert.ok(order.indexOf(other) < at, `${room} may not follow ${other}`);
    }
  }
});

test('rooms import only what they may', () => {
  const wrong = imports.filter(({ from, to, package: outside }) => {
    const allowed = ROOMS[roomOf(from)];
    if (outside || !allowed || roomOf(to) === roomOf(from)) return false;
    // The files beside the folders: the model and small helpers are for all, the pipeline is not.
    const beside =
      to.split('/').length === 2 &&
      to.startsWith('src/') &&
      !/^src\/(?:run|prepare|analyse|fix|explain|catalog|baseline|suppress|index|testing|cli)\.ts$/.test(to);
    return !beside && !allowed.includes(roomOf(to));
  });
  assert.equal(wrong.map(print), []);
});

test('the files beside the folders, but the pipeline and the entry points, import no folder', () => {
  const wrong = imports.filter(
    ({ from, to, package: outside }) =>
      /^src\/[^/]+$/.test(from) &&
      !/^src\/(?:run|prepare|analyse|fix|explain|catalog|baseline|suppress|index|testing|cli)\.ts$/.test(
        from,
      ) &&
      !outside &&
      !/^(?:src\/[^/]+|package\.json)$/.test(to),
  );
  assert.equal(wrong.map(print), []);
});

test('a rule knows the model, the contract and nothing deeper', () => {
  const wrong = imports.filter(
    ({ from, to, package: outside }) =>
      from.startsWith('rules/') && (outside || !(FOR_RULES.includes(to) || to.startsWith('rules/'))),
  );
  assert.equal(wrong.map(print), []);
});

test('one rule does not import another', () => {
  const wrong = imports.filter(
    ({ from, to }) => from.startsWith('rules/') && to.startsWith('rules/') && from !== 'rules/index.ts',
  );
  assert.equal(wrong.map(print), []);
});

test('the compiler, files, processes and the network are used where they may be', () => {
  const wrong = imports.filter((each) => {
    const name = builtinModules.includes(each.to) ? `node:${each.to}` : each.to;
    return (
      each.package && RESTRICTED.some(([modules, places]) => modules.test(name) && !places.test(each.from))
    );
  });
  assert.equal(wrong.map(print), []);
});

test('every package that is shipped is listed, and every dependency is used', () => {
  // The build bundles the packages that are not dependencies.
  const dependencies = Object.keys(manifest.dependencies);
  const listed = [...dependencies, ...Object.keys(manifest.devDependencies)];
  const named = imports
    .filter((each) => each.package && !each.to.startsWith('node:'))
    .map((each) => ({ ...each, to: packageName(each.to) }));
  // Types are gone when it is built.
  const wrong = named.filter(({ to, typeOnly }) => !typeOnly && !listed.includes(to));
  assert.equal(wrong.map(print), []);
  const used = new Set(named.map(({ to }) => to));
  assert.equal(
    dependencies.filter((each) => !used.has(each)),
    [],
  );
});

function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

test('the command loads nothing heavy before it knows what is asked for', () => {
  const reached = new Set(['src/cli.ts']);
  for (const file of reached) {
    for (const each of imports) {
      if (each.from !== file || each.lazy || each.typeOnly) continue;
      assert.not(each.package && !each.to.startsWith('node:'), print(each));
      if (!each.package) reached.add(each.to);
    }
  }
  assert.equal(
    [...reached].filter((file) => roomOf(file) in ROOMS),
    [],
  );
});

test('the rules and their pages are told of without the analyzer', () => {
  const reached = new Set(['src/commands/rules.ts']);
  for (const file of reached)
    for (const each of imports) if (each.from === file && !each.typeOnly) reached.add(each.to);
  assert.ok(reached.has('rules/index.ts'));
  assert.equal(
    [...reached].filter((each) => /^(?:ts-morph|src\/(?:syntax|evaluate|clients|discover)\/.+)$/.test(each)),
    [],
  );
});

test('every test file runs its tests', () => {
  const files = readdirSync(path.join(ROOT, 'test'), { recursive: true, encoding: 'utf8' });
  const silent = files.filter(
    (file) =>
      file.endsWith('.test.ts') &&
      !/^\w+\.run\(\);$/m.test(readFileSync(path.join(ROOT, 'test', file), 'utf8')),
  );
  assert.equal(silent, []);
});

test.run();
