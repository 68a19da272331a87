import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerCertificate } from './certificates.js';
import { freePort } from './free-port.js';
import { ServerProcess } from './server-process.js';

/** How many databases a test Redis has; number 0 counts which were handed out. */
export const databases = 512;

/** A Redis of one's own on a loopback port. It keeps nothing over a restart. */
export class Redis {
  private constructor(
    readonly url: string,
    private readonly folder: string,
    private readonly server: ServerProcess,
  ) {}

  /** @param tls makes it speak nothing but TLS */
  static async start(tls?: ServerCertificate): Promise<Redis> {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-redis-'));
    const port = await freePort();
    const server = new ServerProcess(
      [...command(folder), ...listen(port, tls)],
      /Ready to accept connections/,
    );
    await server.start();
    return new Redis(`${tls ? 'rediss' : 'redis'}://127.0.0.1:${port}`, folder, server);
  }

  /** Ends the server as an operator would, and starts it again, empty, on its port. */
  restart(): Promise<void> {
    return this.server.restart();
  }

  /** Ends the server as a crash would. `restart` brings it back. */
  kill(): Promise<void> {
    return this.server.end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.server.end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }
}

const command = (folder: string): string[] => [
  ...['redis-server', '--bind', '127.0.0.1', '--dir', folder],
  ...['--databases', `${databases}`, '--save', '', '--appendonly', 'no'],
];

const listen = (port: number, tls: ServerCertificate | undefined): string[] =>
  tls
    ? [
        ...['--port', '0', '--tls-port', `${port}`, '--tls-auth-clients', 'no'],
        ...['--tls-cert-file', tls.certificate, '--tls-key-file', tls.key],
      ]
    : ['--port', `${port}`];
