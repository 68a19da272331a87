import pLimit, { type LimitFunction } from 'p-limit';
import { type Headers, saysHowLong } from './limit-failure.js';
import { LimitReached } from './limit-reached.js';
import { type Resource, ResourceBudget } from './resource-budget.js';

const MINUTE = 60_000;
const LONGEST_PAUSE = 15 * MINUTE;

/** After a secondary limit requests go one at a time for so long. */
const SLOW_FOR = 15 * MINUTE;

export interface BudgetLimits {
  /** Requests at once. */
  concurrency: number;
  /** The share of the hour that is left to others, in percent. */
  reservePercent: number;
  pointsAMinute: Record<Resource, number>;
  /** A clock that only goes forward, in ms. */
  now?: () => number;
}

/**
 * Keeps one credential inside GitHub's limits, for everything that this process does with it: requests at once, points a
 * minute, the last part of the hour, and the waits that GitHub asks for.
 */
export class TokenBudget {
  private readonly gate: LimitFunction;
  private readonly resources: Record<Resource, ResourceBudget>;
  private readonly now: () => number;
  private blockedUntil = 0;
  private slowUntil = 0;
  private strikes = 0;

  constructor(private readonly limits: BudgetLimits) {
    const { concurrency, pointsAMinute, now = () => performance.now() } = limits;
    this.now = now;
    this.gate = pLimit(concurrency);
    this.resources = {
      core: new ResourceBudget(pointsAMinute.core),
      graphql: new ResourceBudget(pointsAMinute.graphql),
    };
  }

  /**
   * Sends when it is its turn. What a person waits for is urgent: it may use the reserve, and is refused only while GitHub
   * told the credential to wait.
   * @throws LimitReached, without sending
   */
  send<T>(resource: Resource, isUrgent: boolean, request: () => Promise<T>): Promise<T> {
    return this.gate(async () => {
      const budget = this.resources[resource];
      this.admit(budget, isUrgent);
      budget.begin(this.now());
      try {
        const answer = await request();
        this.wentWell();
        return answer;
      } finally {
        budget.end();
      }
    });
  }

  /** Learns from an answer how much is left. */
  note(headers: Headers): void {
    const resource = headers['x-ratelimit-resource'] === 'graphql' ? 'graphql' : 'core';
    this.resources[resource].note(headers, this.now());
  }

  /** Takes to heart that GitHub let a request not through; tells how long to wait. */
  limited(headers: Headers, failure: LimitReached): LimitReached {
    if (failure.code === 'rate_limited') return failure;
    const now = this.now();
    // Requests that were under way together meet the same limit, which is one limit and not many.
    if (saysHowLong(headers)) this.block(failure.resumesIn);
    else if (now >= this.blockedUntil) this.block(this.pause());
    return new LimitReached('secondary_limited', this.blockedUntil - now, { cause: failure });
  }

  private wentWell(): void {
    const now = this.now();
    if (now >= this.blockedUntil) this.strikes = 0;
    if (now >= this.slowUntil) this.gate.concurrency = this.limits.concurrency;
  }

  private block(pause: number): void {
    this.blockedUntil = Math.max(this.blockedUntil, this.now() + pause);
    this.slowUntil = this.blockedUntil + SLOW_FOR;
    this.gate.concurrency = 1;
  }

  private pause(): number {
    return Math.min(MINUTE * 2 ** this.strikes++, LONGEST_PAUSE);
  }

  private admit(budget: ResourceBudget, isUrgent: boolean): void {
    const now = this.now();
    if (now < this.blockedUntil)
      throw new LimitReached('secondary_limited', this.blockedUntil - now);
    const hour = budget.hourWait(now, isUrgent ? 0 : this.limits.reservePercent);
    if (hour > 0) throw new LimitReached('rate_limited', hour);
    if (isUrgent) return;
    const minute = budget.minuteWait(now);
    if (minute > 0) throw new LimitReached('secondary_limited', minute);
  }
}
