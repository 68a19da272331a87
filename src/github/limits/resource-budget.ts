import type { Headers } from '../errors/limit-failure.js';
import { untilReset } from '../errors/limit-failure.js';
import { Refusals } from './refusals.js';

const MINUTE = 60_000;

/** What GitHub counts separately, as in `x-ratelimit-resource`. */
export type Resource = 'core' | 'graphql';

/** What a credential may still use of one resource. Times are in ms of a monotonic clock. */
export class ResourceBudget {
  /** By the hourly limit. */
  readonly refusals = new Refusals();
  private minuteEnds = 0;
  private spent = 0;
  private open = 0;
  private hour: { limit: number; remaining: number; resetsAt: number } | undefined;

  /** @param pointsAMinute GitHub's secondary limit, which no header tells */
  constructor(private readonly pointsAMinute: number) {}

  /** A server that reports no limits has none: by default, GitHub Enterprise Server. */
  get isLimited(): boolean {
    return this.hour !== undefined;
  }

  /** How long until the hourly limit allows a request; 0 for now. @param reservePercent the share left to others */
  hourWait(now: number, reservePercent: number): number {
    if (now < this.refusals.blockedUntil) return this.refusals.blockedUntil - now;
    if (!this.hour || now >= this.hour.resetsAt) return 0;
    const { limit, remaining, resetsAt } = this.hour;
    // GitHub may not have counted open requests yet.
    const isLow = remaining - this.open <= (limit * reservePercent) / 100;
    return isLow ? resetsAt - now : 0;
  }

  /** What GitHub last said of the hour; undefined where it said nothing of this one. */
  hourlyLimit(now: number): { limit: number; remaining: number } | undefined {
    return this.hour && now < this.hour.resetsAt ? this.hour : undefined;
  }

  /** How long until the minute allows a request; 0 for now. */
  minuteWait(now: number): number {
    const isSpent = this.isLimited && now < this.minuteEnds && this.spent >= this.pointsAMinute;
    return isSpent ? this.minuteEnds - now : 0;
  }

  begin(now: number): void {
    if (now >= this.minuteEnds) {
      this.minuteEnds = now + MINUTE;
      this.spent = 0;
    }
    this.spent++;
    this.open++;
  }

  end(): void {
    this.open--;
  }

  /** Stores the limits from an answer's headers. */
  note(headers: Headers, now: number): void {
    const limit = Number(headers['x-ratelimit-limit']);
    const remaining = Number(headers['x-ratelimit-remaining']);
    if (!Number.isFinite(limit) || !Number.isFinite(remaining)) return;
    // A reset in the past tells only that the hour is over, nothing about the next one.
    this.hour = { limit, remaining, resetsAt: now + (untilReset(headers) ?? 0) };
  }
}
