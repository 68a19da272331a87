import { type EntityManager, In } from 'typeorm';
import { chunks } from '../../members/writing/bulk.js';
import { forUpdate } from '../../platform/database/dialect.js';
import { MemberSyncRun } from '../runs/member-sync-run.entity.js';
import { HeldTeamRemoval } from './held-team-removal.entity.js';
import { IS_DECIDABLE } from './no-longer-held.js';

/** The removals of these teams, and of places in them, that earlier runs hold, and that an admin can still decide about. */
export async function teamsHeldBefore(
  manager: EntityManager,
  { id: runId, integrationId }: Pick<MemberSyncRun, 'id' | 'integrationId'>,
  githubTeamIds: number[],
): Promise<HeldTeamRemoval[]> {
  const held: HeldTeamRemoval[] = [];
  for (const some of chunks(githubTeamIds))
    held.push(
      ...(await manager
        .createQueryBuilder(HeldTeamRemoval, 'held')
        .innerJoin(MemberSyncRun, 'run', 'run.id = held.run_id')
        .where({ githubTeamId: In(some) })
        .andWhere('held.run_id < :runId', { runId })
        .andWhere(`run.integration_id = :integrationId AND ${IS_DECIDABLE}`, { integrationId })
        .getMany()),
    );
  return held;
}

/** Takes what GitHub shows again out of those removals: an approval must not remove it. */
export async function teamsNoLongerHeld(
  manager: EntityManager,
  held: HeldTeamRemoval[],
): Promise<void> {
  for (const id of new Set(held.map(({ runId }) => runId))) {
    const select = manager.createQueryBuilder(MemberSyncRun, 'run').where({ id });
    const { result } = await forUpdate(select).getOneOrFail();
    await manager.remove(held.filter(({ runId }) => runId === id));
    const teams = result?.parts?.teams;
    if (!teams) continue;
    const left = await manager.countBy(HeldTeamRemoval, { runId: id });
    const parts = { ...result.parts, teams: { ...teams, held: left } };
    await manager.update(MemberSyncRun, { id }, { result: { ...result, parts } });
  }
}
