const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Our own waits grow up to this, in ms. GitHub may ask for more. */
const MAX_GROWN_PAUSE_MS = 15 * MINUTE;

/** Consecutive refusals by one rate limit. Times are in ms of a monotonic clock. */
export class Refusals {
  /** No request before this time. */
  blockedUntil = 0;
  private inARow = 0;

  /**
   * A request was refused. A refusal after the end of the previous wait doubles the minimum wait, because `retry-after: 0`
   * and a reset of now could otherwise repeat without end.
   * @param told how long GitHub says to wait, in ms; undefined or NaN if it does not say
   */
  add(told: number | undefined, now: number): void {
    const wait = Number.isFinite(told) ? told : undefined;
    // Concurrent requests that are refused by the same limit count as one refusal.
    const shortest = now < this.blockedUntil ? 0 : this.grow(wait === undefined ? MINUTE : SECOND);
    this.blockedUntil = Math.max(this.blockedUntil, now + Math.max(wait ?? 0, shortest));
  }

  /** A request was answered. */
  end(now: number): void {
    if (now >= this.blockedUntil) this.inARow = 0;
  }

  private grow(first: number): number {
    return Math.min(first * 2 ** this.inARow++, MAX_GROWN_PAUSE_MS);
  }
}
