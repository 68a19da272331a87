import { type EntityManager, In } from 'typeorm';
import { forUpdate } from '../../platform/database/dialect.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { HeldRemoval } from './held-removal.entity.js';

type Run = Pick<MemberSyncRun, 'id' | 'integrationId'>;

/** Of a `run`: nobody decided about its removals, and no newer run of everybody has finished. */
export const IS_DECIDABLE = `run.state = 'complete' AND run.removal_decision IS NULL
  AND NOT EXISTS (SELECT 1 FROM member_sync_runs newer WHERE newer.integration_id = run.integration_id
    AND newer.id > run.id AND newer.finished_at IS NOT NULL
    AND (newer.scope = 'everybody' OR (newer.state = 'complete' AND newer.people IS NULL)))`;

/** The removals of these people that earlier runs hold, and that an admin can still decide about. */
export const heldBefore = (
  manager: EntityManager,
  { id: runId, integrationId }: Run,
  githubIds: number[],
): Promise<HeldRemoval[]> =>
  manager
    .createQueryBuilder(HeldRemoval, 'held')
    .innerJoin(MemberSyncRun, 'run', 'run.id = held.run_id')
    .where({ githubId: In(githubIds) })
    .andWhere('held.run_id < :runId AND run.integration_id = :integrationId', {
      runId,
      integrationId,
    })
    .andWhere(IS_DECIDABLE)
    .getMany();

/** Takes people who are members again out of those removals: an approval must not remove them. */
export async function noLongerHeld(manager: EntityManager, held: HeldRemoval[]): Promise<void> {
  for (const id of new Set(held.map(({ runId }) => runId))) {
    const select = manager.createQueryBuilder(MemberSyncRun, 'run').where({ id });
    const { result } = await forUpdate(select).getOneOrFail();
    const githubId = In(held.filter(({ runId }) => runId === id).map(({ githubId }) => githubId));
    await manager.delete(HeldRemoval, { runId: id, githubId });
    const left = await manager.countBy(HeldRemoval, { runId: id });
    if (result) await manager.update(MemberSyncRun, { id }, { result: { ...result, held: left } });
  }
}
