import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { PublicError } from '../../platform/public-error.js';
import { tooManyRequests } from '../../platform/web/too-many-requests.js';
import { RequestLimiter } from './request-limiter.js';

/** Limits the requests a minute of each API token, and of all tokens of a team together, in each process. */
@Injectable()
export class ApiLimits {
  private readonly tokens: RequestLimiter;
  private readonly teams: RequestLimiter;

  constructor(@Inject(CONFIG) { api }: Config) {
    this.tokens = new RequestLimiter(api.requestsPerMinute);
    this.teams = new RequestLimiter(api.teamRequestsPerMinute);
  }

  /** Requests over the token's limit do not count for the team. @throws PublicError 429, `Retry-After` in seconds */
  async count(tokenId: number, teamId: number, response: Response): Promise<void> {
    const ofToken = await this.tokens.count(tokenId);
    const seconds = ofToken || (await this.teams.count(teamId));
    if (seconds === 0) return;
    const message = ofToken
      ? TOKEN_LIMIT
      : "The team's API tokens together made too many requests in a minute.";
    throw tooManyRequests(response, message, { seconds, remedy });
  }
}

const TOKEN_LIMIT = 'The API token made too many requests in a minute.';

/** An example for the API's documentation. */
export const tokenLimitReached = () =>
  new PublicError(429, 'too_many_requests', TOKEN_LIMIT, remedy(12));

const remedy = (seconds: number): string =>
  `Wait ${seconds} s (see Retry-After), and request larger pages.`;
