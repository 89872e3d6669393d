import { test } from 'node:test';
import { testRule } from 'fusionlint/testing';
import rule from './no-plain-http.ts';

test('no-plain-http', () =>
  testRule(rule, {
    services: { billing: { contract: { title: 'Billing', hosts: ['billing.example.com'] } } },
    violation: [
      "fetch('http://fusion.adobe.io/api/v3/teams');",
      { code: "fetch('http://billing.example.com/invoices');", says: 'Call https://billing.example.com.' },
      {
        code: {
          'http.ts': "export const BASE = 'http://billing.example.com';",
          'invoices.ts': "import { BASE } from './http';\nfetch(BASE + '/invoices');",
        },
        says: /^Billing is called over http/,
      },
    ],
    satisfied: ["fetch('https://billing.example.com/invoices');"],
    unknown: [{ code: 'fetch(process.env.FUSIONAUTH_URL + "/api/user/1");', says: 'how the URL starts' }],
    silent: ["fetch('http://localhost:9011/api/user/1');", "fetch('http://example.com/invoices');"],
  }));
