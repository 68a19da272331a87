import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { PublicError } from '../platform/public-error.js';

/** Lets each API token make so many requests a minute, in each process. */
@Injectable()
export class ApiLimits {
  private readonly limiter: RateLimiterMemory;

  constructor(@Inject(CONFIG) { api }: Config) {
    this.limiter = new RateLimiterMemory({ points: api.requestsPerMinute, duration: 60 });
  }

  /** @throws PublicError 429, with `Retry-After` in seconds */
  async count(tokenId: number, response: Response): Promise<void> {
    try {
      await this.limiter.consume(tokenId);
    } catch (error) {
      if (!(error instanceof RateLimiterRes)) throw error;
      const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
      response.set('Retry-After', String(seconds));
      throw tooMany(seconds);
    }
  }
}

const tooMany = (seconds: number) =>
  new PublicError(
    429,
    'too_many_requests',
    'The API token made too many requests in a minute.',
    `Wait ${seconds} s, as Retry-After says, and ask for larger pages.`,
  );
