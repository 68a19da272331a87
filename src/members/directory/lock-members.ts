import { type EntityManager, In } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { Member } from '../member.entity.js';
import { chunks } from '../writing/bulk.js';

/** Reads members and locks their rows: an admin who disables one of them meanwhile waits. */
export async function lockMembers(
  manager: EntityManager,
  integrationId: number,
  githubIds: number[],
): Promise<Member[]> {
  const found: Member[] = [];
  for (const some of chunks(githubIds)) {
    const select = manager
      .createQueryBuilder(Member, 'member')
      .where({ integrationId, githubId: In(some) });
    found.push(...(await forUpdate(select).getMany()));
  }
  return found;
}
