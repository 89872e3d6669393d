import { contracts } from '../../contracts/index.ts';
import type { CallSite, Finding, Result } from '../../request.ts';

/** What a run without a configuration finds of a service. */
export interface FoundService {
  readonly id: string;
  readonly title: string;
  readonly calls: number;
  /** Hosts that the service is called at, besides its own and those of the machine itself. */
  readonly hosts: readonly string[];
  /** Environment variables that its URLs begin with. */
  readonly environment: readonly string[];
}

export interface Survey {
  readonly services: readonly FoundService[];
  readonly errors: number;
  readonly warnings: number;
  /** Patterns of tests that call a service. */
  readonly tests: readonly string[];
}

export function surveyOf({ callSites, findings }: Result): Survey {
  const count = (severity: Finding['severity']) =>
    findings.filter((each) => each.severity === severity).length;
  return {
    services: contracts.flatMap((contract) => {
      const calls = callSites.filter(({ service }) => service === contract.id);
      const own = [...contract.hosts, ...(contract.otherHosts ?? [])];
      const hosts = distinct(calls.flatMap(hostOf)).filter(
        (host) => !own.some((each) => matches(each, host)),
      );
      const environment = distinct(calls.flatMap(variableOf));
      return calls.length === 0
        ? []
        : [{ id: contract.id, title: contract.title, calls: calls.length, hosts, environment }];
    }),
    errors: count('error'),
    warnings: count('warn'),
    tests: TESTS.filter(({ file }) => callSites.some(({ location }) => file.test(location.file))).map(
      ({ pattern }) => pattern,
    ),
  };
}

const TESTS: readonly { readonly pattern: string; readonly file: RegExp }[] = [
  { pattern: '**/*.{test,spec}.*', file: /\.(?:test|spec)\.\w+$/ },
  { pattern: '__tests__/', file: /(?:^|\/)__tests__\// },
  { pattern: '__mocks__/', file: /(?:^|\/)__mocks__\// },
  { pattern: 'test/', file: /(?:^|\/)test\// },
  { pattern: 'tests/', file: /(?:^|\/)tests\// },
  { pattern: 'e2e/', file: /(?:^|\/)e2e\// },
  { pattern: 'cypress/', file: /(?:^|\/)cypress\// },
];

/** The machine itself is recognised without a configuration. */
const LOCAL = /^(?:localhost|127\.|0\.0\.0\.0|\[)/;

/** As the configuration takes one: a name, and a port where it is not the usual one. */
const HOST = /^[\w-]+(?:\.[\w-]+)*(?::\d+)?$/;

function hostOf({ url }: CallSite): string[] {
  const host = /^https?:\/\/([^/?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';
  return HOST.test(host) && !LOCAL.test(host) ? [host] : [];
}

/** `{AUTH_URL}/api/user`; a name that is written otherwise is a parameter, or a variable of the code. */
function variableOf({ url }: CallSite): string[] {
  const name = /^(?:https?:\/\/)?\{([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)\}/.exec(url)?.[1];
  return name === undefined ? [] : [name];
}

function matches(pattern: string, host: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}(?::\\d+)?$`).test(host);
}

function distinct(items: readonly string[]): string[] {
  return [...new Set(items)].sort();
}
