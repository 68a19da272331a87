import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { MinuteLimit } from '../../platform/limits/minute-limit.js';
import { MinuteLimits } from '../../platform/limits/minute-limits.js';
import type { Resource } from './resource-budget.js';
import { type SharedMinute, TokenBudget } from './token-budget.js';

/** From GitHub's docs (rest/using-the-rest-api/rate-limits-for-the-rest-api, "secondary rate limits"). */
const POINTS_A_MINUTE: Record<Resource, number> = { core: 900, graphql: 2_000 };

/** A budget that is unused for this long is out of date, in ms. */
const FORGET_AFTER_MS = 2 * 3_600_000;

/** The budgets of this process: one for each credential. */
@Injectable()
export class TokenBudgets {
  private readonly budgets = new Map<string, { budget: TokenBudget; usedAt: number }>();

  private readonly minutes: Record<Resource, MinuteLimit> | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    limits: MinuteLimits,
  ) {
    if (limits.isShared)
      this.minutes = {
        core: limits.limit('github-core', POINTS_A_MINUTE.core),
        graphql: limits.limit('github-graphql', POINTS_A_MINUTE.graphql),
      };
  }

  /** @param credential identifies the credential; only a digest of it is kept */
  of(apiUrl: string, credential: string): TokenBudget {
    const now = performance.now();
    for (const [key, { usedAt }] of this.budgets)
      if (now - usedAt > FORGET_AFTER_MS) this.budgets.delete(key);
    const key = createHash('sha256').update(`${apiUrl}\n${credential}`).digest('hex');
    const budget = this.budgets.get(key)?.budget ?? this.make(key);
    this.budgets.set(key, { budget, usedAt: now });
    return budget;
  }

  /** The hourly limits of a resource, of all credentials of which they are known. */
  hourlyLimits(resource: Resource): { limit: number; remaining: number }[] {
    const limits = [...this.budgets.values()].map(({ budget }) => budget.hourlyLimit(resource));
    return limits.filter((limit) => limit !== undefined);
  }

  private make(key: string): TokenBudget {
    const { githubConcurrency: concurrency, githubReservePercent: reservePercent } =
      this.config.sync;
    const shared = this.minutes && sharedMinute(this.minutes, key);
    return new TokenBudget({
      ...{ concurrency, reservePercent, shared },
      pointsAMinute: POINTS_A_MINUTE,
    });
  }
}

const sharedMinute = (minutes: Record<Resource, MinuteLimit>, key: string): SharedMinute => ({
  take: (resource) => minutes[resource].take(key),
  block: async (wait) => {
    await Promise.all(Object.values(minutes).map((minute) => minute.block(key, wait)));
  },
});
