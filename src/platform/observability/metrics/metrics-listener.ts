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
      this.answer(request, metricsToken)
        .catch((error: unknown) => {
          this.logger.error('The metrics could not be served', error);
          return { status: 500 };
        })
        .then((answer) => send(response, answer));
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
    token: string,
  ): Promise<Answer> {
    if (method !== 'GET' || url.split('?')[0] !== '/metrics') return { status: 404 };
    if (!hasMetricsToken(headers.authorization, token)) return { status: 401 };
    const read = await this.metrics.read();
    return read ? { status: 200, ...read } : { status: 404 };
  }
}

interface Answer {
  status: number;
  contentType?: string;
  text?: string;
}

function send(response: ServerResponse, { status, contentType, text = '' }: Answer): void {
  response.statusCode = status;
  response.setHeader('Cache-Control', 'no-store');
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (contentType) response.setHeader('Content-Type', contentType);
  response.end(text);
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
