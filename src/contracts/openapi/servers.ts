import { entriesOf, listOf, type Node, nodeOf } from './document.ts';

/** Where the operations below some `servers` are: each path behind each of the bases, at each host. */
export interface Servers {
  /** As a contract writes hosts. */
  readonly hosts: readonly string[];
  /** `/v1`, or '' for the root. */
  readonly bases: readonly string[];
}

/** More values of a variable than this are written as a pattern. */
const MAX_VALUES = 8;

/** A list of servers; a server without a host gives a base only. An absent list stands for `/`. */
export function readServers(servers: unknown): Servers {
  const urls = listOf(servers).flatMap((each) => urlsOf(nodeOf(each)));
  const hosts = new Set<string>();
  const bases = new Set<string>();
  for (const url of urls.length > 0 ? urls : ['/']) {
    const [, host, path = ''] = /^(?:[\w+.-]*:?\/\/([^/?#]*))?([^?#]*)/.exec(url) ?? [];
    if (host) hosts.add(patternOf(host));
    bases.add(path.replace(/\/+$/, '').replace(/^(?=[^/])/, '/'));
  }
  return { hosts: [...hosts].filter((host) => host !== ''), bases: [...bases] };
}

/** The URLs that a server's variables make; in the host, a variable with many values stays as it is. */
function urlsOf(server: Node | undefined): string[] {
  if (typeof server?.url !== 'string') return [];
  const variables = new Map(entriesOf(server.variables).map(([name, value]) => [name, nodeOf(value)]));
  let urls = [server.url.trim()];
  for (const [name, variable] of variables) {
    const values = listOf(variable?.enum).filter((value) => typeof value === 'string');
    const inHost = urls.some((url) => /^[\w+.-]*:?\/\/[^/?#]*/.exec(url)?.[0].includes(`{${name}}`));
    if (values.length > 0 && values.length <= MAX_VALUES)
      urls = urls.flatMap((url) => values.map((value) => url.replaceAll(`{${name}}`, value)));
    else if (!inHost || isWhole(urls, name))
      urls = urls.map((url) => url.replaceAll(`{${name}}`, String(variable?.default ?? '')));
  }
  return [...new Set(urls)];
}

/** The variable is the scheme, the whole host or its end: a pattern of it would fit any host. */
function isWhole(urls: readonly string[], name: string): boolean {
  return urls.some(
    (url) =>
      url.startsWith(`{${name}}`) || new RegExp(`\\{${escaped(name)}\\}(?::\\d+)?(?:[/?#]|$)`).test(url),
  );
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** Without user and usual port; variables become `*`, and '' where the end of the host is open. */
function patternOf(host: string): string {
  const pattern = host
    .replace(/^.*@/, '')
    .replace(/\{[^}]*\}/g, '*')
    .replace(/:(?:80|443|\*)$/, '')
    .toLowerCase();
  return /^(?:\*\.)?(?:[\w*-]+\.)*[\w-]+(?::\d+)?$/.test(pattern) ? pattern : '';
}
