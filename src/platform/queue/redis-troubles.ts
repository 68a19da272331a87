import { Injectable, Logger } from '@nestjs/common';
import { redisProblem } from './redis-refusal.js';

/** How often the same problem is logged again, in ms. */
const REPEAT_AFTER_MS = 300_000;

const logger = new Logger('BullQueue');

/** Warns of each problem with Redis once, for all connections and tries to reconnect. */
@Injectable()
export class RedisTroubles {
  private readonly told = new Map<string, number>();

  readonly tell = (error: unknown): void => {
    const problem = redisProblem(error);
    const now = performance.now();
    const last = this.told.get(problem);
    if (last !== undefined && now - last < REPEAT_AFTER_MS) return;
    this.told.set(problem, now);
    logger.warn(
      `${problem}. Runs wait until Redis accepts jobs again. Redis said: ${messageOf(error)}`,
    );
  };
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);
