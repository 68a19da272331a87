import { EntityManager, MoreThan } from 'typeorm';
import { Member } from './member.entity.js';
import { MemberChange } from './member-change.entity.js';
import { CHANGED, changedParameters } from './member-conditions.js';

/** Those in a directory who changed since a moment, and what was changed, the newest first. */
export interface ChangedSince {
  members: Member[];
  changes: Pick<MemberChange, 'githubId' | 'before'>[];
}

export async function changedSince(
  manager: EntityManager,
  integrationId: number,
  moment: Date,
): Promise<ChangedSince> {
  const members = await manager
    .createQueryBuilder(Member, 'm')
    .where(`m.integration_id = :integrationId AND m.github_id IN ${CHANGED}`)
    .setParameters(changedParameters(integrationId, moment))
    .getMany();
  const changes = await manager.find(MemberChange, {
    select: { id: true, githubId: true, before: true },
    where: { integrationId, madeAt: MoreThan(moment) },
    order: { id: 'DESC' },
  });
  return { members, changes };
}

/** How many changes there were since, and which was the last: with others these are others. */
export async function markOf(
  manager: EntityManager,
  integrationId: number,
  moment: Date,
): Promise<string> {
  const { count, last } =
    (await manager
      .createQueryBuilder(MemberChange, 'change')
      .select('COUNT(*)', 'count')
      .addSelect('MAX(change.id)', 'last')
      .where({ integrationId, madeAt: MoreThan(moment) })
      .getRawOne<{ count: number | string; last: number | null }>()) ?? {};
  return `${count} ${last}`;
}
