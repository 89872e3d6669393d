import { type Gap, object, text, UNDEFINED, unknown, type Value } from '../evaluate/value.ts';
import { ts } from '../syntax/ts.ts';
import { type Client, type Draft, entries, type Form, type FormCall, type Layer, option } from './client.ts';
import { isOptions, isUndefined, layersOf, ownProperties } from './options.ts';

const TYPE = 'AngularJsHttp';
const WITHOUT_DATA = ['get', 'delete', 'head', 'jsonp'];
const WITH_DATA = ['post', 'put', 'patch'];
const DEFAULTS = ['$http', '$httpProvider'];

/**
 * AngularJS 1.8 (angular/angular.js: src/ng/http.js, httpBackend.js), injected by the name `$http`.
 * Defaults of `common` and of the method stand below the call's headers; `undefined` is not sent, and keeps a
 * default of its name away. Defaults that are set in `run` and `config` blocks are read; interceptors, and
 * what is set elsewhere, leave the headers open.
 */
export const angularJs: Client = {
  name: '$http',
  calls: {
    [`${TYPE}.call`]: (call) => draft(call, call.args[0], undefined, undefined, undefined),
    ...Object.fromEntries(
      WITHOUT_DATA.map((name): [string, Form] => [
        `${TYPE}.${name}`,
        (call) => draft(call, call.args[1], name === 'jsonp' ? 'get' : name, call.args[0], undefined),
      ]),
    ),
    ...Object.fromEntries(
      WITH_DATA.map((name): [string, Form] => [
        `${TYPE}.${name}`,
        (call) => draft(call, call.args[2], name, call.args[0], call.args[1] ?? UNDEFINED),
      ]),
    ),
  },
  library: {
    injected: { $http: () => object([], { type: TYPE, open: OPEN }) },
    types: {
      [TYPE]: {
        methods: Object.fromEntries(
          ['call', ...WITHOUT_DATA, ...WITH_DATA].map((name) => [name, () => undefined]),
        ),
      },
    },
  },
};

const OPEN: Gap = { reason: '$http of AngularJS', name: '$http', names: [] };
const FATES: Omit<Layer, 'value'> = { undefined: 'remove', null: 'text' };
/** A name of the call's in two spellings is set twice, which XMLHttpRequest joins; of the defaults the first is kept. */
const OWN: Omit<Layer, 'value'> = { ...FATES, combines: true };

function draft(
  call: FormCall,
  config: Value | undefined,
  method: string | undefined,
  url: Value | undefined,
  data: Value | undefined,
): Draft | undefined {
  const own = isOptions(config) ? config : undefined;
  const address = url ?? option(call, own, 'url');
  if (isUndefined(address)) return undefined;
  const verb = method === undefined ? option(call, own, 'method') : text(method);
  const body = data ?? option(call, own, 'data');
  return {
    client: '$http',
    url: address,
    method: verb,
    headers: [...defaultsFor(call, method), ...layersOf(call, [own], ['headers'], OWN, ownProperties)],
    query: layersOf(call, [own], ['params'], { undefined: 'drop', null: 'drop' }),
    body,
    objectBody: 'json',
  };
}

// ------------------------------------------------------------------ defaults

function defaultsFor(call: FormCall, method: string | undefined): Layer[] {
  const mentions = DEFAULTS.flatMap((name) => call.mentions(name));
  const found = mentions.flatMap((mention) => defaultOf(call, mention, method) ?? []);
  // Wherever they are set: those of the method stand over the common ones.
  const layers = [...found.filter((each) => each.isCommon), ...found.filter((each) => !each.isCommon)];
  return isComplete(call)
    ? layers
    : [missed('defaults and interceptors that may be set up elsewhere'), ...layers];
}

/** What the app sets for every call, or for those of a method. */
interface Default extends Layer {
  readonly isCommon?: boolean;
}

function missed(reason: string): Layer {
  return { ...FATES, value: unknown(reason, 'headers') };
}

/** `$httpProvider.defaults.headers.common['x-a'] = …`; anything else that is done to the defaults is not followed. */
function defaultOf(call: FormCall, mention: ts.Identifier, method: string | undefined): Default | undefined {
  const { path, end } = chainFrom(mention);
  const [first, second, bucket, name] = path;
  if (first === 'interceptors') return missed('an interceptor of $http');
  if (first !== 'defaults' || second !== 'headers') return undefined;
  const applies = bucket === 'common' || bucket === undefined || bucket === method;
  if (!applies && method !== undefined) return undefined;
  const assigned = ts.isBinaryExpression(end.parent) && end.parent.left === end ? end.parent : undefined;
  const sets = assigned?.operatorToken.kind === ts.SyntaxKind.EqualsToken && isSetUp(assigned);
  if (!assigned || !sets || !applies || bucket === undefined || path.length > 4)
    return missed('defaults of $http that are changed');
  const value = call.evaluator.evaluate(assigned.right, undefined);
  const headers = name === undefined ? value : object(entries({ [name]: value }));
  return { ...FATES, value: headers, isCommon: bucket === 'common' };
}

/** The names behind an identifier, `.a.b['c']`, and the expression that ends there. */
function chainFrom(mention: ts.Identifier): { path: readonly string[]; end: ts.Node } {
  const path: string[] = [];
  let end: ts.Node = mention;
  for (;;) {
    const { parent } = end;
    if (ts.isPropertyAccessExpression(parent) && parent.expression === end) path.push(parent.name.text);
    else if (
      ts.isElementAccessExpression(parent) &&
      parent.expression === end &&
      ts.isStringLiteralLike(parent.argumentExpression)
    )
      path.push(parent.argumentExpression.text);
    else return { path, end };
    end = parent;
  }
}

/** A statement of a function that `run` or `config` is given: it runs once, before all calls. */
function isSetUp(assignment: ts.Node): boolean {
  const statement = assignment.parent;
  const fn = statement.parent?.parent;
  if (!ts.isExpressionStatement(statement) || !fn || !(ts.isFunctionExpression(fn) || ts.isArrowFunction(fn)))
    return false;
  // Also as the last one of a list: `run(['$http', function ($http) { … }])`.
  const given = ts.isArrayLiteralExpression(fn.parent) ? fn.parent : fn;
  const call = given.parent;
  return (
    ts.isCallExpression(call) &&
    ts.isPropertyAccessExpression(call.expression) &&
    ['run', 'config'].includes(call.expression.name.text)
  );
}

/**
 * The place that sets `$http` up is among the files. Scripts are not tied by imports, and each may make a module,
 * so that an app is made somewhere says nothing.
 */
function isComplete({ mentions }: FormCall): boolean {
  return mentions('$httpProvider').length > 0;
}
