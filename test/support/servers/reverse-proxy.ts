import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A site that has a server under a path, and another application everywhere else. */
export interface ReverseProxy {
  /** The address of the site. */
  origin: string;
  /** The address of the server. */
  target: string;
  /** What came to the other application, each with its cookies: `/other a=1; b=2`. */
  strays: string[];
}

interface Setup {
  /** '' or the likes of '/rollcall'. */
  path: string;
  /** Whether the path is taken off what the server gets. */
  strips: boolean;
}

/** Listens until the test ends. */
export async function startReverseProxy({ path, strips }: Setup): Promise<ReverseProxy> {
  const proxy: ReverseProxy = { origin: '', target: '', strays: [] };
  const isUnder = (url: string) => url === path || url.startsWith(`${path}/`);
  const server = createServer((incoming, outgoing) => {
    const { url = '/' } = incoming;
    if (!isUnder(url.replace(/\?.*/, ''))) return answerAsAnother(proxy, incoming, outgoing);
    forward(proxy.target + (strips ? url.slice(path.length) : url), incoming, outgoing);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(async () => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  });
  proxy.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return proxy;
}

function answerAsAnother(
  { strays }: ReverseProxy,
  { url, headers }: IncomingMessage,
  outgoing: ServerResponse,
): void {
  strays.push([url, headers.cookie].filter(Boolean).join(' '));
  outgoing.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>Another application</h1>');
}

/** As nginx does where nothing else is said, it names the server's own host to it. */
function forward(address: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { host: _, ...headers } = incoming.headers;
  const passed = request(address, { method: incoming.method ?? 'GET', headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(outgoing);
  });
  passed.on('error', () => outgoing.destroy());
  incoming.pipe(passed);
}
