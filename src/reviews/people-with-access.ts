import { type EntityManager, MoreThan } from 'typeorm';
import { affiliationOf } from '../members/affiliation.js';
import { Member } from '../members/member.entity.js';
import { plainRows } from '../platform/database/plain-rows.js';

const PEOPLE_PER_READ = 5_000;

/** The same person of all organizations of one GitHub server. */
export const accountKey = (apiUrl: string, githubId: number): string => `${apiUrl} ${githubId}`;

/** The members and outside collaborators of an organization, by GitHub's id, in parts. @param columns what is read of them */
export async function* peopleWithAccess<K extends keyof Member>(
  manager: EntityManager,
  integrationId: number,
  columns: readonly K[],
): AsyncGenerator<Pick<Member, K | 'githubId'>[]> {
  const read = [...new Set<keyof Member>([...columns, 'githubId', 'status', 'present', 'outside'])];
  for (let after = 0; ; ) {
    const select = manager
      .createQueryBuilder(Member, 'member')
      .select(read.map((property) => `member.${property}`))
      .where({ integrationId, githubId: MoreThan(after) })
      .orderBy('member.githubId')
      .limit(PEOPLE_PER_READ);
    const some = (await plainRows(select, read)) as Member[];
    const last = some.at(-1);
    if (!last) return;
    yield some.filter((member) => affiliationOf(member) !== null);
    after = last.githubId;
  }
}
