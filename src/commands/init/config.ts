import { page } from '../../docs.ts';
import type { FoundService, Survey } from './survey.ts';

export const CONFIG = 'fusionlint.config.mjs';

/** The text of a configuration that says what was found, with comments on what else there is to say. */
export function configText({ services, tests }: Survey): string {
  return [
    `// What fusionlint checks, and how: ${page('docs/configuration.md')}`,
    '',
    "/** @type {import('fusionlint').UserConfig} */",
    'export default {',
    '  // Files to leave out, in gitignore syntax. What git ignores is left out anyway.',
    ...(tests.length > 0
      ? ['  // Some tests call a service:', `  // exclude: ${list(tests)},`]
      : ["  // exclude: ['scripts/'],"]),
    '',
    '  services: {',
    ...services.flatMap(serviceLines),
    ...(services.some(({ id }) => id === 'fusionauth') ? [] : EXAMPLE),
    '  },',
    '',
    '  // Severity of rules: error, warn or off. `fusionlint rules` lists them.',
    '  rules: {},',
    '};',
    '',
  ].join('\n');
}

function serviceLines({ id, title, hosts, environment }: FoundService): string[] {
  const settings = [
    ...(hosts.length > 0
      ? [`      // Hosts of ${title} besides the known ones.`, `      hosts: ${list(hosts)},`]
      : []),
    ...(environment.length > 0
      ? ['      // Environment variables that hold its base URL.', `      environment: ${list(environment)},`]
      : []),
    ...(id === 'fusionauth'
      ? [
          '      // Where it stands below a path: the base URL.',
          "      // baseUrls: ['https://example.com/auth'],",
          '      // With more than one tenant, calls must name theirs.',
          '      // multiTenant: true,',
        ]
      : []),
  ];
  const key = /^\w+$/.test(id) ? id : `'${id}'`;
  return settings.length === 0 ? [] : [`    ${key}: {`, ...settings, '    },'];
}

/** FusionAuth is run on hosts of one's own, which a run can't know. */
const EXAMPLE = [
  '    // fusionauth: {',
  "    //   hosts: ['auth.example.com'],",
  "    //   environment: ['FUSIONAUTH_URL'],",
  '    //   multiTenant: true,',
  '    // },',
];

function list(items: readonly string[]): string {
  return `[${items.map((each) => `'${each}'`).join(', ')}]`;
}
