import type { EntityManager, SelectQueryBuilder } from 'typeorm';
import { REVERSIBLE_KINDS, type ReversibleKind } from '../../members/directory/status-reversal.js';
import { Member } from '../../members/member.entity.js';
import type { MemberSyncRun } from '../runs/member-sync-run.entity.js';

/** The kinds that the run can have. In a first sync nobody was known: all who joined are new, and need not be read. */
export const reversibleKindsOf = ({
  changeCounts,
  activeBefore,
}: MemberSyncRun): ReversibleKind[] =>
  REVERSIBLE_KINDS.filter(
    (kind) =>
      (changeCounts === null || changeCounts[kind]) && !(kind === 'joined' && activeBefore === 0),
  );

/** Somebody after a change of each kind, if nothing changed since. */
const STILL: Record<ReversibleKind, Partial<Member>> = {
  left: { present: false, status: 'left' },
  collaborator_removed: { present: false, status: 'left', outside: false },
  returned: { present: true, status: 'active' },
  joined: { present: true, status: 'active' },
  collaborator_added: { present: false, status: 'left', outside: true },
};

/** New people stay. A member who became a collaborator is one who left. */
const MORE: Partial<Record<ReversibleKind, string>> = {
  joined: 'AND made.values_before IS NOT NULL',
  collaborator_added: `AND made.values_before IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM member_changes gone WHERE gone.integration_id = made.integration_id
      AND gone.github_id = made.github_id AND gone.run_id = made.run_id AND gone.kind = 'left')`,
};

/** The people who have the status that the run gave them: no other run changed it later. */
export const changedBy = (
  manager: EntityManager,
  { id: runId, integrationId }: MemberSyncRun,
  kind: ReversibleKind,
): SelectQueryBuilder<Member> =>
  manager
    .createQueryBuilder(Member, 'member')
    .where({ integrationId, ...STILL[kind] })
    .andWhere(
      `member.github_id IN (SELECT made.github_id FROM member_changes made
         WHERE made.run_id = :runId AND made.kind = :kind ${MORE[kind] ?? ''} AND NOT EXISTS (
           SELECT 1 FROM member_changes later
           WHERE later.integration_id = made.integration_id AND later.github_id = made.github_id
             AND later.id > made.id AND later.kind IN (:...kinds)
             AND (later.run_id IS NULL OR later.run_id <> made.run_id)))`,
      { runId, kind, kinds: REVERSIBLE_KINDS },
    );

export async function idsOf(people: SelectQueryBuilder<Member>): Promise<number[]> {
  const found = await people
    .select('member.github_id', 'githubId')
    .getRawMany<{ githubId: number | string }>();
  return found.map(({ githubId }) => Number(githubId));
}
