import { type EntityManager, In } from 'typeorm';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { HeldRemoval } from './held-removal.entity.js';

/**
 * Takes people out of the held removals that an admin can still decide about: a later run has looked at them, and an
 * approval must not remove somebody who is a member again.
 */
export async function noLongerHeld(
  manager: EntityManager,
  { runId, integrationId }: { runId: number; integrationId: number },
  githubIds: number[],
): Promise<void> {
  const held = await manager
    .createQueryBuilder(HeldRemoval, 'held')
    .innerJoin(MemberSyncRun, 'run', 'run.id = held.run_id')
    .where({ githubId: In(githubIds) })
    .andWhere('held.run_id < :runId AND run.integration_id = :integrationId', {
      runId,
      integrationId,
    })
    .andWhere("run.state = 'complete' AND run.removal_decision IS NULL")
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM member_sync_runs newer WHERE newer.integration_id = run.integration_id
         AND newer.id > run.id AND newer.scope = 'everybody' AND newer.finished_at IS NOT NULL)`,
    )
    .getMany();
  for (const id of new Set(held.map(({ runId }) => runId))) {
    await manager.delete(HeldRemoval, { runId: id, githubId: In(githubIds) });
    const { result } = await manager.findOneByOrFail(MemberSyncRun, { id });
    const left = await manager.countBy(HeldRemoval, { runId: id });
    if (result) await manager.update(MemberSyncRun, { id }, { result: { ...result, held: left } });
  }
}
