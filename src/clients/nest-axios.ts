import { apply } from '../evaluate/calls.ts';
import type { Evaluator } from '../evaluate/evaluator.ts';
import { instanceOf } from '../evaluate/instances.ts';
import { member } from '../evaluate/members.ts';
import { choice, object, optionsOf, unknown, type Value } from '../evaluate/value.ts';
import { ts } from '../syntax/ts.ts';
import { axios, defaultsFrom, instance } from './axios.ts';
import { type Client, entries, type Form, type FormCall } from './client.ts';

const SERVICE = 'NestHttpService';
const INSTANCE = 'NestAxios';
const MODEL = axios.library?.types?.axios ?? {};

/**
 * `HttpService` of @nestjs/axios, known by the type of the field or parameter that it is injected into: axios
 * positions, on the instance `axiosRef` that the module's `HttpModule.register(config)` makes.
 */
export const nestAxios: Client = {
  name: '@nestjs/axios',
  calls: Object.fromEntries(
    Object.entries(axios.calls ?? {}).flatMap(([key, form]): [string, Form][] => {
      const name = key.slice('axios.'.length);
      return [SERVICE, INSTANCE].map((type) => [
        `${type}.${name}`,
        (call) => form({ ...call, self: instanceFor(call) }),
      ]);
    }),
  ),
  library: {
    typed: {
      '@nestjs/axios#HttpService': service,
      '@nestjs/common#HttpService': service,
    },
    types: {
      [SERVICE]: {
        methods: Object.fromEntries(Object.keys(MODEL.methods ?? {}).map((name) => [name, () => undefined])),
      },
      [INSTANCE]: MODEL,
    },
  },
};

function service(): Value {
  return object(entries({ axiosRef: { ...instance(object()), type: INSTANCE } }), { type: SERVICE });
}

/** The axios instance behind a service: the module's configuration, and what the code set on `axiosRef`. */
function instanceFor(call: FormCall): Value {
  const [self] = call.self ? optionsOf(call.self) : [];
  const held = self?.kind === 'object' && self.type === SERVICE ? self.entries.get('axiosRef')?.value : self;
  const own = held?.kind === 'object' ? held : instance(object());
  const configs = configsOf(call);
  const config =
    configs.length > 1 ? unknown('one of several HttpModule configurations', 'config') : configs[0];
  const made = instance(defaultsFrom(own, config));
  const interceptors = own.entries.get('interceptors')?.value;
  return { ...made, entries: new Map([...made.entries, ...entries({ interceptors })]) };
}

/** `HttpModule.register({ … })` and `registerAsync({ useFactory })`, or `useClass`, in the files at hand. */
function configsOf({ evaluator, mentions }: FormCall): Value[] {
  return mentions('HttpModule').flatMap(({ parent }): Value[] => {
    const made = parent.parent;
    if (!ts.isPropertyAccessExpression(parent) || !ts.isCallExpression(made) || made.expression !== parent)
      return [];
    const [argument] = made.arguments;
    const given = argument && evaluator.evaluate(argument, undefined);
    if (parent.name.text === 'register') return given ? [given] : [];
    return parent.name.text === 'registerAsync' ? [fromFactory(evaluator, given, made)] : [];
  });
}

function fromFactory(evaluator: Evaluator, options: Value | undefined, node: ts.Node): Value {
  const given = (name: string) => (options?.kind === 'object' ? options.entries.get(name)?.value : undefined);
  const cls = given('useClass');
  const factory =
    cls?.kind === 'class'
      ? member(evaluator, instanceOf(cls), 'createHttpOptions', node, undefined)
      : given('useFactory');
  const answers = factory ? optionsOf(factory) : [];
  return choice(
    answers.length === 0
      ? [unknown('an HttpModule configuration', 'config')]
      : answers.map((each) =>
          each.kind === 'function'
            ? apply(evaluator, each, [], undefined, undefined)
            : unknown('an HttpModule configuration', 'config'),
        ),
  );
}
