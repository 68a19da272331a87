import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ForwardProxy {
  /** Without user and password. */
  url: string;
  host: string;
  /** HOST:PORT of each CONNECT that was let through. */
  connected: string[];
  /** What each CONNECT that was refused was for. */
  refused: string[];
}

export interface ForwardProxyOptions {
  /** USER:PASSWORD that is asked for; none where undefined. */
  credentials?: string;
  /** The answer to every CONNECT, in place of a connection. */
  status?: number;
  /** Where connections go, by HOST:PORT; as asked where it is not in here. */
  hosts?: Record<string, string>;
}

/** A real forward proxy on loopback, which knows CONNECT and nothing else. */
export async function startForwardProxy(options: ForwardProxyOptions = {}): Promise<ForwardProxy> {
  const server = createServer((_, response) => response.writeHead(405).end());
  const sockets = new Set<Socket>();
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
  };
  const connected: string[] = [];
  const refused: string[] = [];
  server.on('connection', keep);
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    const target = request.url ?? '';
    const status = options.status ?? (isLetIn(request, options) ? 200 : 407);
    if (status !== 200) {
      refused.push(target);
      return client.end(`HTTP/1.1 ${status} No\r\ncontent-length: 0\r\n\r\n`);
    }
    connected.push(target);
    const { hostname, port } = new URL(`http://${options.hosts?.[target] ?? target}`);
    const back = connect(Number(port || 80), hostname, () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      client.pipe(back).pipe(client);
    });
    keep(back);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url: `http://${host}`, host, connected, refused };
}

function isLetIn({ headers }: IncomingMessage, { credentials }: ForwardProxyOptions): boolean {
  const expected = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
  return !expected || headers['proxy-authorization'] === expected;
}
