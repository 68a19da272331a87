import type { Queue } from 'bull';
import { writeRefusal } from './check-redis.js';
import { InProcessQueue } from './in-process-queue.js';
import { redisCode, redisProblem } from './redis-refusal.js';

/** Whether runs can be queued. */
export class QueueHealth {
  private refused: unknown;

  constructor(private readonly queue: Queue | InProcessQueue) {
    // While the connection is refused repeatedly, a write does not report the refusal.
    if (!(queue instanceof InProcessQueue)) queue.on('error', (error) => this.note(error));
  }

  /** Why Redis answers but takes no jobs; undefined where it takes them, is down, or is not used. */
  async refusal(): Promise<string | undefined> {
    if (this.queue instanceof InProcessQueue) return undefined;
    const refused = await writeRefusal(this.queue);
    if (refused === undefined || redisCode(refused)) this.note(refused);
    return this.refused === undefined ? undefined : redisProblem(this.refused);
  }

  private note(error: unknown): void {
    this.refused = redisCode(error) === undefined ? undefined : error;
  }
}
