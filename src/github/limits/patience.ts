import { setTimeout as delay } from 'node:timers/promises';

const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 4_000;

/**
 * How long passing faults are borne: all the time in which GitHub was in trouble adds up, whatever number of requests
 * met it, and when `limit` ms of it are spent nothing is tried again.
 */
export class Patience {
  private spent = 0;
  private troubledSince: number | undefined;

  constructor(
    private readonly limit: number,
    private readonly signal?: AbortSignal,
  ) {}

  /** A request went well: the trouble, if there was any, is over. */
  restore(): void {
    this.spent = this.used();
    this.troubledSince = undefined;
  }

  /** Waits before try number `tries + 1`; false where no patience is left. */
  async bear(tries: number): Promise<boolean> {
    this.troubledSince ??= performance.now();
    const left = this.limit - this.used();
    const pause = Math.min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE);
    if (pause >= left) return false;
    await delay(pause * (0.75 + Math.random() / 2), undefined, { signal: this.signal });
    return true;
  }

  private used(): number {
    const now = this.troubledSince === undefined ? 0 : performance.now() - this.troubledSince;
    return this.spent + now;
  }
}
