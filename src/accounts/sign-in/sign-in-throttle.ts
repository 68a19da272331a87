import { Injectable } from '@nestjs/common';
import {
  DataSource,
  type EntityManager,
  In,
  LessThanOrEqual,
  MoreThan,
  MoreThanOrEqual,
} from 'typeorm';
import { insertRows } from '../../platform/database/insert-rows.js';
import { inTransaction } from '../../platform/database/transaction.js';
import type { SignInAttempt } from './sign-in-attempt.js';
import { SignInCount } from './sign-in-count.entity.js';
import {
  ACCOUNT_LIMIT,
  NETWORK_LIMIT,
  PAIR_LIMIT,
  type SignInLimit,
  SUCCESS_LIMIT,
  waitFor,
} from './sign-in-limits.js';
import { tooManySignIns } from './sign-in-refusals.js';

/** Ended counts are removed at most this often, in ms. */
const CLEAN_EVERY_MS = 3_600_000;

/** How long a refusal is repeated without a query, in ms. It is short: another process may have cleared the count. */
const CACHED_ATTEMPTS = 5_000;

const MAX_CACHED_ATTEMPTS = 10_000;

const ADDING = { key: ['key_hash'], columns: ['failures'], adds: true };

/** Counts sign-ins in the database, so that limits hold across all web processes. */
@Injectable()
export class SignInThrottle {
  private cleanedAt = 0;

  /** Keys that were over their limit a moment ago, and how long to refuse them. */
  private readonly over = new Map<string, { waitUntil: number; forgetAt: number }>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts a try as a failure in advance, so that of many tries at once only the allowed number passes. Also refuses it
   * where the account has signed in from this network too often.
   * @param isKnown whether the account has signed in from this network: then failures of strangers do not count against
   *   it
   * @throws SignInDelayed 429; a refused try is not counted, so it makes nobody wait longer
   */
  async admit(attempt: SignInAttempt, isKnown: boolean): Promise<void> {
    await this.clean();
    const limits = limitsOf(attempt, isKnown);
    await inTransaction(this.dataSource, async (manager) => {
      const successes = await successesOf(manager, attempt);
      // This sign-in would be one more success.
      if (successes)
        this.refuseOver(SUCCESS_LIMIT, { ...successes, failures: successes.failures + 1 });
      for (const count of await countOnce(manager, limits))
        this.refuseOver(limits.get(count.keyHash) ?? PAIR_LIMIT, count);
    });
  }

  /** Repeats a refusal of a moment ago without a query. @throws SignInDelayed 429 */
  refuseAgain(attempt: SignInAttempt, isKnown: boolean): void {
    const now = Date.now();
    const limits = limitsOf(attempt, isKnown).set(attempt.successKey, SUCCESS_LIMIT);
    for (const [key, limit] of limits) {
      const over = this.over.get(key);
      if (over && now < Math.min(over.forgetAt, over.waitUntil))
        throw tooManySignIns(limit, over.waitUntil - now);
    }
  }

  /** Each process signs in one user at a time, so it exceeds the limit by at most one. */
  async countSuccess({ successKey }: SignInAttempt): Promise<void> {
    const limits = new Map([[successKey, SUCCESS_LIMIT]]);
    await inTransaction(this.dataSource, (manager) => countOnce(manager, limits));
  }

  /** Removes this account's failures from this network, and keeps those of others. */
  async forgive(
    { pairKey, networkKey, accountKey }: SignInAttempt,
    isKnown: boolean,
  ): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const own = await manager.findOneBy(SignInCount, { keyHash: pairKey });
      if (!own) return;
      await manager.delete(SignInCount, { keyHash: pairKey });
      if (isKnown) return;
      const where = {
        keyHash: In([networkKey, accountKey]),
        failures: MoreThanOrEqual(own.failures),
      };
      await manager.decrement(SignInCount, where, 'failures', own.failures);
    });
  }

  private refuseOver(limit: SignInLimit, { keyHash, failures, expiresAt }: SignInCount): void {
    const wait = waitFor(limit, failures, expiresAt);
    if (wait === 0) return;
    this.remember(keyHash, wait);
    throw tooManySignIns(limit, wait);
  }

  private remember(key: string, wait: number): void {
    const now = Date.now();
    this.over.delete(key);
    this.over.set(key, { waitUntil: now + wait, forgetAt: now + CACHED_ATTEMPTS });
    for (const oldest of this.over.keys()) {
      if (this.over.size <= MAX_CACHED_ATTEMPTS) break;
      this.over.delete(oldest);
    }
  }

  private async clean(): Promise<void> {
    if (Date.now() - this.cleanedAt < CLEAN_EVERY_MS) return;
    this.cleanedAt = Date.now();
    await this.dataSource.manager.delete(SignInCount, { expiresAt: LessThanOrEqual(new Date()) });
  }
}

function limitsOf(attempt: SignInAttempt, isKnown: boolean): Map<string, SignInLimit> {
  const pair: [string, SignInLimit] = [attempt.pairKey, PAIR_LIMIT];
  if (isKnown) return new Map([pair]);
  return new Map([pair, [attempt.networkKey, NETWORK_LIMIT], [attempt.accountKey, ACCOUNT_LIMIT]]);
}

function successesOf(
  manager: EntityManager,
  { successKey }: SignInAttempt,
): Promise<SignInCount | null> {
  return manager.findOneBy(SignInCount, { keyHash: successKey, expiresAt: MoreThan(new Date()) });
}

/** Counts one more try for each key. The rows stay locked until the transaction ends. */
async function countOnce(
  manager: EntityManager,
  limits: Map<string, SignInLimit>,
): Promise<SignInCount[]> {
  const now = new Date();
  // Sorted, so that two transactions never wait for each other.
  const keys = [...limits.keys()].sort();
  await manager.delete(SignInCount, { keyHash: In(keys), expiresAt: LessThanOrEqual(now) });
  const rows = keys.map((keyHash) => ({
    ...{ keyHash, failures: 1 },
    expiresAt: new Date(now.getTime() + (limits.get(keyHash)?.within ?? 0)),
  }));
  await insertRows(manager, SignInCount, rows, ADDING);
  return manager.findBy(SignInCount, { keyHash: In(keys) });
}
