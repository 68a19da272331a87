import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { inTransaction } from '../../platform/database/transaction.js';
import { PublicError } from '../../platform/public-error.js';
import { ChangeLog } from '../changes/change-log.js';
import { Member, type MemberStatus } from '../member.entity.js';
import { addToCounts } from '../member-counts.js';

/** Lets an admin disable and enable members by hand; no sync undoes it. */
@Injectable()
export class MemberStatusService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly log: ChangeLog,
  ) {}

  /**
   * Enabled again, a member has the status that GitHub gives. Idempotent.
   * @param lock is called first in the transaction, and throws if the directory is read-only
   * @throws PublicError `member_not_found`
   */
  async setDisabled(
    memberId: number,
    disabled: boolean,
    by: string,
    lock: (manager: EntityManager) => Promise<void>,
  ): Promise<Member> {
    return inTransaction(this.dataSource, async (manager) => {
      await lock(manager);
      const select = manager.createQueryBuilder(Member, 'member').where({ id: memberId });
      const member = await forUpdate(select).getOne();
      if (!member) throw memberNotFound();
      if ((member.status === 'disabled') === disabled) return member;
      const after = standing(member, disabled, by);
      await manager.update(Member, { id: memberId }, { ...after, updatedAt: new Date() });
      const { integrationId, githubId, login, status } = member;
      await addToCounts(manager, integrationId, moved(status, after.status));
      await this.log.record(manager, { integrationId, runId: null, madeBy: by, at: new Date() }, [
        {
          githubId,
          login,
          kind: disabled ? 'disabled' : 'enabled',
          before: { status },
          after: { status: after.status },
        },
      ]);
      return { ...member, ...after };
    });
  }
}

const standing = ({ present }: Member, disabled: boolean, by: string) =>
  disabled
    ? ({ status: 'disabled', disabledBy: by, disabledAt: new Date() } as const)
    : ({ status: present ? 'active' : 'left', disabledBy: null, disabledAt: null } as const);

const moved = (from: MemberStatus, to: MemberStatus) => ({ [from]: -1, [to]: 1 });

export const memberNotFound = () =>
  new PublicError(
    404,
    'member_not_found',
    'Your team does not have this member.',
    'Choose one from the directory.',
  );
