import { gapOf, type Value } from '../evaluate/value.ts';
import { nameOf } from '../syntax/bindings.ts';
import { locationOf } from '../syntax/location.ts';
import type { ts } from '../syntax/ts.ts';

/** What is called, in words, when it is no HTTP client: `a function of the project, load() (src/load.ts:3)`. */
export function describeCallee(callee: Value): string {
  switch (callee.kind) {
    case 'function':
      return `a function of the project, ${nameOf(callee.node) ?? 'without a name'}() (${placeOf(callee.node)})`;
    case 'class':
      return `a class of the project, ${nameOf(callee.node) ?? 'without a name'} (${placeOf(callee.node)})`;
    case 'external': {
      const name = callee.path.join('.');
      if (callee.module === '') return `the global ${name}`;
      const what = name === '' ? `package ${callee.module}` : `${name} of package ${callee.module}`;
      return `${what}, which is none of the HTTP clients that fusionlint knows`;
    }
    case 'native':
      return `${callee.name}(), which sends nothing`;
    default:
      return `a function that is not known: ${gapOf(callee).reason}`;
  }
}

function placeOf(node: ts.Node): string {
  const { file, startLine } = locationOf(node);
  return `${file}:${startLine}`;
}
