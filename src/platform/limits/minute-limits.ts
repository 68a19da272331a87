import { getQueueToken } from '@nestjs/bull';
import { Inject, Injectable } from '@nestjs/common';
import type { Queue } from 'bull';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
} from 'rate-limiter-flexible';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../config/config.module.js';
import { MEMBER_SYNC_QUEUE } from '../queue/queue.module.js';
import { MinuteLimit } from './minute-limit.js';

const MINUTE = 60;

/** Counts by the minute: for all processes where they share a Redis, otherwise in this process. */
@Injectable()
export class MinuteLimits {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(getQueueToken(MEMBER_SYNC_QUEUE)) private readonly queue: Queue,
  ) {}

  /** Whether other processes count as well. */
  get isShared(): boolean {
    return this.config.redis !== undefined;
  }

  /** @param name of what is counted, the same in each process @param points of one key in a minute */
  limit(name: string, points: number): MinuteLimit {
    return new MinuteLimit(
      this.limiter({ points, duration: MINUTE, keyPrefix: `rollcall:${name}` }),
    );
  }

  /** While Redis does not answer, each process counts for itself. */
  private limiter(options: {
    points: number;
    duration: number;
    keyPrefix: string;
  }): RateLimiterAbstract {
    const own = new RateLimiterMemory(options);
    if (!this.isShared) return own;
    return new RateLimiterRedis({
      ...options,
      ...{ storeClient: this.queue.client, insuranceLimiter: own, rejectIfRedisNotReady: true },
    });
  }
}
