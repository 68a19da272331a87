import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inTransaction } from '../../platform/database/transaction.js';
import type { MinuteLimit } from '../../platform/limits/minute-limit.js';
import { MinuteLimits } from '../../platform/limits/minute-limits.js';
import type { PublicError } from '../../platform/public-error.js';
import { recordAudit } from '../audit/record-audit.js';
import { recordForUser } from '../audit/record-for-user.js';
import { UserIdentity } from '../single-sign-on/user-identity.entity.js';
import type { GithubPerson } from './github-person.js';

/** Anybody on GitHub can be refused, and must not fill the audit log. More are in the server's log only. */
const MAX_STRANGERS_A_MINUTE = 20;

/** Writes refused sign-ins with GitHub to the audit log. */
@Injectable()
export class GithubRefusals {
  private readonly strangers: MinuteLimit;

  constructor(
    private readonly dataSource: DataSource,
    limits: MinuteLimits,
  ) {
    this.strangers = limits.limit('github-strangers', MAX_STRANGERS_A_MINUTE);
  }

  /** In the log of the user's teams; of somebody unknown, in that of what concerns no team. */
  async record(person: GithubPerson, { code }: PublicError): Promise<void> {
    const { issuer, subject, login } = person;
    const refused = { action: 'sign_in.refused', after: { code, by: 'GitHub' } } as const;
    const known = await this.dataSource.manager.findOneBy(UserIdentity, { issuer, subject });
    if (!known && (await this.strangers.take('all')) > 0) return;
    await inTransaction(this.dataSource, async (manager) => {
      if (known) await recordForUser(manager, known.userId, [refused]);
      else
        await recordAudit(manager, { ...refused, teamId: null, actorName: login, subject: login });
    });
  }
}
