import PQueue from 'p-queue';
import { type Headers, waitTold } from '../errors/limit-failure.js';
import { LimitReached } from '../errors/limit-reached.js';
import { Refusals } from './refusals.js';
import { type Resource, ResourceBudget } from './resource-budget.js';

/** How long requests go one at a time after a secondary limit, in ms. */
const SLOW_FOR_MS = 15 * 60_000;

export interface BudgetLimits {
  /** Concurrent requests of each resource. */
  concurrency: number;
  /** The share of the hourly limit that is left to others, in percent. */
  reservePercent: number;
  pointsAMinute: Record<Resource, number>;
  /** What all processes spend in a minute, where they share a Redis. */
  shared?: SharedMinute;
  /** A monotonic clock, in ms. */
  now?: () => number;
}

/** Times are in ms. */
export interface SharedMinute {
  /** Spends a point. Returns how long until the minute has points again; 0 where it had one. */
  take(resource: Resource): Promise<number>;
  /** GitHub told a process to wait, which holds for all. */
  block(wait: number): Promise<void>;
}

/**
 * Keeps one credential within GitHub's limits, for all requests of this process: concurrent requests, points per minute,
 * the reserve of the hourly limit, and the waits that GitHub asks for. Processes with a Redis share the minute.
 */
export class TokenBudget {
  /** The sizes of pages that GitHub answered, by query. */
  readonly pageSizes = new Map<string, Readonly<Record<string, number>>>();
  private readonly gates: Record<Resource, PQueue>;
  /** All requests; it only matters while GitHub slows the credential down. */
  private readonly gate: PQueue;
  private readonly resources: Record<Resource, ResourceBudget>;
  private readonly now: () => number;
  private readonly refusals = new Refusals();
  private slowUntil = 0;

  constructor(private readonly limits: BudgetLimits) {
    const { concurrency, pointsAMinute, now = () => performance.now() } = limits;
    this.now = now;
    this.gates = { core: new PQueue({ concurrency }), graphql: new PQueue({ concurrency }) };
    this.gate = new PQueue({ concurrency: 2 * concurrency });
    this.resources = {
      core: new ResourceBudget(pointsAMinute.core),
      graphql: new ResourceBudget(pointsAMinute.graphql),
    };
  }

  /**
   * Sends when it is its turn. An urgent request, for which a person waits, may use the reserve; it is refused only while
   * GitHub tells the credential to wait.
   * @param priority a request with a higher one comes before those that wait
   * @throws LimitReached, without sending
   */
  send<T>(
    resource: Resource,
    isUrgent: boolean,
    request: () => Promise<T>,
    priority = 0,
  ): Promise<T> {
    return this.inTurn(resource, priority, async () => {
      const budget = this.resources[resource];
      this.admit(budget, isUrgent);
      budget.begin(this.now());
      try {
        await this.share(resource, isUrgent);
        const answer = await request();
        this.answered(budget);
        return answer;
      } finally {
        budget.end();
      }
    });
  }

  /** The hourly limit of a resource, and what is left of it; undefined where it is not known. */
  hourlyLimit(resource: Resource): { limit: number; remaining: number } | undefined {
    return this.resources[resource].hourlyLimit(this.now());
  }

  /** Stores from an answer what is left. */
  note(headers: Headers): void {
    const resource = headers['x-ratelimit-resource'] === 'graphql' ? 'graphql' : 'core';
    this.resources[resource].note(headers, this.now());
  }

  /** A limit refused a request; returns how long to wait. */
  limited(resource: Resource, headers: Headers, failure: LimitReached): LimitReached {
    const now = this.now();
    const code = failure.code === 'rate_limited' ? 'rate_limited' : 'secondary_limited';
    const isHour = code === 'rate_limited';
    const refusals = isHour ? this.resources[resource].refusals : this.refusals;
    refusals.add(waitTold(headers), now);
    const wait = refusals.blockedUntil - now;
    if (!isHour) this.slowDown(wait);
    return new LimitReached(code, wait, { cause: failure });
  }

  private inTurn<T>(resource: Resource, priority: number, request: () => Promise<T>): Promise<T> {
    return this.gates[resource].add(() => this.gate.add(request, { priority }), { priority });
  }

  private answered(budget: ResourceBudget): void {
    const now = this.now();
    this.refusals.end(now);
    budget.refusals.end(now);
    if (now >= this.slowUntil) this.gate.concurrency = 2 * this.limits.concurrency;
  }

  private slowDown(wait: number): void {
    this.slowUntil = this.refusals.blockedUntil + SLOW_FOR_MS;
    this.gate.concurrency = 1;
    void this.limits.shared?.block(wait);
  }

  /** An urgent request counts, but is not held back. */
  private async share(resource: Resource, isUrgent: boolean): Promise<void> {
    const wait = (await this.limits.shared?.take(resource)) ?? 0;
    if (wait === 0 || isUrgent || !this.resources[resource].isLimited) return;
    throw new LimitReached('secondary_limited', wait);
  }

  private admit(budget: ResourceBudget, isUrgent: boolean): void {
    const now = this.now();
    const { blockedUntil } = this.refusals;
    if (now < blockedUntil) throw new LimitReached('secondary_limited', blockedUntil - now);
    const hour = budget.hourWait(now, isUrgent ? 0 : this.limits.reservePercent);
    if (hour > 0) throw new LimitReached('rate_limited', hour);
    if (isUrgent) return;
    const minute = budget.minuteWait(now);
    if (minute > 0) throw new LimitReached('secondary_limited', minute);
  }
}
