import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';

/** How many requests of each key are allowed in a minute. */
export class MinuteLimit {
  constructor(private readonly limiter: RateLimiterAbstract) {}

  /** Counts one. Returns how long until the next is allowed, in ms; 0 where this one is. */
  async take(key: string | number): Promise<number> {
    try {
      await this.limiter.consume(key);
      return 0;
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      return Math.max(1, error.msBeforeNext);
    }
  }

  /** Allows nothing of the key for so long, in ms. */
  async block(key: string | number, ms: number): Promise<void> {
    await this.limiter.block(key, Math.ceil(ms / 1000));
  }
}
