import { Logger } from '@nestjs/common';

/** Does something again and again, one time after the other; a time that failed is logged, and changes nothing. */
export class Repeated {
  private timer: NodeJS.Timeout | undefined;

  /**
   * @param every from the end of one time to the next, in seconds
   * @param name who logs a failure
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
