/** The simulated GitHub's own clock, which may be ahead of this machine's or behind it. */
export class Clock {
  /** Milliseconds ahead of this machine; negative where it is behind. */
  aheadMs = 0;

  /** Milliseconds since 1970, UTC. */
  now(): number {
    return Date.now() + this.aheadMs;
  }

  nowInSeconds(): number {
    return Math.floor(this.now() / 1000);
  }

  /** Lets time go by at once: tokens expire and limits are reset. */
  advance(milliseconds: number): void {
    this.aheadMs += milliseconds;
  }
}
