import { bindingsOf } from './bindings.ts';
import { ts } from './ts.ts';

const cache = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** `jest.mock`, `vi.mock`, and `mock.module` of Bun and Node.js. */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  jest: ['mock', 'doMock', 'unstable_mockModule', 'setMock'],
  vi: ['mock', 'doMock'],
  mock: ['module'],
};

/** What `mocksOf` calls the global function. */
export const GLOBAL_FETCH = 'the global fetch';

/** The modules that a test file puts something else in the place of, as it names them, and the global fetch. */
export function mocksOf(source: ts.SourceFile): ReadonlySet<string> {
  let mocks = cache.get(source);
  if (!mocks) {
    mocks = new Set(bindingsOf(source).calls.flatMap((call) => mockedBy(call) ?? []));
    cache.set(source, mocks);
  }
  return mocks;
}

function mockedBy({
  expression,
  arguments: given,
}: ts.CallExpression | ts.NewExpression): string | undefined {
  if (!ts.isPropertyAccessExpression(expression) || !ts.isIdentifier(expression.expression)) return undefined;
  const [tool, method] = [expression.expression.text, expression.name.text];
  const [module, member] = given ?? [];
  // `jest.spyOn(global, 'fetch')`, `vi.stubGlobal('fetch', …)`.
  const stubbed = method === 'spyOn' ? member : method === 'stubGlobal' ? module : undefined;
  if (stubbed && ts.isStringLiteralLike(stubbed) && stubbed.text === 'fetch') return GLOBAL_FETCH;
  if (!Object.hasOwn(REPLACING, tool) || !REPLACING[tool]?.includes(method)) return undefined;
  // `vi.mock(import('./client'))`.
  const [named] = module && ts.isCallExpression(module) ? module.arguments : [module];
  return named && ts.isStringLiteralLike(named) ? named.text : undefined;
}
