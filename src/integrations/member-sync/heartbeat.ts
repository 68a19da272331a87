import { setMaxListeners } from 'node:events';
import { Logger } from '@nestjs/common';
import { LeaseLost } from '../runs/run-failure.js';
import type { RunLease } from '../runs/run-lease.js';
import type { RunProgress } from '../runs/run-progress.js';

/** How often a worker extends its lease, and learns if it lost it, in ms. */
const BEAT_EVERY_MS = 1_000;

/** Saves a run's progress every second; its signal aborts when the run must stop. */
export class Heartbeat {
  private readonly logger = new Logger(Heartbeat.name);
  private readonly stopped = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private beating = false;

  constructor(
    private readonly lease: RunLease,
    private readonly progress: RunProgress,
  ) {
    // Each concurrent request listens to it.
    setMaxListeners(0, this.signal);
    this.timer = setInterval(() => void this.beat(), BEAT_EVERY_MS);
  }

  get signal(): AbortSignal {
    return this.stopped.signal;
  }

  abort(reason: Error): void {
    this.stop();
    this.stopped.abort(reason);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** A database failure is ignored, and the next beat tries again: the claim lasts until the lease ends. */
  private async beat(): Promise<void> {
    if (this.beating) return;
    this.beating = true;
    try {
      await this.lease.beat(this.progress.snapshot());
    } catch (error) {
      if (error instanceof LeaseLost) this.abort(error);
      else
        this.logger.warn(
          `Run ${this.lease.run.id} could not save its progress: ${(error as Error).message}`,
        );
    } finally {
      this.beating = false;
    }
  }
}
