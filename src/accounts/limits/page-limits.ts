import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { tooManyRequests } from '../../platform/web/too-many-requests.js';
import type { Identity } from '../identity.js';
import { RequestLimiter } from './request-limiter.js';

/** Limits the page requests a minute of each user, over all their sessions, in each process. Polls count. */
@Injectable()
export class PageLimits {
  private readonly users: RequestLimiter;

  constructor(@Inject(CONFIG) { pages }: Config) {
    this.users = new RequestLimiter(pages.requestsPerMinute);
  }

  /** @throws PublicError 429, with `Retry-After` in seconds */
  async count(userId: Identity['userId'], response: Response): Promise<void> {
    const seconds = await this.users.count(String(userId));
    if (seconds > 0) throw tooManyRequests(response, TOO_MANY, { seconds, remedy });
  }
}

const TOO_MANY = 'Your browser made too many requests in a minute.';

const remedy = (seconds: number): string =>
  `Wait ${seconds} s and try again. Closing some Rollcall tabs may help.`;
