import { Injectable } from '@nestjs/common';
import { DataSource, LessThan, MoreThan } from 'typeorm';
import { PublicError } from '../platform/public-error.js';
import { sha256Hex } from '../platform/secrets/secrets.js';
import { SignInFailure } from './sign-in-failure.entity.js';

/** So many failures of an account from an address within so many ms are borne. */
const BORNE = { failures: 10, within: 15 * 60_000 };

/** Old failures are removed at most this often, in ms. */
const CLEANED_EVERY = 3_600_000;

/** Counted in the database, so that it holds across all web processes. */
@Injectable()
export class SignInThrottle {
  private cleanedAt = 0;

  constructor(private readonly dataSource: DataSource) {}

  /**
   * Counts a try as a failure before it is one: of many at the same time, no more than ten are then let through.
   * @throws PublicError `too_many_requests` (429)
   */
  async admit(account: string, address: string): Promise<void> {
    await this.clean();
    const keyHash = keyOf(account, address);
    const { manager } = this.dataSource;
    const since = new Date(Date.now() - BORNE.within);
    const own = await manager.save(
      manager.create(SignInFailure, { keyHash, failedAt: new Date() }),
    );
    const recent = await manager.countBy(SignInFailure, { keyHash, failedAt: MoreThan(since) });
    if (recent <= BORNE.failures) return;
    // What is refused unseen is no failure, and makes nobody wait longer.
    await manager.delete(SignInFailure, { id: own.id });
    throw tooMany();
  }

  async clear(account: string, address: string): Promise<void> {
    await this.dataSource.manager.delete(SignInFailure, { keyHash: keyOf(account, address) });
  }

  private async clean(): Promise<void> {
    if (Date.now() - this.cleanedAt < CLEANED_EVERY) return;
    this.cleanedAt = Date.now();
    const since = new Date(Date.now() - BORNE.within);
    await this.dataSource.manager.delete(SignInFailure, { failedAt: LessThan(since) });
  }
}

const keyOf = (account: string, address: string): string => sha256Hex(`${account}\n${address}`);

const tooMany = () =>
  new PublicError(
    429,
    'too_many_requests',
    'There were too many failed sign-ins for this account.',
    'Wait 15 minutes and try again.',
  );
