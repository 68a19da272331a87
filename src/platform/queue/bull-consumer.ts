import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessPromiseFunction, Queue } from 'bull';
import type { RedisTroubles } from './redis-troubles.js';

/** How long to wait before processing is started again, in ms. */
const RETRY_AFTER_MS = 2_000;

/** Processes a queue until it is closed. Where Redis refuses the start, it tries again. */
export class BullConsumer<T> {
  private readonly closing = new AbortController();
  private queue: Queue<T> | undefined;

  constructor(
    private readonly open: () => Queue<T>,
    private readonly troubles: RedisTroubles,
  ) {}

  start(concurrency: number, handler: ProcessPromiseFunction<T>): void {
    this.process(concurrency, handler).catch(this.troubles.tell);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.closeQueue();
  }

  /** Bull rejects where a connection fails while it closes. It closes only once, even then. */
  private async closeQueue(): Promise<void> {
    const { queue } = this;
    this.queue = undefined;
    if (!queue) return;
    const closed = queue.close().catch(this.troubles.tell);
    setImmediate(() => endBlockingCall(queue));
    await closed;
  }

  private async process(concurrency: number, handler: ProcessPromiseFunction<T>): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      const queue = this.open();
      this.queue = queue;
      // Bull also rejects where the queue is closed before it has connected.
      const failed = await queue.process(concurrency, handler).then(
        () => undefined,
        (error: unknown) => error,
      );
      if (failed === undefined || signal.aborted) return;
      this.troubles.tell(failed);
      await this.closeQueue();
      await delay(RETRY_AFTER_MS, undefined, { signal }).catch(() => undefined);
    }
  }
}

/** Bull marks the connection on which it waits for jobs. */
type BullClient = Queue['client'] & { blocked?: boolean };

/**
 * Cuts the connection on which Bull waits for a job, once it has paused: QUIT waits behind the blocking call, and Bull
 * itself cuts it only after half a second.
 */
function endBlockingCall({ clients }: Queue): void {
  for (const client of clients as BullClient[]) if (client.blocked) client.disconnect();
}
