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

/** How long a refusal is repeated without asking the database, in ms: another process may have forgiven meanwhile. */
const CACHED_ATTEMPTS = 5_000;

const MAX_CACHED_ATTEMPTS = 10_000;

const ADDING = { key: ['key_hash'], columns: ['failures'], adds: true };

/** Counted in the database, so that it holds across all web processes. */
@Injectable()
export class SignInThrottle {
  private cleanedAt = 0;

  /** Keys that were over their limit a moment ago, and until when that holds. */
  private readonly over = new Map<string, { waitUntil: number; forgetAt: number }>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts a try as a failure before it is one: of many at the same time, as many as are allowed are let through. Refuses
   * it as well where the account has signed in from there too often.
   * @param isKnown whether the account has signed in from there: then strangers on either do not count against it
   * @throws SignInDelayed 429, and nothing is counted: what is refused unseen makes nobody wait longer
   */
  async admit(attempt: SignInAttempt, isKnown: boolean): Promise<void> {
    await this.clean();
    const limits = limitsOf(attempt, isKnown);
    await inTransaction(this.dataSource, async (manager) => {
      const successes = await successesOf(manager, attempt);
      // The next success would be one more.
      if (successes)
        this.refuseOver(SUCCESS_LIMIT, { ...successes, failures: successes.failures + 1 });
      for (const count of await countOnce(manager, limits))
        this.refuseOver(limits.get(count.keyHash) ?? PAIR_LIMIT, count);
    });
  }

  /** Refuses at no cost what was refused a moment ago. @throws SignInDelayed 429 */
  refuseAgain(attempt: SignInAttempt, isKnown: boolean): void {
    const now = Date.now();
    const limits = limitsOf(attempt, isKnown).set(attempt.successKey, SUCCESS_LIMIT);
    for (const [key, limit] of limits) {
      const over = this.over.get(key);
      if (over && now < Math.min(over.forgetAt, over.waitUntil))
        throw tooManySignIns(limit, over.waitUntil - now);
    }
  }

  /** Each process signs in one at a time, so at most one more a process succeeds than is allowed. */
  async countSuccess({ successKey }: SignInAttempt): Promise<void> {
    const limits = new Map([[successKey, SUCCESS_LIMIT]]);
    await inTransaction(this.dataSource, (manager) => countOnce(manager, limits));
  }

  /** Takes back what this account failed from there, and leaves what others did. */
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

/** One more try for each key. The rows are others' to wait for until the transaction ends. */
async function countOnce(
  manager: EntityManager,
  limits: Map<string, SignInLimit>,
): Promise<SignInCount[]> {
  const now = new Date();
  // Always in one order, so that no two transactions wait for each other.
  const keys = [...limits.keys()].sort();
  await manager.delete(SignInCount, { keyHash: In(keys), expiresAt: LessThanOrEqual(now) });
  const rows = keys.map((keyHash) => ({
    ...{ keyHash, failures: 1 },
    expiresAt: new Date(now.getTime() + (limits.get(keyHash)?.within ?? 0)),
  }));
  await insertRows(manager, SignInCount, rows, ADDING);
  return manager.findBy(SignInCount, { keyHash: In(keys) });
}
