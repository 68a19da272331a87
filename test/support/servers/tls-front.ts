import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { ServerCertificate } from './certificates.js';

/**
 * A proxy that ends TLS in front of an http server on this machine, which knows nothing of it: addresses in its answers name
 * another scheme, host and port.
 */
export async function startTlsFront(behind: string, { certificate, key }: ServerCertificate) {
  const port = Number(new URL(behind).port);
  const sockets = new Set<Socket>();
  const pem = { cert: readFileSync(certificate), key: readFileSync(key) };
  const server = createServer(pem, (front) => {
    const back = connect(port, '127.0.0.1');
    for (const socket of [front, back]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    }
    front.pipe(back).pipe(front);
  });
  let connections = 0;
  server.on('connection', () => connections++);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const { port: own } = server.address() as AddressInfo;
  return { url: `https://localhost:${own}`, connections: () => connections };
}
