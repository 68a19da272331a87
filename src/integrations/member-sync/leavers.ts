import { EntityManager, In, MoreThan } from 'typeorm';
import { Member } from '../../members/member.entity.js';

/** Somebody in the directory who is missing from GitHub's list. */
export type Leaver = Pick<Member, 'githubId' | 'login' | 'nodeId' | 'status' | 'present'>;

/** Members read at a time. */
export const MAX_MEMBERS_PER_READ = 10_000;

/** Those of the people who are present in the directory. */
export function presentAmong(
  manager: EntityManager,
  integrationId: number,
  githubIds: number[],
): Promise<Leaver[]> {
  return rowsOf(present(manager, integrationId).andWhere({ githubId: In(githubIds) }));
}

/** The next people who are present in the directory, by GitHub's id. */
export function presentAfter(
  manager: EntityManager,
  integrationId: number,
  githubId: number,
): Promise<Leaver[]> {
  const next = present(manager, integrationId).andWhere({ githubId: MoreThan(githubId) });
  return rowsOf(next.orderBy('member.github_id').limit(MAX_MEMBERS_PER_READ));
}

const present = (manager: EntityManager, integrationId: number) =>
  manager
    .createQueryBuilder(Member, 'member')
    .select('member.github_id', 'githubId')
    .addSelect('member.login', 'login')
    .addSelect('member.node_id', 'nodeId')
    .addSelect('member.status', 'status')
    .where({ integrationId, present: true });

async function rowsOf(query: ReturnType<typeof present>): Promise<Leaver[]> {
  const rows = await query.getRawMany<Leaver>();
  return rows.map((row) => ({ ...row, githubId: Number(row.githubId), present: true }));
}
