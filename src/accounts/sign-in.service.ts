import { Injectable } from '@nestjs/common';
import { DataSource, LessThan, MoreThan } from 'typeorm';
import { PublicError } from '../platform/public-error.js';
import { sha256Hex } from '../platform/secrets/secrets.js';
import { verifyPassword } from './passwords.js';
import { SignInFailure } from './sign-in-failure.entity.js';
import { User } from './user.entity.js';

/** So many failures of an account from an address within so many ms are borne. */
const BORNE = { failures: 10, within: 15 * 60_000 };

/** Counted in the database, so that it holds across all web processes. */
@Injectable()
export class SignInService {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The user whose address and password these are.
   * @throws PublicError `sign_in_refused` (401), the same for an unknown account and a wrong password;
   *   `too_many_requests` (429) after ten failures in 15 minutes, for the right password too
   */
  async authenticate(email: string, password: string, address: string): Promise<User> {
    const account = email.trim().toLowerCase();
    const keyHash = sha256Hex(`${account}\n${address}`);
    await this.refuseAfterTooMany(keyHash);
    const user = await this.dataSource.manager.findOneBy(User, { email: account });
    if (!(await verifyPassword(password, user?.passwordHash)) || !user) {
      await this.dataSource.manager.insert(SignInFailure, { keyHash, failedAt: new Date() });
      throw refused();
    }
    await this.dataSource.manager.delete(SignInFailure, { keyHash });
    return user;
  }

  private async refuseAfterTooMany(keyHash: string): Promise<void> {
    const since = new Date(Date.now() - BORNE.within);
    const { manager } = this.dataSource;
    const recent = await manager.countBy(SignInFailure, { keyHash, failedAt: MoreThan(since) });
    if (recent >= BORNE.failures) throw tooMany();
    await manager.delete(SignInFailure, { failedAt: LessThan(since) });
  }
}

const refused = () =>
  new PublicError(
    401,
    'sign_in_refused',
    'The email address or the password is wrong.',
    'Try again, or let the operator set a new password with `rollcall user EMAIL --password-stdin`.',
  );

const tooMany = () =>
  new PublicError(
    429,
    'too_many_requests',
    'There were too many failed sign-ins for this account.',
    'Wait 15 minutes and try again.',
  );
