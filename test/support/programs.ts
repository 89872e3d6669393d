import { createRequire } from 'node:module';
import path from 'node:path';
import querystring from 'node:querystring';
import url from 'node:url';
import util from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { printText } from '../../src/request.ts';
import { callsIn, printFields } from './calls.ts';

/**
 * Small programs that are run as well as read: what `fetch` gets in the run is what must be read. Environment
 * variables are `{NAME}`, so that both print them alike.
 */

const installed = createRequire(import.meta.url);
/** Packages that are installed because others need them; superagent has the newer qs. */
const qs: unknown = createRequire(installed.resolve('superagent'))('qs');
const packages = ['deepmerge', 'extend', 'sprintf-js', 'lodash.clone', 'lodash.clonedeep'];

const modules: Readonly<Record<string, unknown>> = {
  path,
  querystring,
  url,
  util,
  qs,
  ...Object.fromEntries(packages.map((name): [string, unknown] => [name, installed(name)])),
};

type Run = (fetch: unknown, process: unknown, require: (name: string) => unknown) => Promise<void>;
const AsyncFunction = Object.getPrototypeOf(async () => {}).constructor as new (...args: string[]) => Run;

const env = new Proxy({}, { get: (_, name) => `{${String(name)}}` });

/** The requests of a run: URL, then headers as JSON. */
async function requestsOfRun(code: string): Promise<string[]> {
  const requests: string[] = [];
  const fetch = async (target: unknown, init: RequestInit = {}) => {
    requests.push(line(String(target), Object.fromEntries(new Headers(init.headers))));
    return { json: async () => ({}) };
  };
  await new AsyncFunction('fetch', 'process', 'require', code)(fetch, { env }, (name) => modules[name]);
  // Callbacks that timers start have run by then.
  await new Promise((resolve) => setTimeout(resolve, 5));
  return distinct(requests);
}

function requestsRead(code: string): string[] {
  const requests = callsIn({ 'main.js': `${code}\nexport {};` }).flatMap((call) => call.requests);
  return distinct(requests.map((request) => line(printText(request.url), printFields(request.headers))));
}

function line(address: string, headers: Readonly<Record<string, string>>): string {
  const plain = address.replace(/%(?:5B|5D|7B|7D)/g, decodeURIComponent);
  const names = Object.keys(headers).sort();
  return `${plain} ${JSON.stringify(Object.fromEntries(names.map((name) => [name, headers[name]])))}`;
}

function distinct(requests: readonly string[]): string[] {
  return [...new Set(requests)].sort();
}

/** One test for each program. */
export function testRuns(programs: readonly string[]): void {
  for (const code of programs)
    test(code, async () => {
      const run = await requestsOfRun(code);
      assert.ok(run.length > 0, 'the program makes no request');
      assert.equal(requestsRead(code), run);
    });
}

/** One test for each program that can't be run here, or that is not known to the end: what is read of it. */
export function testReadings(programs: Readonly<Record<string, readonly string[]>>): void {
  for (const [code, expected] of Object.entries(programs))
    test(code, () => {
      assert.equal(
        requestsRead(code),
        [...expected].map((each) => (each.includes(' {') ? each : `${each} {}`)).sort(),
      );
    });
}
