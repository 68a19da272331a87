import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  OnApplicationBootstrap,
} from '@nestjs/common';
import type { Config } from '../../../config/config.js';
import { CONFIG } from '../../../config/config.module.js';
import { CommandError } from '../../process/command-error.js';
import { Metrics } from './metrics.js';
import { hasMetricsToken } from './metrics-access.js';

/** Serves the metrics of a worker, which has no web, on METRICS_PORT. */
@Injectable()
export class MetricsListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('Metrics');
  private server: Server | undefined;

  constructor(
    private readonly metrics: Metrics,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { host, observability } = this.config;
    const { metricsPort, metricsToken } = observability;
    if (metricsPort === undefined || metricsToken === undefined) return;
    const server = createServer((request, response) => {
      this.answer(request, response, metricsToken).catch((error: unknown) => {
        this.logger.error('The metrics could not be served', error);
        response.writeHead(500).end();
      });
    });
    await listening(server, metricsPort, host);
    this.server = server;
    const { port } = server.address() as AddressInfo;
    this.logger.log(`The metrics are on port ${port} of ${host}`, { port });
  }

  beforeApplicationShutdown(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async answer(
    { method, url = '', headers }: IncomingMessage,
    response: ServerResponse,
    token: string,
  ): Promise<void> {
    const isKnown = method === 'GET' && url.split('?')[0] === '/metrics';
    if (!isKnown) return void response.writeHead(404).end();
    if (!hasMetricsToken(headers.authorization, token))
      return void response.writeHead(401, { 'WWW-Authenticate': 'Bearer' }).end();
    const read = await this.metrics.read();
    if (!read) return void response.writeHead(404).end();
    const { contentType, text } = read;
    response.writeHead(200, { 'Content-Type': contentType, 'Cache-Control': 'no-store' }).end(text);
  }
}

/** @throws CommandError that names the variable */
const listening = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const problem = `METRICS_PORT ${port} of ${host} cannot be used (${cause.code}).`;
      reject(new CommandError(`${problem} Set METRICS_PORT to a free port.`, { cause }));
    });
    server.listen(port, host, resolve);
  });
