import type { GithubFailure } from '../errors/github-failure.js';
import { isOverResourceLimits, isTooMuch } from '../errors/too-much.js';
import type { RetryBudget } from '../limits/retry-budget.js';

type Size<K extends string> = Readonly<Record<K, number>>;

/** Which failures are not tried again as they are, because less is asked for then. */
export type Leaves = (failure: GithubFailure) => boolean;

/** After so many answers, a size that timed out is tried again. */
const ANSWERS_UNTIL_GROWTH = 10;

/** Keeps the sizes that passed, for later questions with the same credential. */
export interface PassedSizes {
  get(): Readonly<Record<string, number>> | undefined;
  set(size: Readonly<Record<string, number>>): void;
}

/**
 * The sizes of the pages of a query, which may be nested. Each answer doubles them, up to `largest`. A refusal halves the
 * largest. What GitHub refuses for its cost stays refused; what timed out may pass later.
 */
export class AdaptivePageSize<K extends string> {
  private size: Size<K>;
  /** Answers since the last time-out; undefined where the sizes must not grow any more. */
  private answers: number | undefined = ANSWERS_UNTIL_GROWTH;

  /** @param first where no size is known to have passed */
  constructor(
    first: Size<K>,
    private readonly largest: Size<K>,
    private readonly patience: RetryBudget,
    private readonly passed?: PassedSizes,
  ) {
    this.size = (passed?.get() as Size<K> | undefined) ?? first;
  }

  /** @param send asks with these sizes, and does not retry what `leaves` tells */
  async ask<T>(send: (size: Size<K>, leaves: Leaves) => Promise<T>): Promise<T> {
    for (;;) {
      // Copied, because a concurrent request may change it.
      const { size } = this;
      const mayShrink = this.names.some((name) => size[name] > 1);
      const leaves = (failure: GithubFailure) => mayShrink && isTooMuch(failure);
      try {
        const answer = await send(size, leaves);
        if (size === this.size) this.passed?.set(size);
        this.grow(size);
        return answer;
      } catch (error) {
        if (!mayShrink || !isTooMuch(error) || !(await this.mayRetry(error))) throw error;
        this.shrink(size);
      }
    }
  }

  private get names(): K[] {
    return Object.keys(this.size) as K[];
  }

  /** A refused cost took no time; what timed out is taken from the retry budget. */
  private async mayRetry(failure: unknown): Promise<boolean> {
    if (isOverResourceLimits(failure)) {
      this.answers = undefined;
      return true;
    }
    if (this.answers !== undefined) this.answers = 0;
    return this.patience.waitForRetry(1);
  }

  private grow(answered: Size<K>): void {
    if (this.answers === undefined || ++this.answers <= ANSWERS_UNTIL_GROWTH) return;
    const doubled = this.names.map((name) => [
      name,
      Math.min(this.largest[name], Math.max(this.size[name], answered[name] * 2)),
    ]);
    this.size = Object.fromEntries(doubled);
  }

  /** From the refused size, so that several refusals at once count as one. */
  private shrink(refused: Size<K>): void {
    const most = Math.max(...this.names.map((name) => refused[name]));
    const halved = this.names.find((name) => refused[name] === most);
    if (!halved || this.size[halved] < most) return;
    this.size = { ...this.size, [halved]: Math.ceil(most / 2) };
    this.passed?.set(this.size);
  }
}
