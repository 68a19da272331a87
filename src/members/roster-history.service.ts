import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, MoreThan } from 'typeorm';
import { inTransaction } from '../platform/database/transaction.js';
import { PublicError } from '../platform/public-error.js';
import { rosterBefore } from './as-of.js';
import { Member } from './member.entity.js';
import { MemberChange } from './member-change.entity.js';

/** Tells the roster as of a past moment, by undoing the changes made since. */
@Injectable()
export class RosterHistory {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Everybody whom the directory knew at that moment, sorted by login.
   * @param prunedUntil up to when changes are no longer kept
   * @throws PublicError `as_of_too_early` before the oldest change that is kept
   */
  async asOf(integrationId: number, moment: Date, prunedUntil: Date | null): Promise<Member[]> {
    return inTransaction(this.dataSource, async (manager) => {
      const oldest = prunedUntil ?? (await oldestChange(manager, integrationId));
      if (oldest && moment < oldest) throw tooEarly(oldest);
      const members = await manager.findBy(Member, { integrationId });
      const changes = await manager.find(MemberChange, {
        where: { integrationId, madeAt: MoreThan(moment) },
        order: { id: 'DESC' },
      });
      return rosterBefore(members, changes);
    });
  }
}

async function oldestChange(
  manager: EntityManager,
  integrationId: number,
): Promise<Date | undefined> {
  const oldest = await manager.findOne(MemberChange, {
    where: { integrationId },
    order: { madeAt: 'ASC' },
  });
  return oldest?.madeAt;
}

const tooEarly = (oldest: Date) =>
  new PublicError(
    422,
    'as_of_too_early',
    `The oldest change that is kept is of ${oldest.toISOString()}, so nothing is known of before.`,
    'Ask for a later date.',
  );
