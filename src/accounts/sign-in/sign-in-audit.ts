import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import type { AuditAction } from '../audit/audit-actions.js';
import { recordAudit } from '../audit/record-audit.js';
import { Membership } from '../users/membership.entity.js';
import { User } from '../users/user.entity.js';
import type { SignInAttempt } from './sign-in-attempt.js';

/** Writes sign-ins to the audit log of each team of the user. */
@Injectable()
export class SignInAudit {
  constructor(private readonly dataSource: DataSource) {}

  signedIn(user: User): Promise<void> {
    return this.record(user, 'sign_in');
  }

  async signedOut(userId: number): Promise<void> {
    const user = await this.dataSource.manager.findOneBy(User, { id: userId });
    if (user) await this.record(user, 'sign_out');
  }

  /** An unknown account is not named: what was typed may be a password. */
  async refused({ account: email }: SignInAttempt): Promise<void> {
    const user = await this.dataSource.manager.findOneBy(User, { email });
    await this.record(user, 'sign_in.refused');
  }

  private async record(user: User | null, action: AuditAction): Promise<void> {
    const { manager } = this.dataSource;
    // The same statements for an unknown account, so that the time tells nothing. No user has this id.
    const places = await manager.findBy(Membership, { userId: user?.id ?? 0 });
    const teamIds = places.length > 0 ? places.map(({ teamId }) => teamId) : [null];
    const who = user
      ? { actorName: user.email, subject: user.email }
      : { subject: 'unknown account' };
    await inTransaction(this.dataSource, async (manager) => {
      // In the same order for everybody, because each locks a chain.
      for (const teamId of teamIds.sort((a, b) => Number(a) - Number(b)))
        await recordAudit(manager, { teamId, action, ...who });
    });
  }
}
