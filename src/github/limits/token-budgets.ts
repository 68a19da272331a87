import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { Resource } from './resource-budget.js';
import { TokenBudget } from './token-budget.js';

/** From GitHub's docs (rest/using-the-rest-api/rate-limits-for-the-rest-api, "secondary rate limits"). */
const POINTS_A_MINUTE: Record<Resource, number> = { core: 900, graphql: 2_000 };

/** A budget that is unused for this long is out of date, in ms. */
const FORGET_AFTER_MS = 2 * 3_600_000;

/** The budgets of this process: one for each credential. */
@Injectable()
export class TokenBudgets {
  private readonly budgets = new Map<string, { budget: TokenBudget; usedAt: number }>();

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @param credential identifies the credential; only a digest of it is kept */
  of(apiUrl: string, credential: string): TokenBudget {
    const now = performance.now();
    for (const [key, { usedAt }] of this.budgets)
      if (now - usedAt > FORGET_AFTER_MS) this.budgets.delete(key);
    const key = createHash('sha256').update(`${apiUrl}\n${credential}`).digest('hex');
    const budget = this.budgets.get(key)?.budget ?? this.make();
    this.budgets.set(key, { budget, usedAt: now });
    return budget;
  }

  protected make(pointsAMinute = POINTS_A_MINUTE): TokenBudget {
    const { githubConcurrency: concurrency, githubReservePercent: reservePercent } =
      this.config.sync;
    return new TokenBudget({ concurrency, reservePercent, pointsAMinute });
  }
}
