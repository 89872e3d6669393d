import { ts } from '../syntax/ts.ts';

/**
 * Destructuring patterns: which property of the whole a name in one takes. `const { a: { b = 1 } } = value`
 * declares `b`, and its way from `value` is `a`, then `b`.
 */

interface PatternStep {
  /** The property taken; undefined when its name is computed. */
  readonly key: string | undefined;
  readonly initializer: ts.Expression | undefined;
  /** For `...rest`: the properties that its neighbours take. */
  readonly rest: readonly string[] | undefined;
  /** For `...rest` of a list: the place where it begins. */
  readonly from?: number | undefined;
}

/** The variable or parameter that a name in a pattern is part of; any other declaration is its own root. */
export function rootOf(declaration: ts.Node): ts.Node {
  let node = declaration;
  while (ts.isBindingElement(node)) node = node.parent.parent;
  return node;
}

/** The way from a pattern's root to one of its names. */
export function pathInPattern(element: ts.BindingElement): readonly PatternStep[] {
  const steps: PatternStep[] = [];
  for (let node: ts.Node = element; ts.isBindingElement(node); node = node.parent.parent)
    steps.unshift(stepOf(node));
  return steps;
}

function stepOf(element: ts.BindingElement): PatternStep {
  const { parent: pattern, initializer } = element;
  if (ts.isArrayBindingPattern(pattern)) {
    const index = pattern.elements.indexOf(element);
    return element.dotDotDotToken
      ? { key: undefined, initializer, rest: [], from: index }
      : { key: String(index), initializer, rest: undefined };
  }
  if (!element.dotDotDotToken) return { key: keyOf(element), initializer, rest: undefined };
  const others = pattern.elements.filter((each) => each !== element);
  return { key: undefined, initializer, rest: others.map((each) => keyOf(each) ?? '') };
}

/** The property that an element of a pattern takes. */
export function keyOf({ propertyName, name }: ts.BindingElement): string | undefined {
  if (!propertyName) return ts.isIdentifier(name) ? name.text : undefined;
  const key = ts.isComputedPropertyName(propertyName) ? propertyName.expression : propertyName;
  if (ts.isStringLiteralLike(key)) return key.text;
  return key === propertyName && ts.isIdentifier(key) ? key.text : undefined;
}
