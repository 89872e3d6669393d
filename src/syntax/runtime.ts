import { builtinModules } from 'node:module';
import { MARKDOWN } from '../paths.ts';
import type { Runtime } from '../request.ts';
import { bindingsOf, enclosingFunction, isFunctionLike, nameOf, resolveName } from './bindings.ts';
import { fileOf, locationOf } from './location.ts';
import { ts } from './ts.ts';

/**
 * Whether code ships to browsers, by what the frameworks say of it. Only certain signs count: a file that
 * nothing speaks of is unknown, for a component may be rendered on a server alone.
 */
export function runtimeOf(node: ts.Node): Runtime {
  const source = node.getSourceFile();
  const file = fileOf(source);
  // The examples of a page stand for files that nobody sees; a test runs where its runner does.
  if (MARKDOWN.test(file) || TEST_FILE.test(file)) return UNKNOWN;
  const scopes = scopesOf(node);
  const signs = signsOf(source);
  const serverFunction = scopes.find(isServerFunction);
  if (serverFunction) return server(labelOf(serverFunction), serverFunction);
  if (scopes.some((scope) => UNIVERSAL_FUNCTIONS.has(exportedName(scope) ?? ''))) return UNKNOWN;
  if (signs.server) return signs.server;
  // What a page's server function calls is left out of the page: the whole file says nothing of its parts.
  const whole = signs.hasServerFunctions ? undefined : signs.browser;
  return whole ?? nearSign(scopes) ?? UNKNOWN;
}

const UNKNOWN: Runtime = { kind: 'unknown' };

const TEST_FILE = /(?:^|[/.])(?:__tests__|__mocks__|tests?|specs?|mocks?|e2e|cypress|stories)[/.]/i;

function browser(label: string, node: ts.Node): Runtime {
  return { kind: 'browser', sign: { label, location: locationOf(node) } };
}

function server(label: string, node: ts.Node): Runtime {
  return { kind: 'server', sign: { label, location: locationOf(node) } };
}

// ------------------------------------------------------------------ files

interface FileSigns {
  readonly server?: Runtime;
  readonly browser?: Runtime;
  /** It holds functions that a framework keeps on the server, or runs on both sides. */
  readonly hasServerFunctions: boolean;
}

const cache = new WeakMap<ts.SourceFile, FileSigns>();

function signsOf(source: ts.SourceFile): FileSigns {
  let signs = cache.get(source);
  if (!signs) {
    const hasServerFunctions = [...bindingsOf(source).exports.local.keys()].some(
      (name) => SERVER_FUNCTIONS.has(name) || UNIVERSAL_FUNCTIONS.has(name),
    );
    const found = signOfFile(source);
    signs = { hasServerFunctions, ...(found && { [found.kind]: found }) };
    cache.set(source, signs);
  }
  return signs;
}

/**
 * Files that stay on the server by their name: Next.js route handlers and API routes, `+page.server.ts` and
 * `+server.ts` of SvelteKit, `*.server.ts` of Remix and Nuxt, and folders that are called so.
 */
const SERVER_FILE =
  /(?:^|\/)(?:pages\/api\/|app\/(?:.*\/)?route\.[cm]?[jt]sx?$|(?:server|backend|functions|lambdas?|netlify|supabase)\/|\+server\.)|\.server\.[cm]?(?:[jt]sx?|vue|svelte)$/;

/** Packages that need a server, or a terminal, and what stands in for a browser's globals in one. */
const SERVER_MODULE =
  /^(?:express|fastify|koa|hono|h3|restify|@hapi\/.*|@nestjs\/.*|next\/(?:server|headers|cache)|next-auth(?:\/(?!react).*)?|server-only|(?:react-dom|vue|svelte)\/server|@remix-run\/node|@angular\/ssr\/node|pg|mysql2?|mongoose|dotenv(?:\/.*)?|ink|react-native|@react-email\/.*|jsdom|happy-dom|linkedom|puppeteer(?:-core)?|playwright(?:-core)?)$/;

const BUILT_IN = new Set(builtinModules);

/** Modules that only the code of a page has a use for. */
const BROWSER_MODULE =
  /^(?:react-dom\/client|vue|vue-router|pinia|vuex|@angular\/(?:core|common\/http|router)|angular)$/;

/** Hooks of React and Preact that server components don't have. */
const CLIENT_HOOKS = new Set(['useState', 'useEffect', 'useLayoutEffect', 'useReducer', 'useRef']);

function signOfFile(source: ts.SourceFile): Runtime | undefined {
  const file = fileOf(source);
  const directive = (text: string) => directiveOf(source.statements, text);
  const client = directive('use client');
  if (client) return browser(`\`${client.getText()}\``, client);
  const action = directive('use server');
  if (action) return server(`\`${action.getText()}\``, action);
  const [first = source] = source.statements;
  const modules = modulesOf(source);
  const serverModule = modules.find(
    ({ text }) => text.startsWith('node:') || BUILT_IN.has(text) || SERVER_MODULE.test(text),
  );
  if (serverModule) return server(`the import of \`${serverModule.text}\``, serverModule);
  if (SERVER_FILE.test(file) || mentions(source, 'Deno').length > 0)
    return server('a file that stays on the server', first);
  // Astro runs the front matter of its components on the server, and their scripts in the browser.
  if (file.endsWith('.vue')) return browser('a Vue component', first);
  if (file.endsWith('.svelte')) return browser('a Svelte component', first);
  const hook = bindingsOf(source).calls.find((call) => CLIENT_HOOKS.has(calledName(call)));
  if (hook) return browser(`\`${calledName(hook)}()\``, hook);
  const browserModule = modules.find(({ text }) => BROWSER_MODULE.test(text));
  return browserModule && browser(`the import of \`${browserModule.text}\``, browserModule);
}

