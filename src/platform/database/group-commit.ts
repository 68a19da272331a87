import { setTimeout as delay } from 'node:timers/promises';

interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * Stores what arrives while the last transaction runs, or in a pause after it, in one transaction: many small ones at
 * once cost little more than one. Everybody waits until what they gave is stored.
 */
export class GroupCommit<T> {
  private readonly waiting: Waiting<T>[] = [];
  private isRunning = false;

  /**
   * @param store stores a group of at most `most`, all of it or nothing
   * @param pauseMs between two transactions
   */
  constructor(
    private readonly store: (group: T[]) => Promise<void>,
    private readonly most: number,
    private readonly pauseMs: number,
  ) {}

  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (!this.isRunning) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, this.most);
      try {
        await this.store(group.map(({ item }) => item));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
      await delay(this.pauseMs);
    }
    this.isRunning = false;
  }
}
