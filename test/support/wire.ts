import { symlinkSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { folderWith, writeFiles } from './folder.ts';

/** A request as the server saw it. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Wire {
  /** `http://127.0.0.1:1234`. */
  readonly origin: string;
  /** Runs a module and answers what arrived; nothing does when the client refuses. */
  run(
    code: string,
    language?: string,
  ): Promise<{ readonly arrivals: readonly Arrival[]; readonly error: unknown }>;
  close(): void;
}

/** A local server, and a folder in which modules find the installed packages. */
export async function openWire(): Promise<Wire> {
  const folder = folderWith({ 'package.json': '{ "type": "module" }' });
  symlinkSync(
    path.resolve(import.meta.dirname, '../../node_modules'),
    path.join(folder, 'node_modules'),
    'junction',
  );
  let arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(`http://host${request.url}`);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      arrivals.push({
        method: request.method ?? '',
        path: pathname,
        query: [...searchParams],
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      response.setHeader('connection', 'close').setHeader('content-type', 'application/json').end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let count = 0;
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async run(code, language = 'js') {
      arrivals = [];
      const file = `case-${++count}.${language}`;
      writeFiles(folder, { [file]: code });
      // Kept, not answered: what jQuery rejects with would be awaited in its turn.
      let error: unknown;
      await import(pathToFileURL(path.join(folder, file)).href).catch((reason: unknown) => {
        error = reason;
      });
      return { arrivals, error };
    },
    close: () => server.close(),
  };
}
