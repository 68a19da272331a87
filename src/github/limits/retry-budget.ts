import { setTimeout as delay } from 'node:timers/promises';

const FIRST_PAUSE_MS = 200;
const MAX_PAUSE_MS = 4_000;

/**
 * The total time spent on transient failures before the run fails. Time counts once, no matter how many requests fail
 * in it. After `limit` ms nothing is tried again.
 */
export class RetryBudget {
  private spent = 0;
  private troubledSince: number | undefined;

  constructor(
    private readonly limit: number,
    private readonly signal?: AbortSignal,
  ) {}

  /** Whether the latest requests failed. */
  get isRetrying(): boolean {
    return this.troubledSince !== undefined;
  }

  /** A request succeeded, so a period of failures is over. */
  recordSuccess(): void {
    this.spent = this.used();
    this.troubledSince = undefined;
  }

  /** Waits before try number `tries + 1`; false if the budget is spent. */
  async waitForRetry(tries: number): Promise<boolean> {
    this.troubledSince ??= performance.now();
    const left = this.limit - this.used();
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (tries - 1), MAX_PAUSE_MS);
    if (pause >= left) return false;
    await delay(pause * (0.75 + Math.random() / 2), undefined, { signal: this.signal });
    return true;
  }

  private used(): number {
    const now = this.troubledSince === undefined ? 0 : performance.now() - this.troubledSince;
    return this.spent + now;
  }
}
