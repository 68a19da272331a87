import { EntityManager, type FindOptionsWhere, MoreThan } from 'typeorm';
import { rosterBefore } from './as-of.js';
import { Member } from './member.entity.js';
import { MemberChange } from './member-change.entity.js';
import { asTime } from './member-conditions.js';

/** Those in a directory who changed since a moment. */
export interface ChangedSince {
  /** How many changes there were, and which was the last: with others these are others. */
  mark: string;
  ids: Set<number>;
  /** As they are. */
  present: Member[];
  /** As they were; who was not there is left out. */
  past: Member[];
}

/** Reads them where it is not `known` already who they are. */
export async function changedSince(
  manager: EntityManager,
  integrationId: number,
  moment: Date,
  known?: ChangedSince,
): Promise<ChangedSince> {
  const where = { integrationId, madeAt: MoreThan(moment) };
  const mark = await markOf(manager, where);
  if (known?.mark === mark) return known;
  const changes = await manager.find(MemberChange, {
    select: { id: true, githubId: true, before: true },
    where,
    order: { id: 'DESC' },
  });
  const present = await manager
    .createQueryBuilder(Member, 'member')
    .where('member.integration_id = :integrationId')
    .andWhere(
      `member.github_id IN (SELECT github_id FROM member_changes
        WHERE integration_id = :integrationId AND made_at > :moment)`,
    )
    .setParameters({ integrationId, moment: asTime(moment) })
    .getMany();
  const ids = new Set(present.map(({ id }) => id));
  return { mark, ids, present, past: rosterBefore(present, changes) };
}

async function markOf(
  manager: EntityManager,
  where: FindOptionsWhere<MemberChange>,
): Promise<string> {
  const { count, last } =
    (await manager
      .createQueryBuilder(MemberChange, 'change')
      .select('COUNT(*)', 'count')
      .addSelect('MAX(change.id)', 'last')
      .where(where)
      .getRawOne<{ count: number | string; last: number | null }>()) ?? {};
  return `${count} ${last}`;
}
