import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { MinuteLimit } from '../../platform/limits/minute-limit.js';
import { MinuteLimits } from '../../platform/limits/minute-limits.js';
import { tooManyRequests } from '../../platform/web/too-many-requests.js';
import type { Identity } from '../identity.js';

/** Limits the page requests a minute of each user, over all their sessions. Polls count. */
@Injectable()
export class PageLimits {
  private readonly users: MinuteLimit;

  constructor(@Inject(CONFIG) { pages }: Config, limits: MinuteLimits) {
    this.users = limits.limit('page-user', pages.requestsPerMinute);
  }

  /** @throws PublicError 429, with `Retry-After` in seconds */
  async count(userId: Identity['userId'], response: Response): Promise<void> {
    const wait = await this.users.take(String(userId));
    if (wait === 0) return;
    throw tooManyRequests(response, TOO_MANY, { seconds: Math.ceil(wait / 1000), remedy });
  }
}

const TOO_MANY = 'Your browser made too many requests in a minute.';

const remedy = (seconds: number): string =>
  `Wait ${seconds} s and try again. Closing some Rollcall tabs may help.`;
