import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { tooManyRequests } from '../platform/web/too-many-requests.js';
import { RequestLimiter } from './request-limiter.js';

/** Limits the page requests a minute of each session, in each process. Polls count. */
@Injectable()
export class PageLimits {
  private readonly sessions: RequestLimiter;

  constructor(@Inject(CONFIG) { pages }: Config) {
    this.sessions = new RequestLimiter(pages.requestsPerMinute);
  }

  /** @throws PublicError 429, with `Retry-After` in seconds */
  async count(sessionId: string, response: Response): Promise<void> {
    const seconds = await this.sessions.count(sessionId);
    if (seconds > 0) throw tooManyRequests(response, TOO_MANY, { seconds, remedy });
  }
}

const TOO_MANY = 'Your browser made too many requests in a minute.';

const remedy = (seconds: number): string =>
  `Wait ${seconds} s and try again. It may help to close some of Rollcall's tabs.`;
