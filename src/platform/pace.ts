/** Gives turns in order, one every `every` ms, and none later than `atMost` ms from now. */
export class Pace {
  private last = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly every: number,
    private readonly atMost: number,
  ) {}

  async turn(): Promise<void> {
    const now = performance.now();
    this.last = Math.min(Math.max(now, this.last + this.every), now + this.atMost);
    const wait = this.last - now;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
