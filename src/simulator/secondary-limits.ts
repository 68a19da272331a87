import type { Answer } from './answer.js';
import type { Clock } from './clock.js';
import { secondaryLimit } from './fault-effects.js';
import type { Resource } from './rate-limits.js';

/** Defaults are GitHub's own. */
export interface SecondaryLimitOptions {
  readonly restPointsAMinute?: number;
  readonly graphqlPointsAMinute?: number;
  /** REST and GraphQL together. */
  readonly concurrent?: number;
  /** Seconds to wait; null tells none, which means a minute. Default: 60. */
  readonly retryAfter?: number | null;
  /** Default: 403. */
  readonly status?: 403 | 429;
}

interface Account {
  readonly points: Record<Resource, number>;
  minuteEnds: number;
  blockedUntil: number;
  open: number;
}

const MINUTE = 60_000;

/** GitHub's limits on bursts: each account has its points of a minute, and some requests at once. */
export class SecondaryLimits {
  /** How many requests were refused. */
  refused = 0;
  private readonly accounts = new Map<string, Account>();
  private readonly most: Readonly<Record<Resource, number>>;

  constructor(
    private readonly clock: Clock,
    private readonly options: SecondaryLimitOptions,
  ) {
    const { restPointsAMinute = 900, graphqlPointsAMinute = 2000 } = options;
    this.most = { core: restPointsAMinute, graphql: graphqlPointsAMinute };
  }

  /** A request arrives. What is refused costs points, too, and must leave as well. */
  arrive(name: string, resource: Resource, points: number): Answer | undefined {
    const account = this.account(name);
    account.open += 1;
    account.points[resource] += points;
    const { concurrent = 100, retryAfter = 60, status = 403 } = this.options;
    const over = account.open > concurrent || account.points[resource] > this.most[resource];
    const blocked = account.blockedUntil > this.clock.now();
    if (!blocked && !over) return undefined;
    // Whoever waits as long as they were told begins a new minute.
    if (!blocked) account.blockedUntil = this.clock.now() + (retryAfter ?? 60) * 1000;
    account.minuteEnds = account.blockedUntil;
    this.refused += 1;
    return secondaryLimit(retryAfter ?? undefined, status);
  }

  leave(name: string): void {
    this.account(name).open -= 1;
  }

  private account(name: string): Account {
    const known = this.accounts.get(name);
    const account = known ?? {
      points: { core: 0, graphql: 0 },
      minuteEnds: 0,
      blockedUntil: 0,
      open: 0,
    };
    if (!known) this.accounts.set(name, account);
    if (account.minuteEnds <= this.clock.now()) {
      account.minuteEnds = this.clock.now() + MINUTE;
      account.points.core = 0;
      account.points.graphql = 0;
    }
    return account;
  }
}
