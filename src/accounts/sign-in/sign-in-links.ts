import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, LessThanOrEqual, MoreThan } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { sha256Hex } from '../../platform/secrets/secrets.js';
import { recordForUser } from '../audit/record-for-user.js';
import { User } from '../users/user.entity.js';
import { SignInLink } from './sign-in-link.entity.js';
import { signInLinkInvalid } from './sign-in-refusals.js';

const VALID_FOR_MS = 10 * 60_000;

/** Links with which an operator lets somebody in without a password, once. */
@Injectable()
export class SignInLinks {
  constructor(private readonly dataSource: DataSource) {}

  /** The code of a new link. @throws PublicError `user_not_found` */
  async make(email: string): Promise<{ code: string; expiresAt: Date }> {
    const code = randomBytes(32).toString('base64url');
    const expiresAt = new Date(Date.now() + VALID_FOR_MS);
    await inTransaction(this.dataSource, async (manager) => {
      const user = await manager.findOneBy(User, { email: email.trim().toLowerCase() });
      if (!user) throw noSuchUser(email);
      await manager.delete(SignInLink, { expiresAt: LessThanOrEqual(new Date()) });
      await manager.insert(SignInLink, {
        ...{ codeHash: sha256Hex(code), userId: user.id, expiresAt },
      });
      await recordForUser(manager, user.id, [{ action: 'sign_in_link.create' }]);
    });
    return { code, expiresAt };
  }

  /** Does not use it up. @throws PublicError `sign_in_link_invalid` */
  async check(code: string): Promise<void> {
    if (!(await this.dataSource.manager.existsBy(SignInLink, valid(code))))
      throw signInLinkInvalid();
  }

  /** The id of the user, once. @throws PublicError `sign_in_link_invalid` */
  use(code: string): Promise<number> {
    return inTransaction(this.dataSource, async (manager) => {
      const link = await manager.findOneBy(SignInLink, valid(code));
      const { affected } = await manager.delete(SignInLink, valid(code));
      if (!link || affected !== 1) throw signInLinkInvalid();
      await recordForUser(manager, link.userId, [{ action: 'sign_in', after: { by: 'link' } }]);
      return link.userId;
    });
  }
}

const valid = (code: string) => ({ codeHash: sha256Hex(code), expiresAt: MoreThan(new Date()) });

const noSuchUser = (email: string) =>
  new PublicError(
    404,
    'user_not_found',
    `There is no user '${email}'.`,
    'Use the email address that the page Users shows.',
  );
