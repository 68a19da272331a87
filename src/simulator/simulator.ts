import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer.js';
import { isGraphql, readRequest, type SimRequest } from './exchange.js';
import { type Outcome, pause } from './fault-effects.js';
import { Faults } from './faults.js';
import { Gate, type GateOptions } from './gate.js';
import { HookSender } from './hooks/hook-sender.js';
import { RequestLog } from './request-log.js';
import { send } from './send.js';
import { Service } from './service.js';
import { World } from './world.js';

export interface SimulatorOptions extends GateOptions {
  readonly world?: World;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** How long every answer takes at least, in milliseconds. Default: 0. */
  readonly restLatencyMs?: number;
  readonly graphqlLatencyMs?: number;
  /** False plays an Enterprise Server without rate limits. Default: true. */
  readonly rateLimits?: boolean;
  /** How far the simulated clock is ahead of this machine's, in milliseconds; negative where behind. Default: 0. */
  readonly clockAheadMs?: number;
  /** Which fate faults and webhooks with a chance have. Default: 1. */
  readonly faultSeed?: number;
  /** How many of the newest requests the log keeps at least; it counts them all. Default: every one. */
  readonly mostLogEntries?: number;
}

/**
 * A GitHub to try and test against: REST and GraphQL on 127.0.0.1, in the layout of github.com (`url`, `url/graphql`)
 * and of an Enterprise Server (`url/api/v3`, `url/api/graphql`).
 */
export class Simulator {
  readonly requests: RequestLog;
  readonly faults: Faults;
  /** Sends the webhooks of the world, and plays a bad network between. */
  readonly hooks: HookSender;
  private readonly gate: Gate;
  private readonly service: Service;
  private readonly failures: unknown[] = [];
  private answered = 0;

  private constructor(
    readonly world: World,
    readonly url: string,
    private readonly server: Server,
    private readonly options: SimulatorOptions,
  ) {
    world.clock.aheadMs += options.clockAheadMs ?? 0;
    this.faults = new Faults(world.clock, options.faultSeed);
    this.hooks = new HookSender(world.clock, options.faultSeed);
    world.hooks.send = (emission) => this.hooks.send(emission);
    this.gate = new Gate(world, options);
    this.requests = new RequestLog(options.mostLogEntries);
    this.service = new Service(world, options.rateLimits ?? true);
    server.on('request', (incoming, response) => void this.handle(incoming, response));
  }

  /** @throws Error (`EADDRINUSE`) when the port is taken */
  static async start(options: SimulatorOptions = {}): Promise<Simulator> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;
    return new Simulator(options.world ?? new World(), `http://127.0.0.1:${port}`, server, options);
  }

  /**
   * Lets go what is held, and cuts every connection.
   * @throws Error when a callback of a fault threw, or the simulator itself did: such a run proved nothing
   */
  async stop(): Promise<void> {
    this.faults.clear();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
    await this.hooks.stop();
    const [cause] = this.failures;
    if (cause !== undefined) throw new Error('The simulator failed to answer', { cause });
  }

  /** How many requests a secondary limit refused. */
  get secondaryLimited(): number {
    return this.gate.secondaryLimited;
  }

  /** How many requests came from somebody who was told to wait, by a limit or by a fault that plays one. */
  get impatient(): number {
    return this.gate.impatient;
  }

  private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    this.requests.arrived();
    const request = await readRequest(incoming, this.url).catch(() => undefined);
    if (!request) {
      // The client went away before its request was whole.
      response.destroy();
      return this.log({ method: incoming.method ?? '', path: incoming.url ?? '' }, 0);
    }
    await this.respond(request, response).catch((error: unknown) => {
      this.failures.push(error);
      response.destroy();
      this.log(request, 0);
    });
  }

  private async respond(request: SimRequest, response: ServerResponse): Promise<void> {
    const { refusal, leave } = this.gate.enter(request);
    let told: Answer | undefined;
    try {
      await this.latency(request);
      const fault = await this.faults.strike(request);
      if (fault.cut === 'at once') {
        response.destroy();
        return this.log(request, 0);
      }
      const { answer, login, charged } = this.service.serve(request, fault, refusal);
      told = answer;
      await this.send(response, answer, fault);
      this.log(request, fault.cut ? 0 : answer.status, login, charged);
    } finally {
      leave(told);
    }
  }

  private async latency(request: SimRequest): Promise<void> {
    const { restLatencyMs = 0, graphqlLatencyMs = 0 } = this.options;
    const milliseconds = isGraphql(request) ? graphqlLatencyMs : restLatencyMs;
    if (milliseconds > 0) await pause(milliseconds);
  }

  private send(response: ServerResponse, answer: Answer, fault: Outcome): Promise<void> {
    this.answered += 1;
    const headers = {
      date: new Date(this.world.clock.now()).toUTCString(),
      'content-type': 'application/json; charset=utf-8',
      'x-github-request-id': requestId(this.answered),
      'x-github-media-type': 'github.v3; format=json',
    };
    const { bodyMs } = fault;
    return send(response, answer, { cut: fault.cut === 'midway', bodyMs, headers });
  }

  private log(
    { method, path }: { method: string; path: string },
    status: number,
    login: string | null = null,
    charged = false,
  ): void {
    this.requests.answered({ method, path, status, login, charged });
  }
}

function requestId(count: number): string {
  return `51A0:${count.toString(16).toUpperCase().padStart(6, '0')}`;
}
