import { Agent } from 'undici';
import type { Clock } from '../clock.js';
import { Random } from '../random.js';
import { deliver, type Reception, UNREACHABLE } from './hook-request.js';
import type { Emission } from './hooks.js';

/** What happens to deliveries on their way. Chances are from 0 to 1. */
export interface HookNetwork {
  /** How much later each is sent, in milliseconds. */
  readonly lateMs?: number;
  /** Those that wait together are sent in another order. Exact with `parallel: 1`. */
  readonly shuffled?: boolean;
  /** How many are sent at a time. Default: 8. */
  readonly parallel?: number;
  /** The chance to be sent twice. */
  readonly twice?: number;
  /** The chance to be lost without a trace: GitHub does not list it. */
  readonly lost?: number;
  /** The chance not to arrive, which GitHub lists as a failure. */
  readonly failed?: number;
  /** The chance of a signature by another secret. */
  readonly forged?: number;
  /** When GitHub stops waiting, in milliseconds. Default: 10,000. */
  readonly timeoutMs?: number;
}

/** Above 32 bits, as GitHub's are. */
const FIRST_DELIVERY = 30_000_000_001;

/** Sends events to hooks: each once, and never again by itself. */
export class HookSender {
  network: HookNetwork = {};
  private readonly agent = new Agent({ connections: 32 });
  private readonly random: Random;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly queue: Emission[] = [];
  private readonly waiting: (() => void)[] = [];
  private sending = 0;
  private nextDelivery = FIRST_DELIVERY;
  private isStopped = false;

  /** @param seed decides what the chances of the network come to */
  constructor(
    private readonly clock: Clock,
    seed = 1,
  ) {
    this.random = new Random(seed);
  }

  send(emission: Emission): void {
    const { lost = 0, twice = 0 } = this.network;
    if (this.isStopped || this.random.chance(lost)) return;
    const times = this.random.chance(twice) ? 2 : 1;
    for (let count = 0; count < times; count++) this.postpone(emission);
  }

  /** Settles when nothing is left to send. */
  async idle(): Promise<void> {
    if (this.isIdle) return;
    await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** Drops what waits, and cuts what is being sent. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.queue.length = 0;
    await this.agent.destroy();
    this.settle();
  }

  private get isIdle(): boolean {
    return this.timers.size + this.queue.length + this.sending === 0;
  }

  private postpone(emission: Emission): void {
    const { lateMs = 0 } = this.network;
    if (lateMs === 0) this.enqueue(emission);
    else this.later(lateMs, () => this.enqueue(emission));
  }

  private later(milliseconds: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      act();
    }, milliseconds);
    this.timers.add(timer);
  }

  /** Sends it when the caller is done, so that what happens at once waits together. */
  private enqueue(emission: Emission): void {
    this.queue.push(emission);
    setImmediate(() => this.pump());
  }

  private pump(): void {
    const { parallel = 8 } = this.network;
    while (this.sending < parallel && this.queue.length > 0) {
      this.sending += 1;
      void this.attempt(this.next()).finally(() => {
        this.sending -= 1;
        this.pump();
        this.settle();
      });
    }
  }

  private next(): Emission {
    const last = this.queue.length - 1;
    const index = this.network.shuffled ? this.random.between(0, last) : 0;
    return this.queue.splice(index, 1)[0] as Emission;
  }

  private async attempt(emission: Emission): Promise<void> {
    const start = performance.now();
    const reception = await this.reception(emission);
    const { hook, ...about } = emission;
    hook.record({
      ...about,
      ...reception,
      id: this.nextDelivery++,
      deliveredAt: this.clock.now(),
      duration: Math.round(performance.now() - start) / 1000,
    });
  }

  private async reception(emission: Emission): Promise<Reception> {
    const { failed = 0, forged = 0, timeoutMs = 10_000 } = this.network;
    const fate = { forged: this.random.chance(forged), timeoutMs, dispatcher: this.agent };
    return this.random.chance(failed) ? UNREACHABLE : deliver(emission, fate);
  }

  private settle(): void {
    if (!this.isIdle) return;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
