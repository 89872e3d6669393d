import { nameOf } from '../../syntax/bindings.ts';
import { ts } from '../../syntax/ts.ts';
import { type Gap, object } from '../value.ts';
import type { Library } from './natives.ts';

/** The parts of a provider that may bring a function of their own, `request`. */
const ENDPOINTS = new Set(['token', 'userinfo']);

/**
 * Auth.js (next-auth 4 and 5): the `request` of a provider's endpoint is given the provider that it stands in,
 * besides what only the login knows (packages/core/src/providers/oauth.ts, `EndpointRequest`).
 */
export const authJs: Library = {
  configured: (evaluator, fn, index) => {
    const provider = index === 0 && nameOf(fn) === 'request' ? providerAround(fn) : undefined;
    if (!provider) return undefined;
    const open: Gap = { reason: 'what Auth.js hands to request()', name: 'context', names: [] };
    return object([['provider', { value: evaluator.evaluate(provider, undefined), always: true }]], { open });
  },
};

/** `{ type: 'oauth', userinfo: { request } }`. */
function providerAround(fn: ts.Node): ts.ObjectLiteralExpression | undefined {
  const property = ts.isPropertyAssignment(fn.parent) ? fn.parent : fn;
  const endpoint = property.parent.parent;
  if (!endpoint || !ts.isPropertyAssignment(endpoint) || !ENDPOINTS.has(nameOf(endpoint) ?? ''))
    return undefined;
  const { parent: provider } = endpoint;
  return provider.properties.some(isType) ? provider : undefined;
}

function isType(property: ts.ObjectLiteralElementLike): boolean {
  if (!ts.isPropertyAssignment(property) || nameOf(property) !== 'type') return false;
  let value = property.initializer;
  while (ts.isAsExpression(value)) value = value.expression;
  return ts.isStringLiteral(value) && /^(?:oauth|oidc)$/.test(value.text);
}
