import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import type { MinuteLimit } from '../../platform/limits/minute-limit.js';
import { MinuteLimits } from '../../platform/limits/minute-limits.js';
import { PublicError } from '../../platform/public-error.js';
import { tooManyRequests } from '../../platform/web/too-many-requests.js';

/** Limits the requests a minute of each API token, and of all tokens of a team together. */
@Injectable()
export class ApiLimits {
  private readonly tokens: MinuteLimit;
  private readonly teams: MinuteLimit;

  constructor(@Inject(CONFIG) { api }: Config, limits: MinuteLimits) {
    this.tokens = limits.limit('api-token', api.requestsPerMinute);
    this.teams = limits.limit('api-team', api.teamRequestsPerMinute);
  }

  /** Requests over the token's limit do not count for the team. @throws PublicError 429, `Retry-After` in seconds */
  async count(tokenId: number, teamId: number, response: Response): Promise<void> {
    const ofToken = await this.tokens.take(tokenId);
    const wait = ofToken || (await this.teams.take(teamId));
    if (wait === 0) return;
    const message = ofToken
      ? TOKEN_LIMIT
      : "The team's API tokens together made too many requests in a minute.";
    throw tooManyRequests(response, message, { seconds: Math.ceil(wait / 1000), remedy });
  }
}

const TOKEN_LIMIT = 'The API token made too many requests in a minute.';

/** An example for the API's documentation. */
export const tokenLimitReached = () =>
  new PublicError(429, 'too_many_requests', TOKEN_LIMIT, remedy(12));

const remedy = (seconds: number): string =>
  `Wait ${seconds} s (see Retry-After), and request larger pages.`;