function directiveOf(statements: readonly ts.Statement[], text: string): ts.Expression | undefined {
  for (const statement of statements) {
    if (!ts.isExpressionStatement(statement) || !ts.isStringLiteral(statement.expression)) return undefined;
    if (statement.expression.text === text) return statement.expression;
  }
  return undefined;
}

/** The modules that the file loads, where it names them; not those of which it only takes types. */
function modulesOf(source: ts.SourceFile): ts.StringLiteral[] {
  const found: ts.StringLiteral[] = [];
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || statement.importClause?.isTypeOnly) continue;
    if (ts.isStringLiteral(statement.moduleSpecifier)) found.push(statement.moduleSpecifier);
  }
  for (const call of bindingsOf(source).calls) {
    const [name] = call.arguments ?? [];
    if (calledName(call) === 'require' && name && ts.isStringLiteral(name)) found.push(name);
  }
  return found;
}

// ------------------------------------------------------------------ functions

/** Exports that Next.js and Gatsby take out of the page and keep on the server. */
const SERVER_FUNCTIONS = new Set(['getServerSideProps', 'getStaticProps', 'getStaticPaths', 'getServerData']);
/** Exports that run on either side, by the framework or the moment. */
const UNIVERSAL_FUNCTIONS = new Set(['getInitialProps', 'loader', 'action', 'clientLoader', 'clientAction']);

/** Functions to which one hands a function that stays on the server. */
const SERVER_CALLS = new Set(['server$', 'routeLoader$', 'routeAction$', 'defineEventHandler', 'handler']);

/** Names that only a browser gives without a declaration; Node.js lacks them. */
const BROWSER_GLOBALS = [
  'document',
  'window',
  'localStorage',
  'sessionStorage',
  'XMLHttpRequest',
  'importScripts',
  // The API of browser extensions.
  'chrome',
];

/** The functions around a node, the node itself first if it is one, and the file. */
function scopesOf(node: ts.Node): ts.Node[] {
  const scopes: ts.Node[] = [];
  for (let each: ts.Node | undefined = node; each; each = each.parent)
    if (isFunctionLike(each) || ts.isSourceFile(each)) scopes.push(each);
  return scopes;
}

function isServerFunction(scope: ts.Node): boolean {
  if (!isFunctionLike(scope)) return false;
  if (SERVER_FUNCTIONS.has(exportedName(scope) ?? '')) return true;
  const { parent } = scope;
  if (ts.isCallExpression(parent) && parent.expression !== scope && SERVER_CALLS.has(calledName(parent)))
    return true;
  return (
    scope.body !== undefined &&
    ts.isBlock(scope.body) &&
    directiveOf(scope.body.statements, 'use server') !== undefined
  );
}

/** The name of a function that stands at the top of its file, or of a static one: `Page.getInitialProps = …`. */
function exportedName(scope: ts.Node): string | undefined {
  return isFunctionLike(scope) && !enclosingFunction(scope) ? nameOf(scope) : undefined;
}

function labelOf(fn: ts.Node): string {
  const name = nameOf(fn);
  return name === undefined ? 'a function that stays on the server' : `\`${name}()\``;
}

/** What the functions around a call use tells where they run, and so the call. */
function nearSign(scopes: readonly ts.Node[]): Runtime | undefined {
  const [source] = scopes.slice(-1);
  if (!source || !ts.isSourceFile(source)) return undefined;
  const isAround = (node: ts.Node) => scopes.includes(enclosingFunction(node) ?? source);
  const hook = bindingsOf(source).calls.find((call) => CLIENT_HOOKS.has(calledName(call)) && isAround(call));
  if (hook) return browser(`\`${calledName(hook)}()\``, hook);
  // Code that asks which side it is on runs on both, and calls on one.
  const asks = ['window', 'document'].some((name) =>
    mentions(source, name).some((each) => ts.isTypeOfExpression(each.parent)),
  );
  if (asks) return undefined;
  for (const name of BROWSER_GLOBALS) {
    const used = mentions(source, name).find((each) => isAround(each) && !ts.isTypeOfExpression(each.parent));
    if (used) return browser(`\`${name}\``, used);
  }
  return undefined;
}

/** The places that use a global. */
function mentions(source: ts.SourceFile, name: string): readonly ts.Identifier[] {
  const found = bindingsOf(source).mentions.get(name) ?? [];
  return found.filter((each) => resolveName(each, name) === undefined);
}

/** `load` of `load()`, `api.load()` and `new Load()`; '' for others. */
function calledName({ expression }: ts.CallExpression | ts.NewExpression): string {
  if (ts.isIdentifier(expression)) return expression.text;
  return ts.isPropertyAccessExpression(expression) ? expression.name.text : '';
}
