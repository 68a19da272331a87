import type { Headers } from '../errors/limit-failure.js';
import { untilReset } from '../errors/limit-failure.js';
import { Refusals } from './refusals.js';

const MINUTE = 60_000;

/** What GitHub counts apart, as `x-ratelimit-resource` names it. */
export type Resource = 'core' | 'graphql';

/** What a credential may still spend of one resource. Times are in ms of one clock that only goes forward. */
export class ResourceBudget {
  /** By the hour's limit. */
  readonly refusals = new Refusals();
  private minuteEnds = 0;
  private spent = 0;
  private open = 0;
  private hour: { limit: number; remaining: number; resetsAt: number } | undefined;

  /** @param pointsAMinute GitHub's secondary limit, which it tells nobody */
  constructor(private readonly pointsAMinute: number) {}

  /** How long until the hour allows another request; 0 for now. @param reservePercent what is left to others of it */
  hourWait(now: number, reservePercent: number): number {
    if (now < this.refusals.blockedUntil) return this.refusals.blockedUntil - now;
    if (!this.hour || now >= this.hour.resetsAt) return 0;
    const { limit, remaining, resetsAt } = this.hour;
    // What is under way may not be counted yet.
    const isLow = remaining - this.open <= (limit * reservePercent) / 100;
    return isLow ? resetsAt - now : 0;
  }

  /** The same for the minute. A server that tells no limits, as GitHub Enterprise Server by default, has none. */
  minuteWait(now: number): number {
    const isSpent = this.hour && now < this.minuteEnds && this.spent >= this.pointsAMinute;
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

  /** Learns from the headers of an answer. */
  note(headers: Headers, now: number): void {
    const limit = Number(headers['x-ratelimit-limit']);
    const remaining = Number(headers['x-ratelimit-remaining']);
    if (!Number.isFinite(limit) || !Number.isFinite(remaining)) return;
    // A reset that is past says that the hour is over, and nothing of the next one.
    this.hour = { limit, remaining, resetsAt: now + (untilReset(headers) ?? 0) };
  }
}
