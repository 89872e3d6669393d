import { bindingsOf } from './bindings.ts';
import { ts } from './ts.ts';

const cache = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/** `jest.mock`, `vi.mock`, and `mock.module` of Bun and Node.js. */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  jest: ['mock', 'doMock', 'unstable_mockModule', 'setMock'],
  vi: ['mock', 'doMock'],
  mock: ['module'],
};

/** The modules that a test file puts something else in the place of, as it names them. */
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
  const methods = Object.hasOwn(REPLACING, expression.expression.text)
    ? REPLACING[expression.expression.text]
    : undefined;
  if (!methods?.includes(expression.name.text)) return undefined;
  const [module] = given ?? [];
  // `vi.mock(import('./client'))`.
  const [named] = module && ts.isCallExpression(module) ? module.arguments : [module];
  return named && ts.isStringLiteralLike(named) ? named.text : undefined;
}
