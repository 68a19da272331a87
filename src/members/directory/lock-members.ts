import type { EntityManager } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { plainRows } from '../../platform/database/plain-rows.js';
import { Member } from '../member.entity.js';
import { chunks } from '../writing/bulk.js';

/** Reads members and locks their rows: an admin who disables one of them meanwhile waits. */
export async function lockMembers(
  manager: EntityManager,
  integrationId: number,
  githubIds: number[],
): Promise<Member[]> {
  const { columns } = manager.dataSource.getMetadata(Member);
  const all = columns.map(({ propertyName }) => propertyName as keyof Member);
  const found: Member[] = [];
  for (const some of chunks(githubIds)) {
    // As literals: TypeORM takes longer to name thousands of parameters than the database to find the rows.
    const select = manager
      .createQueryBuilder(Member, 'member')
      .where({ integrationId })
      .andWhere(`member.github_id IN (${some.map(Number).join(', ')})`);
    found.push(...(await plainRows(forUpdate(select), all)));
  }
  return found;
}
