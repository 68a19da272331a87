import { Logger } from '@nestjs/common';

/** Repeats work, one time after the other. A failure is logged, and the repetition goes on. */
export class Repeated {
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param every from the end of one time to the next, in seconds
   * @param name the logger's context
   */
  constructor(
    private readonly name: string,
    private readonly every: number,
    private readonly work: () => Promise<void>,
  ) {}

  /** @param first in seconds from now */
  start(first = this.every): void {
    const timer = setTimeout(async () => {
      await this.work().catch((error: unknown) =>
        new Logger(this.name).error('It is tried again later', error),
      );
      if (this.timer === timer) this.start();
    }, first * 1000);
    this.timer = timer;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
