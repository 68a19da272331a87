const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** Waits do not grow beyond this, in ms. GitHub may ask for more. */
const MAX_GROWN_PAUSE_MS = 15 * MINUTE;

/** Refusals in a row by one rate limit. Times are in ms of one clock that only goes forward. */
export class Refusals {
  /** No request before this time. */
  blockedUntil = 0;
  private inARow = 0;

  /**
   * A request was refused. Each refusal after the wait for the one before doubles the shortest wait, because `retry-after: 0`
   * and a reset of now would otherwise be repeated without end.
   * @param told how long GitHub says to wait; undefined or no number where it does not say
   */
  add(told: number | undefined, now: number): void {
    const wait = Number.isFinite(told) ? told : undefined;
    // Requests that were under way together meet the same limit, which is one limit and not many.
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
