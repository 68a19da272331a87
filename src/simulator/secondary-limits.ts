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

interface Usage {
  readonly points: Record<Resource, number>;
  minuteEnds: number;
  blockedUntil: number;
  open: number;
}

const MINUTE = 60_000;

/** GitHub's limits on bursts: each payer has its points of a minute, and some requests at once. */
export class SecondaryLimits {
  /** How many requests were refused. */
  refused = 0;
  private readonly payers = new Map<string, Usage>();
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
    const usage = this.usage(name);
    usage.open += 1;
    usage.points[resource] += points;
    const { concurrent = 100, retryAfter = 60, status = 403 } = this.options;
    const over = usage.open > concurrent || usage.points[resource] > this.most[resource];
    const blocked = usage.blockedUntil > this.clock.now();
    if (!blocked && !over) return undefined;
    // Whoever waits as long as they were told begins a new minute.
    if (!blocked) usage.blockedUntil = this.clock.now() + (retryAfter ?? 60) * 1000;
    usage.minuteEnds = usage.blockedUntil;
    this.refused += 1;
    return secondaryLimit(retryAfter ?? undefined, status);
  }

  leave(name: string): void {
    this.usage(name).open -= 1;
  }

  private usage(name: string): Usage {
    const known = this.payers.get(name);
    const usage = known ?? {
      points: { core: 0, graphql: 0 },
      minuteEnds: 0,
      blockedUntil: 0,
      open: 0,
    };
    if (!known) this.payers.set(name, usage);
    if (usage.minuteEnds <= this.clock.now()) {
      usage.minuteEnds = this.clock.now() + MINUTE;
      usage.points.core = 0;
      usage.points.graphql = 0;
    }
    return usage;
  }
}
