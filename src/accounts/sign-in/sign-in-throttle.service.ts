import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, LessThanOrEqual, MoreThanOrEqual } from 'typeorm';
import { insertRows } from '../../platform/database/insert-rows.js';
import { inTransaction } from '../../platform/database/transaction.js';
import type { SignInAttempt } from './sign-in-attempt.js';
import { SignInCount } from './sign-in-count.entity.js';
import {
  ACCOUNT_LIMIT,
  NETWORK_LIMIT,
  PAIR_LIMIT,
  type SignInLimit,
  waitFor,
} from './sign-in-limits.js';
import { tooManySignIns } from './sign-in-refusals.js';

/** Ended counts are removed at most this often, in ms. */
const CLEANED_EVERY = 3_600_000;

/** How long a refusal is repeated without asking the database, in ms: another process may have forgiven meanwhile. */
const REMEMBERED = 5_000;

const MAX_REMEMBERED = 10_000;

const ADDING = { key: ['key_hash'], columns: ['failures'], adds: true };

/** Counted in the database, so that it holds across all web processes. */
@Injectable()
export class SignInThrottle {
  private cleanedAt = 0;

  /** Keys that were over their limit a moment ago, and until when that holds. */
  private readonly over = new Map<string, { waitUntil: number; forgetAt: number }>();

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts a try as a failure before it is one: of many at the same time, as many as are allowed are let through.
   * @param isKnown whether the account has signed in from there: then strangers on either do not count against it
   * @throws SignInDelayed 429, and nothing is counted: what is refused unseen makes nobody wait longer
   */
  async admit(attempt: SignInAttempt, isKnown: boolean): Promise<void> {
    await this.clean();
    const limits = limitsOf(attempt, isKnown);
    await inTransaction(this.dataSource, async (manager) => {
      for (const { keyHash, failures, expiresAt } of await countOnce(manager, limits)) {
        const wait = waitFor(limits.get(keyHash) ?? PAIR_LIMIT, failures, expiresAt);
        if (wait === 0) continue;
        this.remember(keyHash, wait);
        throw tooManySignIns(wait);
      }
    });
  }

  /** Refuses at no cost what was refused a moment ago. @throws SignInDelayed 429 */
  refuseAgain(attempt: SignInAttempt, isKnown: boolean): void {
    const now = Date.now();
    for (const key of limitsOf(attempt, isKnown).keys()) {
      const over = this.over.get(key);
      if (over && now < Math.min(over.forgetAt, over.waitUntil))
        throw tooManySignIns(over.waitUntil - now);
    }
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

  private remember(key: string, wait: number): void {
    const now = Date.now();
    this.over.delete(key);
    this.over.set(key, { waitUntil: now + wait, forgetAt: now + REMEMBERED });
    for (const oldest of this.over.keys()) {
      if (this.over.size <= MAX_REMEMBERED) break;
      this.over.delete(oldest);
    }
  }

  private async clean(): Promise<void> {
    if (Date.now() - this.cleanedAt < CLEANED_EVERY) return;
    this.cleanedAt = Date.now();
    await this.dataSource.manager.delete(SignInCount, { expiresAt: LessThanOrEqual(new Date()) });
  }
}

function limitsOf(attempt: SignInAttempt, isKnown: boolean): Map<string, SignInLimit> {
  const pair: [string, SignInLimit] = [attempt.pairKey, PAIR_LIMIT];
  if (isKnown) return new Map([pair]);
  return new Map([pair, [attempt.networkKey, NETWORK_LIMIT], [attempt.accountKey, ACCOUNT_LIMIT]]);
}

/** One more failure for each key. The rows are others' to wait for until the transaction ends. */
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
