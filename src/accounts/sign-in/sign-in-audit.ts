import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import { recordAudit } from '../audit/record-audit.js';
import { recordForUser } from '../audit/record-for-user.js';
import { User } from '../users/user.entity.js';
import type { SignInAttempt } from './sign-in-attempt.js';

/** Writes sign-ins, refused ones and sign-outs to the audit log. */
@Injectable()
export class SignInAudit {
  constructor(private readonly dataSource: DataSource) {}

  async signedIn({ id }: User): Promise<void> {
    await inTransaction(this.dataSource, (manager) =>
      recordForUser(manager, id, [{ action: 'sign_in' }]),
    );
  }

  /** @param userId undefined where nobody was signed in */
  async signedOut(userId: number | undefined): Promise<void> {
    if (userId === undefined) return;
    await inTransaction(this.dataSource, (manager) =>
      recordForUser(manager, userId, [{ action: 'sign_out' }]),
    );
  }

  /** An unknown account is not named: what was typed may be a password. */
  async refused({ account: email }: SignInAttempt): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const user = await manager.findOneBy(User, { email });
      // Nobody has the id 0: an unknown account takes as many statements as another, so that the time tells nothing.
      await recordForUser(manager, user?.id ?? 0, [{ action: 'sign_in.refused' }]);
      if (!user)
        await recordAudit(manager, {
          teamId: null,
          action: 'sign_in.refused',
          subject: 'unknown account',
        });
    });
  }
}
